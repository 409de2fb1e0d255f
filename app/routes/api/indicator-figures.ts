import { API_OPERATIONS } from '#app/domain/api.ts'
import { recordFigures } from '#app/queries/indicator-figure.server.ts'
import { explainProblem } from '#app/text/problem.ts'
import { jsonOf } from '../_web/body.server.ts'
import { answer, answersApi, IN_VIETNAMESE, issuesOf, noOperation, problem, refuse } from './answer.server.ts'

const operation = API_OPERATIONS.recordFigures

/** Figures of one day from another system; checked and kept as those typed in the app are. */
export const action = answersApi('recordFigures', async ({ actor, campaignId, request }) => {
  const json = await jsonOf(request)
  if (json === undefined) return problem(400, { detail: explainProblem('file_unreadable') })
  const read = operation.body.schema.safeParse(json, IN_VIETNAMESE)
  if (!read.success) return refuse(issuesOf(read.error))
  const recorded = recordFigures(actor, campaignId, { ...read.data, origin: 'interface', tokenId: actor.tokenId })
  if (recorded.ok) return answer(request, operation, { saved: recorded.saved, unchanged: recorded.unchanged })
  return refuse(
    recorded.problems.map(({ index, reason }) => ({ field: `figures.${index}`, detail: explainProblem(reason) })),
  )
})

export const loader = noOperation(405)
