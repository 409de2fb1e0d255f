import type { Indicator } from '#app/domain/campaign-indicator.ts'
import type { ListView } from '#app/domain/list.ts'
import type { LayoutColumn } from '#app/domain/table-layout.ts'
import { type LayoutRow, layoutFields, pastedCells } from '#app/domain/table-layout.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'
import { readDay } from '#app/domain/written-day.ts'
import { formatDay } from '#app/text/format.ts'
import { layoutHeads, layoutLabels } from '#app/text/table-layout.ts'
import { type ListSheet, readSheets, sheetOfText } from './list-file.ts'
import { type ReadingOptions, readListSheets } from './list-reading.ts'
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

/** Of each group of fields one must be there: the first is missed. */
const REQUIRED: Record<ExchangedTable, readonly (readonly string[])[]> = {
  indicator_figures: [['locality', 'locality_code']],
  reports: [],
  outreach: [['day'], ['channel'], ['place'], ['people']],
  collection_days: [['point'], ['day'], ['received', 'invited', 'sent_on', 'approved']],
}

/** The indicators of the campaign whose figures a table holds, and the saved layout by which it is read. */
export type ExchangeWith = { indicators?: readonly Indicator[]; layout?: readonly LayoutColumn[] }

/** What a table that is exchanged with other systems wants of a file: by its own words, or by a saved layout's. */
export function exchangeSpec(table: ExchangedTable, { indicators = [], layout }: ExchangeWith = {}): ListSpec<string> {
  const names = layoutLabels(table, indicators)
  const synonyms = layoutHeads(table, indicators)
  const columns: Record<string, ColumnSpec> = {}
  for (const field of layoutFields(table, indicators)) {
    const laid = layout?.find(column => column.field === field)
    if (layout && !laid) continue
    columns[field] = {
      header: laid?.header ?? names[field] ?? field,
      synonyms: layout ? [] : (synonyms[field] ?? []),
      kind: table === 'outreach' && field !== 'day' ? 'words' : (KINDS[field] ?? 'words'),
    }
  }
  const heads = layout ? Object.keys(columns) : HEADS[table]
  const required = layout ? Object.keys(columns).map(column => [column]) : REQUIRED[table]
  return { columns, heads, missing: has => required.flatMap(group => (group.some(has) ? [] : group.slice(0, 1))) }
}

/** Where the cells of a table come from. */
export type TableSource = { pasted: string } | { bytes: Uint8Array }

export type Exchanged = { view: ListView; rows: { number: number; row: LayoutRow }[] }

/**
 * Reads the rows of a pasted or uploaded table, by a saved layout or by our own words; days are written as in our own
 * tables (`05/6/2024`), other texts as they stand. Undefined where no row looks like a head. Throws UnreadableTable.
 */
export async function readExchanged(
  table: ExchangedTable,
  source: TableSource,
  { indicators, layout, ...options }: ReadingOptions & ExchangeWith = {},
): Promise<Exchanged | undefined> {
  const spec = exchangeSpec(table, { indicators, layout })
  const list = readListSheets(await sheetsOf(source), spec, options)
  if (!list.ok) {
    if (list.reason === 'no_rows') throw new UnreadableTable('no_rows')
    return undefined
  }
  const { view } = list
  const used = new Set([...view.heads.map(({ column }) => column), ...Object.keys(view.values)])
  const columns = Object.keys(spec.columns).filter(column => used.has(column))
  const rows = list.entries.flatMap(({ ref, text }) => {
    const own = columns.some(column => text(column) !== (view.values[column] ?? ''))
    const row = Object.fromEntries(columns.map(column => [column, cellText(text(column), spec.columns[column]?.kind)]))
    return own ? [{ number: ref.row, row }] : []
  })
  return { view, rows }
}

function cellText(text: string, kind: ValueKind | undefined): string {
  const day = kind === 'day' ? readDay(text) : undefined
  return day === undefined ? text : formatDay(day)
}

async function sheetsOf(source: TableSource): Promise<ListSheet[]> {
  if ('pasted' in source) return [sheetOfText(pastedCells(source.pasted).map((cells, n) => ({ number: n + 1, cells })))]
  const file = await readSheets(source.bytes)
  if (!file.ok) throw new UnreadableTable(file.reason)
  return file.sheets
}
