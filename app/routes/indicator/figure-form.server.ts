import { isDay } from '#app/domain/calendar.ts'
import type { NewFigure } from '#app/queries/indicator-figure.server.ts'
import { explainProblem } from '#app/text/problem.ts'
import type { Grid, GridAnswer } from '#app/ui/figure-grid.tsx'
import { cellName } from '#app/ui/number-grid.tsx'
import { readCells, typedLine } from '../_web/number-grid.server.ts'

type Read = { answer: GridAnswer; day: string; figures: NewFigure[]; names: string[] }

/**
 * Reads a submitted grid: the cells that differ from the current grid, and those that cannot be read. `names` are the
 * cells' names in the order of `figures`.
 */
export function readGrid(form: FormData, { rows, indicators }: Grid): Read {
  const text = (name: string) => typedLine(form, name)
  const { typed, changed, unreadable } = readCells(
    form,
    { rows, columns: indicators },
    ({ values }, indicator) => values[indicator]?.sameDay ?? null,
  )
  const answer: GridAnswer = { typed, source: text('source'), reason: text('reason'), problems: [] }
  const problems: { name: string | null; message: string }[] = unreadable.map(name => ({
    name,
    message: explainProblem('figure_out_of_range'),
  }))
  const day = text('asOfOn')
  if (!isDay(day)) problems.push({ name: null, message: explainProblem('not_a_day') })
  if (answer.source === '' || answer.source.length > 200)
    problems.push({ name: null, message: 'Anh/chị ghi nguồn số liệu, nhiều nhất 200 ký tự.' })
  return {
    answer: { ...answer, problems },
    day,
    figures: changed.map(({ row, column, value }) => ({ localityCode: row, indicator: column, value })),
    names: changed.map(({ name }) => name),
  }
}

/** Fills the grid with figures that were pasted or read from a file; the content of other cells stays. */
export function fillGrid(
  { rows }: Grid,
  figures: readonly { code: string; indicator: string; value: number }[],
): Record<string, string> {
  const codes = new Set(rows.map(({ code }) => code))
  return Object.fromEntries(
    figures
      .filter(({ code }) => codes.has(code))
      .map(({ code, indicator, value }) => [cellName(code, indicator), String(value)]),
  )
}
