import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { targetInput } from '#app/domain/target-input.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { decideAreaTarget } from '#app/queries/target.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { fieldsOf } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { TARGET_LABELS, TargetFields } from '#app/ui/target-fields.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Chỉ tiêu của địa bàn · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation }, { params }) => {
  const { id, name, path } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'target.decide_area', { unitPath: path })
  return { id, name, quota: regulation.quota }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, targetInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = decideAreaTarget(actor, campaign.id, { unitId, input: submission.value })
  return made.ok ? redirectWith(`/don-vi/${unitId}/chi-tieu`, 'dang-xet-lai') : refuseForm(submission, made.problems)
})

export default function AreaTargetPage() {
  const { id, name, quota } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { target: { required: true }, documentNumber: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Quyết định chỉ tiêu cho cả địa bàn"
        note={`Áp dụng cho mọi người thuộc ${name} và các đơn vị trực thuộc, trừ người đã có quyết định riêng hoặc của đơn vị gần hơn.`}
        breadcrumbs={[{ to: `/don-vi/${id}/chi-tieu`, label: `Chỉ tiêu, ${name}` }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={TARGET_LABELS} />
          <TargetFields field={field} />
          <p className="small">
            Mức chung của kế hoạch là {formatNumber(quota)}. Sau khi ghi, số liệu được tính lại trong ít phút; quyết
            định sau thay quyết định trước.
          </p>
          <SubmitButton isLarge>Ghi quyết định</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
