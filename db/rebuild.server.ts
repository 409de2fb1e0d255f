import type Database from 'better-sqlite3'

/**
 * A statement of a migration that rebuilds a table: this line, then lines `-- column: SQL` for columns that are not
 * copied as they were, then `CREATE TABLE` as the table shall be.
 */
const MARK = /^\s*-- rebuild\s*$/m
const VALUE = /^-- (\w+): (.+)$/gm
const HEAD = /create\s+table\s+[`"]?(\w+)[`"]?/i

/** Whether a statement of a migration asks for a table to be rebuilt. */
export function isRebuild(statement: string): boolean {
  return MARK.test(statement)
}

/** The table that such a statement rebuilds. */
export function rebuiltTable(statement: string): string {
  const name = HEAD.exec(statement)?.[1]
  if (name === undefined) throw new Error('a rebuild holds no CREATE TABLE')
  return name
}

/**
 * Gives a table another definition, which SQLite's ALTER TABLE cannot, by its procedure of twelve steps: the rows go to a
 * table made beside it, which takes its name. Indexes, triggers, references from other tables, the highest number given
 * and the full text over it stay. Columns that both have are copied; a new one gets its SQL, else its default.
 *
 * Runs in the caller's transaction, with foreign keys off; the caller looks at references afterwards. Throws SQLite's
 * error where a row does not fit or an index or trigger names a column that is gone (drop that one before).
 */
export function rebuildTable(client: Database.Database, statement: string) {
  if (client.pragma('foreign_keys', { simple: true }) === 1 || !client.inTransaction)
    throw new Error('a table is rebuilt in a transaction with foreign keys off')
  const name = rebuiltTable(statement)
  const beside = `${name}__rebuilt`
  const kept = client
    .prepare<[string], string>(
      "select sql from sqlite_schema where tbl_name = ? and type in ('index', 'trigger') and sql is not null",
    )
    .pluck()
    .all(name)
  const given = highestGiven(client, name)
  client.exec(unqualified(statement, name).replace(HEAD, `CREATE TABLE \`${beside}\``))
  const { into, from } = copiedColumns(client, { name, beside, statement })
  client.prepare(`insert into \`${beside}\` (${into}) select ${from} from \`${name}\``).run()
  client.prepare(`drop table \`${name}\``).run()
  // else SQLite looks through triggers and views that name the table, which is away for this moment
  client.pragma('legacy_alter_table = ON')
  try {
    client.prepare(`alter table \`${beside}\` rename to \`${name}\``).run()
  } finally {
    client.pragma('legacy_alter_table = OFF')
  }
  if (given !== undefined) keepHighestGiven(client, name, given)
  for (const sql of kept) client.exec(sql)
  for (const text of fullTexts(client, name))
    client.prepare(`insert into \`${text}\` (\`${text}\`) values ('rebuild')`).run()
}

/** A CHECK names its columns with their table, as drizzle writes it; the table has another name while it is made. */
function unqualified(statement: string, name: string): string {
  return statement.replaceAll(new RegExp(`(["\`])${name}\\1\\.`, 'g'), '')
}

type Column = { name: string; type: string; pk: number; hidden: number }
const columnsOf = (client: Database.Database, table: string) =>
  (client.pragma(`table_xinfo(\`${table}\`)`) as Column[]).filter(({ hidden }) => hidden === 0)

function copiedColumns(
  client: Database.Database,
  { name, beside, statement }: { name: string; beside: string; statement: string },
) {
  const old = columnsOf(client, name)
  const values = new Map([...statement.matchAll(VALUE)].map(([, column, sql]) => [column, sql]))
  const copied = columnsOf(client, beside).flatMap(column => {
    const value =
      values.get(column.name) ?? (old.some(({ name }) => name === column.name) ? `\`${column.name}\`` : null)
    return value === null ? [] : [{ into: `\`${column.name}\``, from: value }]
  })
  // rows that have no number of their own keep SQLite's, by which a full text finds them
  if (hasRowid(client, name) && hasRowid(client, beside) && !hasNumber(old))
    copied.unshift({ into: 'rowid', from: 'rowid' })
  return { into: copied.map(({ into }) => into).join(', '), from: copied.map(({ from }) => from).join(', ') }
}

const hasNumber = (columns: readonly Column[]) => {
  const keys = columns.filter(({ pk }) => pk > 0)
  return keys.length === 1 && keys[0]?.type.toUpperCase() === 'INTEGER'
}

const hasRowid = (client: Database.Database, table: string) =>
  client.prepare("select wr from pragma_table_list where schema = 'main' and name = ?").pluck().get(table) === 0

/** The highest number that AUTOINCREMENT gave, of a row that may be gone; undefined where the table has none. */
function highestGiven(client: Database.Database, name: string): number | undefined {
  if (!client.prepare("select 1 from sqlite_schema where name = 'sqlite_sequence'").get()) return undefined
  return client.prepare<[string], number>('select seq from sqlite_sequence where name = ?').pluck().get(name)
}

/** Numbers go on from `given`, though the row that had it is gone, and where no row is left. */
function keepHighestGiven(client: Database.Database, name: string, given: number) {
  const { changes } = client.prepare('update sqlite_sequence set seq = ? where name = ?').run(given, name)
  if (changes === 0) client.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(name, given)
}

/** Full-text tables that index this table. */
function fullTexts(client: Database.Database, name: string): string[] {
  const tables = client
    .prepare<[], { name: string; sql: string }>(
      "select name, sql from sqlite_schema where type = 'table' and sql like 'create virtual table%using fts5%'",
    )
    .all()
  return tables
    .filter(({ sql }) => new RegExp(`content\\s*=\\s*['"]?${name}['"]?\\s*[,)]`, 'i').test(sql))
    .map(row => row.name)
}
