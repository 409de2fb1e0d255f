import { addDays, type Day, termEnd } from './calendar.ts'
import type { Regulation } from './regulation.ts'
import type { ClosingItem } from './vocabulary.ts'

/**
 * What must be done before the close or knowingly left (plan IV.2, V.1, V.4). A line is done where nothing waits; what
 * waits is left only where somebody ticked it with a reason, and for no more than was seen then.
 */

/** One line: how much waits, and for extracts and figures the newest day on record (null: none). */
export type ClosingLine = { item: ClosingItem; count: number; asOfOn?: Day | null }

/** A tick in force: how much waited when it was made, and why it is left. */
export type ClosingTick = { count: number; reason: string }

export type LineState = 'done' | 'left' | 'open'

/** Says whether a line is done, knowingly left, or keeps the campaign from being closed. */
export function lineState({ count }: Pick<ClosingLine, 'count'>, tick: Pick<ClosingTick, 'count'> | null): LineState {
  if (count === 0) return 'done'
  return tick !== null && count <= tick.count ? 'left' : 'open'
}

/** True where an extract or figure of `asOfOn` (null: none) is too old on `today` to close with (parameter). */
export function isTooOld(
  asOfOn: Day | null,
  today: Day,
  { endsOn, extractAgeDays }: Pick<Regulation, 'endsOn' | 'extractAgeDays'>,
): boolean {
  const day = today < endsOn ? today : endsOn
  return asOfOn === null || asOfOn < addDays(day, -extractAgeDays)
}

/** Why the worklists of a campaign cannot be destroyed yet; their figures stay (domain 7, 11). */
export type DestructionBar = 'not_closed_yet' | 'appeals_run' | 'appeals_open'

/**
 * Returns the last day of the appeals' term after a close: a notice of its day, its explanation, the head's word and
 * the appeal (plan V.4). `closedOn`: the day of the first version that is not provisional.
 */
export function appealsEndOn(
  closedOn: Day,
  { explanationDays, appealDays, daysOff }: Pick<Regulation, 'explanationDays' | 'appealDays' | 'daysOff'>,
): Day {
  return termEnd(termEnd(closedOn, explanationDays, daysOff), appealDays, daysOff)
}

/**
 * Returns why the worklists cannot be destroyed on `today`; null if they can. They hold what an appeal or a dispute
 * asks about, so they stay until the appeals' term is over and nothing is open.
 */
export function destructionBar(
  today: Day,
  { closedOn, open }: { closedOn: Day | null; open: number },
  terms: Pick<Regulation, 'explanationDays' | 'appealDays' | 'daysOff'>,
): DestructionBar | null {
  if (closedOn === null) return 'not_closed_yet'
  if (today <= appealsEndOn(closedOn, terms)) return 'appeals_run'
  return open > 0 ? 'appeals_open' : null
}
