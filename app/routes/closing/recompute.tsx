import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { closingInput } from '#app/domain/closing-input.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { recountState } from '#app/queries/closing-moves.server.ts'
import { listLateEntries } from '#app/queries/late-entry.server.ts'
import { explainRecount, LATER_REASONS } from '#app/text/closing.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { CheckboxField, fieldsOf, optionsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { LateEntries } from '#app/ui/late-entries.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tính lại kết quả xét · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => {
  permitSomewhere(actor, 'closing.compute')
  const recount = found(recountState(campaign.id))
  const late = listLateEntries(actor, campaign.id)
  return { late, version: recount.last.version, since: explainRecount(recount) }
})

export const action = writes(({ actor, campaign }, { form }) => {
  const submission = readForm(form, closingInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { reason, text, withLate } = submission.value
  const started = startClosing(actor, campaign.id, { reason, note: text, withLate })
  if (started.ok) return redirect(`/cong-viec/${started.jobId}`)
  const field = started.problem === 'late_entries_unseen' ? 'withLate' : 'reason'
  return refuseForm(submission, [{ field, reason: started.problem }])
})

const LATE_LABEL = 'Tôi đã xem các trường hợp nhập sau ngày cuối và đưa vào phiên bản này'

export default function RecomputePage() {
  const { version, since, late } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { reason: { required: true }, text: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Tính lại kết quả xét"
        note={since}
        breadcrumbs={[{ to: '/ket-thuc', label: 'Kết thúc đợt' }]}
      />
      <LateEntries rows={late} />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors
            form={form}
            labels={{ reason: 'Vì sao tính lại', text: 'Văn bản hoặc sự việc', withLate: LATE_LABEL }}
          />
          <p>
            Phiên bản {version + 1} chỉ ghi những người và tập thể có thay đổi, nêu rõ thay đổi gì. Phiên bản {version}{' '}
            được giữ nguyên.
          </p>
          <RadioGroup
            field={field('reason')}
            label="Vì sao tính lại"
            options={optionsOf(LATER_REASONS, officeLabels.closingReason)}
          />
          <TextArea
            field={field('text')}
            label="Văn bản hoặc sự việc"
            hint="Ví dụ: Công văn 512/CAT-PC06 ngày 15/7/2024. Không ghi thông tin cá nhân của người dân."
          />
          {late.length === 0 ? null : <CheckboxField field={field('withLate')} label={LATE_LABEL} />}
          <div className="actions">
            <SubmitButton>Tính lại</SubmitButton>
            <Link to="/ket-thuc">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
