import { apiReports } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('reports', ({ actor, campaignId, query }) =>
  apiReports(actor, campaignId, actor.unitPath, query),
)
