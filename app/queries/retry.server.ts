import { isBusy } from '#db/client.server.ts'

export { faultOf } from '#db/client.server.ts'

const WAITS_MS = [50, 100, 200, 400]

/**
 * Runs a write again, after a short wait that does not block others, while somebody else holds the database; after four
 * tries throws 503 with Retry-After. What it runs leaves nothing behind when it fails: it is one transaction.
 */
export async function retryBusy<T>(work: () => T | Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error)) throw error
      await new Promise(resolve => setTimeout(resolve, wait))
    }
  }
  throw new Response(null, { status: 503, statusText: 'Service Unavailable', headers: { 'Retry-After': '2' } })
}

const STAND_BACK_MS = 15

/**
 * Runs one write of a long job, waiting as long as somebody else holds the database, and then stands back a moment: who
 * waits for SQLite's lock looks only now and then, and would not get it between writes that follow at once. `write` may
 * run again after it failed: it leaves nothing behind, or is the same the second time.
 */
export async function inTurn(write: () => void): Promise<void> {
  for (;;) {
    try {
      write()
      return await standBack()
    } catch (error) {
      if (!isBusy(error)) throw error
      await standBack()
    }
  }
}

const standBack = () => new Promise<void>(resolve => setTimeout(resolve, STAND_BACK_MS))
