/**
 * Calendar days and instants. A `Day` is text `YYYY-MM-DD` in Asia/Ho_Chi_Minh (UTC+7 all year, no daylight saving);
 * an instant is integer milliseconds since 1970 UTC. Columns and fields that end in `On` hold a Day, in `At` an instant.
 */
export type Day = string

const DAY_MS = 86_400_000
const HO_CHI_MINH_OFFSET_MS = 7 * 3_600_000

/** Returns the day (Asia/Ho_Chi_Minh) of the instant `at` (ms). */
export function dayOf(at: number): Day {
  return new Date(at + HO_CHI_MINH_OFFSET_MS).toISOString().slice(0, 10)
}

/** The instant (ms) at which `day` begins in Asia/Ho_Chi_Minh. */
export function startOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - HO_CHI_MINH_OFFSET_MS
}

/** Returns the hour of the day (0–23, Asia/Ho_Chi_Minh) of the instant `at` (ms). */
export function hourOf(at: number): number {
  return new Date(at + HO_CHI_MINH_OFFSET_MS).getUTCHours()
}

/** Days since 1970 by day, and the other way round; judging asks for the same few days again and again. */
const numbers = new Map<Day, number>()
const days = new Map<number, Day>()
const MOST_KEPT = 10_000

function numberOf(day: Day): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  if (numbers.size >= MOST_KEPT) numbers.clear()
  const number = Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)
  numbers.set(day, number)
  return number
}

/** `day` moved by `moved` days (may be negative). */
export function addDays(day: Day, moved: number): Day {
  const number = numberOf(day) + moved
  const known = days.get(number)
  if (known !== undefined) return known
  if (days.size >= MOST_KEPT) days.clear()
  const found = new Date(number * DAY_MS).toISOString().slice(0, 10)
  days.set(number, found)
  return found
}

/** Days from `from` to `to`: 0 on the same day, negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from)
}

/** All days from `from` to `to`, both inclusive; empty if `to` is earlier. */
export function daysFrom(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, n) => addDays(from, n))
}

/** True where `text` is a real calendar day written `YYYY-MM-DD` (2024-02-30 is not). */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Full years of age on `day` of someone born on `birthOn`; a birthday counts from its own day on. */
export function ageOn(birthOn: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthOn.slice(0, 4))
  return day.slice(5) >= birthOn.slice(5) ? years : years - 1
}

/** True if `day` is within the span `fromOn`–`toOn`, both inclusive; `toOn` null means open. */
export function covers(span: { fromOn: Day; toOn: Day | null }, day: Day): boolean {
  return span.fromOn <= day && (span.toOn === null || day <= span.toOn)
}

/** True on Saturdays, Sundays and the holidays `daysOff`. */
export function isDayOff(day: Day, daysOff: readonly Day[]): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 || daysOff.includes(day)
}

/**
 * Returns the last day of a term of `days` calendar days that starts on the day after `fromOn`. If that is a day off,
 * it is the next working day (Bộ luật Dân sự 2015, articles 147 and 148).
 */
export function termEnd(fromOn: Day, days: number, daysOff: readonly Day[]): Day {
  let end = addDays(fromOn, days)
  while (isDayOff(end, daysOff)) end = addDays(end, 1)
  return end
}

/** Returns the last of `days` working days after `fromOn`. */
export function workingDayAfter(fromOn: Day, days: number, daysOff: readonly Day[]): Day {
  let day = fromOn
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    if (!isDayOff(day, daysOff)) left -= 1
  }
  return day
}
