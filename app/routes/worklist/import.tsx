import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { WORKLIST_FILE_BYTES } from '#app/domain/worklist.ts'
import { worklistUpload } from '#app/domain/worklist-input.ts'
import { refuseTable } from '#app/imports/table.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findWorklistBatch, uploadWorklist } from '#app/queries/worklist-import.server.ts'
import { explainWorklistFile, worklistGuidance } from '#app/text/worklist.ts'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { UploadForm } from '#app/ui/upload-form.tsx'
import { batchIdOf } from '../_web/batch.server.ts'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { worklistImport } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập danh sách người dân · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.importList) throw notFound()
  const { batchId } = worklistImport.read(url)
  const batch = batchId === undefined ? undefined : findWorklistBatch(actor, batchIdOf({ campaign }, batchId))
  return {
    heading,
    refusal:
      batch?.content?.stage === 'refused'
        ? {
            fileName: batch.fileName,
            text: explainWorklistFile(batch.content.reason),
            typed: { name: batch.content.name, legalBasis: batch.content.legalBasis },
          }
        : null,
  }
})

export const action = writes(async ({ actor, campaign }, { form, params }) => {
  const file = takeFile(form)
  const submission = readForm(form, worklistUpload)
  if (file === null) return refuseForm(submission, [{ field: 'file', reason: 'required' }])
  if (submission.status !== 'success') return refuseForm(submission)
  const bytes = await bytesOf(file)
  const reason = bytes.length > WORKLIST_FILE_BYTES ? ('too_heavy' as const) : refuseTable(bytes)
  if (reason) return refuseForm(submission, [], { formErrors: [explainWorklistFile(reason)] })
  const jobId = uploadWorklist(actor, campaign.id, {
    ...submission.value,
    unitId: idOf(params.unitId),
    fileName: file.name,
    bytes,
  })
  return redirect(`/cong-viec/${jobId}`)
})

const LABELS = { file: 'Tệp danh sách', name: 'Tên danh sách', legalBasis: 'Căn cứ' }

export default function WorklistUploadPage() {
  const { heading, refusal } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string; name: string; legalBasis: string }>({
    lastResult: answer?.lastResult,
    defaultValue: refusal?.typed,
    constraint: { file: { required: true }, name: { required: true }, legalBasis: { required: true } },
  })
  return (
    <div className="stack">
      <UnitPageHeading unit={heading} current="worklist" title="Nhập danh sách người dân cần hỗ trợ" />
      {refusal && !answer ? (
        <Notice kind="error" title={`Chưa đọc được tệp ${refusal.fileName}`}>
          {refusal.text}
        </Notice>
      ) : null}
      <UploadForm
        form={form}
        field={fields.file}
        labels={LABELS}
        accept=".xlsx,.xlsm,.csv,.txt"
        hint="Tệp Excel (.xlsx) hoặc CSV, tối đa 10 MB và 20.000 dòng."
        limit={{ bytes: WORKLIST_FILE_BYTES, message: explainWorklistFile('too_heavy') }}
        note="Dữ liệu được mã hóa khi lưu, người được phân công không thấy số định danh, và bị xóa khi đợt kết thúc. Chưa có gì thay đổi cho đến khi anh/chị chọn nhập."
        guidance={{ title: 'Cách chuẩn bị tệp', sentences: worklistGuidance }}
        templates={[{ to: '/mau-danh-sach-nguoi-dan.xlsx', label: 'Tải tệp mẫu' }]}
      >
        <TextField field={fields.name} label={LABELS.name} hint="Ví dụ: Người chưa kích hoạt, đợt tháng 6" />
        <TextArea
          field={fields.legalBasis}
          label={LABELS.legalBasis}
          rows={2}
          hint="Văn bản cho phép sử dụng danh sách này: số, ngày, cơ quan ban hành."
        />
      </UploadForm>
    </div>
  )
}
