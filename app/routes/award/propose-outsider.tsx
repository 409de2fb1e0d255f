import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { outsideInput } from '#app/domain/round-input.ts'
import type { z } from '#app/domain/zod.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { listAlikeOfInput, proposalProblem, proposeOutside } from '#app/queries/candidate-step.server.ts'
import { findRound } from '#app/queries/round.server.ts'
import { titledChoices } from '#app/queries/unit-title.server.ts'
import { RadioGroup, SelectField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { AlikeOfficials, OUTSIDER_LABELS, OutsiderFields } from '#app/ui/outsider-fields.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { refuseOutsider } from './outsider.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị người ngoài danh sách · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const round = found(findRound(actor, campaign.id, idOf(params.roundId)))
  permitSomewhere(actor, 'candidate.propose')
  if (round.kind === 'review' || proposalProblem(round) !== null) throw notFound()
  return {
    round: { id: round.id, name: round.name },
    units: titledChoices(scopeUnits(actor, 'candidate.propose')),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const roundId = idOf(params.roundId)
  const submission = readForm(form, outsideInput)
  if (submission.status !== 'success') return refuseOutsider(submission, null, [])
  const { unitId, ...input } = submission.value
  const made = proposeOutside(actor, campaign.id, { roundId, unitId, input })
  if (!made.ok) return refuseOutsider(submission, made.problem, listAlikeOfInput(actor, campaign.id, { unitId, input }))
  return redirectWith(`/khen-thuong/${roundId}/ho-so/${made.candidateId}`, 'da-de-nghi')
})

const LABELS = { unitId: 'Đơn vị đề nghị', kind: 'Đề nghị cho', ...OUTSIDER_LABELS }

export default function OutsidePage() {
  const { round, units } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof outsideInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { unitId: String(units[0]?.id ?? ''), kind: 'outside_person', form: 'province_certificate' },
    constraint: Object.fromEntries(
      ['unitId', 'kind', 'name', 'description', 'form', 'achievement', 'awards'].map(name => [
        name,
        { required: true },
      ]),
    ),
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Đề nghị người ngoài danh sách"
        note="Cộng tác viên viễn thông, tổ công nghệ số cộng đồng, doanh nghiệp và người khác không được giao chỉ tiêu"
        breadcrumbs={[
          { to: '/khen-thuong', label: 'Khen thưởng' },
          { to: `/khen-thuong/${round.id}`, label: round.name },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <AlikeOfficials alike={answer?.alike ?? []} />
          <SelectField
            field={fields.unitId}
            label={LABELS.unitId}
            options={units.map(unit => ({ value: String(unit.id), label: unit.name }))}
          />
          <RadioGroup
            field={fields.kind}
            label={LABELS.kind}
            options={[
              { value: 'outside_person', label: 'Cá nhân' },
              { value: 'outside_collective', label: 'Tập thể' },
            ]}
          />
          <OutsiderFields fields={fields} />
          <SubmitButton pendingLabel="Đang gửi…">Đề nghị</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
