import { redirect } from '@remix-run/node'
import { prepareMinutes } from '#app/queries/signed-minutes.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Prepares the minutes of an inspection as a PDF to be signed with certificates; the inspection's page says why not. */
export const action = writes(({ actor, campaign }, { params }) => {
  const inspectionId = idOf(params.inspectionId)
  const made = prepareMinutes(actor, campaign.id, inspectionId)
  return redirect(
    made.ok
      ? `/van-ban/${made.paperId}`
      : `/kiem-tra/${inspectionId}?khong-duoc=${made.problems[0]?.reason ?? 'results_missing'}`,
  )
})
