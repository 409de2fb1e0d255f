import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { LOOKUP_PURPOSES } from '#app/domain/extract.ts'
import { lookupInput } from '#app/domain/extract-input.ts'
import { FILE_PASSWORD_LETTERS } from '#app/domain/locked-file.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { sourcesOf } from '#app/queries/extract.server.ts'
import { MOST_LOOKED_UP } from '#app/queries/extract-lookup.server.ts'
import { hasDistricts, listCommunes, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { lookupPurposes } from '#app/text/extract.ts'
import { formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Button } from '#app/ui/button.tsx'
import { GroupedSelectField, optionsOf, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Xuất mã để tra cứu · 4 phủ' }]

export const loader = reads(({ actor, today }) => {
  const sources = sourcesOf(actor)
  if (sources.length === 0) throw forbidden()
  const communesOf = new Map(
    listCommunes(today).map(({ district, communes }) => [
      district,
      communes.map(({ code, name }) => ({ value: code, label: name })),
    ]),
  )
  return {
    sources,
    most: MOST_LOOKED_UP,
    places: hasDistricts(today)
      ? listLocalitiesBelow(currentProvince().code, today).map(({ code, type, name }) => {
          const label = `${type} ${name}`
          return { label, options: [{ value: code, label: `Toàn bộ ${label}` }, ...(communesOf.get(label) ?? [])] }
        })
      : [...communesOf].map(([label, options]) => ({ label, options })),
  }
})

/** Leads to the file, to which the browser sends the form again; gives the choices back where one cannot be taken. */
export const action = writes((_visit, { form }) => {
  const submission = readForm(form, lookupInput)
  return submission.status === 'success'
    ? redirect('/doi-chieu/tra-cuu.zip', 307)
    : refuseForm(submission, [], { hideFields: ['password'] })
})

const LABELS = {
  source: 'Tra cứu tại',
  localityCode: 'Địa bàn',
  purpose: 'Mục đích',
  password: 'Mật khẩu mở tệp',
}

export default function LookupPage() {
  const { sources, places, most } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<keyof typeof LABELS, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { source: sources[0] },
    constraint: {
      source: { required: true },
      localityCode: { required: true },
      purpose: { required: true },
      password: { required: true, minLength: FILE_PASSWORD_LETTERS },
    },
  })
  return (
    <div className="narrow stack">
      <PageHeading
        title="Xuất mã để tra cứu"
        note="Dành cho cơ quan không được đưa số liệu ra ngoài: tra cứu trên mạng nội bộ rồi gửi lại mã và kết quả"
        breadcrumbs={[{ to: '/doi-chieu', label: 'Đối chiếu' }]}
      />
      <Notice kind="warning" title="Tệp có số định danh của người dân">
        Việc xuất được ghi vào nhật ký cùng tên anh/chị và mục đích. Anh/chị giữ tệp trên máy của cơ quan và xóa khi tra
        cứu xong.
      </Notice>
      <Sheet>
        <Form method="post" reloadDocument id={form.id} onSubmit={form.onSubmit} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <RadioGroup
            field={fields.source}
            label={LABELS.source}
            options={optionsOf(sources, officeLabels.extractSource)}
          />
          <GroupedSelectField field={fields.localityCode} label={LABELS.localityCode} groups={places} />
          <RadioGroup
            field={fields.purpose}
            label={LABELS.purpose}
            options={optionsOf(LOOKUP_PURPOSES, lookupPurposes)}
          />
          <TextField
            field={fields.password}
            label={LABELS.password}
            hint={`Ít nhất ${FILE_PASSWORD_LETTERS} ký tự. Anh/chị ghi lại và báo riêng cho người mở tệp; hệ thống không lưu.`}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit">Xuất tệp khóa bằng mật khẩu</Button>
          <p className="small">
            Tệp zip chứa bảng tính, mở bằng 7-Zip hoặc WinRAR. Gồm các trường hợp chưa đối chiếu, tối đa{' '}
            {formatNumber(most)} trường hợp mỗi lần; địa bàn có nhiều hơn thì xuất theo từng xã. Kết quả gửi lại được
            tải lên ở “Tải số liệu lên”, chọn cột mã trường hợp.
          </p>
        </Form>
      </Sheet>
    </div>
  )
}
