import { visibleText } from '#app/domain/letters.ts'
import { UNSAVED_FORMULA, type WorkbookReason } from '#app/domain/list.ts'
import { ROSTER_FILE_BYTES } from '#app/domain/roster/row.ts'
import { dayOfSerial } from '#app/domain/written-day.ts'
import { compoundStreams, isCompoundFile } from './compound-file.ts'
import { keepingBytes } from './legacy-bytes.ts'
import { attribute, walkXml, type XmlHandler, xmlWalker } from './xml-events.ts'
import { openZip, UnreadableFile, type ZipArchive } from './zip-archive.ts'

/**
 * One filled cell. `text` is the value: text cleaned (NFC, single spaces, no zero-width characters), a number in plain
 * decimals, a day as `YYYY-MM-DD`, a flag as `true` or `false`, an error as shown (`#N/A`), or `UNSAVED_FORMULA`.
 * `isComputed`: the value that the program which saved the file left beside a formula; formulas are never evaluated.
 */
export type Cell = { kind: 'text' | 'number' | 'day' | 'flag' | 'error'; text: string; isComputed: boolean }
/**
 * A row with at least one filled cell. `number` counts from 1 as on the screen; `cells[0]` is column A. `isHidden`: by a
 * filter or by hand; left out where it is not.
 */
export type Row = { number: number; cells: (Cell | undefined)[]; isHidden?: true }
/** A merged range; rows count from 1, columns from 0, all inclusive. Its value is in the first cell. */
export type Merge = { top: number; left: number; bottom: number; right: number }
export type Sheet = { name: string; isHidden: boolean; rows: Row[]; merges: Merge[] }
export type Workbook = { ok: true; sheets: Sheet[] } | { ok: false; reason: WorkbookReason }

const MAX_UNPACKED_BYTES = 60 * 1024 * 1024
/** Maximum of filled rows in all sheets: 30,000 people and the headings and footers around them. */
const MAX_ROWS = 31_000
/**
 * Maximum of characters in all strings that cells point to, each with its overhead: only these strings are kept in
 * memory.
 */
const MAX_STRINGS = 60_000_000
const STRING_COST = 40
/** Cells of all sheets up to each row's last: 30,000 rows of fifteen columns. */
const MAX_CELLS = 450_000
/** Characters of one cell: twice what spreadsheets allow. */
const MAX_CELL = 65_536
/** Bytes of a part that is read whole (relations, styles, the list of sheets), unpacked. */
const MAX_PART_BYTES = 8 * 1024 * 1024
/** Bytes of a part in which no tag ends: the parser would hold them all. */
const MAX_UNBROKEN_BYTES = 1024 * 1024
/** Columns further to the right are left unread. */
const MAX_COLUMNS = 200
/** Merged ranges beyond this many in a sheet are left unread. */
const MAX_MERGES = 20_000

/**
 * Reads an .xlsx or .xlsm workbook as saved by Excel, LibreOffice, WPS or a reporting system.
 * Refused with a reason: over 10 MB, over 60 MB unpacked or over 31,000 filled rows (`too_large`), `legacy_xls`,
 * `password_protected`, `truncated`, `no_sheet`, anything else `not_a_workbook`. Never throws for what a file holds.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const refused = refuseFile(bytes)
  if (refused) return { ok: false, reason: refused }
  try {
    return { ok: true, sheets: await readSheets(await openZip(bytes, MAX_UNPACKED_BYTES)) }
  } catch (error) {
    if (error instanceof UnreadableFile) return { ok: false, reason: error.reason }
    if (error instanceof SyntaxError || error instanceof RangeError) return { ok: false, reason: 'not_a_workbook' }
    throw error
  }
}

/** Returns why a file is not a readable workbook, judged by its size and first bytes; undefined: it may be readable. */
export function refuseFile(bytes: Uint8Array, most = ROSTER_FILE_BYTES): WorkbookReason | undefined {
  if (bytes.length > most) return 'too_large'
  if (bytes.length === 0) return 'truncated'
  if (isCompoundFile(bytes)) return compoundReason(bytes)
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return isOpenDocument(bytes) ? 'open_document' : undefined
  return isWebPage(bytes) ? 'web_page' : 'not_a_workbook'
}

/** The first entry of an OpenDocument archive is its type, unpacked. */
const isOpenDocument = (bytes: Uint8Array) =>
  Buffer.from(bytes.subarray(0, 200)).toString('latin1').includes('mimetypeapplication/vnd.oasis.opendocument')

