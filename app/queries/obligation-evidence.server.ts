import { addDays, dayOf } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import {
  decidingExtract,
  EXTRACTED_PARTS,
  type ExtractedPart,
  isExtractedPart,
  type PartEvidence,
} from '#app/domain/obligation.ts'
import { loginWord, PORTAL_PARTS, type PortalPart, stateByLogin } from '#app/domain/portal-login.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { provingSignature, stateByEvidence } from '#app/domain/signature-proof.ts'
import type { CertificateKind, ObligationPart, ObligationState } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import {
  type AppliedExtract,
  appliedExtracts,
  assessedPosting,
  campaignIds,
  change,
  rulesOf,
} from './judging/index.server.ts'
import { keptSignatures, wordIn } from './kept-signature.server.ts'
import { localityCodes } from './locality.server.ts'
import { inTurn } from './retry.server.ts'

/** Officials whose parts one transaction looks through. */
const CHUNK = 200

type Row = {
  id: number
  officialId: number
  part: ObligationPart
  state: ObligationState
  declaredAt: number
  confirmedAt: number | null
  extractId: number | null
  extractShows: number | null
  clearedExtractId: number | null
} & Certified

/** The signature that proves a part, and the certificate declared; a proof's certificate takes its place. */
type Certified = {
  proofFileId: number | null
  certificateKind: CertificateKind | null
  validFromOn: string | null
  validToOn: string | null
  revokedAt: number | null
}

/** The new values of a part; without `certified` the certificate stays. */
type Settled = Pick<Row, 'id' | 'officialId' | 'state' | 'extractId' | 'extractShows'> & { certified?: Certified }

/**
 * Settles the confirmed parts of some officials by what applied extracts say (domain 4): a part that one shows becomes
 * verified, one that a full list covers and lacks is left confirmed and to be looked at again. What no extract says any
 * more goes back to confirmed. A kept signature that proves one's own leaves the SIM's own name alone to them. A portal's part
 * is settled by the kept sign-in there. Writes only what changes, with the standings, in the caller's transaction.
 */
export function settleObligations(campaignId: number, officialIds: readonly number[]) {
  const settled = settledOf(campaignId, officialIds)
  if (settled.length === 0) return
  change(campaignId, { standings: settled.map(row => row.officialId) }, tx => {
    const update = tx.write('update obligation set state = ?, extract_id = ?, extract_shows = ? where id = ?')
    const certify = tx.write(
      `update obligation set proof_file_id = @proofFileId, certificate_kind = @certificateKind,
              valid_from_on = @validFromOn, valid_to_on = @validToOn, revoked_at = @revokedAt where id = @id`,
    )
    for (const { id, state, extractId, extractShows, certified } of settled) {
      update.run(state, extractId, extractShows, id)
      if (certified) certify.run({ ...certified, id })
    }
  })
}

/** `settleObligations` in every campaign: for people whose number or place changed, by which extracts and sign-ins find them. */
export function settleEverywhere(officialIds: readonly number[]) {
  for (const campaignId of campaignIds()) settleObligations(campaignId, officialIds)
}

const PORTALS = PORTAL_PARTS.map(part => `'${part}'`).join(', ')
const EXTRACTED = EXTRACTED_PARTS.map(part => `'${part}'`).join(', ')

/** Parts that hold something else than extracts and sign-ins say: empty at any time but while an extract is on its way. */
export const settledOf = (campaignId: number, officialIds: readonly number[]): Settled[] => [
  ...settledByExtracts(campaignId, officialIds),
  ...settledByLogins(campaignId, officialIds),
]

/** Returns the portals' parts of some officials whose state is another than the kept sign-ins say. */
function settledByLogins(campaignId: number, officialIds: readonly number[]): Settled[] {
  const rows = prepared<
    Pick<Row, 'id' | 'officialId' | 'state' | 'confirmedAt'> & {
      ownHash: string | null
      part: PortalPart | null
      numberHash: string | null
      isAssured: number
      signedInAt: number
    }
  >(
    `select o.id, o.official_id as officialId, o.state, o.confirmed_at as confirmedAt, f.number_hash as ownHash,
            l.part, l.number_hash as numberHash, l.is_assured as isAssured, l.signed_in_at as signedInAt
       from json_each(@ids) j
       cross join obligation o on o.campaign_id = @campaignId and o.official_id = j.value
        and o.part in (${PORTALS})
       join official f on f.id = o.official_id
       left join portal_login l on l.campaign_id = @campaignId and l.official_id = o.official_id and l.part = o.part
      where l.id is not null or o.state = 'verified'`,
  ).all({ ids: JSON.stringify(officialIds), campaignId })
  const words = grouped(rows, row => row.id)
  return [...words.values()].flatMap(logins => {
    const [{ id, officialId, state, confirmedAt }] = logins as [(typeof rows)[number]]
    const isProven = logins.some(
      login => login.part !== null && loginWord({ ...login, isAssured: login.isAssured === 1 }, login) === 'proof',
    )
    const next = stateByLogin(state, { isConfirmed: confirmedAt !== null, isProven })
    return next === state ? [] : [{ id, officialId, state: next, extractId: null, extractShows: null }]
  })
}

