import { redirect } from '@remix-run/node'
import { freezeRound } from '#app/queries/round-decision.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { LATE_REASON } from '#app/text/round.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Freezes a round's list. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const isEarlySeen = form.get('early') === 'on'
  const frozen = freezeRound(actor, campaign.id, { roundId, lateReason: LATE_REASON, isEarlySeen })
  const page = `/khen-thuong/${roundId}` as const
  return redirect(frozen.ok ? noticeTo(page, 'da-chot') : `${page}?khong-duoc=${frozen.problem}`)
})
