import { redirect } from '@remix-run/node'
import { choiceInput } from '#app/domain/choice-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { confirmObligations } from '#app/queries/obligation.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, notFound, writes } from '../_web/visit.server.ts'
import { withLeft } from './left-behind.server.ts'
import { queuePage, queuePlace } from './params.ts'

/** Confirms the obligation parts ticked. */
export const action = writes(({ actor, campaign }, { params, url, form }) => {
  const unitId = idOf(params.unitId)
  const { allowed } = found(findUnitHeading(actor, campaign.id, unitId))
  if (!allowed.confirm && !allowed.confirmLast) throw notFound()
  const queue = `/don-vi/${unitId}/xac-nhan` as const
  const submission = readForm(form, choiceInput)
  if (submission.status !== 'success')
    return redirect(queuePage.to(queue, { ...queuePlace(url), refusal: 'nobody_chosen' }))
  const { confirmed, left } = confirmObligations(actor, campaign.id, submission.value.chon)
  const done = queuePage.to(noticeTo(queue, 'da-xac-nhan', confirmed), queuePlace(url))
  const to = withLeft(done, 'noi-dung', left)
  return redirect(confirmed > 0 ? queuePage.to(to, { undoParts: confirmed }) : to)
})
