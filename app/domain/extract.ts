import type { Day } from './calendar.ts'
import { ID_NUMBER_PROBLEMS, readIdCell } from './id-number.ts'
import { UNSAVED_FORMULA } from './list.ts'
import { foldWords } from './name.ts'
import { PHONE_PROBLEMS, readPhone } from './phone.ts'
import { type LevelWords, readLevel } from './police-word.ts'
import type { ExtractSource, Outcome } from './vocabulary.ts'
import { type DayOrder, readDay } from './written-day.ts'

/** Bytes of a file of extracted data. */
export const EXTRACT_FILE_BYTES = 64 * 1024 * 1024

/**
 * What the columns of a source's files may hold. `code`: a record's code as `codeOf` writes it, for offices that may
 * not hand out numbers. Other columns of a file (names, addresses) are never read.
 */
export const EXTRACT_COLUMNS = {
  police: ['number', 'code', 'level', 'activatedOn'],
  telecom: ['number', 'phone', 'code', 'ownName', 'signature', 'signedOn', 'has4g'],
} as const satisfies Record<ExtractSource, readonly string[]>
export type ExtractColumn = (typeof EXTRACT_COLUMNS)[ExtractSource][number]

/** The column that holds the day of an outcome. */
export const DAY_COLUMN = { police: 'activatedOn', telecom: 'signedOn' } as const satisfies Record<
  ExtractSource,
  ExtractColumn
>

/** Which column of a file (0 is the first) holds what. */
export type ColumnMap = Partial<Record<ExtractColumn, number>>

const COLUMN_PROBLEMS = [
  'subject_column_needed',
  'outcome_column_needed',
  'column_used_twice',
  'day_order_needed',
] as const
export type ColumnProblem = (typeof COLUMN_PROBLEMS)[number]

/** Returns what keeps a file from being read with these columns; null: nothing. */
export function checkColumns(source: ExtractSource, columns: ColumnMap): ColumnProblem | null {
  const used = Object.values(columns)
  if (new Set(used).size < used.length) return 'column_used_twice'
  if (columns.number === undefined && columns.phone === undefined && columns.code === undefined)
    return 'subject_column_needed'
  return outcomesShownBy(source, columns).length === 0 ? 'outcome_column_needed' : null
}

/**
 * Returns the outcomes that a file can show. A police list without level and date lists those who are activated; a
 * telecom's list alone shows nothing.
 */
export function outcomesShownBy(source: ExtractSource, columns: ColumnMap): Outcome[] {
  if (source === 'police') return ['eid_activated']
  const outcomes: Outcome[] = []
  if (columns.signature !== undefined || columns.signedOn !== undefined) outcomes.push('sim_signature')
  if (columns.has4g !== undefined) outcomes.push('phone_4g')
  return outcomes
}

/** Why a row of an extract is not taken. */
const ROW_REASONS = [
  'subject_missing',
  ...ID_NUMBER_PROBLEMS,
  ...PHONE_PROBLEMS,
  'code_unreadable',
  'code_unknown',
  'level_unreadable',
  'mark_unreadable',
  'day_unreadable',
  'day_in_future',
  'day_after_as_of',
  'state_disagrees',
  'conflicting',
  'formula_unsaved',
] as const
export type RowReason = (typeof ROW_REASONS)[number]

/** A row that is not taken; `otherRow`: the row with which it conflicts. Never contains the row's values. */
export type RowProblem = { row: number; reason: RowReason; otherRow?: number }

/** The subject of a row; a `code` names a record. */
type ExtractSubject = { kind: 'number' | 'phone' | 'code'; value: string }
type ShownOutcome = { outcome: Outcome; on: Day | null }
/**
 * What a row says: about whom, and which outcomes it shows. `key` identifies rows about the same thing: two rows with
 * one key that show different things conflict. A person's SIMs are different things if the file names them.
 */
export type RowFacts = { subject: ExtractSubject; key: string; shown: ShownOutcome[] }
type RowReading = { ok: true; facts: RowFacts } | { ok: false; reason: RowReason }

const refuse = (reason: RowReason): RowReading => ({ ok: false, reason })

/** Code of a record for an office's own network. */
export function codeOf(helpId: number): string {
  return `HT-${helpId}`
}

/** How a row is read: `told` are words of levels that an uploader has explained. */
type RowContext = {
  source: ExtractSource
  columns: ColumnMap
  asOfOn: Day
  today: Day
  dayOrder?: DayOrder
  told?: LevelWords
}

/**
 * Reads one row by the mapped columns; undefined where these are all blank. `today` is the campaign's day: an outcome
 * dated after it, or after the day of which the file speaks, is refused. Domain 6.3.
 */
