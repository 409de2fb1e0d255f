import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { pointInput } from '#app/domain/collection.ts'
import { POINT_KINDS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { addPoint } from '#app/queries/collection.server.ts'
import { listAreasOf } from '#app/queries/locality.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { DateField, fieldsOf, GroupedSelectField, optionsOf, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PERSONAL_TICK, PersonalTick } from '#app/ui/personal-tick.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thêm điểm thu nhận · 4 phủ' }]

export const loader = reads(({ actor, campaign, today }, { params }) => {
  const { id, name, path, localityCode } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'collection.keep', { unitPath: path })
  return { id, name, today, localityCode: localityCode ?? '', areas: listAreasOf(path, today) }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, pointInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { isImpersonal: _, ...input } = submission.value
  const made = addPoint(actor, campaign.id, { unitId, input })
  return made.ok ? redirectWith(`/diem-thu-nhan/${made.pointId}`, 'da-them') : refuseForm(submission, made.problems)
})

const FIELD_LABELS = {
  kind: 'Loại điểm',
  name: 'Tên điểm',
  localityCode: 'Địa bàn',
  place: 'Địa chỉ',
  fromOn: 'Từ ngày',
  toOn: 'Đến ngày',
  hours: 'Giờ làm việc',
  dailyCapacity: 'Công suất một ngày (hồ sơ)',
}

export default function AddPointPage() {
  const { id, name, today, localityCode, areas } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { fromOn: today, toOn: today, localityCode, hours: '7 giờ 30 – 17 giờ' },
    constraint: Object.fromEntries(Object.keys(FIELD_LABELS).map(field => [field, { required: true }])),
  })
  const field = fieldsOf(fields)
  const base = `/don-vi/${id}/diem-thu-nhan`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Thêm điểm thu nhận"
        note={`${name}. Tên, địa chỉ và lịch của điểm được công khai.`}
        breadcrumbs={[{ to: base, label: `Điểm thu nhận, ${name}` }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ ...FIELD_LABELS, isImpersonal: PERSONAL_TICK }} />
          <RadioGroup
            field={field('kind')}
            label={FIELD_LABELS.kind}
            options={optionsOf(POINT_KINDS, officeLabels.pointKind)}
          />
          <TextField field={field('name')} label={FIELD_LABELS.name} />
          <GroupedSelectField field={field('localityCode')} label={FIELD_LABELS.localityCode} groups={areas} />
          <TextField field={field('place')} label={FIELD_LABELS.place} />
          <div className="field-pair">
            <DateField field={field('fromOn')} label={FIELD_LABELS.fromOn} />
            <DateField field={field('toOn')} label={FIELD_LABELS.toOn} />
          </div>
          <TextField field={field('hours')} label={FIELD_LABELS.hours} />
          <TextField field={field('dailyCapacity')} label={FIELD_LABELS.dailyCapacity} inputMode="numeric" isShort />
          <PersonalTick
            field={field('isImpersonal')}
            texts={[field('name').value, field('place').value, field('hours').value]}
          />
          <div className="actions">
            <SubmitButton>Thêm điểm</SubmitButton>
            <Link to={base}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
