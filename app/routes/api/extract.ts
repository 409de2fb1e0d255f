import { apiExtract } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('extract', ({ actor, campaignId, params }) =>
  apiExtract(actor, campaignId, params.extractId),
)
