import { readCount } from './count.ts'
import { placesNamed } from './place-name.ts'
import type { LayoutRow } from './table-layout.ts'
import { INDICATORS, type Indicator } from './vocabulary.ts'

/** A figure of a table that was pasted or read from a file. */
type TableFigure = { code: string; indicator: Indicator; value: number }

/** Why a row, or one of its cells, could not be taken over. */
export type TableProblem = {
  number: number
  reason: 'locality_unknown' | 'locality_twice' | 'not_a_count'
  cell: string
}

type Named = { code: string; name: string }

/**
 * Reads the figures of a table for the localities of a form. Each row names a locality by code, or by name with or
 * without its kind. Blank cells are ignored. Rows of other localities, such as a total, and cells that are not counts
 * are reported by row number.
 */
export function figuresOfTable(
  rows: readonly { number: number; row: LayoutRow }[],
  localities: readonly Named[],
  indicators: readonly Indicator[],
): { figures: TableFigure[]; problems: TableProblem[] } {
  const figures: TableFigure[] = []
  const problems: TableProblem[] = []
  const seen = new Set<string>()
  for (const { number, row } of rows) {
    const { locality_code: code = '', locality: name = '' } = row
    const [found, ...others] = placesNamed(localities, code || name)
    const own = others.length === 0 ? found : undefined
    const isTwice = own !== undefined && seen.has(own.code)
    if (!own) problems.push({ number, reason: 'locality_unknown', cell: code || name })
    if (isTwice) problems.push({ number, reason: 'locality_twice', cell: own.name })
    if (own) seen.add(own.code)
    for (const indicator of INDICATORS.filter(one => indicators.includes(one))) {
      const cell = row[indicator] ?? ''
      if (cell === '') continue
      const value = readCount(cell)
      if (value === undefined) problems.push({ number, reason: 'not_a_count', cell })
      else if (own && !isTwice) figures.push({ code: own.code, indicator, value })
    }
  }
  return { figures, problems }
}
