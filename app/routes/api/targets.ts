import { apiTargets } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('targets', ({ campaignId }) => apiTargets(campaignId))
