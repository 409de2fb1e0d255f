import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import type { Round } from '#app/queries/round.server.ts'

/** What a list's words depend on: the kind of its round, and what the campaign calls its indicators. */
export const listedIn = ({ kind, campaignId }: Pick<Round, 'kind' | 'campaignId'>) => ({
  kind,
  nameOf: indicatorNames(campaignId),
})
