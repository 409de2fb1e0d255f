import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import type { FormEvent } from 'react'
import { EXTRACT_FILE_BYTES } from '#app/domain/extract.ts'
import { extractUpload } from '#app/domain/extract-input.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { CARRIERS } from '#app/domain/vocabulary.ts'
import { refuseTable } from '#app/imports/table.ts'
import { handInExtract, sourcesOf } from '#app/queries/extract.server.ts'
import { listCommunes, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { tableReasons } from '#app/text/extract.ts'
import { labels } from '#app/text/vocabulary.ts'
import { CheckboxField, CheckboxGroup, DateField, FileField, RadioGroup } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tải số liệu lên · 4 phủ' }]

const PROVINCE = '70'

export const loader = reads(({ actor, today }) => {
  const sources = sourcesOf(actor)
  if (sources.length === 0) throw forbidden()
  return {
    sources,
    today,
    districts: [
      { value: PROVINCE, label: 'Toàn tỉnh' },
      ...listLocalitiesBelow(PROVINCE, today).map(({ code, type, name }) => ({
        value: code,
        label: `${type} ${name}`,
      })),
    ],
    communes: listCommunes(today),
  }
})

export const action = writes(async ({ actor, campaign }, { form }) => {
  const file = form.get('file')
  form.delete('file')
  const submission = readForm(form, extractUpload)
  if (!(file instanceof File) || file.size === 0) return refuseForm(submission, [{ field: 'file', reason: 'required' }])
  if (submission.status !== 'success') return refuseForm(submission)
  const input = submission.value
  const bytes = new Uint8Array(await file.arrayBuffer())
  const reason = refuseTable(bytes)
  if (reason) return refuseForm(submission, [], { formErrors: [tableReasons[reason]] })
  const made = await handInExtract(actor, campaign.id, { input, fileName: file.name, bytes })
  return made.ok ? redirect(`/cong-viec/${made.jobId}`) : refuseForm(submission, made.problems)
})

const LABELS = {
  file: 'Tệp số liệu',
  source: 'Nguồn số liệu',
  asOfOn: 'Số liệu đến hết ngày',
  isFullList: 'Đây là danh sách đầy đủ',
  localities: 'Đầy đủ cho địa bàn',
  carriers: 'Đầy đủ cho nhà mạng',
}

const GUIDANCE = [
  'Tệp Excel (.xlsx) hoặc CSV, tối đa 64 MB và khoảng một triệu dòng; tên và thứ tự cột tùy ý.',
  'Chỉ các cột anh/chị chọn ở bước sau được đọc; họ tên, địa chỉ trong tệp không được lưu.',
  'Số định danh và số thuê bao chỉ được giữ dưới dạng mã băm; tệp bị xóa ngay khi đọc xong.',
  'Danh sách đầy đủ: người ở các địa bàn đã chọn mà không có tên sau thời gian gia hạn sẽ không được tính.',
]

/** Warns before sending about a file that the server would refuse for its size. */
function weighFile({ target }: FormEvent<HTMLFormElement>) {
  if (!(target instanceof HTMLInputElement) || target.type !== 'file') return
  target.setCustomValidity((target.files?.[0]?.size ?? 0) > EXTRACT_FILE_BYTES ? tableReasons.too_large : '')
  target.reportValidity()
}

export default function ExtractUploadPage() {
  const { sources, today, districts, communes } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<{
    file: string
    source: string
    asOfOn: string
    isFullList: string
    localities: string[]
    carriers: string[]
  }>({
    lastResult: answer?.lastResult,
    defaultValue: { source: sources[0], asOfOn: today },
    constraint: { file: { required: true }, source: { required: true }, asOfOn: { required: true } },
  })
  const chosen = new Set([fields.localities.initialValue].flat())
  return (
    <div className="stack">
      <PageHeading title="Tải số liệu lên" breadcrumbs={[{ to: '/doi-chieu', label: 'Đối chiếu' }]} />
      <div className="columns">
        <Sheet>
          <Form
            method="post"
            encType="multipart/form-data"
            reloadDocument
            id={form.id}
            onSubmit={form.onSubmit}
            onChange={weighFile}
            className="stack"
          >
            <FormErrors form={form} labels={LABELS} />
            <FileField field={fields.file} label={LABELS.file} accept=".xlsx,.csv,.txt,.tsv" />
            <RadioGroup
              field={fields.source}
              label={LABELS.source}
              options={sources.map(value => ({ value, label: labels.extractSource[value] }))}
            />
            <DateField
              field={fields.asOfOn}
              label={LABELS.asOfOn}
              hint="Số liệu của ngày sau thay cho số liệu của ngày trước, bất kể tải lên khi nào."
              max={today}
            />
            <CheckboxField
              field={fields.isFullList}
              label={LABELS.isFullList}
              hint="Chỉ chọn khi tệp có mọi người đã đạt ở các địa bàn dưới đây."
            />
            <CheckboxGroup field={fields.localities} label={LABELS.localities} options={districts} />
            <details>
              <summary>Chỉ một số xã, phường, thị trấn</summary>
              {communes.map(({ district, communes: below }) => (
                <fieldset key={district} className="field">
                  <legend>{district}</legend>
                  {below.map(({ code, name }) => (
                    <label key={code} className="choice">
                      <input type="checkbox" name="localities" value={code} defaultChecked={chosen.has(code)} />
                      <span>{name}</span>
                    </label>
                  ))}
                </fieldset>
              ))}
            </details>
            {sources.includes('telecom') ? (
              <CheckboxGroup
                field={fields.carriers}
                label={LABELS.carriers}
                options={CARRIERS.map(value => ({ value, label: labels.carrier[value] }))}
              />
            ) : null}
            <SubmitButton isLarge pendingLabel="Đang tải lên…">
              Tải lên và chọn cột
            </SubmitButton>
            <p className="small">Chưa có gì thay đổi cho đến khi anh/chị xem trước và chọn áp dụng.</p>
          </Form>
        </Sheet>
        <Sheet title="Cần biết trước khi tải">
          <RowList>
            {GUIDANCE.map(sentence => (
              <Row key={sentence} title={sentence} />
            ))}
          </RowList>
        </Sheet>
      </div>
    </div>
  )
}
