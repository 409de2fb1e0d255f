import { addDays, type Day, daysBetween } from './calendar.ts'
import { campaignDay, daysLeft, requiredBy } from './pace.ts'
import type { Regulation } from './regulation.ts'

type Period = Pick<Regulation, 'startsOn' | 'endsOn'>

/** A cumulative figure by the end of a day, since the campaign began. */
export type DayFigure = { on: Day; value: number }

/** What an indicator has to reach; `daily` as the annex computes it: ceil(total / 90), of a sum Σ of its parts'. */
export type IndicatorTarget = { total: number; daily: number }

/** reached: the total is there; on_pace, behind: against what was due by the end of the figure's day. */
export const INDICATOR_STATUSES = ['reached', 'on_pace', 'behind', 'no_figures', 'no_target'] as const
export type IndicatorStatus = (typeof INDICATOR_STATUSES)[number]

/**
 * When the total is reached at the recent rate: most probably, at the earliest and at the latest; null: not within a
 * year.
 */
export type Forecast = { on: Day | null; earliest: Day | null; latest: Day | null; atEnd: number }

export type IndicatorState = {
  status: IndicatorStatus
  /** due by the end of today: min(total, n × daily); null without a target */
  dueToday: number | null
  /** per day from today to the last day, rounded up; null where nothing is left to do or no day to do it in */
  neededPerDay: number | null
  forecast: Forecast | null
}

const WINDOW_DAYS = 14
const FURTHEST_DAYS = 365

/**
 * Computes the state of an indicator on `today` (plan IV.2, annex). It compares the newest figure with the pace due on
 * its day, and gives the daily amount needed from now on. It also forecasts when the total will be reached. `figures`
 * are in the order of their days, one a day.
 *
 * The forecast takes the daily growth of the 14 days before the newest figure. Between two figures, each day gets the
 * same part of the difference, so a missing day neither lifts nor lowers the growth. The likely date follows from the
 * median of the daily growth, the range from its quartiles. So a correction downwards on one day, or a week's work
 * entered late, moves neither much. Growth below zero counts as none.
 */
export function indicatorState(
  figures: readonly DayFigure[],
  target: IndicatorTarget | null,
  today: Day,
  period: Period,
): IndicatorState {
  const newest = figures.at(-1)
  const dueToday = target && requiredBy(campaignDay(today, period), target)
  if (target === null) return { status: 'no_target', dueToday, neededPerDay: null, forecast: null }
  const left = daysLeft(today, period)
  const rest = target.total - (newest?.value ?? 0)
  const neededPerDay = rest > 0 && left > 0 ? Math.ceil(rest / left) : null
  if (newest === undefined) return { status: 'no_figures', dueToday, neededPerDay, forecast: null }
  if (rest <= 0) return { status: 'reached', dueToday, neededPerDay: null, forecast: null }
  const dueThen = requiredBy(campaignDay(newest.on, period), target)
  const isBehind = newest.value < dueThen || today > period.endsOn
  return {
    status: isBehind ? 'behind' : 'on_pace',
    dueToday,
    neededPerDay,
    forecast: forecastOf(figures, newest, target.total, period),
  }
}

function forecastOf(figures: readonly DayFigure[], newest: DayFigure, total: number, period: Period): Forecast {
  const growth = dailyGrowth(figures, period).sort((a, b) => a - b)
  const [slow, usual, fast] = [0.25, 0.5, 0.75].map(share => Math.max(0, quantile(growth, share))) as [
    number,
    number,
    number,
  ]
  const dayAt = (rate: number): Day | null => {
    const days = rate > 0 ? Math.ceil((total - newest.value) / rate) : Number.POSITIVE_INFINITY
    return days <= FURTHEST_DAYS ? addDays(newest.on, days) : null
  }
  const daysToEnd = Math.max(0, daysBetween(newest.on, period.endsOn))
  return {
    on: dayAt(usual),
    earliest: dayAt(fast),
    latest: dayAt(slow),
    atEnd: Math.round(newest.value + usual * daysToEnd),
  }
}

/** The growth of each of the 14 days up to the newest figure; before the first one the campaign began with nothing. */
export function dailyGrowth(figures: readonly DayFigure[], { startsOn }: Pick<Period, 'startsOn'>): number[] {
  const newest = figures.at(-1)
  if (!newest) return []
  const start: DayFigure = { on: addDays(startsOn, -1), value: 0 }
  const all = [start, ...figures.filter(({ on }) => on > start.on)]
  const from = addDays(newest.on, -WINDOW_DAYS)
  return all.slice(1).flatMap((figure, n) => {
    const before = all[n] as DayFigure
    const days = daysBetween(before.on, figure.on)
    const inWindow = daysBetween(from > before.on ? from : before.on, figure.on)
    return Array.from({ length: Math.max(0, inWindow) }, () => (figure.value - before.value) / days)
  })
}

/**
 * Returns the value below which `share` of the sorted values fall, interpolated between two of them; 0 if there are
 * none.
 */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}

/**
 * Adds the figures of several localities up to those of the whole. Each day with any figure gets the sum of every
 * locality's newest figure until then.
 */
export function sumFigures(parts: readonly (readonly DayFigure[])[]): DayFigure[] {
  const days = [...new Set(parts.flatMap(part => part.map(({ on }) => on)))].sort()
  const places = parts.map(() => 0)
  return days.map(on => {
    const value = parts.reduce((sum, part, n) => {
      let place = places[n] ?? 0
      while ((part[place]?.on ?? '9999') <= on) place += 1
      places[n] = place
      return sum + (part[place - 1]?.value ?? 0)
    }, 0)
    return { on, value }
  })
}

const MOST = 9_999_999

/** Why a figure cannot be taken as it is. */
export type FigureProblem = 'figure_out_of_range' | 'figure_day_outside' | 'figure_reason_needed' | 'figure_decreases'

/**
 * Returns what keeps a figure of `on` from being recorded; null: nothing. A reason is needed to replace a figure of the
 * same day, or to go below the figure of an earlier day. `value` null withdraws the day's figure.
 */
export function checkFigure(
  { on, value, reason }: { on: Day; value: number | null; reason: string },
  { sameDay, before }: { sameDay: number | null; before: number | null },
  today: Day,
  { startsOn }: Period,
): FigureProblem | null {
  if (value !== null && (!Number.isInteger(value) || value < 0 || value > MOST)) return 'figure_out_of_range'
  if (on < startsOn || on > today) return 'figure_day_outside'
  if (reason !== '') return null
  if (sameDay !== null && sameDay !== value) return 'figure_reason_needed'
  return value !== null && before !== null && value < before ? 'figure_decreases' : null
}
