import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { offerRequestInput } from '#app/domain/offer-input.ts'
import { CONSENT_CHANNELS } from '#app/domain/vocabulary.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { askOffer, findOffer } from '#app/queries/offer.server.ts'
import { offerConsent } from '#app/text/collection.ts'
import { labels } from '#app/text/vocabulary.ts'
import { CheckboxField, fieldsOf, GroupedSelectField, optionsOf, RadioGroup, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ghi nhu cầu · 4 phủ' }]

export const loader = reads(({ campaign, today }, { params }) => {
  const { id, name, carrier, isInForce } = found(findOffer(campaign.id, idOf(params.offerId)))
  if (!isInForce) throw notFound()
  return {
    offer: { id, name, carrier },
    areas: listCommunes(today).map(({ district, communes }) => ({
      label: district,
      options: communes.map(({ code, name: commune }) => ({ value: code, label: commune })),
    })),
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const offerId = idOf(params.offerId)
  const submission = readForm(form, offerRequestInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const made = askOffer(actor, campaign.id, { offerId, input: submission.value })
  return made.ok ? redirectWith('/uu-dai', 'da-ghi') : refuseForm(submission, made.problems)
})

const FIELD_LABELS = {
  name: 'Họ và tên người dân',
  phone: 'Số điện thoại',
  localityCode: 'Nơi ở (xã, phường, thị trấn)',
  hamlet: 'Ấp, thôn, khu phố',
  consentChannel: 'Cách thể hiện đồng ý',
  consent: 'Sự đồng ý',
}

export default function AskOfferPage() {
  const { offer, areas } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: Object.fromEntries(
      ['name', 'phone', 'localityCode', 'consentChannel', 'consent'].map(name => [name, { required: true }]),
    ),
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Ghi nhu cầu của người dân"
        note={`${labels.carrier[offer.carrier]}, ${offer.name}`}
        breadcrumbs={[{ to: '/uu-dai', label: 'Ưu đãi' }]}
      />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={FIELD_LABELS} />
          <TextField field={field('name')} label={FIELD_LABELS.name} autoComplete="off" spellCheck={false} />
          <TextField
            field={field('phone')}
            label={FIELD_LABELS.phone}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            isShort
          />
          <GroupedSelectField field={field('localityCode')} label={FIELD_LABELS.localityCode} groups={areas} />
          <TextField field={field('hamlet')} label={FIELD_LABELS.hamlet} autoComplete="off" />
          <RadioGroup
            field={field('consentChannel')}
            label={FIELD_LABELS.consentChannel}
            options={optionsOf(CONSENT_CHANNELS, labels.consentChannel)}
          />
          <CheckboxField field={field('consent')} label={offerConsent} />
          <div className="actions">
            <SubmitButton>Ghi nhu cầu</SubmitButton>
            <Link to="/uu-dai">Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
