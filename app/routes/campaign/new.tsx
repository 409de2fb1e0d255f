import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { campaignInput } from '#app/domain/regulation-input.ts'
import type { z } from '#app/domain/zod.ts'
import { createCampaign } from '#app/queries/campaign.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { committeeOf } from '#app/text/province.ts'
import { parameterTexts } from '#app/text/regulation.ts'
import { CheckboxField, DateField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tạo đợt cao điểm · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  return {
    code: campaign.code,
    name: campaign.name,
    issuer: committeeOf(currentProvince()),
    quota: String(regulation.quota),
  }
})

/** Founds a campaign; values that the form does not ask for are copied from the campaign of the actor's pages. */
export const action = writes(({ actor, campaign, regulation }, { form }) => {
  const submission = readForm(form, campaignInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { copiesAnnex, startsOn, endsOn, finalReportOn, quota, ...input } = submission.value
  const made = createCampaign(actor, {
    ...input,
    parameters: { ...regulation, startsOn, endsOn, finalReportOn, quota },
    annexOf: copiesAnnex ? campaign.id : null,
  })
  if (!made.ok) return refuseForm(submission, made.problems)
  return redirect(made.jobId === null ? `/quan-tri/dot/${made.campaignId}` : `/cong-viec/${made.jobId}`)
})

const LABELS = {
  code: 'Số kế hoạch',
  name: 'Tên đợt',
  issuer: 'Cơ quan ban hành',
  issuedOn: 'Ngày ban hành',
  startsOn: parameterTexts.startsOn.name,
  endsOn: parameterTexts.endsOn.name,
  finalReportOn: parameterTexts.finalReportOn.name,
  quota: parameterTexts.quota.name,
  copiesAnnex: 'Phụ lục',
}

export default function NewCampaignPage() {
  const copied = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof campaignInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { name: copied.name, issuer: copied.issuer, quota: copied.quota },
    constraint: Object.fromEntries(
      Object.keys(LABELS)
        .filter(name => name !== 'copiesAnnex')
        .map(name => [name, { required: true }]),
    ),
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Tạo đợt cao điểm"
        note={`Cách xét được chép từ KH ${copied.code}; anh/chị sửa được sau khi tạo. Số liệu của các đợt tách riêng.`}
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: '/quan-tri/dot', label: 'Các đợt cao điểm' },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextField field={fields.code} label={LABELS.code} hint="Ví dụ: 250/KH-UBND" />
          <DateField field={fields.issuedOn} label={LABELS.issuedOn} />
          <TextField field={fields.name} label={LABELS.name} />
          <TextField field={fields.issuer} label={LABELS.issuer} />
          <div className="field-pair">
            <DateField field={fields.startsOn} label={LABELS.startsOn} />
            <DateField field={fields.endsOn} label={LABELS.endsOn} />
          </div>
          <DateField field={fields.finalReportOn} label={LABELS.finalReportOn} />
          <TextField field={fields.quota} label={LABELS.quota} inputMode="numeric" isShort />
          <CheckboxField
            field={fields.copiesAnnex}
            label={`Chép phụ lục chỉ tiêu của KH ${copied.code}`}
            hint="Chỉ tiêu hằng ngày được chia lại theo số ngày của đợt mới. Không chọn thì phụ lục để trống, điền sau."
          />
          <SubmitButton pendingLabel="Đang tạo…">Tạo đợt</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
