import type Database from 'better-sqlite3'

/**
 * Tables that every request reads and few writes change. A statement of this connection that writes and names one of
 * them counts as a write there; what another connection writes always counts.
 */
const SETTINGS =
  /\b(campaign|campaign_terms|campaign_indicator|campaign_goal|regulation|province|clock|locality|locality_belonging|unit|wrapped_key|portal_issuer)\b/

/** What changes with every write of settings that a connection can see: others', its own, and what it took back. */
export type State = { version: number; writes: number; rollbacks: number }

let writes = 0
let rollbacks = 0

/** Lets a compiled statement count as a write of settings each time it runs, where it is one; returns the statement. */
export function noteWrites<Compiled extends Database.Statement>(statement: Compiled, text: string): Compiled {
  if (statement.readonly || !SETTINGS.test(text)) return statement
  for (const act of ['run', 'get', 'all', 'iterate'] as const) {
    const own = statement[act].bind(statement) as (...values: unknown[]) => never
    statement[act] = (...values: unknown[]) => {
      writes += 1
      return own(...values)
    }
  }
  return statement
}

/** Notes that a transaction or savepoint was rolled back: its writes no longer hold. */
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
 * in during one such run may as well have come after it. Its own writes are seen immediately.
 */
export function stateOf(client: Database.Database): State {
  if (seen?.client !== client) {
    seen = { client, version: Number(client.prepare('pragma data_version').pluck().get()) }
    queueMicrotask(lookAgainAtState)
  }
  return { version: seen.version, writes, rollbacks }
}
