import { defaultCampaignId } from '#app/queries/campaign.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { whenDue } from './when-due.server.ts'

/** Publishes the day's figures of the campaign that is under way, where that has not been done. */
export const publishWhenDue = whenDue(5000, () => {
  nameHolds('publication')
  publishDay({ kind: 'system' }, defaultCampaignId(campaignToday()))
})
