import { assessOfficial, type OfficialFacts, underAnyReading } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { PARTS, type StoredStanding } from '#app/domain/figures.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { PartFacts } from '#app/domain/obligation.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  type HelpCounts,
  isOpen,
  type Standing,
  type StandingFacts,
  shortageOf,
  standingOf,
} from '#app/domain/standing.ts'
import { decidedTarget, effectiveTarget, followsInto, type TargetDecision } from '#app/domain/target.ts'
import { assessedAmong, inAreaSince } from '#app/domain/transfer.ts'
import {
  type CertificateKind,
  type ExemptionPart,
  OBLIGATION_PARTS,
  type ObligationPart,
  type ObligationState,
  type OfficialResult,
  recordOf,
} from '#app/domain/vocabulary.ts'
import { type FactTx, prepared, type Tx } from '#db/client.server.ts'
import { type PostingRow, postingsReader } from '../official-posting.server.ts'
import { datedFactsOf } from './due-process.server.ts'
import { IS_COUNTED, IS_VERIFIED, inspectionsOf } from './facts.server.ts'

const NOTHING_DECLARED: PartFacts = {
  state: 'missing',
  isOwnName: null,
  certificateKind: null,
  validFromOn: null,
  validToOn: null,
}

/** SQL: 1 if a part of `obligation` waits for the unit because a full list lacks it, else 0. */
export const IS_IN_REVIEW = `(state = 'confirmed' and extract_shows is 0 and cleared_extract_id is not extract_id)`

type ObligationRow = {
  officialId: number
  part: ObligationPart
  state: ObligationState
  isOwnName: number | null
  certificateKind: CertificateKind | null
  validFromOn: string | null
  validToOn: string | null
  revokedAt: number | null
  isInReview: number
  isProven: number
}

function partsOf(rows: readonly ObligationRow[]): StandingFacts['parts'] {
  const parts = recordOf(OBLIGATION_PARTS, () => NOTHING_DECLARED)
  for (const { isInReview, isProven, ...row } of rows)
    parts[row.part] = {
      ...row,
      isOwnName: row.isOwnName === null ? null : row.isOwnName === 1,
      ...(isInReview === 1 ? { isInReview: true } : {}),
      ...(isProven === 1 ? { isProven: true } : {}),
    }
  return parts
}

type DecisionRow = { decisionId: number; target: number; decidedAt: number; officialId: number | null; unitId: number }

/**
 * Returns decisions on the targets of some officials, for each in the order of distance: their own (distance 0), then
 * those of the units above.
 */
function targetDecisions(
  campaignId: number,
  places: ReadonlyMap<number, PostingRow>,
  { regulation, postingsOf }: { regulation: Regulation; postingsOf: Known['postingsOf'] },
) {
  const pathOf = (officialId: number) => (places.get(officialId)?.unitPath ?? '').split('/').filter(id => id !== '')
  const unitIds = new Set([...places.keys()].flatMap(pathOf))
  const rows = prepared<DecisionRow>(
    `select id as decisionId, citizens as target, created_at as decidedAt, official_id as officialId, unit_id as unitId
       from target_decision where campaign_id = @campaignId and official_id in (select value from json_each(@officials))
     union all
     select id, citizens, created_at, null, unit_id
       from target_decision where campaign_id = @campaignId and unit_id in (select value from json_each(@units))`,
  ).all({
    campaignId,
    officials: JSON.stringify([...places.keys()]),
    units: JSON.stringify([...unitIds].map(Number)),
  })
  const own = grouped(rows, row => row.officialId)
  const ofUnits = grouped(own.get(null) ?? [], row => row.unitId)
  return (officialId: number): TargetDecision[] => {
    const above = pathOf(officialId)
    const place = places.get(officialId)
    const since = (unitId: string) =>
      place ? inAreaSince(postingsOf(officialId), place, row => row.unitPath.includes(`/${unitId}/`)) : ''
    return [
      ...(own.get(officialId) ?? []).map(row => ({ ...row, distance: 0 })),
      ...above.flatMap((unitId, level) =>
        (ofUnits.get(Number(unitId)) ?? [])
          .filter(row => followsInto(row, since(unitId), regulation))
          .map(row => ({ ...row, distance: above.length - level })),
      ),
    ]
  }
}

