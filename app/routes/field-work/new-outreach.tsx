import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permit } from '#app/access/policy.ts'
import { outreachForm } from '#app/domain/outreach-input.ts'
import { OUTREACH_CHANNELS } from '#app/domain/vocabulary.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listAreasOf } from '#app/queries/locality.server.ts'
import { logOutreach } from '#app/queries/outreach.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import {
  CheckboxField,
  DateField,
  fieldsOf,
  GroupedSelectField,
  optionsOf,
  SelectField,
  TextArea,
  TextField,
} from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ghi hoạt động tuyên truyền · 4 phủ' }]

export const loader = reads(({ actor, campaign, today, regulation }, { params }) => {
  const { id, name, path, localityCode } = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  permit(actor, 'outreach.log', { unitPath: path })
  return {
    id,
    name,
    today,
    startsOn: regulation.startsOn,
    localityCode: localityCode ?? '',
    areas: listAreasOf(path, today),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const unitId = idOf(params.unitId)
  const submission = readForm(form, outreachForm)
  if (submission.status !== 'success') return refuseForm(submission)
  const { isAnother, ...input } = submission.value
  const made = logOutreach(actor, campaign.id, { unitId, input, isAnother })
  return made.ok ? redirectWith(`/don-vi/${unitId}/tuyen-truyen`, 'da-luu') : refuseForm(submission, made.problems)
})

const FIELD_LABELS = {
  channel: 'Hình thức',
  heldOn: 'Ngày',
  people: 'Số người tiếp cận',
  localityCode: 'Địa bàn',
  place: 'Địa điểm, phương tiện',
  note: 'Ghi chú',
  isAnother: 'Là hoạt động khác',
}

export default function LogOutreachPage() {
  const { id, name, today, startsOn, localityCode, areas } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { heldOn: today, localityCode },
    constraint: Object.fromEntries(
      ['channel', 'heldOn', 'people', 'localityCode', 'place'].map(field => [field, { required: true }]),
    ),
  })
  const field = fieldsOf(fields)
  const base = `/don-vi/${id}/tuyen-truyen`
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ghi hoạt động tuyên truyền"
        note={name}
        breadcrumbs={[{ to: base, label: `Tuyên truyền, ${name}` }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <SelectField
            field={field('channel')}
            label={FIELD_LABELS.channel}
            options={optionsOf(OUTREACH_CHANNELS, officeLabels.outreachChannel)}
          />
          <div className="field-pair">
            <DateField field={field('heldOn')} label={FIELD_LABELS.heldOn} min={startsOn} max={today} />
            <TextField
              field={field('people')}
              label={FIELD_LABELS.people}
              hint="Đếm hoặc ước tính"
              inputMode="numeric"
              isShort
            />
          </div>
          <GroupedSelectField field={field('localityCode')} label={FIELD_LABELS.localityCode} groups={areas} />
          <TextField
            field={field('place')}
            label={FIELD_LABELS.place}
            hint="Ví dụ: Nhà văn hóa ấp 2; loa phát thanh xã; trang Zalo của phường"
          />
          <TextArea field={field('note')} label={FIELD_LABELS.note} hint="Không ghi thông tin cá nhân của người dân." />
          {field('isAnother').errors === undefined ? null : (
            <CheckboxField field={field('isAnother')} label={FIELD_LABELS.isAnother} />
          )}
          <div className="actions">
            <SubmitButton>Lưu hoạt động</SubmitButton>
            <Link to={base}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
