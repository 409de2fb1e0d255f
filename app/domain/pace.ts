import { type Day, daysBetween } from './calendar.ts'
import type { Regulation } from './regulation.ts'

type Period = Pick<Regulation, 'startsOn' | 'endsOn'>

/** Daily share of a total, as the annex computes it: rounded up over the 90 days from first to last (plan IV.1, annex). */
export function dailyTarget(total: number, { startsOn, endsOn }: Period): number {
  return Math.ceil(total / Math.max(1, daysBetween(startsOn, endsOn)))
}

/** Number of a day in the campaign: its first day is 1, the day before is 0. */
export function campaignDay(day: Day, { startsOn }: Period): number {
  return daysBetween(startsOn, day) + 1
}

/** Days of the campaign that are left on `today`, which counts itself; 0 once it is over. */
export function daysLeft(today: Day, { startsOn, endsOn }: Period): number {
  return Math.max(0, daysBetween(today > startsOn ? today : startsOn, endsOn) + 1)
}

/**
 * Returns what is due by the end of campaign day n: n × daily, never more than the total. `daily` of a sum is Σ of its
 * parts'.
 */
export function requiredBy(dayNumber: number, { total, daily }: { total: number; daily: number }): number {
  return Math.min(total, Math.max(0, dayNumber) * daily)
}
