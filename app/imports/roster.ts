import { type IdNumberProblem, readIdCell } from '#app/domain/id-number.ts'
import { cutText } from '#app/domain/letters.ts'
import { type NameReading, readName } from '#app/domain/person-name.ts'
import { type PhoneProblem, readPhone } from '#app/domain/phone.ts'
import {
  ROSTER_COLUMNS,
  type RosterColumn,
  type RosterConversion,
  type RosterFileReason,
  type RosterProblem,
  type RosterReading,
  type RosterReason,
  type RosterRow,
  type RowRef,
  WORDS_COLUMNS,
  type WordsColumn,
} from '#app/domain/roster/row.ts'
import { type Converted, convertLegacy, convertLegacyColumn } from '#app/domain/vietnamese-encoding.ts'
import { ASSOCIATIONS, type Association, type Sex } from '#app/domain/vocabulary.ts'
import { EXAMPLE_MARK } from '#app/text/roster.ts'
import { columnOfWords, findHeader, isNameColumn, type ListColumn, type RosterHeader } from './roster-header.ts'
import { type Birth, capitaliseName, LAST_BIRTH, readBirth, readCategory, readMark, readSex } from './roster-values.ts'
import { type Cell, type Merge, type Row, readWorkbook, type Sheet } from './workbook.ts'

type Roster = ({ ok: true } & RosterReading) | { ok: false; reason: RosterFileReason }

const MAX_TEXT = 200

/**
 * Reads a roster from a workbook: every visible sheet with a header row.
 * A row that could be read completely goes into `rows`, any other row of a person into `problems`. Totals, signatures
 * and section headings go into `notices`.
 * `association`: the association that owns the list; such a list need not have numbers and categories.
 */
export async function readRoster(
  bytes: Uint8Array,
  { association }: { association?: Association } = {},
): Promise<Roster> {
  const workbook = await readWorkbook(bytes)
  if (!workbook.ok) return workbook
  const found: RosterReading = { rows: [], problems: [], unread: [], conversions: [], notices: [] }
  let hasRoster = false
  for (const sheet of workbook.sheets) {
    const converted = convertSheet(sheet)
    const header = findHeader(converted.rows, sheet.merges)
    if (header && !sheet.isHidden) {
      hasRoster = true
      readSheet({ ...sheet, ...converted, header, association }, found)
    } else if (sheet.rows.length > 0 && (header || !sheet.isHidden)) {
      found.notices.push({ sheet: sheet.name, row: 1, kind: 'sheet_skipped', rows: sheet.rows.length })
    }
  }
  return hasRoster ? { ok: true, ...found } : { ok: false, reason: 'no_roster' }
}

/* ---------- legacy encodings ---------- */

type ConvertedSheet = { rows: Row[]; converted: Map<Cell, Converted & { from: string }> }

/** The sheet in Unicode, and for each converted cell what it was. */
function convertSheet({ rows }: Sheet): ConvertedSheet {
  const textsOf = (column: number) =>
    rows.map(row => (row.cells[column]?.kind === 'text' ? row.cells[column].text : ''))
  const width = Math.max(0, ...rows.map(row => row.cells.length))
  const columns = Array.from({ length: width }, (_, column) => textsOf(column))
  const encodings = new Set(columns.flat().flatMap(text => convertLegacy(text)?.encoding ?? []))
  const hasUnicode = columns.flat().some(text => /[\u0102-\u01B0\u1EA0-\u1EF9]/.test(text))
  const [fallback] = encodings.size === 1 && !hasUnicode ? encodings : []
  const converted: ConvertedSheet['converted'] = new Map()
  const readings = columns.map(texts => convertLegacyColumn(texts, fallback))
  const unicodeRows = rows.map((row, n) => ({
    ...row,
    cells: Array.from(row.cells, (cell, column) => {
      const reading = readings[column]?.[n]
      if (cell?.kind !== 'text') return cell
      if (!reading) return cell.text.includes('\u00AD') ? { ...cell, text: cell.text.replaceAll('\u00AD', '') } : cell
      const unicode = { ...cell, text: reading.text }
      converted.set(unicode, { ...reading, from: cell.text })
      return unicode
    }),
  }))
  return { rows: unicodeRows, converted }
}

