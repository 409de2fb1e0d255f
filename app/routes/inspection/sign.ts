import { redirect } from '@remix-run/node'
import { signInspection } from '#app/queries/inspection-check.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Signs an inspection's results; where that is not possible, the inspection's page says why. */
export const action = writes(({ actor, campaign }, { params }) => {
  const inspectionId = idOf(params.inspectionId)
  const signed = signInspection(actor, campaign.id, inspectionId)
  const page = `/kiem-tra/${inspectionId}` as const
  return redirect(signed.ok ? noticeTo(page, 'da-ky') : `${page}?khong-duoc=${signed.problem}`)
})
