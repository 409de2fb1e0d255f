import type Database from 'better-sqlite3'
import { db } from './client.server.ts'
import { type State, stateOf } from './state.server.ts'

type Kept<Value> = State & { values: Map<number | undefined, Value> }

/**
 * Makes `read` read once for each id until settings are written by this connection, or anything by another: for what
 * every request needs and few writes change. `read` asks tables of settings alone (`SETTINGS` of the state). All readers
 * share what is returned, so they change nothing in it; a list is frozen.
 */
export function untilWritten<Id extends [] | [number], Value>(read: (...id: Id) => Value): (...id: Id) => Value {
  const keptOf = new WeakMap<Database.Database, Kept<Value>>()
  return (...id) => {
    const state = stateOf(db.$client)
    let kept = keptOf.get(db.$client)
    if (!kept || !isSame(kept, state)) {
      kept = { ...state, values: new Map() }
      keptOf.set(db.$client, kept)
    }
    const known = kept.values.get(id[0])
    if (known !== undefined) return known
    const value = read(...id)
    if (Array.isArray(value)) Object.freeze(value)
    kept.values.set(id[0], value)
    return value
  }
}

const isSame = (one: State, other: State) =>
  one.version === other.version && one.writes === other.writes && one.rollbacks === other.rollbacks
