import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { addDays, covers, type Day } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import type { OfferInput, OfferWish } from '#app/domain/offer-input.ts'
import { found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import type { Carrier } from '#app/domain/vocabulary.ts'
import { db, nextId, prepared, type Tx, transact } from '#db/client.server.ts'
import { matchHash, seal, unsealName, unsealText } from '#db/keys.server.ts'
import { locality, offer, offerHandover, offerRequest } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { findLocality } from './locality.server.ts'
import { rootUnit } from './unit.server.ts'

/**
 * Version of the consent that a citizen gives when they leave their name and phone; a change of its words is a new
 * version.
 */
const OFFER_CONSENT_VERSION = '2024-04/offer'

/** Offers are of the whole campaign, so they are asked about at the root. */
const everywhere = () => ({ unitPath: rootUnit().path })
const slotOf = (column: 'citizen_name' | 'citizen_phone', rowId: number) => ({ table: 'offer_request', column, rowId })

/** The offers in force on `day` (today where left out), by kind and then price: side by side. For everyone signed in. */
export function listOffers(campaignId: number, day: Day = campaignToday()) {
  return db
    .select()
    .from(offer)
    .where(eq(offer.campaignId, campaignId))
    .orderBy(asc(offer.kind), asc(offer.price), asc(offer.id))
    .all()
    .filter(row => covers(row, day))
    .map(({ createdAt: _at, createdBy: _by, campaignId: _campaign, ...row }) => row)
}

/** One offer, in force or not. */
export function findOffer(campaignId: number, offerId: number) {
  const row = db
    .select()
    .from(offer)
    .where(and(eq(offer.id, offerId), eq(offer.campaignId, campaignId)))
    .get()
  return row && { ...row, isInForce: covers(row, campaignToday()) }
}

/** The telecom office enters a carrier's offer. Plan III.1, V.3. */
export function addOffer(actor: Actor, campaignId: number, input: OfferInput) {
  permit(actor, 'offer.edit', everywhere())
  transact(tx => {
    const { id } = tx
      .insert(offer)
      .values({
        campaignId,
        ...input,
        terms: input.terms ?? '',
        documentNumber: input.documentNumber ?? '',
        createdAt: campaignNow(),
        createdBy: accountOf(actor),
      })
      .returning({ id: offer.id })
      .get()
    logEvent(tx, actor, { verb: 'add', subject: 'offer', subjectId: id, campaignId, data: { carrier: input.carrier } })
  })
}

/** Ends an offer with yesterday, so that a new price can replace it; wishes for it stay. */
export function endOffer(actor: Actor, campaignId: number, offerId: number) {
  permit(actor, 'offer.edit', everywhere())
  transact(tx => {
    const row = found(findOffer(campaignId, offerId))
    if (!row.isInForce) return
    tx.update(offer)
      .set({ toOn: addDays(campaignToday(), -1) })
      .where(eq(offer.id, offerId))
      .run()
    logEvent(tx, actor, { verb: 'end', subject: 'offer', subjectId: offerId, campaignId })
  })
}

/** A keyed hash of the person of a wish: name and phone, marks and case aside. */
const wishHashOf = (campaignId: number, { name, phone }: { name: string; phone: string }) =>
  matchHash({ campaignId }, 'wish', `${foldName(name)} ${phone}`)

/** Returns true if this person's wish for this offer was entered before. */
const isKnown = (campaignId: number, offerId: number, wishHash: string) =>
  prepared('select 1 from offer_request where campaign_id = ? and offer_id = ? and wish_hash = ?').get(
    campaignId,
    offerId,
    wishHash,
  ) !== undefined

/**
 * Keeps the wish of a citizen who agreed to be called, once for a person, phone and offer; name and phone are sealed.
 * Anyone signed in may enter one.
 */
export function askOffer(
  actor: Actor,
  campaignId: number,
  { offerId, input }: { offerId: number; input: OfferWish },
): Result {
  permit(actor, 'offer.ask', everywhere())
  return transact(tx => {
    const row = found(findOffer(campaignId, offerId))
    if (!row.isInForce) return refused('', 'offer_over')
    if (findLocality(input.localityCode, campaignToday())?.level !== 'commune')
      return refused('localityCode', 'locality_unknown')
    const wishHash = wishHashOf(campaignId, input)
    if (isKnown(campaignId, offerId, wishHash)) return refused('phone', 'wish_known')
    const id = nextId(offerRequest)
    tx.insert(offerRequest)
      .values({
        id,
        campaignId,
        offerId,
        localityCode: input.localityCode,
        hamlet: input.hamlet ?? '',
        citizenNameCipher: seal({ campaignId }, slotOf('citizen_name', id), input.name),
        citizenPhoneCipher: seal({ campaignId }, slotOf('citizen_phone', id), input.phone),
        consentVersion: OFFER_CONSENT_VERSION,
        consentChannel: input.consentChannel,
        askedAt: campaignNow(),
        askedBy: accountOf(actor),
        wishHash,
      })
      .run()
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'offer_request',
      subjectId: id,
      campaignId,
      data: { offerId, localityCode: input.localityCode },
    })
    return { ok: true }
  })
}

