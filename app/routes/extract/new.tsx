import { useForm } from '@conform-to/react'
import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EXTRACT_FILE_BYTES } from '#app/domain/extract.ts'
import { extractUpload } from '#app/domain/extract-input.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { CARRIERS } from '#app/domain/vocabulary.ts'
import { refuseTable } from '#app/imports/table.ts'
import { handInExtract, sourcesOf } from '#app/queries/extract.server.ts'
import { listCommunes, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { tableReasons } from '#app/text/extract.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { CheckboxField, CheckboxGroup, DateField, optionsOf, RadioGroup } from '#app/ui/field.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { UploadForm } from '#app/ui/upload-form.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Tải số liệu lên · 4 phủ' }]

export const loader = reads(({ actor, today }) => {
  const sources = sourcesOf(actor)
  if (sources.length === 0) throw forbidden()
  const { code: province } = currentProvince()
  return {
    sources,
    today,
    wide: [
      { value: province, label: 'Toàn tỉnh' },
      ...listLocalitiesBelow(province, today)
        .filter(({ level }) => level === 'district')
        .map(({ code, type, name }) => ({ value: code, label: `${type} ${name}` })),
    ],
    communes: listCommunes(today),
  }
})

export const action = writes(async ({ actor, campaign }, { form }) => {
  const file = takeFile(form)
  const submission = readForm(form, extractUpload)
  if (file === null) return refuseForm(submission, [{ field: 'file', reason: 'required' }])
  if (submission.status !== 'success') return refuseForm(submission)
  const input = submission.value
  const bytes = await bytesOf(file)
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

const TEMPLATES = {
  police: { to: '/mau-so-lieu-cong-an.xlsx', label: 'Tải tệp mẫu của công an' },
  telecom: { to: '/mau-so-lieu-nha-mang.xlsx', label: 'Tải tệp mẫu của nhà mạng' },
}

const GUIDANCE = [
  'Tệp Excel (.xlsx) hoặc CSV, tối đa 64 MB và khoảng một triệu dòng; tên và thứ tự cột tùy ý.',
  'Chỉ các cột anh/chị chọn ở bước sau được đọc; họ tên, địa chỉ trong tệp không được lưu.',
  'Số định danh và số thuê bao chỉ được giữ dưới dạng mã băm; tệp bị xóa khi đọc xong. Khi còn chữ chưa hiểu, tệp được giữ kín đến lúc áp dụng, nhiều nhất 7 ngày.',
  'Danh sách đầy đủ: người ở các địa bàn đã chọn mà không có tên sau thời gian gia hạn sẽ không được tính.',
]

export default function ExtractUploadPage() {
  const { sources, today, wide, communes } = useLoaderData<typeof loader>()
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
      <UploadForm
        form={form}
        field={fields.file}
        labels={LABELS}
        accept=".xlsx,.csv,.txt,.tsv"
        limit={{ bytes: EXTRACT_FILE_BYTES, message: tableReasons.too_large }}
        submitLabel="Tải lên và chọn cột"
        note="Chưa có gì thay đổi cho đến khi anh/chị xem trước và chọn áp dụng."
        guidance={{ title: 'Cần biết trước khi tải', sentences: GUIDANCE }}
        templates={sources.map(source => TEMPLATES[source])}
      >
        <RadioGroup
          field={fields.source}
          label={LABELS.source}
          options={optionsOf(sources, officeLabels.extractSource)}
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
        <CheckboxGroup field={fields.localities} label={LABELS.localities} options={wide} />
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
            options={optionsOf(CARRIERS, labels.carrier)}
          />
        ) : null}
      </UploadForm>
    </div>
  )
}
