import { isUtf8 } from 'node:buffer'
import { EXTRACT_FILE_BYTES } from '#app/domain/extract.ts'
import { visibleText } from '#app/domain/letters.ts'
import { type TableReason, tableReasonOf } from '#app/domain/list.ts'
import { keepingBytes } from './legacy-bytes.ts'
import { openPackage, type Row, refuseFile, sheetHandler, walkPart } from './workbook.ts'
import { openZip, UnreadableFile, type ZipArchive } from './zip-archive.ts'

/**
 * One filled row: `number` as on the screen, from 1; `cells[0]` is column A; a day is `YYYY-MM-DD`. `isHidden`: by a filter
 * or by hand; left out where it is not.
 */
export type TableRow = { number: number; cells: readonly (string | undefined)[]; isHidden?: true }

/** Thrown while a table is read. */
export class UnreadableTable extends Error {
  constructor(readonly reason: TableReason) {
    super(reason)
  }
}

/** Maximum size of an unpacked workbook: half a million rows of ten cells. */
const MAX_UNPACKED_BYTES = 700 * 1024 * 1024
const MAX_ROWS = 1_048_576
/** A table has no gap of so many rows: a sheet formatted down to its last row is given back at once. */
const MAX_BLANK_ROWS = 10_000
const MAX_COLUMNS = 200
/** Rows with merged cells that are remembered until the sheet's end; a list has fewer. */
const MOST_MERGES = 10_000
/** Longer than any cell of a list: a quotation mark that is never closed. */
const MAX_CELL = 4_000

/**
 * The part of a sheet that is a list: what lies below its head, in these columns. `passed`: rows that belong to nobody, as
 * far as they were read. `spread` takes rows at which cells are merged over three columns and more.
 */
type ListPart = {
  headRow: number
  columns: readonly number[]
  passed?: ReadonlySet<number>
  spread?: Set<number>
}

/**
 * Reads one sheet of an .xlsx (the first filled one, unless `sheet` names it), or a delimited text file, row by row and
 * never as a whole. Text is UTF-8 (with or without mark), UTF-16 (either order) or Windows-1258. Cells are separated by
 * `;`, `,` or tab, and may be quoted. A formula gives its saved value. A sheet's end says which cells are merged:
 * cells of `list` that are merged downwards are refused there (`merged_rows`), except from a row that was passed over.
 * Throws UnreadableTable.
 */
export async function* readTable(
  bytes: Uint8Array,
  { sheet, list }: { sheet?: string; list?: ListPart } = {},
): AsyncGenerator<TableRow> {
  try {
    let blank = 0
    let read = 0
    for await (const row of isWorkbook(bytes) ? sheetRows(bytes, sheet, list) : readTextRows(bytes)) {
      blank = row.cells.some(cell => cell !== undefined && cell !== '') ? 0 : blank + 1
      read += 1
      if (blank > MAX_BLANK_ROWS) throw new UnreadableTable('blank_rows')
      if (read > MAX_ROWS) throw new UnreadableTable('too_large')
      if (blank === 0) yield row
    }
  } catch (error) {
    throw unreadable(error)
  }
}

/** What a file's fault says of the table in it; any other error stays as it is. */
function unreadable(error: unknown): unknown {
  if (error instanceof UnreadableFile) return new UnreadableTable(tableReasonOf(error.reason))
  return error instanceof SyntaxError || error instanceof RangeError ? new UnreadableTable('not_a_table') : error
}

/** Returns why a file cannot be read, judged by its size and first bytes; undefined: it may be readable. */
export function refuseTable(bytes: Uint8Array, most = EXTRACT_FILE_BYTES): TableReason | undefined {
  const reason = refuseFile(bytes, most)
  if (reason !== undefined && reason !== 'not_a_workbook') return tableReasonOf(reason)
  return reason === undefined || encodingOf(bytes) !== undefined ? undefined : 'wrong_encoding'
}

/** True for a workbook, false for text; throws UnreadableFile for a file that is neither. */
export function isWorkbook(bytes: Uint8Array): boolean {
  const reason = refuseFile(bytes, EXTRACT_FILE_BYTES)
  if (reason === undefined) return true
  if (reason === 'not_a_workbook') return false
  throw new UnreadableFile(reason)
}

