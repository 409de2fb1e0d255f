import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { transferAnswerInput } from '#app/domain/transfer-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { answerTransfer } from '#app/queries/transfer.server.ts'
import { existingTransfer } from '#app/queries/transfer-list.server.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { explainWaiting } from '#app/text/transfer.ts'
import { labels } from '#app/text/vocabulary.ts'
import { fieldsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { TransferStatus } from '#app/ui/transfer-status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị chuyển đơn vị · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { id, name } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  return { unit: { id, name }, transfer: existingTransfer(actor, idOf(params.transferId)) }
})

export const action = writes(({ actor }, { params, form }) => {
  const submission = readForm(form, transferAnswerInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = answerTransfer(actor, { transferId: idOf(params.transferId), ...submission.value })
  if (!made.ok) return refuseForm(submission, made.problems)
  const notice = submission.value.answer === 'accepted' ? 'da-tiep-nhan' : 'khong-tiep-nhan'
  return redirectWith(`/don-vi/${idOf(params.unitId)}/chuyen`, notice)
})

const FIELD_LABELS = { answer: 'Trả lời', reason: 'Lý do' }

export default function TransferPage() {
  const { unit, transfer } = useLoaderData<typeof loader>()
  const base = `/don-vi/${unit.id}/chuyen`
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Chuyển đơn vị: ${transfer.officialName}`}
        note={transfer.state === 'asked' ? explainWaiting(transfer) : undefined}
        breadcrumbs={[{ to: base, label: `Chuyển đơn vị, ${unit.name}` }]}
      />
      <Sheet title="Đề nghị" note={<TransferStatus state={transfer.state} />}>
        <Facts
          facts={[
            { name: 'Từ', value: transfer.fromUnitName },
            { name: 'Đến', value: transfer.unitName },
            {
              name: 'Vị trí mới',
              value: `${transfer.position}, ${labels.category[transfer.category].toLowerCase()}${transfer.isLeader ? ', lãnh đạo' : ''}`,
            },
            { name: 'Từ ngày', value: formatDay(transfer.fromOn) },
            { name: 'Người đề nghị', value: `${transfer.askedByName}, ${formatInstant(transfer.askedAt)}` },
            ...(transfer.answeredAt === null
              ? []
              : [
                  {
                    name: 'Người trả lời',
                    value: `${transfer.answeredByName ?? 'Hệ thống'}, ${formatInstant(transfer.answeredAt)}`,
                  },
                ]),
            ...(transfer.answerReason ? [{ name: 'Lý do', value: transfer.answerReason }] : []),
          ]}
        />
      </Sheet>
      {transfer.mayAnswer ? <AnswerForm /> : null}
      {transfer.mayWithdraw ? (
        <Form method="post" action={`${base}/${transfer.id}/rut`}>
          <SubmitButton variant="quiet">Rút đề nghị</SubmitButton>
        </Form>
      ) : null}
    </div>
  )
}

function AnswerForm() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { answer: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Trả lời">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={FIELD_LABELS} />
        <RadioGroup
          field={field('answer')}
          label={FIELD_LABELS.answer}
          options={[
            { value: 'accepted', label: 'Tiếp nhận', hint: 'Vị trí mới có hiệu lực từ ngày đề nghị' },
            { value: 'refused', label: 'Không tiếp nhận', hint: 'Người này ở lại đơn vị cũ' },
          ]}
        />
        <TextArea field={field('reason')} label={FIELD_LABELS.reason} hint="Bắt buộc khi không tiếp nhận" />
        <SubmitButton isLarge>Gửi trả lời</SubmitButton>
      </Form>
    </Sheet>
  )
}