function settledByExtracts(campaignId: number, officialIds: readonly number[]): Settled[] {
  const rows = prepared<Row>(
    `select id, official_id as officialId, part, state, declared_at as declaredAt, valid_from_on as validFromOn,
            confirmed_at as confirmedAt, extract_id as extractId, extract_shows as extractShows,
            cleared_extract_id as clearedExtractId, proof_file_id as proofFileId,
            certificate_kind as certificateKind, valid_to_on as validToOn, revoked_at as revokedAt
       from obligation where campaign_id = ? and official_id in (select value from json_each(?))
        and part in (${EXTRACTED})`,
  ).all(campaignId, JSON.stringify(officialIds))
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map(row => row.officialId))]
  const evidenceOf = evidenceReader(campaignId, ids)
  const provenOf = provenReader(campaignId, ids)
  return rows.flatMap(row => {
    const certified = certifiedBy(row, provenOf)
    const isProven = certified.proofFileId !== null
    const isOpen = row.state === 'confirmed' || row.state === 'verified' || (isProven && row.state === 'declared')
    const decided = isOpen && isExtractedPart(row.part) ? decidingExtract(evidenceOf(row, row.part)) : null
    const next = {
      state: stateByEvidence(row.state, {
        decided,
        isCleared: decided !== null && decided.extractId === row.clearedExtractId,
        isProven,
        isConfirmed: isConfirmed(row),
      }),
      extractId: decided?.extractId ?? null,
      extractShows: decided === null ? null : Number(decided.shows),
    }
    const isSame =
      next.state === row.state && next.extractId === row.extractId && next.extractShows === row.extractShows
    const isCertifiedSame = CERTIFIED.every(field => certified[field] === row[field])
    const { id, officialId } = row
    return isSame && isCertifiedSame ? [] : [{ id, officialId, ...next, ...(isCertifiedSame ? {} : { certified }) }]
  })
}

const CERTIFIED = ['proofFileId', 'certificateKind', 'validFromOn', 'validToOn', 'revokedAt'] as const

/** True where the unit's word is there: what an extract verified, it had confirmed. */
const isConfirmed = ({ state, confirmedAt, proofFileId }: Row) =>
  confirmedAt !== null || state === 'confirmed' || (state === 'verified' && proofFileId === null)

/** The certificate of a part: the one of the signature that proves it, else the one declared. */
function certifiedBy(row: Row, provenOf: ReturnType<typeof provenReader>): Certified {
  const isDeclared = row.part === 'sim_signature' && row.state !== 'missing' && row.state !== 'returned'
  const proof = isDeclared ? provenOf(row) : null
  const { certificateKind, validFromOn, validToOn, revokedAt } = row
  if (proof === null) return { proofFileId: null, certificateKind, validFromOn, validToOn, revokedAt }
  return {
    proofFileId: proof.fileId,
    certificateKind: proof.kind ?? certificateKind,
    validFromOn: proof.validFromOn,
    validToOn: proof.validToOn,
    revokedAt: null,
  }
}

/** Returns what finds the kept signature that proves an official's own (domain 4); null: none does. */
function provenReader(campaignId: number, officialIds: readonly number[]) {
  const kept = keptSignatures(campaignId, officialIds)
  const { regulation } = rulesOf(campaignId)
  return ({ officialId, confirmedAt }: Pick<Row, 'officialId' | 'confirmedAt'>) =>
    provingSignature(kept.get(officialId) ?? [], row => wordIn(row, confirmedAt, regulation))
}

/**
 * Returns what applied telecom extracts show about some officials' parts, by their own number and their declared
 * phone.
 */
function evidenceReader(campaignId: number, officialIds: readonly number[]) {
  const extracts = appliedExtracts(campaignId).filter(
    ({ state, source }) => state === 'applied' && source === 'telecom',
  )
  if (extracts.length === 0) return () => []
  const { regulation } = rulesOf(campaignId)
  const people = peopleOf(campaignId, officialIds)
  const shown = shownOf([...people.values()].flatMap(({ hashes }) => hashes))
  return (row: Row, part: ExtractedPart): PartEvidence[] => {
    const person = people.get(row.officialId)
    if (!person) return []
    const facts = person.hashes.flatMap(hash => shown.get(hash) ?? []).filter(fact => fact.outcome === part)
    return extracts.flatMap((extract): PartEvidence[] => {
      const { id: extractId, asOfOn } = extract
      if (facts.some(fact => fact.extractId === extractId)) return [{ extractId, asOfOn, shows: true }]
      const isLacking = covers(extract, person) && extract.outcomes.includes(part)
      return isLacking && asOfOn >= lackingFrom(row, regulation) ? [{ extractId, asOfOn, shows: false }] : []
    })
  }
}

