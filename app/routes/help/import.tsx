import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { HELP_FILE_BYTES } from '#app/domain/help-import.ts'
import { helpUpload } from '#app/domain/help-import-input.ts'
import { refuseTable } from '#app/imports/table.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { uploadHelp } from '#app/queries/help-batch.server.ts'
import { helpFileReasons, helpGuidance } from '#app/text/help-import.ts'
import { TextArea } from '#app/ui/field.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { UploadForm } from '#app/ui/upload-form.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập hộ nhiều trường hợp · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.recordFor) throw notFound()
  return { heading }
})

const PASTED_NAME = 'bảng dán'

export const action = writes(async ({ actor, campaign }, { form, params }) => {
  const file = takeFile(form)
  const submission = readForm(form, helpUpload)
  if (submission.status !== 'success') return refuseForm(submission)
  const { table } = submission.value
  if (file === null && table === null) return refuseForm(submission, [{ field: 'file', reason: 'required' }])
  const bytes = file === null ? new TextEncoder().encode(table ?? '') : await bytesOf(file)
  const reason = bytes.length > HELP_FILE_BYTES ? 'too_large' : refuseTable(bytes)
  if (reason) return refuseForm(submission, [], { formErrors: [helpFileReasons[reason]] })
  const jobId = uploadHelp(actor, {
    campaignId: campaign.id,
    unitId: idOf(params.unitId),
    fileName: file?.name ?? PASTED_NAME,
    bytes,
  })
  return redirect(`/cong-viec/${jobId}`)
})

const LABELS = {
  file: 'Tệp Excel hoặc CSV',
  table: 'Hoặc dán bảng từ Excel, Zalo',
}

export default function HelpUploadPage() {
  const { heading } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string; table: string }>({ lastResult: answer?.lastResult })
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="records"
        title="Nhập hộ nhiều trường hợp"
        note="Các trường hợp đã báo qua Zalo, Excel từ 04/4/2024, ghi thay cho người đã hỗ trợ"
      />
      <UploadForm
        form={form}
        field={fields.file}
        labels={LABELS}
        accept=".xlsx,.csv,.txt,text/csv"
        hint="Tối đa 10 MB và 5.000 dòng."
        limit={{ bytes: HELP_FILE_BYTES, message: helpFileReasons.too_large }}
        note="Anh/chị xem trước từng dòng; chưa có gì được ghi cho đến khi anh/chị chọn nhập."
        guidance={{ title: 'Cách chuẩn bị bảng', sentences: helpGuidance }}
        templates={[{ to: '/mau-truong-hop.xlsx', label: 'Tải tệp mẫu' }]}
      >
        <TextArea
          field={fields.table}
          label={LABELS.table}
          rows={6}
          hint="Chép cả dòng tên cột; các ô cách nhau bằng dấu tab."
        />
      </UploadForm>
    </div>
  )
}
