import { type AnySQLiteColumn, integer } from 'drizzle-orm/sqlite-core'

/** A column that names a row of another table by its id, never null. */
export const ref = (id: () => AnySQLiteColumn) => integer().notNull().references(id)
