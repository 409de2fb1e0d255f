import { type Day, daysBetween } from './calendar.ts'
import type { Regulation } from './regulation.ts'

/**
 * True where a move waits for the receiving unit: from one unit to another, ordered from above too. A first posting
 * (`fromUnitId` null) and a change within the unit take effect at once. What the system does never waits (domain 3).
 */
export function needsConsent(fromUnitId: number | null, toUnitId: number): boolean {
  return fromUnitId !== null && fromUnitId !== toUnitId
}

/** The part of a posting that these rules read; `toOn` null: without an end. */
type Dated = { unitId: number; fromOn: Day; toOn: Day | null }

/** Finds the posting of a day; undefined where there is none. */
export function heldAmong<Row extends Dated>(postings: readonly Row[], day: Day): Row | undefined {
  return postings.find(row => row.fromOn <= day && (row.toOn === null || row.toOn >= day))
}

/**
 * Finds the posting by which an official is assessed (domain 3): that of the cut-off, or the one before where that is a
 * short one. `postings` are in the order in which they began. Undefined: posted nowhere at the cut-off.
 */
export function assessedAmong<Row extends Dated>(
  postings: readonly Row[],
  { endsOn, shortPostingDays }: Pick<Regulation, 'endsOn' | 'shortPostingDays'>,
): Row | undefined {
  const held = heldAmong(postings, endsOn)
  if (!held) return undefined
  let at = postings.indexOf(held)
  while (isShort(postings, at, shortPostingDays)) at--
  return postings[at]
}

/**
 * True where a posting took somebody from another one, and ends within so many days or leads back there by then. Who was
 * posted nowhere before was not taken from anywhere.
 */
function isShort(postings: readonly Dated[], at: number, days: number): boolean {
  const posting = postings[at]
  const former = postings[at - 1]
  if (!posting || !former?.toOn || daysBetween(former.toOn, posting.fromOn) !== 1) return false
  if (posting.toOn !== null && daysBetween(posting.fromOn, posting.toOn) < days) return true
  return postings
    .slice(at + 1)
    .some(later => later.unitId === former.unitId && daysBetween(posting.fromOn, later.fromOn) <= days)
}

/**
 * Returns the first day of the unbroken stay in an area that includes `held`. `isInArea` tells whether a posting's unit
 * lies in it. Each posting of a stay begins on the day after the one before.
 */
export function inAreaSince<Row extends Dated>(
  postings: readonly Row[],
  held: Row,
  isInArea: (posting: Row) => boolean,
): Day {
  let since = held.fromOn
  for (let at = postings.indexOf(held) - 1; at >= 0; at--) {
    const former = postings[at]
    if (!former?.toOn || !isInArea(former) || daysBetween(former.toOn, since) !== 1) break
    since = former.fromOn
  }
  return since
}
