import type { LayoutColumn } from '#app/domain/table-layout.ts'
import { LAYOUT_FIELDS, type LayoutRow, pastedCells } from '#app/domain/table-layout.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { layoutFieldLabels, layoutSynonyms } from '#app/text/table-layout.ts'
import { type ListSheet, readSheets, sheetOfText } from './list-file.ts'
import { readListSheets } from './list-reading.ts'
import type { ColumnSpec, ListSpec, ValueKind } from './list-spec.ts'
import { UnreadableTable } from './table.ts'

const KINDS: Readonly<Record<string, ValueKind>> = {
  day: 'day',
  locality: 'place',
  locality_code: 'place',
  point: 'place',
}

/** A head names one of these fields of its table. */
const HEADS: Record<ExchangedTable, readonly string[]> = {
  indicator_figures: ['locality', 'locality_code'],
  reports: ['unit', 'period'],
  outreach: ['place', 'channel', 'day'],
  collection_days: ['point', 'day'],
}

/** What a table that is exchanged with other systems wants of a file: by its own words, or by a saved layout's. */
function specOf(table: ExchangedTable, layout: readonly LayoutColumn[] | undefined): ListSpec<string> {
  const fields: readonly string[] = LAYOUT_FIELDS[table]
  const columns: Record<string, ColumnSpec> = {}
  for (const field of fields) {
    const laid = layout?.find(column => column.field === field)
    if (layout && !laid) continue
    columns[field] = {
      header: laid?.header ?? layoutFieldLabels[table][field] ?? field,
      synonyms: layout ? [] : (layoutSynonyms[table]?.[field] ?? []),
      kind: table === 'outreach' && field !== 'day' ? 'words' : (KINDS[field] ?? 'words'),
    }
  }
  const heads = layout ? Object.keys(columns) : HEADS[table]
  return { columns, heads, missing: has => (layout ? Object.keys(columns).filter(column => !has(column)) : []) }
}

type ExchangedRow = { number: number; row: LayoutRow }

/** Reads the rows of a pasted or uploaded table, by a saved layout or by our own words. Throws UnreadableTable. */
export async function readExchanged(
  table: ExchangedTable,
  source: { pasted: string } | { bytes: Uint8Array },
  layout?: readonly LayoutColumn[],
): Promise<ExchangedRow[] | undefined> {
  const spec = specOf(table, layout)
  const list = readListSheets(await sheetsOf(source), spec, {})
  if (!list.ok) {
    if (list.reason === 'no_rows') throw new UnreadableTable('no_rows')
    return undefined
  }
  if (list.view.missing.length > 0) return undefined
  const columns = list.view.heads.flatMap(({ column }) => (column !== null && column in spec.columns ? column : []))
  return list.entries.flatMap(({ ref, text }) => {
    const row = Object.fromEntries(columns.map(column => [column, text(column)]))
    return Object.values(row).some(cell => cell !== '') ? [{ number: ref.row, row }] : []
  })
}

async function sheetsOf(source: { pasted: string } | { bytes: Uint8Array }): Promise<ListSheet[]> {
  if ('pasted' in source) return [sheetOfText(pastedCells(source.pasted).map((cells, n) => ({ number: n + 1, cells })))]
  const file = await readSheets(source.bytes)
  if (!file.ok) throw new UnreadableTable(file.reason)
  return file.sheets
}
