import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { disputeInput } from '#app/domain/dispute-input.ts'
import { findDisputeOf, raiseDispute } from '#app/queries/dispute.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị xem xét lại · 4 phủ' }]

export const loader = reads(async ({ actor, campaign }, { params }) => {
  const { id, citizenName, helpedOn } = found(findHelp(actor, campaign.id, idOf(params.helpId)))
  if (!findDisputeOf(actor, campaign.id, id).mayRaise) throw redirect(`/ho-tro/${id}`)
  await noteShown(actor, { what: 'help_record', subjectId: id, count: 1 })
  return { id, citizenName, helpedOn }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, disputeInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const helpId = idOf(params.helpId)
  const made = raiseDispute(actor, campaign.id, { helpId, reason: submission.value.reason })
  return made.ok
    ? redirectWith(`/ho-tro/${helpId}`, 'da-de-nghi')
    : refuseForm(submission, [], { formErrors: [explainProblem(made.problem)] })
})

export default function RaiseDisputePage() {
  const { id, citizenName, helpedOn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ reason: string }>({
    lastResult: answer?.lastResult,
    constraint: { reason: { required: true } },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đề nghị xem xét lại"
        note={`${citizenName}, ngày hỗ trợ ${formatDay(helpedOn)}`}
        breadcrumbs={[{ to: `/ho-tro/${id}`, label: citizenName }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ reason: 'Lý do' }} />
          <p>
            Người dân này đã được tính ở một trường hợp khác. Người đứng đầu đơn vị chung gần nhất của hai bên xem cả
            hai trường hợp rồi quyết định; trong lúc chờ, số liệu giữ nguyên.
          </p>
          <TextArea
            field={fields.reason}
            label="Lý do"
            hint="Ví dụ: ngày, nơi hỗ trợ và việc anh/chị đã làm cùng người dân"
          />
          <SubmitButton isLarge>Gửi đề nghị</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