const area = sql<string>`${locality.type} || ' ' || ${locality.name}`

/** The wishes that this person entered, the latest first, at most 20; undone while not handed over. */
export function ownWishes(actor: Actor, campaignId: number) {
  const restricted = restrictedWishes(campaignId)
  return db
    .select({
      id: offerRequest.id,
      offerName: offer.name,
      carrier: offer.carrier,
      area,
      askedAt: offerRequest.askedAt,
      handedAt: offerRequest.handedAt,
      wishHash: offerRequest.wishHash,
      nameCipher: offerRequest.citizenNameCipher,
    })
    .from(offerRequest)
    .innerJoin(offer, eq(offer.id, offerRequest.offerId))
    .innerJoin(locality, eq(locality.code, offerRequest.localityCode))
    .where(and(eq(offerRequest.campaignId, campaignId), eq(offerRequest.askedBy, accountOf(actor))))
    .orderBy(desc(offerRequest.id))
    .limit(20)
    .all()
    .filter(({ wishHash }) => !restricted.has(wishHash ?? ''))
    .map(({ nameCipher, wishHash: _, ...row }) => ({
      ...row,
      citizenName: unsealName(slotOf('citizen_name', row.id), nameCipher),
    }))
}

/** Removes a wish that was entered by mistake or that the citizen took back; only its own, before it is handed over. */
export function dropWish(actor: Actor, campaignId: number, wishId: number) {
  transact(tx => {
    const own = and(
      eq(offerRequest.id, wishId),
      eq(offerRequest.campaignId, campaignId),
      eq(offerRequest.askedBy, accountOf(actor)),
      isNull(offerRequest.handedAt),
    )
    if (tx.delete(offerRequest).where(own).run().changes === 0) throw notFound()
    logEvent(tx, actor, { verb: 'withdraw', subject: 'offer_request', subjectId: wishId, campaignId })
  })
}

/**
 * Counts the waiting citizens of each carrier by commune, without personal data. For the telecom office; undefined for
 * others.
 */
export function countWishes(actor: Actor, campaignId: number) {
  if (!can(actor, 'offer.hand_over', everywhere())) return undefined
  return db
    .select({
      carrier: offer.carrier,
      localityCode: locality.code,
      area,
      open: sql<number>`sum(${offerRequest.handedAt} is null)`,
      all: sql<number>`count(*)`,
    })
    .from(offerRequest)
    .innerJoin(offer, eq(offer.id, offerRequest.offerId))
    .innerJoin(locality, eq(locality.code, offerRequest.localityCode))
    .where(eq(offerRequest.campaignId, campaignId))
    .groupBy(offer.carrier, locality.code)
    .orderBy(asc(offer.carrier), asc(locality.code))
    .all()
}

/** One wish as its carrier gets it. */
export type HandedWish = {
  offerName: string
  area: string
  hamlet: string
  name: string
  phone: string
  askedAt: number
}

/** A handover: its file holds these wishes. */
type Handover = { handoverId: number; carrier: Carrier; rows: HandedWish[] }

/**
 * Hands a carrier's open wishes over, each once: opens name and phone, marks them handed, and logs how many. Undefined if
 * none is open. Wishes of citizens whose data is restricted stay where they are.
 */
export function handOver(actor: Actor, campaignId: number, carrier: Carrier): Handover | undefined {
  permit(actor, 'offer.hand_over', everywhere())
  return transact(tx => {
    const handedAt = campaignNow()
    nameWishes(campaignId, carrier, handedAt)
    const restricted = restrictedWishes(campaignId)
    const open = prepared<{ id: number; wishHash: string | null }>(
      `select r.id, r.wish_hash as wishHash from offer_request r join offer o on o.id = r.offer_id
        where r.campaign_id = ? and o.carrier = ? and r.handed_at is null order by r.id`,
    )
      .all(campaignId, carrier)
      .filter(({ wishHash }) => wishHash === null || !restricted.has(wishHash))
    if (open.length === 0) return undefined
    const { id } = tx
      .insert(offerHandover)
      .values({ campaignId, carrier, madeAt: handedAt, madeBy: accountOf(actor) })
      .returning({ id: offerHandover.id })
      .get()
    for (const wish of open)
      tx.update(offerRequest).set({ handedAt, handoverId: id }).where(eq(offerRequest.id, wish.id)).run()
    return opened(tx, actor, campaignId, { handoverId: id, carrier })
  })
}

