import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { reconsiderationInput } from '#app/domain/reconsideration.ts'
import { forbidden } from '#app/domain/refusal.ts'
import type { ReconsiderationKind } from '#app/domain/vocabulary.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { askReconsideration, findReconsiderationsOf } from '#app/queries/reconsideration.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { reconsiderationTexts } from '#app/text/reconsideration.ts'
import { labels } from '#app/text/vocabulary.ts'
import { DateField, fieldsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị xem lại · 4 phủ' }]

export const loader = reads(async ({ actor, campaign }, { params }) => {
  const { id, citizenName, helpedOn } = found(findHelp(actor, campaign.id, idOf(params.helpId)))
  const { isOwn, mayAsk } = findReconsiderationsOf(actor, campaign.id, id)
  if (!isOwn) throw forbidden()
  await noteShown(actor, { what: 'help_record', subjectId: id, count: 1 })
  return { id, citizenName, helpedOn, mayAsk }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, reconsiderationInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const helpId = idOf(params.helpId)
  const asked = askReconsideration(actor, campaign.id, { helpId, ...submission.value })
  return asked.ok
    ? redirectWith(`/ho-tro/${helpId}`, 'da-gui-xem-lai')
    : refuseForm(submission, [], { formErrors: [explainProblem(asked.problem)] })
})

export default function AskReconsiderationPage() {
  const { id, citizenName, helpedOn, mayAsk } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đề nghị xem lại"
        note={`${citizenName}, ngày hỗ trợ ${formatDay(helpedOn)}`}
        breadcrumbs={[{ to: `/ho-tro/${id}`, label: citizenName }]}
      />
      {mayAsk.length === 0 ? (
        <Sheet>
          <p>{explainProblem('reconsideration_unneeded')}</p>
        </Sheet>
      ) : (
        <AskForm mayAsk={mayAsk} />
      )}
    </div>
  )
}

/** What is asked, why, and for a day the one wanted. */
function AskForm({ mayAsk }: { mayAsk: readonly ReconsiderationKind[] }) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { reason: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={{ kind: 'Nội dung', proposedOn: 'Ngày kích hoạt', reason: 'Lý do' }} />
        <p>{reconsiderationTexts.whoDecides}</p>
        {mayAsk.length === 1 ? (
          <input type="hidden" name="kind" value={mayAsk[0]} />
        ) : (
          <RadioGroup
            field={field('kind')}
            label="Nội dung"
            options={mayAsk.map(value => ({ value, label: labels.reconsiderationKind[value] }))}
          />
        )}
        {mayAsk.includes('day') ? (
          <DateField
            field={field('proposedOn')}
            label="Ngày kích hoạt cần sửa thành"
            hint="Chỉ điền khi đề nghị sửa ngày"
          />
        ) : null}
        <TextArea
          field={field('reason')}
          label="Lý do"
          hint="Ví dụ: ghi nhầm số định danh, nhầm ngày. Không ghi thông tin cá nhân của người dân."
        />
        <SubmitButton isLarge>Gửi đề nghị</SubmitButton>
      </Form>
    </Sheet>
  )
}