/** The facts of one official's standing, the place where it is counted, and the decided target (null: none). */
type Gathered = StandingFacts & { decided: number | null; place: PostingRow | undefined }

/** The postings of an official, and the number of their records: read from the database, or already known. */
type Known = {
  postingsOf: (officialId: number) => readonly PostingRow[]
  countsOf: (officialIds: readonly number[]) => ReadonlyMap<number, HelpCounts>
}

/** Returns the records of some officials in a campaign by verdict; officials without records are left out. */
const countingIn =
  (campaignId: number): Known['countsOf'] =>
  officialIds => {
    if (officialIds.length === 0) return new Map()
    const rows = prepared<{ officialId: number } & HelpCounts>(
      `select official_id as officialId, sum(is_reported) as reported, sum(${IS_COUNTED}) as counted,
              sum(${IS_VERIFIED}) as verified, sum(counts_any) as countedAny
         from help where campaign_id = ? and official_id in (select value from json_each(?)) group by official_id`,
    ).all(campaignId, JSON.stringify(officialIds))
    return new Map(rows.map(({ officialId, ...counts }) => [officialId, counts]))
  }

const NONE: HelpCounts = { reported: 0, counted: 0, verified: 0, countedAny: 0 }

/**
 * The facts of some officials' standings: posting, target, obligations and exemptions as of the cut-off. All are read
 * together, a statement for each kind of fact.
 */
export function gatherFacts(
  campaignId: number,
  officialIds: readonly number[],
  regulation: Regulation,
  { postingsOf = postingsReader(officialIds), countsOf = countingIn(campaignId) }: Partial<Known> = {},
): Map<number, Gathered> {
  const ids = JSON.stringify(officialIds)
  const among = (text: string) => prepared(text).all(campaignId, ids)
  const counts = countsOf(officialIds)
  const exemptions = grouped(
    prepared<{ officialId: number; part: ExemptionPart }>(
      `select distinct official_id as officialId, part from exemption
        where campaign_id = ? and official_id in (select value from json_each(?)) and state = 'approved'
          and from_on <= ? and to_on >= ?`,
    ).all(campaignId, ids, regulation.endsOn, regulation.endsOn),
    row => row.officialId,
  )
  const obligations = grouped(
    among(
      `select official_id as officialId, part, state, is_own_name as isOwnName, certificate_kind as certificateKind,
              valid_from_on as validFromOn, valid_to_on as validToOn,
              revoked_at as revokedAt, proof_file_id is not null as isProven,
              ${IS_IN_REVIEW} as isInReview from obligation
        where campaign_id = ? and official_id in (select value from json_each(?))`,
    ) as ObligationRow[],
    row => row.officialId,
  )
  const places = new Map<number, PostingRow>()
  for (const officialId of officialIds) {
    const place = assessedAmong(postingsOf(officialId), regulation)
    if (place) places.set(officialId, place)
  }
  const decisionsOf = targetDecisions(campaignId, places, { regulation, postingsOf })
  return new Map(
    officialIds.map(officialId => {
      const place = places.get(officialId)
      const decided = decidedTarget(decisionsOf(officialId))
      return [
        officialId,
        {
          posting: place ? { category: place.category } : null,
          place,
          decided,
          target: effectiveTarget(decided, regulation),
          counts: counts.get(officialId) ?? NONE,
          parts: partsOf(obligations.get(officialId) ?? []),
          exemptParts: (exemptions.get(officialId) ?? []).map(row => row.part),
        },
      ]
    }),
  )
}

