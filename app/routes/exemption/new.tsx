import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { stripFile } from '#app/documents/stripped-file.ts'
import { exemptionInput } from '#app/domain/exemption-input.ts'
import { EXEMPTION_REASONS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { askExemption } from '#app/queries/exemption.server.ts'
import { findOfficial, listOfficials } from '#app/queries/official.server.ts'
import { formatDay } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CheckboxGroup, DateField, fieldsOf, optionsOf, SelectField, TextField } from '#app/ui/field.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PictureFile } from '#app/ui/picture-file.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { exemptionForm } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Đề nghị miễn · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.exempt) throw notFound()
  const { search, officialId } = exemptionForm.read(url)
  const chosen = officialId === undefined ? null : found(findOfficial(actor, idOf(officialId), regulation.endsOn))
  if (chosen) permit(actor, 'exemption.ask', chosen.target)
  return {
    heading,
    search,
    endsOn: regulation.endsOn,
    startsOn: regulation.startsOn,
    chosen: chosen && { id: chosen.id, name: chosen.name, unitName: chosen.postings[0]?.unitName ?? '' },
    people:
      chosen === null && search !== ''
        ? listOfficials(actor, campaign.id, { unitPath: heading.path, search, sort: 'name', limit: 20 }).rows
        : [],
  }
})

export const action = writes(async ({ actor, campaign }, { params, url, form }) => {
  const officialId = idOf(exemptionForm.read(url).officialId)
  const submission = readForm(form, exemptionInput)
  const upload = form.get('scan')
  const stripped =
    upload instanceof File && upload.size > 0 ? await stripFile(new Uint8Array(await upload.arrayBuffer())) : null
  const fileProblems = stripped?.ok === false ? [{ field: 'scan', reason: stripped.reason }] : []
  if (submission.status !== 'success' || fileProblems.length > 0) return refuseForm(submission, fileProblems)
  const scan = stripped?.ok ? stripped.file : null
  const made = askExemption(actor, campaign.id, { officialId, input: submission.value, scan })
  return made.ok
    ? redirectWith(`/don-vi/${idOf(params.unitId)}/mien-giam`, 'da-de-nghi')
    : refuseForm(submission, made.problems)
})

const FIELD_LABELS = {
  part: 'Nội dung được miễn',
  reason: 'Lý do',
  reasonText: 'Ghi rõ lý do',
  documentNumber: 'Số văn bản',
  fromOn: 'Từ ngày',
  toOn: 'Đến ngày',
  scan: 'Bản chụp văn bản',
}

export default function AskExemptionPage() {
  const { heading, search, chosen, people } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/mien-giam`
  return (
    <div className="narrow stack">
      <PageHeading
        title={chosen ? `Đề nghị miễn cho ${chosen.name}` : 'Đề nghị miễn'}
        note={chosen?.unitName}
        breadcrumbs={[{ to: base, label: `Miễn, giảm, ${heading.name}` }]}
      />
      {chosen ? (
        <AskForm />
      ) : (
        <>
          <FilterBar search={{ name: 'tim', label: 'Tìm người theo họ tên (có dấu hoặc không)', value: search }} />
          <Sheet title="Chọn người">
            {people.length === 0 ? (
              <EmptyState title={search ? 'Không có ai phù hợp' : 'Chưa chọn người'}>
                Anh/chị nhập họ tên, hoặc mở từ{' '}
                <Link to={`/don-vi/${heading.id}/nguoi-thuc-hien`}>danh sách người thực hiện</Link>.
              </EmptyState>
            ) : (
              <RowList>
                {people.map(row => (
                  <Row
                    key={row.officialId}
                    title={row.name}
                    detail={[row.position, row.unitName].filter(Boolean).join(' · ')}
                    aside={
                      <Link to={`${base}/moi?nguoi=${row.officialId}`}>
                        Chọn<span className="visually-hidden"> {row.name}</span>
                      </Link>
                    }
                  />
                ))}
              </RowList>
            )}
          </Sheet>
        </>
      )}
    </div>
  )
}

function AskForm() {
  const { startsOn, endsOn } = useLoaderData<typeof loader>()
  const { exemptionParts, names } = useTerms()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { fromOn: startsOn, toOn: endsOn },
    constraint: Object.fromEntries(
      ['part', 'reason', 'documentNumber', 'fromOn', 'toOn'].map(name => [name, { required: true }]),
    ),
  })
  const field = fieldsOf(fields)
  return (
    <Sheet>
      <Form
        method="post"
        encType="multipart/form-data"
        id={form.id}
        onSubmit={form.onSubmit}
        noValidate={form.noValidate}
        className="stack"
      >
        <FormErrors form={form} labels={FIELD_LABELS} />
        <CheckboxGroup
          field={field('part')}
          label={FIELD_LABELS.part}
          options={optionsOf(exemptionParts, names.part)}
        />
        <SelectField
          field={field('reason')}
          label={FIELD_LABELS.reason}
          options={optionsOf(EXEMPTION_REASONS, labels.exemptionReason)}
        />
        <TextField field={field('reasonText')} label={FIELD_LABELS.reasonText} hint="Bắt buộc khi chọn “Lý do khác”" />
        <TextField field={field('documentNumber')} label={FIELD_LABELS.documentNumber} isShort />
        <div className="field-pair">
          <DateField field={field('fromOn')} label={FIELD_LABELS.fromOn} />
          <DateField field={field('toOn')} label={FIELD_LABELS.toOn} />
        </div>
        <PictureFile
          field={field('scan')}
          label={FIELD_LABELS.scan}
          hint="Không bắt buộc lúc này; chưa có thì hệ thống nhắc đơn vị bổ sung. PNG, JPG, WebP, HEIC hoặc PDF, tối đa 5 MB."
        />
        <p className="small">
          Đề nghị do người khác quyết định: người đứng đầu đơn vị, hoặc cấp trên khi anh/chị là người đứng đầu duy nhất
          hay số người được miễn của đơn vị vượt tỷ lệ quy định.
        </p>
        <p className="small">
          Chỉ khi thời gian miễn bao gồm ngày kết thúc đợt, {formatDay(endsOn)}, người này mới không tính vào số phải
          thực hiện.
        </p>
        <SubmitButton isLarge>Gửi đề nghị</SubmitButton>
      </Form>
    </Sheet>
  )
}
