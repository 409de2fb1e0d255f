import { checkInput } from '#app/domain/inspection-input.ts'
import { doubtsClock, type FormSubject, type SendAnswer } from '#app/domain/offline.ts'
import { Refusal } from '#app/domain/refusal.ts'
import { recordTaken } from '#app/queries/inspection-along.server.ts'
import { readForm } from '../_web/form.server.ts'
import { refuse, refusedBy, type Sending } from '../help/outbox.server.ts'

/**
 * Records what was found at a sheet that was taken along, as the sheet's own form does. Who is no longer of the team is
 * refused in words, so that what else waits on the phone goes on.
 */
export function sendCheck(
  { visit: { actor, at }, campaignId, input, form }: Sending,
  { inspectionId, helpId, from }: Extract<FormSubject, { kind: 'check' }>,
): SendAnswer {
  const submission = readForm(form, checkInput)
  if (submission.status !== 'success') return refusedBy(submission.reply().error)
  const sent = {
    ...submission.value,
    inspectionId,
    helpId,
    from,
    // the phone's clock may be wrong: what it says of the time between typing and sending holds all the same
    enteredAt: doubtsClock(input, Date.now()) ? null : at - Math.max(0, input.sentAt - input.enteredAt),
  }
  try {
    const recorded = recordTaken(actor, campaignId, sent)
    return recorded.ok ? { kind: 'checked', inspectionId } : refuse([{ field: '', reason: recorded.problem }])
  } catch (thrown) {
    if (thrown instanceof Refusal && (thrown.kind === 'forbidden' || thrown.kind === 'not_found'))
      return refuse([{ field: '', reason: 'sheet_not_yours' }])
    throw thrown
  }
}
