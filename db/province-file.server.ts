import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { opensNewestKey } from './keys.server.ts'
import { pendingOf, readMigrations, SchemaRefusal } from './schema-version.server.ts'

/** Why a file is of no use: no whole database, another version's, or sealed under another master key. */
export type Refusal = { kind: 'not_whole' | 'schema' | 'key'; message: string }

/** SQLite's words for a file that is no database, or a damaged one. */
const NOT_WHOLE = /^SQLITE_(NOTADB|CORRUPT)/

/** The refusal behind an error of opening or migrating `file`; undefined for an error of any other kind. */
export function refusalIn(error: unknown, file: string): Refusal | undefined {
  if (error instanceof SchemaRefusal) return { kind: 'schema', message: error.message }
  if (error instanceof Database.SqliteError && NOT_WHOLE.test(error.code))
    return { kind: 'not_whole', message: `${file} is no database, or a damaged one: put a backup in its place.` }
  return undefined
}

const wrongKey = (file: string): Refusal => ({
  kind: 'key',
  message: `MASTER_KEY is not the key that this database was founded with (${file}): start again with that one. It lies in the two sealed envelopes.`,
})

/** Refuses an open database whose keys do not open under the master key in use. */
export function refusalOfKey(client: Database.Database): Refusal | undefined {
  return opensNewestKey(client) ? undefined : wrongKey(client.name)
}

/**
 * Looks whether this version can work with a file under the master key in use; only reads it. Undefined: it can, or there
 * is no such file. Every command that works on a file which is not the open database asks this first.
 */
export function refusalOfFile(file: string, migrations: string): Refusal | undefined {
  if (!existsSync(file)) return undefined
  try {
    const client = new Database(file, { readonly: true })
    try {
      pendingOf(client, readMigrations(migrations))
      return refusalOfKey(client)
    } finally {
      client.close()
    }
  } catch (error) {
    const refusal = refusalIn(error, file)
    if (refusal) return refusal
    throw error
  }
}
