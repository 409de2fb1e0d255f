import { apiLocalityTallies } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('localityTallies', ({ actor, campaignId, query }) =>
  apiLocalityTallies(actor, campaignId, query),
)
