import { addDays, type Day, dayOf, isDay } from './calendar.ts'
import { composed } from './letters.ts'

/** Which of day and month a column writes first. */
export const DAY_ORDERS = ['day_first', 'month_first'] as const
export type DayOrder = (typeof DAY_ORDERS)[number]

const two = (part = '') => part.padStart(2, '0')
const dayFrom = (year: string, month: string, day: string): Day | undefined => {
  const text = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`
  return isDay(text) ? text : undefined
}

const STAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)? ?(?:(Z|UTC|GMT)|([+-]\d{2}):?(\d{2})?)$/i

/** The Vietnamese day of a moment with its offset: `2024-06-04T18:30:00Z` is 05/6; undefined for any other text. */
export function dayOfStamp(text: string): Day | undefined {
  const [, day, time, seconds = ':00', zone, hours, minutes = '00'] = STAMP.exec(text) ?? []
  if (day === undefined || !isDay(day)) return undefined
  const at = Date.parse(`${day}T${time}${seconds}${zone === undefined ? `${hours}:${minutes}` : 'Z'}`)
  return Number.isNaN(at) ? undefined : dayOf(at)
}

/** Two numbers, then a year of two or four digits, and perhaps a time. */
const WRITTEN = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:,? .*)?$/

/**
 * A cell of a column that a program with American settings wrote, with the day before the month as all is read here.
 * Day and month change places wherever both could be a month; other texts and moments with an offset stay.
 */
export function dayFirst(written: string): string {
  const text = composed(written).trim()
  if (isDay(text)) {
    const [year, month, date] = text.split('-')
    return Number(date) <= 12 ? `${year}-${date}-${month}` : text
  }
  const [, first = '', second = ''] = WRITTEN.exec(text) ?? []
  return first !== '' && Number(first) <= 12 ? text.replace(/^\d+(\D)\d+/, `${second}$1${first}`) : text
}

/**
 * Reads a day as lists write it: `2024-04-05`, `05/4/2024` or `5-4-24` with any separators, `20240405`, each with or
 * without a time; a moment with its offset by `dayOfStamp`. `month_first`: read after `dayFirst`. Undefined where it is
 * no day.
 */
export function readDay(written: string, order: DayOrder = 'day_first'): Day | undefined {
  const text = order === 'month_first' ? dayFirst(written) : composed(written).trim()
  const stamped = dayOfStamp(text)
  if (stamped !== undefined) return stamped
  const [, first = '', second = '', last] = WRITTEN.exec(text) ?? []
  if (last !== undefined) return dayFrom(last, second, first)
  const [, year = '', month = '', date = ''] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text) ?? /^(20\d{2})(\d{2})(\d{2})$/.exec(text) ?? []
  return dayFrom(year, month, date)
}

/**
 * What the cells of one column say about the order of day and month. A spreadsheet with American settings takes
 * `05/06/2024` for a date in May, and leaves `25/05/2024` as text; a program with such settings writes `5/25/2024` and
 * `AM` or `PM`. Either is a reason to ask, and none to guess.
 */
export class DayColumn {
  #hasDates = false
  #hasDateBeyond12 = false
  #hasFirstBeyond12 = false
  #hasSecondBeyond12 = false
  #hasNoonWord = false

  /** Takes in a cell; a date of a spreadsheet comes as `YYYY-MM-DD`. */
  see(written: string) {
    const text = composed(written).trim()
    if (isDay(text)) {
      this.#hasDates = true
      if (Number(text.slice(8)) > 12) this.#hasDateBeyond12 = true
      return
    }
    const [, first, second] = WRITTEN.exec(text) ?? []
    if (first === undefined) return
    if (Number(first) > 12) this.#hasFirstBeyond12 = true
    else if (Number(second) > 12) this.#hasSecondBeyond12 = true
    if (/\d ?[ap]\.?m\.?$/i.test(text)) this.#hasNoonWord = true
  }

  /** True where day and month may have changed places: somebody who knows the list says which comes first. */
  get isAsked(): boolean {
    if (this.#hasSecondBeyond12) return true
    if (this.#hasFirstBeyond12) return this.#hasDates && !this.#hasDateBeyond12
    return this.#hasNoonWord
  }
}

/** The day from which serial numbers count. */
const SERIAL_EPOCH: Day = '1899-12-30'
/** Serial number of 13/6/1975, from when Vietnam's clocks have been seven hours ahead. */
const CLOCKS_SET = 27_558
/** Parts of a day: two hours, and fifteen minutes. */
const OLD_SLIP = 2 / 24
const SLIP = 15 / 1440

/**
 * A spreadsheet's serial number as a day. Programs that write dates in Vietnam's old offsets miss midnight, by an hour
 * and more before 1975: what is that close before midnight is the next day. `hasTime`: the cell shows a time of day, so
 * that it means the moment. Undefined outside 1900–2199, which no date of a list is.
 */
export function dayOfSerial(
  serial: number,
  { epoch = SERIAL_EPOCH, hasTime = false }: { epoch?: Day; hasTime?: boolean } = {},
): Day | undefined {
  if (!(serial >= 1 && serial < 110_000)) return undefined
  const slip = hasTime ? 0 : serial < CLOCKS_SET ? OLD_SLIP : SLIP
  return addDays(epoch, Math.floor(serial + slip))
}