/* ---------- one sheet ---------- */

type RosterSheet = ConvertedSheet & {
  name: string
  merges: Merge[]
  header: RosterHeader
  association: Association | undefined
}

function readSheet(sheet: RosterSheet, found: RosterReading): void {
  const { header } = sheet
  const top: RowRef = { sheet: sheet.name, row: header.lastRow }
  for (const column of missingColumns(sheet)) found.problems.push({ ...top, column, reason: 'column_missing' })
  for (const column of header.repeated) {
    if (isRosterColumn(column)) found.problems.push({ ...top, column, reason: 'column_repeated' })
  }
  const listed = listedRows(sheet, found)
  const fill = fillDown(sheet)
  let section: string | null = null
  let restored = 0
  for (const row of listed) {
    const ref = { sheet: sheet.name, row: row.number }
    const heading = sectionOf(row, sheet)
    if (heading !== undefined) {
      section = heading
      found.notices.push({ ...ref, kind: 'section_row', rows: 1 })
      continue
    }
    const reader = readCells(row, sheet, fill)
    if (reader.text('name').startsWith(EXAMPLE_MARK)) {
      found.notices.push({ ...ref, kind: 'example_row', rows: 1 })
      continue
    }
    const read = readPerson(ref, reader, section)
    found.conversions.push(...reader.conversions.map(conversion => ({ ...ref, ...conversion })))
    if (read.problems.length > 0) {
      found.problems.push(...read.problems)
      found.unread.push({ ...ref, name: read.row.name, read: read.row })
    } else {
      found.rows.push(read.row)
    }
    if (read.isZeroRestored) restored++
    if (read.isPostDropped) found.notices.push({ ...ref, kind: 'post_dropped', rows: 1 })
    if (read.isAbroad) found.notices.push({ ...ref, kind: 'number_abroad', rows: 1 })
  }
  if (restored > 0) found.notices.push({ ...top, kind: 'zero_restored', rows: restored })
  if (areDatesSwapped(listed, header)) found.notices.push({ ...top, kind: 'dates_may_be_swapped', rows: listed.length })
}

/**
 * Returns the rows of people. A footer of totals and signatures is skipped, wherever it is, and reported in the
 * notices.
 */
function listedRows({ name, rows, header }: RosterSheet, found: RosterReading): Row[] {
  const people = rows.filter(row => row.number > header.lastRow)
  const last = people.findLastIndex(row => isPerson(row, header))
  const nameAt = header.columns.get('name') ?? header.columns.get('givenName') ?? 0
  const isBreak = (row: Row, n: number) => {
    const isAfterGap = row.number - (people[n - 1]?.number ?? header.lastRow) > 1
    return isFooter(row) || (n > last && n > 0 && (isAfterGap || row.cells[nameAt] === undefined))
  }
  const footer = people.findIndex((row, n) => !isPerson(row, header) && isBreak(row, n))
  const listed = footer < 0 ? people : people.filter((row, n) => n < footer || isPerson(row, header))
  const row = people[footer]?.number
  if (row) found.notices.push({ sheet: name, row, kind: 'footer_skipped', rows: people.length - listed.length })
  /** a header repeated at the top of a page is not a person */
  return listed.filter(({ cells }) => !isNameColumn(columnOfWords(cells[nameAt]?.text ?? '')))
}

function isRosterColumn(column: ListColumn): column is RosterColumn {
  return (ROSTER_COLUMNS as readonly string[]).includes(column)
}

