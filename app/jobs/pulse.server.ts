import { utimesSync } from 'node:fs'
import { workerLock } from '#db/lock.server.ts'

const EVERY_MS = 2000

/**
 * Lets every process see that the worker lives: while `isHolding` says that this one is the worker, the time of change
 * of its lock becomes now, every two seconds at most. That needs no space and no write of the database. A job that
 * leaves timers no turn calls `beat` itself. By path, because to open and close the file would give the lock up.
 */
export function startPulse(databaseFile: string, isHolding: () => boolean): { beat: () => void; stop: () => void } {
  let beatAt: number | undefined
  const beat = () => {
    const now = performance.now()
    if (!isHolding() || (beatAt !== undefined && now - beatAt < EVERY_MS)) return
    beatAt = now
    try {
      const at = new Date()
      utimesSync(workerLock(databaseFile), at, at)
    } catch {
      // a disk that takes nothing is what readers of the old time are to see
    }
  }
  const timer = setInterval(beat, EVERY_MS).unref()
  return { beat, stop: () => clearInterval(timer) }
}
