import { type Day, dayOf, startOf } from '#app/domain/calendar.ts'

const MINUTE_MS = 60_000
const NUMBERS = [0, 1, 2].map(
  digits => new Intl.NumberFormat('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
)
const PERCENT = new Intl.NumberFormat('vi-VN', { style: 'percent', maximumFractionDigits: 2 })

/** `1.234`; with `digits` (0–2) decimals `1,25`. */
export function formatNumber(value: number, digits: 0 | 1 | 2 = 0): string {
  return (NUMBERS[digits] as Intl.NumberFormat).format(value)
}

/** A change of a count: `+12`, `−3`, `0`. */
export const formatChange = (change: number): string =>
  change === 0 ? '0' : `${change > 0 ? '+' : '−'}${formatNumber(Math.abs(change))}`

/**
 * The share of `part` in `whole` as the plan prints it: `85,88%`, `84%`; `–` where there is no whole.
 * Rounding never claims what is not so: less than all is at most `99,99%`, more than none at least `0,01%`.
 */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const share = part / whole
  if (share > 0 && share < 0.0001) return PERCENT.format(0.0001)
  if (share < 1 && share > 0.9999) return PERCENT.format(0.9999)
  return PERCENT.format(share)
}

/** A share with its parts, `34/41 (82,93%)`; `0/0` where there is no whole. */
export function formatParts(part: number, whole: number): string {
  const parts = `${formatNumber(part)}/${formatNumber(whole)}`
  return whole === 0 ? parts : `${parts} (${formatShare(part, whole)})`
}

/** `12/6`, `04/4`, `23/01`: a zero before days under 10 and before months 1 and 2, as NĐ 30/2020 writes dates. */
export function formatShortDay(day: Day): string {
  const month = Number(day.slice(5, 7))
  return `${day.slice(8, 10)}/${month < 3 ? `0${month}` : month}`
}

/** `12/6/2024`, with the zeros of `formatShortDay`. */
export function formatDay(day: Day): string {
  return `${formatShortDay(day)}/${day.slice(0, 4)}`
}

/** `ngày 04 tháng 4 năm 2024`, as documents are dated (NĐ 30/2020). */
export function formatLongDay(day: Day): string {
  const [date, month, year] = formatDay(day).split('/')
  return `ngày ${date} tháng ${month} năm ${year}`
}

/** The instant `at` (ms) in Asia/Ho_Chi_Minh: `12/6/2024, 09:15`. */
export function formatInstant(at: number): string {
  const day = dayOf(at)
  const minutes = Math.floor((at - startOf(day)) / MINUTE_MS)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${formatDay(day)}, ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Formats the phrase shown with every figure: `Tính đến 12/6/2024, 09:15`. */
export function formatAsOf(at: number): string {
  return `Tính đến ${formatInstant(at)}`
}

/** Only the last three digits of a number (or of its stored tail): `•••123`. */
export function maskNumber(number: string): string {
  return `•••${number.slice(-3)}`
}

const NUMERALS = [
  'không',
  'một',
  'hai',
  'ba',
  'bốn',
  'năm',
  'sáu',
  'bảy',
  'tám',
  'chín',
  'mười',
  'mười một',
  'mười hai',
]
/** A number up to twelve in words. */
export const inWords = (count: number) => NUMERALS[count] ?? formatNumber(count)