export function readRow(cells: readonly (string | undefined)[], context: RowContext): RowReading | undefined {
  const { source, columns, asOfOn, today, dayOrder } = context
  const cell = (column: ExtractColumn) => {
    const at = columns[column]
    const text = at === undefined ? '' : (cells[at] ?? '').trim()
    return /^[-–—.]*$/.test(text) ? '' : text
  }
  const sought: readonly ExtractColumn[] = EXTRACT_COLUMNS[source]
  if (sought.every(column => cell(column) === '')) return undefined
  if (sought.some(column => cell(column) === UNSAVED_FORMULA)) return refuse('formula_unsaved')
  const subject = readSubject(cell('number'), cell('phone'), cell('code'), today)
  if (!subject.ok) return refuse(subject.reason)
  const dayText = cell(DAY_COLUMN[source])
  const on = dayText === '' ? null : readDay(dayText, dayOrder)
  if (on === undefined) return refuse('day_unreadable')
  if (on !== null && on > today) return refuse('day_in_future')
  if (on !== null && on > asOfOn) return refuse('day_after_as_of')
  const shown =
    source === 'police'
      ? shownByPolice(context, cell('level'), on)
      : shownByTelecom(columns, { ownName: cell('ownName'), signature: cell('signature'), has4g: cell('has4g') }, on)
  return typeof shown === 'string'
    ? refuse(shown)
    : { ok: true, facts: { subject: subject.subject, key: subject.key, shown } }
}

function readSubject(
  number: string,
  phone: string,
  code: string,
  today: Day,
): { ok: true; subject: ExtractSubject; key: string } | { ok: false; reason: RowReason } {
  if (number === '' && phone === '' && code === '') return { ok: false, reason: 'subject_missing' }
  const sim = phone === '' ? null : readPhone(phone)
  if (sim && !sim.ok) return { ok: false, reason: sim.reason }
  if (code !== '') {
    const digits = /^(?:HT ?-? ?)?(\d{1,15})$/i.exec(code)?.[1]
    if (digits === undefined) return { ok: false, reason: 'code_unreadable' }
    return { ok: true, subject: { kind: 'code', value: String(Number(digits)) }, key: `code ${Number(digits)}` }
  }
  if (number === '') return { ok: true, subject: { kind: 'phone', value: sim?.phone ?? '' }, key: sim?.phone ?? '' }
  const reading = readIdCell(number, today)
  if (!reading.ok) return reading
  const value = reading.number
  return { ok: true, subject: { kind: 'number', value }, key: sim === null ? value : `${value} ${sim.phone}` }
}

function shownByPolice({ columns, told }: RowContext, level: string, on: Day | null): ShownOutcome[] | RowReason {
  const said = readLevel(level, told)
  if (said === undefined) return 'level_unreadable'
  if (said === false && on !== null) return 'state_disagrees'
  const isListed = columns.level === undefined && columns.activatedOn === undefined
  return said === true || on !== null || isListed ? [{ outcome: 'eid_activated', on }] : []
}

function shownByTelecom(
  columns: ColumnMap,
  words: Record<'ownName' | 'signature' | 'has4g', string>,
  on: Day | null,
): ShownOutcome[] | RowReason {
  const isOwn = readMark(words.ownName)
  const isSigned = readMark(words.signature)
  const has4g = /^[45]g/.test(foldWords(words.has4g)) ? true : readMark(words.has4g)
  if (isOwn === undefined || isSigned === undefined || has4g === undefined) return 'mark_unreadable'
  if (isSigned === false && on !== null) return 'state_disagrees'
  const hasName = columns.ownName === undefined || isOwn === true
  const shown: ShownOutcome[] = []
  if ((isSigned === true || on !== null) && hasName) shown.push({ outcome: 'sim_signature', on })
  if (has4g === true) shown.push({ outcome: 'phone_4g', on: null })
  return shown
}

const YES = /^(x+|v|co|1|yes|true|dung|roi|da|da (kich hoat|cap|dang ky|co)|chinh chu|kich hoat|thanh cong)$/
const NO = /^(0|khong|ko|k|no|false|sai|chua|(chua|khong) .*|[23]g)$/

/** A yes or no; null where blank, undefined where it is neither. */
export function readMark(text: string): boolean | null | undefined {
  if (text === '') return null
  if (/^[✓✔☑√]$/u.test(text)) return true
  const word = foldWords(text)
  if (YES.test(word)) return true
  return NO.test(word) ? false : undefined
}

/** The counts of an extract's preview: rows of the file, and what applying it would do to records. */
export type ExtractCounts = { rows: number; valid: number; repeated: number; problems: number; subjects: number }
export const EFFECTS = ['verified', 'rejected', 'other', 'unchanged'] as const
/** What applying does to a record: newly verified, newly rejected, another verdict or basis, none. */
export type Effect = (typeof EFFECTS)[number]

type Stored = { kind: string; reason: string; basis: string | null; countsAny: boolean }

/** Returns how a record's verdict would change. */
export function effectOf(before: Stored, after: Stored): Effect {
  if (after.reason === 'verified' && before.reason !== 'verified') return 'verified'
  if (after.kind === 'rejected' && before.kind !== 'rejected') return 'rejected'
  const isSame = before.reason === after.reason && before.basis === after.basis && before.countsAny === after.countsAny
  return isSame ? 'unchanged' : 'other'
}

/** A full list with a row that is not taken would deny the citizen of that row; only without such rows it is applied. */
export function isApplicable(isFullList: boolean, counts: ExtractCounts): boolean {
  return counts.valid > 0 && (!isFullList || counts.problems === 0)
}

/** Why a person opens citizens' numbers for a look-up. */
export const LOOKUP_PURPOSES = ['verify', 'complaint', 'inspection'] as const
export type LookupPurpose = (typeof LOOKUP_PURPOSES)[number]
