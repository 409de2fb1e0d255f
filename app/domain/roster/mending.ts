import { grouped } from '../grouping.ts'
import { changedCells, groupWord, type Mending } from '../mending.ts'
import { ASSOCIATIONS, type Association } from '../vocabulary.ts'
import {
  isWordsColumn,
  type RosterColumn,
  type RosterProblem,
  type RosterReading,
  type RosterReason,
  type RosterRow,
  type RowRef,
  refKey,
} from './row.ts'

/** Reads some cells of one row: what they say and what is wrong with them. */
export type CellsReader = (
  ref: RowRef,
  texts: ReadonlyMap<RosterColumn, string>,
) => { row: RosterRow; problems: RosterProblem[] }

const NONE: readonly RosterReason[] = [
  'column_missing',
  'column_repeated',
  'posted_elsewhere',
  'own_record',
  'unit_guarded',
]
const CLASHES: readonly RosterReason[] = ['name_clash', 'birth_clash', 'sex_clash', 'number_clash']

/** The cells that mend a problem, the likeliest first; none where no cell does. */
export function rosterMendedBy({ column, reason }: RosterProblem): readonly RosterColumn[] {
  if (column === null || NONE.includes(reason)) return []
  if (reason === 'number_birth_mismatch') return ['birth', 'number']
  if (reason === 'number_sex_mismatch') return ['sex', 'number']
  if (reason === 'identity_missing') return ['birth', 'number', 'staffCode']
  if (CLASHES.includes(reason)) return [...new Set<RosterColumn>([column, 'number', 'staffCode'])]
  return [column]
}

const SHARED: readonly RosterColumn[] = ['unit', 'category', 'role', 'position', 'chapter', 'hamlet']

/** The cell that one text for all rows with a problem goes into; undefined where rows are mended one by one. */
export function sharedRosterCell(problem: RosterProblem): RosterColumn | undefined {
  const [column] = rosterMendedBy(problem)
  return column !== undefined && SHARED.includes(column) ? column : undefined
}

/** Of the cells that mend a row, those that a form shows: what could not be read, names and other words. */
export function shownRosterCells(
  row: RosterRow | undefined,
  problems: readonly RosterProblem[],
): Partial<Record<RosterColumn, string>> {
  const shown: Partial<Record<RosterColumn, string>> = {}
  for (const column of problems.flatMap(rosterMendedBy)) {
    const words = column === 'name' || column === 'unit' || column === 'chapter' || isWordsColumn(column)
    const unread = problems.find(problem => problem.column === column && problem.reason !== 'phone_taken')?.value
    const text =
      (column === 'number' && row?.number != null ? undefined : unread) ?? (words ? row?.[column] : undefined)
    if (text) shown[column] = text
  }
  return shown
}

/** Gives what is known of a row with problems, whether the whole row could be read or not. */
export function knownRows({ rows, unread }: RosterReading): Map<string, RosterRow> {
  return new Map([
    ...rows.map(row => [refKey(row), row] as const),
    ...unread.flatMap(({ read }) => (read ? [[refKey(read), read] as const] : [])),
  ])
}

/**
 * Writes cells of problem rows again as a form says, reads those cells again, and leaves out the rows in `left`
 * (`refKey`). A cell that the form does not show stays where it is left blank; "-" empties it. `problems`: those of
 * reading and planning. Returns what the whole list says then, and how many rows changed.
 */
export function mendRoster(
  reading: RosterReading,
  problems: readonly RosterProblem[],
  { mending, left }: { mending: Mending<RosterColumn>; left: readonly string[] },
  read: CellsReader,
): RosterReading & { mended: number } {
  const known = knownRows(reading)
  const byRow = grouped(problems, refKey)
  const gone = new Set(left.filter(key => byRow.has(key)))
  const changed = changedCells(
    mending,
    [...byRow].flatMap(([key, own]) => {
      const row = known.get(key)
      if (!row || gone.has(key)) return []
      const shown = shownRosterCells(row, own)
      const textOf = (column: RosterColumn) => shown[column] ?? ''
      return [{ key, words: own.map(groupWord), textOf, isHidden: (column: RosterColumn) => textOf(column) === '' }]
    }),
  )
  const isKept = (row: RowRef) => !gone.has(refKey(row)) && !changed.has(refKey(row))
  const next: RosterReading = {
    ...reading,
    rows: reading.rows.filter(isKept),
    problems: reading.problems.filter(isKept),
    unread: reading.unread.filter(isKept),
  }
  const before = grouped(reading.problems, refKey)
  for (const [key, texts] of changed) {
    const row = known.get(key)
    if (!row) continue
    const said = read(row, texts)
    const mended = [...texts.keys()].reduce((patched, column) => withCell(patched, column, said.row), row)
    const open = (before.get(key) ?? []).filter(({ column }) => column === null || !texts.has(column))
    const found = [...open, ...said.problems]
    next.problems.push(...found)
    if (found.length === 0) next.rows.push(mended)
    else next.unread.push({ sheet: row.sheet, row: row.row, name: mended.name, read: mended })
  }
  const sheets = [...new Set([...reading.rows, ...reading.problems].map(({ sheet }) => sheet))]
  const inOrder = (a: RowRef, b: RowRef) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.row - b.row
  next.rows.sort(inOrder)
  return { ...next, mended: changed.size + gone.size }
}

/** The row with one cell as another reading has it. */
function withCell(row: RosterRow, column: RosterColumn, read: RosterRow): RosterRow {
  if (column === 'birth') return { ...row, birthOn: read.birthOn, birthYear: read.birthYear }
  if (column === 'role') return { ...row, role: read.role }
  if (!isMark(column)) return { ...row, [column]: read[column] }
  const { [column]: mark } = read.associations
  const { [column]: _, ...others } = row.associations
  return { ...row, associations: mark === undefined ? others : { ...others, [column]: mark } }
}

const isMark = (column: RosterColumn): column is Association => ASSOCIATIONS.some(word => word === column)
