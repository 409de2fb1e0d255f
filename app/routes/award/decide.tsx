import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { decisionInput } from '#app/domain/round-input.ts'
import type { z } from '#app/domain/zod.ts'
import { countStations, findRound } from '#app/queries/round.server.ts'
import { decideRound } from '#app/queries/round-decision.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { DateField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ghi quyết định · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  if (!round.mayManage || round.isDecided || !round.isFrozen) throw notFound()
  return {
    round: { id: round.id, name: round.name, kind: round.kind },
    count: countStations(round.id)
      .filter(row => row.stage === 'decision' && row.ended === null)
      .reduce((sum, row) => sum + row.count, 0),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const submission = readForm(form, decisionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const decided = decideRound(actor, campaign.id, {
    roundId,
    input: submission.value,
    awardNames: officeLabels.awardForm,
  })
  if (decided.ok) return redirectWith(`/khen-thuong/${roundId}`, 'da-quyet-dinh')
  return refuseForm(submission, [], {
    formErrors:
      'problem' in decided
        ? [explainProblem(decided.problem)]
        : decided.problems.map(row => `${row.name}: ${explainProblem(row.problem)}`),
  })
})

const LABELS = {
  decisionNumber: 'Số quyết định',
  decisionOn: 'Ngày quyết định',
  firstCertificate: 'Số vào sổ của hồ sơ đầu tiên',
}

export default function DecisionPage() {
  const { round, count } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof decisionInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { firstCertificate: '1' },
    constraint: Object.fromEntries(Object.keys(LABELS).map(name => [name, { required: true }])),
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ghi quyết định"
        note={`${formatNumber(count)} hồ sơ đã đến bước quyết định`}
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${round.id}`, label: round.name },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextField field={fields.decisionNumber} label={LABELS.decisionNumber} hint="Ví dụ: 1205/QĐ-UBND" />
          <DateField field={fields.decisionOn} label={LABELS.decisionOn} />
          {round.kind === 'review' ? (
            <input type="hidden" name="firstCertificate" value="1" />
          ) : (
            <TextField
              field={fields.firstCertificate}
              label={LABELS.firstCertificate}
              hint="Các hồ sơ sau được đánh số tiếp theo."
              inputMode="numeric"
              isShort
            />
          )}
          <p className="small">
            {round.kind === 'review'
              ? 'Văn bản chuyển danh sách đến cấp có thẩm quyền xem xét. Phần mềm không kết luận và không xử lý.'
              : 'Ghi xong, mỗi thành tích trong danh sách được tính là đã khen thưởng và không xét lần nữa.'}
          </p>
          <SubmitButton>Ghi quyết định</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