/** Reporting systems save pages and the XML of Excel 2003 under names that end in `.xls`. */
function isWebPage(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  const isWide = (first === 0xff && second === 0xfe) || (first === 0 && second === 0x3c) || second === 0
  const encoding = isWide ? (first === 0xff || second === 0 ? 'utf-16le' : 'utf-16be') : 'utf-8'
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, 2_000), { stream: true }).trimStart()
  if (/^mime-version:/i.test(text)) return true
  return (
    /^<(!doctype html|html|head|body|table|div|meta|style|\?xml|!--)/i.test(text) &&
    /<(html|table|body|div|workbook)\b/i.test(text)
  )
}

function compoundReason(bytes: Uint8Array): WorkbookReason {
  try {
    const streams = compoundStreams(bytes)
    if (streams.includes('EncryptedPackage')) return 'password_protected'
    return streams.includes('Workbook') || streams.includes('Book') ? 'legacy_xls' : 'not_a_workbook'
  } catch (error) {
    if (error instanceof RangeError) return 'truncated'
    throw error
  }
}

/* ---------- parts of the package ---------- */

type Relation = { type: string; path: string }

async function readSheets(zip: ZipArchive): Promise<Sheet[]> {
  const { entries, context: opened } = await openPackage(zip, MAX_ROWS)
  const context = { ...opened, cellsLeft: MAX_CELLS }
  const read: Sheet[] = []
  for (const { name, isHidden, part } of entries) {
    read.push({ name, isHidden, ...(await readSheetPart(zip, part, context)) })
  }
  return read
}

/** A sheet's name and the part of the package that holds it. */
type SheetEntry = { name: string; isHidden: boolean; part: string }

/**
 * Opens the package of a workbook: its sheets in order, and what their cells refer to. Throws UnreadableFile, and
 * SyntaxError where a part is not well-formed.
 */
export async function openPackage(
  zip: ZipArchive,
  mostRows: number,
): Promise<{ entries: SheetEntry[]; context: SheetContext }> {
  const stored = new Map(zip.names.map(name => [partKey(name), name]))
  const readPart = async (path: string): Promise<string | undefined> => {
    const name = stored.get(partKey(path))
    const bytes = name === undefined ? undefined : await zip.read(name, MAX_PART_BYTES)
    return bytes && decodeText(bytes)
  }
  const relationsOf = async (path: string): Promise<Map<string, Relation>> => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    return readRelations((await readPart(`${folder}_rels/${path.slice(folder.length)}.rels`)) ?? '', folder)
  }
  const workbookPath = [...(await relationsOf('')).values()].find(r => r.type === 'officeDocument')?.path
  const workbookXml = workbookPath?.endsWith('.xml') ? await readPart(workbookPath) : undefined
  if (workbookPath === undefined || workbookXml === undefined) throw new UnreadableFile('not_a_workbook')
  const relations = await relationsOf(workbookPath)
  const relationOfType = (type: string) => [...relations.values()].find(r => r.type === type)
  const stylesPart = relationOfType('styles')
  const { isWorkbook, usesEpoch1904, sheets } = readWorkbookPart(workbookXml)
  if (!isWorkbook) throw new UnreadableFile('not_a_workbook')
  const context: SheetContext = {
    strings: await readSharedStrings(zip, stored.get(partKey(relationOfType('sharedStrings')?.path ?? '')) ?? ''),
    shapes: readDateShapes((stylesPart && (await readPart(stylesPart.path))) ?? ''),
    epoch: usesEpoch1904 ? '1904-01-01' : '1899-12-30',
    rowsLeft: mostRows,
  }
  const entries = sheets.flatMap(({ name, relationId, isHidden }) => {
    const relation = relations.get(relationId)
    if (relation?.type !== 'worksheet') return []
    const part = stored.get(partKey(relation.path))
    if (part === undefined) throw new UnreadableFile('truncated')
    return [{ name, isHidden, part }]
  })
  if (entries.length === 0) throw new UnreadableFile('no_sheet')
  return { entries, context }
}

/**
 * Parses a part of the package piece by piece. `after` runs after each piece, when the handler has seen everything so
 * far.
 */
export async function* walkPart<T>(zip: ZipArchive, name: string, handler: XmlHandler, after: () => Iterable<T>) {
  const stream = zip.stream(name)
  if (!stream) return
  let unbroken = 0
  const counting: XmlHandler = {
    ...handler,
    open(tag, attributes) {
      unbroken = 0
      handler.open(tag, attributes)
    },
  }
  const walker = xmlWalker(counting)
  let decoder: TextDecoder | undefined
  for await (const piece of stream) {
    unbroken += piece.length
    if (unbroken > MAX_UNBROKEN_BYTES) throw new UnreadableFile('not_a_workbook')
    decoder ??= new TextDecoder(piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-8')
    walker.write(decoder.decode(piece, { stream: true }))
    yield* after()
  }
  walker.close()
  yield* after()
}

/** Part names compare without case; some writers put backslashes. */
function partKey(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()
}

function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2)
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function readRelations(xml: string, folder: string): Map<string, Relation> {
  const relations = new Map<string, Relation>()
  walkXml(xml, {
    open(name, attributes) {
      const target = attribute(attributes, 'Target')
      if (name !== 'Relationship' || target === undefined) return
      const type = attribute(attributes, 'Type') ?? ''
      relations.set(attribute(attributes, 'Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        path: new URL(target, `zip:/${partKey(folder)}`).pathname,
      })
    },
    close() {},
    text() {},
  })
  return relations
}

