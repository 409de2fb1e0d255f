import type { RememberedHeads } from '#app/domain/list.ts'
import { foldWords } from '#app/domain/name.ts'
import {
  type Heading,
  isOfOthers,
  isOutOfPlace,
  type ListSpec,
  type Matcher,
  MOST_SIGNS,
  matcherOf,
} from './list-spec.ts'
import type { Merge, Row } from './workbook.ts'

export type Head<Column extends string> = {
  /** the index of the file's column for each recognised one */
  columns: Map<Heading<Column>, number>
  /** recognised a second time at other columns */
  repeated: Heading<Column>[]
  /** how many columns the merged head of the name spans */
  nameSpan: number
  /** row numbers of the head's first row and of the last row before the list */
  firstRow: number
  lastRow: number
  /** the words over each column, those of two rows joined */
  words: string[]
}

/** Rows among which the head is looked for. */
export const HEAD_ROWS = 30

type Search<Column extends string> = {
  spec: ListSpec<Column>
  match: Matcher<Column>
  remembered: RememberedHeads
  /** undefined: a file of text, which cannot say what is merged */
  merges: readonly Merge[] | undefined
}

/**
 * Finds the head among the first 30 filled rows: the row in which most columns are recognised, at least two (or
 * `spec.least`) and one of `spec.heads`. It may be a pair of rows, if the lower divides the upper. A row of numbers
 * `(1) (2) (3)` below belongs to the head. Undefined if there is none. Heads that a person explained before
 * (`remembered`) come first.
 */
export function findHead<Column extends string>(
  spec: ListSpec<Column>,
  rows: readonly Row[],
  { merges, remembered = {} }: { merges?: readonly Merge[]; remembered?: RememberedHeads } = {},
): Head<Column> | undefined {
  const search = { spec, match: matcherOf(spec), merges, remembered }
  let best: Head<Column> | undefined
  for (const [n, row] of rows.slice(0, HEAD_ROWS).entries()) {
    for (const lower of [undefined, rows[n + 1]]) {
      const head = readHead(row, lower, search)
      if (head && isBetter(head, best)) best = head
    }
  }
  if (!best) return undefined
  const { lastRow } = best
  const numbering = rows.find(row => row.number > lastRow)
  return numbering && isNumbering(numbering.cells.flatMap(cell => cell?.text ?? []))
    ? { ...best, lastRow: numbering.number }
    : best
}

/** True for more columns, or for the same without the title above. */
function isBetter<Column extends string>(head: Head<Column>, best: Head<Column> | undefined): boolean {
  if (best === undefined || head.columns.size !== best.columns.size)
    return head.columns.size > (best?.columns.size ?? 0)
  return head.lastRow === best.lastRow && head.firstRow > best.firstRow
}

const LOOSE_CELLS = 3

/**
 * Finds a row that looks like a head although it names no person or place that we know: of the first 30 filled rows the
 * one with most recognised columns, at least one, beside two other texts. Its columns are then asked about.
 */
export function looseHead<Column extends string>(
  spec: ListSpec<Column>,
  rows: readonly Row[],
  { merges, remembered = {} }: { merges?: readonly Merge[]; remembered?: RememberedHeads } = {},
): Head<Column> | undefined {
  const search = { spec, match: matcherOf(spec), merges, remembered }
  let best: Head<Column> | undefined
  for (const row of rows.slice(0, HEAD_ROWS)) {
    const texts = row.cells.filter(cell => cell?.kind === 'text')
    const over = Array.from(row.cells, (cell): Over => ({ above: shortened(cell?.text), below: '', isMergedOn: false }))
    const { columns, repeated } = columnsOver(over, search)
    if (texts.length < LOOSE_CELLS || columns.size <= (best?.columns.size ?? 0)) continue
    best = { columns, repeated, nameSpan: 1, firstRow: row.number, lastRow: row.number, words: over.map(wordsOf) }
  }
  return best
}

/** The words over one column: in the upper row, in the lower, and both. */
type Over = { above: string; below: string; isMergedOn: boolean }

/** The columns that two rows of heads name, and those that they name again: exact heads first, then those in part. */
function columnsOver<Column extends string>(over: readonly Over[], search: Search<Column>) {
  const columns = new Map<Heading<Column>, number>()
  const repeated: Heading<Column>[] = []
  const settled = new Set<number>()
  const isFree = (column: Heading<Column>) => !columns.has(column)
  for (const meaning of [rememberedMeaning, exactMeaning, looseMeaning])
    for (const [at, head] of over.entries()) {
      const meant = settled.has(at) ? undefined : meaning(head, search, isFree)
      if (meant === undefined) continue
      settled.add(at)
      if (meant === '') continue
      if (columns.has(meant)) repeated.push(meant)
      else columns.set(meant, at)
    }
  settleBirth(columns, search.spec)
  const has = (column: Column) => columns.has(column)
  for (const column of columns.keys()) if (isOutOfPlace(search.spec, column, has)) columns.delete(column)
  return { columns, repeated }
}

/** Tells the parts of a birth from heads that mean something else where they stand alone. */
function settleBirth<Column extends string>(columns: Map<Heading<Column>, number>, { person }: ListSpec<Column>) {
  const month = columns.get('birthMonth')
  const men = columns.has('female') ? undefined : columns.get('male')
  if (month === undefined || person === undefined) return
  // right before a month, a head of the birth is that of its day
  if (columns.get(person.birth) === month - 1 && (columns.has('birthYear') || men !== undefined)) {
    columns.delete(person.birth)
    columns.set('birthDay', month - 1)
  }
  // beside a day and a month, `Nam` without its mark is the year
  if (men === undefined || !columns.has('birthDay')) return
  columns.delete('male')
  columns.set('birthYear', men)
}

