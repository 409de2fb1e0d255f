import { addDays, type Day } from './calendar.ts'
import { ageOf } from './figure-age.ts'
import type { DayFigure, IndicatorState } from './indicator.ts'
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

/** Days of the trend that a leader sees, and of the rate shown beside what is needed a day. */
const TREND_DAYS = 14
const RATE_DAYS = 7

/** The value on the newest day of `series` and on each of the 14 days before; where a day has none, the one before it. */
export function trendOf(series: readonly DayFigure[]): number[] {
  const newest = series.at(-1)
  if (!newest) return []
  return Array.from({ length: TREND_DAYS + 1 }, (_, n) => valueOn(series, addDays(newest.on, n - TREND_DAYS)))
}

const valueOn = (series: readonly DayFigure[], day: Day) => series.findLast(({ on }) => on <= day)?.value ?? 0

/** What a day of the last week brought, on average and rounded; null without a figure. */
export function weekRate(series: readonly DayFigure[]): number | null {
  const newest = series.at(-1)
  if (!newest) return null
  return Math.round((newest.value - valueOn(series, addDays(newest.on, -RATE_DAYS))) / RATE_DAYS)
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
