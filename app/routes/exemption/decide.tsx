import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { exemptionDecisionInput } from '#app/domain/exemption-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { decideExemption, findExemption } from '#app/queries/exemption.server.ts'
import { explainDecider } from '#app/text/exemption.ts'
import { formatDay, formatInstant } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ExemptionStatus } from '#app/ui/exemption-rows.tsx'
import { fieldsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quyết định miễn · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { id, name, allowed } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  return {
    unit: { id, name },
    mayAsk: allowed.exempt,
    exemption: found(findExemption(actor, campaign.id, idOf(params.exemptionId))),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const submission = readForm(form, exemptionDecisionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  decideExemption(actor, campaign.id, { exemptionId: idOf(params.exemptionId), ...submission.value })
  return redirectWith(`/don-vi/${idOf(params.unitId)}/mien-giam`, 'da-quyet-dinh')
})

export default function ExemptionPage() {
  const { names } = useTerms()
  const { unit, mayAsk, exemption } = useLoaderData<typeof loader>()
  const reason = labels.exemptionReason[exemption.reason]
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Miễn cho ${exemption.officialName}`}
        note={exemption.unitName}
        breadcrumbs={[{ to: `/don-vi/${unit.id}/mien-giam`, label: `Miễn, giảm, ${unit.name}` }]}
      />
      <Sheet title="Đề nghị" note={<ExemptionStatus state={exemption.state} />}>
        <Facts
          facts={[
            { name: 'Nội dung được miễn', value: names.part[exemption.part] },
            { name: 'Lý do', value: exemption.reasonText ? `${reason}: ${exemption.reasonText}` : reason },
            { name: 'Số văn bản', value: exemption.documentNumber },
            { name: 'Thời gian', value: `${formatDay(exemption.fromOn)} – ${formatDay(exemption.toOn)}` },
            { name: 'Người đề nghị', value: `${exemption.askedBy ?? 'Hệ thống'}, ${formatInstant(exemption.askedAt)}` },
            {
              name: 'Bản chụp văn bản',
              value:
                exemption.scanFileId === null ? (
                  exemption.owesScan ? (
                    'Chưa có, đơn vị bổ sung sau'
                  ) : (
                    'Không có'
                  )
                ) : (
                  <a href={`/tep/${exemption.scanFileId}`}>Mở bản chụp</a>
                ),
            },
            ...(exemption.decisionReason ? [{ name: 'Ý kiến', value: exemption.decisionReason }] : []),
          ]}
        />
      </Sheet>
      {exemption.mayDecide || exemption.mayApprove ? <DecisionForm /> : null}
      {exemption.mayApprove || exemption.state !== 'asked' ? null : (
        <p className="small">{explainDecider(exemption)}</p>
      )}
      {exemption.owesScan && mayAsk ? (
        <p>
          <Link to={`/don-vi/${unit.id}/mien-giam/${exemption.id}/ban-chup`}>Bổ sung bản chụp văn bản</Link>
        </p>
      ) : null}
    </div>
  )
}

function DecisionForm() {
  const { exemption } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { decision: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Sheet title="Quyết định">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={{ decision: 'Quyết định', decisionReason: 'Lý do' }} />
        <RadioGroup
          field={field('decision')}
          label="Ý kiến"
          options={[
            ...(exemption.mayApprove ? [{ value: 'approved', label: 'Chấp thuận' }] : []),
            { value: 'rejected', label: exemption.state === 'approved' ? 'Thu hồi' : 'Không chấp thuận' },
          ]}
        />
        <TextArea field={field('decisionReason')} label="Lý do" hint="Bắt buộc khi không chấp thuận hoặc thu hồi" />
        <p className="small">
          Quyết định sau thay quyết định trước, của cấp trên thì cấp dưới không thay; mọi quyết định đều được lưu.
        </p>
        <SubmitButton isLarge>Ghi quyết định</SubmitButton>
      </Form>
    </Sheet>
  )
}
