import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { outsideEditInput } from '#app/domain/round-input.ts'
import type { z } from '#app/domain/zod.ts'
import { findCandidate } from '#app/queries/candidate.server.ts'
import { editOutside, isStillWithUnit, listAlikeOfInput } from '#app/queries/candidate-step.server.ts'
import { EDITED_REASON } from '#app/text/round.ts'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { AlikeOfficials, OUTSIDER_LABELS, OutsiderFields } from '#app/ui/outsider-fields.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'
import { refuseOutsider } from './outsider.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sửa đề nghị · 4 phủ' }]

function read({ actor, campaign }: Visit, params: Record<string, string | undefined>) {
  const ids = { roundId: idOf(params.roundId), candidateId: idOf(params.candidateId) }
  const row = found(findCandidate(actor, campaign.id, ids))
  if (row.outside === null) throw notFound()
  permit(actor, 'candidate.propose', row.target)
  return { ids, row, outside: row.outside }
}

export const loader = reads((visit, { params }) => {
  const { ids, row, outside } = read(visit, params)
  if (!isStillWithUnit(row)) throw notFound()
  return {
    ...ids,
    roundName: row.round.name,
    name: row.name,
    hasNumber: row.outsideNumberHash !== null,
    isPerson: row.kind === 'outside_person',
    values: {
      name: outside.name,
      description: outside.description,
      sex: outside.sex ?? '',
      birthYear: outside.birthYear === null ? '' : String(outside.birthYear),
      form: row.form ?? '',
      achievement: row.achievement,
      awards: outside.awards === undefined ? '' : outside.awards.length === 0 ? 'none' : 'some',
      awardsText: (outside.awards ?? []).join('\n'),
    },
  }
})

export const action = writes((visit, { params, form }) => {
  const { actor, campaign } = visit
  const { ids, row } = read(visit, params)
  const submission = readForm(form, outsideEditInput)
  if (submission.status !== 'success') return refuseOutsider(submission, null, [])
  const input = submission.value
  const edited = editOutside(actor, campaign.id, { ...ids, input, note: EDITED_REASON })
  if (!edited.ok) {
    const alike = listAlikeOfInput(actor, campaign.id, { unitId: row.unitId, input })
    return refuseOutsider(submission, edited.problem, alike)
  }
  return redirectWith(`/khen-thuong/${ids.roundId}/ho-so/${ids.candidateId}`, 'da-ghi')
})

export default function EditOutsiderPage() {
  const { roundId, candidateId, roundName, name, values, hasNumber, isPerson } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof outsideEditInput>>({
    lastResult: answer?.lastResult,
    defaultValue: values,
    constraint: Object.fromEntries(
      ['name', 'description', 'form', 'achievement', 'awards'].map(field => [field, { required: true }]),
    ),
  })
  const back = `/khen-thuong/${roundId}/ho-so/${candidateId}`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Sửa đề nghị"
        note={hasNumber ? 'Đã có số định danh để so; anh/chị ghi lại số, vì hệ thống không giữ số đã nhập.' : undefined}
        breadcrumbs={[
          { to: `/khen-thuong/${roundId}`, label: roundName },
          { to: back, label: name },
        ]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <input type="hidden" name="kind" value={isPerson ? 'outside_person' : 'outside_collective'} />
          <FormErrors form={form} labels={OUTSIDER_LABELS} />
          <AlikeOfficials alike={answer?.alike ?? []} />
          <OutsiderFields fields={fields} />
          <div className="actions">
            <SubmitButton>Lưu</SubmitButton>
            <Link to={back}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
