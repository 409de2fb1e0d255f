import { isRemovalDue } from '#app/domain/retention.ts'
import { isClockTrusted } from '#app/queries/clock.server.ts'
import { continueDestructions } from '#app/queries/key-destruction.server.ts'
import { lastRemoval, removeExpired } from '#app/queries/retention.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { campaignsToPurge, purgeWorklists } from '#app/queries/worklist-purge.server.ts'
import { logFailure } from './failure-log.server.ts'
import { whenDue } from './when-due.server.ts'

const HOUR_MS = 3_600_000
/** When the doubtful clock was last logged, measured by elapsed time, not by that clock. */
let saidAt: number | undefined

/**
 * Removes expired data as of the instant `at` (ms, real clock), if the last removal is a day old. Also removes
 * worklists' citizens that a close left, and what an interrupted destruction of keys left. If the event log does not confirm the clock, logs that and removes nothing.
 */
export async function removeIfDue(at: number) {
  nameHolds('retention')
  if (!isRemovalDue(lastRemoval()?.at ?? null, at)) return
  if (!isClockTrusted(at)) return sayDoubtful()
  await removeExpired({ kind: 'system' }, at)
  await continueDestructions({ kind: 'system' })
  for (const campaignId of campaignsToPurge()) await purgeWorklists({ kind: 'system' }, campaignId)
}

/** How often a removal is due at most (ms), and how long after a start: the first minute is for those who wait. */
const LOOK_MS = 60_000
const FIRST_MS = 120_000

export const removeWhenDue = whenDue(LOOK_MS, () => removeIfDue(Date.now()), FIRST_MS)

function sayDoubtful() {
  const now = performance.now()
  if (saidAt !== undefined && now - saidAt < HOUR_MS) return
  saidAt = now
  logFailure(new Error('nothing is removed: the clock does not fit the event log; look at the clock of this machine'))
}
