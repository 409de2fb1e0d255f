import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { SQLiteDeleteBase, SQLiteInsertBuilder, SQLiteTable, SQLiteUpdateBuilder } from 'drizzle-orm/sqlite-core'
import { forgetFacts, hasUntold, watchFacts } from './fact-hash.server.ts'
import type { FACT_TABLES } from './fact-tables.ts'
import * as schema from './schema.ts'
import { lookAgainAtState, noteUndone, noteWrites } from './state.server.ts'

type Drizzle = BetterSQLite3Database<typeof schema>
type Writes = Pick<Drizzle, 'insert' | 'update' | 'delete'>

/** Keeps fact tables out of a write without a `FactTx`: they lack this property. */
export type NoFact<Table extends SQLiteTable> = Table['_']['name'] extends (typeof FACT_TABLES)[number]
  ? { readonly 'is a fact table, which only a FactTx writes': never }
  : unknown

/** The connection; it writes no fact table. */
type Db = Omit<Drizzle, keyof Writes> & {
  $client: Database.Database
  insert<Table extends SQLiteTable>(
    table: Table & NoFact<Table>,
  ): SQLiteInsertBuilder<Table, 'sync', Database.RunResult>
  update<Table extends SQLiteTable>(
    table: Table & NoFact<Table>,
  ): SQLiteUpdateBuilder<Table, 'sync', Database.RunResult>
  delete<Table extends SQLiteTable>(table: Table & NoFact<Table>): SQLiteDeleteBase<Table, 'sync', Database.RunResult>
}

declare const WRITING: unique symbol
/** The argument of a write: the same connection, inside one immediate transaction. Only `transact` hands it out. */
export type Tx = Db & { readonly [WRITING]: true }

declare const JUDGING: unique symbol
/** A transaction that may write facts. Only the judging room hands it out, which moves what rests on them. */
export type FactTx = Tx &
  Writes & {
    readonly [JUDGING]: true
    /** A prepared statement that writes a fact table; `tests/fact-writes.test.ts` finds any other. */
    write(text: string): Statement
  }

/** The process's one connection; set by `openDatabase`. */
export let db: Db

/** How long a statement waits for another connection's lock (ms): short, because the whole process waits with it. */
const WAIT_MS = 100
/** The same for a write whose caller polls itself. SQLite's later polls are 10 to 25 ms apart. */
const BRIEF_MS = 3

/** The log file is truncated to this size (bytes) when it restarts; a checkpoint comes at about 40 MB. */
const LOG_BYTES = 64 * 1024 * 1024

/** Compiled statements that a connection keeps; lists of ids make texts without end. */
const MOST_STATEMENTS = 2000

/**
 * Opens (and where needed creates) the database file and makes it this process's `db`.
 * `synchronous=FULL` is set explicitly: this build's default under WAL is NORMAL, which loses acknowledged rows in a
 * power cut. Waiting for locks is short because it blocks the event loop; writers wait for their turn asynchronously.
 */
export function openDatabase(file: string): Db {
  if (file !== ':memory:' && !existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true })
  const client = new Database(file)
  useLog(client)
  return use(client)
}

const LOG_TRIES = 500
const LOG_WAIT_MS = 20

/**
 * Turns on the write-ahead log. A database keeps this setting, but a restored backup lacks it. If two processes do
 * this at once, SQLite lets neither wait, so it is tried again; no request is served yet.
 */
function useLog(client: Database.Database) {
  for (let tries = 1; ; tries++) {
    try {
      client.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || tries === LOG_TRIES) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOG_WAIT_MS)
    }
  }
}

/** Opens a file that must stay as it is, such as a backup, and makes it this process's `db`. */
export function openUnchanged(file: string): Db {
  return use(new Database(file, { readonly: true, fileMustExist: true }))
}

function use(client: Database.Database): Db {
  keepStatements(client)
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  client.pragma(`busy_timeout = ${WAIT_MS}`)
  client.pragma('wal_autocheckpoint = 10000')
  client.pragma(`journal_size_limit = ${LOG_BYTES}`)
  client.pragma('cache_size = -65536')
  watchFacts(client)
  db = Object.assign(drizzle(client, { schema, casing: 'snake_case' }), { write: prepared }) as Db
  return db
}

