import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { correctionInput } from '#app/domain/correction-input.ts'
import { SEXES } from '#app/domain/vocabulary.ts'
import { correctOfficial } from '#app/queries/correction.server.ts'
import { correctionsOf } from '#app/queries/correction-list.server.ts'
import { findOfficial } from '#app/queries/official.server.ts'
import { maskNumber } from '#app/text/format.ts'
import { labels, TYPED_NAME } from '#app/text/vocabulary.ts'
import { CorrectionRow } from '#app/ui/corrections.tsx'
import { DateField, fieldsOf, RadioGroup, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sửa thông tin · 4 phủ' }]

export const loader = reads(({ actor, regulation, today }, { params }) => {
  const official = found(findOfficial(actor, idOf(params.officialId), regulation.endsOn))
  permit(actor, 'official.correct', official.target)
  const { id, name, nameTyped, sex, birthOn, birthYear, numberTail, phoneTail } = official
  const waiting = correctionsOf(actor, id).filter(({ state }) => state === 'asked')
  return { id, name, nameTyped, sex, birthOn, birthYear, numberTail, phoneTail, waiting, today }
})

export const action = writes(({ actor, regulation }, { params, form }) => {
  const officialId = idOf(params.officialId)
  found(findOfficial(actor, officialId, regulation.endsOn))
  const submission = readForm(form, correctionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = correctOfficial(actor, { officialId, input: submission.value })
  if (!made.ok) return refuseForm(submission, made.problems)
  return redirectWith(`/can-bo/${officialId}`, made.waits.length > 0 ? 'cho-xac-nhan' : 'da-sua')
})

const LABELS = {
  name: 'Họ và tên',
  birthOn: 'Ngày sinh',
  birthYear: 'Hoặc năm sinh',
  sex: 'Giới tính',
  number: 'Số định danh mới',
  phone: 'Điện thoại mới',
  reason: 'Căn cứ',
}

export default function EditOfficialPage() {
  const { id, name, nameTyped, sex, birthOn, birthYear, numberTail, phoneTail, waiting, today } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: {
      name,
      birthOn: birthOn ?? '',
      birthYear: birthOn === null && birthYear !== null ? String(birthYear) : '',
      sex: sex ?? '',
    },
    constraint: { name: { required: true }, reason: { required: true } },
  })
  const field = fieldsOf(fields)
  const present = (tail: string | null) =>
    tail === null ? 'Chưa ghi số nào.' : `Đang ghi ${maskNumber(tail)}; để trống nếu giữ nguyên.`
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Sửa thông tin: ${name}`}
        note="Họ tên, ngày sinh, giới tính có hiệu lực ngay và được lưu vết. Số định danh khác, điện thoại đăng nhập khác chờ chính người này, hoặc một người khác có trách nhiệm, xác nhận."
        breadcrumbs={[{ to: `/can-bo/${id}`, label: name }]}
      />
      {waiting.length === 0 ? null : (
        <Sheet title="Đang chờ xác nhận">
          <RowList>
            {waiting.map(correction => (
              <CorrectionRow key={correction.id} correction={correction} showsName={false} />
            ))}
          </RowList>
        </Sheet>
      )}
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextField
            field={field('name')}
            label={LABELS.name}
            autoComplete="off"
            {...(nameTyped === null ? {} : { hint: `${TYPED_NAME}: ${nameTyped}` })}
          />
          <DateField field={field('birthOn')} label={LABELS.birthOn} max={today} />
          <TextField
            field={field('birthYear')}
            label={LABELS.birthYear}
            inputMode="numeric"
            autoComplete="off"
            hint="Chỉ ghi khi không rõ ngày; khi đó để trống ngày sinh"
          />
          <RadioGroup
            field={field('sex')}
            label={LABELS.sex}
            options={SEXES.map(value => ({ value, label: labels.sex[value] }))}
          />
          <TextField
            field={field('number')}
            label={LABELS.number}
            inputMode="numeric"
            autoComplete="off"
            hint={present(numberTail)}
          />
          <TextField
            field={field('phone')}
            label={LABELS.phone}
            inputMode="tel"
            autoComplete="off"
            hint={present(phoneTail)}
          />
          <TextArea field={field('reason')} label={LABELS.reason} hint="Giấy tờ hoặc danh sách đã đối chiếu" rows={2} />
          <div className="actions">
            <SubmitButton isLarge>Ghi nội dung sửa</SubmitButton>
            <Link to={`/can-bo/${id}`}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
      <p>
        Người này có hai hồ sơ? <Link to={`/can-bo/${id}/gop`}>Đề nghị gộp hai hồ sơ</Link>
      </p>
    </div>
  )
}
