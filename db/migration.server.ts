import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { closeDatabase, db, openDatabase, openUnchanged } from './client.server.ts'
import { unwatchFacts, watchFacts } from './fact-hash.server.ts'
import { tryHold } from './lock.server.ts'
import { isRebuild, rebuildTable } from './rebuild.server.ts'
import { looseTable, type Migration, pendingOf, readMigrations } from './schema-version.server.ts'

/** Another process that migrates is waited for so long: it may be copying the whole database first. */
const WAIT_MS = 15 * 60_000
const LOOK_MS = 100

/** A migration that did not work; the database is as it was. The message names it and what is wrong. */
export class MigrationFailure extends Error {
  constructor(tag: string, where: 'a copy of the database' | 'the database', reason: string) {
    super(
      `Migration ${tag} failed on ${where} (${reason}). The database is as it was: start the version before, or bring one whose migration works.`,
    )
  }
}

/**
 * `told` receives the duration of each migration of the database itself. `isCopy`: it is a copy already, so none is
 * made.
 */
type Options = { told?: (tag: string, seconds: number) => void; isCopy?: boolean }

/**
 * Brings the open database to the newest schema; `folder` holds the migrations. One that has data is copied first, while
 * others go on writing, and only where all goes well on the copy and it is whole afterwards, the database itself is
 * migrated, in one transaction. Of processes that start at once one migrates, the others wait for it. Throws
 * MigrationFailure or SchemaRefusal.
 */
export function migrateDatabase(folder: string, { told, isCopy = false }: Options = {}) {
  const migrations = readMigrations(folder)
  const client = db.$client
  const found = pendingOf(client, migrations)
  if (found.length === 0) return
  const usual = client.pragma('busy_timeout', { simple: true })
  client.pragma(`busy_timeout = ${WAIT_MS}`)
  // a rebuilt table is dropped meanwhile, so references are checked at the end instead
  client.pragma('foreign_keys = OFF')
  const isRehearsed = !isCopy && found.length < migrations.length
  const letGo = isRehearsed ? waitForTurn(`${client.name}.upgrade`) : undefined
  try {
    if (letGo) {
      const pending = pendingOf(client, migrations)
      if (pending.length > 0) rehearse(client.name, pending)
    }
    unwatchFacts(client)
    client.transaction(() => apply(client, pendingOf(client, migrations), 'the database', told)).immediate()
  } finally {
    letGo?.()
    watchFacts(client)
    client.pragma('foreign_keys = ON')
    client.pragma(`busy_timeout = ${usual}`)
  }
}

/**
 * Makes a file the process's `db` for reading, such as a backup, and leaves it as it is. Where an older version wrote it,
 * a copy beside it is brought to this version instead. Returns how to close it. Throws MigrationFailure or SchemaRefusal.
 */
export function openToRead(file: string, folder: string): () => void {
  openUnchanged(file)
  if (pendingOf(db.$client, readMigrations(folder)).length === 0) return closeDatabase
  closeDatabase()
  const copy = `${file}.looking`
  removeWith(copy)
  copyFileSync(file, copy)
  chmodSync(copy, 0o600)
  const close = () => {
    closeDatabase()
    removeWith(copy)
  }
  try {
    openDatabase(copy)
    migrateDatabase(folder, { isCopy: true })
    return close
  } catch (error) {
    close()
    throw error
  }
}

/** Removes a database file and what SQLite keeps beside it. */
function removeWith(file: string) {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
}

/** Waits until no other process migrates; returns how to let the next one go on. */
function waitForTurn(file: string): () => void {
  const until = Date.now() + WAIT_MS
  for (;;) {
    const letGo = tryHold(file)
    if (letGo) return letGo
    if (Date.now() > until) throw new Error(`another process has been migrating for ${WAIT_MS / 60_000} minutes`)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS)
  }
}

/** Migrates a copy beside the database, and looks through it; others may go on writing to the database. */
function rehearse(file: string, pending: readonly Migration[]) {
  const copy = `${file}.migrating`
  removeWith(copy)
  try {
    const reader = new Database(file, { readonly: true })
    try {
      reader.prepare('vacuum into ?').run(copy)
    } finally {
      reader.close()
    }
    const rehearsed = new Database(copy)
    try {
      rehearsed.pragma('foreign_keys = OFF')
      rehearsed.transaction(() => apply(rehearsed, pending, 'a copy of the database'))()
      const last = pending.at(-1)?.tag ?? ''
      const state = rehearsed.pragma('integrity_check', { simple: true })
      if (state !== 'ok') throw new MigrationFailure(last, 'a copy of the database', String(state))
    } finally {
      rehearsed.close()
    }
  } finally {
    removeWith(copy)
  }
}

/** Runs the migrations inside the caller's transaction, and looks at what a rebuilt table easily loses. */
function apply(
  client: Database.Database,
  pending: readonly Migration[],
  where: 'a copy of the database' | 'the database',
  told?: (tag: string, seconds: number) => void,
) {
  client.exec(
    'create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at numeric)',
  )
  const note = client.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
  for (const { tag, statements, hash, when } of pending) {
    const start = performance.now()
    try {
      for (const statement of statements) {
        if (isRebuild(statement)) rebuildTable(client, statement)
        else client.exec(statement)
      }
      note.run(hash, when)
    } catch (error) {
      throw new MigrationFailure(tag, where, error instanceof Error ? error.message : String(error))
    }
    const [broken] = client.pragma('foreign_key_check') as { table: string; parent: string }[]
    if (broken)
      throw new MigrationFailure(tag, where, `${broken.table} refers to rows that ${broken.parent} does not have`)
    const loose = looseTable(client)
    if (loose !== undefined) throw new MigrationFailure(tag, where, `table ${loose} is not STRICT`)
    told?.(tag, (performance.now() - start) / 1000)
  }
}
