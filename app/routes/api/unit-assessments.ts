import { apiAssessments } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('assessments', ({ actor, campaignId, query }) =>
  apiAssessments(actor, campaignId, query),
)
