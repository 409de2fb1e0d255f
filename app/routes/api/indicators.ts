import { apiIndicators } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('indicators', ({ actor, campaignId, today, query }) =>
  apiIndicators(actor, campaignId, { ...query, today }),
)
