import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { achievementInput } from '#app/domain/round-input.ts'
import { AWARD_FORMS } from '#app/domain/vocabulary.ts'
import type { z } from '#app/domain/zod.ts'
import { findCandidate, stepsOf } from '#app/queries/candidate.server.ts'
import { mayStep, proposeAgain } from '#app/queries/candidate-step.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { optionsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị lại · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const row = found(findCandidate(actor, campaign.id, ids))
  if (!mayStep(actor, 'propose', row)) throw notFound()
  return {
    ...ids,
    name: row.name,
    roundName: row.round.name,
    form: row.form ?? '',
    achievement: row.achievement,
    returned: stepsOf(row.id).findLast(step => step.action === 'return')?.reason ?? '',
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const submission = readForm(form, achievementInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const proposed = proposeAgain(actor, campaign.id, { ...ids, ...submission.value })
  if (!proposed.ok) return refuseForm(submission, [{ field: '', reason: proposed.problem }])
  return redirectWith(`/khen-thuong/${ids.roundId}/ho-so/${ids.candidateId}`, 'da-de-nghi')
})

const LABELS = { form: 'Hình thức đề nghị', achievement: 'Tóm tắt thành tích' }

export default function ProposeAgainPage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof achievementInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { form: page.form, achievement: page.achievement },
    constraint: { form: { required: true }, achievement: { required: true } },
  })
  const back = `/khen-thuong/${page.roundId}/ho-so/${page.candidateId}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Bổ sung và đề nghị lại"
        breadcrumbs={[
          { to: `/khen-thuong/${page.roundId}`, label: page.roundName },
          { to: back, label: page.name },
        ]}
      />
      {page.returned === '' ? null : (
        <Notice kind="warning" title="Lý do trả lại">
          {page.returned}
        </Notice>
      )}
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <RadioGroup
            field={fields.form}
            label={LABELS.form}
            options={optionsOf(AWARD_FORMS, officeLabels.awardForm)}
          />
          <TextArea
            field={fields.achievement}
            label={LABELS.achievement}
            hint="Báo cáo thành tích in theo nội dung này. Không ghi thông tin cá nhân của người dân."
            rows={6}
          />
          <div className="actions">
            <SubmitButton>Đề nghị lại</SubmitButton>
            <Link to={back}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
