import { type ListConversion, type ListNotice, type ListRef, UNSAVED_FORMULA } from '#app/domain/list.ts'
import { readListedName } from '#app/domain/listed-name.ts'
import type { UnicodeSheet } from './list-fonts.ts'
import { type Head, isAnchor } from './list-head.ts'
import { type Heading, type ListSpec, matcherOf, type Spread, type ValueKind } from './list-spec.ts'
import { capitaliseName, readBirth } from './roster-values.ts'
import type { Cell, Merge, Row } from './workbook.ts'

/** A sheet whose head is known. `merges` undefined: a file of text. */
export type HeadedSheet<Column extends string> = UnicodeSheet & {
  name: string
  merges: readonly Merge[] | undefined
  head: Head<Column>
}

/** One row of a list: its cells by column, and the heading of the part of the list that it is in. */
export type ListEntry<Column extends string> = {
  ref: ListRef
  section: string | null
  isHidden: boolean
  cell(column: Heading<Column>): Cell | undefined
  /** '' where the cell is blank; a name is joined from all its columns */
  text(column: Heading<Column>): string
  conversions: ListConversion<Column>[]
}

/**
 * The texts of a birth whose day, month and year are columns of their own, blank ones left out; none without a year,
 * which may be given alone.
 */
export function birthParts(text: (column: Spread) => string): string[] {
  return text('birthYear') === '' ? [] : [text('birthDay'), text('birthMonth'), text('birthYear')].filter(Boolean)
}

/** The text of a birth in columns for men and women, or for its parts (`12/3/1985`); '' where they are blank. */
export const spreadBirth = (text: (column: Spread) => string): string =>
  text('male') || text('female') || birthParts(text).join('/')

/**
 * The entries of a sheet below its head, and what was passed over: section rows, totals, place and date, signatures,
 * heads repeated on each page, the template's example.
 */
export function entriesOf<Column extends string>(sheet: HeadedSheet<Column>, spec: ListSpec<Column>) {
  const notices: ListNotice[] = []
  const listed = listedRows(sheet, spec, notices)
  const fill = fillDown(sheet)
  const entries: ListEntry<Column>[] = []
  let section: string | null = null
  for (const row of listed) {
    const ref = { sheet: sheet.name, row: row.number }
    const heading = sectionOf(row, sheet)
    if (heading !== undefined) {
      section = heading
      notices.push({ ...ref, kind: 'section_row', rows: 1 })
      continue
    }
    const entry = { ref, section, isHidden: row.isHidden === true, ...cellsOf(row, ref, { sheet, spec, fill }) }
    if (spec.person && spec.exampleMark && entry.text(spec.person.name).startsWith(spec.exampleMark))
      notices.push({ ...ref, kind: 'example_row', rows: 1 })
    else entries.push(entry)
  }
  return { entries, notices }
}

/** Returns the rows of the list. A footer of totals and signatures is left out, wherever it is, and reported. */
function listedRows<Column extends string>(
  { name, rows, head }: HeadedSheet<Column>,
  spec: ListSpec<Column>,
  notices: ListNotice[],
): Row[] {
  const below = rows.filter(row => row.number > head.lastRow)
  const isEntry = entryTest(head, spec)
  const last = below.findLastIndex(isEntry)
  const anchorAt = spec.heads.map(column => head.columns.get(column)).find(at => at !== undefined) ?? 0
  const isBreak = (row: Row, n: number) => {
    const isAfterGap = row.number - (below[n - 1]?.number ?? head.lastRow) > 1
    return isFooter(row) || (n > last && n > 0 && (isAfterGap || row.cells[anchorAt] === undefined))
  }
  const footer = below.findIndex((row, n) => !isEntry(row) && isBreak(row, n))
  const listed = footer < 0 ? below : below.filter((row, n) => n < footer || isEntry(row))
  const row = below[footer]?.number
  if (row) notices.push({ sheet: name, row, kind: 'footer_skipped', rows: below.length - listed.length })
  const match = matcherOf(spec)
  /** a head repeated at the top of a page is no entry; what is only named like one column is */
  const isHead = (row: Row) => {
    if (!isAnchor(match.exact(row.cells[anchorAt]?.text ?? ''), spec)) return false
    const named = [...head.columns].filter(([column, at]) => match.exact(row.cells[at]?.text ?? '') === column)
    return named.length > 1 || !isEntry(row)
  }
  return listed.filter(row => !isHead(row))
}

