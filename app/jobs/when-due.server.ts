import { isBusy } from '#db/client.server.ts'
import { logFailure } from './failure-log.server.ts'

/**
 * What the worker does between jobs: `look` sees whether something is due and does it, at most every `everyMs`, and not
 * before `firstAfterMs` from now. Where it fails that is logged, other jobs go on, and it is tried again at
 * the next look; a held database is the caller's.
 */
export function whenDue(everyMs: number, look: () => void | Promise<void>, firstAfterMs = 0): () => Promise<void> {
  let lookedAt = firstAfterMs === 0 ? undefined : performance.now() - everyMs + firstAfterMs
  return async () => {
    const now = performance.now()
    if (lookedAt !== undefined && now - lookedAt < everyMs) return
    lookedAt = now
    try {
      await look()
    } catch (error) {
      if (isBusy(error)) throw error
      logFailure(error)
    }
  }
}
