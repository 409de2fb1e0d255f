import type { Day } from './calendar.ts'
import { ageOf } from './figure-age.ts'
import type { IndicatorState } from './indicator.ts'
import { type PaceWord, paceWord } from './pace-word.ts'

/** What is said of an indicator in one word: done, whether it will be in time, or why nothing can be said. */
export type IndicatorSaid = PaceWord | 'reached' | 'old_figure' | 'no_figures' | 'no_target'

/** Says an indicator in one word; a figure too old to forecast by says nothing about the end (plan IV.2). */
export function saidOf(
  { status, forecast }: Pick<IndicatorState, 'status' | 'forecast'>,
  asOfOn: Day | null,
  { endsOn, today }: { endsOn: Day; today: Day },
): IndicatorSaid {
  if (status === 'reached' || status === 'no_target' || status === 'no_figures') return status
  if (forecast === null || asOfOn === null || ageOf(asOfOn, today).isOld) return 'old_figure'
  return paceWord(forecast, endsOn)
}

/** Days over which the rate is taken that is shown beside what is needed a day. */
const RATE_DAYS = 7

/** What a day of the last week brought, on average and rounded, of the growth by day; null without a figure. */
export function weekRate(growth: readonly number[]): number | null {
  const week = growth.slice(-RATE_DAYS)
  return week.length === 0 ? null : Math.round(week.reduce((sum, day) => sum + day, 0) / week.length)
}

/** What a place lacks of one indicator. */
type Gap = { indicator: string; missing: number; said: IndicatorSaid }
export type PlaceGaps = { code: string; name: string; gaps: readonly Gap[] }
export type HeldBack = { code: string; name: string } & Gap

/**
 * Names the places that hold most back: each by the indicator of which most is missing, in number, the most first. What
 * will be in time holds nothing back.
 */
export function heldBack(places: readonly PlaceGaps[], count: number): HeldBack[] {
  return places
    .flatMap(({ code, name, gaps }) => {
      const [worst] = gaps
        .filter(({ missing, said }) => missing > 0 && said !== 'on_time' && said !== 'reached')
        .toSorted((a, b) => b.missing - a.missing)
      return worst ? [{ code, name, ...worst }] : []
    })
    .toSorted((a, b) => b.missing - a.missing || a.code.localeCompare(b.code))
    .slice(0, count)
}