type SheetRelation = { name: string; relationId: string; isHidden: boolean }

function readWorkbookPart(xml: string) {
  const sheets: SheetRelation[] = []
  let isWorkbook = false
  let usesEpoch1904 = false
  walkXml(xml, {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true
      if (name === 'workbookPr') usesEpoch1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
      if (name === 'sheet') {
        sheets.push({
          name: cleanText(attribute(attributes, 'name') ?? ''),
          relationId: attribute(attributes, 'id') ?? '',
          isHidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
        })
      }
    },
    close() {},
    text() {},
  })
  return { isWorkbook, usesEpoch1904, sheets }
}

/** The strings that cells point to; runs of rich text are joined, phonetic hints left out. */
async function readSharedStrings(zip: ZipArchive, name: string): Promise<string[]> {
  const strings: string[] = []
  let size = 0
  let current = ''
  let isText = false
  let isPhonetic = false
  const handler: XmlHandler = {
    open(tag) {
      if (tag === 'si') {
        current = ''
        size += STRING_COST
        if (size > MAX_STRINGS) throw new UnreadableFile('too_large')
      }
      if (tag === 'rPh') isPhonetic = true
      if (tag === 't') isText = !isPhonetic
    },
    close(tag) {
      if (tag === 'si') strings.push(cleanText(current))
      if (tag === 'rPh') isPhonetic = false
      if (tag === 't') isText = false
    },
    text(text) {
      if (!isText) return
      size += text.length
      current = joined(current, text)
    },
  }
  for await (const _ of walkPart(zip, name, handler, () => [])) {
    // the handler receives every piece
  }
  return strings
}

/* ---------- days ---------- */

/** The part of a date that a number format shows: day and time, the day, only month and year, or only the year. */
type DateShape = 'moment' | 'day' | 'month' | 'year'

const BUILT_IN_FORMATS: Record<number, DateShape> = {
  14: 'day',
  15: 'day',
  16: 'day',
  17: 'month',
  22: 'moment',
  27: 'day',
  28: 'day',
  29: 'day',
  30: 'day',
  31: 'day',
  36: 'day',
  50: 'day',
  51: 'day',
  52: 'day',
  53: 'day',
  54: 'day',
  57: 'day',
  58: 'day',
}

/** The date shape of each cell style, by its index. */
function readDateShapes(xml: string): (DateShape | undefined)[] {
  const custom = new Map<number, DateShape | undefined>()
  const shapes: (DateShape | undefined)[] = []
  let isCellFormats = false
  walkXml(xml, {
    open(name, attributes) {
      if (name === 'cellXfs') isCellFormats = true
      const id = Number(attribute(attributes, 'numFmtId'))
      if (name === 'numFmt') custom.set(id, dateShapeOf(attribute(attributes, 'formatCode') ?? ''))
      if (name === 'xf' && isCellFormats) shapes.push(custom.has(id) ? custom.get(id) : BUILT_IN_FORMATS[id])
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false
    },
    text() {},
  })
  return shapes
}

function dateShapeOf(format: string): DateShape | undefined {
  const letters = format
    .replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, '')
    .split(';', 1)
    .join('')
    .toLowerCase()
  if (letters.includes('general')) return undefined
  if (letters.includes('d')) return letters.includes('h') ? 'moment' : 'day'
  if (letters.includes('y')) return letters.includes('m') ? 'month' : 'year'
  return undefined
}

/* ---------- cells ---------- */

type SheetContext = { strings: string[]; shapes: (DateShape | undefined)[]; epoch: string; rowsLeft: number }

/** Appends to a cell's text; throws if it becomes longer than any spreadsheet program writes. */
function joined(before: string, text: string): string {
  if (before.length + text.length > MAX_CELL) throw new UnreadableFile('not_a_workbook')
  return before + text
}

async function readSheetPart(
  zip: ZipArchive,
  part: string,
  context: SheetContext & { cellsLeft: number },
): Promise<{ rows: Row[]; merges: Merge[] }> {
  const rows: Row[] = []
  const merges: Merge[] = []
  const handler = sheetHandler(context, {
    row: row => {
      if (row.cells.length === 0) return
      context.cellsLeft -= row.cells.length
      if (context.rowsLeft-- === 0 || context.cellsLeft < 0) throw new UnreadableFile('too_large')
      rows.push(row)
    },
    merge: merge => {
      if (merges.length < MAX_MERGES) merges.push(merge)
    },
  })
  for await (const _ of walkPart(zip, part, handler, () => [])) {
    // the handler receives every piece
  }
  return { rows, merges }
}