/**
 * Compiles each text once: drizzle prepares every query again, which costs more than running most of them. `pluck` and
 * `raw` return a separate statement, so that they change nothing for other readers of the same text.
 */
function keepStatements(client: Database.Database) {
  const statements = new Map<string, Database.Statement>()
  const prepare = client.prepare.bind(client) as (text: string) => Database.Statement
  const compile = (text: string) => noteWrites(prepare(text), text)
  client.prepare = ((text: string) => {
    let statement = statements.get(text)
    if (!statement) {
      if (statements.size >= MOST_STATEMENTS) statements.clear()
      statement = compile(text)
      let plucked: Database.Statement | undefined
      let raw: Database.Statement | undefined
      statement.pluck = () => (plucked ??= compile(text).pluck())
      statement.raw = () => (raw ??= compile(text).raw())
      statements.set(text, statement)
    }
    return statement
  }) as typeof client.prepare
}

const SHORTEN_TRIES = 20
const SHORTEN_WAIT_MS = 50

/**
 * Copies the write-ahead log of a database into its file and empties it, so that the file alone contains everything.
 * Writers are blocked for the last few pages only. Returns false if another connection keeps reading an older state,
 * as Litestream does. Its checkpoints then limit the log's size.
 */
export function shortenLog(file: string): boolean {
  const client = new Database(file, { fileMustExist: true, timeout: 0 })
  try {
    for (let tries = 1; tries <= SHORTEN_TRIES; tries++) {
      client.pragma('wal_checkpoint(PASSIVE)')
      const [state] = client.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      if (state?.busy === 0) return true
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SHORTEN_WAIT_MS)
    }
    return false
  } catch (error) {
    if (!faultOf(error)) throw error
    return false
  } finally {
    client.close()
  }
}

export function closeDatabase() {
  db?.$client.close()
}

/**
 * Lets SQLite update its statistics for tables that changed, so that it picks the right index; takes milliseconds. If
 * the storage accepts no write now, the plans stay as they are.
 *
 * Deletes the samples of values that an `analyze` without a limit leaves behind. With samples, SQLite compiles a
 * statement again for each new value, which takes longer than running most statements.
 */
export function refreshPlans() {
  const client = db.$client
  try {
    client.pragma('analysis_limit = 400')
    // the first look at all makes the table that `optimize` reads, and ends there
    if (hasTable('sqlite_stat1')) client.pragma('optimize = 0x10002')
    else client.exec('analyze')
    if (hasTable('sqlite_stat4') && prepared('select 1 from sqlite_stat4').get())
      client.exec('delete from sqlite_stat4; analyze sqlite_schema')
  } catch (error) {
    if (!faultOf(error)) throw error
  }
}

const hasTable = (name: string) => prepared('select 1 from sqlite_schema where name = ?').get(name) !== undefined

const looksAgain = new AsyncLocalStorage<true>()

/**
 * Runs `work`, whose writes give up after 3 ms if another write is running. For callers that wait without blocking and
 * try again: SQLite's own waiting would block all requests.
 */
export function lookingAgain<T>(work: () => T): T {
  return looksAgain.run(true, work)
}

/** How long a transaction held the one writer (ms): from its begin to the end of its commit, and the commit alone. */
export type Hold = { ms: number; commitMs: number }

let noteHold: (hold: Hold) => void = () => undefined

/** Tells `listener` how long each transaction from now on holds the one writer. */
export function whenHeld(listener: (hold: Hold) => void) {
  noteHold = listener
}

let tellFacts: (tx: Tx) => void = () => undefined

/** Calls `teller` at the end of each transaction that wrote covered facts after its last event, or without one. */
export function whenUntold(teller: (tx: Tx) => void) {
  tellFacts = teller
}

let onRollback: () => void = () => undefined

/** Calls `listener` after a transaction or savepoint was rolled back: what was remembered from it is no longer true. */
export function whenRolledBack(listener: () => void) {
  onRollback = listener
}

