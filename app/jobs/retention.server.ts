import type { Actor } from '#app/access/policy.ts'
import { isRemovalDue } from '#app/domain/retention.ts'
import { lastRemoval, removeExpired } from '#app/queries/retention.server.ts'
import { isBusy } from '#db/client.server.ts'
import { logFailure } from './failure-log.server.ts'

const system: Actor = { kind: 'system' }
const LOOK_EVERY_MS = 60_000
let lookedAt = 0

/** Removes what is kept no longer, where that was not done for a day; looks every minute. */
export async function removeWhenDue() {
  const now = performance.now()
  if (lookedAt > 0 && now - lookedAt < LOOK_EVERY_MS) return
  lookedAt = now
  try {
    const at = Date.now()
    if (isRemovalDue(lastRemoval()?.at ?? null, at)) await removeExpired(system, at)
  } catch (error) {
    if (isBusy(error)) throw error
    // other jobs go on; it is tried again at the next look
    logFailure(error)
  }
}
