import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { overlaps, partsToReview } from '#app/domain/campaign.ts'
import { copiedParameters } from '#app/domain/new-campaign.ts'
import { campaignInput } from '#app/domain/regulation-input.ts'
import type { z } from '#app/domain/zod.ts'
import { createCampaign, findCampaign, listCampaigns } from '#app/queries/campaign.server.ts'
import { campaignToChoose } from '#app/queries/campaign-choice.server.ts'
import { copiedIndicators } from '#app/queries/campaign-indicator.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { annexWordTexts } from '#app/text/campaign.ts'
import { formatDay } from '#app/text/format.ts'
import { committeeOf } from '#app/text/province.ts'
import { parameterTexts } from '#app/text/regulation.ts'
import { CheckboxField, DateField, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { found, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tạo đợt cao điểm · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  const founded = campaignToChoose(today)
  return {
    copyOf: String(campaign.id),
    issuer: committeeOf(currentProvince()),
    quota: String(regulation.quota),
    campaigns: listCampaigns().map(({ id, code, regulation: { startsOn, endsOn } }) => ({
      id,
      label: id === founded ? 'Cách xét có sẵn của phần mềm' : `KH ${code}`,
      span: `từ ${formatDay(startsOn)} đến ${formatDay(endsOn)}`,
    })),
  }
})

/** Founds a campaign as a copy of another; one that overlaps others is asked about once, with everything typed kept. */
export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, campaignInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { copyOf, copiesIndicators, copiesAnnex, allowsOverlap, ...typed } = submission.value
  const { startsOn, endsOn, finalReportOn, quota, headline, annexNote, ...input } = typed
  const from = found(findCampaign(copyOf))
  const isBeside = listCampaigns().some(({ regulation }) => overlaps(regulation, { startsOn, endsOn }))
  if (isBeside && !allowsOverlap)
    return refuseForm(submission, [{ field: 'allowsOverlap', reason: 'campaigns_overlap' }])
  const made = createCampaign(actor, {
    ...input,
    headline: headline ?? '',
    annexNote: annexNote ?? '',
    parameters: copiedParameters(from.regulation, { startsOn, endsOn, finalReportOn, quota }),
    annexOf: copiesAnnex ? from.id : null,
    indicators: copiesIndicators ? copiedIndicators(from.id) : undefined,
    unreviewed: partsToReview({ copiesAnnex }),
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
  copyOf: 'Chép từ đợt',
  copiesIndicators: 'Các chỉ tiêu',
  copiesAnnex: 'Phụ lục',
  allowsOverlap: 'Trùng thời gian',
  ...annexWordTexts,
}

/** Fields that may be left as they are. */
const MAY_BE_BLANK = ['copiesIndicators', 'copiesAnnex', 'allowsOverlap', ...Object.keys(annexWordTexts)]

export default function NewCampaignPage() {
  const copied = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof campaignInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { copyOf: copied.copyOf, issuer: copied.issuer, quota: copied.quota },
    constraint: Object.fromEntries(
      Object.keys(LABELS)
        .filter(name => !MAY_BE_BLANK.includes(name))
        .map(name => [name, { required: true }]),
    ),
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Tạo đợt cao điểm"
        note="Cách xét được chép từ một đợt đã có; anh/chị xem lại và sửa được sau khi tạo. Số liệu của các đợt tách riêng."
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
          <TextField field={fields.headline} label={LABELS.headline} hint="Để trống: tên đợt" />
          <div className="field-pair">
            <DateField field={fields.startsOn} label={LABELS.startsOn} />
            <DateField field={fields.endsOn} label={LABELS.endsOn} />
          </div>
          <DateField field={fields.finalReportOn} label={LABELS.finalReportOn} />
          <TextField field={fields.quota} label={LABELS.quota} inputMode="numeric" isShort />
          <SelectField
            field={fields.copyOf}
            label={LABELS.copyOf}
            hint="Ngày, điều khoản và báo cáo tuần là của đợt mới; những gì chép lại được đánh dấu để xem lại."
            options={copied.campaigns.map(({ id, label }) => ({ value: String(id), label }))}
          />
          <CheckboxField
            field={fields.allowsOverlap}
            label="Đợt này chạy cùng lúc với một đợt khác"
            hint={`Đã có: ${copied.campaigns.map(({ label, span }) => `${label} ${span}`).join('; ')}. Khi hai đợt cùng chạy, mỗi đợt có trang công khai riêng và người dùng chọn đợt khi đăng nhập.`}
          />
          <CheckboxField
            field={fields.copiesIndicators}
            label="Chép các chỉ tiêu của đợt đó"
            hint="Tên, đơn vị tính, nguồn; mục tiêu nêu trong kế hoạch không được chép. Không chọn thì anh/chị nhập chỉ tiêu sau."
          />
          <CheckboxField
            field={fields.copiesAnnex}
            label="Chép phụ lục chỉ tiêu của đợt đó"
            hint="Chép cả các chỉ tiêu; chỉ tiêu hằng ngày được chia lại theo số ngày của đợt mới. Không chọn thì phụ lục để trống, điền sau."
          />
          <DateField field={fields.annexAsOf} label={LABELS.annexAsOf} />
          <TextArea field={fields.annexNote} label={LABELS.annexNote} rows={2} />
          <SubmitButton pendingLabel="Đang tạo…">Tạo đợt</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
