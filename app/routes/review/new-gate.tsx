import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { can, permitSomewhere } from '#app/access/policy.ts'
import { gateInput } from '#app/domain/gate-input.ts'
import { GATES } from '#app/domain/vocabulary.ts'
import { addGate, subjectTarget } from '#app/queries/gate.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { listUnitsFor } from '#app/queries/unit.server.ts'
import { gateLabels } from '#app/text/assessment.ts'
import { DateField, fieldsOf, optionsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, type Visit, writes } from '../_web/visit.server.ts'
import { gateForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Ghi vướng mắc · 4 phủ' }]

/** The person of `?nguoi=`, as far as home affairs may enter a gate for them; null: a collective is chosen. */
function readPerson({ actor, regulation }: Visit, url: URL) {
  permitSomewhere(actor, 'gate.edit')
  const { person: typed } = gateForm.read(url)
  if (!typed) return null
  const { id, name } = found(findOfficial(actor, idOf(typed), regulation.endsOn))
  if (!can(actor, 'gate.edit', subjectTarget({ officialId: id }))) throw notFound()
  return { id, name }
}

export const loader = reads((visit, { url }) => {
  const person = readPerson(visit, url)
  return {
    person,
    today: visit.today,
    units: person
      ? []
      : listUnitsFor(visit.actor, 'gate.edit')
          .filter(row => row.kind !== 'province')
          .map(({ id, name, depth }) => ({
            value: String(id),
            label: `${'– '.repeat(Math.max(0, depth - 1))}${name}`,
          })),
  }
})

export const action = writes((visit, { form, url }) => {
  const person = readPerson(visit, url)
  const submission = readForm(form, gateInput, ['unitId'])
  const unitId = String(form.get('unitId') ?? '')
  if (!person && !/^\d{1,15}$/.test(unitId)) return refuseForm(submission, [{ field: 'unitId', reason: 'required' }])
  if (submission.status !== 'success') return refuseForm(submission)
  const subject = person ? { officialId: person.id } : { unitId: Number(unitId) }
  addGate(visit.actor, visit.campaign.id, { subject, input: submission.value })
  return redirectWith('/xem-xet/vuong-mac', 'da-ghi')
})

const FIELD_LABELS = {
  unitId: 'Tập thể',
  kind: 'Vướng mắc',
  documentNumber: 'Số văn bản',
  documentOn: 'Ngày văn bản',
  fromOn: 'Có hiệu lực từ ngày',
  toOn: 'Đến hết ngày',
}

export default function GatePage() {
  const { person, units, today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const required = { required: true }
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { fromOn: today },
    constraint: { unitId: required, kind: required, documentNumber: required, documentOn: required, fromOn: required },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ghi vướng mắc"
        note={person?.name ?? 'Của một tập thể'}
        breadcrumbs={[{ to: '/xem-xet/vuong-mac', label: 'Vướng mắc khi xét khen thưởng' }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          {person ? null : <SelectField field={field('unitId')} label={FIELD_LABELS.unitId} options={units} />}
          <SelectField field={field('kind')} label={FIELD_LABELS.kind} options={optionsOf(GATES, gateLabels)} />
          <TextField field={field('documentNumber')} label={FIELD_LABELS.documentNumber} />
          <DateField field={field('documentOn')} label={FIELD_LABELS.documentOn} max={today} />
          <DateField field={field('fromOn')} label={FIELD_LABELS.fromOn} />
          <DateField
            field={field('toOn')}
            label={FIELD_LABELS.toOn}
            hint="Để trống nếu chưa có ngày kết thúc; khi xong thì rút."
          />
          <div className="actions">
            <SubmitButton>Ghi vướng mắc</SubmitButton>
            <Link to="/xem-xet/vuong-mac">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