/**
 * Returns a test that is true where a row says what only an entry's does: a birth date, a number, a phone, a day, a
 * count with its place, or a name with a code or running number.
 */
function entryTest<Column extends string>({ columns }: Head<Column>, spec: ListSpec<Column>): (row: Row) => boolean {
  const tests: { at: number; test: (cell: Cell) => boolean }[] = []
  const codes: number[] = []
  for (const [column, at] of columns) {
    const kind = kindOf(column, spec)
    const test = ENTRY_TESTS[kind]
    if (test) tests.push({ at, test })
    if (kind === 'code') codes.push(at)
  }
  const nameAt = spec.person && columns.get(spec.person.name)
  const has = (row: Row, at: number, test: (cell: Cell) => boolean) => {
    const cell = row.cells[at]
    return cell !== undefined && test(cell)
  }
  const isNamed = (row: Row) => nameAt !== undefined && has(row, nameAt, cell => readListedName(cell.text).ok)
  return row =>
    tests.some(({ at, test }) => has(row, at, test)) || (isNamed(row) && codes.some(at => has(row, at, hasDigit)))
}

/** What the cells of a column hold. */
export function kindOf<Column extends string>(column: Heading<Column>, spec: ListSpec<Column>): ValueKind {
  if (column === 'ordinal') return 'code'
  if (column === 'male' || column === 'female' || column === 'birthYear') return 'birth'
  return isColumn(column, spec) ? spec.columns[column].kind : 'words'
}

/** True for a text with as many digits as a number or a phone has at least. */
export const isLong = (text: string) => text.replace(/\D/g, '').length >= 8
const isBirth = (cell: Cell) => readBirth(cell) !== undefined
const hasDigit = (cell: Cell) => /\d/.test(cell.text)
const isDayLike = (cell: Cell) => cell.kind === 'day' || /^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?!\d)/.test(cell.text)

/** Totals by their marks: "Tống" and "Công" are names. */
const FOOTER = /^(tổng|tổng cộng|tổng số|cộng|tổng hợp)( |:|$)/

const ENTRY_TESTS: Partial<Record<ValueKind, (cell: Cell) => boolean>> = {
  number: cell => isLong(cell.text),
  phone: cell => isLong(cell.text),
  birth: isBirth,
  day: isDayLike,
  place: cell => !FOOTER.test(cell.text.toLowerCase()),
}

function isColumn<Column extends string>(column: Heading<Column>, spec: ListSpec<Column>): column is Column {
  return column in spec.columns
}

const SIGNATURE =
  /^(danh sách (này )?(có|gồm)|ấn định|người lập|lập biểu|lập bảng|thủ trưởng|xác nhận|nơi nhận|tm\.|kt\.|tl\.)/

/** Recognises totals, place and date, and the lines above signatures. */
export function isFooterText(written: string): boolean {
  const text = written.toLowerCase()
  return FOOTER.test(text) || SIGNATURE.test(text) || /ngày .*tháng .*năm/.test(text)
}

const isFooter = ({ cells }: Row) => cells.some(cell => cell !== undefined && isFooterText(cell.text))

/** The letter or Roman numeral before the words of a section, in a cell of its own. */
export const SECTION_MARK = /^([A-Z]|[IVXLC]+)\.?$/
/** True for the words of a section after its letter or Roman numeral. */
export const numberedSection = (text: string) => /^([A-Z]|[IVXLC]+)[.)] /.test(text)

