import { redirect } from '@remix-run/node'
import { checkInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { recordCheck } from '#app/queries/inspection-check.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'

/**
 * Records what was found at one drawn record. A form without a result, or a closed inspection, is reported on its page.
 */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const place = { inspectionId: idOf(params.inspectionId), helpId: idOf(params.helpId) }
  found(findInspection(actor, campaign.id, place.inspectionId))
  const submission = readForm(form, checkInput)
  const page = `/kiem-tra/${place.inspectionId}/phieu/${place.helpId}`
  if (submission.status !== 'success') {
    const isMissing = submission.error?.result !== undefined
    return redirect(`${page}?khong-duoc=${isMissing ? 'required' : 'too_long'}`)
  }
  const recorded = recordCheck(actor, campaign.id, { ...place, ...submission.value })
  return redirect(
    recorded.ok ? noticeTo(`/kiem-tra/${place.inspectionId}`, 'da-ghi') : `${page}?khong-duoc=${recorded.problem}`,
  )
})
