import type { Person } from '#app/access/policy.ts'
import { doubtsClock, type SendAnswer } from '#app/domain/offline.ts'
import { outboxInput } from '#app/domain/outbox-input.ts'
import { findCampaign } from '#app/queries/campaign.server.ts'
import { bindSlip } from '#app/queries/citizen-code.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { explainProblem } from '#app/text/problem.ts'
import { COMPANION } from '#app/ui/companion-choices.tsx'
import { answerPhone, forPhone } from '../_web/phone.server.ts'
import { found, notFound } from '../_web/visit.server.ts'
import { readHelpForm } from './form.server.ts'

/**
 * Takes one record that a phone kept, read and checked as the form's own action does. A submission key that was saved
 * before gets the same answer again. The record goes to the campaign in which it was typed, and only to the account that
 * typed it: 403 where somebody else is signed in by now.
 */
export const action = forPhone(({ actor, at }, { sent }) => {
  const read = outboxInput.safeParse(sent)
  if (!read.success) return refuse([{ field: '', reason: 'not_a_key' }])
  const { accountId, entries, isDayChosen, code, ...rest } = read.data
  if (actor.accountId !== accountId) return answerPhone({ kind: 'other_account' }, 403)
  if (actor.officialId === null) throw notFound()
  const campaignId = found(findCampaign(rest.campaignId)).id
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  const submission = readHelpForm(form)
  if (submission.status !== 'success') {
    const errors = submission.reply().error ?? {}
    return answer({
      kind: 'refused',
      problems: Object.entries(errors).flatMap(([field, messages]) =>
        messages?.length ? [{ field, message: messages.join(' ') }] : [],
      ),
    })
  }
  const made = recordHelp(actor, campaignId, {
    officialId: actor.officialId,
    input: submission.value,
    companionIds: form.getAll(COMPANION).map(Number),
    typed: {
      // the phone's clock may be wrong: what it says of the time between typing and sending holds all the same
      enteredAt: at - Math.max(0, rest.sentAt - rest.enteredAt),
      consentVersion: rest.consentVersion,
      isDayDoubted: !isDayChosen && doubtsClock(rest, Date.now()),
    },
  })
  if (!made.ok) return refuse(made.problems)
  return answer(savedAs(actor, campaignId, made.helpId, code))
})

function savedAs(actor: Person, campaignId: number, helpId: number, code: string | null): SendAnswer {
  const { verdictKind, verdictReason, verdictOutcome } = found(findHelp(actor, campaignId, helpId))
  return {
    kind: 'saved',
    helpId,
    verdict: { verdictKind, verdictReason, verdictOutcome },
    isCodeBound: code === null ? null : bindSlip(actor, campaignId, { helpId, code }).ok,
  }
}

const answer = (told: SendAnswer) => answerPhone(told, told.kind === 'saved' ? 200 : 400)

const refuse = (problems: readonly { field: string; reason: string }[]) =>
  answer({
    kind: 'refused',
    problems: problems.map(({ field, reason }) => ({ field, message: explainProblem(reason) })),
  })
