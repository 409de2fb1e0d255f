import type { Day } from './calendar.ts'
import { ID_NUMBER_PROBLEMS, readIdCell } from './id-number.ts'
import { UNSAVED_FORMULA } from './list.ts'
import { MOST_NAMED } from './mending.ts'
import { foldWords } from './name.ts'
import { PHONE_PROBLEMS, readPhone } from './phone.ts'
import { type LevelWords, readLevel, type UnknownWord } from './police-word.ts'
import { readRecordCode } from './record-code.ts'
import type { LegacyEncoding } from './vietnamese-encoding.ts'
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

/** The columns that say whom a row is about. */
export const SUBJECT_COLUMNS = ['number', 'phone', 'code'] as const satisfies readonly ExtractColumn[]

/** The columns whose words say a result. */
export const WORDED_COLUMNS = ['level', 'ownName', 'signature', 'has4g'] as const satisfies readonly ExtractColumn[]

/** Which column of a file (0 is the first) holds what. */
export type ColumnMap = Partial<Record<ExtractColumn, number>>

/** What was found over a file's columns. */
export type ExtractHead = {
  sheet: string
  /** the last row of the head */
  row: number
  /** the words over each column; blank where none is known, because the row may be a person's */
  cells: string[]
  /** what each column holds: dates, words that repeat, the shape of numbers; never a row's content */
  shapes: string[][]
  others: string[]
  /** words of the head, and words that repeat below it, in a legacy encoding, and what they were taken for */
  fonts?: { from: string; to: string }[]
  /** the one encoding of those words; left out: there is none, or there are several */
  encoding?: LegacyEncoding
}

const COLUMN_PROBLEMS = [
  'subject_column_needed',
  'outcome_column_needed',
  'column_used_twice',
  'day_order_needed',
  'hidden_needed',
  'fonts_needed',
] as const
export type ColumnProblem = (typeof COLUMN_PROBLEMS)[number]

