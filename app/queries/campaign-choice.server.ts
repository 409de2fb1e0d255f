import { type Actor, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { prepared, transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'
import { campaignIds, rulesOf } from './judging/index.server.ts'
import { rootUnit } from './unit.server.ts'

/**
 * Returns the campaign founded with the database while the campaign office must still choose one. That is so if it is
 * over, it is the only one, it has no records, and it was not confirmed. Undefined once the office has chosen.
 */
export function campaignToChoose(today: Day): number | undefined {
  const [only, another] = campaignIds()
  if (only === undefined || another !== undefined || rulesOf(only).regulation.endsOn >= today) return undefined
  const isUntouched = prepared<{ untouched: number }>(
    `select not exists (select 1 from help)
        and not exists (select 1 from event where verb = 'confirm' and subject = 'campaign') as untouched`,
  ).one()
  return isUntouched.untouched === 1 ? only : undefined
}

/** Keeps the founded campaign as it is, by decision of the campaign office; false if there is no choice any more. */
export function confirmCampaign(actor: Actor, today: Day): boolean {
  return transact(tx => {
    permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
    const campaignId = campaignToChoose(today)
    if (campaignId === undefined) return false
    logEvent(tx, actor, { verb: 'confirm', subject: 'campaign', subjectId: campaignId, campaignId, data: {} })
    return true
  })
}
