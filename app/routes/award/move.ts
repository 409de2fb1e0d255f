import { redirect } from '@remix-run/node'
import { moveRound } from '#app/queries/round.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Moves a round to the newest version of the assessments. */
export const action = writes(({ actor, campaign }, { params }) => {
  const roundId = idOf(params.roundId)
  const moved = moveRound(actor, campaign.id, roundId)
  const page = `/khen-thuong/${roundId}` as const
  return redirect(moved.ok ? noticeTo(page, 'da-chuyen-ban') : `${page}?khong-duoc=${moved.problem}`)
})
