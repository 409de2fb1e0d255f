import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { PROVINCE_TYPES, PROVINCE_WORDS } from '#app/domain/province.ts'
import { provinceInput } from '#app/domain/province-input.ts'
import type { z } from '#app/domain/zod.ts'
import { addProvinceEntry, currentProvince, listProvinceEntries } from '#app/queries/province.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatDay } from '#app/text/format.ts'
import { provinceTitle } from '#app/text/province.ts'
import { DateField, optionsOf, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tên gọi của tỉnh · 4 phủ' }]

export const loader = reads(({ actor }) => {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  const { fromOn, ...current } = currentProvince()
  return { current, entries: listProvinceEntries().map(row => ({ ...row, isInForce: row.fromOn === fromOn })) }
})

export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, provinceInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const added = addProvinceEntry(actor, submission.value)
  if (!added.ok) return refuseForm(submission, added.problems)
  return redirectWith('/quan-tri/tinh', 'da-them')
})

const LABELS = {
  fromOn: 'Từ ngày',
  type: 'Loại',
  name: 'Tên',
  place: 'Địa danh trên văn bản',
  telecomOffice: 'Cơ quan viễn thông',
  document: 'Văn bản quy định',
}

export default function ProvinceEntriesPage() {
  const { entries } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Tên gọi của tỉnh"
        note="Văn bản dùng tên gọi có hiệu lực vào ngày của văn bản. Tên gọi không sửa được; thay đổi thì thêm tên gọi mới."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      <Sheet>
        <RowList>
          {entries.map(row => (
            <Row
              key={row.id}
              title={provinceTitle(row)}
              detail={
                <>
                  <div>
                    <Status tone={row.isInForce ? 'done' : 'neutral'}>
                      {row.isInForce ? 'Đang dùng' : 'Không dùng hôm nay'}
                    </Status>
                  </div>
                  Từ {formatDay(row.fromOn)} · văn bản đề tại {row.place} · {row.telecomOffice}
                  {row.document === '' ? '' : ` · ${row.document}`}
                </>
              }
            />
          ))}
        </RowList>
      </Sheet>
      <AddForm />
    </div>
  )
}

function AddForm() {
  const { current } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { type, name, place, telecomOffice } = current
  const [form, fields] = useForm<z.input<typeof provinceInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { type, name, place, telecomOffice },
    constraint: Object.fromEntries(Object.keys(LABELS).map(key => [key, { required: true }])),
  })
  return (
    <Sheet title="Thêm tên gọi">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <DateField field={fields.fromOn} label={LABELS.fromOn} />
        <RadioGroup field={fields.type} label={LABELS.type} options={optionsOf(PROVINCE_TYPES, PROVINCE_WORDS)} />
        <TextField field={fields.name} label={LABELS.name} hint="Chỉ tên riêng, không kèm “tỉnh” hay “thành phố”." />
        <TextField field={fields.place} label={LABELS.place} />
        <TextField
          field={fields.telecomOffice}
          label={LABELS.telecomOffice}
          hint="Sở phụ trách viễn thông, ghi đủ tên."
        />
        <TextField field={fields.document} label={LABELS.document} hint="Số, ngày và cơ quan ban hành." />
        <SubmitButton>Thêm tên gọi</SubmitButton>
      </Form>
    </Sheet>
  )
}