function noteRollback(client: Database.Database) {
  noteUndone()
  forgetFacts(client)
  onRollback()
}

/** Runs `work` in a savepoint of the present transaction; a throw undoes only what it wrote. */
export function attempt<T>(work: () => T): T {
  const client = db.$client
  if (hasUntold(client)) tellFacts(db as Tx)
  try {
    return client.transaction(work)()
  } catch (error) {
    noteRollback(client)
    throw error
  }
}

/**
 * Checks the writer's rights at the beginning of each transaction: throws if they no longer hold, so that nothing is
 * written. No store: the write has no signed-in account.
 */
export const heldRights = new AsyncLocalStorage<() => void>()

/**
 * Runs `work` in one immediate transaction, nested calls joining the outer one. `work` is synchronous: an async one
 * would write after the commit, so a promise is refused and everything it wrote before its first await rolled back.
 */
export function transact<T>(work: (tx: Tx) => T): T {
  const client = db.$client
  const tx = db as Tx
  if (client.inTransaction) return work(tx)
  const isBrief = looksAgain.getStore() === true
  let begunAt: number | undefined
  let doneAt: number | undefined
  const write = client.transaction(() => {
    lookAgainAtState()
    begunAt = performance.now()
    heldRights.getStore()?.()
    const result = work(tx)
    if (result instanceof Promise) throw new TypeError('a transaction is synchronous')
    if (hasUntold(client)) tellFacts(tx)
    doneAt = performance.now()
    return result
  })
  if (isBrief) client.pragma(`busy_timeout = ${BRIEF_MS}`)
  try {
    return write.immediate()
  } catch (error) {
    noteRollback(client)
    throw error
  } finally {
    if (isBrief) client.pragma(`busy_timeout = ${WAIT_MS}`)
    const endedAt = performance.now()
    if (begunAt !== undefined) noteHold({ ms: endedAt - begunAt, commitMs: endedAt - (doneAt ?? endedAt) })
  }
}

/**
 * Runs `write`, whose commit does not wait until the disk has it; the next commit of anybody else does. For steps of a
 * long job alone: after a power cut the last ones are missing whole, and the job goes on from where it was.
 */
export function leavingSync<T>(write: () => T): T {
  const client = db.$client
  if (client.inTransaction) return write()
  client.pragma('synchronous = NORMAL')
  try {
    return write()
  } finally {
    client.pragma('synchronous = FULL')
  }
}

/**
 * Runs `write` in a transaction that is rolled back, if the writer is free now. Only for a server that does not listen
 * yet: for as long as it takes, everything else on this connection would be rolled back with it.
 */
export async function rehearsingWrite(write: () => Promise<void>): Promise<void> {
  const client = db.$client
  client.pragma(`busy_timeout = ${BRIEF_MS}`)
  try {
    client.exec('begin immediate')
    lookAgainAtState()
  } catch (error) {
    if (isBusy(error)) return
    throw error
  } finally {
    client.pragma(`busy_timeout = ${WAIT_MS}`)
  }
  try {
    await write()
  } finally {
    if (client.inTransaction) client.exec('rollback')
    noteRollback(client)
  }
}

/** Runs `read` on one state of the database, regardless of other writes; blocks no other connection. */
export function snapshot<T>(read: () => T): T {
  if (db.$client.inTransaction) return read()
  lookAgainAtState()
  try {
    return db.$client.transaction(read).deferred()
  } finally {
    lookAgainAtState()
  }
}

/** Another number than before where another connection has written in between. */
export function dataVersion(): number {
  return db.$client.pragma('data_version', { simple: true }) as number
}

/** Returns a mark of the database's state. Equal marks: no write came in between, on this connection or another. */
export function stateMark(): string {
  return `${dataVersion()} ${prepared('select total_changes()').pluck().get()}`
}

/** Pages of log that a process which leaves checkpoints to the worker lets gather (200 MB): there may be no worker. */
const MOST_LOG_PAGES = 50_000

/** Leaves checkpoints to another connection: a commit with a checkpoint takes a tenth of a second. */
export function leaveCheckpoints() {
  db.$client.pragma(`wal_autocheckpoint = ${MOST_LOG_PAGES}`)
}

