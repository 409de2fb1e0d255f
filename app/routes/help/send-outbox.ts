import type { SendAnswer } from '#app/domain/offline.ts'
import { outboxInput } from '#app/domain/outbox-input.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { found } from '../_web/visit.server.ts'
import { sendCheck } from '../inspection/outbox.server.ts'
import { sendContact } from '../worklist/outbox.server.ts'
import { refuse, type Sending, sendCorrection, sendRecord } from './outbox.server.ts'

/**
 * Takes one form that a phone kept. A form that was saved before gets the same answer again: a record by its submission
 * key, a correction, contact or sheet by what it says. It goes to the campaign in which it was typed, and only to the account
 * that typed it: 403 where somebody else is signed in by now.
 */
export const action = forPhone((visit, { sent, context }) => {
  const read = outboxInput.safeParse(sent)
  if (!read.success) return answer(refuse([{ field: '', reason: 'not_a_key' }]))
  const input = read.data
  if (visit.actor.accountId !== input.accountId) return answerPhone({ kind: 'other_account' }, 403)
  const campaignId = found(findCampaign(input.campaignId)).id
  const form = new FormData()
  for (const [name, value] of input.entries) form.append(name, value)
  return answer(send({ visit, context, campaignId, input, form }))
})

function send(sending: Sending): SendAnswer {
  const { subject } = sending.input
  switch (subject.kind) {
    case 'record':
      return sendRecord(sending)
    case 'correction':
      return sendCorrection(sending, subject.helpId)
    case 'contact':
      return sendContact(sending, subject.assignmentId)
    case 'check':
      return sendCheck(sending, subject)
  }
}

const answer = (told: SendAnswer) => answerPhone(told, told.kind === 'refused' ? 400 : 200)