/* ---------- workbooks ---------- */

async function* sheetRows(
  bytes: Uint8Array,
  sheet: string | undefined,
  list: ListPart | undefined,
): AsyncGenerator<TableRow> {
  const zip = await openZip(bytes, MAX_UNPACKED_BYTES)
  const { entries, context } = await openPackage(zip, MAX_ROWS)
  for (const { name, part, isHidden } of entries) {
    if (isHidden || (sheet !== undefined && name !== sheet)) continue
    let pending: TableRow[] = []
    let lastRow = 0
    const merged = new Set<number>()
    const handler = sheetHandler(context, {
      row: ({ number, cells, isHidden }) => {
        if (list?.columns.some(at => cells[at] !== undefined)) lastRow = number
        pending.push({ number, cells: Array.from(cells, cell => cell?.text), ...(isHidden && { isHidden }) })
      },
      merge: ({ top, bottom, left, right }) => {
        if (right - left >= 2 && list?.spread && list.spread.size < MOST_MERGES) list.spread.add(top)
        const isDown = list !== undefined && bottom > top && top > list.headRow && top < lastRow
        const isRead = isDown && list.columns.some(at => left <= at && at <= right)
        if (isRead && merged.size < MOST_MERGES) merged.add(top)
      },
    })
    let hasRows = false
    const take = () => {
      const rows = pending
      pending = []
      return rows
    }
    for await (const row of walkPart(zip, part, handler, take)) {
      if (row.cells.length > 0) hasRows = true
      yield row
    }
    if (merged.size === MOST_MERGES || [...merged].some(top => !list?.passed?.has(top)))
      throw new UnreadableTable('merged_rows')
    if (hasRows) return
  }
}

/** The first filled rows of each visible sheet, at most `most` of each; text is one sheet. Throws UnreadableTable. */
export async function readTops(bytes: Uint8Array, most: number): Promise<{ name: string; rows: Row[] }[]> {
  const tops: { name: string; rows: Row[] }[] = []
  if (isText(bytes)) {
    const rows: Row[] = []
    for await (const { number, cells } of readTable(bytes)) {
      const row = {
        number,
        cells: cells.map(text => (text ? { kind: 'text' as const, text, isComputed: false } : undefined)),
      }
      if (row.cells.some(cell => cell !== undefined)) rows.push(row)
      if (rows.length === most) break
    }
    return rows.length === 0 ? [] : [{ name: '', rows }]
  }
  try {
    const { entries, context } = await openPackage(await openZip(bytes, MAX_UNPACKED_BYTES), MAX_ROWS)
    for (const { name, part, isHidden } of entries) {
      const rows = isHidden ? [] : await topOf(await openZip(bytes, MAX_UNPACKED_BYTES), { part, context, most })
      if (rows.length > 0) tops.push({ name, rows })
    }
    return tops
  } catch (error) {
    throw unreadable(error)
  }
}

async function topOf(
  zip: ZipArchive,
  { part, context, most }: { part: string; context: Parameters<typeof sheetHandler>[0]; most: number },
): Promise<Row[]> {
  const rows: Row[] = []
  let seen = 0
  const handler = sheetHandler(context, {
    row: row => {
      seen += 1
      if (row.cells.length > 0 && rows.length < most) rows.push(row)
    },
    merge: () => undefined,
  })
  for await (const isEnough of walkPart(zip, part, handler, () => [rows.length >= most || seen > MAX_BLANK_ROWS]))
    if (isEnough) break
  return rows
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !isWorkbook(bytes)
  } catch (error) {
    throw unreadable(error)
  }
}

/* ---------- text ---------- */

const PIECE_BYTES = 1 << 16
const PROBE_BYTES = 4096
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells a text from anything else
const NOT_TEXT = /[\0-\x08\x0B\x0C\x0E-\x1A\x1C-\x1F\x7F\uFFFD]/

