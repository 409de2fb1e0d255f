import { listCampaigns } from '#app/queries/campaign.server.ts'
import { publishDay } from '#app/queries/publication.server.ts'
import { nameHolds } from '#app/queries/steps.server.ts'
import { whenDue } from './when-due.server.ts'

/** Publishes the day's figures of every campaign that is under way or lately over, where that has not been done. */
export const publishWhenDue = whenDue(5000, () => {
  nameHolds('publication')
  for (const { id } of listCampaigns()) publishDay({ kind: 'system' }, id)
})
