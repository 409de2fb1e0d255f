import type { SubmissionResult } from '@conform-to/react'
import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { dayOf } from '#app/domain/calendar.ts'
import type { Snapshot } from '#app/domain/offline.ts'
import { readPhone } from '#app/domain/phone.ts'
import { readSpokenTime } from '#app/domain/spoken-time.ts'
import { CONSENT_VERSIONS } from '#app/domain/vocabulary.ts'
import { explainEntry } from '#app/text/entry-problem.ts'
import { roadSentences } from '#app/text/road-problem.ts'
import { ContactForm } from '#app/ui/contact-form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { isClockDoubtful } from './contact.ts'
import { forgetDraft, openKey } from './draft.ts'
import { Drafted, fieldsOfDraft } from './drafted.tsx'
import { entriesOf } from './keeping-action.ts'
import { type KeptRow, keep } from './outbox.ts'
import { explainKeeping, refusedWith } from './refusal.ts'
import type { Open } from './use-shell.ts'

/** What the server would refuse of a contact, as far as the phone can tell, by field; null: nothing. */
function problemsOf(form: FormData): Record<string, string[]> | null {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const problems: Record<string, string[]> = {}
  if (text('state') === 'appointment' && text('appointmentOn') === '') problems.appointmentOn = [roadSentences.required]
  if (text('appointmentTime') !== '' && readSpokenTime(text('appointmentTime')) === undefined)
    problems.appointmentTime = [roadSentences.not_a_time]
  const phone = text('phone') === '' ? null : readPhone(text('phone'))
  if (phone?.ok === false) problems.phone = [explainEntry(phone.reason)]
  return Object.keys(problems).length === 0 ? null : problems
}

/** The contact with a citizen that waits on this phone; undefined: none does. */
const waitingFor = (kept: readonly KeptRow[], assignmentId: number): KeptRow | undefined =>
  kept.find(
    ({ subject, state }) =>
      subject?.kind === 'contact' &&
      subject.assignmentId === assignmentId &&
      (state === 'waiting' || state === 'refused'),
  )

/**
 * Notes a call or visit without the server: what is typed is kept on the phone, and sent when there is a network, from
 * the version that the copy shows. A contact that still waits is gone on with, so that the citizen has one only.
 */
export default function ShellContact({
  open: { copy, kept, opened, row },
  person,
  onKept,
}: {
  open: Open
  person: Snapshot['people'][number]
  onKept: () => Promise<void>
}) {
  const [lastResult, setLastResult] = useState<SubmissionResult<string[]>>()
  const navigate = useNavigate()
  const [earlier] = useState(() => waitingFor(kept, person.id))
  const { contact: last } = person
  if (!copy || !last) return <Notice>Anh/chị mở ứng dụng một lần khi có mạng để cập nhật danh sách này.</Notice>
  const form = `contact-${person.id}` as const
  const onKeep = async (filled: FormData) => {
    const problems = problemsOf(filled)
    if (problems) return setLastResult(refusedWith(filled, problems))
    const key = earlier?.key ?? crypto.randomUUID()
    try {
      await keep(opened, key, {
        campaignId: copy.campaign.id,
        subject: { kind: 'contact', assignmentId: person.id },
        entries: entriesOf(filled),
        citizenName: person.name,
        enteredAt: Date.now(),
        contactAt: row.contact.phoneAt,
        isDayChosen: true,
        consentVersion: CONSENT_VERSIONS[0],
        code: null,
        problems: [],
        saved: null,
      })
    } catch (error) {
      return setLastResult(refusedWith(filled, { '': [explainKeeping(error)] }))
    }
    await forgetDraft(form, openKey(form)).catch(() => undefined)
    navigate('#cho-gui', { replace: true })
    await onKept()
  }
  return (
    <div className="stack">
      <PageHeading title={person.name} />
      <Drafted form={form} nameOf={() => 'kết quả liên hệ với người dân này'}>
        {draft => (
          <ContactForm
            citizen={last}
            today={isClockDoubtful(row) || !row.copied ? '' : dayOf(copy.at + (Date.now() - row.copied.phoneAt))}
            typed={{ ...Object.fromEntries(earlier?.entries ?? []), ...fieldsOfDraft(draft, 'typed') }}
            lastResult={lastResult}
            submitLabel="Lưu trên máy và gửi"
            onKeep={onKeep}
          />
        )}
      </Drafted>
    </div>
  )
}
