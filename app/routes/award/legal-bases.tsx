import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { can } from '#app/access/policy.ts'
import { covers } from '#app/domain/calendar.ts'
import { BASIS_SUBJECTS, type BasisSubject, PRESCRIBED_PAPERS, type PrescribedPaper } from '#app/domain/legal-basis.ts'
import { legalBasisInput } from '#app/domain/legal-basis-input.ts'
import type { z } from '#app/domain/zod.ts'
import { citations } from '#app/jobs/papers/issuing.server.ts'
import { addLegalBasis, listLegalBases } from '#app/queries/legal-basis.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { DateField, optionsOf, RadioGroup, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { LastDay } from '#app/ui/last-day.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { refusedPage, useQuery } from '../_web/params.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Căn cứ pháp lý · 4 phủ' }]

export const loader = reads(visit => {
  const { actor, today } = visit
  return {
    bases: listLegalBases().map(row => ({ ...row, isInForce: covers(row, today) })),
    plan: citations(visit.campaign.id, null, { subjects: [] }).bases.at(-1) ?? '',
    today,
    mayEdit: can(actor, 'legal_basis.edit', { unitPath: rootUnit().path }),
  }
})

export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, legalBasisInput)
  if (submission.status !== 'success') return refuseForm(submission)
  addLegalBasis(actor, submission.value)
  return redirectWith('/khen-thuong/can-cu', 'da-them')
})

const PAPERS: Record<PrescribedPaper, string> = {
  petition: 'Mẫu của Tờ trình',
  achievement_person: 'Mẫu báo cáo thành tích cá nhân',
  achievement_collective: 'Mẫu báo cáo thành tích tập thể',
  council_minutes: 'Mẫu biên bản họp Hội đồng',
}
const SUBJECTS: Record<BasisSubject, string> = {
  commendation: 'Khen thưởng',
  authority: 'Thẩm quyền ban hành quyết định',
  review: 'Xem xét trách nhiệm',
}
const LABELS = {
  citation: 'Nội dung viện dẫn',
  subject: 'Viện dẫn khi',
  place: 'Thứ tự',
  fromOn: 'Hiệu lực từ ngày',
  toOn: 'Đến hết ngày',
  ...PAPERS,
}

export default function LegalBasesPage() {
  const { bases, plan, today, mayEdit } = useLoaderData<typeof loader>()
  const { refusal } = useQuery(refusedPage)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Căn cứ pháp lý"
        note="Văn bản viện dẫn các căn cứ có hiệu lực vào ngày của văn bản, theo thứ tự dưới đây."
        breadcrumbs={[{ to: '/khen-thuong', label: 'Khen thưởng' }]}
      />
      {refusal ? <Notice kind="error">{explainProblem(refusal)}</Notice> : null}
      <Sheet>
        <RowList>
          {bases.map(row => (
            <Row
              key={row.id}
              title={row.citation}
              detail={
                <>
                  <div>
                    <Status tone={row.isInForce ? 'done' : 'neutral'}>
                      {row.isInForce ? 'Còn hiệu lực' : 'Không áp dụng hôm nay'}
                    </Status>
                  </div>
                  {SUBJECTS[row.subject]} · hiệu lực từ {formatDay(row.fromOn)}
                  {row.toOn === null ? '' : ` đến hết ${formatDay(row.toOn)}`}
                  {PRESCRIBED_PAPERS.flatMap(paper =>
                    row.forms[paper] ? [` · ${PAPERS[paper]}: ${row.forms[paper]}`] : [],
                  )}
                  {mayEdit && row.toOn === null ? (
                    <Confirm
                      label="Ghi ngày hết hiệu lực"
                      question="Căn cứ này hết hiệu lực?"
                      consequence="Văn bản đề ngày sau đó không còn viện dẫn. Căn cứ không sửa được; thay đổi thì thêm căn cứ mới."
                      action={`/khen-thuong/can-cu/${row.id}/ket-thuc`}
                    >
                      <LastDay id={row.id} today={today} />
                    </Confirm>
                  ) : null}
                </>
              }
            />
          ))}
          <Row title={plan} detail="Kế hoạch của đợt cao điểm đang xem, viện dẫn sau cùng" />
        </RowList>
      </Sheet>
      {mayEdit ? <AddForm /> : null}
    </div>
  )
}

function AddForm() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof legalBasisInput>>({
    lastResult: answer?.lastResult,
    defaultValue: { place: '40', subject: 'commendation' },
    constraint: { citation: { required: true }, place: { required: true }, fromOn: { required: true } },
  })
  return (
    <Sheet title="Thêm căn cứ">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <TextArea
          field={fields.citation}
          label={LABELS.citation}
          hint="Bắt đầu bằng “Căn cứ”, đủ ngày ban hành và tên gọi; luật không ghi số, không có dấu ở cuối."
        />
        <RadioGroup field={fields.subject} label={LABELS.subject} options={optionsOf(BASIS_SUBJECTS, SUBJECTS)} />
        <TextField
          field={fields.place}
          label={LABELS.place}
          hint="Số nhỏ viện dẫn trước: luật 10, nghị định 20, quyết định của tỉnh 30."
          inputMode="numeric"
          isShort
        />
        <div className="field-pair">
          <DateField field={fields.fromOn} label={LABELS.fromOn} />
          <DateField field={fields.toOn} label={LABELS.toOn} hint="Để trống: còn hiệu lực." />
        </div>
        <details className="disclosure">
          <summary>Mẫu văn bản mà căn cứ này quy định</summary>
          <div className="stack">
            {PRESCRIBED_PAPERS.map(paper => (
              <TextField key={paper} field={fields[paper]} label={PAPERS[paper]} hint="Ví dụ: Mẫu số 02" />
            ))}
          </div>
        </details>
        <SubmitButton>Thêm căn cứ</SubmitButton>
      </Form>
    </Sheet>
  )
}
