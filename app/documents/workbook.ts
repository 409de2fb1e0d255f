import ExcelJS from 'exceljs'
import { type Day, startOf } from '#app/domain/calendar.ts'
import { cutText, wholeLetters } from '#app/domain/letters.ts'
import { formatAsOf } from '#app/text/format.ts'

/**
 * What a column's cells hold. Text stays text whatever it looks like; an integer counts, `ordinal` is a year or a number in
 * a register, without a mark for thousands; a share is 0–1; an instant is ms since 1970; a link is a whole URL.
 */
export type Column<Row> = { header: string; width: number } & (
  | { kind: 'text'; value: (row: Row) => string | null; choices?: readonly string[] }
  | { kind: 'integer' | 'ordinal' | 'share' | 'instant'; value: (row: Row) => number | null }
  | { kind: 'day'; value: (row: Row) => Day | null }
  | { kind: 'link'; value: (row: Row) => string | null }
)

type Kind = Column<never>['kind']
type Written = { header: string; width: number; kind: Kind; choices: readonly string[] }
type Cells = (string | number | null)[]
/** `total`: the cells of the sums, which stand apart from the rows, outside the filter; null: none */
type SheetHead = { name: string; columns: Written[]; count: number; hasFilter: boolean; total: Cells | null }
/** A table ready to be written; `sheetOf` makes it. `cells`: those of the rows from one up to another. */
export type Sheet = SheetHead & { cells: (from: number, to: number) => Cells[] }

export type WorkbookContent = {
  title: string
  /** number of the plan whose figures and people it holds; null: of no campaign */
  campaign: string | null
  /** lines under the title */
  subtitle?: readonly string[]
  /** the instant of the figures, shown on every sheet */
  asOf?: number
  sheets: readonly Sheet[]
}

const FORMATS: Record<Kind, string> = {
  text: '@',
  link: '@',
  integer: '#,##0',
  ordinal: '0',
  share: '0.00%',
  day: 'dd/mm/yyyy',
  instant: 'dd/mm/yyyy hh:mm',
}
const FONT = 'Times New Roman'
/** Blank rows below a table whose columns offer choices, for those who fill it in. */
const BLANK_ROWS = 500
const HO_CHI_MINH_OFFSET_MS = 7 * 3_600_000
const CHOICES_SHEET = 'Danh mục'

/**
 * A sheet of `rows`, one line each, with its columns; `total` is the row of their sums, so that no filter hides it and no
 * sum of a column counts twice. `name` is shortened to what spreadsheets allow.
 */
export function sheetOf<Row>({
  name,
  columns,
  rows,
  total,
}: {
  name: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  total?: Row
}): Sheet {
  return {
    name: cutText(name.replace(/[[\]:*?/\\]/g, ' '), 31),
    columns: columns.map(column => ({
      header: column.header,
      width: column.width,
      kind: column.kind,
      choices: (column.kind === 'text' && column.choices) || [],
    })),
    count: rows.length,
    cells: (from, to) => rows.slice(from, to).map(row => columns.map(column => column.value(row))),
    hasFilter: rows.length > 0,
    total: total === undefined ? null : columns.map(column => column.value(total)),
  }
}

type Writer = (content: WorkbookContent) => Promise<Uint8Array>
let writeLarge: Writer = makeWorkbook

/** Has workbooks of many rows written by somebody else: a thread, since ten thousand rows take a second and more. */
export function useWriter(writer: Writer) {
  writeLarge = writer
}

/** From so many rows on a workbook takes longer than to have it written elsewhere. */
const MANY_ROWS = 500

/** Writes a workbook; one of `MANY_ROWS` rows or more by the writer set with `useWriter`. */
export function writeWorkbook(content: WorkbookContent): Promise<Uint8Array> {
  const rows = content.sheets.reduce((sum, sheet) => sum + sheet.count, 0)
  return rows < MANY_ROWS ? makeWorkbook(content) : writeLarge(content)
}

/** Rows whose cells one piece holds: working them out takes a few milliseconds. */
const PIECE_ROWS = 250

/** A workbook without its cells, for another thread, and a piece of one sheet's cells. */
export type WorkbookHead = Omit<WorkbookContent, 'sheets'> & { sheets: SheetHead[] }
export type Piece = { sheet: number; cells: Cells[] }

/** Splits a workbook into its head and pieces, which are worked out as they are taken. */
export function splitWorkbook({ sheets, ...rest }: WorkbookContent): { head: WorkbookHead; pieces: Iterable<Piece> } {
  function* pieces() {
    for (const [sheet, { count, cells }] of sheets.entries())
      for (let from = 0; from < count; from += PIECE_ROWS) yield { sheet, cells: cells(from, from + PIECE_ROWS) }
  }
  return { head: { ...rest, sheets: sheets.map(({ cells: _, ...head }) => head) }, pieces: pieces() }
}

