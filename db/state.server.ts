import type Database from 'better-sqlite3'

/** What changes with every write that a connection can see: others' writes, its own, and what it took back. */
export type State = { version: number; changes: number; rollbacks: number }

let rollbacks = 0

/** Notes that a transaction or savepoint was rolled back: SQLite's count of changes does not go back with it. */
export function noteUndone() {
  rollbacks += 1
}

/** The version of other connections' writes that this run of code has seen; undefined: it has not looked yet. */
let seen: { client: Database.Database; version: number } | undefined

/** Lets the next look see what others wrote meanwhile; for the begin and end of a transaction. */
export function lookAgainAtState() {
  seen = undefined
}

/**
 * The state that a connection sees. Others' writes are looked at once until the code gives way to other code: what comes
 * in during one run of it may as well have come after it. Its own writes are seen immediately.
 */
export function stateOf(client: Database.Database): State {
  if (seen?.client !== client) {
    seen = { client, version: Number(client.prepare('pragma data_version').pluck().get()) }
    queueMicrotask(lookAgainAtState)
  }
  const changes = Number(client.prepare('select total_changes()').pluck().get())
  return { version: seen.version, changes, rollbacks }
}
