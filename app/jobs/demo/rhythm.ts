import { addDays, type Day, dayOf, daysFrom, startOf } from '#app/domain/calendar.ts'
import type { Dice } from './dice.ts'

/** The current instant of the synthetic province: nothing in it was received later. */
export const STANDS_AT = Date.parse('2024-06-12T09:00+07:00')
export const TODAY: Day = '2024-06-12'
export const STARTS_ON: Day = '2024-04-04'
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** The days about the campaign, laid out once: the draw asks for their neighbours a million times. */
const CALENDAR = daysFrom('2023-07-01', '2024-08-31')
const PLACES = new Map(CALENDAR.map((day, n) => [day, n]))
const CALENDAR_AT = startOf('2023-07-01')

/** `addDays`. */
export function shift(day: Day, days: number): Day {
  const place = PLACES.get(day)
  return (place === undefined ? undefined : CALENDAR[place + days]) ?? addDays(day, days)
}

/** `dayOf`. */
export function dayAt(at: number): Day {
  return CALENDAR[Math.floor((at - CALENDAR_AT) / DAY_MS)] ?? dayOf(at)
}

/** `startOf`. */
function startAt(day: Day): number {
  const place = PLACES.get(day)
  return place === undefined ? startOf(day) : CALENDAR_AT + place * DAY_MS
}

const isWeekend = (day: Day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
const isHoliday = (day: Day) => day === '2024-04-18' || (day >= '2024-04-27' && day <= '2024-05-01')

/** Slow in April, most in May; weekends above workdays, little over the holidays and on the morning of the last day. */
const DAYS = daysFrom(STARTS_ON, TODAY).map((day, n) => {
  const rise = Math.exp(-(n - 44) / 13)
  const rest = isHoliday(day) ? 0.45 : isWeekend(day) ? 1.6 : 1
  return [day, (rise / (1 + rise) ** 2 + 0.02) * rest * (day === TODAY ? 0.15 : 1)] as const
})
const WEEKENDS = new Set(DAYS.map(([day]) => day).filter(isWeekend))

/** Draws a day of the campaign for a visit. */
export function drawDay(dice: Dice): Day {
  return dice.weighted(DAYS)
}

/** An instant on `day` at which people help each other: evenings, on free days the whole day. */
export function visitHour(day: Day, dice: Dice): number {
  if (day === TODAY) return startAt(day) + Math.floor(dice.between(6.5, 8.4) * HOUR_MS)
  const isFree = WEEKENDS.has(day)
  const hour = dice.chance(isFree ? 0.4 : 0.68)
    ? dice.between(18, 21.3)
    : isFree
      ? dice.between(7.5, 17.5)
      : dice.pick([8, 9, 10, 11.5, 14, 15, 16]) + dice.next()
  return startAt(day) + Math.floor(hour * HOUR_MS)
}

/** An instant on `day` in office hours. */
export function officeHour(day: Day, dice: Dice): number {
  return startAt(day) + Math.floor((dice.pick([7.5, 8, 9, 10, 13.5, 14, 15, 16]) + dice.next()) * HOUR_MS)
}