/**
 * Carries what the log holds into the database, as far as readers allow; holds no writer up. Where the disk takes
 * nothing now, the next call does it.
 */
export function checkpoint() {
  try {
    db.$client.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    if (!faultOf(error)) throw error
  }
}

/** A statement whose rows have the type `Row`. After `pluck` a row is its first column's value, after `raw` a tuple. */
export interface Statement<Row = unknown> extends Database.Statement<unknown[], Row> {
  /** Returns the first row; throws if there is none, for statements that always have one. */
  one(...params: unknown[]): Row
}

/** A prepared statement of this connection: for hot paths and for SQL that drizzle cannot say. */
export function prepared<Row = unknown>(text: string): Statement<Row> {
  return db.$client.prepare(text) as Statement<Row>
}

/** The id of a table's next row, for rows whose id is needed before they are written. */
export function nextId(table: SQLiteTable): number {
  return prepared<number>(`select coalesce(max(id), 0) + 1 from ${getTableName(table)}`)
    .pluck()
    .one()
}

/** Returns true if a write could begin now, because no other is running; does not wait. */
export function isWritable(): boolean {
  const client = db.$client
  if (client.inTransaction) return true
  client.pragma('busy_timeout = 0')
  try {
    client.exec('begin immediate; rollback')
    return true
  } catch (error) {
    // the write itself reports any other error
    return !isBusy(error)
  } finally {
    client.pragma(`busy_timeout = ${WAIT_MS}`)
  }
}

/**
 * Writes one page through to the disk without making the database larger or changing what it holds: a number in its
 * header that nothing reads becomes what it is. Returns the storage's fault; undefined: it was written.
 */
export function tryWrite(): StorageFault | undefined {
  const client = db.$client
  try {
    const own = client.pragma('user_version', { simple: true })
    client.pragma(`user_version = ${Number(own)}`)
    return undefined
  } catch (error) {
    return faultOf(error) ?? 'failed'
  }
}

/**
 * Calls `make` once for each connection: for hot queries, because drizzle takes longer to build a query's text than
 * SQLite to run it. Values that differ between calls are a `sql.placeholder`.
 */
export function oncePerConnection<T>(make: () => T): () => T {
  const made = new WeakMap<Db, { value: T }>()
  return () => {
    const known = made.get(db) ?? { value: make() }
    made.set(db, known)
    return known.value
  }
}

/** Returns true for SQLite's busy errors: the same write may be tried again. */
export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Why the storage fails now: locked by another process, no space, read-only, or a disk error. */
export type StorageFault = 'busy' | 'full' | 'read_only' | 'failed'

/** The storage's fault behind an error, after which nothing was written; undefined for an error of any other kind. */
export function faultOf(error: unknown): StorageFault | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code)) return 'busy'
  if (error.code === 'SQLITE_FULL') return 'full'
  if (error.code.startsWith('SQLITE_READONLY')) return 'read_only'
  return /^SQLITE_(IOERR|CANTOPEN|PROTOCOL)/.test(error.code) ? 'failed' : undefined
}

/** What the current request has spent in the database: milliseconds, and statements run; shown by the Server-Timing header. */
export const databaseTime = new AsyncLocalStorage<{ ms: number; statements: number }>()

/** The driver offers no hook around a statement, so its three verbs are wrapped once, for every connection. */
const statementVerbs = Object.getPrototypeOf(new Database(':memory:').prepare('select 1')) as Record<string, unknown>
for (const method of ['run', 'get', 'all'] as const) {
  const original = statementVerbs[method] as (...args: unknown[]) => unknown
  statementVerbs[method] = function (this: unknown, ...args: unknown[]) {
    const meter = databaseTime.getStore()
    if (!meter) return original.apply(this, args)
    const start = performance.now()
    try {
      return original.apply(this, args)
    } finally {
      meter.ms += performance.now() - start
      meter.statements += 1
    }
  }
}
statementVerbs.one = function (this: Database.Statement, ...args: unknown[]) {
  const row = this.get(...args)
  if (row === undefined) throw new Error(`no row from: ${this.source}`)
  return row
}
