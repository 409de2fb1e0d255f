import { rulesOf } from '#app/queries/judging/index.server.ts'
import { termWordsOf } from '#app/queries/plan.server.ts'
import { type CampaignTerms, campaignTerms } from '#app/text/terms.ts'

/** What holds in a campaign, and how its own plan calls it. */
export const termsIn = (campaignId: number): CampaignTerms =>
  campaignTerms(rulesOf(campaignId).regulation, termWordsOf(campaignId))
