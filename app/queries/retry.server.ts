import { busy } from '#app/domain/refusal.ts'
import { dataVersion, isBusy, isWritable, lookingAgain } from '#db/client.server.ts'

export { faultOf } from '#db/client.server.ts'

/** How long a write waits for its turn, and how often it polls (ms). */
const PATIENCE_MS = 1500
const LOOK_MS = 2

/**
 * Runs a write once the database is free, and again if another write came first; after 1.5 s throws `busy`,
 * to be tried again after 2 s. It waits without blocking: SQLite's own waiting would stop every request of the process. `work` must
 * leave nothing behind when it fails: it is one transaction.
 */
export async function retryBusy<T>(work: () => T | Promise<T>): Promise<T> {
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS; ) {
    looking ??= look().finally(() => {
      looking = undefined
    })
    if (!(await looking)) continue
    try {
      return await lookingAgain(work)
    } catch (error) {
      if (!isBusy(error)) throw error
    }
  }
  throw busy(2)
}

/** All that wait in this process wait for the same look: many would hold each other up. */
let looking: Promise<boolean> | undefined

/** Waits until the database is free; false after 1.5 s. */
async function look(): Promise<boolean> {
  for (const start = performance.now(); !isWritable(); await pause(LOOK_MS))
    if (performance.now() - start > PATIENCE_MS) return false
  return true
}

/**
 * Runs `write` as soon as the database is free, for writes that wait themselves; other requests are answered
 * meanwhile. Throws SQLITE_BUSY after 1.5 s.
 */
export async function onceFree<T>(write: () => T): Promise<T> {
  for (const start = performance.now(); ; ) {
    try {
      return lookingAgain(write)
    } catch (error) {
      if (!isBusy(error) || performance.now() - start > PATIENCE_MS) throw error
      await pause(LOOK_MS)
    }
  }
}

/**
 * Pauses of a long job after each write (ms). The long one lasts several polls of waiting writers, which would miss a
 * shorter one. The brief one applies if no other write came since its last pause. A writer may still wait then, but no
 * longer than until the next pause.
 */
const STAND_BACK_MS = 6
const BRIEF_STAND_BACK_MS = 3

/**
 * Runs one write of a long job, waiting until the database is free, and then pauses. Waiting writers poll for the
 * lock, and would not get a turn between writes that follow at once. `freeMs`: how long the caller itself leaves the
 * writer free next (ms), such as by planning; the pause is that much shorter while nobody else writes. `write` may run
 * again after a failure, so it must leave nothing behind, or give the same the second time.
 */
export async function inTurn(write: () => void, freeMs = 0): Promise<void> {
  for (;;) {
    try {
      lookingAgain(write)
      return await standBack(freeMs)
    } catch (error) {
      if (!isBusy(error)) throw error
      await pause(STAND_BACK_MS)
    }
  }
}

const pause = (ms: number) =>
  new Promise<void>(resolve => {
    if (ms > 0) setTimeout(resolve, ms)
    else setImmediate(resolve)
  })

let lastVersion: number | undefined
async function standBack(freeMs: number) {
  const version = dataVersion()
  const isAlone = version === lastVersion
  lastVersion = version
  await pause(isAlone ? Math.max(0, BRIEF_STAND_BACK_MS - freeMs) : STAND_BACK_MS)
}
