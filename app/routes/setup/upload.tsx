import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { questionsOf } from '#app/domain/list.ts'
import { SETUP_FILE_BYTES } from '#app/domain/setup/listed.ts'
import { setupUpload } from '#app/domain/setup-input.ts'
import { readSetupList } from '#app/imports/setup-list.ts'
import { refuseTable } from '#app/imports/table.ts'
import { rememberedHeads } from '#app/queries/list-heads.server.ts'
import { keepSetupList } from '#app/queries/setup-batch.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { explainSetupFile, setupGuidance, setupTitles } from '#app/text/setup.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { UploadForm } from '#app/ui/upload-form.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'
import { listIn } from './list.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập danh sách · 4 phủ' }]

export const loader = reads((visit, { params }) => ({ list: listIn(visit, params.list) }))

/** Reads the file at once: such a list is small, and who edits the tree waits for its preview. */
export const action = writes(async (visit, { form, params }) => {
  const list = listIn(visit, params.list)
  const file = takeFile(form)
  const submission = readForm(form, setupUpload)
  if (file === null) return refuseForm(submission, [{ field: 'file', reason: 'required' }])
  const bytes = await bytesOf(file)
  const reason = refuseTable(bytes, SETUP_FILE_BYTES)
  const reading = reason
    ? { ok: false as const, reason }
    : await readSetupList(bytes, list, { remembered: rememberedHeads(rootUnit().id, list) })
  if (!reading.ok) return refuseForm(submission, [], { formErrors: [explainSetupFile(reading.reason)] })
  const isAsked = questionsOf(reading.view).length > 0
  const batchId = keepSetupList(visit.actor, list, { fileName: file.name, bytes, ...reading, isAsked })
  return redirect(`/quan-tri/danh-sach/${setupTitles[list].file}/${batchId}`)
})

const LABELS = { file: 'Tệp danh sách' }

export default function SetupUploadPage() {
  const { list } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{ file: string }>({
    lastResult: answer?.lastResult,
    constraint: { file: { required: true } },
  })
  const { title, file } = setupTitles[list]
  return (
    <div className="stack">
      <PageHeading
        title={title}
        note="Nhập từ tệp Excel"
        breadcrumbs={[
          { to: '/quan-tri', label: 'Quản trị' },
          { to: '/quan-tri/thiet-lap', label: 'Thiết lập ban đầu' },
        ]}
      />
      <UploadForm
        form={form}
        field={fields.file}
        labels={LABELS}
        accept=".xlsx,.xlsm,.csv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        hint="Tệp Excel (.xlsx) hoặc CSV, tối đa 3 MB và 2.000 dòng."
        limit={{ bytes: SETUP_FILE_BYTES, message: explainSetupFile('too_large') }}
        note="Anh/chị xem trước từng dòng; chưa có gì thay đổi cho đến khi anh/chị chọn nhập."
        guidance={{ title: 'Cách chuẩn bị tệp', sentences: setupGuidance[list] }}
        templates={[
          { to: `/quan-tri/danh-sach/${file}/mau.xlsx`, label: 'Tải tệp mẫu' },
          { to: `/quan-tri/danh-sach/${file}.xlsx`, label: 'Tải danh sách hiện có' },
        ]}
      >
        {null}
      </UploadForm>
    </div>
  )
}
