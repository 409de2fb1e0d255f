import { addDays, type Day } from './calendar.ts'
import { type DayFigure, indicatorState } from './indicator.ts'
import { dailyTarget } from './pace.ts'
import { type PaceWord, paceWord } from './pace-word.ts'
import type { Regulation } from './regulation.ts'

/** How far a unit's people are from their targets, and how fast. */
export type UnitPace = {
  /** citizens still missing to the sum of the targets */
  missing: number
  /** from today to the last day; null where nothing is missing, or no day is left */
  neededPerDay: number | null
  /** counted a day over the last seven days, with one decimal */
  lastWeekPerDay: number
  /** what the recent rate makes of the counted records by the last day; null: nothing is forecast */
  atEnd: number | null
  /** null: there is no target */
  word: PaceWord | 'reached' | null
}

/** The forecast looks at so many days. */
export const PACE_DAYS = 14
const WEEK = 7

/** The days whose counts the pace of a unit is found from: the last fourteen, the newest last, none after the end. */
export function paceDays(today: Day, { startsOn, endsOn }: Pick<Regulation, 'startsOn' | 'endsOn'>): Day[] {
  const last = today < endsOn ? today : endsOn
  return Array.from({ length: PACE_DAYS }, (_, n) => addDays(last, n + 1 - PACE_DAYS)).filter(day => day >= startsOn)
}

/**
 * Finds a unit's pace from its counted records: `counted` in all, and those of each of `paceDays` by the day helped.
 * The forecast is that of the annex's indicators, so both speak one language (plan IV.2).
 */
export function unitPace(
  { counted, total, byDay }: { counted: number; total: number; byDay: readonly number[] },
  today: Day,
  regulation: Pick<Regulation, 'startsOn' | 'endsOn'>,
): UnitPace {
  const days = paceDays(today, regulation)
  const week = byDay.slice(-WEEK)
  const sums = { missing: Math.max(0, total - counted), lastWeekPerDay: perDay(week) }
  if (total === 0) return { ...sums, neededPerDay: null, atEnd: null, word: null }
  const { status, neededPerDay, forecast } = indicatorState(
    runningBack(days, byDay, counted),
    { total, daily: dailyTarget(total, regulation) },
    today,
    regulation,
  )
  const word = status === 'reached' ? status : forecast ? paceWord(forecast, regulation.endsOn) : null
  return { ...sums, neededPerDay, atEnd: forecast?.atEnd ?? null, word }
}

const perDay = (counts: readonly number[]) =>
  counts.length === 0 ? 0 : Math.round((10 * counts.reduce((sum, count) => sum + count, 0)) / counts.length) / 10

/** The running total by the end of each day, found from the total backwards, and by the end of the day before them. */
function runningBack(days: readonly Day[], byDay: readonly number[], counted: number): DayFigure[] {
  const [first] = days
  if (first === undefined) return []
  let left = counted
  const figures = days.toReversed().map((on, n) => {
    const figure = { on, value: left }
    left -= byDay[days.length - 1 - n] ?? 0
    return figure
  })
  return [...figures, { on: addDays(first, -1), value: left }].reverse()
}
