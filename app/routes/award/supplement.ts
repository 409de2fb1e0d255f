import { redirect } from '@remix-run/node'
import { supplementInput } from '#app/domain/council-input.ts'
import { addSupplement } from '#app/queries/council.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { noticeTo } from '#app/text/notice.ts'
import { readForm } from '../_web/form.server.ts'
import { found, idOf, writes } from '../_web/visit.server.ts'

/** Adds to the minutes of the newest meeting. */
export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const page = `/khen-thuong/${roundId}` as const
  found(findRound(actor, campaign.id, roundId))
  const submission = readForm(form, supplementInput)
  if (submission.status !== 'success') return redirect(`${page}?khong-duoc=required`)
  const added = addSupplement(actor, campaign.id, { roundId, body: submission.value.body })
  return redirect(added.ok ? noticeTo(page, 'da-bo-sung') : `${page}?khong-duoc=${added.problem}`)
})