/** Returns the missing columns among the name, a detail that identifies people and, for staff, the category. */
function missingColumns({ header: { columns }, association }: RosterSheet): RosterColumn[] {
  const missing: RosterColumn[] = []
  const hasBirth = columns.has('birth') || columns.has('birthYear') || columns.has('male') || columns.has('female')
  if (!columns.has('name') && !columns.has('familyName')) missing.push('name')
  if (!hasBirth && !columns.has('number')) missing.push('birth')
  if (association !== undefined) return missing
  if (!columns.has('number') && !columns.has('staffCode')) missing.push('number')
  if (!columns.has('category')) missing.push('category')
  return missing
}

/** True where the row says what only a person's does: a birth date, a number, a phone, a running number and a name. */
function isPerson(row: Row, { columns }: RosterHeader): boolean {
  const has = (column: ListColumn, test: (cell: Cell) => boolean) => {
    const at = columns.get(column)
    const cell = at === undefined ? undefined : row.cells[at]
    return cell !== undefined && test(cell)
  }
  const isLong = (cell: Cell) => cell.text.replace(/\D/g, '').length >= 8
  const isBirth = (cell: Cell) => readBirth(cell) !== undefined
  const hasDigit = (cell: Cell) => /\d/.test(cell.text)
  return (
    has('number', isLong) ||
    has('phone', isLong) ||
    has('birth', isBirth) ||
    has('male', isBirth) ||
    has('female', isBirth) ||
    has('birthYear', isBirth) ||
    (has('name', cell => readName(cell.text).ok) && (has('staffCode', hasDigit) || has('ordinal', hasDigit)))
  )
}

/**
 * Recognises totals, place and date, and the lines above signatures. "Tống" and "Công" are names, so diacritics matter
 * here.
 */
function isFooter(row: Row): boolean {
  return row.cells.some(cell => {
    if (!cell) return false
    const text = cell.text.toLowerCase()
    return (
      /^(tổng|tổng cộng|tổng số|cộng|tổng hợp)( |:|$)/.test(text) ||
      /^(danh sách (này )?(có|gồm)|ấn định|người lập|lập biểu|lập bảng|thủ trưởng|xác nhận|nơi nhận|tm\.|kt\.|tl\.)/.test(
        text,
      ) ||
      /ngày .*tháng .*năm/.test(text)
    )
  })
}

/**
 * Returns the name of the unit's part in a section row: one text over several columns, or beside a number, letter or
 * Roman numeral.
 */
function sectionOf(row: Row, { header, merges }: RosterSheet): string | undefined {
  const ordinal = header.columns.get('ordinal')
  const filled = row.cells.flatMap((cell, column) => (cell && column !== ordinal ? [{ cell, column }] : []))
  const [only] = filled
  if (filled.length !== 1 || !only || only.cell.kind !== 'text') return undefined
  const isLettered = ordinal !== undefined && /^([A-Z]|[IVXLC]+)\.?$/.test(row.cells[ordinal]?.text ?? '')
  const isSpread = merges.some(m => m.top === row.number && m.left <= only.column && m.right - m.left >= 2)
  const isNumbered = /^([A-Z]|[IVXLC]+)[.)] /.test(only.cell.text)
  return isLettered || isSpread || isNumbered ? only.cell.text.replace(/^([A-Z]|[IVXLC]+)[.)]\s*/, '') : undefined
}

/** A row's cell; in a column merged over several rows, the cell that holds the value for them all. */
function fillDown({ merges, rows, header }: RosterSheet): (row: Row, column: number) => Cell | undefined {
  const byNumber = new Map(rows.map(row => [row.number, row]))
  const byColumn = new Map<number, Merge[]>()
  for (const merge of merges) {
    if (merge.left !== merge.right || merge.top <= header.lastRow) continue
    byColumn.set(merge.left, [...(byColumn.get(merge.left) ?? []), merge])
  }
  return (row, column) => {
    const merge = byColumn.get(column)?.find(m => m.top <= row.number && row.number <= m.bottom)
    return row.cells[column] ?? (merge && byNumber.get(merge.top)?.cells[column])
  }
}

/**
 * A spreadsheet with American settings takes 12/03/1985 for 3 December and leaves 25/12/1985 as text: where every date
 * could be turned round and there are texts that could not, days and months may have changed places.
 */
