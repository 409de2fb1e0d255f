import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import type { Round } from '#app/queries/round.server.ts'
import { termsIn } from '../terms.server.ts'

/** What a list's words depend on: the kind of its round, and how the campaign calls what holds in it, and its indicators. */
export const listedIn = ({ kind, campaignId }: Pick<Round, 'kind' | 'campaignId'>) => ({
  kind,
  terms: termsIn(campaignId),
  nameOf: indicatorNames(campaignId),
})
