import { redirect } from '@remix-run/node'
import { checkInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { nextSheet, recordCheck } from '#app/queries/inspection-check.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'

/**
 * Records what was found at one drawn record, and goes on to the next sheet of the road. A form without a result, or a
 * closed inspection, is reported on its page.
 */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const place = { inspectionId: idOf(params.inspectionId), helpId: idOf(params.helpId) }
  found(findInspection(actor, campaign.id, place.inspectionId))
  const submission = readForm(form, checkInput)
  const page = `/kiem-tra/${place.inspectionId}/phieu/${place.helpId}`
  if (submission.status !== 'success') {
    const isMissing = submission.error?.result !== undefined
    const isWayWrong = submission.error?.foundBy !== undefined
    return redirect(`${page}?khong-duoc=${isMissing ? 'required' : isWayWrong ? 'finding_way_needed' : 'too_long'}`)
  }
  const recorded = recordCheck(actor, campaign.id, { ...place, ...submission.value })
  if (!recorded.ok) return redirect(`${page}?khong-duoc=${recorded.problem}`)
  const next = nextSheet(actor, campaign.id, place)
  const base = `/kiem-tra/${place.inspectionId}` as const
  return redirect(next === null ? noticeTo(base, 'da-ghi') : noticeTo(`${base}/phieu/${next}`, 'da-ghi'))
})
