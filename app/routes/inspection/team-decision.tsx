import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { teamDecisionInput } from '#app/domain/inspection-input.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { nameTeamDecision } from '#app/queries/inspection-check.server.ts'
import { DateField, fieldsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quyết định thành lập Tổ kiểm tra · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { id, unitName, teamDecision, members, mayNameDecision } = found(
    findInspection(actor, campaign.id, idOf(params.inspectionId)),
  )
  if (!mayNameDecision) throw notFound()
  return {
    id,
    unitName,
    teamDecision,
    leader: members.find(({ isLeader }) => isLeader)?.accountId ?? null,
    members: members.map(({ accountId, name }) => ({ value: String(accountId), label: name })),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const inspectionId = idOf(params.inspectionId)
  found(findInspection(actor, campaign.id, inspectionId))
  const submission = readForm(form, teamDecisionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const named = nameTeamDecision(actor, campaign.id, { inspectionId, input: submission.value })
  return named.ok
    ? redirectWith(`/kiem-tra/${inspectionId}`, 'da-ghi-quyet-dinh')
    : refuseForm(submission, [{ field: FIELD_OF[named.problem] ?? '', reason: named.problem }])
})

/** The field that each problem speaks of; any other is of the whole form. */
const FIELD_OF: Partial<Record<string, string>> = { in_future: 'decisionOn', not_a_choice: 'leader' }
const REQUIRED = { decisionNumber: 'Số quyết định', decisionOn: 'Ngày quyết định' }
const LABELS = { ...REQUIRED, leader: 'Tổ trưởng' }

/** The decision that formed the team of an inspection and who leads it, for its minutes. */
export default function TeamDecisionPage() {
  const { id, unitName, teamDecision, members, leader } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: {
      decisionNumber: teamDecision?.number ?? '',
      decisionOn: teamDecision?.on ?? '',
      leader: leader === null ? '' : String(leader),
    },
    constraint: Object.fromEntries(Object.keys(REQUIRED).map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Quyết định thành lập Tổ kiểm tra"
        note={unitName}
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: `/kiem-tra/${id}`, label: unitName },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <p>
            Số, ngày và Tổ trưởng được in vào biên bản kiểm tra. Nội dung chưa ghi thì biên bản để dấu chấm để viết tay.
          </p>
          <TextField field={field('decisionNumber')} label={LABELS.decisionNumber} hint="Ví dụ: 45/QĐ-CAT" />
          <DateField field={field('decisionOn')} label={LABELS.decisionOn} />
          <SelectField field={field('leader')} label={LABELS.leader} options={members} placeholder="Chưa ghi" />
          <div className="actions">
            <SubmitButton>Ghi quyết định</SubmitButton>
            <Link to={`/kiem-tra/${id}`}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
