import { apiIndicators } from '#app/queries/api.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { explainProblem } from '#app/text/problem.ts'
import { answersApi, refuse } from './answer.server.ts'

export const loader = answersApi('indicators', ({ actor, campaignId, today, query }) => {
  const { indicator } = query
  if (indicator !== undefined && !listIndicators(campaignId).some(({ code }) => code === indicator))
    return refuse([{ field: 'indicator', detail: explainProblem('indicator_unknown') }])
  return apiIndicators(actor, campaignId, { ...query, today })
})
