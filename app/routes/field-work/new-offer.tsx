import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { offerInput } from '#app/domain/offer-input.ts'
import { CARRIERS, OFFER_KINDS } from '#app/domain/vocabulary.ts'
import { addOffer } from '#app/queries/offer.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { DateField, fieldsOf, optionsOf, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Thêm ưu đãi · 4 phủ' }]

export const loader = reads(({ actor, today }) => {
  permitSomewhere(actor, 'offer.edit')
  return { today }
})

export const action = writes(({ actor, campaign }, { form }) => {
  const submission = readForm(form, offerInput)
  if (submission.status !== 'success') return refuseForm(submission)
  addOffer(actor, campaign.id, submission.value)
  return redirectWith('/uu-dai', 'da-them')
})

const FIELD_LABELS = {
  carrier: 'Nhà mạng',
  kind: 'Nội dung',
  name: 'Tên ưu đãi',
  price: 'Giá (đồng)',
  terms: 'Điều kiện',
  documentNumber: 'Số văn bản của nhà mạng',
  fromOn: 'Từ ngày',
  toOn: 'Đến ngày',
}

export default function AddOfferPage() {
  const { today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { fromOn: today },
    constraint: Object.fromEntries(
      ['carrier', 'kind', 'name', 'price', 'fromOn'].map(name => [name, { required: true }]),
    ),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading title="Thêm ưu đãi" breadcrumbs={[{ to: '/uu-dai', label: 'Ưu đãi' }]} />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <div className="field-pair">
            <SelectField
              field={field('carrier')}
              label={FIELD_LABELS.carrier}
              options={optionsOf(CARRIERS, labels.carrier)}
            />
            <SelectField
              field={field('kind')}
              label={FIELD_LABELS.kind}
              options={optionsOf(OFFER_KINDS, officeLabels.offerKind)}
            />
          </div>
          <TextField field={field('name')} label={FIELD_LABELS.name} />
          <TextField
            field={field('price')}
            label={FIELD_LABELS.price}
            hint="Chỉ gồm chữ số; 0 là miễn phí"
            inputMode="numeric"
            isShort
          />
          <TextArea field={field('terms')} label={FIELD_LABELS.terms} rows={2} />
          <TextField field={field('documentNumber')} label={FIELD_LABELS.documentNumber} isShort />
          <div className="field-pair">
            <DateField field={field('fromOn')} label={FIELD_LABELS.fromOn} />
            <DateField field={field('toOn')} label={FIELD_LABELS.toOn} hint="Bỏ trống nếu chưa rõ" />
          </div>
          <div className="actions">
            <SubmitButton>Thêm ưu đãi</SubmitButton>
            <Link to="/uu-dai">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
