import { findUnitHeading } from '#app/queries/board.server.ts'
import { undoConfirming } from '#app/queries/confirming-undo.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, writes } from '../_web/visit.server.ts'

/** Takes back the confirmations that the act before this page gave, half a minute long. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const { allowed } = found(findUnitHeading(actor, campaign.id, unitId))
  if (!allowed.confirm && !allowed.confirmLast) throw notFound()
  const count = idOf(form.get('so')?.toString())
  const kind = form.get('loai') === 'noi-dung' ? 'obligation' : 'help'
  const made = undoConfirming(actor, campaign.id, { kind, count }, Date.now())
  const queue = `/don-vi/${unitId}/xac-nhan` as const
  return made.ok ? redirectWith(queue, 'da-hoan-tac', made.undone) : redirectWith(queue, 'khong-hoan-tac')
})
