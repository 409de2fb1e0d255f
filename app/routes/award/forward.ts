import { redirect } from '@remix-run/node'
import { choiceInput } from '#app/domain/choice-input.ts'
import { stepCandidates } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'
import { refusedTo } from './refused.ts'

/** Passes the candidates ticked on to their next station. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const base = `/khen-thuong/${roundId}` as const
  found(findRound(actor, campaign.id, roundId))
  const submission = readForm(form, choiceInput)
  if (submission.status !== 'success') return redirect(refusedTo(base, []))
  const passed = stepCandidates(actor, campaign.id, {
    roundId,
    ids: submission.value.chon,
    action: 'pass',
    reason: '',
  })
  return redirect(passed.ok ? noticeTo(base, 'da-chuyen', passed.done) : refusedTo(base, passed.problems))
})
