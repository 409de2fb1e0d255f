import {
  EXTRACT_COLUMNS,
  type ExtractColumn,
  type ExtractHead,
  type PassedOver,
  type RowContext,
  type RowReading,
  readMark,
  readRow,
  SUBJECT_COLUMNS,
  WORDED_COLUMNS,
} from '#app/domain/extract.ts'
import { foldWords } from '#app/domain/name.ts'
import { readLevel } from '#app/domain/police-word.ts'
import { readRecordCode } from '#app/domain/record-code.ts'
import { convertLegacyColumn } from '#app/domain/vietnamese-encoding.ts'
import { EXTRACT_SPECS } from './extract-spec.ts'
import { isFooterText, isLong, numberedSection, SECTION_MARK } from './list.ts'
import { isNumbering } from './list-head.ts'
import { matcherOf } from './list-spec.ts'
import { readTable, type TableRow } from './table.ts'

type Cells = TableRow['cells']
/** A word in a legacy encoding, and what it was taken for. */
type Converted = { from: string; to: string }

/** One row below the head: read, or passed over as no person's. `cells` are in Unicode where `fonts` says so. */
export type ExtractLine = { row: number; isHidden: boolean } & (
  | { passed: PassedOver }
  | { passed: null; reading: RowReading; cells: Cells; fonts: Converted[] }
)

/** How a file's rows are read: where they are, and what each says. */
type ExtractReading = RowContext & { head: Pick<ExtractHead, 'sheet' | 'row' | 'cells' | 'encoding'> }

/** Rows that may be a section's heading wait for the end of their sheet, which says what is merged; at most so many. */
const MOST_WAITING = 1000

/**
 * Reads the rows of an extract below its head, row by row. Says which are heads of pages, sections, totals or signatures;
 * a row with a number, a phone or a code is none of these. Words of results in a lost font are read as what they mean.
 * Throws UnreadableTable.
 */
export async function* readExtractRows(bytes: Uint8Array, reading: ExtractReading): AsyncGenerator<ExtractLine> {
  const { head, columns } = reading
  const passes = passedOver(reading)
  const [passedRows, spread] = [new Set<number>(), new Set<number>()]
  const waiting: Extract<ExtractLine, { passed: null }>[] = []
  const list = { headRow: head.row, columns: Object.values(columns), passed: passedRows, spread }
  for await (const { number, isHidden = false, cells } of readTable(bytes, { sheet: head.sheet || undefined, list })) {
    if (number <= head.row) continue
    const passed = passes(cells)
    if (passed !== null) {
      passedRows.add(number)
      yield { row: number, isHidden, passed }
      continue
    }
    const unicode = inUnicode(cells, reading)
    const read = readRow(unicode.cells, reading)
    if (read === undefined) continue
    const line = { row: number, isHidden, passed, reading: read, ...unicode }
    if (!read.ok && isLoneText(cells) && waiting.length < MOST_WAITING) waiting.push(line)
    else yield line
  }
  for (const line of waiting)
    yield spread.has(line.row) ? { row: line.row, isHidden: line.isHidden, passed: 'section' } : line
}

const filledIn = (cells: Cells) => cells.filter((text): text is string => text !== undefined && text !== '')

/** One text without a long number, which may be the heading of a part of the list. */
function isLoneText(cells: Cells): boolean {
  const [only = '', ...others] = filledIn(cells)
  return only !== '' && others.length === 0 && !isLong(only)
}

/** A test of the rows of a file in their order: what a row is that is no person's; null: it may be one's. */
function passedOver({ source, columns, head }: ExtractReading): (cells: Cells) => PassedOver | null {
  const subjects: number[] = SUBJECT_COLUMNS.flatMap(column => columns[column] ?? [])
  const results = new Set(Object.values(columns).filter(at => !subjects.includes(at)))
  const match = matcherOf(EXTRACT_SPECS[source])
  const ordinal = head.cells.findIndex(words => match.exact(words) === 'ordinal')
  let before: PassedOver | null = null

  const unicode = (text: string) => convertLegacyColumn([text], head.encoding)[0]?.text ?? text
  const isEntry = (cells: Cells) =>
    subjects.some(at => {
      const text = cells[at] ?? ''
      return isLong(text) || (at === columns.code && readRecordCode(text) !== undefined)
    })
  const saysHead = (cells: Cells, at: number) => {
    const [said, words] = [foldWords(unicode(cells[at] ?? '')), foldWords(head.cells[at] ?? '')]
    return said !== '' && (said === words || words.startsWith(`${said} `) || words.endsWith(` ${said}`))
  }
  const isHead = (cells: Cells) => {
    const isBelow = before === 'head'
    if (isBelow && isNumbering(filledIn(cells))) return true
    const filled = Object.values(columns).filter(at => (cells[at] ?? '') !== '')
    if (filled.length === 0 || !filled.every(at => saysHead(cells, at))) return false
    return isBelow || subjects.some(at => saysHead(cells, at))
  }
  const isFooter = (cells: Cells) => {
    const texts = cells.map(text => unicode(text ?? ''))
    const isAll = texts.every(text => text === '' || isFooterText(text))
    const isBelow = before === 'footer' && !subjects.some(at => /\d/.test(cells[at] ?? ''))
    return isBelow || texts.some((text, at) => isFooterText(text) && (isAll || !results.has(at)))
  }
  const isSection = (cells: Cells) => {
    const mark = ordinal < 0 ? '' : (cells[ordinal] ?? '')
    const [only, ...others] = filledIn(cells.map((text, at) => (at === ordinal ? undefined : text)))
    return only !== undefined && others.length === 0 && (SECTION_MARK.test(mark) || numberedSection(only))
  }
  const kindOf = (cells: Cells): PassedOver | null => {
    if (isEntry(cells)) return null
    if (isHead(cells)) return 'head'
    if (isFooter(cells)) return 'footer'
    return isSection(cells) ? 'section' : null
  }
  return cells => {
    before = kindOf(cells)
    return before
  }
}

/** The cells of a row with the words of its results in Unicode. What is understood as it is stays as it is. */
function inUnicode(
  cells: Cells,
  { source, columns, told, head }: ExtractReading,
): { cells: Cells; fonts: Converted[] } {
  const known: readonly ExtractColumn[] = EXTRACT_COLUMNS[source]
  const fonts: Converted[] = []
  let unicode = cells
  for (const column of WORDED_COLUMNS.filter(worded => known.includes(worded))) {
    const at = columns[column]
    const from = at === undefined ? '' : (cells[at] ?? '')
    if (at === undefined || from === '' || isUnderstood(column, from, told)) continue
    const to = convertLegacyColumn([from], head.encoding)[0]?.text
    if (to === undefined) continue
    fonts.push({ from, to })
    unicode = unicode.with(at, to)
  }
  return { cells: unicode, fonts }
}

const isUnderstood = (column: ExtractColumn, text: string, told: RowContext['told']) =>
  (column === 'level' ? readLevel(text, told) : readMark(text)) !== undefined
