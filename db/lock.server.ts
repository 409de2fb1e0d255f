import Database from 'better-sqlite3'
import { isBusy } from './client.server.ts'

/**
 * Takes what only one process, and in it one thread, may hold at a time, named by a file; returns how to let go of it,
 * or undefined where somebody else holds it. The operating system lets go of it when the holder dies, however it does.
 */
export function tryHold(file: string): (() => void) | undefined {
  const client = new Database(file, { timeout: 0 })
  try {
    client.exec('begin exclusive')
    return () => client.close()
  } catch (error) {
    client.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** The lock that the one worker of a database holds. Its time of change is the worker's last sign of life. */
export const workerLock = (databaseFile: string) => `${databaseFile}.worker`
