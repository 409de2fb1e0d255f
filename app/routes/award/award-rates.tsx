import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { can } from '#app/access/policy.ts'
import { AWARD_PARTS, amountOf } from '#app/domain/award-rate.ts'
import { awardRateInput } from '#app/domain/award-rate-input.ts'
import { covers } from '#app/domain/calendar.ts'
import { AWARD_FORMS } from '#app/domain/vocabulary.ts'
import type { z } from '#app/domain/zod.ts'
import { addAwardRate, listAwardRates } from '#app/queries/award-rate.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { awardParts } from '#app/text/round.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
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

export const meta: MetaFunction = () => [{ title: 'Mức tiền thưởng · 4 phủ' }]

export const loader = reads(({ actor, today }) => ({
  rates: listAwardRates().map(row => ({ ...row, amount: amountOf(row), isInForce: covers(row, today) })),
  today,
  mayEdit: can(actor, 'legal_basis.edit', { unitPath: rootUnit().path }),
}))

export const action = writes(({ actor }, { form }) => {
  const submission = readForm(form, awardRateInput)
  if (submission.status !== 'success') return refuseForm(submission)
  addAwardRate(actor, submission.value)
  return redirectWith('/khen-thuong/muc-thuong', 'da-them')
})

const LABELS = {
  form: 'Hình thức',
  part: 'Đối tượng',
  multiple: 'Hệ số',
  baseSalary: 'Mức lương cơ sở (đồng)',
  source: 'Nguồn',
  fromOn: 'Áp dụng từ ngày',
  toOn: 'Đến hết ngày',
}

export default function AwardRatesPage() {
  const { rates, today, mayEdit } = useLoaderData<typeof loader>()
  const { refusal } = useQuery(refusedPage)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mức tiền thưởng"
        note="Quyết định và dự toán lấy mức áp dụng vào ngày của quyết định. Chưa nhập thì văn bản để dấu chấm."
        breadcrumbs={[{ to: '/khen-thuong', label: 'Khen thưởng' }]}
      />
      {refusal ? <Notice kind="error">{explainProblem(refusal)}</Notice> : null}
      <Sheet>
        {rates.length === 0 ? (
          <EmptyState title="Chưa có mức nào">Sở Nội vụ nhập theo bảng của nghị định, kèm nguồn.</EmptyState>
        ) : (
          <RowList>
            {rates.map(row => (
              <Row
                key={row.id}
                title={`${officeLabels.awardForm[row.form]}, ${awardParts[row.part].toLocaleLowerCase('vi')}: ${formatNumber(row.amount)} đồng`}
                detail={
                  <>
                    <div>
                      <Status tone={row.isInForce ? 'done' : 'neutral'}>
                        {row.isInForce ? 'Đang áp dụng' : 'Không áp dụng hôm nay'}
                      </Status>
                    </div>
                    {formatNumber(row.multiple / 100, 2)} × {formatNumber(row.baseSalary)} đồng · {row.source} · từ{' '}
                    {formatDay(row.fromOn)}
                    {row.toOn === null ? '' : ` đến hết ${formatDay(row.toOn)}`}
                    {mayEdit && row.toOn === null ? (
                      <Confirm
                        label="Ghi ngày hết áp dụng"
                        question="Mức này hết áp dụng?"
                        consequence="Quyết định đề ngày sau đó không dùng mức này. Mức không sửa được; thay đổi thì thêm mức mới."
                        action={`/khen-thuong/muc-thuong/${row.id}/ket-thuc`}
                      >
                        <LastDay id={row.id} today={today} />
                      </Confirm>
                    ) : null}
                  </>
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      {mayEdit ? <AddForm key={rates.length} /> : null}
    </div>
  )
}

function AddForm() {
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<z.input<typeof awardRateInput>>({
    lastResult: answer?.lastResult,
    constraint: Object.fromEntries(
      Object.keys(LABELS)
        .filter(key => key !== 'toOn')
        .map(key => [key, { required: true }]),
    ),
  })
  return (
    <Sheet title="Thêm mức">
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={LABELS} />
        <RadioGroup field={fields.form} label={LABELS.form} options={optionsOf(AWARD_FORMS, officeLabels.awardForm)} />
        <RadioGroup field={fields.part} label={LABELS.part} options={optionsOf(AWARD_PARTS, awardParts)} />
        <div className="field-pair">
          <TextField field={fields.multiple} label={LABELS.multiple} hint="Số lần mức lương cơ sở, ví dụ 2,5" isShort />
          <TextField field={fields.baseSalary} label={LABELS.baseSalary} inputMode="numeric" isShort />
        </div>
        <TextArea
          field={fields.source}
          label={LABELS.source}
          hint="Điều, khoản, nghị định quy định mức này, như sẽ in trong quyết định."
        />
        <div className="field-pair">
          <DateField field={fields.fromOn} label={LABELS.fromOn} />
          <DateField field={fields.toOn} label={LABELS.toOn} hint="Để trống: đến khi có mức khác." />
        </div>
        <SubmitButton>Thêm mức</SubmitButton>
      </Form>
    </Sheet>
  )
}
