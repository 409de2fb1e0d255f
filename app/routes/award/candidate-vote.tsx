import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { can } from '#app/access/policy.ts'
import { voteInput } from '#app/domain/round-input.ts'
import type { z } from '#app/domain/zod.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { mayStep } from '#app/queries/candidate-step.server.ts'
import { recordVote } from '#app/queries/round-decision.server.ts'
import { RadioGroup, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Kết quả biểu quyết · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const row = found(findCandidate(actor, campaign.id, ids))
  if (row.stage !== 'council' || !mayStep('drop', row, (action, target) => can(actor, action, target))) throw notFound()
  return { ...ids, name: row.name, roundName: row.round.name }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const submission = readForm(form, voteInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { votesFor, votesTotal, outcome, reason } = submission.value
  const recorded = recordVote(actor, campaign.id, {
    ...ids,
    votes: { for: votesFor, total: votesTotal },
    isKept: outcome === 'kept',
    reason: reason ?? '',
  })
  if (!recorded.ok) return refuseForm(submission, [{ field: '', reason: recorded.problem }])
  return redirectWith(`/khen-thuong/${ids.roundId}/ho-so/${ids.candidateId}`, 'da-ghi')
})

const LABELS = {
  votesFor: 'Số phiếu đồng ý',
  votesTotal: 'Tổng số phiếu',
  outcome: 'Kết luận của Hội đồng',
  reason: 'Ghi chú, lý do',
}

export default function VotePage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof voteInput>>({
    lastResult: answer?.lastResult,
    constraint: { votesFor: { required: true }, votesTotal: { required: true }, outcome: { required: true } },
  })
  const back = `/khen-thuong/${page.roundId}/ho-so/${page.candidateId}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ghi kết quả biểu quyết"
        note={page.name}
        breadcrumbs={[
          { to: `/khen-thuong/${page.roundId}`, label: page.roundName },
          { to: back, label: page.name },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <div className="field-pair">
            <TextField field={fields.votesFor} label={LABELS.votesFor} inputMode="numeric" isShort />
            <TextField field={fields.votesTotal} label={LABELS.votesTotal} inputMode="numeric" isShort />
          </div>
          <RadioGroup
            field={fields.outcome}
            label={LABELS.outcome}
            options={[
              { value: 'kept', label: 'Đề nghị tặng thưởng' },
              { value: 'refused', label: 'Không đề nghị' },
            ]}
          />
          <TextArea field={fields.reason} label={LABELS.reason} hint="Bắt buộc khi Hội đồng không đề nghị." />
          <div className="actions">
            <SubmitButton>Ghi kết quả</SubmitButton>
            <Link to={back}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
