import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { proposalInput } from '#app/domain/round-input.ts'
import { AWARD_FORMS } from '#app/domain/vocabulary.ts'
import { scopeUnit } from '#app/queries/aggregate.server.ts'
import { proposalProblem, proposeListed } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { ChoiceList, tickedIn } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { fieldsOf, optionsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { collectivesWithReasons } from './eligible.server.ts'
import { proposalForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị tập thể kèm lý do · 4 phủ' }]

export const loader = reads((visit, { params, url }) => {
  const { actor, campaign } = visit
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  permitSomewhere(actor, 'candidate.propose')
  if (round.kind === 'review') throw notFound()
  const { unitId } = proposalForm.read(url)
  const unit = found(scopeUnit(actor, 'candidate.propose', unitId ? idOf(unitId) : undefined))
  const problem = proposalProblem(round)
  return {
    round: { id: round.id, name: round.name },
    unitName: titleOfUnit(unit.id),
    problem,
    rows: problem === null ? collectivesWithReasons(visit, round, unit.path) : [],
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const round = found(findRound(actor, campaign.id, roundId))
  if (round.kind === 'review') throw notFound()
  const submission = readForm(form, proposalInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { chon: ids, form: award, achievement, exceptionReason } = submission.value
  if (achievement === null) return refuseForm(submission, [{ field: 'achievement', reason: 'achievement_missing' }])
  if (exceptionReason === null) return refuseForm(submission, [{ field: 'exceptionReason', reason: 'required' }])
  const proposed = proposeListed(actor, campaign.id, {
    roundId,
    kind: 'collective',
    ids,
    form: award ?? 'province_certificate',
    achievement,
    exceptionReason,
  })
  if (!proposed.ok)
    return refuseForm(submission, [], {
      formErrors: proposed.problems.slice(0, 5).map(row => `${row.name}: ${explainProblem(row.problem)}`),
    })
  return redirectWith(`/khen-thuong/${roundId}?phan=tap-the` as const, 'da-de-nghi', proposed.done)
})

const LABELS = {
  chon: 'Tập thể',
  exceptionReason: 'Lý do đề nghị',
  form: 'Hình thức đề nghị',
  achievement: 'Tóm tắt thành tích',
}

export default function ProposeWithReasonsPage() {
  const { round, unitName, problem, rows } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Đề nghị tập thể kèm lý do"
        note={`${unitName} · Tập thể chưa thuộc diện đủ điều kiện được đề nghị kèm lý do; danh sách và biên bản ghi rõ điều đó.`}
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${round.id}`, label: round.name },
        ]}
      />
      {problem !== null ? (
        <EmptyState title="Không nhận thêm đề nghị">{explainProblem(problem)}</EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState title="Không có tập thể nào">
          Tập thể chưa báo cáo tổng kết, báo cáo không đúng thực tế hoặc đang vướng mắc không được đề nghị.
        </EmptyState>
      ) : (
        <ReasonsForm />
      )}
    </div>
  )
}

function ReasonsForm() {
  const { rows } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { form: 'province_certificate' },
    constraint: { achievement: { required: true }, exceptionReason: { required: true }, form: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="columns">
      <input type="hidden" name="kind" value="collective" />
      <Sheet title="Tập thể" note="Chọn tập thể đề nghị">
        <ChoiceList
          ticked={tickedIn(answer?.lastResult)}
          choices={rows.map(row => ({ id: row.id, name: row.name, title: row.name, detail: row.detail.join(' · ') }))}
        />
      </Sheet>
      <Sheet title="Lý do và thành tích">
        <div className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextArea
            field={field('exceptionReason')}
            label={LABELS.exceptionReason}
            hint="Vì sao đề nghị dù chưa thuộc diện đủ điều kiện; in trong danh sách."
            rows={4}
          />
          <RadioGroup
            field={field('form')}
            label={LABELS.form}
            options={optionsOf(AWARD_FORMS, officeLabels.awardForm)}
          />
          <TextArea field={field('achievement')} label={LABELS.achievement} rows={5} />
          <SubmitButton isLarge pendingLabel="Đang gửi…">
            Đề nghị các tập thể đã chọn
          </SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