function areDatesSwapped(rows: readonly Row[], { columns }: RosterHeader): boolean {
  const at = columns.get('birth')
  if (at === undefined) return false
  const cells = rows.flatMap(row => row.cells[at] ?? [])
  const days = cells.filter(cell => cell.kind === 'day')
  const isLeftAsText = (cell: Cell) => cell.kind === 'text' && Number(/^(\d{1,2})[/-]\d/.exec(cell.text)?.[1]) > 12
  return days.length >= 3 && days.every(cell => Number(cell.text.slice(8)) <= 12) && cells.some(isLeftAsText)
}

/* ---------- one person ---------- */

type CellReader = {
  cell(column: ListColumn): Cell | undefined
  /** '' where the cell is blank */
  text(column: ListColumn): string
  conversions: Omit<RosterConversion, keyof RowRef>[]
}

function readCells(row: Row, { header, converted }: RosterSheet, fill: ReturnType<typeof fillDown>): CellReader {
  const cells = new Map<ListColumn, Cell>()
  for (const [column, at] of header.columns) {
    const cell = fill(row, at)
    if (cell) cells.set(column, cell)
  }
  const nameAt = header.columns.get('name')
  const parts =
    nameAt === undefined
      ? [cells.get('familyName'), cells.get('givenName')]
      : [...Array(header.nameSpan).keys()].map(n => row.cells[nameAt + n])
  const nameCells = parts.flatMap(cell => cell ?? [])
  const name = nameCells.map(cell => cell.text).join(' ')
  const conversionOf = (column: RosterColumn, told: Cell[]): CellReader['conversions'] => {
    const found = told.flatMap(cell => converted.get(cell) ?? [])[0]
    if (!found) return []
    const from = told.map(cell => converted.get(cell)?.from ?? cell.text).join(' ')
    const to = column === 'name' ? capitaliseName(name) : found.text
    return [{ column, encoding: found.encoding, from, to }]
  }
  return {
    cell: column => cells.get(column),
    text: column => (column === 'name' ? name : (cells.get(column)?.text ?? '')),
    conversions: [
      ...conversionOf('name', nameCells),
      ...[...cells].flatMap(([column, cell]) =>
        isRosterColumn(column) && column !== 'name' ? conversionOf(column, [cell]) : [],
      ),
    ],
  }
}

/** What a reader of digits gives where it refuses nothing. */
type Good<Reader extends (text: string) => unknown> = Extract<ReturnType<Reader>, { ok: true }>

type PersonReading = {
  row: RosterRow
  problems: RosterProblem[]
  isZeroRestored: boolean
  isAbroad: boolean
  isPostDropped: boolean
}

