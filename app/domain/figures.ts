import { OUTCOME_MARKS, TALLIED_OUTCOMES } from './outcome-marks.ts'
import { type HelpCounts, isBorne, isMetStanding, isSettledStanding, shortageOf } from './standing.ts'
import {
  BASES,
  type Category,
  type CountingBasis,
  OBLIGATION_PARTS,
  OBLIGATIONS,
  type Obligation,
  type ObligationPart,
  type OfficialResult,
  PARTS_OF,
  type PartStanding,
  recordOf,
  type VerdictKind,
  type VerdictReason,
} from './vocabulary.ts'

/**
 * What one record and one official's standing contribute to the sums that boards show. The sums hold each metric by its
 * name, so the order of the lists means nothing. `tests/domain/figures.test.ts` names a metric without a column.
 */

/** The parts in the database: `field` of a standing; `column` begins the part's metrics. */
export const PARTS = {
  sim_signature: { field: 'simSignature', column: 'sim_signature' },
  phone_4g: { field: 'phone4g', column: 'phone4g' },
  portal_national: { field: 'portalNational', column: 'portal_national' },
  portal_provincial: { field: 'portalProvincial', column: 'portal_provincial' },
} as const satisfies Record<ObligationPart, { field: string; column: string }>
type Column<Part extends ObligationPart> = (typeof PARTS)[Part]['column']

/** Metrics of the records of one day. */
export const DAY_METRICS = [
  'reported',
  'counted',
  'verified',
  'counted_any',
  'awaiting',
  ...BASES.map(basis => `by_${basis}` as const),
] as const
export type DayMetric = (typeof DAY_METRICS)[number]

const OUTCOME_COLUMNS = {
  eid_activated: 'eid_activated',
  sim_signature: 'sim_signature',
  phone_4g: 'phone4g',
} as const satisfies Record<(typeof TALLIED_OUTCOMES)[number], string>

/** Of the records of all days besides: counted, by each outcome achieved or had before. */
export const HELP_METRICS = [
  ...DAY_METRICS,
  ...TALLIED_OUTCOMES.flatMap(outcome => [
    `${OUTCOME_COLUMNS[outcome]}_achieved` as const,
    `${OUTCOME_COLUMNS[outcome]}_had` as const,
  ]),
] as const
export type HelpMetric = (typeof HELP_METRICS)[number]

const isConfirmed = (standing: PartStanding) =>
  standing === 'review' || standing === 'confirmed' || isMetStanding(standing)
/** What is counted of each part. */
const PART_COUNTS = {
  bearers: isBorne,
  declared: (standing: PartStanding) => standing === 'declared' || isConfirmed(standing),
  confirmed: isConfirmed,
  met: isMetStanding,
}
type PartMetric = `${Column<ObligationPart>}_${keyof typeof PART_COUNTS}`
const PART_METRICS = OBLIGATION_PARTS.flatMap(part =>
  (Object.keys(PART_COUNTS) as (keyof typeof PART_COUNTS)[]).map(count => ({
    metric: `${PARTS[part].column}_${count}` as const,
    field: PARTS[part].field,
    holds: PART_COUNTS[count],
  })),
)

/** Obligations of several parts, which are counted as the one obligation too that they are. */
type Joint = { [Word in Obligation]: (typeof PARTS_OF)[Word]['length'] extends 1 ? never : Word }[Obligation]
const JOINT = OBLIGATIONS.filter((obligation): obligation is Joint => PARTS_OF[obligation].length > 1)

/** Metrics of officials. `shortage`: Σ of citizens missing to the targets; `idle`: bear a target, reported nothing. */
export const PEOPLE_METRICS = [
  'officials',
  'women',
  'quota_bearers',
  'targets',
  'reached',
  'reached_any',
  'idle',
  'shortage',
  'reported',
  'counted',
  'verified',
  'counted_any',
  'obligation_bearers',
  'all_met',
  'awaiting',
  'eligible',
  'completed',
  ...PART_METRICS.map(({ metric }) => metric),
  ...JOINT.flatMap(obligation => [`${obligation}_bearers` as const, `${obligation}_met` as const]),
  ...OBLIGATION_PARTS.map(part => `${PARTS[part].column}_verified` as const),
  'sim_signature_proven',
] as const
export type PeopleMetric = (typeof PEOPLE_METRICS)[number]

type Camel<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text
/** A metric as screens name it: `quotaBearers` of `quota_bearers`. */
export const camel = <Text extends string>(text: Text) =>
  text.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as Camel<Text>
export type DayFigures = Record<Camel<DayMetric>, number>
/** Sums of help records, under the posting, memberships and locality of the day helped. */
export type HelpFigures = Record<Camel<HelpMetric>, number>
/** Sums of the people posted at the cut-off. A locality has none: it holds citizens, not officials. */
export type PeopleFigures = Record<Camel<PeopleMetric>, number>

