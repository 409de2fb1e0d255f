import { isDay } from '#app/domain/calendar.ts'
import { readCount } from '#app/domain/count.ts'
import type { NewFigure } from '#app/queries/indicator-figure.server.ts'
import { explainProblem } from '#app/text/problem.ts'
import { cellName, type Grid, type GridAnswer } from '#app/ui/figure-grid.tsx'

type Read = { answer: GridAnswer; day: string; figures: NewFigure[]; names: string[] }

/**
 * Reads a submitted grid: the cells that differ from the current grid, and those that cannot be read. `names` are the
 * cells' names in the order of `figures`.
 */
export function readGrid(form: FormData, { rows, indicators }: Grid): Read {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.normalize('NFC').trim() : ''
  }
  const answer: GridAnswer = { typed: {}, source: text('source'), reason: text('reason'), problems: [] }
  const problems: { name: string | null; message: string }[] = []
  const figures: NewFigure[] = []
  const names: string[] = []
  for (const { code, values } of rows)
    for (const { code: indicator } of indicators) {
      const name = cellName(code, indicator)
      const typed = text(name)
      answer.typed[name] = typed
      const standing = values[indicator]?.sameDay ?? null
      const value = typed === '' ? null : readCount(typed)
      if (value === undefined) problems.push({ name, message: explainProblem('figure_out_of_range') })
      else if (value !== standing) {
        figures.push({ localityCode: code, indicator, value })
        names.push(name)
      }
    }
  const day = text('asOfOn')
  if (!isDay(day)) problems.push({ name: null, message: explainProblem('not_a_day') })
  if (answer.source === '' || answer.source.length > 200)
    problems.push({ name: null, message: 'Anh/chị ghi nguồn số liệu, nhiều nhất 200 ký tự.' })
  return { answer: { ...answer, problems }, day, figures, names }
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