function readPerson(ref: RowRef, { cell, text }: CellReader, section: string | null): PersonReading {
  const problems: RosterProblem[] = []
  const refuse = (column: RosterColumn, reason: RosterReason, value = text(column)) => {
    problems.push({ ...ref, column, reason, ...(value === '' ? {} : { value }) })
  }
  /** Returns a column's value; null if it is blank or unreadable. An unreadable value is reported. */
  const read = <T>(column: RosterColumn, reason: RosterReason, reading: (cell: Cell) => T | undefined): T | null => {
    const found = cell(column)
    if (!found || /^[-–—.]+$/.test(found.text)) return null
    if (found.kind === 'error') refuse(column, 'cell_error')
    else if (found.text.length > MAX_TEXT) refuse(column, 'too_long', `${cutText(found.text, 30)}…`)
    else {
      const value = reading(found)
      if (value !== undefined) return value
      refuse(column, reason)
    }
    return null
  }
  const words = (column: RosterColumn) => read(column, 'too_long', found => found.text)
  /** Returns the number or phone of a column; null if it is blank or refused. */
  const readDigits = <Ok extends { ok: true }>(
    column: 'number' | 'phone',
    reading: (text: string) => Ok | { ok: false; reason: IdNumberProblem | PhoneProblem },
  ): Ok | null => {
    const written = words(column)
    const found = written === null ? null : reading(written)
    if (found === null || found.ok) return found
    refuse(column, found.reason)
    return null
  }

  const written = text('name')
  const person = readName(written)
  const name = person.ok ? capitaliseName(person.name) : written
  const flaw = nameFlaw(written, person)
  if (flaw) refuse('name', flaw.reason, flaw.value)

  const byside = readBySide(cell)
  const birth = read('birth', 'birth_unreadable', readBirth) ?? byside.birth ?? readParts(cell, refuse)
  const number = readDigits<Good<typeof readIdCell>>('number', text => readIdCell(text, LAST_BIRTH))
  const phone = readDigits<Good<typeof readPhone>>('phone', readPhone)
  const associations: RosterRow['associations'] = {}
  for (const association of ASSOCIATIONS) {
    const mark = read(association, 'mark_unreadable', readMark)
    if (mark !== null) associations[association] = mark
  }
  const said = Object.fromEntries(WORDS_COLUMNS.map(column => [column, words(column)])) as Record<
    WordsColumn,
    string | null
  >
  const post = person.ok ? person.post : null
  const row: RosterRow = {
    ...ref,
    name,
    birthOn: birth?.birthOn ?? null,
    birthYear: birth?.birthYear ?? null,
    sex: read('sex', 'sex_unreadable', found => readSex(found.text)) ?? byside.sex,
    number: number?.number ?? null,
    ...said,
    position: said.position ?? post,
    unit: words('unit'),
    section,
    category: read('category', 'category_unknown', found => readCategory(found.text)),
    isLeader: read('isLeader', 'mark_unreadable', readMark),
    associations,
    phone: phone?.phone ?? null,
    chapter: words('chapter'),
  }
  return {
    row,
    problems,
    isZeroRestored: number?.isRestored ?? false,
    isAbroad: number?.isAbroad ?? false,
    isPostDropped: post !== null && said.position !== null,
  }
}

/** Reads some cells of one row again, as they were mended; of columns that are not given it says nothing. */
export function readRosterCells(
  ref: RowRef,
  texts: ReadonlyMap<RosterColumn, string>,
): Pick<PersonReading, 'row' | 'problems'> {
  const cell = (column: ListColumn): Cell | undefined => {
    const text = isRosterColumn(column) ? texts.get(column) : undefined
    return text ? { kind: 'text', text, isComputed: false } : undefined
  }
  const { row, problems } = readPerson(ref, { cell, text: column => cell(column)?.text ?? '', conversions: [] }, null)
  return { row, problems: problems.filter(({ column }) => column !== null && texts.has(column)) }
}

function nameFlaw(written: string, person: NameReading): { reason: RosterReason; value?: string } | undefined {
  if (written === '') return { reason: 'name_missing' }
  if (written.length > MAX_TEXT) return { reason: 'too_long', value: `${cutText(written, 30)}…` }
  return person.ok ? undefined : { reason: person.reason }
}

/** Reads a birth whose day, month and year are columns of their own; the year may be given alone. */
function readParts(
  cell: CellReader['cell'],
  refuse: (column: RosterColumn, reason: RosterReason, value: string) => void,
): Birth | null {
  const year = cell('birthYear')
  if (!year) return null
  const parts = [cell('birthDay'), cell('birthMonth'), year].flatMap(part => part?.text ?? [])
  const text = parts.join('/')
  const birth = readBirth({ kind: 'text', text })
  if (birth && parts.length !== 2) return birth
  refuse('birth', 'birth_unreadable', text)
  return null
}

/** Reads columns headed Nam and Nữ: the filled one gives the sex and, if it holds a date, the birth. */
function readBySide(cell: CellReader['cell']): { sex: Sex | null; birth: Birth | null } {
  for (const sex of ['male', 'female'] as const) {
    const found = cell(sex)
    if (!found) continue
    const birth = readBirth(found)
    if (birth || readMark(found)) return { sex, birth: birth ?? null }
  }
  return { sex: null, birth: null }
}
