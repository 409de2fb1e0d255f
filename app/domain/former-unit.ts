import { type Day, daysBetween } from './calendar.ts'
import type { Regulation } from './regulation.ts'
import { assessedAmong } from './transfer.ts'

type Dated = { unitId: number; fromOn: Day; toOn: Day | null }

/**
 * Finds another unit than the one of the assessment, where an official was posted for half of the campaign's days or more.
 * It is shown beside the assessment (domain 3). Null if there is none, or if the official is not assessed because they
 * had no post at the cut-off.
 */
export function formerUnitOf(
  postings: readonly Dated[],
  regulation: Pick<Regulation, 'startsOn' | 'endsOn' | 'shortPostingDays'>,
): number | null {
  const { startsOn, endsOn } = regulation
  const at = assessedAmong(postings, regulation)
  if (!at) return null
  const days = new Map<number, number>()
  for (const { unitId, fromOn, toOn } of postings) {
    const from = fromOn > startsOn ? fromOn : startsOn
    const to = toOn !== null && toOn < endsOn ? toOn : endsOn
    if (unitId !== at.unitId && from <= to) days.set(unitId, (days.get(unitId) ?? 0) + daysBetween(from, to) + 1)
  }
  const half = (daysBetween(startsOn, endsOn) + 1) / 2
  return [...days].find(([, count]) => count >= half)?.[0] ?? null
}
