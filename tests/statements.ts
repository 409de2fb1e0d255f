import Database from 'better-sqlite3'

type Act = 'get' | 'all' | 'run' | 'iterate'
const ACTS: readonly Act[] = ['get', 'all', 'run', 'iterate']

/** What reads no table: by it a connection sees whether anything was written. */
const LOOK = 'pragma data_version'

/**
 * Counts every statement that connections opened from now on run, by its text. `restore` ends it; `take` returns what
 * ran since the last call.
 */
export function countStatements(): { take: () => Map<string, number>; restore: () => void } {
  let counts = new Map<string, number>()
  const { prepare } = Database.prototype
  Database.prototype.prepare = function (this: Database.Database, text: string) {
    const statement = prepare.call(this, text) as unknown as Record<Act, (...values: unknown[]) => unknown>
    for (const act of ACTS) {
      const own = statement[act].bind(statement)
      statement[act] = (...values) => {
        if (text !== LOOK) counts.set(text, (counts.get(text) ?? 0) + 1)
        return own(...values)
      }
    }
    return statement as never
  } as typeof prepare
  return {
    take() {
      const taken = counts
      counts = new Map()
      return taken
    },
    restore() {
      Database.prototype.prepare = prepare
    },
  }
}