/** Gives the wishes of an earlier handover again, to the same office, logged as the first time; throws 404 if there is none. */
export function takeHandoverAgain(actor: Actor, campaignId: number, handoverId: number): Handover {
  permit(actor, 'offer.hand_over', everywhere())
  return transact(tx => {
    const made = found(
      tx
        .select({ carrier: offerHandover.carrier })
        .from(offerHandover)
        .where(and(eq(offerHandover.id, handoverId), eq(offerHandover.campaignId, campaignId)))
        .get(),
    )
    return opened(tx, actor, campaignId, { handoverId, carrier: made.carrier })
  })
}

/**
 * Gives each wish entered before hashes were kept its hash. One that repeats another counts as handed over with it, in no
 * file.
 */
function nameWishes(campaignId: number, carrier: Carrier, at: number) {
  const rows = prepared<{ id: number; offerId: number; nameCipher: Buffer; phoneCipher: Buffer }>(
    `select r.id, r.offer_id as offerId, r.citizen_name_cipher as nameCipher, r.citizen_phone_cipher as phoneCipher
       from offer_request r join offer o on o.id = r.offer_id
      where r.campaign_id = ? and o.carrier = ? and r.wish_hash is null and length(r.citizen_phone_cipher) > 0
      order by r.handed_at is null, r.id`,
  ).all(campaignId, carrier)
  for (const { id, offerId, nameCipher, phoneCipher } of rows) {
    const phone = unsealText(slotOf('citizen_phone', id), phoneCipher) ?? ''
    const wishHash = wishHashOf(campaignId, { name: unsealName(slotOf('citizen_name', id), nameCipher), phone })
    if (isKnown(campaignId, offerId, wishHash))
      prepared('update offer_request set handed_at = coalesce(handed_at, ?) where id = ?').run(at, id)
    else prepared('update offer_request set wish_hash = ? where id = ?').run(wishHash, id)
  }
}

/** Opens the wishes of a handover, without those erased or restricted since, and logs it. */
function opened(tx: Tx, actor: Actor, campaignId: number, of: Pick<Handover, 'handoverId' | 'carrier'>): Handover {
  const restricted = restrictedWishes(campaignId)
  const rows = tx
    .select({
      id: offerRequest.id,
      offerName: offer.name,
      area,
      hamlet: offerRequest.hamlet,
      askedAt: offerRequest.askedAt,
      wishHash: offerRequest.wishHash,
      nameCipher: offerRequest.citizenNameCipher,
      phoneCipher: offerRequest.citizenPhoneCipher,
    })
    .from(offerRequest)
    .innerJoin(offer, eq(offer.id, offerRequest.offerId))
    .innerJoin(locality, eq(locality.code, offerRequest.localityCode))
    .where(eq(offerRequest.handoverId, of.handoverId))
    .orderBy(asc(locality.code), asc(offerRequest.id))
    .all()
    .filter(({ wishHash, phoneCipher }) => phoneCipher.length > 0 && !restricted.has(wishHash ?? ''))
  logEvent(tx, actor, {
    verb: 'export',
    subject: 'offer_request',
    subjectId: of.carrier,
    campaignId,
    data: { ...of, count: rows.length },
  })
  return {
    ...of,
    rows: rows.map(({ id, wishHash: _, nameCipher, phoneCipher, ...row }) => ({
      ...row,
      name: unsealName(slotOf('citizen_name', id), nameCipher),
      phone: unsealText(slotOf('citizen_phone', id), phoneCipher) ?? '',
    })),
  }
}

/** Hashes of the wishes of citizens whose data is restricted, by the names and phones of their records (domain 11). */
function restrictedWishes(campaignId: number): ReadonlySet<string> {
  const rows = prepared<{ id: number; nameCipher: Buffer; phoneCipher: Buffer }>(
    `select h.id, h.citizen_name_cipher as nameCipher, h.citizen_phone_cipher as phoneCipher
       from citizen_restriction r join help h on h.campaign_id = r.campaign_id and h.citizen_hash = r.citizen_hash
      where r.campaign_id = ? and h.citizen_phone_cipher is not null`,
  ).all(campaignId)
  return new Set(
    rows.flatMap(({ id, nameCipher, phoneCipher }) => {
      const name = unsealText({ table: 'help', column: 'citizenName', rowId: id }, nameCipher)
      const phone = unsealText({ table: 'help', column: 'citizenPhone', rowId: id }, phoneCipher)
      return name && phone ? [wishHashOf(campaignId, { name, phone })] : []
    }),
  )
}

/** The latest handovers, at most 20, with how many wishes each holds; for the telecom office, none for others. */
export function listHandovers(actor: Actor, campaignId: number) {
  if (!can(actor, 'offer.hand_over', everywhere())) return []
  return prepared<{ id: number; carrier: Carrier; madeAt: number; madeBy: string; count: number }>(
    `select h.id, h.carrier, h.made_at as madeAt, a.display_name as madeBy,
            (select count(*) from offer_request r where r.handover_id = h.id) as count
       from offer_handover h join account a on a.id = h.made_by where h.campaign_id = ? order by h.id desc limit 20`,
  ).all(campaignId)
}
