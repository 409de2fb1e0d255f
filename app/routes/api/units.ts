import { apiUnits } from '#app/queries/api.server.ts'
import { answersApi } from './answer.server.ts'

export const loader = answersApi('units', ({ actor, query }) => apiUnits(actor, query))
