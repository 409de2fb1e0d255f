import Database from 'better-sqlite3'
import { isBusy } from './client.server.ts'

/**
 * Takes a lock, named by a file, that only one thread of one process may hold. Returns a function that releases it, or
 * undefined if it is already held. The operating system releases it when the holder dies, whatever the cause.
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
