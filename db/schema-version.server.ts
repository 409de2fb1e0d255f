import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'

/** Where the migrations are, from the folder that the server and the commands start in. */
export const MIGRATIONS = 'db/migrations'

/** One file of the migrations folder; `hash` is SHA-256 of its text, `when` its place in the order (ms). */
export type Migration = { tag: string; statements: string[]; hash: string; when: number }

type Applied = { hash: string; when: number }

/** A database whose schema this version does not know; its message is a sentence for the operator. Nothing was changed. */
export class SchemaRefusal extends Error {}

/** Tables that others than the migrations make: SQLite, the migrations' own list, and the program that copies the file. */
const FOREIGN = `name not like 'sqlite\\_%' escape '\\' and name not like '\\_litestream\\_%' escape '\\'
  and name <> '__drizzle_migrations'`

/** The migrations in a folder, in the order in which they are applied. */
export function readMigrations(folder: string): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }
  return readMigrationFiles({ migrationsFolder: folder }).map(({ sql, hash, folderMillis }, n) => ({
    tag: journal.entries[n]?.tag ?? '',
    statements: sql,
    hash,
    when: folderMillis,
  }))
}

/**
 * The migrations that a database still needs; it is only read. Throws SchemaRefusal where it is no database of this
 * product, is newer than this version, or had another migration than the file of that name.
 */
export function pendingOf(client: Database.Database, migrations: readonly Migration[]): Migration[] {
  const applied = appliedTo(client)
  if (applied.length === 0) {
    const [table] = tablesOf(client)
    if (table !== undefined)
      throw new SchemaRefusal(`${client.name} is no database of this product: it has a table ${table} and no founding.`)
    return [...migrations]
  }
  const known = new Map(migrations.map(migration => [migration.when, migration]))
  const newest = migrations.at(-1)?.when ?? 0
  for (const [n, { hash, when }] of applied.entries()) {
    const own = known.get(when)
    if (own?.hash === hash) continue
    if (n === 0) throw new SchemaRefusal(foundedByAnother(client.name, migrations[0]?.tag ?? ''))
    if (own)
      throw new SchemaRefusal(
        `${client.name} had another migration ${own.tag} than this version has: start the version that applied it.`,
      )
    if (when > newest)
      throw new SchemaRefusal(
        `${client.name} is newer than this version: it had ${applied.length - n} migrations after ${migrations.at(-1)?.tag}. Start the newer version again.`,
      )
    throw new SchemaRefusal(
      `${client.name} had a migration that this version does not know: start the one that applied it.`,
    )
  }
  const last = applied.at(-1)?.when ?? 0
  const done = new Set(applied.map(({ when }) => when))
  const pending = migrations.filter(({ when }) => !done.has(when))
  const [skipped] = pending
  if (skipped && skipped.when < last)
    throw new SchemaRefusal(
      `${client.name} lacks migration ${skipped.tag} though it had a later one: start the version that applied that.`,
    )
  return pending
}

const foundedByAnother = (file: string, tag: string) =>
  `${file} was founded by another ${tag} than this version has, and cannot be brought to it: start the version that founded it.`

/** The newest migration that a database had: its number and its name; undefined: none that is known. */
export function schemaVersion(
  client: Database.Database,
  migrations: readonly Migration[],
): { number: number; name: string } | undefined {
  const applied = appliedTo(client)
  const when = applied.at(-1)?.when
  const number = migrations.findIndex(migration => migration.when === when)
  const found = migrations[number]
  return found && { number: Number.parseInt(found.tag, 10), name: found.tag }
}

/** Returns a table that the migrations created without STRICT; undefined: all are STRICT. */
export function looseTable(client: Database.Database): string | undefined {
  return tablesOf(client, 'and strict = 0')[0]
}

function tablesOf(client: Database.Database, further = ''): string[] {
  return client
    .prepare<[], string>(
      `select name from pragma_table_list where schema = 'main' and type = 'table' and ${FOREIGN} ${further} order by name`,
    )
    .pluck()
    .all()
}

/** Returns the migrations applied to a database, in order. */
function appliedTo(client: Database.Database): Applied[] {
  const has = client.prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'").get()
  if (!has) return []
  const rows = client
    .prepare<[], { hash: string; when: number | string }>(
      'select hash, created_at as "when" from __drizzle_migrations order by created_at',
    )
    .all()
  return rows.map(({ hash, when }) => ({ hash, when: Number(when) }))
}

/** When the newest migration of `folder` was written (ms), which names the schema of the code. */
export function newestMigration(folder: string): number | undefined {
  return readMigrations(folder).at(-1)?.when
}

/** Whether the newest migration that the open database has is the one written at `when` (ms). */
export function hasMigration(client: Database.Database, when: number | undefined): boolean {
  return appliedTo(client).at(-1)?.when === when
}
