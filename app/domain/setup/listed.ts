import { grouped } from '../grouping.ts'
import { changedCells, groupWord, type Mending } from '../mending.ts'

/** What the lists share with which a province is set up: their rows as texts, what is wrong with them, what they do. */

/** The lists of a province's own order, as they are written: units name localities. */
export const SETUP_LISTS = ['localities', 'units'] as const
export type SetupList = (typeof SETUP_LISTS)[number]

/** A row as the file has it, or as it was mended; a column that is not there is blank. */
export type ListedRow = { row: number; cells: Readonly<Record<string, string>> }

/** The most rows of one list: it is written at once or not at all. */
export const SETUP_ROWS = 2000
/** What such a file may weigh. */
export const SETUP_FILE_BYTES = 3 * 1024 * 1024
/** The longest text of a cell, in letters. */
const SETUP_LETTERS = 200

export type SetupReason =
  | 'required'
  | 'too_long'
  | 'word_unknown'
  | 'code_unreadable'
  | 'row_repeated'
  | 'code_repeated'
  | 'code_closed'
  | 'name_repeated'
  | 'parent_unknown'
  | 'parent_ambiguous'
  | 'parent_below_itself'
  | 'locality_unknown'
  | 'locality_ambiguous'
  | 'fixed'

/** `value`: what was read in the column. */
export type SetupProblem = { row: number; column: string; reason: SetupReason; value: string }

/** A cell that a row changes; `from` '': it was blank. */
export type SetupChange = { column: string; from: string; to: string }

export const SETUP_FATES = ['problem', 'add', 'edit', 'same'] as const
export type SetupFate = (typeof SETUP_FATES)[number]

/** What a row does, for its preview. */
export type PlannedRow = {
  row: number
  fate: Exclude<SetupFate, 'problem'>
  title: string
  changes: SetupChange[]
}

/** The words of a row's cell; '' where it is blank. */
export const cellOf = ({ cells }: ListedRow, column: string): string => cells[column] ?? ''

/** Problems of texts alone: what is required and blank, and what is too long. */
export function textProblems(rows: readonly ListedRow[], required: readonly string[]): SetupProblem[] {
  return rows.flatMap(({ row, cells }) => [
    ...required.flatMap(column => (cells[column] ? [] : [{ row, column, reason: 'required' as const, value: '' }])),
    ...Object.entries(cells).flatMap(([column, value]) =>
      value.length > SETUP_LETTERS ? [{ row, column, reason: 'too_long' as const, value: value.slice(0, 40) }] : [],
    ),
  ])
}

/** Rows that have the same value, as problems of each. */
export function repeats(
  values: readonly { row: number; value: string }[],
  column: string,
  reason: SetupReason,
): SetupProblem[] {
  return [...grouped(values, ({ value }) => value).values()].flatMap(same =>
    same.length < 2 ? [] : same.map(({ row, value }) => ({ row, column, reason, value })),
  )
}

/** Writes cells of rows with problems again as a form says; `mended` counts the rows that it changes. */
export function mendListed(
  rows: readonly ListedRow[],
  problems: readonly SetupProblem[],
  mending: Mending<string>,
): { rows: ListedRow[]; mended: number } {
  const wrong = grouped(problems, ({ row }) => row)
  const changed = changedCells(
    mending,
    rows.flatMap(listed => {
      const own = wrong.get(listed.row)
      if (!own) return []
      return [
        { key: String(listed.row), words: own.map(groupWord), textOf: (column: string) => cellOf(listed, column) },
      ]
    }),
  )
  return {
    mended: changed.size,
    rows: rows.map(({ row, cells }) => {
      const said = changed.get(String(row))
      return said ? { row, cells: { ...cells, ...Object.fromEntries(said) } } : { row, cells }
    }),
  }
}
