import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit, permitSomewhere } from '#app/access/policy.ts'
import { addDays, covers, type Day } from '#app/domain/calendar.ts'
import type { OfferInput, OfferWish } from '#app/domain/offer-input.ts'
import { found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import type { Carrier } from '#app/domain/vocabulary.ts'
import { db, nextId, transact } from '#db/client.server.ts'
import { seal, unsealName, unsealText } from '#db/keys.server.ts'
import { locality, offer, offerRequest } from '#db/schema.ts'
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

/** Keeps the wish of a citizen who agreed to be called; name and phone are sealed. Anyone signed in may enter one. */
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
  return db
    .select({
      id: offerRequest.id,
      offerName: offer.name,
      carrier: offer.carrier,
      area,
      askedAt: offerRequest.askedAt,
      handedAt: offerRequest.handedAt,
      nameCipher: offerRequest.citizenNameCipher,
    })
    .from(offerRequest)
    .innerJoin(offer, eq(offer.id, offerRequest.offerId))
    .innerJoin(locality, eq(locality.code, offerRequest.localityCode))
    .where(and(eq(offerRequest.campaignId, campaignId), eq(offerRequest.askedBy, accountOf(actor))))
    .orderBy(desc(offerRequest.id))
    .limit(20)
    .all()
    .map(({ nameCipher, ...row }) => ({
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

/** Hands a carrier's open wishes over: opens name and phone, marks them handed, and logs how many. */
export function handOver(actor: Actor, campaignId: number, carrier: Carrier): HandedWish[] {
  permitSomewhere(actor, 'offer.hand_over')
  return transact(tx => {
    const rows = tx
      .select({
        id: offerRequest.id,
        offerName: offer.name,
        area,
        hamlet: offerRequest.hamlet,
        askedAt: offerRequest.askedAt,
        nameCipher: offerRequest.citizenNameCipher,
        phoneCipher: offerRequest.citizenPhoneCipher,
      })
      .from(offerRequest)
      .innerJoin(offer, eq(offer.id, offerRequest.offerId))
      .innerJoin(locality, eq(locality.code, offerRequest.localityCode))
      .where(and(eq(offerRequest.campaignId, campaignId), eq(offer.carrier, carrier), isNull(offerRequest.handedAt)))
      .orderBy(asc(locality.code), asc(offerRequest.id))
      .all()
    const handedAt = campaignNow()
    for (const { id } of rows) tx.update(offerRequest).set({ handedAt }).where(eq(offerRequest.id, id)).run()
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'offer_request',
      subjectId: carrier,
      campaignId,
      data: { carrier, count: rows.length },
    })
    return rows.map(({ id, nameCipher, phoneCipher, ...row }) => ({
      ...row,
      name: unsealName(slotOf('citizen_name', id), nameCipher),
      phone: unsealText(slotOf('citizen_phone', id), phoneCipher) ?? '',
    }))
  })
}
