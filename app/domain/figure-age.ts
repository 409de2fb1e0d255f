import { type Day, daysBetween } from './calendar.ts'

/** Days after which a figure is said to be old wherever it is shown. Plan IV.2 wants daily figures. */
const FRESH_DAYS = 7

/** How many days a figure of `asOfOn` lies back on `today`, and whether that is said beside it. */
export function ageOf(asOfOn: Day, today: Day): { days: number; isOld: boolean } {
  const days = Math.max(0, daysBetween(asOfOn, today))
  return { days, isOld: days > FRESH_DAYS }
}
