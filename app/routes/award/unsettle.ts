import { redirect } from '@remix-run/node'
import { reopenRound } from '#app/queries/round-decision.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { LATE_REASON, REOPENED_REASON } from '#app/text/round.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes the freeze of a round's list back, until the next step. */
export const action = writes(({ actor, campaign }, { params }) => {
  const roundId = idOf(params.roundId)
  const reopened = reopenRound(actor, campaign.id, { roundId, lateReason: LATE_REASON, reason: REOPENED_REASON })
  const page = `/khen-thuong/${roundId}` as const
  return redirect(reopened.ok ? noticeTo(page, 'da-mo-lai') : `${page}?khong-duoc=${reopened.problem}`)
})
