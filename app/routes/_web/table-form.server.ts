import { writeCells } from '#app/documents/layout-export.ts'
import {
  guessColumns,
  type LayoutColumn,
  type LayoutRow,
  pastedCells,
  readByLayout,
  writeByLayout,
} from '#app/domain/table-layout.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { readTable, refuseTable, UnreadableTable } from '#app/imports/table.ts'
import { findLayout } from '#app/queries/table-layout.server.ts'
import { tableReasons } from '#app/text/extract.ts'
import { layoutFieldLabels } from '#app/text/table-layout.ts'
import { layoutPage } from './params.ts'

/** As many rows as one transaction takes, with some above the head. */
const MOST_ROWS = 230

type Cells = (string | undefined)[][]
/** `text`: the rows under our own heads, as they go through the second form when they are saved. */
type Read = { ok: true; rows: { number: number; row: LayoutRow }[]; text: string } | { ok: false; message: string }

/**
 * Reads the rows of a table from a form: pasted (`pasted`) or a file (`file`). The layout is a saved one (`layout`), or
 * else the headings of our own fields.
 */
export async function readTableForm(form: FormData, table: ExchangedTable): Promise<Read> {
  const file = form.get('file')
  let cells: Cells
  try {
    cells =
      file instanceof File && file.size > 0
        ? await cellsOf(new Uint8Array(await file.arrayBuffer()))
        : pastedCells(String(form.get('pasted') ?? ''))
  } catch (error) {
    if (error instanceof UnreadableTable) return { ok: false, message: tableReasons[error.reason] }
    throw error
  }
  if (cells.length === 0) return { ok: false, message: 'Anh/chị dán một bảng hoặc chọn tệp.' }
  if (cells.length > MOST_ROWS)
    return { ok: false, message: 'Mỗi lần nhập tối đa 200 dòng. Anh/chị chia bảng nhỏ hơn.' }
  const layout = findLayout(table, Number(form.get('layout')))
  const rows = readByLayout(layout?.columns ?? columnsOf(cells, table), cells)
  if (!rows || rows.length === 0)
    return { ok: false, message: 'Không tìm thấy dòng tiêu đề với các cột nêu ở trên. Anh/chị chép cả dòng tiêu đề.' }
  return { ok: true, rows, text: textOf(rows, table) }
}

async function cellsOf(bytes: Uint8Array): Promise<Cells> {
  const reason = refuseTable(bytes)
  if (reason) throw new UnreadableTable(reason)
  const cells: Cells = []
  for await (const row of readTable(bytes)) {
    if (row.cells.some(cell => (cell ?? '') !== '')) cells.push([...row.cells])
    if (cells.length > MOST_ROWS) break
  }
  return cells
}

/** The columns of the row that names most of our fields. */
function columnsOf(cells: Cells, table: ExchangedTable): readonly LayoutColumn[] {
  const guesses = cells.map(row =>
    guessColumns(
      row.map(cell => cell ?? ''),
      layoutFieldLabels[table],
    ).filter(({ field }) => field !== null),
  )
  return guesses.reduce((most, guess) => (guess.length > most.length ? guess : most), [] as LayoutColumn[])
}

function textOf(rows: readonly { row: LayoutRow }[], table: ExchangedTable): string {
  const columns = Object.entries(layoutFieldLabels[table]).map(([field, header]) => ({ header, field, fixed: '' }))
  return writeByLayout(
    columns,
    rows.map(({ row }) => row),
  )
    .map(line => line.map(cell => cell.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')
}

/** The workbook of `rows` in the saved layout that `mau` names; undefined where it names none of this table. */
export function laidOut(url: URL, table: ExchangedTable, rows: readonly LayoutRow[]): Promise<Uint8Array> | undefined {
  const layout = findLayout(table, layoutPage.read(url).layoutId ?? 0)
  return layout && writeCells(writeByLayout(layout.columns, rows))
}
