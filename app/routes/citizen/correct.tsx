import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { correctionInput } from '#app/domain/citizen-right-input.ts'
import { correctCitizen, findCorrection } from '#app/queries/citizen-correction.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { DateField, fieldsOf, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sửa dữ liệu theo yêu cầu · 4 phủ' }]

export const loader = reads(async ({ actor, campaign }, { params }) => {
  const held = await retryBusy(() => findCorrection(actor, campaign.id, idOf(params.requestId)))
  await noteShown(actor, { what: 'help_record', subjectId: held.helpId, count: 1 })
  return held
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const requestId = idOf(params.requestId)
  const submission = readForm(form, correctionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const corrected = correctCitizen(actor, campaign.id, { requestId, input: submission.value })
  return corrected.ok ? redirectWith('/yeu-cau', 'da-sua', requestId) : refuseForm(submission, corrected.problems)
})

const LABELS = {
  name: 'Họ và tên',
  phone: 'Điện thoại',
  birthOn: 'Ngày sinh',
  hamlet: 'Ấp, khu phố',
  answer: 'Trả lời người dân',
}

export default function CorrectCitizenPage() {
  const { requestId, helpId, name, phone, birthOn, birthYear, hamlet } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { name, phone, birthOn, hamlet },
    constraint: { name: { required: true }, answer: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title={`Sửa dữ liệu theo yêu cầu số ${requestId}`}
        note={`Trường hợp ${helpId}. Sửa ở mọi trường hợp của người dân; người ghi được báo, xác nhận của đơn vị giữ nguyên. Số định danh sai thì người ghi sửa trong trường hợp.`}
        breadcrumbs={[{ to: '/yeu-cau', label: 'Yêu cầu của người dân' }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={LABELS} />
          <TextField field={field('name')} label={LABELS.name} />
          <TextField field={field('phone')} label={LABELS.phone} inputMode="tel" />
          <DateField
            field={field('birthOn')}
            label={LABELS.birthOn}
            min={`${birthYear}-01-01`}
            max={`${birthYear}-12-31`}
          />
          <TextField field={field('hamlet')} label={LABELS.hamlet} />
          <TextArea
            field={field('answer')}
            label={LABELS.answer}
            hint="Hiện ở trang của mã và cho người ghi. Không ghi dữ liệu cá nhân."
            rows={2}
          />
          <div className="actions">
            <SubmitButton>Sửa và trả lời</SubmitButton>
            <Link to="/yeu-cau">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
