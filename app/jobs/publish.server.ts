import type { Actor } from '#app/access/policy.ts'
import { defaultCampaignId } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { isBusy } from '#db/client.server.ts'
import { logFailure } from './failure-log.server.ts'

const system: Actor = { kind: 'system' }
const LOOK_EVERY_MS = 5000
let lookedAt = 0

/** Publishes the day's figures of the campaign that is under way, where that has not been done; looks every few seconds. */
export function publishWhenDue() {
  const now = performance.now()
  if (lookedAt > 0 && now - lookedAt < LOOK_EVERY_MS) return
  lookedAt = now
  try {
    publishDay(system, defaultCampaignId(campaignToday()))
  } catch (error) {
    if (isBusy(error)) throw error
    // other jobs go on; the day is tried again at the next look
    logFailure(error)
  }
}
