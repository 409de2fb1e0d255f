import { wholeLetters } from '#app/domain/letters.ts'

type Cell = string | number | boolean | null

/**
 * A table as CSV (UTF-8 with its mark, RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe
 * before it.
 */
export function writeCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => cells.map(csvCell).join(',')
  return `\ufeff${[header, ...rows].map(line).join('\r\n')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const whole = wholeLetters(cell)
  const text = /^[=+\-@\t\r]/.test(whole) ? `'${whole}` : whole
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows of nested records as a table: `targets.eid_activated.total`; the columns are those of the first row that has them. */
export function flatTable(rows: readonly Record<string, unknown>[]): { header: string[]; rows: Cell[][] } {
  const flat = rows.map(row => flatten(row))
  const header = [...new Set(flat.flatMap(row => [...row.keys()]))]
  return { header, rows: flat.map(row => header.map(name => row.get(name) ?? null)) }
}

function flatten(value: Record<string, unknown>, before = ''): Map<string, Cell> {
  return new Map(
    Object.entries(value).flatMap(([name, cell]): [string, Cell][] =>
      typeof cell === 'object' && cell !== null
        ? [...flatten(cell as Record<string, unknown>, `${before}${name}.`)]
        : [[`${before}${name}`, cell as Cell]],
    ),
  )
}
