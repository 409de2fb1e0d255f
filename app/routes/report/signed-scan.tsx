import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { stripFile } from '#app/documents/stripped-file.ts'
import { isEarly } from '#app/domain/report.ts'
import { signedPaperInput } from '#app/domain/report-input.ts'
import { SIGNER_CAPACITIES } from '#app/domain/vocabulary.ts'
import { findReport } from '#app/queries/report.server.ts'
import { fileReport } from '#app/queries/report-signing.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatDay } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { periodTitle } from '#app/text/report.ts'
import { DateField, FileField, fieldsOf, optionsOf, RadioGroup, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nộp bản ký · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }, { params }) => {
  const { unit, period, slug, at } = found(
    findReport(actor, campaign.id, { unitId: idOf(params.unitId), slug: params.period ?? '' }),
  )
  permit(actor, 'report.draft', { unitPath: unit.path })
  return { unit: { id: unit.id, name: titleOfUnit(unit.id) }, period, slug, today, isEarly: isEarly(period, at) }
})

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const asked = { unitId: idOf(params.unitId), slug: params.period ?? '' }
  const file = takeFile(form)
  const submission = readForm(form, signedPaperInput)
  const stripped = await stripFile(await bytesOf(file))
  const fileProblems = stripped.ok ? [] : [{ field: 'file', reason: stripped.reason }]
  if (submission.status !== 'success' || !stripped.ok) return refuseForm(submission, fileProblems)
  const made = fileReport(actor, campaign.id, { ...asked, input: submission.value, file: stripped.file })
  return made.ok
    ? redirectWith(`/don-vi/${asked.unitId}/bao-cao/${asked.slug}`, 'da-ky')
    : refuseForm(submission, made.problems)
})

const FIELD_LABELS = {
  file: 'Bản ký',
  documentNumber: 'Số văn bản',
  documentOn: 'Ngày văn bản',
  signerName: 'Người ký',
  signerCapacity: 'Ký với tư cách',
  earlyReason: 'Lý do ký trước ngày cuối kỳ',
}

export default function FileReportPage() {
  const { unit, period, slug, today, isEarly: asksReason } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { documentOn: today },
    constraint: Object.fromEntries(
      Object.keys(FIELD_LABELS).map(name => [name, { required: name !== 'earlyReason' || asksReason }]),
    ),
  })
  const field = fieldsOf(fields)
  const base = `/don-vi/${unit.id}/bao-cao/${slug}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nộp bản ký trên giấy"
        note={unit.name}
        breadcrumbs={[
          { to: `/don-vi/${unit.id}/bao-cao`, label: 'Báo cáo' },
          { to: base, label: periodTitle(period) },
        ]}
      />
      <Sheet>
        <Form
          method="post"
          encType="multipart/form-data"
          id={form.id}
          onSubmit={form.onSubmit}
          noValidate={form.noValidate}
          className="stack"
        >
          <FormErrors form={form} labels={FIELD_LABELS} />
          <p>
            Khi nộp, số liệu lúc này được chốt cùng bản ký và không thay đổi nữa. Anh/chị in văn bản Word từ trang báo
            cáo để trình ký.
          </p>
          <FileField
            field={field('file')}
            label={FIELD_LABELS.file}
            accept="application/pdf"
            hint="PDF, tối đa 5 MB; thông tin ẩn trong tệp được gỡ bỏ."
          />
          <div className="field-pair">
            <TextField
              field={field('documentNumber')}
              label={FIELD_LABELS.documentNumber}
              hint="Ví dụ 45/BC-UBND"
              isShort
            />
            <DateField field={field('documentOn')} label={FIELD_LABELS.documentOn} max={today} />
          </div>
          <TextField field={field('signerName')} label={FIELD_LABELS.signerName} />
          <RadioGroup
            field={field('signerCapacity')}
            label={FIELD_LABELS.signerCapacity}
            options={optionsOf(SIGNER_CAPACITIES, officeLabels.signerCapacity)}
          />
          {asksReason ? (
            <TextArea
              field={field('earlyReason')}
              label={FIELD_LABELS.earlyReason}
              hint={`Kỳ này tính đến hết ngày ${formatDay(period.endsOn)}.`}
            />
          ) : null}
          <div className="actions">
            <SubmitButton>Nộp và chốt số liệu</SubmitButton>
            <Link to={base}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
