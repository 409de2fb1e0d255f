import { redirect } from '@remix-run/node'
import { proposeAllInput } from '#app/domain/round-input.ts'
import { scopeUnit } from '#app/queries/aggregate.server.ts'
import { proposeListed } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { USUAL_ACHIEVEMENT } from '#app/text/round.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'
import { everyoneProposable } from './eligible.server.ts'
import { refusedTo } from './refused.ts'

/** Proposes every eligible official or collective of a unit and below whom the actor may, in one act. */
export const action = writes((visit, { params, form }) => {
  const { actor, campaign } = visit
  const roundId = idOf(params.roundId)
  const base = `/khen-thuong/${roundId}` as const
  const round = found(findRound(actor, campaign.id, roundId))
  const submission = readForm(form, proposeAllInput)
  if (submission.status !== 'success') return redirect(refusedTo(base, []))
  const { kind, unitId, form: award, achievement } = submission.value
  const needed = round.kind === 'review' ? 'candidate.decide' : 'candidate.propose'
  const unit = found(scopeUnit(actor, needed, unitId))
  const ids = everyoneProposable(visit, round, { kind, unitPath: unit.path })
  if (ids.length === 0) return redirect(refusedTo(base, []))
  const proposed = proposeListed(actor, campaign.id, {
    roundId,
    kind,
    ids,
    form: award ?? 'province_certificate',
    achievement: achievement ?? USUAL_ACHIEVEMENT,
  })
  if (!proposed.ok) return redirect(refusedTo(base, proposed.problems))
  return redirect(
    noticeTo(kind === 'collective' ? (`${base}?phan=tap-the` as const) : base, 'da-de-nghi', proposed.done),
  )
})
