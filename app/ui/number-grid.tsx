import { Link } from '@remix-run/react'
import { capitalize } from '#app/text/board.ts'
import { formatNumber } from '#app/text/format.ts'

/** The name of a cell's field. */
export const cellName = (row: string, column: string) => `${row}:${column}`

/** `note` is printed below the field; null: nothing is. */
type Cell = { value: number | null; note: string | null }
type GridRow = {
  code: string
  name: string
  /** where its name leads; absent: nowhere */
  to?: string
}

/** A field for a number in each cell, a row a locality. A refused cell shows the reason below it, in place of its note. */
export function NumberGrid<Row extends GridRow>({
  label,
  caption,
  columns,
  rows,
  cellOf,
  typed = {},
  problemOf,
}: {
  label: string
  caption: string
  columns: readonly { code: string; head: string }[]
  rows: readonly Row[]
  cellOf: (row: Row, column: string) => Cell
  /** what was typed in a form that was refused, by the names of cells */
  typed?: Readonly<Record<string, string>>
  problemOf: (cell: string) => string | undefined
}) {
  return (
    <section className="frame" aria-label={label} tabIndex={0}>
      <table className="figure-grid">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Địa bàn</th>
            {columns.map(({ code, head }) => (
              <th key={code} scope="col" className="end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.code}>
              <th scope="row">
                {row.to === undefined ? capitalize(row.name) : <Link to={row.to}>{capitalize(row.name)}</Link>}
              </th>
              {columns.map(({ code, head }) => {
                const cell = cellName(row.code, code)
                const { value, note } = cellOf(row, code)
                const problem = problemOf(cell)
                return (
                  <td key={code} className="end">
                    <input
                      className="control"
                      name={cell}
                      inputMode="numeric"
                      autoComplete="off"
                      aria-label={`${head}, ${row.name}`}
                      aria-invalid={problem ? true : undefined}
                      aria-describedby={problem ? `${cell}-error` : undefined}
                      defaultValue={typed[cell] ?? (value === null ? '' : formatNumber(value))}
                    />
                    {problem ? (
                      <p id={`${cell}-error`} className="error">
                        {problem}
                      </p>
                    ) : note === null ? null : (
                      <span className="small block">{note}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
