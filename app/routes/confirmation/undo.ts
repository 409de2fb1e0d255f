import { redirect } from '@remix-run/node'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { undoConfirming } from '#app/queries/confirming-undo.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { found, idOf, notFound, writes } from '../_web/visit.server.ts'
import { queuePage, queuePlace } from './params.ts'

/** Takes back the confirmations that the act before this page gave, half a minute long. */
export const action = writes(({ actor, campaign }, { params, url, form }) => {
  const unitId = idOf(params.unitId)
  const { allowed } = found(findUnitHeading(actor, campaign.id, unitId))
  if (!allowed.confirm && !allowed.confirmLast) throw notFound()
  const count = idOf(form.get('so')?.toString())
  const kind = form.get('loai') === 'noi-dung' ? 'obligation' : 'help'
  const made = undoConfirming(actor, campaign.id, { kind, count }, Date.now())
  const queue = `/don-vi/${unitId}/xac-nhan` as const
  const to = made.ok ? noticeTo(queue, 'da-hoan-tac', made.undone) : noticeTo(queue, 'khong-hoan-tac')
  return redirect(queuePage.to(to, queuePlace(url)))
})
