import { redirect } from '@remix-run/node'
import { passGroupInput } from '#app/domain/round-input.ts'
import { passable, stepCandidates } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'
import { refusedTo } from './refused.ts'

/** Passes everybody at one station on whom the actor may; who is barred or lacks an achievement stays. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const base = `/khen-thuong/${roundId}` as const
  const round = found(findRound(actor, campaign.id, roundId))
  const submission = readForm(form, passGroupInput)
  if (submission.status !== 'success') return redirect(refusedTo(base, []))
  const ids = passable(actor, round, submission.value)
  if (ids.length === 0) return redirect(refusedTo(base, []))
  const passed = stepCandidates(actor, campaign.id, { roundId, ids, action: 'pass', reason: '' })
  return redirect(passed.ok ? noticeTo(base, 'da-chuyen', passed.done) : refusedTo(base, passed.problems))
})
