import { grouped } from './grouping.ts'
import { cutText } from './letters.ts'

/**
 * Rows of an uploaded list that are mended where they are shown: which cells a form writes again, and how the problems
 * that rows share are counted together.
 */

/** The same problem of several rows: each row counts once. */
export type ProblemGroup<Problem extends { column: string | null; reason: string }> = Pick<
  Problem,
  'column' | 'reason'
> & { rows: number }

/** One word for a problem, for addresses and names of fields. */
export const groupWord = ({ column, reason }: { column: string | null; reason: string }) => `${column ?? ''}-${reason}`

/** What `groupWord` makes. */
export const PROBLEM_GROUP = /^[A-Za-z0-9_]{0,40}-[a-z0-9_]{1,40}$/

/** Counts the rows of each problem, the commonest first; `keyOf` names a problem's row. */
export function groupProblems<Problem extends { column: string | null; reason: string }>(
  problems: readonly Problem[],
  keyOf: (problem: Problem) => string | number,
): ProblemGroup<Problem>[] {
  const groups = grouped(problems, groupWord)
  return [...groups.values()]
    .flatMap(([first, ...others]) =>
      first ? [{ column: first.column, reason: first.reason, rows: new Set([first, ...others].map(keyOf)).size }] : [],
    )
    .sort((a, b) => b.rows - a.rows)
}

/** Of the rows with one problem, or one warning, so many are named; all are counted. */
export const MOST_NAMED = 20

/** The name of the field that holds one cell of a row; `key` names the row. */
export const cellName = (column: string, key: string) => `o-${column}-${key}`
/** The name of the field whose text goes into this cell of every row with a problem. */
export const sharedName = (column: string, word: string) => `ca-${column}-${word}`

/** The name of the box that leaves a row out of the list; `key` names the row. */
export const leftName = (key: string) => `bo-${key}`
/** The keys of the rows that a form leaves out. */
export const readLeft = (fields: Iterable<readonly [name: string, text: string]>): string[] =>
  [...fields].flatMap(([name]) => (name.startsWith('bo-') ? [name.slice(3)] : []))

/** What a form says about cells: of single rows, by their key, and of all rows with one problem, by its word. */
export type Mending<Column extends string> = {
  cells: { key: string; column: Column; text: string }[]
  shared: { word: string; column: Column; text: string }[]
}

/** Letters of one cell that is mended; longer texts are cut, so that they fail as too long where they are read. */
const MOST_LETTERS = 1100

/** Reads the fields of a form that `cellName` and `sharedName` name; an empty shared field says nothing. */
export function readMending<Column extends string>(
  fields: Iterable<readonly [name: string, text: string]>,
  columns: readonly Column[],
): Mending<Column> {
  const mending: Mending<Column> = { cells: [], shared: [] }
  for (const [name, typed] of fields) {
    const [, kind, columnWord, rest = ''] = /^(o|ca)-([A-Za-z0-9_]+)-([\s\S]+)$/.exec(name) ?? []
    const column = columns.find(known => known === columnWord)
    const text = cutText(typed, MOST_LETTERS).trim()
    if (column === undefined) continue
    if (kind === 'o') mending.cells.push({ key: rest, column, text })
    else if (text !== '') mending.shared.push({ word: rest, column, text })
  }
  return mending
}

/** A row that a form may mend: the words of its problems, and the present text of a cell. */
export type MendedRow<Column extends string> = {
  key: string
  words: readonly string[]
  textOf: (column: Column) => string
  /** the form does not show this cell: left blank, it stays */
  isHidden?: (column: Column) => boolean
}

/**
 * Returns the cells that a form changes, by row: what it says of the row itself, else what it says of all rows with one
 * of the row's problems.
 */
export function changedCells<Column extends string>(
  { cells, shared }: Mending<Column>,
  rows: readonly MendedRow<Column>[],
): Map<string, Map<Column, string>> {
  const own = grouped(cells, ({ key }) => key)
  const changed = new Map<string, Map<Column, string>>()
  for (const { key, words, textOf, isHidden } of rows) {
    const isNew = ({ column, text }: { column: Column; text: string }) =>
      text !== textOf(column).trim() && !(text === '' && isHidden?.(column))
    const said = [...shared.filter(({ word }) => words.includes(word)), ...(own.get(key) ?? [])].filter(isNew)
    if (said.length > 0) changed.set(key, new Map(said.map(({ column, text }) => [column, text])))
  }
  return changed
}