/** The encoding of a text; undefined: no text that we know. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const probe = bytes.subarray(0, PROBE_BYTES)
  const found = markedEncoding(bytes) ?? unmarkedEncoding(bytes, probe)
  return NOT_TEXT.test(new TextDecoder(found).decode(probe, { stream: true })) ? undefined : found
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** UTF-16 without its mark shows in its zero bytes; what is not UTF-8 either is of the old Windows. */
function unmarkedEncoding(bytes: Uint8Array, probe: Uint8Array): string {
  const zeros = [0, 1].map(side => probe.filter((byte, at) => byte === 0 && at % 2 === side).length)
  const [even = 0, odd = 0] = zeros
  if (odd > probe.length / 4 && even < odd / 10) return 'utf-16le'
  if (even > probe.length / 4 && odd < even / 10) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1258'
}

/** Reads delimited text row by row; throws UnreadableTable. */
export function* readTextRows(bytes: Uint8Array): Generator<TableRow> {
  const encoding = encodingOf(bytes)
  if (encoding === undefined) throw new UnreadableTable('wrong_encoding')
  const decoder = new TextDecoder(encoding)
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, PIECE_BYTES), { stream: true })
  const reader = new CellReader(separatorOf(head))
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const isLast = at + PIECE_BYTES >= bytes.length
    yield* reader.read(decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: !isLast }))
  }
  yield* reader.end()
}

/** Returns the separator: the one that `sep=` names, else the most frequent one in the first lines. */
function separatorOf(head: string): string {
  const named = /^sep=(.)\r?\n/.exec(head)?.[1]
  if (named !== undefined) return named
  const lines = head
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/)
    .slice(0, 20)
  const count = (sign: string) => lines.reduce((sum, line) => sum + line.split(sign).length - 1, 0)
  const [first = ';'] = [';', '\t', ','].sort((a, b) => count(b) - count(a))
  return first
}

/** Cuts text that comes in pieces into rows of cells. */
class CellReader {
  #cells: string[] = []
  #cell = ''
  #isQuoted = false
  /** a quotation mark inside quotes has just been read: the end, or the first of two */
  #isMark = false
  #wasReturn = false
  #number = 0

  constructor(readonly separator: string) {}

  *read(text: string): Generator<TableRow> {
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] as string
      const isPair = sign === '\n' && this.#wasReturn
      if (this.#isMark && this.#isSecondMark(sign)) {
        from = at
        continue
      }
      if (this.#isQuoted) {
        if (sign !== '"') continue
        this.#keep(text.slice(from, at))
        this.#isMark = true
        from = at + 1
      } else if (sign === '"' && this.#cell === '' && text.slice(from, at).trim() === '') {
        this.#isQuoted = true
        from = at + 1
      } else if (sign === this.separator) {
        this.#keep(text.slice(from, at))
        this.#endCell()
        from = at + 1
      } else if ('\r\n'.includes(sign)) {
        this.#keep(text.slice(from, at))
        from = at + 1
        if (!isPair) yield this.#endRow()
      }
      this.#wasReturn = sign === '\r'
    }
    this.#keep(text.slice(from))
  }

  /** After a quotation mark inside quotes: whether the sign doubles it; else the quotes end. */
  #isSecondMark(sign: string): boolean {
    this.#isMark = false
    if (sign !== '"') this.#isQuoted = false
    return sign === '"'
  }

  *end(): Generator<TableRow> {
    if (this.#isQuoted && !this.#isMark) throw new UnreadableTable('truncated')
    if (this.#cell !== '' || this.#cells.length > 0) yield this.#endRow()
  }

  #keep(text: string) {
    this.#cell += text
    if (this.#cell.length > MAX_CELL) throw new UnreadableTable('not_a_table')
  }

  #endCell() {
    if (this.#cells.length < MAX_COLUMNS) this.#cells.push(cleanCell(this.#cell))
    this.#cell = ''
  }

  #endRow(): TableRow {
    this.#endCell()
    const cells = this.#cells
    this.#cells = []
    this.#number += 1
    return { number: this.#number, cells: cells[0]?.startsWith('sep=') && this.#number === 1 ? [] : cells }
  }
}

/** Composed, without stray spaces; `="0700"` and `'0700`, written so that spreadsheets keep the zero, are `0700`. */
function cleanCell(text: string): string {
  return keepingBytes(text, kept => visibleText(kept).normalize('NFC').trim())
    .replace(/^="?([^"]*)"?$/, '$1')
    .replace(/^'/, '')
}