/** Returns the words of a section row: one text over several columns, or beside a number, letter or Roman numeral. */
function sectionOf<Column extends string>(
  row: Row,
  { head, merges = [] }: Pick<HeadedSheet<Column>, 'head' | 'merges'>,
): string | undefined {
  const ordinal = head.columns.get('ordinal')
  const filled = row.cells.flatMap((cell, column) => (cell && column !== ordinal ? [{ cell, column }] : []))
  const [only] = filled
  if (filled.length !== 1 || !only || only.cell.kind !== 'text') return undefined
  const isLettered = ordinal !== undefined && SECTION_MARK.test(row.cells[ordinal]?.text ?? '')
  const isSpread = merges.some(m => m.top === row.number && m.left <= only.column && m.right - m.left >= 2)
  return isLettered || isSpread || numberedSection(only.cell.text)
    ? only.cell.text.replace(/^([A-Z]|[IVXLC]+)[.)]\s*/, '')
    : undefined
}

type Fill = (row: Row, column: number) => Cell | undefined

/** A row's cell; in a column merged over several rows, the cell that holds the value for them all. */
function fillDown<Column extends string>({ merges = [], rows, head }: HeadedSheet<Column>): Fill {
  const byNumber = new Map(rows.map(row => [row.number, row]))
  const byColumn = new Map<number, Merge[]>()
  for (const merge of merges) {
    if (merge.left !== merge.right || merge.top <= head.lastRow) continue
    const known = byColumn.get(merge.left)
    if (known) known.push(merge)
    else byColumn.set(merge.left, [merge])
  }
  return (row, column) => {
    const own = row.cells[column]
    if (own) return own
    const merge = byColumn.get(column)?.find(m => m.top <= row.number && row.number <= m.bottom)
    return merge && byNumber.get(merge.top)?.cells[column]
  }
}

function cellsOf<Column extends string>(
  row: Row,
  ref: ListRef,
  { sheet: { head, converted }, spec, fill }: { sheet: HeadedSheet<Column>; spec: ListSpec<Column>; fill: Fill },
): Pick<ListEntry<Column>, 'cell' | 'text' | 'conversions'> {
  const cells = new Map<Heading<Column>, Cell>()
  for (const [column, at] of head.columns) {
    const cell = fill(row, at)
    if (cell) cells.set(column, cell)
  }
  const nameColumn = spec.person?.name
  const nameAt = nameColumn === undefined ? undefined : head.columns.get(nameColumn)
  const parts =
    nameAt === undefined
      ? [cells.get('familyName'), cells.get('givenName')]
      : Array.from({ length: head.nameSpan }, (_, n) => row.cells[nameAt + n])
  const nameCells = parts.flatMap(cell => cell ?? [])
  const name = nameCells.some(({ text }) => text === UNSAVED_FORMULA)
    ? UNSAVED_FORMULA
    : nameCells.map(cell => cell.text).join(' ')
  const conversionOf = (column: Column, told: Cell[]): ListConversion<Column>[] => {
    const found = told.flatMap(cell => converted.get(cell) ?? [])[0]
    if (!found) return []
    const from = told.map(cell => converted.get(cell)?.from ?? cell.text).join(' ')
    const to = column === nameColumn ? capitaliseName(name) : found.text
    return [{ ...ref, column, encoding: found.encoding, from, to }]
  }
  return {
    cell: column => cells.get(column),
    text: column => (column === nameColumn ? name : (cells.get(column)?.text ?? '')),
    conversions: [
      ...(nameColumn === undefined ? [] : conversionOf(nameColumn, nameCells)),
      ...[...cells].flatMap(([column, cell]) =>
        isColumn(column, spec) && column !== nameColumn ? conversionOf(column, [cell]) : [],
      ),
    ],
  }
}
