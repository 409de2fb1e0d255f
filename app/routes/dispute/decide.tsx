import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { dayOf } from '#app/domain/calendar.ts'
import { disputeDecisionInput } from '#app/domain/dispute-input.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { decideDispute, findDispute } from '#app/queries/dispute.server.ts'
import { formatDay, formatInstant, maskNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { DisputeStatus } from '#app/ui/dispute-status.tsx'
import { fieldsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { HelpStatus } from '#app/ui/help-status.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quyết định đề nghị xem xét lại · 4 phủ' }]

export const loader = reads(async ({ actor, campaign }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const dispute = found(findDispute(actor, campaign.id, idOf(params.disputeId), path))
  for (const { id: helpId } of [dispute.own, dispute.holder])
    await noteShown(actor, { what: 'dispute_record', subjectId: helpId, count: 1 })
  const { raisedAt, decidedAt, ...rest } = dispute
  return {
    unit: { id, name },
    dispute: { ...rest, raisedOn: dayOf(raisedAt), decidedOn: decidedAt === null ? null : dayOf(decidedAt) },
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, disputeDecisionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const decided = decideDispute(actor, campaign.id, { disputeId: idOf(params.disputeId), ...submission.value })
  return redirectWith(`/don-vi/${idOf(params.unitId)}/tranh-chap`, decided.ok ? 'da-quyet-dinh' : 'khong-con')
})

type Side = ReturnType<typeof useLoaderData<typeof loader>>['dispute']['own']

export default function DisputePage() {
  const { unit, dispute } = useLoaderData<typeof loader>()
  const { citizenName, numberTail, own, holder, reason, raisedOn, decidedOn, decisionReason, state } = dispute
  return (
    <div className="stack">
      <PageHeading
        title={citizenName}
        note={`Số định danh ${maskNumber(numberTail)}. Hai trường hợp cùng ghi người dân này.`}
        breadcrumbs={[{ to: `/don-vi/${unit.id}/tranh-chap`, label: `Đề nghị xem xét lại, ${unit.name}` }]}
      />
      <Sheet title="Đề nghị" note={<DisputeStatus state={state} />}>
        <Facts
          facts={[
            { name: 'Người đề nghị', value: `${own.officialName}, ngày ${formatDay(raisedOn)}` },
            { name: 'Lý do', value: reason },
            ...(decidedOn === null ? [] : [{ name: 'Ngày quyết định', value: formatDay(decidedOn) }]),
            ...(decisionReason ? [{ name: 'Lý do quyết định', value: decisionReason }] : []),
          ]}
        />
      </Sheet>
      <div className="sides">
        <Record title="Trường hợp đề nghị" side={own} />
        <Record title={state === 'open' ? 'Trường hợp đang được tính' : 'Trường hợp của bên kia'} side={holder} />
      </div>
      {dispute.mayDecide ? <DecisionForm own={own} holder={holder} /> : null}
    </div>
  )
}

/** One of the two records, the same lines in the same order. */
function Record({ title, side }: { title: string; side: Side }) {
  const { names } = useTerms()
  return (
    <Sheet title={title} note={<HelpStatus {...side} />}>
      <Facts
        facts={[
          { name: 'Người thực hiện', value: <Link to={`/can-bo/${side.officialId}`}>{side.officialName}</Link> },
          { name: 'Đơn vị', value: side.unitName },
          { name: 'Ngày hỗ trợ', value: formatDay(side.helpedOn) },
          { name: 'Nơi hỗ trợ', value: labels.helpPlace[side.place] },
          {
            name: 'Hệ thống nhận lúc',
            value: `${formatInstant(side.receivedAt)}${side.isEnteredByOther ? ', nhập hộ' : ''}`,
          },
          {
            name: 'Ghi đạt nội dung bắt buộc lúc',
            value: side.claimedAt === null ? 'Chưa ghi' : formatInstant(side.claimedAt),
          },
          ...OUTCOMES.flatMap(outcome => {
            const fact = side.outcomes[outcome]
            if (!fact) return []
            const day = fact.on ? `, ngày ${formatDay(fact.on)}` : ''
            return [{ name: names.outcome[outcome], value: `${labels.outcomeValue[fact.value]}${day}` }]
          }),
          {
            name: 'Đơn vị xác nhận',
            value: side.confirmedAt === null ? 'Chưa' : formatInstant(side.confirmedAt),
          },
          ...(side.basis === null ? [] : [{ name: 'Căn cứ mạnh nhất', value: labels.basis[side.basis] }]),
          { name: 'Ghi chú', value: side.note ?? 'Không có' },
        ]}
      />
    </Sheet>
  )
}

function DecisionForm({ own, holder }: { own: Side; holder: Side }) {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { decision: { required: true }, decisionReason: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Quyết định">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={{ decision: 'Quyết định', decisionReason: 'Lý do' }} />
        <RadioGroup
          field={field('decision')}
          label="Người dân này được tính cho"
          options={[
            { value: 'upheld', label: `${own.officialName} (chấp thuận đề nghị)` },
            { value: 'dismissed', label: `${holder.officialName} (giữ nguyên)` },
          ]}
        />
        <TextArea
          field={field('decisionReason')}
          label="Lý do"
          hint="Cả hai bên đều đọc được; anh/chị không nêu tên người kia"
        />
        <p className="small">
          Quyết định được lưu cùng lý do. Chỉ khi một trong hai trường hợp thay đổi mới có thể đề nghị lại.
        </p>
        <SubmitButton isLarge>Ghi quyết định</SubmitButton>
      </Form>
    </Sheet>
  )
}