/** The facts of one official's standing: posting, target, obligations and exemptions as of the cut-off. */
export function standingFacts(campaignId: number, officialId: number, regulation: Regulation): Gathered {
  return gatherFacts(campaignId, [officialId], regulation).get(officialId) as Gathered
}

/**
 * Returns the number of failed records of each of these officials, withdrawn ones included. A record failed if its
 * latest concluded inspection found it untrue, and no appeal was upheld. Officials without any are left out.
 */
export function failedInspections(campaignId: number, officialIds: readonly number[]): Map<number, number> {
  const untrue = prepared<{ id: number; officialId: number }>(
    `select distinct h.id, h.official_id as officialId
       from json_each(?) j cross join help h on h.campaign_id = ? and h.official_id = j.value
       cross join inspection_pick p on p.help_id = h.id where p.result = 'untrue'`,
  ).all(JSON.stringify(officialIds), campaignId)
  const failed = new Map<number, number>()
  if (untrue.length === 0) return failed
  const found = inspectionsOf(JSON.stringify(untrue.map(row => row.id)))
  for (const { id, officialId } of untrue)
    if (found.get(id) === 'failed') failed.set(officialId, (failed.get(officialId) ?? 0) + 1)
  return failed
}

/**
 * Returns the present facts that `assessOfficial` needs for one official, without the dated ones: due process and
 * gates. The stored standing is made from them, so that no stored figure changes at midnight.
 */
export function officialFacts(campaignId: number, officialId: number, regulation: Regulation): OfficialFacts {
  return undatedFactsOf(campaignId, [officialId], regulation).get(officialId)?.facts as OfficialFacts
}

function undatedFactsOf(
  campaignId: number,
  officialIds: readonly number[],
  regulation: Regulation,
  known: Partial<Known> = {},
) {
  const failed = failedInspections(campaignId, officialIds)
  const found = new Map<number, { facts: OfficialFacts; place: PostingRow | undefined }>()
  for (const [officialId, gathered] of gatherFacts(campaignId, officialIds, regulation, known)) {
    const facts = undatedFacts(standingOf(gathered, regulation), failed.get(officialId) ?? 0)
    found.set(officialId, { facts, place: gathered.place })
  }
  return found
}

function undatedFacts(standing: Standing, failed: number): OfficialFacts {
  return {
    standing,
    dueProcess: { explanation: 'none', finding: 'none', appeal: 'none' },
    gates: [],
    failedInspections: failed,
    isCollectiveBarred: false,
  }
}

/** The same with due process and gates as of `day`: the facts that pages show about one official. */
export function factsOn(campaignId: number, officialId: number, regulation: Regulation, day: Day): OfficialFacts {
  const datedOf = datedFactsOf(campaignId, [officialId], day, regulation)
  return { ...officialFacts(campaignId, officialId, regulation), ...datedOf(officialId) }
}

/**
 * Returns the same for many officials, for lists: one statement for each kind of fact. Counts of records come from the
 * stored standings; `check:tallies` compares them with the records.
 */
export function factsOfAllOn(
  campaignId: number,
  officialIds: readonly number[],
  regulation: Regulation,
  day: Day,
): Map<number, OfficialFacts> {
  const datedOf = datedFactsOf(campaignId, officialIds, day, regulation)
  const countsOf: Known['countsOf'] = ids =>
    new Map([...storedStandings(campaignId, ids)].map(([id, row]) => [id, sumOf(row, NONE)]))
  const found = new Map<number, OfficialFacts>()
  for (const [officialId, { facts }] of undatedFactsOf(campaignId, officialIds, regulation, { countsOf }))
    found.set(officialId, { ...facts, ...datedOf(officialId) })
  return found
}

type StandingParts = Pick<StoredStanding, (typeof PARTS)[ObligationPart]['field']>

/** The complete row of an official in `standing`. */
export type ComputedStanding = StoredStanding & { shortage: number; resultAny: OfficialResult; isLeader: number }

