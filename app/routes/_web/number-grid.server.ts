import { readCount } from '#app/domain/count.ts'
import { cellName } from '#app/ui/number-grid.tsx'

/** One line that was typed; '' where the form has no such field. */
export function typedLine(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.normalize('NFC').trim() : ''
}

type Coded = { code: string }

/**
 * Reads the cells of a submitted grid: what was typed in each by its name, the cells that differ from `known`, and the
 * names of those that hold no number. A blank cell is null.
 */
export function readCells<Row extends Coded>(
  form: FormData,
  { rows, columns }: { rows: readonly Row[]; columns: readonly Coded[] },
  known: (row: Row, column: string) => number | null,
) {
  const typed: Record<string, string> = {}
  const changed: { name: string; row: string; column: string; value: number | null }[] = []
  const unreadable: string[] = []
  for (const row of rows)
    for (const { code: column } of columns) {
      const name = cellName(row.code, column)
      const text = typedLine(form, name)
      typed[name] = text
      const value = text === '' ? null : readCount(text)
      if (value === undefined) unreadable.push(name)
      else if (value !== known(row, column)) changed.push({ name, row: row.code, column, value })
    }
  return { typed, changed, unreadable }
}
