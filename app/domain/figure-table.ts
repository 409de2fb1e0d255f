import { readCount } from './count.ts'
import { withBroken } from './list.ts'
import { placeNamed } from './place-name.ts'
import type { LayoutRow } from './table-layout.ts'

/** A figure of a table that was pasted or read from a file. */
type TableFigure = { code: string; indicator: string; value: number }

/** Why a row, or one of its cells, could not be taken over. */
export type TableProblem = {
  number: number
  reason: 'locality_unknown' | 'locality_twice' | 'not_a_count' | 'formula_unsaved' | 'cell_error'
  cell: string
}

type Named = { code: string; name: string }

/** The figures of a row, blank cells left out, and the cells that are no counts. */
function countsOf(row: LayoutRow, indicators: readonly { code: string }[]) {
  const counts: Omit<TableFigure, 'code'>[] = []
  const unread: string[] = []
  for (const { code: indicator } of indicators) {
    const cell = row[indicator] ?? ''
    const value = readCount(cell)
    if (value !== undefined) counts.push({ indicator, value })
    else if (cell !== '') unread.push(cell)
  }
  return { counts, unread }
}

/**
 * Reads the figures of a table for the localities and indicators of a form. Each row names a locality by code, or by name with or
 * without its kind. Blank cells are ignored. Rows of other localities, such as a total, and cells that are not counts
 * are reported by row number.
 */
export function figuresOfTable(
  rows: readonly { number: number; row: LayoutRow }[],
  localities: readonly Named[],
  indicators: readonly { code: string }[],
): { figures: TableFigure[]; problems: TableProblem[] } {
  const figures: TableFigure[] = []
  const problems: TableProblem[] = []
  const seen = new Set<string>()
  for (const { number, row } of rows) {
    const place = row.locality_code || row.locality || ''
    const own = placeNamed(localities, place)
    const isTwice = own !== undefined && seen.has(own.code)
    if (!own) problems.push({ number, reason: 'locality_unknown', cell: place })
    if (isTwice) problems.push({ number, reason: 'locality_twice', cell: own.name })
    if (own) seen.add(own.code)
    const { counts, unread } = countsOf(row, indicators)
    problems.push(...unread.map(cell => ({ number, reason: 'not_a_count' as const, cell })))
    if (own && !isTwice) figures.push(...counts.map(count => ({ code: own.code, ...count })))
  }
  return { figures, problems: problems.map(withBroken) }
}
