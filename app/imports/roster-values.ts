import { type Day, isDay } from '#app/domain/calendar.ts'
import { foldWords } from '#app/domain/name.ts'
import { titleCase } from '#app/domain/person-name.ts'
import { CATEGORIES, type Category, type Sex, UNIT_ROLES, type UnitRole } from '#app/domain/vocabulary.ts'
import { dayOfSerial, dayOfStamp } from '#app/domain/written-day.ts'
import { categorySynonyms, rosterCategories, rosterRoles } from '#app/text/roster.ts'
import { labels } from '#app/text/vocabulary.ts'
import type { Cell } from './workbook.ts'

/** A birth date as lists give it: in full, or the year alone (`birthOn` null). */
export type Birth = { birthOn: Day | null; birthYear: number }

const FIRST_YEAR = 1900
const LAST_YEAR = 2019
/** The last day on which anybody on a roster can be born. */
export const LAST_BIRTH: Day = `${LAST_YEAR}-12-31`
/** Serial numbers of the first and last day that a birth date in a cell without date format can be. */
const FIRST_SERIAL = 5_000
const LAST_SERIAL = 45_000

/**
 * Reads a birth date. Day before month: an Excel date, a serial number, `12/3/1985` with any separators, `12.3.85`,
 * `12031985`, `1985-03-12`, `ngày 12 tháng 3 năm 1985`.
 * `1985`, `3/1985` and `00/00/1985` give the year alone.
 * Undefined if it is unreadable or outside 1900–2019.
 */
export function readBirth({ kind, text }: Pick<Cell, 'kind' | 'text'>): Birth | undefined {
  if (kind === 'day') return birthOf(text)
  if (/^\d{5}([.,]\d+)?$/.test(text)) {
    const serial = Number(text.replace(',', '.'))
    return serial >= FIRST_SERIAL && serial <= LAST_SERIAL ? birthOf(dayOfSerial(serial)) : undefined
  }
  const stamped = dayOfStamp(text)
  if (stamped !== undefined) return birthOf(stamped)
  const packed = /^(\d{1,2})(\d{2})(\d{4})$/.exec(text)
  const parts = packed?.slice(1) ?? text.replace(/[T ]?\d{1,2}:\d{2}(:\d{2})?.*$/, '').match(/\d+/g) ?? []
  const numbers = parts.map(Number)
  const [first = 0, second = 0, third = 0] = numbers
  if (parts.length === 1) return parts[0]?.length === 4 ? yearOf(first) : undefined
  if (parts.length === 2) return parts[1]?.length === 4 && first <= 12 ? yearOf(second) : undefined
  if (parts.length !== 3) return undefined
  if (parts[0]?.length === 4) return birthOf(dayFrom(first, second, third))
  const year = parts[2]?.length === 2 ? fullYear(third) : third
  if (year === undefined) return undefined
  return first === 0 || second === 0 ? yearOf(year) : birthOf(dayFrom(year, second, first))
}

/** Completes a two-digit birth year: people on a roster are born from 1925 to 2010. */
function fullYear(digits: number): number | undefined {
  if (digits >= 25) return 1900 + digits
  return digits <= 10 ? 2000 + digits : undefined
}

function dayFrom(year: number, month: number, day: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}

function birthOf(day: Day | undefined): Birth | undefined {
  const birth = day !== undefined && isDay(day) ? yearOf(Number(day.slice(0, 4))) : undefined
  return birth && day !== undefined ? { ...birth, birthOn: day } : undefined
}

function yearOf(birthYear: number): Birth | undefined {
  return birthYear >= FIRST_YEAR && birthYear <= LAST_YEAR ? { birthOn: null, birthYear } : undefined
}

const YES = new Set(['x', 'co', '1', 'v', 'yes', 'true', 'dung', 'la'])
const NO = new Set(['khong', 'ko', 'k', '0', 'no', 'false'])

/**
 * Reads a mark. `x`, `có`, `1`, `v`, a tick or a date (of joining) mean yes, `không` or `0` no, a dash null. Undefined
 * for any other text.
 */
export function readMark(cell: Pick<Cell, 'kind' | 'text'>): boolean | null | undefined {
  const word = foldWords(cell.text)
  if (/^[✓✔☑√]$/u.test(cell.text) || YES.has(word) || /^x+$/.test(word)) return true
  if (NO.has(word)) return false
  if (word === '') return null
  return cell.kind === 'day' || readBirth(cell) || /^\d{1,2} \d{1,2} 20\d{2}$/.test(word) ? true : undefined
}

export function readSex(text: string): Sex | undefined {
  const word = foldWords(text)
  if (['nam', 'm', 'male', 'trai', 'ong'].includes(word)) return 'male'
  return ['nu', 'f', 'female', 'gai', 'ba'].includes(word) ? 'female' : undefined
}

const CATEGORY_OF = new Map(
  CATEGORIES.flatMap(category =>
    [labels.category[category], rosterCategories[category], ...categorySynonyms[category]].map(
      word => [foldWords(word), category] as const,
    ),
  ),
)

export function readCategory(text: string): Category | undefined {
  return CATEGORY_OF.get(foldWords(text))
}

const ROLE_OF = new Map<string, UnitRole>([
  ...UNIT_ROLES.map(role => [foldWords(rosterRoles[role]), role] as const),
  ['thu truong', 'head'],
  ['nguoi dung dau co quan don vi', 'head'],
  ['can bo dau moi', 'coordinator'],
])

/** A role of a unit itself; undefined: the words name none. */
export function readUnitRole(text: string): UnitRole | undefined {
  return ROLE_OF.get(foldWords(text))
}

/** A name typed in small letters only (as in a font of capitals) gets its capitals. */
export function capitaliseName(text: string): string {
  return /\p{Lu}/u.test(text) ? text : titleCase(text)
}
