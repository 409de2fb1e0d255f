import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { addDays, dayOf } from '#app/domain/calendar.ts'
import { roundInput } from '#app/domain/round-input.ts'
import { ROUND_KINDS } from '#app/domain/vocabulary.ts'
import type { z } from '#app/domain/zod.ts'
import { currentClosing } from '#app/queries/closing.server.ts'
import { createRound } from '#app/queries/round.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { provisionalNote, versionName } from '#app/text/closing.ts'
import { formatDay } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { DateField, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Lập đợt xét · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }) => {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const closing = currentClosing(campaign.id)
  return {
    version: closing
      ? { version: closing.version, isProvisional: closing.isProvisional, frozenOn: dayOf(closing.frozenAt ?? 0) }
      : null,
    dueOn: addDays(today, 10),
  }
})

export const action = writes(({ actor, campaign }, { form }) => {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  const submission = readForm(form, roundInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = createRound(actor, campaign.id, submission.value)
  if (!made.ok) return refuseForm(submission, [{ field: '', reason: made.problem }])
  return redirectWith(`/khen-thuong/${made.roundId}`, 'da-lap')
})

const LABELS = {
  kind: 'Loại đợt xét',
  name: 'Tên đợt xét',
  proposalsDueOn: 'Nhận đề nghị đến hết ngày',
  individualCap: 'Số cá nhân tối đa',
  collectiveCap: 'Số tập thể tối đa',
}

export default function NewRoundPage() {
  const { version, dueOn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof roundInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { kind: 'commendation', name: 'Tổng kết đợt cao điểm', proposalsDueOn: dueOn },
    constraint: { kind: { required: true }, name: { required: true }, proposalsDueOn: { required: true } },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Lập đợt xét"
        note={
          version
            ? `Danh sách lấy từ kết quả xét đã chốt ngày ${formatDay(version.frozenOn)}, ${versionName(version).toLowerCase()}. ${provisionalNote(version) ?? ''}`
            : undefined
        }
        breadcrumbs={[{ to: '/khen-thuong', label: 'Khen thưởng' }]}
      />
      <Sheet>
        {version === null ? (
          <EmptyState title="Chưa có kết quả xét đã chốt">
            Đợt xét lập được sau khi cơ quan thường trực kết thúc đợt cao điểm.
          </EmptyState>
        ) : (
          <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
            <FormErrors form={form} labels={LABELS} />
            <RadioGroup
              field={fields.kind}
              label={LABELS.kind}
              options={ROUND_KINDS.map(kind => ({
                value: kind,
                label: officeLabels.roundKind[kind],
                hint:
                  kind === 'review'
                    ? 'Chỉ gồm người, tập thể đã qua đủ các bước theo kết quả đã chốt.'
                    : 'Các đơn vị đề nghị từ danh sách đủ điều kiện, và người ngoài danh sách kèm thành tích.',
              }))}
            />
            <TextField field={fields.name} label={LABELS.name} />
            <DateField field={fields.proposalsDueOn} label={LABELS.proposalsDueOn} />
            <div className="field-pair">
              <TextField
                field={fields.individualCap}
                label={LABELS.individualCap}
                hint="Để trống: không giới hạn."
                inputMode="numeric"
                isShort
              />
              <TextField
                field={fields.collectiveCap}
                label={LABELS.collectiveCap}
                hint="Để trống: không giới hạn."
                inputMode="numeric"
                isShort
              />
            </div>
            <SubmitButton pendingLabel="Đang lập…">Lập đợt xét</SubmitButton>
          </Form>
        )}
      </Sheet>
    </div>
  )
}