/** Returns what keeps a file from being read with these columns; null: nothing. */
export function checkColumns(source: ExtractSource, columns: ColumnMap): ColumnProblem | null {
  const used = Object.values(columns)
  if (new Set(used).size < used.length) return 'column_used_twice'
  if (SUBJECT_COLUMNS.every(column => columns[column] === undefined)) return 'subject_column_needed'
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
/** `isAbroad`: the number is taken although it is no province's; left out: it is one's. */
export type RowReading = { ok: true; facts: RowFacts; isAbroad?: true } | { ok: false; reasons: RowReason[] }

/** How a row is read: `told` are words of levels that an uploader has explained. */
export type RowContext = {
  source: ExtractSource
  columns: ColumnMap
  asOfOn: Day
  today: Day
  dayOrder?: DayOrder
  told?: LevelWords
}

/**
 * Reads one row by the mapped columns and tells all its problems; undefined where these columns are all blank. `today`
 * is the campaign's day: an outcome dated after it, or after the day of which the file speaks, is refused. Domain 6.3.
 */
export function readRow(cells: readonly (string | undefined)[], context: RowContext): RowReading | undefined {
  const { source, columns, today, dayOrder } = context
  const cell = (column: ExtractColumn) => {
    const at = columns[column]
    const text = at === undefined ? '' : (cells[at] ?? '').trim()
    return /^[-–—.]*$/.test(text) ? '' : text
  }
  const sought: readonly ExtractColumn[] = EXTRACT_COLUMNS[source]
  if (sought.every(column => cell(column) === '')) return undefined
  if (sought.some(column => cell(column) === UNSAVED_FORMULA)) return { ok: false, reasons: ['formula_unsaved'] }
  const subject = readSubject(cell('number'), cell('phone'), cell('code'), today)
  const dayText = cell(DAY_COLUMN[source])
  const on = dayText === '' ? null : readDay(dayText, dayOrder)
  const shown =
    source === 'police'
      ? shownByPolice(context, cell('level'), on)
      : shownByTelecom(columns, { ownName: cell('ownName'), signature: cell('signature'), has4g: cell('has4g') }, on)
  const late = dayProblem(on, context)
  const reasons = [
    ...(subject.ok ? [] : [subject.reason]),
    ...(late ? [late] : []),
    ...(typeof shown === 'string' ? [shown] : []),
  ]
  if (reasons.length > 0 || !subject.ok || typeof shown === 'string') return { ok: false, reasons }
  const facts = { subject: subject.subject, key: subject.key, shown }
  return subject.isAbroad ? { ok: true, facts, isAbroad: true } : { ok: true, facts }
}

/** Why an outcome's day is not taken: unreadable, to come, or after the day of which the file speaks. */
function dayProblem(on: Day | null | undefined, { today, asOfOn }: RowContext): RowReason | undefined {
  if (on === undefined) return 'day_unreadable'
  if (on === null) return undefined
  if (on > today) return 'day_in_future'
  return on > asOfOn ? 'day_after_as_of' : undefined
}

type Subject = { ok: true; subject: ExtractSubject; key: string; isAbroad?: boolean } | { ok: false; reason: RowReason }

function readSubject(number: string, phone: string, code: string, today: Day): Subject {
  if (number === '' && phone === '' && code === '') return { ok: false, reason: 'subject_missing' }
  const sim = phone === '' ? null : readPhone(phone)
  if (sim && !sim.ok) return { ok: false, reason: sim.reason }
  if (code !== '') {
    const helpId = readRecordCode(code)
    if (helpId === undefined) return { ok: false, reason: 'code_unreadable' }
    return { ok: true, subject: { kind: 'code', value: String(helpId) }, key: `code ${helpId}` }
  }
  if (number === '') return { ok: true, subject: { kind: 'phone', value: sim?.phone ?? '' }, key: sim?.phone ?? '' }
  const reading = readIdCell(number, today)
  if (!reading.ok) return reading
  const { number: value, isAbroad } = reading
  return { ok: true, subject: { kind: 'number', value }, key: sim === null ? value : `${value} ${sim.phone}`, isAbroad }
}

/** A day that cannot be read (undefined) says that there is one. */
function shownByPolice(
  { columns, told }: RowContext,
  level: string,
  on: Day | null | undefined,
): ShownOutcome[] | RowReason {
  const said = readLevel(level, told)
  if (said === undefined) return 'level_unreadable'
  if (said === false && on !== null) return 'state_disagrees'
  const isListed = columns.level === undefined && columns.activatedOn === undefined
  return said === true || on !== null || isListed ? [{ outcome: 'eid_activated', on: on ?? null }] : []
}

function shownByTelecom(
  columns: ColumnMap,
  words: Record<'ownName' | 'signature' | 'has4g', string>,
  on: Day | null | undefined,
): ShownOutcome[] | RowReason {
  const isOwn = readMark(words.ownName)
  const isSigned = readMark(words.signature)
  const has4g = /^[45]g/.test(foldWords(words.has4g)) ? true : readMark(words.has4g)
  if (isOwn === undefined || isSigned === undefined || has4g === undefined) return 'mark_unreadable'
  if (isSigned === false && on !== null) return 'state_disagrees'
  const hasName = columns.ownName === undefined || isOwn === true
  const shown: ShownOutcome[] = []
  if ((isSigned === true || on !== null) && hasName) shown.push({ outcome: 'sim_signature', on: on ?? null })
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

/** Rows that are no person's: a head repeated on a page, a total or signature, the heading of a part of the list. */
export const PASSED_OVER = ['head', 'footer', 'section'] as const
export type PassedOver = (typeof PASSED_OVER)[number]

/** Counts rows and names the first of them. */
export class NamedRows {
  rows = 0
  readonly named: number[] = []

  add(row: number) {
    this.rows += 1
    if (this.named.length < MOST_NAMED) this.named.push(row)
  }
}

/**
 * What only the uploader of a file can say once its rows were seen: which of day and month comes first, what words of
 * levels mean, whether hidden rows are taken, and whether words in a lost font are read rightly. The last two are left
 * out where there are none.
 */
export type ExtractQuestions = {
  dayOrder: boolean
  words: UnknownWord[]
  hidden?: number
  fonts?: { from: string; to: string }[]
}

/** All words in a lost font that a file was found to have, in its head and below. */
export const fontsIn = (head?: Pick<ExtractHead, 'fonts'>, asks?: Pick<ExtractQuestions, 'fonts'>) => [
  ...(head?.fonts ?? []),
  ...(asks?.fonts ?? []),
]

/** The answers; words of levels by the word, whether they mean an activated account. Left out: not answered. */
export type ExtractAnswers = {
  dayOrder?: DayOrder
  words?: Record<string, boolean>
  withHidden?: boolean
  converts?: boolean
}

/** Returns what an answer still lacks without which no row is taken; null: nothing. A word may be left open. */
export function openQuestion(
  { dayOrder, hidden = 0, fonts = [] }: Partial<ExtractQuestions>,
  answers: ExtractAnswers = {},
): ColumnProblem | null {
  if (dayOrder && !answers.dayOrder) return 'day_order_needed'
  if (hidden > 0 && answers.withHidden === undefined) return 'hidden_needed'
  return fonts.length > 0 && !answers.converts ? 'fonts_needed' : null
}

/** True where an uploader has to be asked before anything is stored. */
export const isUnanswered = (asks: ExtractQuestions, answers: ExtractAnswers = {}): boolean =>
  openQuestion(asks, answers) !== null || (asks.words.length > 0 && answers.words === undefined)

/** How many rows have a problem. */
export type ReasonCount = { reason: RowReason; rows: number }

/** Counts the rows of each problem while a file of any length is read, and names the first of each. */
export class RowProblems {
  readonly #groups = new Map<RowReason, RowProblem[]>()
  readonly #counts = new Map<RowReason, number>()
  /** rows with a problem; each counts once */
  rows = 0

  /** The problems of one row. */
  tell(problems: readonly RowProblem[]) {
    this.rows += 1
    for (const problem of problems) {
      const named = this.#groups.get(problem.reason) ?? []
      this.#groups.set(problem.reason, named)
      this.#counts.set(problem.reason, (this.#counts.get(problem.reason) ?? 0) + 1)
      if (named.length < MOST_NAMED) named.push(problem)
    }
  }

  /** Each problem with its number of rows, the commonest first. */
  get groups(): ReasonCount[] {
    return [...this.#counts].map(([reason, rows]) => ({ reason, rows })).sort((a, b) => b.rows - a.rows)
  }

  /** The rows that are named, in the order of the file. */
  get named(): RowProblem[] {
    return [...this.#groups.values()].flat().sort((a, b) => a.row - b.row)
  }
}

/** The counts of an extract's preview: rows of the file, and what applying it would do to records. */
export type ExtractCounts = { rows: number; valid: number; repeated: number; problems: number; subjects: number }
export const EFFECTS = ['verified', 'rejected', 'other', 'unchanged'] as const
/** What applying does to a record: newly verified, no longer counted, another verdict or basis, none. */
export type Effect = (typeof EFFECTS)[number]

type Stored = { kind: string; reason: string; basis: string | null; countsAny: boolean }

/** Returns how a record's verdict would change. */
export function effectOf(before: Stored, after: Stored): Effect {
  if (after.reason === 'verified' && before.reason !== 'verified') return 'verified'
  if (before.kind === 'counts' && after.kind !== 'counts') return 'rejected'
  const isSame = before.reason === after.reason && before.basis === after.basis && before.countsAny === after.countsAny
  return isSame ? 'unchanged' : 'other'
}

/** By how much the number of counted records changes with this one. */
export const countedBy = (before: Pick<Stored, 'kind'>, after: Pick<Stored, 'kind'>): number =>
  Number(after.kind === 'counts') - Number(before.kind === 'counts')

/** A full list with a row that is not taken would deny the citizen of that row; only without such rows it is applied. */
export function isApplicable(isFullList: boolean, counts: ExtractCounts): boolean {
  return counts.valid > 0 && (!isFullList || counts.problems === 0)
}

/** Why a person opens citizens' numbers for a look-up. */
export const LOOKUP_PURPOSES = ['verify', 'complaint', 'inspection'] as const
export type LookupPurpose = (typeof LOOKUP_PURPOSES)[number]

/** The form's field for the meaning of the n-th word. */
export const wordField = (n: number) => `word-${n}`

/** Whether words of a file mean an activated account, as its uploader says; a word left open stays not understood. */
export function readWordAnswers(words: readonly string[], chosen: (field: string) => unknown) {
  const told = words.flatMap((word, n) => {
    const said = chosen(wordField(n))
    return said === 'yes' || said === 'no' ? [[word, said === 'yes'] as const] : []
  })
  return Object.fromEntries(told)
}
