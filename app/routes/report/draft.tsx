import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { reportInput } from '#app/domain/report-input.ts'
import { findReport } from '#app/queries/report.server.ts'
import { draftReport } from '#app/queries/report-signing.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { periodTitle } from '#app/text/report.ts'
import { fieldsOf, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PERSONAL_TICK, PersonalTick } from '#app/ui/personal-tick.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Soạn báo cáo · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const { unit, period, slug, draft, signed } = found(
    findReport(actor, campaign.id, { unitId: idOf(params.unitId), slug: params.period ?? '' }),
  )
  permit(actor, 'report.draft', { unitPath: unit.path })
  const last = draft ?? signed[0]?.content
  return {
    unit: { id: unit.id, name: titleOfUnit(unit.id) },
    period,
    slug,
    isCorrection: signed.length > 0,
    words: {
      difficulties: last?.difficulties ?? '',
      proposals: last?.proposals ?? '',
      reason: draft?.reason ?? '',
    },
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const asked = { unitId: idOf(params.unitId), slug: params.period ?? '' }
  const submission = readForm(form, reportInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { isImpersonal: _, ...input } = submission.value
  const made = draftReport(actor, campaign.id, { ...asked, input })
  return made.ok
    ? redirectWith(`/don-vi/${asked.unitId}/bao-cao/${asked.slug}`, 'da-luu')
    : refuseForm(submission, made.problems)
})

const FIELD_LABELS = {
  difficulties: 'Khó khăn, vướng mắc',
  proposals: 'Đề xuất, kiến nghị',
  reason: 'Lý do đính chính',
  isImpersonal: PERSONAL_TICK,
}

export default function DraftReportPage() {
  const { unit, period, slug, isCorrection, words } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: words,
    constraint: isCorrection ? { reason: { required: true } } : {},
  })
  const field = fieldsOf(fields)
  const base = `/don-vi/${unit.id}/bao-cao/${slug}`
  return (
    <div className="narrow stack">
      <PageHeading
        title={isCorrection ? 'Bản đính chính' : 'Soạn báo cáo'}
        note={unit.name}
        breadcrumbs={[
          { to: `/don-vi/${unit.id}/bao-cao`, label: 'Báo cáo' },
          { to: base, label: periodTitle(period) },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <p>
            Số liệu được hệ thống tính sẵn, anh/chị không phải nhập lại. Phần này ghi nội dung bằng lời; không ghi thông
            tin cá nhân của người dân.
          </p>
          {isCorrection ? (
            <TextArea
              field={field('reason')}
              label={FIELD_LABELS.reason}
              hint="Bản đã ký vẫn được giữ; bản đính chính mang số liệu tại lúc ký lại."
            />
          ) : null}
          <TextArea field={field('difficulties')} label={FIELD_LABELS.difficulties} rows={6} />
          <TextArea field={field('proposals')} label={FIELD_LABELS.proposals} rows={6} />
          <PersonalTick
            field={field('isImpersonal')}
            texts={[field('difficulties').value, field('proposals').value, field('reason').value]}
          />
          <div className="actions">
            <SubmitButton>Lưu bản soạn</SubmitButton>
            <Link to={base}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