/** Computes the rows of some officials in `standing` from the facts. */
export function computeStandings(
  campaignId: number,
  officialIds: readonly number[],
  regulation: Regulation,
  known: Partial<Known> = {},
): Map<number, ComputedStanding> {
  const computed = new Map<number, ComputedStanding>()
  for (const [officialId, { facts, place }] of undatedFactsOf(campaignId, officialIds, regulation, known))
    computed.set(officialId, computedOf(facts, place, regulation))
  return computed
}

function computedOf(facts: OfficialFacts, posting: PostingRow | undefined, regulation: Regulation): ComputedStanding {
  const { standing } = facts
  const parts = Object.fromEntries(
    OBLIGATION_PARTS.map(part => [PARTS[part].field, standing.parts[part]]),
  ) as StandingParts
  return {
    unitId: posting?.unitId ?? null,
    category: posting?.category ?? null,
    isLeader: posting?.isLeader ?? 0,
    target: standing.target,
    ...standing.counts,
    ...parts,
    simSignatureProven: Number(standing.isSignatureProven ?? false),
    unmet: Object.values(standing.obligations).filter(isOpen).length,
    shortage: shortageOf(standing.target, standing.counts.counted),
    result: assessOfficial(facts, regulation).result,
    resultAny: assessOfficial(underAnyReading(facts), regulation).result,
  }
}

/** Maps the fields of a standing to the columns of `standing`. */
const COLUMNS = {
  unitId: 'unit_id',
  category: 'category',
  isLeader: 'is_leader',
  target: 'target',
  reported: 'reported',
  counted: 'counted',
  verified: 'verified',
  countedAny: 'counted_any',
  simSignature: 'sim_signature',
  phone4g: 'phone4g',
  portalNational: 'portal_national',
  portalProvincial: 'portal_provincial',
  simSignatureProven: 'sim_signature_proven',
  unmet: 'unmet',
  shortage: 'shortage',
  result: 'result',
  resultAny: 'result_any',
} as const satisfies Record<keyof ComputedStanding, string>
const FIELDS = Object.keys(COLUMNS) as (keyof ComputedStanding)[]

const INSERT_STANDING = `
  insert into standing (campaign_id, official_id, sort_name, refreshed_at, ${Object.values(COLUMNS).join(', ')})
  select @campaignId, id, sort_name, @refreshedAt, ${FIELDS.map(field => `@${field}`).join(', ')} from official where id = @officialId`

type Refreshed = { before: ComputedStanding | undefined; after: ComputedStanding }

/**
 * Recomputes and stores some officials' standings from the facts. Returns what was stored before (undefined: nothing)
 * and what is now. Only `change` and the rebuild call it. `moved` gives the change of counts for each official whose
 * records a write touches. With it, counts are the stored ones plus the change, as in tallies; without it, an
 * official's records are counted.
 */
export function refreshStandings(
  tx: FactTx,
  campaignId: number,
  officialIds: readonly number[],
  regulation: Regulation,
  known: Moving = {},
): Map<number, Refreshed> {
  const refreshed = planStandings(campaignId, officialIds, regulation, known)
  storeStandings(tx, campaignId, refreshed)
  return refreshed
}

type Moving = Partial<Pick<Known, 'postingsOf'>> & { moved?: ReadonlyMap<number, HelpCounts> }

/** Computes what `refreshStandings` stores; writes nothing. */
function planStandings(
  campaignId: number,
  officialIds: readonly number[],
  regulation: Regulation,
  { postingsOf, moved }: Moving = {},
): Map<number, Refreshed> {
  const stored = storedStandings(campaignId, officialIds)
  const counted = countingIn(campaignId)
  const movedOf = (ids: readonly number[]) =>
    new Map([
      ...counted(ids.filter(id => !stored.has(id))),
      ...ids.flatMap(id => {
        const row = stored.get(id)
        return row ? [[id, sumOf(row, moved?.get(id) ?? NONE)] as const] : []
      }),
    ])
  const known: Partial<Known> = { ...(postingsOf && { postingsOf }), ...(moved && { countsOf: movedOf }) }
  const computed = computeStandings(campaignId, officialIds, regulation, known)
  return new Map([...computed].map(([officialId, after]) => [officialId, { before: stored.get(officialId), after }]))
}

