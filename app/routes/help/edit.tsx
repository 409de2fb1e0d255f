import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { isLateEntry, lastEntryDay } from '#app/domain/late-entry.ts'
import { readLateDocument } from '#app/domain/late-entry-input.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { Drafted, fieldsOfDraft } from '#app/offline/drafted.tsx'
import { entriesOf, keepingAction } from '#app/offline/keeping-action.ts'
import { refusedWith } from '#app/offline/refusal.ts'
import { editHelp } from '#app/queries/help.server.ts'
import { findHelp, openNumber } from '#app/queries/help-view.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { together } from '#app/queries/together.server.ts'
import { editRefusals } from '#app/text/help.ts'
import { noticeTo } from '#app/text/notice.ts'
import { HelpForm } from '#app/ui/help-form.tsx'
import { LateDocumentSheet } from '#app/ui/late-entries.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { keepFormerDays, readHelpForm } from './form.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bổ sung, sửa trường hợp · 4 phủ' }]

export const loader = reads(async ({ actor, campaign, regulation, today }, { params }) => {
  const help = found(findHelp(actor, campaign.id, idOf(params.helpId)))
  if (help.withdrawnAt !== null || help.erasedAt !== null) throw redirect(`/ho-tro/${help.id}`)
  await noteShown(actor, { what: 'help_number', subjectId: help.id, count: 1 })
  const number = await retryBusy(() => openNumber(actor, campaign.id, help.id))
  const outcomes = OUTCOMES.flatMap(outcome => {
    const fact = help.outcomes[outcome]
    if (!fact) return []
    return [
      [`outcome_${outcome}`, fact.value],
      ...(fact.value === 'achieved' ? [[`outcome_${outcome}_on`, fact.on ?? '']] : []),
    ]
  })
  const defaults: Record<string, string> = {
    submissionKey: help.submissionKey,
    revision: String(help.revision),
    citizenName: help.citizenName,
    citizenNumber: number,
    birthOn: help.citizenBirthOn ?? '',
    phone: help.phone ?? '',
    carrier: help.carrier ?? '',
    localityCode: help.localityCode,
    hamlet: help.hamlet,
    helpedOn: help.helpedOn,
    place: help.place,
    ...Object.fromEntries(outcomes),
    consentChannel: help.consentChannel,
    consent: 'on',
    note: help.note ?? '',
  }
  return {
    lastOn: isLateEntry(today, regulation) ? lastEntryDay(regulation) : null,
    page: {
      helpId: help.id,
      citizenName: help.citizenName,
      isConfirmed: help.confirmedAt !== null,
      returnReason: help.returnReason,
    },
    form: {
      defaults,
      today,
      communes: listCommunes(today),
      required: regulation.requiredOutcomes,
      minimumAge: regulation.minimumAge,
    },
  }
})

export const action = writes(async ({ actor, campaign }, { form, params }) => {
  const before = found(findHelp(actor, campaign.id, idOf(params.helpId)))
  const submission = readHelpForm(form)
  if (submission.status !== 'success') return refuseForm(submission)
  const input = keepFormerDays(submission.value, before.outcomes)
  const revision = Number(form.get('revision'))
  const made = await together(() =>
    editHelp(actor, campaign.id, { helpId: before.id, revision, input, lateDocument: readLateDocument(form) }),
  )
  if (made.ok) {
    const losesConfirmation = made.hasReset && before.confirmedAt !== null
    const to = noticeTo(`/ho-tro/${before.id}`, 'da-luu')
    return losesConfirmation ? redirectWith(to, 'da-dat-lai') : redirect(to)
  }
  return typeof made.problems === 'string'
    ? refuseForm(submission, [], { formErrors: [editRefusals[made.problems]] })
    : refuseForm(submission, made.problems)
})

/** Keeps the correction on the phone until it is sent, if the server cannot be reached or its answer is lost. */
export const clientAction = keepingAction({
  draftOf: ({ params }) => `correction-${Number(params.helpId)}`,
  rowsOf: (form, { params }) => [
    {
      key: crypto.randomUUID(),
      subject: { kind: 'correction', helpId: Number(params.helpId) },
      citizenName: String(form.get('citizenName')),
      entries: entriesOf(form),
    },
  ],
  refuse: (form, said) => ({ lastResult: refusedWith(form, { '': [said] }) }),
})

export default function EditHelpPage() {
  const { page, form, lastOn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Bổ sung, sửa"
        breadcrumbs={[
          { to: '/ho-tro', label: 'Hỗ trợ' },
          { to: `/ho-tro/${page.helpId}`, label: page.citizenName },
        ]}
      />
      {page.returnReason ? (
        <Notice kind="warning" title="Lý do đơn vị trả lại">
          {page.returnReason}
        </Notice>
      ) : null}
      {page.isConfirmed ? (
        <Notice kind="warning" title="Đơn vị đã xác nhận trường hợp này">
          Nếu anh/chị sửa người dân, nơi ở, số điện thoại, nhà mạng, ngày hỗ trợ hoặc các nội dung bắt buộc, xác nhận
          của đơn vị và của người dân hết hiệu lực, trường hợp cần được xác nhận lại.
        </Notice>
      ) : null}
      <Drafted form={`correction-${page.helpId}`} nameOf={() => 'nội dung bổ sung, sửa của trường hợp này'}>
        {draft => {
          const typed = fieldsOfDraft(draft, 'typed')
          return (
            <HelpForm
              {...form}
              defaults={{ ...form.defaults, ...typed }}
              lastResult={answer?.lastResult}
              submitLabel="Lưu thay đổi"
            >
              <LateDocumentSheet lastOn={lastOn} sent={draft === null ? answer?.lastResult.initialValue : typed} />
            </HelpForm>
          )
        }}
      </Drafted>
    </div>
  )
}
