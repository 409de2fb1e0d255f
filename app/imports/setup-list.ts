import type { ListView, TableReason } from '#app/domain/list.ts'
import { type ListedRow, SETUP_ROWS, type SetupList } from '#app/domain/setup/listed.ts'
import { type ListSheet, readSheets } from './list-file.ts'
import { inUnicode } from './list-fonts.ts'
import { findHead } from './list-head.ts'
import { type ReadingOptions, readListSheets } from './list-reading.ts'
import { columnsIn, type ListSpec } from './list-spec.ts'
import { rosterSpec } from './roster-spec.ts'
import { SETUP_SPECS } from './setup-spec.ts'

type SetupFileReason = TableReason | 'no_header' | 'too_many_rows'

export type SetupReading = { ok: true; rows: ListedRow[]; view: ListView } | { ok: false; reason: SetupFileReason }

/** Reads a list with which a province is set up; `view` tells how its columns were understood. */
export async function readSetupList(
  bytes: Uint8Array,
  list: SetupList,
  options: ReadingOptions = {},
): Promise<SetupReading> {
  const file = await readSheets(bytes)
  return file.ok ? readSetupSheets(file.sheets, list, options) : file
}

/** The same of sheets that are read already. */
export function readSetupSheets(
  sheets: readonly ListSheet[],
  list: SetupList,
  options: ReadingOptions = {},
): SetupReading {
  const spec = SETUP_SPECS[list]
  const found = readListSheets(sheets, spec, options)
  if (!found.ok) return found
  const columns = columnsIn(spec)
  const rows = found.entries.map(({ ref, text }) => ({
    row: ref.row,
    cells: Object.fromEntries(columns.map(column => [column, text(column).replace(/\s+/g, ' ').trim()])),
  }))
  if (rows.length > SETUP_ROWS) return { ok: false, reason: 'too_many_rows' }
  return rows.length === 0 ? { ok: false, reason: 'no_rows' } : { ok: true, rows, view: found.view }
}

/** The sheets of a workbook with which a province is set up, by the list that each is. */
type SetupSheets = Record<SetupList | 'people', ListSheet[]>

/** Tells which list each visible sheet is: the one of which its head names most columns; a sheet without a head is none. */
export function sortSetupSheets(sheets: readonly ListSheet[]): SetupSheets {
  const found: SetupSheets = { units: [], localities: [], people: [] }
  for (const sheet of sheets.filter(({ isHidden }) => !isHidden)) {
    const { rows } = inUnicode(sheet.rows)
    const countColumns = <Column extends string>(spec: ListSpec<Column>) =>
      findHead(spec, rows, sheet)?.columns.size ?? 0
    const counts = {
      localities: countColumns(SETUP_SPECS.localities),
      units: countColumns(SETUP_SPECS.units),
      people: countColumns(rosterSpec(undefined)),
    }
    const most = Math.max(...Object.values(counts))
    const list = (['localities', 'units', 'people'] as const).find(name => counts[name] === most)
    if (most > 0 && list) found[list].push(sheet)
  }
  return found
}