/**
 * The same where nothing moved but counts: what is stored holds the rest. Only those of whom more or fewer records count
 * are assessed again. An official without a standing comes with none before.
 */
export function planMovedStandings(
  campaignId: number,
  moved: ReadonlyMap<number, HelpCounts>,
  regulation: Regulation,
  postingsOf: Known['postingsOf'],
): Map<number, Refreshed> {
  const planned = new Map<number, Refreshed>()
  const assessed: number[] = []
  const stored = storedStandings(campaignId, [...moved.keys()])
  for (const [officialId, counts] of moved) {
    const before = stored.get(officialId)
    if (before && counts.counted === 0 && counts.countedAny === 0)
      planned.set(officialId, { before, after: { ...before, ...sumOf(before, counts) } })
    else assessed.push(officialId)
  }
  if (assessed.length > 0)
    for (const [officialId, row] of planStandings(campaignId, assessed, regulation, { postingsOf, moved }))
      planned.set(officialId, row)
  return planned
}

/** Stores planned standings, in the caller's transaction. */
export function storeStandings(tx: FactTx, campaignId: number, refreshed: ReadonlyMap<number, Refreshed>) {
  const refreshedAt = Date.now()
  for (const [officialId, { before, after }] of refreshed) {
    const key = { campaignId, officialId, refreshedAt }
    if (before) tx.write(updateOf(FIELDS.filter(field => before[field] !== after[field]))).run({ ...key, ...after })
    else tx.write(INSERT_STANDING).run({ ...key, ...after })
  }
}

const sumOf = (one: HelpCounts, other: HelpCounts): HelpCounts => ({
  reported: one.reported + other.reported,
  counted: one.counted + other.counted,
  verified: one.verified + other.verified,
  countedAny: one.countedAny + other.countedAny,
})

/** Writes what changed only: an index of what did not is left alone. */
function updateOf(changed: readonly (keyof ComputedStanding)[]): string {
  const set = ['refreshed_at = @refreshedAt', ...changed.map(field => `${COLUMNS[field]} = @${field}`)]
  return `update standing set ${set.join(', ')} where campaign_id = @campaignId and official_id = @officialId`
}

/**
 * The stored standing of one official; undefined before the first refresh.
 * @internal asked for by tests alone
 */
export function storedStanding(campaignId: number, officialId: number): ComputedStanding | undefined {
  return storedStandings(campaignId, [officialId]).get(officialId)
}

const SELECT_STANDINGS = `
  select official_id as officialId, ${FIELDS.map(field => `${COLUMNS[field]} as ${field}`).join(', ')}
    from standing where campaign_id = ? and official_id in (select value from json_each(?))`

/** SQL: the stored standing of the row `s` as JSON, with the fields of a `ComputedStanding`. */
export const STANDING_JSON = `json_object(${FIELDS.map(field => `'${field}', s.${COLUMNS[field]}`).join(', ')})`

/** Returns the stored standings of some officials; officials without one are left out. */
export function storedStandings(campaignId: number, officialIds: readonly number[]): Map<number, ComputedStanding> {
  const rows = prepared<
    ComputedStanding & {
      officialId: number
    }
  >(SELECT_STANDINGS).all(campaignId, JSON.stringify(officialIds))
  return new Map(rows.map(({ officialId, ...row }) => [officialId, row]))
}

/**
 * Says that a fact about an official changed that their stored standing does not hold (a step of due process, a gate):
 * a close under way takes them once more.
 */
export function markStanding(tx: Tx, campaignId: number, officialId: number) {
  ;(tx as FactTx)
    .write('update standing set refreshed_at = ? where campaign_id = ? and official_id = ?')
    .run(Date.now(), campaignId, officialId)
}
