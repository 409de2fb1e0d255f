import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requiredId } from '#app/domain/field.ts'
import { z } from '#app/domain/zod.ts'
import { findUnitToEdit, listUnitsFor, moveUnit } from '#app/queries/unit.server.ts'
import { SelectField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Chuyển đơn vị · 4 phủ' }]

const move = z.object({ parentId: requiredId })

export const loader = reads(({ actor, today }, { params }) => {
  const { id, name, path, above } = findUnitToEdit(actor, idOf(params.unitId), today)
  return {
    unit: { id, name, above },
    parents: listUnitsFor(actor, 'unit.edit')
      .filter(row => !row.path.startsWith(path))
      .map(row => ({ value: String(row.id), label: `${'– '.repeat(row.depth)}${row.name}` })),
  }
})

/** The tallies follow in a job; its progress is the next page. */
export const action = writes(({ actor }, { form, params }) => {
  const submission = readForm(form, move)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = moveUnit(actor, { unitId: idOf(params.unitId), ...submission.value })
  return made.ok ? redirect(`/cong-viec/${made.jobId}`) : refuseForm(submission, made.problems)
})

export default function MoveUnitPage() {
  const { unit, parents } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof move>>({
    lastResult: answer?.lastResult,
    constraint: { parentId: { required: true } },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Chuyển ${unit.name}`}
        breadcrumbs={[...unit.above, unit].map(({ id, name }) => ({ to: `/quan-tri/don-vi/${id}`, label: name }))}
      />
      <Notice title="Số liệu đi theo đơn vị">
        Người và các trường hợp của đơn vị, kể cả đơn vị cấp dưới, được tổng hợp ở nơi mới trong mọi đợt cao điểm. Việc
        tổng hợp lại chạy vài phút; trong lúc đó số liệu cấp trên có thể chưa khớp.
      </Notice>
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={{ parentId: 'Đơn vị cấp trên mới' }} />
          <SelectField field={fields.parentId} label="Đơn vị cấp trên mới" options={parents} />
          <SubmitButton pendingLabel="Đang chuyển…">Chuyển đơn vị</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
