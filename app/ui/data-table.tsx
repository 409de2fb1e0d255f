import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export type Column<T> = {
  key: string
  header: string
  /** `end` for numbers. */
  align?: 'start' | 'end'
  cell: (row: T) => ReactNode
  /** The URL that sorts by this column, where it can be sorted. */
  sortTo?: string
  sorted?: 'ascending' | 'descending'
}

/**
 * Shows a table in its own scrolling frame. The first column names the row. `asCards` turns each row into a card on a
 * phone; otherwise it stays a table there and scrolls within the frame. `empty` replaces the table if there are no
 * rows.
 */
export function DataTable<T>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  asCards = false,
}: {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  empty: ReactNode
  asCards?: boolean
}) {
  if (rows.length === 0) return empty
  return (
    <section className={asCards ? 'frame frame-cards' : 'frame'} aria-label={caption} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" className={alignClass(column)} aria-sort={column.sorted}>
                <Header column={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)}>
              {columns.map((column, n) =>
                n === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={alignClass(column)} data-header={asCards ? column.header : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function alignClass({ align }: { align?: 'start' | 'end' }) {
  return align === 'end' ? 'end' : undefined
}

function Header<T>({ column: { header, sortTo, sorted } }: { column: Column<T> }) {
  if (sortTo === undefined) return header
  return (
    <Link to={sortTo} className="sort" discover="none">
      {header}
      {sorted === undefined ? null : <Icon name={sorted === 'ascending' ? 'up' : 'down'} />}
    </Link>
  )
}
