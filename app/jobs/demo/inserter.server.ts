import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { db, prepared } from '#db/client.server.ts'

/** A prepared insert into `table`, for tens of thousands of rows; what a row leaves out gets its default, or null. */
export function inserterOf<Table extends SQLiteTable>(table: Table): (row: Table['$inferInsert']) => void {
  const columns = Object.entries(getTableColumns(table))
  const placeholders = Object.fromEntries(columns.map(([field]) => [field, sql.placeholder(field)]))
  const statement = prepared(
    db
      .insert(table)
      .values(placeholders as never)
      .toSQL().sql,
  )
  return (row: Record<string, unknown>) => {
    statement.run(
      columns.map(([field, column]) => {
        const value = row[field] ?? (row[field] === undefined ? column.default : null) ?? null
        return value === null ? null : column.mapToDriverValue(value)
      }),
    )
  }
}
