import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { awardInput } from '#app/domain/round-input.ts'
import type { z } from '#app/domain/zod.ts'
import { recordAward } from '#app/queries/award.server.ts'
import { findCandidate, subjectOf } from '#app/queries/candidate.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { useLevels } from '#app/ui/levels.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Khen thưởng đã có · 4 phủ' }]

function read({ actor, campaign }: Visit, params: Record<string, string | undefined>) {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const row = found(findCandidate(actor, campaign.id, ids))
  const subject = subjectOf(row)
  if (subject === null) throw notFound()
  permit(actor, 'award.record', row.target)
  return { ...ids, row, subject }
}

export const loader = reads((visit, { params }) => {
  const { roundId, candidateId, row } = read(visit, params)
  return { roundId, candidateId, name: row.name, roundName: row.round.name }
})

export const action = writes((visit, { params, form }) => {
  const { roundId, candidateId, subject } = read(visit, params)
  const submission = readForm(form, awardInput)
  if (submission.status !== 'success') return refuseForm(submission)
  recordAward(visit.actor, { subject, input: submission.value })
  return redirectWith(`/khen-thuong/${roundId}/ho-so/${candidateId}`, 'da-ghi')
})

const LABELS = { name: 'Hình thức khen thưởng', year: 'Năm', decisionNumber: 'Số quyết định' }

export default function AwardPage() {
  const { roundId, candidateId, name, roundName } = useLoaderData<typeof loader>()
  const levels = useLevels()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof awardInput>>({
    lastResult: answer?.lastResult,
    constraint: Object.fromEntries(Object.keys(LABELS).map(field => [field, { required: true }])),
  })
  const back = `/khen-thuong/${roundId}/ho-so/${candidateId}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Thêm khen thưởng đã có"
        note={name}
        breadcrumbs={[
          { to: `/khen-thuong/${roundId}`, label: roundName },
          { to: back, label: name },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextField field={fields.name} label={LABELS.name} hint={`Ví dụ: ${levels.awardExample}`} />
          <TextField field={fields.year} label={LABELS.year} inputMode="numeric" isShort />
          <TextField field={fields.decisionNumber} label={LABELS.decisionNumber} />
          <div className="actions">
            <SubmitButton>Ghi nhận</SubmitButton>
            <Link to={back}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