/** Handles the XML events of a sheet and reports its rows, including blank ones, and its merged ranges. */
export function sheetHandler(
  context: SheetContext,
  told: { row: (row: Row) => void; merge: (merge: Merge) => void },
): XmlHandler {
  let row: Row = { number: 0, cells: [] }
  let column = -1
  let type = ''
  let style = ''
  let value = ''
  let isValue = false
  let isPhonetic = false
  let isComputed = false
  let isSaved = false
  return {
    open(name, attributes) {
      switch (name) {
        case 'row':
          row = { number: Number(attribute(attributes, 'r') ?? row.number + 1), cells: [] }
          if (['1', 'true'].includes(attribute(attributes, 'hidden') ?? '')) row.isHidden = true
          column = -1
          break
        case 'c': {
          const reference = attribute(attributes, 'r')
          column = reference === undefined ? column + 1 : columnOf(reference)
          type = attribute(attributes, 't') ?? 'n'
          style = attribute(attributes, 's') ?? '0'
          value = ''
          isComputed = false
          isSaved = false
          break
        }
        case 'f':
          isComputed = true
          break
        case 'rPh':
          isPhonetic = true
          break
        case 'v':
        case 't':
          isValue = !isPhonetic
          isSaved = true
          break
        case 'mergeCell': {
          const merge = mergeOf(attribute(attributes, 'ref') ?? '')
          if (merge) told.merge(merge)
        }
      }
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false
      else if (name === 'rPh') isPhonetic = false
      else if (name === 'c' && column < MAX_COLUMNS) {
        // a formula whose result is no text is saved as `str` with a blank value
        const isUnsaved = isComputed && value === '' && !(isSaved && type === 'str')
        const cell = isUnsaved ? UNSAVED : cellOf({ type, value, shape: context.shapes[Number(style)] }, context)
        if (cell && (isUnsaved || value !== '')) row.cells[column] = { ...cell, isComputed }
      } else if (name === 'row') told.row(row)
    },
    text(text) {
      if (isValue) value = joined(value, text)
    },
  }
}

const UNSAVED = { kind: 'error', text: UNSAVED_FORMULA } as const

type Written = { type: string; value: string; shape: DateShape | undefined }

function cellOf(
  { type, value, shape }: Written,
  { strings, epoch }: SheetContext,
): Omit<Cell, 'isComputed'> | undefined {
  switch (type) {
    case 's':
      return textCell(strings[Number(value)] ?? '')
    case 'str':
    case 'inlineStr':
      return textCell(cleanText(value))
    case 'b':
      return { kind: 'flag', text: value === '1' || value === 'true' ? 'true' : 'false' }
    case 'e':
      return { kind: 'error', text: value }
    case 'd':
      return { kind: 'day', text: value.slice(0, 10) }
    default: {
      const number = Number(value)
      if (!Number.isFinite(number)) return textCell(cleanText(value))
      const day = shape && dayOfSerial(number, { epoch, hasTime: shape === 'moment' })
      if (!day) return { kind: 'number', text: plainDecimals(number) }
      if (shape === 'day' || shape === 'moment') return { kind: 'day', text: day }
      return { kind: 'text', text: shape === 'month' ? `${day.slice(5, 7)}/${day.slice(0, 4)}` : day.slice(0, 4) }
    }
  }
}

function textCell(text: string): Omit<Cell, 'isComputed'> | undefined {
  return text === '' ? undefined : { kind: 'text', text }
}

/** Numbers are stored with the noise of binary fractions; Excel itself shows 15 digits. */
function plainDecimals(number: number): string {
  return Number.isInteger(number) && Math.abs(number) < 1e21
    ? BigInt(number).toString()
    : `${Number(number.toPrecision(15))}`
}

/**
 * NFC, `_x000D_` escapes of the format undone, zero-width and direction marks dropped, any run of spaces (no-break
 * ones and line breaks too) one space, none at the ends. Keeps the soft hyphen and Ð, letters of TCVN3, and what may be
 * a byte of UTF-8 that was read as Windows-1252; `inUnicode` drops it where it is none.
 */
export function cleanText(text: string): string {
  const whole = text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return keepingBytes(whole, kept =>
    visibleText(kept)
      .normalize('NFC')
      .replace(/(?:\s|(?![\u0080-\u009F])\p{Cc})+/gu, ' ')
      .trim(),
  )
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference.replace(/[^A-Za-z]/g, '').toUpperCase())
    column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function mergeOf(range: string): Merge | undefined {
  const [, left, top, right, bottom] = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(range) ?? []
  if (!left || !top || !right || !bottom) return undefined
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) }
}
