import { redirect } from '@remix-run/node'
import { shownInput } from '#app/domain/choice-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { confirmHelp } from '#app/queries/help-confirmation.server.ts'
import { together } from '#app/queries/together.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, notFound, writes } from '../_web/visit.server.ts'
import { withChanged, withLeft } from './left-behind.server.ts'
import { queuePage, queuePlace } from './params.ts'

/** Confirms the records ticked. */
export const action = writes(async ({ actor, campaign }, { params, url, form }) => {
  const unitId = idOf(params.unitId)
  const { allowed } = found(findUnitHeading(actor, campaign.id, unitId))
  if (!allowed.confirm && !allowed.confirmLast) throw notFound()
  const queue = `/don-vi/${unitId}/xac-nhan` as const
  const submission = readForm(form, shownInput)
  if (submission.status !== 'success')
    return redirect(queuePage.to(queue, { ...queuePlace(url), refusal: 'nobody_chosen' }))
  const { confirmed, left, changed } = await together(() => confirmHelp(actor, campaign.id, submission.value.chon))
  const done = queuePage.to(noticeTo(queue, 'da-xac-nhan', confirmed), queuePlace(url))
  const to = withLeft(done, 'truong-hop', left)
  const shown = withChanged(to, changed, submission.value.chon)
  return redirect(confirmed > 0 ? queuePage.to(shown, { undo: confirmed }) : shown)
})
