import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { optionalText, requiredChoice, requiredText } from '#app/domain/field.ts'
import { BLOCKS, kindsBelow, UNIT_KINDS } from '#app/domain/vocabulary.ts'
import { z } from '#app/domain/zod.ts'
import { findLocality, listCommunes } from '#app/queries/locality.server.ts'
import { addUnit, findUnitToEdit } from '#app/queries/unit.server.ts'
import { labels } from '#app/text/vocabulary.ts'
import { optionsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { useProvince } from '#app/ui/province.ts'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thêm đơn vị · 4 phủ' }]

const newUnit = z.object({
  name: requiredText(150),
  kind: requiredChoice(UNIT_KINDS),
  block: requiredChoice(BLOCKS),
  headTitle: requiredText(60),
  localityCode: optionalText(20),
})

export const loader = reads(({ actor, today }, { params }) => {
  const { id, name, block, above } = findUnitToEdit(actor, idOf(params.unitId), today)
  const communes = listCommunes(today).flatMap(({ district, communes: list }) =>
    list.map(commune => ({ value: commune.code, label: `${district}: ${commune.name}` })),
  )
  return { parent: { id, name, block, above }, communes }
})

export const action = writes(({ actor, today }, { form, params }) => {
  const submission = readForm(form, newUnit)
  if (submission.status !== 'success') return refuseForm(submission)
  const { localityCode } = submission.value
  if (submission.value.kind === 'province' || (localityCode !== null && !findLocality(localityCode, today)))
    return refuseForm(submission, [{ field: localityCode === null ? 'kind' : 'localityCode', reason: 'not_a_choice' }])
  const made = addUnit(actor, { parentId: idOf(params.unitId), ...submission.value })
  return made.ok ? redirect(`/quan-tri/don-vi/${made.unitId}`) : refuseForm(submission, made.problems)
})

export default function NewUnitPage() {
  const { parent, communes } = useLoaderData<typeof loader>()
  const { hasDistricts } = useProvince()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof newUnit>>({
    lastResult: answer?.lastResult,
    defaultValue: { block: parent.block, kind: 'department' },
    constraint: Object.fromEntries(['name', 'kind', 'block', 'headTitle'].map(name => [name, { required: true }])),
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Thêm đơn vị"
        note={`Trực thuộc ${parent.name}`}
        breadcrumbs={[...parent.above, parent].map(({ id, name }) => ({ to: `/quan-tri/don-vi/${id}`, label: name }))}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors
            form={form}
            labels={{
              name: 'Tên đơn vị',
              kind: 'Cấp',
              block: 'Khối',
              headTitle: 'Chức danh người đứng đầu',
              localityCode: 'Địa bàn',
            }}
          />
          <TextField field={fields.name} label="Tên đơn vị" />
          <SelectField field={fields.kind} label="Cấp" options={optionsOf(kindsBelow(hasDistricts), labels.unitKind)} />
          <SelectField field={fields.block} label="Khối" options={optionsOf(BLOCKS, labels.block)} />
          <TextField field={fields.headTitle} label="Chức danh người đứng đầu" hint="Ví dụ: Trưởng phòng, Trưởng ban" />
          <SelectField
            field={fields.localityCode}
            label="Địa bàn"
            hint="Chỉ chọn khi đơn vị gắn với một xã, phường, thị trấn."
            placeholder="Theo đơn vị cấp trên"
            options={communes}
          />
          <SubmitButton>Thêm đơn vị</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
