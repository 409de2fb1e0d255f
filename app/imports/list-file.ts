import { type TableReason, tableReasonOf } from '#app/domain/list.ts'
import { isWorkbook, readTextRows, UnreadableTable } from './table.ts'
import { type Cell, cleanText, type Merge, type Row, readWorkbook } from './workbook.ts'
import { UnreadableFile } from './zip-archive.ts'

/** One sheet of a file; `merges` undefined: a file of text, whose only sheet has the name ''. */
export type ListSheet = { name: string; isHidden: boolean; rows: Row[]; merges: Merge[] | undefined }

const MAX_BLANK_ROWS = 10_000
const MAX_ROWS = 31_000
/** Columns further to the right are left unread. */
const MAX_COLUMNS = 200

/**
 * Reads all sheets of a list: a workbook, or delimited text as one sheet. Refuses with a reason what is too large, or
 * no table. Never throws for what a file holds.
 */
export async function readSheets(
  bytes: Uint8Array,
): Promise<{ ok: true; sheets: ListSheet[] } | { ok: false; reason: TableReason }> {
  try {
    if (!isWorkbook(bytes)) return { ok: true, sheets: [sheetOfText(readTextRows(bytes))] }
  } catch (error) {
    if (error instanceof UnreadableTable) return { ok: false, reason: error.reason }
    if (error instanceof UnreadableFile) return { ok: false, reason: tableReasonOf(error.reason) }
    throw error
  }
  const workbook = await readWorkbook(bytes)
  return workbook.ok ? workbook : { ok: false, reason: tableReasonOf(workbook.reason) }
}

/** Rows of text as a sheet; throws UnreadableTable. */
export function sheetOfText(lines: Iterable<{ number: number; cells: readonly (string | undefined)[] }>): ListSheet {
  const rows: Row[] = []
  let blank = 0
  for (const { number, cells } of lines) {
    const row: Row = { number, cells: [] }
    for (const [at, text] of cells.slice(0, MAX_COLUMNS).entries()) {
      const cell = cellOf(text ?? '')
      if (cell) row.cells[at] = cell
    }
    blank = row.cells.length === 0 ? blank + 1 : 0
    if (blank > MAX_BLANK_ROWS) throw new UnreadableTable('blank_rows')
    if (rows.length > MAX_ROWS) throw new UnreadableTable('too_large')
    if (row.cells.length > 0) rows.push(row)
  }
  return { name: '', isHidden: false, rows, merges: undefined }
}

function cellOf(written: string): Cell | undefined {
  const text = cleanText(written)
  return text === '' ? undefined : { kind: 'text', text, isComputed: false }
}