/** The stored verdict of a record, as far as sums read it; flags are 0 or 1. */
export type CountedRecord = {
  verdictKind: VerdictKind
  verdictReason: VerdictReason
  isReported: number
  countsAny: number
  basis: CountingBasis | null
  countedOutcomes: string | null
}

/** What one record adds to its official's counts. */
export function countsOf({ verdictKind, verdictReason, isReported, countsAny }: CountedRecord): HelpCounts {
  return {
    reported: isReported,
    counted: Number(verdictKind === 'counts'),
    verified: Number(verdictReason === 'verified'),
    countedAny: countsAny,
  }
}

/** What one record contributes. */
export function helpFigures(record: CountedRecord): Record<HelpMetric, number> {
  const { countedAny, ...counts } = countsOf(record)
  const rests = (basis: CountingBasis) => Number(record.basis === basis)
  const marked = (n: number, mark: string) => Number(record.countedOutcomes?.charAt(n) === mark)
  const { achieved, had } = OUTCOME_MARKS
  return {
    ...counts,
    counted_any: countedAny,
    awaiting: Number(record.verdictReason === 'awaiting_confirmation'),
    by_inspection: rests('inspection'),
    by_extract: rests('extract'),
    by_citizen: rests('citizen'),
    by_unit: rests('unit'),
    eid_activated_achieved: marked(0, achieved),
    eid_activated_had: marked(0, had),
    sim_signature_achieved: marked(1, achieved),
    sim_signature_had: marked(1, had),
    phone4g_achieved: marked(2, achieved),
    phone4g_had: marked(2, had),
  }
}

/** A standing as it is stored; `unitId` null: posted nowhere at the cut-off; `target` null: none. */
export type StoredStanding = Record<(typeof PARTS)[ObligationPart]['field'], PartStanding> &
  HelpCounts & {
    unitId: number | null
    category: Category | null
    target: number | null
    /** obligations that are neither met nor lifted */
    unmet: number
    result: OfficialResult
    /** 1: a signature of one's own proves the signature of `simSignature`, else 0 */
    simSignatureProven: number
  }

const NOBODY = recordOf(PEOPLE_METRICS, () => 0)

/** What one official contributes; nothing without a posting at the cut-off, or without a standing. */
export function peopleFigures(row: StoredStanding | undefined, isWoman: boolean): Record<PeopleMetric, number> {
  if (!row || row.unitId === null) return NOBODY
  const { target, reported, counted, verified, countedAny } = row
  const bears = target !== null
  const standingOf = (part: ObligationPart) => row[PARTS[part].field]
  const parts = OBLIGATION_PARTS.map(standingOf)
  const bearsAny = parts.some(isBorne)
  const figures: Record<Exclude<PeopleMetric, ComputedMetric>, number> = {
    officials: 1,
    women: Number(isWoman),
    quota_bearers: Number(bears),
    targets: target ?? 0,
    reached: Number(bears && counted >= target),
    reached_any: Number(bears && countedAny >= target),
    idle: Number(bears && reported === 0),
    shortage: shortageOf(target, counted),
    reported,
    counted,
    verified,
    counted_any: countedAny,
    obligation_bearers: Number(bearsAny),
    all_met: Number(bearsAny && row.unmet === 0),
    awaiting: parts.filter(standing => standing === 'declared' || standing === 'review').length,
    eligible: Number(row.result === 'eligible'),
    completed: Number(row.result === 'completed'),
    sim_signature_proven: Number(row.simSignatureProven === 1 && row.simSignature === 'verified'),
  }
  const computed = figures as Record<PeopleMetric, number>
  for (const { metric, field, holds } of PART_METRICS) computed[metric] = Number(holds(row[field]))
  for (const obligation of JOINT) {
    const joined = PARTS_OF[obligation].map(standingOf)
    const isBearer = joined.some(isBorne)
    computed[`${obligation}_bearers`] = Number(isBearer)
    computed[`${obligation}_met`] = Number(isBearer && joined.every(isSettledStanding))
  }
  for (const part of OBLIGATION_PARTS)
    computed[`${PARTS[part].column}_verified`] = Number(standingOf(part) === 'verified')
  return computed
}
/** Metrics that `peopleFigures` computes for every part or joint obligation in the same way. */
type ComputedMetric = PartMetric | `${Joint}_${'bearers' | 'met'}` | `${Column<ObligationPart>}_verified`

/** Who bears each obligation, and of them who met it. */
export function obligationSums(people: PeopleFigures): Record<Obligation, { met: number; bearers: number }> {
  return recordOf(OBLIGATIONS, obligation => {
    const [part, ...others] = PARTS_OF[obligation]
    const of = others.length === 0 ? PARTS[part].field : camel(obligation as Joint)
    return { met: people[`${of}Met`], bearers: people[`${of}Bearers`] }
  })
}
