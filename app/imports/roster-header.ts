import { composed } from '#app/domain/letters.ts'
import { foldWords } from '#app/domain/name.ts'
import { ROSTER_COLUMNS, type RosterColumn } from '#app/domain/roster/row.ts'
import { rosterHeaders } from '#app/text/roster.ts'
import type { Merge, Row } from './workbook.ts'

/**
 * The content of a list's column: a roster column, or one of several that together hold one. These are numbering,
 * family and given name, one column for men and one for women (a mark, or the birth year), and day, month and year of
 * the birth.
 */
export type ListColumn =
  | RosterColumn
  | 'ordinal'
  | 'familyName'
  | 'givenName'
  | 'male'
  | 'female'
  | 'birthDay'
  | 'birthMonth'
  | 'birthYear'

export type RosterHeader = {
  /** the column letter's index for each recognised column */
  columns: Map<ListColumn, number>
  /** recognised a second time at these columns */
  repeated: ListColumn[]
  /** how many columns the merged header of the name spans */
  nameSpan: number
  /** row numbers of the header's first row and of the last row before the people */
  firstRow: number
  lastRow: number
}

const ROWS_SEARCHED = 30

const SPREAD: Record<Exclude<ListColumn, RosterColumn>, readonly string[]> = {
  ordinal: ['stt', 'tt', 'so tt', 'so thu tu', 'no'],
  familyName: [
    'ho',
    'ho dem',
    'ho va dem',
    'ho va ten dem',
    'ho ten dem',
    'ho va chu dem',
    'ho chu dem',
    'ho va chu lot',
    'ho lot',
    'ho va ten lot',
  ],
  givenName: ['ten'],
  male: ['nam', 'nam sinh nam', 'gioi tinh nam', 'ngay sinh nam', 'ngay thang nam sinh nam'],
  birthDay: ['ngay', 'sinh ngay', 'ngay sinh ngay', 'nam sinh ngay', 'ngay thang nam sinh ngay'],
  birthMonth: ['thang', 'sinh thang', 'ngay sinh thang', 'nam sinh thang', 'ngay thang nam sinh thang'],
  birthYear: [],
  female: ['nu', 'nam sinh nu', 'gioi tinh nu', 'ngay sinh nu', 'ngay thang nam sinh nu'],
}

/** Heads of columns for parts of a birth date; without marks `nam` is the man's column, with them the year's. */
const YEAR = /(^| )năm$/

const COLUMN_OF = new Map<string, ListColumn>([
  ...Object.entries(SPREAD).flatMap(([column, words]) => words.map(word => [word, column as ListColumn] as const)),
  ...ROSTER_COLUMNS.flatMap(column =>
    [foldWords(rosterHeaders[column].header), ...rosterHeaders[column].synonyms].map(word => [word, column] as const),
  ),
])

/** The column that a header's words mean, in any spelling known; bracketed remarks and asterisks are passed over. */
export function columnOfWords(words: string): ListColumn | undefined {
  const spoken = words
    .toLowerCase()
    .replace(/[().:*]/g, '')
    .trim()
  const withoutRemark = words.replace(/\([^)]*\)/g, ' ')
  const column = COLUMN_OF.get(spoken) ?? COLUMN_OF.get(foldWords(words)) ?? COLUMN_OF.get(foldWords(withoutRemark))
  return column === 'male' && YEAR.test(composed(spoken)) ? 'birthYear' : column
}

/** `Nam` is both a column's heading and a given name: only name columns distinguish a header from a person. */
export function isNameColumn(column: ListColumn | undefined): boolean {
  return column === 'name' || column === 'familyName' || column === 'givenName'
}

/**
 * Finds the header among the first 30 filled rows: the row in which most columns are recognised, at least a name and
 * one more. It may be a pair of rows, if the lower divides the upper. A row of numbers `(1) (2) (3)` below belongs to
 * the header. Undefined if there is none.
 */
export function findHeader(rows: readonly Row[], merges: readonly Merge[]): RosterHeader | undefined {
  let best: RosterHeader | undefined
  for (const [n, row] of rows.slice(0, ROWS_SEARCHED).entries()) {
    for (const lower of [undefined, rows[n + 1]]) {
      const header = readHeader(row, lower, merges)
      if (header && header.columns.size > (best?.columns.size ?? 0)) best = header
    }
  }
  if (!best) return undefined
  const { lastRow } = best
  const numbering = rows.find(row => row.number > lastRow)
  return numbering && isNumbering(numbering) ? { ...best, lastRow: numbering.number } : best
}

/** The columns that two rows of headings name, and those that they name again. */
function columnsIn(upper: Row, lower: Row | undefined, merges: readonly Merge[]) {
  const columns = new Map<ListColumn, number>()
  const repeated: ListColumn[] = []
  const width = Math.max(upper.cells.length, lower?.cells.length ?? 0)
  for (let column = 0; column < width; column++) {
    const above = headerText(upper, column, merges)
    const below = lower?.cells[column]?.text ?? ''
    const isMergedOn = merges.some(m => m.left < column && column <= m.right && m.top === upper.number)
    const meant =
      (below && (columnOfWords(`${above} ${below}`) ?? columnOfWords(below))) ||
      (isMergedOn ? undefined : columnOfWords(above))
    if (meant === undefined) continue
    if (columns.has(meant)) repeated.push(meant)
    else columns.set(meant, column)
  }
  const year = columns.get('male')
  if (year !== undefined && !columns.has('female') && columns.has('birthDay') && columns.has('birthMonth')) {
    columns.delete('male')
    columns.set('birthYear', year)
  }
  return { columns, repeated }
}

function readHeader(upper: Row, lower: Row | undefined, merges: readonly Merge[]): RosterHeader | undefined {
  const { columns, repeated } = columnsIn(upper, lower, merges)
  const nameColumn = columns.get('name') ?? columns.get('givenName')
  if (nameColumn === undefined || columns.size < 2) return undefined
  const nameText = lower?.cells[nameColumn]?.text
  if (lower && (nameText === undefined ? !dividesHeader(lower) : !isNameColumn(columnOfWords(nameText))))
    return undefined
  const nameMerge = merges.find(m => m.top === upper.number && m.left === nameColumn)
  return {
    columns,
    repeated,
    nameSpan: columns.has('name') && nameMerge ? nameMerge.right - nameMerge.left + 1 : 1,
    firstRow: upper.number,
    lastRow: lower?.number ?? upper.number,
  }
}

/** Returns the heading of a column; a merged heading applies to every column that it spans. */
function headerText(row: Row, column: number, merges: readonly Merge[]): string {
  const own = row.cells[column]?.text
  if (own !== undefined) return own
  const merge = merges.find(m => m.top <= row.number && row.number <= m.bottom && m.left <= column && column <= m.right)
  return (merge && row.number === merge.top && row.cells[merge.left]?.text) || ''
}

function dividesHeader(row: Row): boolean {
  return row.cells.some(cell => cell && columnOfWords(cell.text) !== undefined)
}

/** `1 2 3 …`, `(1) (2) …` or `A B 1 2 …` in every filled cell, and one of them more than one more than another. */
function isNumbering({ cells }: Row): boolean {
  const texts = cells.flatMap(cell => cell?.text ?? [])
  return (
    texts.length >= 3 &&
    texts.every(text => /^\(?(?:\d{1,2}|[A-Da-d])\)?$/.test(text)) &&
    new Set(texts).size === texts.length
  )
}
