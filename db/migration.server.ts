import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { db } from './client.server.ts'

/** Another process that migrates is waited for so long: it may be copying the whole database first. */
const WAIT_MS = 15 * 60_000

type Migration = { tag: string; statements: string[]; hash: string; when: number }

/** A migration that did not work on a copy; the database is as it was. The message names it and what is wrong. */
export class MigrationFailure extends Error {
  constructor(tag: string, reason: string) {
    super(
      `Migration ${tag} failed on a copy of the database (${reason}). The database is as it was: start the version before, or bring one whose migration works.`,
    )
  }
}

/**
 * Brings the open database to the newest schema; `folder` holds the migrations. One that has data is copied first, and
 * only where all goes well on the copy and it is whole afterwards, the database itself is migrated, in one transaction.
 * Of processes that start at once one migrates, while nobody writes. Throws MigrationFailure.
 */
export function migrateDatabase(folder: string) {
  const migrations = readMigrations(folder)
  const client = db.$client
  const usual = client.pragma('busy_timeout', { simple: true })
  client.pragma(`busy_timeout = ${WAIT_MS}`)
  // a table that is built anew is dropped meanwhile, so references are checked at the end instead
  client.pragma('foreign_keys = OFF')
  try {
    client
      .transaction(() => {
        const pending = pendingOf(client, migrations)
        if (pending.length === 0) return
        if (pending.length < migrations.length) rehearse(client, pending)
        apply(client, pending)
      })
      .immediate()
  } finally {
    client.pragma('foreign_keys = ON')
    client.pragma(`busy_timeout = ${usual}`)
  }
}

/** When the newest migration of `folder` was written (ms), which names the schema of the code. */
export function newestMigration(folder: string): number | undefined {
  return readMigrations(folder).at(-1)?.when
}

/** Whether the newest migration that the open database has is the one written at `when` (ms). */
export function hasMigration(when: number | undefined): boolean {
  const last = db.$client.prepare('select max(created_at) from __drizzle_migrations').pluck().get() as number | null
  return last !== null && Number(last) === when
}

function readMigrations(folder: string): Migration[] {
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

function pendingOf(client: Database.Database, migrations: readonly Migration[]): Migration[] {
  client.exec(
    'create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at numeric)',
  )
  const last = client.prepare('select max(created_at) from __drizzle_migrations').pluck().get() as number | null
  return migrations.filter(({ when }) => last === null || Number(last) < when)
}

/** Migrates a copy beside the database, which the caller holds against writing, and looks through it. */
function rehearse(client: Database.Database, pending: readonly Migration[]) {
  const copy = `${client.name}.migrating`
  const remove = () => {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true })
  }
  remove()
  try {
    const reader = new Database(client.name, { readonly: true })
    try {
      reader.prepare('vacuum into ?').run(copy)
    } finally {
      reader.close()
    }
    const rehearsed = new Database(copy)
    try {
      rehearsed.pragma('foreign_keys = OFF')
      rehearsed.transaction(() => apply(rehearsed, pending))()
      const last = pending.at(-1)?.tag ?? ''
      const state = rehearsed.pragma('integrity_check', { simple: true })
      if (state !== 'ok') throw new MigrationFailure(last, String(state))
    } finally {
      rehearsed.close()
    }
  } finally {
    remove()
  }
}

/** Runs the migrations inside the caller's transaction, and looks at what a rebuilt table easily loses. */
function apply(client: Database.Database, pending: readonly Migration[]) {
  const note = client.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
  for (const { tag, statements, hash, when } of pending) {
    try {
      for (const statement of statements) client.exec(statement)
      note.run(hash, when)
    } catch (error) {
      throw new MigrationFailure(tag, error instanceof Error ? error.message : String(error))
    }
    const [broken] = client.pragma('foreign_key_check') as { table: string; parent: string }[]
    if (broken) throw new MigrationFailure(tag, `${broken.table} refers to rows that ${broken.parent} does not have`)
    const loose = client
      .prepare(
        `select name from pragma_table_list
         where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite\\_%' escape '\\'
           and name <> '__drizzle_migrations'`,
      )
      .pluck()
      .get()
    if (loose !== undefined) throw new MigrationFailure(tag, `table ${String(loose)} is not STRICT`)
  }
}
