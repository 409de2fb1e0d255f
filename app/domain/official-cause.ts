import { type Day, daysBetween } from './calendar.ts'
import { isOpen } from './standing.ts'
import { OBLIGATION_PARTS, OBLIGATIONS, type ObligationPart, PARTS_OF, type PartStanding } from './vocabulary.ts'

/**
 * Why an official still lacks something (plan IV.1), from what blocks everything else to what waits for the unit alone.
 * A part is a cause of its own: it is missing, was returned, or is confirmed and does not hold.
 */
export const CAUSES = ['not_activated', 'no_record', ...OBLIGATION_PARTS, 'stopped', 'under_way', 'awaiting'] as const
export type Cause = (typeof CAUSES)[number]

/** What the causes are found from: a standing, and the facts beside it. */
export type CauseFacts = {
  /** the account was opened, by a password or the province's sign-in */
  isActivated: boolean
  /** null: bears no quota, or is exempt from it */
  target: number | null
  reported: number
  /** citizens still missing to the target */
  shortage: number
  parts: Record<ObligationPart, PartStanding>
  /** records that wait for the unit's confirmation */
  awaiting: number
  /** the day on which the newest record came in; null: there is none */
  lastRecordOn: Day | null
}

/** From this many days without a new record on, recording has stopped. */
const STOPPED_DAYS = 14

const OWN_STEP: readonly PartStanding[] = ['missing', 'returned', 'confirmed']
const UNITS_STEP: readonly PartStanding[] = ['declared', 'review']

/** What of a person waits for their unit: records, where the target is not reached, and declared parts. */
export function awaitedOf({ shortage, awaiting, parts }: Pick<CauseFacts, 'shortage' | 'awaiting' | 'parts'>): number {
  const declared = OBLIGATION_PARTS.filter(part => UNITS_STEP.includes(parts[part])).length
  return (shortage > 0 ? awaiting : 0) + declared
}

/** How many obligations are open only because the unit has not confirmed what the official declared. */
export function awaitedObligations(parts: CauseFacts['parts']): number {
  return OBLIGATIONS.filter(obligation => {
    const open = (PARTS_OF[obligation] as readonly ObligationPart[]).map(part => parts[part]).filter(isOpen)
    return open.length > 0 && open.every(part => UNITS_STEP.includes(part))
  }).length
}

/**
 * Lists why an official lacks something on `today`, the first that blocks first; empty: nothing is lacking. Records
 * that wait for the unit fill the shortage beforehand, so what they cover asks nothing more of the official.
 */
export function causesOf(facts: CauseFacts, today: Day, { endsOn }: { endsOn: Day }): Cause[] {
  const { isActivated, target, reported, shortage, parts, awaiting, lastRecordOn } = facts
  const ownParts = OBLIGATION_PARTS.filter(part => OWN_STEP.includes(parts[part]))
  const isShort = shortage > awaiting
  const awaited = awaitedOf(facts)
  if (ownParts.length === 0 && !isShort && awaited === 0) return []
  const day = today < endsOn ? today : endsOn
  const hasStopped = lastRecordOn !== null && daysBetween(lastRecordOn, day) >= STOPPED_DAYS
  const isIdle = target !== null && reported === 0
  const records: Cause | null = !isShort ? null : isIdle ? 'no_record' : hasStopped ? 'stopped' : 'under_way'
  const holds: Record<Cause, boolean> = {
    not_activated: !isActivated && (ownParts.length > 0 || isShort),
    no_record: records === 'no_record',
    sim_signature: ownParts.includes('sim_signature'),
    phone_4g: ownParts.includes('phone_4g'),
    portal_national: ownParts.includes('portal_national'),
    portal_provincial: ownParts.includes('portal_provincial'),
    stopped: records === 'stopped',
    under_way: records === 'under_way',
    awaiting: awaited > 0,
  }
  return CAUSES.filter(cause => holds[cause])
}

/** Groups rows by the first of their causes, in the order in which these block; who lacks nothing is in no group. */
export function byFirstCause<Row extends { causes: readonly Cause[] }>(
  rows: readonly Row[],
): { cause: Cause; rows: Row[] }[] {
  return CAUSES.map(cause => ({ cause, rows: rows.filter(({ causes }) => causes[0] === cause) })).filter(
    group => group.rows.length > 0,
  )
}