/** The first as-of day of a full list that lacks a part: days of grace after it was declared, or its certificate began. */
function lackingFrom({ declaredAt, validFromOn }: Row, { graceDays }: Pick<Regulation, 'graceDays'>): string {
  const declaredOn = dayOf(declaredAt)
  return addDays(validFromOn !== null && validFromOn > declaredOn ? validFromOn : declaredOn, graceDays)
}

type Extracted = { hashes: readonly string[]; carrier: string | null; localities: readonly string[] }

/**
 * Returns the keys by which extracts find an official: the keyed hashes of the personal number and the declared phone,
 * and its carrier. Also returns the locality of the unit at the cut-off with those above; a unit without one has the
 * province's.
 */
function peopleOf(campaignId: number, officialIds: readonly number[]): Map<number, Extracted> {
  const rows = prepared<{
    officialId: number
    numberHash: string | null
    id: number | null
    phoneCipher: Buffer | null
    carrier: string | null
  }>(
    `select j.value as officialId, m.number_hash as numberHash, o.id, o.phone_cipher as phoneCipher, o.carrier
       from json_each(@ids) j
       left join official_match m on m.campaign_id = @campaignId and m.official_id = j.value
       left join obligation o on o.campaign_id = @campaignId and o.official_id = j.value and o.part = 'sim_signature'`,
  ).all({ ids: JSON.stringify(officialIds), campaignId })
  return new Map(
    rows.map(({ officialId, numberHash, id, phoneCipher, carrier }) => {
      const phone = id === null ? null : unsealText({ table: 'obligation', column: 'phone', rowId: id }, phoneCipher)
      const phoneHash = phone ? matchHash({ campaignId }, 'phone', phone) : null
      const hashes = [numberHash, phoneHash].flatMap(hash => hash ?? [])
      return [officialId, { hashes, carrier, localities: localitiesOf(campaignId, officialId) }]
    }),
  )
}

function localitiesOf(campaignId: number, officialId: number): readonly string[] {
  const path = assessedPosting(campaignId, officialId)?.unitPath
  if (path === undefined) return []
  const code = prepared<string>(
    `select locality_code from unit
      where id in (select value from json_each(?)) and locality_code is not null order by length(path) desc limit 1`,
  )
    .pluck()
    .get(
      JSON.stringify(
        path
          .split('/')
          .filter(id => id !== '')
          .map(Number),
      ),
    )
  return code === undefined ? [] : localityCodes(code, rulesOf(campaignId).regulation.endsOn)
}

const covers = ({ fullFor }: AppliedExtract, { carrier, localities }: Extracted) =>
  fullFor.some(scope => localities.includes(scope.code) && carrier !== null && scope.carrier === carrier)

function shownOf(hashes: readonly string[]) {
  const rows = prepared<{ hash: string; extractId: number; outcome: string }>(
    `select f.subject_hash as hash, f.extract_id as extractId, f.outcome
       from json_each(?) j cross join extract_fact f on f.subject_hash = j.value`,
  ).all(JSON.stringify([...new Set(hashes)]))
  return grouped(rows, row => row.hash)
}

/**
 * Settles all officials' parts after an extract was applied or undone, chunk by chunk in the order of ids. Reads the
 * extracts again on each run, so an interrupted run is simply repeated.
 */
export async function settleAllObligations(extractId: number, progress: (done: number, total: number) => void) {
  const extract = prepared<{ campaignId: number; source: string }>(
    'select campaign_id as campaignId, source from extract where id = ?',
  ).get(extractId)
  if (extract?.source !== 'telecom') return
  const { campaignId } = extract
  const total = prepared<number>('select coalesce(max(official_id), 0) from obligation where campaign_id = ?')
    .pluck()
    .one(campaignId)
  for (let after: number | undefined = 0; after !== undefined; ) {
    const cursor: number = after
    await inTurn(() => {
      const ids = officialsAfter(campaignId, cursor)
      settleObligations(campaignId, ids)
      progress(ids.at(-1) ?? total, total)
      after = ids.length < CHUNK ? undefined : ids.at(-1)
    })
  }
}

function officialsAfter(campaignId: number, after: number): number[] {
  return prepared<number>(
    `select distinct official_id from obligation where campaign_id = ? and official_id > ?
      order by official_id limit ${CHUNK}`,
  )
    .pluck()
    .all(campaignId, after)
}
