import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ROSTER_FILE_BYTES } from '#app/domain/roster/row.ts'
import { rosterUpload } from '#app/domain/roster-input.ts'
import { ASSOCIATIONS } from '#app/domain/vocabulary.ts'
import { refuseTable } from '#app/imports/table.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { uploadRoster } from '#app/queries/import-batch.server.ts'
import { findRefusal } from '#app/queries/roster-preview.server.ts'
import { rosterFileReasons, rosterGuidance, rosterListKinds } from '#app/text/roster.ts'
import { DateField, RadioGroup } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { UploadForm } from '#app/ui/upload-form.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { rosterImport } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập danh sách · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation: { startsOn }, today }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.roster) throw notFound()
  const { batchId } = rosterImport.read(url)
  return {
    heading,
    today,
    fromOn: startsOn < today ? startsOn : today,
    refusal: batchId === undefined ? null : (findRefusal(actor, idOf(batchId)) ?? null),
  }
})

export const action = writes(async ({ actor, today }, { form, params }) => {
  const file = takeFile(form)
  const submission = readForm(form, rosterUpload)
  if (file === null) return refuseForm(submission, [{ field: 'file', reason: 'required' }])
  if (submission.status !== 'success') return refuseForm(submission)
  const { list, fromOn } = submission.value
  if (fromOn > today) return refuseForm(submission, [{ field: 'fromOn', reason: 'in_future' }])
  const bytes = await bytesOf(file)
  const reason = refuseTable(bytes, ROSTER_FILE_BYTES)
  if (reason) return refuseForm(submission, [], { formErrors: [rosterFileReasons[reason]] })
  const jobId = uploadRoster(actor, idOf(params.unitId), {
    fileName: file.name,
    bytes,
    association: list === 'staff' ? null : list,
    fromOn,
  })
  return redirect(`/cong-viec/${jobId}`)
})

const LABELS = { file: 'Tệp danh sách', list: 'Đây là danh sách', fromOn: 'Ghi nhận từ ngày' }
const KINDS = (['staff', ...ASSOCIATIONS] as const).map(value => ({ value, label: rosterListKinds[value] }))

export default function RosterUploadPage() {
  const { heading, today, fromOn, refusal } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string; list: string; fromOn: string }>({
    lastResult: answer?.lastResult,
    defaultValue: { list: 'staff', fromOn },
    constraint: { file: { required: true }, list: { required: true }, fromOn: { required: true } },
  })
  const roster = `/don-vi/${heading.id}/nguoi-thuc-hien`
  return (
    <div className="stack">
      <UnitPageHeading unit={heading} current="people" title="Nhập danh sách" />
      {refusal && !answer ? (
        <Notice kind="error" title={`Chưa đọc được tệp ${refusal.fileName}`}>
          {rosterFileReasons[refusal.reason]}
        </Notice>
      ) : null}
      <UploadForm
        form={form}
        field={fields.file}
        labels={LABELS}
        accept=".xlsx,.xlsm,.csv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        hint="Tệp Excel (.xlsx) hoặc CSV, tối đa 10 MB và 30.000 dòng. Thứ tự cột và tên cột có thể khác tệp mẫu."
        limit={{ bytes: ROSTER_FILE_BYTES, message: rosterFileReasons.too_large }}
        note="Anh/chị xem trước từng dòng; chưa có gì thay đổi cho đến khi anh/chị chọn nhập."
        guidance={{ title: 'Cách chuẩn bị tệp', sentences: rosterGuidance }}
        templates={[
          { to: '/mau-danh-sach.xlsx', label: 'Tải tệp mẫu' },
          { to: `${roster}.xlsx`, label: 'Tải danh sách hiện có' },
        ]}
      >
        <RadioGroup field={fields.list} label={LABELS.list} options={KINDS} />
        <DateField
          field={fields.fromOn}
          label={LABELS.fromOn}
          hint="Người mới, đoàn viên, hội viên mới được ghi nhận từ ngày này; người chuyển đơn vị từ hôm nay."
          max={today}
        />
      </UploadForm>
    </div>
  )
}
