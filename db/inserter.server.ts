import { getTableColumns, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { db, type FactTx, type NoFact, prepared } from './client.server.ts'

type Insert = { columns: [string, SQLiteColumn][]; text: string }
const inserts = new Map<SQLiteTable, Insert>()

/** The text of an insert does not depend on the connection: written once for each table. */
function insertOf(table: SQLiteTable): Insert {
  const known = inserts.get(table)
  if (known) return known
  const columns = Object.entries(getTableColumns(table))
  const placeholders = Object.fromEntries(columns.map(([field]) => [field, sql.placeholder(field)]))
  const { sql: text } = (db as FactTx)
    .insert(table)
    .values(placeholders as never)
    .toSQL()
  const insert = { columns, text }
  inserts.set(table, insert)
  return insert
}

/** A prepared insert into `table`, for hot paths and bulk; what a row leaves out gets its default, or null. */
export function inserterOf<Table extends SQLiteTable>(table: Table & NoFact<Table>): (row: Inserted<Table>) => void {
  return inserter<Table>(table)
}

/** Inserts one row into a fact table in the same way. */
export function insertFact<Table extends SQLiteTable>(_tx: FactTx, table: Table, row: Inserted<Table>) {
  inserter(table)(row)
}

type Inserted<Table extends SQLiteTable> = Table['$inferInsert']

function inserter<Table extends SQLiteTable>(table: Table) {
  const { columns, text } = insertOf(table)
  const statement = prepared(text)
  return (row: Record<string, unknown>) => {
    statement.run(
      columns.map(([field, column]) => {
        const value = row[field] ?? (row[field] === undefined ? column.default : null) ?? null
        return value === null ? null : column.mapToDriverValue(value)
      }),
    )
  }
}
