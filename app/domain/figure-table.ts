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
    const { own, refusal } = localityOf(row, localities, seen)
    if (refusal) problems.push({ number, ...refusal })
    const read = cellsOf(row, indicators)
    for (const { indicator, cell, value } of read) {
      if (value === undefined) problems.push({ number, reason: 'not_a_count', cell })
      else if (own && !refusal) figures.push({ code: own.code, indicator, value })
    }
  }
  return { figures, problems }
}

/** The locality of a row, and why its figures are not taken: it is none of these, or had a row above (`seen`). */
function localityOf(
  { locality_code: code = '', locality: name = '' }: LayoutRow,
  localities: readonly Named[],
  seen: Set<string>,
): { own?: Named; refusal?: Omit<TableProblem, 'number'> } {
  const [own, ...others] = placesNamed(localities, code || name)
  if (!own || others.length > 0) return { refusal: { reason: 'locality_unknown', cell: code || name } }
  if (seen.has(own.code)) return { own, refusal: { reason: 'locality_twice', cell: own.name } }
  seen.add(own.code)
  return { own }
}

/** The filled cells of a row under the form's indicators; `value` undefined: no count. */
const cellsOf = (row: LayoutRow, indicators: readonly Indicator[]) =>
  INDICATORS.filter(one => indicators.includes(one)).flatMap(indicator => {
    const cell = row[indicator] ?? ''
    return cell === '' ? [] : [{ indicator, cell, value: readCount(cell) }]
  })
