import { foldName } from './name.ts'
import type { ExchangedTable } from './vocabulary.ts'

/**
 * The layout of another system's table: its columns in order. Each has our field that it holds, or a fixed text for
 * every row, or neither (ignored when read, written blank).
 */
export type LayoutColumn = { header: string; field: string | null; fixed: string }

/** The fields of ours that each exchanged table has; that of figures also one for each indicator of the campaign. */
const LAYOUT_FIELDS = {
  indicator_figures: ['locality', 'locality_code'],
  reports: ['unit', 'period', 'state', 'officials', 'target', 'reported', 'counted', 'verified', 'all_met', 'reached'],
  outreach: ['unit', 'day', 'channel', 'locality', 'locality_code', 'place', 'people', 'note'],
  collection_days: ['unit', 'point', 'day', 'invited', 'received', 'sent_on', 'approved'],
} as const satisfies Record<ExchangedTable, readonly string[]>

/** The fields of a table: `indicators` are those of the campaign whose figures it holds. */
export function layoutFields(table: ExchangedTable, indicators: readonly { code: string }[]): string[] {
  return [...LAYOUT_FIELDS[table], ...(table === 'indicator_figures' ? indicators.map(({ code }) => code) : [])]
}

/** One row of ours, by field. */
export type LayoutRow = Partial<Record<string, string>>

/** Guesses the field of each header: the field whose label equals the header, ignoring marks and case. */
export function guessColumns(headers: readonly string[], labels: Readonly<Record<string, string>>): LayoutColumn[] {
  const byLabel = new Map(Object.entries(labels).map(([field, label]) => [foldName(label), field]))
  const taken = new Set<string>()
  return headers.map(header => {
    const field = byLabel.get(foldName(header)) ?? null
    const isFree = field !== null && !taken.has(field)
    if (isFree) taken.add(field)
    return { header, field: isFree ? field : null, fixed: '' }
  })
}

/** A layout's rows as cells, its headers first. */
export function writeByLayout(columns: readonly LayoutColumn[], rows: readonly LayoutRow[]): string[][] {
  return [
    columns.map(({ header }) => header),
    ...rows.map(row => columns.map(({ field, fixed }) => (field === null ? fixed : (row[field] ?? '')))),
  ]
}

/** Cells of text that was copied from a table in the browser or a spreadsheet: tabs between cells, lines between rows. */
export function pastedCells(text: string): string[][] {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => line.split('\t').map(cell => cell.normalize('NFC').trim()))
}

/** 27 → `AB`. */
export function columnLetters(column: number): string {
  return (column >= 26 ? columnLetters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))
}
