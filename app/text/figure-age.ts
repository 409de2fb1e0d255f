import { ageOf } from '#app/domain/figure-age.ts'
import { formatDay, formatNumber } from './format.ts'

/** The day of a figure, and how old it is where that must be said: "ngày 11/6/2024, đã 29 ngày". */
export function explainAge(asOfOn: string, today: string): string {
  const { days, isOld } = ageOf(asOfOn, today)
  return isOld ? `ngày ${formatDay(asOfOn)}, đã ${formatNumber(days)} ngày` : `ngày ${formatDay(asOfOn)}`
}

/** True for a figure too old to forecast by; null: there is none. */
export const isOldFigure = (asOfOn: string | null, today: string): boolean =>
  asOfOn !== null && ageOf(asOfOn, today).isOld