/** Joins what `splitWorkbook` split. */
export function joinWorkbook({ sheets, ...rest }: WorkbookHead, pieces: readonly Piece[]): WorkbookContent {
  const rowsOf = (n: number) => pieces.filter(({ sheet }) => sheet === n).flatMap(({ cells }) => cells)
  return {
    ...rest,
    sheets: sheets.map((head, n) => {
      const rows = rowsOf(n)
      return { ...head, cells: (from, to) => rows.slice(from, to) }
    }),
  }
}

/** The width of a column of so many characters on paper (mm): a character is 7 pixels wide, a cell has 5 more. */
const columnMillimetres = (characters: number) => ((7 * characters + 5) * 25.4) / 96
const SIDE_MARGINS = 2 * 0.4 * 25.4
const TYPE = 12
/** Smaller type than this is not read on paper. */
const LEAST_TYPE = 8
const PAPERS = [
  { paperSize: 9, width: 297 },
  { paperSize: 8, width: 420 },
] as const

/** Columns that name a row are repeated where a table goes over several pages: the first two. */
const NAMING_COLUMNS = 'A:B'

/**
 * Chooses the page of a table so that its type is 8 points or more: A4 across, else A3 across, each one page wide; a
 * wider table goes on over several pages of A3, with its first columns on each.
 */
export function pageSetupFor(columns: readonly { width: number }[]): Partial<ExcelJS.PageSetup> {
  const width = columns.reduce((sum, column) => sum + columnMillimetres(column.width), 0)
  const paper = PAPERS.find(page => (TYPE * (page.width - SIDE_MARGINS)) / width >= LEAST_TYPE)
  if (paper) return { paperSize: paper.paperSize as ExcelJS.PaperSize, fitToPage: true, fitToWidth: 1, fitToHeight: 0 }
  return {
    paperSize: 8 as ExcelJS.PaperSize,
    fitToPage: false,
    scale: Math.ceil((100 * LEAST_TYPE) / TYPE),
    pageOrder: 'overThenDown',
    printTitlesColumn: NAMING_COLUMNS,
  }
}

/**
 * Writes an .xlsx workbook: title, subtitle and as-of line above a frozen header, filters, pages across by
 * `pageSetupFor` with the header repeated on every page, Times New Roman. Cells are typed, so no text can become a formula.
 */