/** What a person said about a head before: one of this list's columns, or '' for none. */
function rememberedMeaning<Column extends string>(head: Over, { remembered }: Search<Column>) {
  return remembered[foldWords(wordsOf(head))] as Column | '' | undefined
}

function exactMeaning<Column extends string>({ above, below, isMergedOn }: Over, { match }: Search<Column>) {
  const both = below === '' ? undefined : match.exact(`${above} ${below}`)
  if (both !== undefined) return both
  if (below !== '' && isOfOthers(above)) return undefined
  return (below && match.exact(below)) || (isMergedOn ? undefined : match.exact(above))
}

function looseMeaning<Column extends string>(
  head: Over,
  { match }: Search<Column>,
  isFree: (column: Heading<Column>) => boolean,
) {
  if (isOfOthers(wordsOf(head))) return undefined
  const texts = [wordsOf(head), head.below, head.isMergedOn ? '' : head.above]
  return texts.flatMap(text => match.loose(text)).find(isFree)
}

/** The words of a cell; '' where they are too long for a head. */
const shortened = (text = '') => (text.length > MOST_SIGNS / 2 ? '' : text)

const wordsOf = ({ above, below }: Over) => [above, below].filter(Boolean).join(' ')

function readHead<Column extends string>(
  upper: Row,
  lower: Row | undefined,
  search: Search<Column>,
): Head<Column> | undefined {
  const { spec, match, merges } = search
  const width = Math.max(upper.cells.length, lower?.cells.length ?? 0)
  const over = Array.from({ length: width }, (_, column): Over => {
    const below = shortened(lower?.cells[column]?.text)
    return {
      above: shortened(headText(upper, column, { merges, below, width })),
      below,
      isMergedOn: (merges ?? []).some(m => m.left < column && column <= m.right && m.top === upper.number),
    }
  })
  const { columns, repeated } = columnsOver(over, search)
  const anchorAt = spec.heads.map(column => columns.get(column)).find(at => at !== undefined)
  if (anchorAt === undefined || columns.size < (spec.least ?? 2)) return undefined
  const anchorText = lower?.cells[anchorAt]?.text
  const divides = () =>
    over.some(
      ({ above, below }) =>
        below !== '' && (isHeadWords(below, match) || (above !== '' && match.exact(`${above} ${below}`) !== undefined)),
    )
  if (lower && (anchorText === undefined ? !divides() : !isAnchor(match.exact(anchorText), spec))) return undefined
  const nameAt = spec.person && columns.get(spec.person.name)
  const nameMerge = merges?.find(m => m.top === upper.number && m.left === nameAt)
  const claimed = new Set(columns.values())
  const isOfName = (at: number) => at === nameAt || !claimed.has(at)
  return {
    columns,
    repeated,
    nameSpan: nameMerge
      ? over.filter((_, at) => nameMerge.left <= at && at <= nameMerge.right && isOfName(at)).length
      : 1,
    firstRow: upper.number,
    lastRow: lower?.number ?? upper.number,
    words: over.map(wordsOf),
  }
}

const isHeadWords = (words: string, match: Matcher<string>) =>
  match.exact(words) !== undefined || match.loose(words).length > 0

/** `Nam` is both a column's head and a given name: only these columns tell a head from a person. */
export function isAnchor<Column extends string>(column: Heading<Column> | undefined, spec: ListSpec<Column>): boolean {
  return column !== undefined && (spec.heads.includes(column) || column === 'familyName')
}

/** A merged text over so much of a table is its title, and no head. */
const TITLE_SHARE = 0.6
const TITLE_COLUMNS = 4

/** Returns the head of a column; a merged head applies to every column that it spans. */
function headText(
  row: Row,
  column: number,
  { merges, below, width }: { merges: readonly Merge[] | undefined; below: string; width: number },
): string {
  const own = row.cells[column]?.text
  const isTitle = (columns: number) => columns >= TITLE_COLUMNS && columns >= width * TITLE_SHARE
  if (merges === undefined) {
    if (own !== undefined || below === '') return own ?? ''
    const left = row.cells.slice(0, column).findLastIndex(cell => cell !== undefined)
    const right = row.cells.findIndex((cell, at) => at > column && cell !== undefined)
    return isTitle((right < 0 ? width : right) - left) ? '' : (row.cells[left]?.text ?? '')
  }
  const merge = merges.find(m => m.top <= row.number && row.number <= m.bottom && m.left <= column && column <= m.right)
  if (merge && below !== '' && isTitle(merge.right - merge.left + 1)) return ''
  if (own !== undefined) return own
  return (merge && row.number === merge.top && row.cells[merge.left]?.text) || ''
}

/** True for the filled cells of a row if they are `1 2 3 …`, `(1) (2) …` or `A B 1 2 …`, each other than the rest. */
export function isNumbering(texts: readonly string[]): boolean {
  return (
    texts.length >= 3 &&
    texts.every(text => /^\(?(?:\d{1,2}|[A-Da-d])\)?$/.test(text)) &&
    new Set(texts).size === texts.length
  )
}
