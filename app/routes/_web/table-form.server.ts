import { writeCells } from '#app/documents/layout-export.ts'
import { type LayoutRow, writeByLayout } from '#app/domain/table-layout.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { readExchanged } from '#app/imports/exchange-spec.ts'
import { UnreadableTable } from '#app/imports/table.ts'
import { findLayout } from '#app/queries/table-layout.server.ts'
import { tableReasons } from '#app/text/extract.ts'
import { layoutFieldLabels } from '#app/text/table-layout.ts'
import { layoutPage } from './params.ts'

type Read = { ok: true; rows: { number: number; row: LayoutRow }[] } | { ok: false; message: string }

/**
 * Reads the rows of a table from a form: pasted (`pasted`) or a file (`file`). The layout is a saved one (`layout`), or
 * else the headings of our own fields.
 */
export async function readTableForm(form: FormData, table: ExchangedTable): Promise<Read> {
  const file = form.get('file')
  const pasted = String(form.get('pasted') ?? '')
  const hasFile = file instanceof File && file.size > 0
  if (!hasFile && pasted.trim() === '') return { ok: false, message: 'Anh/chị dán một bảng hoặc chọn tệp.' }
  try {
    const source = hasFile ? { bytes: new Uint8Array(await file.arrayBuffer()) } : { pasted }
    const rows = await readExchanged(table, source, findLayout(table, Number(form.get('layout')))?.columns)
    if (rows) return { ok: true, rows }
  } catch (error) {
    if (error instanceof UnreadableTable) return { ok: false, message: tableReasons[error.reason] }
    throw error
  }
  return {
    ok: false,
    message: 'Không tìm thấy dòng tiêu đề với các cột nêu ở trên. Anh/chị chép cả dòng tiêu đề, hoặc lập mẫu bảng.',
  }
}

/** The rows of a table under our own heads, as they go through the second form when they are saved. */
export function textOf(rows: readonly { row: LayoutRow }[], table: ExchangedTable): string {
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
