import { redirect } from '@remix-run/node'
import { withdrawCandidate } from '#app/queries/candidate-step.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { WITHDRAWN_REASON } from '#app/text/round.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Withdraws a proposal, by its unit, before somebody above has passed it on. */
export const action = writes(({ actor, campaign }, { params }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const done = withdrawCandidate(actor, campaign.id, { ...ids, note: WITHDRAWN_REASON })
  const page = `/khen-thuong/${ids.roundId}/ho-so/${ids.candidateId}` as const
  return redirect(done.ok ? noticeTo(page, 'da-rut') : `${page}?khong-duoc=${done.problem}`)
})
