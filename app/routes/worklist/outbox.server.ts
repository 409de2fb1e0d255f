import { contactInput } from '#app/domain/assignment-input.ts'
import type { SendAnswer } from '#app/domain/offline.ts'
import { noteContact } from '#app/queries/assignment.server.ts'
import { contactProblems } from '#app/text/worklist.ts'
import { readForm } from '../_web/form.server.ts'
import { refusedBy, type Sending } from '../help/outbox.server.ts'

/** Notes a contact with an assigned citizen that a phone kept, from the revision that its form showed. */
export function sendContact({ visit: { actor }, campaignId, form }: Sending, assignmentId: number): SendAnswer {
  const submission = readForm(form, contactInput)
  if (submission.status !== 'success') return refusedBy(submission.reply().error)
  const noted = noteContact(actor, campaignId, { assignmentId, input: submission.value })
  return noted.ok
    ? { kind: 'noted', assignmentId }
    : { kind: 'refused', problems: [{ field: '', message: contactProblems[noted.problem] }] }
}