export async function makeWorkbook({
  title,
  campaign,
  subtitle = [],
  asOf,
  sheets,
}: WorkbookContent): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const lines = [
    ...subtitle,
    ...(campaign === null ? [] : [`Kế hoạch ${campaign}`]),
    ...(asOf === undefined ? [] : [formatAsOf(asOf)]),
  ]
  const choices = new Set(sheets.flatMap(sheet => sheet.columns.map(column => column.choices)))
  const offered = [...choices].filter(list => list.length > 0)
  for (const sheet of sheets) writeSheet(workbook, sheet, { title, lines, offered })
  if (offered.length > 0) {
    const list = workbook.addWorksheet(CHOICES_SHEET, { state: 'hidden' })
    for (const [n, words] of offered.entries()) {
      for (const [at, word] of words.entries()) list.getCell(at + 1, n + 1).value = word
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

type Heading = { title: string; lines: readonly string[]; offered: readonly (readonly string[])[] }

function writeSheet(workbook: ExcelJS.Workbook, sheet: Sheet, { title, lines, offered }: Heading): void {
  const { columns } = sheet
  const headerRow = lines.length + 2
  const table = workbook.addWorksheet(sheet.name, {
    views: [{ state: 'frozen', ySplit: headerRow }],
    pageSetup: {
      orientation: 'landscape',
      ...pageSetupFor(columns),
      printTitlesRow: `${headerRow}:${headerRow}`,
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C&P/&N' },
  })
  for (const [n, { header, width, kind, choices }] of columns.entries()) {
    const column = table.getColumn(n + 1)
    column.width = width
    column.numFmt = FORMATS[kind]
    column.font = { name: FONT, size: 12 }
    const head = table.getCell(headerRow, n + 1)
    head.value = wholeLetters(header)
    head.numFmt = '@'
    head.font = { name: FONT, size: 12, bold: true }
    head.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true }
    head.border = THIN
    if (choices.length > 0)
      offerChoices(table, { column: n + 1, headerRow, rows: sheet.count }, offered.indexOf(choices), choices)
  }
  /* A column's style spreads over the cells that it already has, so the lines above come after the columns. */
  for (const [n, line] of [title, ...lines].entries()) {
    const cell = table.getCell(n + 1, 1)
    cell.value = wholeLetters(line)
    cell.font = { name: FONT, size: n === 0 ? 14 : 12, bold: n === 0, italic: n > 0 }
  }
  table.getRow(headerRow).height = heightOf(columns.map(({ header, width }) => linesIn(header, width - 2)))
  for (const [n, row] of sheet.cells(0, sheet.count).entries()) {
    table.getRow(headerRow + 1 + n).height = heightOf(
      row.map((value, at) =>
        columns[at]?.kind === 'text' ? linesIn(String(value ?? ''), columns[at].width * 1.15) : 1,
      ),
    )
    for (const [at, value] of row.entries()) {
      const kind = columns[at]?.kind ?? 'text'
      const cell = table.getCell(headerRow + 1 + n, at + 1)
      cell.value = cellValue(kind, value)
      cell.style = CELL_STYLES[kind]
    }
  }
  if (sheet.total !== null) writeTotal(table, headerRow + sheet.count + 2, columns, sheet.total)
  if (sheet.hasFilter) {
    table.autoFilter = {
      from: { row: headerRow, column: 1 },
      to: { row: headerRow + sheet.count, column: columns.length },
    }
  }
}

/** The sums stand a blank row below the table: a filter takes in every row that touches its own. */
function writeTotal(table: ExcelJS.Worksheet, at: number, columns: readonly Written[], total: Cells): void {
  for (const [n, value] of total.entries()) {
    const kind = columns[n]?.kind ?? 'text'
    const cell = table.getCell(at, n + 1)
    cell.value = cellValue(kind, value)
    cell.style = { ...CELL_STYLES[kind], font: { name: FONT, size: TYPE, bold: true } }
  }
}

const LINE_HEIGHT = 16

/** Rows are given their height: not every program fits it to wrapped text when it opens a file. */
const heightOf = (lines: readonly number[]) => LINE_HEIGHT * Math.max(1, ...lines)

/** Counts the lines of a text in a column of `width` characters, wrapped between words. */
function linesIn(text: string, width: number): number {
  return text.split('\n').reduce((lines, paragraph) => {
    let used = 0
    let count = 1
    for (const word of paragraph.split(' ')) {
      if (used > 0 && used + 1 + word.length > width) {
        count += 1
        used = word.length
      } else used += word.length + (used > 0 ? 1 : 0)
    }
    return lines + count
  }, 0)
}

const EDGE = { style: 'thin' } as const
const THIN = { top: EDGE, left: EDGE, bottom: EDGE, right: EDGE }

/** One object for every cell of a kind: the writer looks a style up by its object, which is most of its work otherwise. */
const CELL_STYLES = Object.fromEntries(
  (Object.keys(FORMATS) as Kind[]).map(kind => [
    kind,
    {
      numFmt: FORMATS[kind],
      font: { name: FONT, size: TYPE },
      border: THIN,
      alignment: { vertical: 'top', wrapText: kind === 'text', horizontal: kind === 'text' ? 'left' : 'right' },
    },
  ]),
) as Record<Kind, Partial<ExcelJS.Style>>

/** Spreadsheets know no time zone: a date shows what the UTC fields of the Date say. */
function cellValue(kind: Kind, value: string | number | null): ExcelJS.CellValue {
  if (value === null) return null
  if (kind === 'day') return new Date(startOf(String(value)) + HO_CHI_MINH_OFFSET_MS)
  if (kind === 'instant') return new Date(Number(value) + HO_CHI_MINH_OFFSET_MS)
  if (kind === 'link') return { text: String(value), hyperlink: String(value) }
  return kind === 'text' ? wholeLetters(String(value)) : value
}

/** A drop-down list of the words in column `index` of the sheet of choices; other words stay possible. */
function offerChoices(
  table: ExcelJS.Worksheet,
  { column, headerRow, rows }: { column: number; headerRow: number; rows: number },
  index: number,
  choices: readonly string[],
): void {
  const letter = table.getColumn(index + 1).letter
  for (let row = headerRow + 1; row <= headerRow + rows + BLANK_ROWS; row++) {
    table.getCell(row, column).dataValidation = {
      type: 'list',
      allowBlank: true,
      showErrorMessage: false,
      formulae: [`'${CHOICES_SHEET}'!$${letter}$1:$${letter}$${choices.length}`],
    }
  }
}
