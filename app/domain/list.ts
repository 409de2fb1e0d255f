import { foldWords } from './name.ts'
import type { LegacyEncoding } from './vietnamese-encoding.ts'
import type { DayOrder } from './written-day.ts'

/** What reading a list's file gives besides its rows, and what its owner is asked about it. One form for all lists. */

/** Why a file as a whole cannot be read as a workbook. */
export type WorkbookReason =
  | 'legacy_xls'
  | 'password_protected'
  | 'truncated'
  | 'not_a_workbook'
  | 'web_page'
  | 'open_document'
  | 'too_large'
  | 'no_sheet'

/** Why a file as a whole is refused: before its columns are known, or while it is read. */
const TABLE_REASONS = [
  'legacy_xls',
  'web_page',
  'open_document',
  'password_protected',
  'truncated',
  'too_large',
  'no_sheet',
  'not_a_table',
  'wrong_encoding',
  'blank_rows',
  'merged_rows',
  'no_rows',
  'expired',
] as const
export type TableReason = (typeof TABLE_REASONS)[number]

/** A workbook's fault as a table's. */
export function tableReasonOf(reason: WorkbookReason): TableReason {
  return reason === 'not_a_workbook' ? 'not_a_table' : reason
}

/** A row as the screen of a spreadsheet names it; rows count from 1; `sheet` is '' for a file of text. */
export type ListRef = { sheet: string; row: number }

/** What reading left out or noticed: to be reported, but not blocking. `rows`: how many. */
export type ListNotice = ListRef & {
  kind:
    | 'sheet_skipped'
    | 'sheet_read'
    | 'footer_skipped'
    | 'section_row'
    | 'example_row'
    | 'dates_may_be_swapped'
    | 'zero_restored'
    | 'number_abroad'
    | 'post_dropped'
  rows: number
}

/** A text in a legacy encoding and what it was taken for, for the consent of the person who uploads it. */
export type ListConversion<Column extends string = string> = ListRef & {
  column: Column
  encoding: LegacyEncoding
  from: string
  to: string
}

/** The text of a cell whose formula was saved without its result. */
export const UNSAVED_FORMULA = '=…'

type BrokenReason = 'formula_unsaved' | 'cell_error'

/** Why nothing can be read from a cell of this text: a formula without its result, or with an error; undefined: neither. */
export function brokenCell(text: string): BrokenReason | undefined {
  if (text === UNSAVED_FORMULA) return 'formula_unsaved'
  return /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/.test(text) ? 'cell_error' : undefined
}

/** A problem of a cell that a formula left without a value is that of the formula. */
export const withBroken = <Reason extends string>(problem: { number: number; reason: Reason; cell: string }) => ({
  ...problem,
  reason: brokenCell(problem.cell) ?? problem.reason,
})

/** One column of a file under its head: `column` is what it was understood as; null: it is not used. */
export type ListHead = { at: number; words: string; samples: string[]; column: string | null; isWanted: boolean }

/** What was understood of a file, for the page that asks about its columns. */
export type ListView = {
  sheet: string
  /** the last row of the head */
  headRow: number
  heads: ListHead[]
  /** required columns that no head names */
  missing: string[]
  /** other sheets, which are not read */
  others: { sheet: string; rows: number }[]
  /** rows that a filter or a person has hidden */
  hidden: number
  /** how many cells were in a legacy encoding, and the first of them */
  converted: number
  conversions: { from: string; to: string }[]
  /** columns of days in which it is not certain whether the day or the month comes first */
  unclearDays: string[]
  rows: number
  /** totals and signatures, which are not read, from the first row of them; left out: none */
  footer?: { row: number; rows: number }
  /** texts above the head, such as the list's title */
  title: string
  /** the text of blank cells, by column */
  values: Record<string, string>
}

/** What a person says about a file: the content of its columns, hidden rows, lost fonts, values for all rows. */
export type ListChoice = {
  sheet: string
  headRow: number
  columns: Record<string, number>
  /** takes the hidden rows too; undefined: not asked */
  withHidden?: boolean
  /** agrees to what was read from a legacy encoding */
  converts?: boolean
  /** which of day and month comes first, by column; left out: not asked */
  dayOrders?: Record<string, DayOrder>
  /** the text of a blank cell, by column */
  values: Record<string, string>
}

/** What a person said about heads before, by the folded words; '' is a column that is not used. */
export type RememberedHeads = Readonly<Record<string, string>>

/** The heads of a file as they are remembered for the next one. */
export function rememberHeads(heads: readonly ListHead[], columns: Readonly<Record<string, number>>): RememberedHeads {
  const columnAt = new Map(Object.entries(columns).map(([column, at]) => [at, column]))
  return Object.fromEntries(
    heads.flatMap(({ at, words }) => (foldWords(words) === '' ? [] : [[foldWords(words), columnAt.get(at) ?? '']])),
  )
}

export type ListQuestion = 'columns' | 'hidden' | 'fonts' | 'days'

/** The required columns that neither a column of the file nor a value for the whole list gives. */
export const openColumns = ({ missing, values }: ListView) => missing.filter(column => !values[column])

/**
 * What must be asked before a file's rows are read: a required column that is missing, a column that looks wanted,
 * hidden rows, lost fonts, whether the day or the month comes first. Empty: nothing. `choice`: what was answered before.
 */
export function questionsOf(view: ListView, choice?: ListChoice): ListQuestion[] {
  const questions: ListQuestion[] = []
  const isUnsure = choice === undefined && view.heads.some(head => head.isWanted)
  if (openColumns(view).length > 0 || isUnsure) questions.push('columns')
  if (view.hidden > 0 && choice?.withHidden === undefined) questions.push('hidden')
  if (view.converted > 0 && !choice?.converts) questions.push('fonts')
  if (view.unclearDays.some(column => choice?.dayOrders?.[column] === undefined)) questions.push('days')
  return questions
}

/** Numbers of people are shown by their last three digits only. */
export function maskSample(text: string): string {
  return text.replace(/(?<!\d)(?:\d[\s.-]?){6,14}(?=\d{3}(?!\d))/g, '•••')
}
