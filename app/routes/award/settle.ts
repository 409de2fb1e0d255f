import { redirect } from '@remix-run/node'
import { freezeRound } from '#app/queries/round-decision.server.ts'
import { LATE_REASON } from '#app/text/round.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Freezes a round's list. */
export const action = writes(({ actor, campaign }, { params }) => {
  const roundId = idOf(params.roundId)
  const { problem } = freezeRound(actor, campaign.id, { roundId, lateReason: LATE_REASON })
  return redirect(`/khen-thuong/${roundId}?${problem === null ? 'da-chot' : `khong-duoc=${problem}`}`)
})
