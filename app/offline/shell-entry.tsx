import type { SubmissionResult } from '@conform-to/react'
import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { dayOf } from '#app/domain/calendar.ts'
import { type Snapshot, VISIT_FIELDS } from '#app/domain/offline.ts'
import { type HelpFields, HelpForm } from '#app/ui/help-form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { isClockDoubtful, takeCode } from './contact.ts'
import { forgetDraft } from './draft.ts'
import { describeRecord } from './draft-words.ts'
import { Drafted, fieldsOfDraft } from './drafted.tsx'
import { checkEntry } from './entry-check.ts'
import { entriesOf } from './keeping-action.ts'
import { askPhone } from './known-citizen.ts'
import { type KeptRow, keep } from './outbox.ts'
import { explainKeeping, refusedWith } from './refusal.ts'
import type { Open } from './use-shell.ts'

/** What a form of the shell begins with, at most one of them. */
type Beginning = {
  /** a kept record that is changed */
  edited?: KeptRow
  /** the assigned citizen of a new record */
  person?: Snapshot['people'][number]
  /** the record after which the next person of the same visit is recorded */
  after?: KeptRow
}

/** Returns the form's first values: empty for a new record, else what was kept, with the server's answer. */
function begin({ copy, row }: Open, { edited, person, after }: Beginning) {
  const isDayAsked =
    isClockDoubtful(row) || Boolean(edited?.problems.some(({ field }) => field === 'helpedOn') && !edited.isDayChosen)
  const at = copy && row.copied ? copy.at + (Date.now() - row.copied.phoneAt) : Date.now()
  const today = isDayAsked ? '' : dayOf(at)
  if (!edited)
    return {
      isDayAsked,
      today,
      lastResult: undefined,
      defaults: {
        submissionKey: crypto.randomUUID(),
        helpedOn: today,
        place: 'home',
        localityCode: person?.localityCode ?? copy?.form.localityCode ?? '',
        ...visitOf(after),
        ...(person && { citizenName: person.name, hamlet: person.hamlet, phone: person.phone ?? '' }),
      } as HelpFields,
    }
  const typed: HelpFields = Object.fromEntries(edited.entries)
  // days that were the same as the doubted one are asked for too
  const defaults = isDayAsked
    ? Object.fromEntries(
        Object.entries(typed).map(([name, value]) => [
          name,
          value === typed.helpedOn && /On$|_on$/.test(name) ? '' : value,
        ]),
      )
    : typed
  const error: Record<string, string[]> = {}
  for (const { field, message } of edited.problems) error[field] = [...(error[field] ?? []), message]
  return {
    isDayAsked,
    today,
    defaults,
    lastResult:
      edited.problems.length === 0
        ? undefined
        : ({ status: 'error', initialValue: defaults, error } as SubmissionResult<string[]>),
  }
}

/** What stays the same for the next person of a visit. */
const visitOf = (after: KeptRow | undefined): HelpFields =>
  Object.fromEntries(after?.entries.filter(([name]) => VISIT_FIELDS.some(field => field === name)) ?? [])

/** The help form without the server: what is typed is kept on the phone, and sent when there is a network. */
export default function ShellEntry({
  open,
  onKept,
  ...beginning
}: Beginning & { open: Open; onKept: () => Promise<void> }) {
  const { edited } = beginning
  const { copy, opened, row } = open
  const [start] = useState(() => begin(open, beginning))
  const [lastResult, setLastResult] = useState<SubmissionResult<string[]> | undefined>(start.lastResult)
  const navigate = useNavigate()
  if (!copy) return <Notice kind="warning">Máy chưa có dữ liệu để ghi. Anh/chị mở ứng dụng một lần khi có mạng.</Notice>

  const onKeep = async (form: FormData) => {
    const entries = entriesOf(form)
    const problems = checkEntry(entries, copy.form.minimumAge)
    if (problems) return setLastResult(refusedWith(form, problems))
    const key = String(form.get('submissionKey'))
    const helpedOn = String(form.get('helpedOn'))
    try {
      void navigator.storage?.persist?.()
      await keep(opened, key, {
        campaignId: edited?.campaignId ?? copy.campaign.id,
        entries,
        citizenName: String(form.get('citizenName')),
        enteredAt: edited?.enteredAt ?? Date.now(),
        contactAt: edited ? edited.contactAt : row.contact.phoneAt,
        isDayChosen: start.isDayAsked || (edited?.isDayChosen ?? false) || helpedOn !== start.defaults.helpedOn,
        consentVersion: copy.form.consentVersion,
        code: edited ? edited.code : await takeCode(opened, copy.campaign.id),
        problems: [],
        saved: null,
      })
    } catch (error) {
      return setLastResult(refusedWith(form, { '': [explainKeeping(error)] }))
    }
    await forgetDraft('record', key).catch(() => undefined)
    navigate(`#da-ghi=${key}`, { replace: true })
    await onKept()
  }

  return (
    <div className="stack">
      <PageHeading title={edited ? 'Sửa trường hợp chờ gửi' : 'Thêm người dân đã hỗ trợ'} />
      {start.isDayAsked ? (
        <Notice kind="warning">
          Giờ trên máy khác giờ của hệ thống nên ngày không được điền sẵn. Anh/chị chọn đúng ngày hỗ trợ.
        </Notice>
      ) : null}
      <Drafted form="record" draftKey={start.defaults.submissionKey ?? ''} nameOf={describeRecord}>
        {draft => (
          <HelpForm
            communes={copy.form.communes}
            required={copy.form.required}
            minimumAge={copy.form.minimumAge}
            today={start.today}
            defaults={{ ...start.defaults, ...fieldsOfDraft(draft) }}
            lastResult={lastResult}
            submitLabel="Lưu trên máy và gửi"
            askEarly={askPhone}
            onKeep={onKeep}
          />
        )}
      </Drafted>
    </div>
  )
}
