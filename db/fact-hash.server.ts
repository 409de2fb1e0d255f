import { hash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { getTableColumns, getTableName, isTable } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { COVERED } from './covered-facts.ts'
import * as schema from './schema.ts'

/** A covered table: its key, the other covered columns, and the default that each column's absence means. */
export type CoveredTable = {
  name: string
  key: readonly string[]
  columns: readonly string[]
  defaults: readonly Value[]
  mayVanish: boolean
}
type Value = string | number | null

/** A fact that a transaction wrote: its text before and after; null: there was no row, or there is none any more. */
type Written = { before: string | null; after: string | null }

/** Hashes of facts by table and key, as an event keeps them: "before>after", empty where there is no row. */
export type FactHashes = Record<string, Record<string, string>>

/** 96 bits: enough that no other row of a fact can be found with the same hash. */
const HASH_LENGTH = 16

const casing = new CasingCache('snake_case')

/** Every covered table of the schema, in the order of `COVERED`. */
export const COVERED_TABLES: readonly CoveredTable[] = coveredTables()

function coveredTables(): CoveredTable[] {
  const tables = new Map(
    Object.values(schema).flatMap(table => (isTable(table) ? [[getTableName(table), table as SQLiteTable]] : [])) as [
      string,
      SQLiteTable,
    ][],
  )
  return Object.entries(COVERED).flatMap(([name, coverage]) => {
    const table = tables.get(name)
    if (!table || 'why' in coverage) return []
    const columns = getTableColumns(table)
    const covers: readonly string[] = coverage.covers
    const covered = covers.map(field => columns[field]).filter(column => column !== undefined)
    return [
      {
        name,
        key: keyOf(table),
        columns: covered.map(column => casing.getColumnCasing(column)),
        defaults: covered.map(column =>
          column.default === undefined ? null : (column.mapToDriverValue(column.default) as Value),
        ),
        mayVanish: 'mayVanish' in coverage,
      },
    ]
  })
}

function keyOf(table: SQLiteTable): string[] {
  const { columns, primaryKeys } = getTableConfig(table)
  const named = primaryKeys[0]?.columns ?? columns.filter(column => column.primary)
  return named.map(column => casing.getColumnCasing(column))
}

/** The key of a fact from a row of key and covered columns, as in an event. */
const keyIn = ({ key }: CoveredTable, row: readonly Value[]): string => row.slice(0, key.length).join(':')

/**
 * The text of a fact that is hashed: its table, its key, and each covered column that differs from its default. A
 * column that a later version adds therefore changes no hash of the rows before it.
 */
function textOf({ name, key, columns, defaults }: CoveredTable, row: readonly Value[]): string {
  const told: Value[] = [name]
  for (let n = 0; n < key.length; n += 1) told.push(row[n] ?? null)
  for (let n = 0; n < columns.length; n += 1) {
    const value = row[key.length + n] ?? null
    if (value !== null && value !== defaults[n]) told.push(columns[n] ?? '', value)
  }
  return JSON.stringify(told)
}

const hashOf = (text: string | null) => (text === null ? '' : hash('sha256', text, 'base64url').slice(0, HASH_LENGTH))

/** The key and the hash of one fact as it is stored; `row` is its key and its covered columns, in their order. */
export function factOf(table: CoveredTable, row: readonly Value[]): { key: string; hash: string } {
  return { key: keyIn(table, row), hash: hashOf(textOf(table, row)) }
}

/** Covered facts that a connection wrote and no event has told of yet. */
class Watch {
  readonly written = new Map<string, Map<string, Written>>()

  note(table: CoveredTable, isAfter: boolean, isGone: boolean, row: readonly Value[]) {
    const facts = this.written.get(table.name) ?? new Map<string, Written>()
    this.written.set(table.name, facts)
    const key = keyIn(table, row)
    const text = isGone ? null : textOf(table, row)
    const known = facts.get(key)
    if (isAfter) facts.set(key, { before: known?.before ?? null, after: text })
    // what stood before the first write of this row
    else if (!known) facts.set(key, { before: text, after: text })
  }
}

const watches = new WeakMap<Database.Database, Watch>()

const TRIGGERS = ['insert', 'update', 'delete'] as const
const triggerName = (table: string, act: string) => `covered_${table}_${act}`

/**
 * Notes from now on which covered facts this connection writes, whatever statement does it. The triggers are the
 * connection's own, so they see no write of another program. Does nothing while the schema is older than what is covered:
 * `migrateDatabase` calls again.
 */
export function watchFacts(client: Database.Database) {
  if (client.readonly || watches.has(client)) return
  if (!holdsCovered(client)) return
  const watch = new Watch()
  watches.set(client, watch)
  const byName = new Map(COVERED_TABLES.map(table => [table.name, table]))
  const noting =
    (isAfter: boolean, isGone: boolean) =>
    (name: unknown, ...row: unknown[]) => {
      const table = byName.get(name as string)
      if (table) watch.note(table, isAfter, isGone, row as Value[])
      return null
    }
  client.function('fact_before', { varargs: true }, noting(false, false))
  client.function('fact_after', { varargs: true }, noting(true, false))
  client.function('fact_gone', { varargs: true }, noting(true, true))
  for (const table of COVERED_TABLES) for (const text of triggersOf(table)) client.exec(text)
}

/** True where the schema has the seal of facts and every covered column. */
function holdsCovered(client: Database.Database): boolean {
  const rows = client
    .prepare(
      "select m.name || '.' || c.name from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table'",
    )
    .pluck()
    .all()
  const there = new Set(rows)
  const covered = COVERED_TABLES.flatMap(({ name, key, columns }) =>
    [...key, ...columns].map(column => `${name}.${column}`),
  )
  return rows.some(name => String(name).startsWith('fact_seal.')) && covered.every(name => there.has(name))
}

function triggersOf({ name, key, columns, mayVanish }: CoveredTable): string[] {
  const args = (row: 'old' | 'new') =>
    [`'${name}'`, ...[...key, ...columns].map(column => `${row}.${column}`)].join(', ')
  const before = `select fact_before(${args('old')});`
  const after = `select fact_after(${args('new')});`
  const gone = `select fact_gone('${name}', ${key.map(column => `old.${column}`).join(', ')});`
  const trigger = (act: (typeof TRIGGERS)[number], of: string, body: string) =>
    `create temp trigger ${triggerName(name, act)} after ${act}${of} on main.${name} begin ${body} end`
  return [
    trigger('insert', '', after),
    trigger('update', ` of ${[...key, ...columns].join(', ')}`, `${before} ${after}`),
    ...(mayVanish ? [] : [trigger('delete', '', `${before} ${gone}`)]),
  ]
}

/** Removes the triggers, such as before a migration rebuilds tables; `watchFacts` puts them back. */
export function unwatchFacts(client: Database.Database) {
  if (!watches.delete(client)) return
  const drops = COVERED_TABLES.flatMap(({ name }) =>
    TRIGGERS.map(act => `drop trigger if exists temp.${triggerName(name, act)}`),
  )
  client.exec(drops.join('; '))
}

/** Returns true while covered facts are written that no event tells of yet. */
export function hasUntold(client: Database.Database): boolean {
  return (watches.get(client)?.written.size ?? 0) > 0
}

/**
 * Returns the hashes of the covered facts that were written since the last call, as they are stored now, and forgets
 * them; null: none. The event that is being logged keeps them.
 */
export function takeFacts(client: Database.Database): FactHashes | null {
  const watch = watches.get(client)
  if (!watch || watch.written.size === 0) return null
  const taken: FactHashes = {}
  let isEmpty = true
  for (const [table, facts] of watch.written) {
    const hashes: Record<string, string> = {}
    for (const [key, { before, after }] of facts) {
      if (before === after) continue
      hashes[key] = `${hashOf(before)}>${hashOf(after)}`
      isEmpty = false
    }
    if (Object.keys(hashes).length > 0) taken[table] = hashes
  }
  watch.written.clear()
  return isEmpty ? null : taken
}

/** Forgets what was written since the last event: it was rolled back. */
export function forgetFacts(client: Database.Database) {
  watches.get(client)?.written.clear()
}
