import { apiDayTallies } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('dayTallies', ({ actor, campaignId, query }) =>
  apiDayTallies(actor, campaignId, query),
)
