import { apiUnitTallies } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('unitTallies', ({ actor, campaignId, query }) =>
  apiUnitTallies(actor, campaignId, query),
)
