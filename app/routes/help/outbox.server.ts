import type { AppLoadContext } from '@remix-run/node'
import { networkOf } from '#app/access/network.ts'
import type { Person } from '#app/access/policy.ts'
import { contactOf } from '#app/access/session.server.ts'
import type { LateDocument } from '#app/domain/late-entry.ts'
import { readLateDocument } from '#app/domain/late-entry-input.ts'
import { boundedEntry, doubtsClock, type SendAnswer } from '#app/domain/offline.ts'
import type { OutboxInput } from '#app/domain/outbox-input.ts'
import { bindSlip } from '#app/queries/citizen-code.server.ts'
import { editHelp, recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { editRefusals } from '#app/text/help.ts'
import { explainProblem } from '#app/text/problem.ts'
import { COMPANION } from '#app/ui/companion-choices.tsx'
import type { Visit } from '../_web/visit.server.ts'
import { found, notFound } from '../_web/visit.server.ts'
import { keepFormerDays, readHelpForm } from './form.server.ts'

/** A form that a phone kept, with the visit that sends it. */
export type Sending = { visit: Visit; context: AppLoadContext; campaignId: number; input: OutboxInput; form: FormData }

/** Saves a new record, read and checked as the form's own action does. */
export function sendRecord({
  visit: { actor, at, sessionHash },
  context,
  campaignId,
  input,
  form,
}: Sending): SendAnswer {
  if (actor.officialId === null) throw notFound()
  const submission = readHelpForm(form)
  if (submission.status !== 'success') return refusedBy(submission.reply().error)
  const { contactAt, startedAt } = contactOf(sessionHash)
  // contacts by the real clock, everything of a record by the campaign's
  const shift = at - Date.now()
  const known = { contactAt: contactAt === null ? null : contactAt + shift, startedAt: startedAt + shift, now: at }
  const made = recordHelp(actor, campaignId, {
    officialId: actor.officialId,
    input: submission.value,
    companionIds: form.getAll(COMPANION).map(Number),
    isOnlyNew: true,
    typed: {
      // the phone's clock may be wrong: what it says of the time between typing and sending holds all the same
      enteredAt: boundedEntry(at - Math.max(0, input.sentAt - input.enteredAt), known),
      contactAt: known.contactAt,
      consentVersion: input.consentVersion,
      isDayDoubted: !input.isDayChosen && doubtsClock(input, Date.now()),
    },
    lateDocument: lateDocumentOf(input),
  })
  if (!made.ok) return refuse(made.problems)
  return {
    ...savedAs(actor, campaignId, made.helpId),
    isCodeBound:
      input.code === null
        ? null
        : bindSlip(actor, campaignId, { helpId: made.helpId, code: input.code, network: networkOf(context.address) })
            .ok,
  }
}

/** Corrects a record, from the revision that the phone's form showed. */
export function sendCorrection({ visit: { actor }, campaignId, input, form }: Sending, helpId: number): SendAnswer {
  const before = found(findHelp(actor, campaignId, helpId))
  const submission = readHelpForm(form)
  if (submission.status !== 'success') return refusedBy(submission.reply().error)
  const made = editHelp(actor, campaignId, {
    helpId: before.id,
    revision: Number(form.get('revision')),
    input: keepFormerDays(submission.value, before.outcomes),
    lateDocument: lateDocumentOf(input),
  })
  if (made.ok) return { ...savedAs(actor, campaignId, helpId), isCodeBound: null }
  return typeof made.problems === 'string'
    ? { kind: 'refused', problems: [{ field: '', message: editRefusals[made.problems] }] }
    : refuse(made.problems)
}

const lateDocumentOf = ({ entries }: OutboxInput): LateDocument => readLateDocument(entries)

function savedAs(actor: Person, campaignId: number, helpId: number) {
  const { verdictKind, verdictReason, verdictOutcome } = found(findHelp(actor, campaignId, helpId))
  return { kind: 'saved', helpId, verdict: { verdictKind, verdictReason, verdictOutcome } } as const
}

/** What is wrong with which field, as the reader of the form says it. */
export const refusedBy = (errors: Record<string, string[] | null> | null | undefined): SendAnswer => ({
  kind: 'refused',
  problems: Object.entries(errors ?? {}).flatMap(([field, messages]) =>
    messages?.length ? [{ field, message: messages.join(' ') }] : [],
  ),
})

/** What is wrong with which field, as the rules say it. */
export const refuse = (problems: readonly { field: string; reason: string }[]): SendAnswer => ({
  kind: 'refused',
  problems: problems.map(({ field, reason }) => ({ field, message: explainProblem(reason) })),
})
