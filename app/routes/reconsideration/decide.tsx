import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { reconsiderationDecisionInput } from '#app/domain/reconsideration.ts'
import { DECISIONS } from '#app/domain/vocabulary.ts'
import { decideReconsideration, findReconsideration } from '#app/queries/reconsideration.server.ts'
import { formatDay } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { fieldsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quyết định về đề nghị xem lại · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { raisedAt, ...row } = found(findReconsideration(actor, campaign.id, idOf(params.reconsiderationId)))
  return { ...row, raisedOn: dayOf(raisedAt) }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const id = idOf(params.reconsiderationId)
  found(findReconsideration(actor, campaign.id, id))
  const submission = readForm(form, reconsiderationDecisionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  decideReconsideration(actor, campaign.id, { id, ...submission.value })
  return redirectWith('/kiem-tra/de-nghi', 'da-quyet-dinh')
})

export default function DecideReconsiderationPage() {
  const { kind, helpId, unitName, helpedOn, verdictReason, proposedOn, reason, raisedOn } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { decision: { required: true }, reason: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title={labels.reconsiderationKind[kind]}
        note={`Trường hợp ${helpId}, ${unitName}`}
        breadcrumbs={[{ to: '/kiem-tra/de-nghi', label: 'Đề nghị xem lại' }]}
      />
      <Sheet title="Đề nghị" note={`gửi ngày ${formatDay(raisedOn)}`}>
        <Facts
          facts={[
            { name: 'Ngày hỗ trợ', value: formatDay(helpedOn) },
            { name: 'Kết quả xét', value: labels.verdictReason[verdictReason] },
            ...(proposedOn === null ? [] : [{ name: 'Ngày kích hoạt đề nghị', value: formatDay(proposedOn) }]),
            { name: 'Lý do', value: reason },
          ]}
        />
      </Sheet>
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ decision: 'Quyết định', reason: 'Lý do' }} />
          <RadioGroup
            field={field('decision')}
            label="Quyết định"
            options={DECISIONS.map(value => ({ value, label: officeLabels.decision[value] }))}
          />
          <TextArea field={field('reason')} label="Lý do" hint="Không ghi thông tin cá nhân của người dân." />
          <p className="small">
            {kind === 'day'
              ? 'Khi chấp nhận, ngày được sửa và đơn vị xác nhận lại.'
              : 'Khi chấp nhận, câu trả lời “không đúng”, kết quả kiểm tra và chênh lệch số liệu đã giữ không còn ngăn trường hợp của người đề nghị.'}
          </p>
          <SubmitButton isLarge>Ghi quyết định</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
