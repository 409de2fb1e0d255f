import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { difficultyInput } from '#app/domain/difficulty-input.ts'
import { DIFFICULTY_ROUTES } from '#app/domain/vocabulary.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { raiseDifficulty } from '#app/queries/difficulty.server.ts'
import { listUnitsFor } from '#app/queries/unit.server.ts'
import { routeLabel } from '#app/text/province.ts'
import { fieldsOf, RadioGroup, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PERSONAL_TICK, PersonalTick } from '#app/ui/personal-tick.tsx'
import { useProvince } from '#app/ui/province.ts'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nêu khó khăn · 4 phủ' }]

export const loader = reads(({ actor }) => {
  permitSomewhere(actor, 'difficulty.raise')
  const units = listUnitsFor(actor, 'difficulty.raise')
  return {
    units: units.map(({ id, name, depth }) => ({ value: String(id), label: `${'– '.repeat(depth)}${name}` })),
    unitId: String(scopeUnits(actor, 'difficulty.raise')[0]?.id ?? ''),
  }
})

export const action = writes(({ actor, campaign }, { form }) => {
  const submission = readForm(form, difficultyInput)
  if (submission.status !== 'success') return refuseForm(submission)
  raiseDifficulty(actor, campaign.id, submission.value)
  return redirectWith('/kho-khan', 'da-gui')
})

const REQUIRED_LABELS = { unitId: 'Đơn vị', route: 'Gửi đến', title: 'Tóm tắt', body: 'Nội dung' }
const FIELD_LABELS = { ...REQUIRED_LABELS, isImpersonal: PERSONAL_TICK }

const HINTS = {
  campaign_office: 'Căn cước, định danh điện tử, kích hoạt, kiểm tra, chỉ tiêu',
  telecom_office: 'SIM, chữ ký số, điện thoại, sóng, nhà mạng',
} as const

export default function RaiseDifficultyPage() {
  const { units, unitId } = useLoaderData<typeof loader>()
  const province = useProvince()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { unitId },
    constraint: Object.fromEntries(Object.keys(REQUIRED_LABELS).map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading title="Nêu khó khăn, vướng mắc" breadcrumbs={[{ to: '/kho-khan', label: 'Khó khăn, vướng mắc' }]} />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <SelectField field={field('unitId')} label={FIELD_LABELS.unitId} options={units} />
          <RadioGroup
            field={field('route')}
            label={FIELD_LABELS.route}
            options={DIFFICULTY_ROUTES.map(value => ({
              value,
              label: routeLabel(value, province),
              hint: HINTS[value],
            }))}
          />
          <TextField field={field('title')} label={FIELD_LABELS.title} />
          <TextArea
            field={field('body')}
            label={FIELD_LABELS.body}
            rows={6}
            hint="Không ghi thông tin cá nhân của người dân. Khi được trả lời, mọi người dùng đều đọc được."
          />
          <PersonalTick field={field('isImpersonal')} texts={[field('title').value, field('body').value]} />
          <div className="actions">
            <SubmitButton>Gửi</SubmitButton>
            <Link to="/kho-khan">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
