import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { appealDecisionInput } from '#app/domain/inspection-input.ts'
import { DECISIONS } from '#app/domain/vocabulary.ts'
import { decideAppeal, findAppeal } from '#app/queries/inspection-outcome.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { fieldsOf, optionsOf, RadioGroup, TextArea } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Quyết định về kiến nghị · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const place = { inspectionId: idOf(params.inspectionId), helpId: idOf(params.helpId) }
  const { mayDecide, appeal } = found(findAppeal(actor, campaign.id, place))
  if (!mayDecide || appeal === null) throw notFound()
  return { ...place, reason: appeal.reason }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const place = { inspectionId: idOf(params.inspectionId), helpId: idOf(params.helpId) }
  if (!found(findAppeal(actor, campaign.id, place)).mayDecide) throw notFound()
  const submission = readForm(form, appealDecisionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { decision, text } = submission.value
  decideAppeal(actor, campaign.id, { ...place, decision, reason: text })
  return redirectWith(`/kiem-tra/${place.inspectionId}/kien-nghi/${place.helpId}`, 'da-quyet-dinh')
})

export default function AppealDecisionPage() {
  const { inspectionId, helpId, reason } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { decision: { required: true }, text: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading
        title="Quyết định về kiến nghị"
        note={`Trường hợp ${helpId}`}
        breadcrumbs={[{ to: `/kiem-tra/${inspectionId}/kien-nghi/${helpId}`, label: 'Kiến nghị' }]}
      />
      <Sheet title="Nội dung kiến nghị">
        <p>{reason}</p>
      </Sheet>
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ decision: 'Quyết định', text: 'Lý do' }} />
          <RadioGroup
            field={field('decision')}
            label="Quyết định"
            options={optionsOf(DECISIONS, officeLabels.decision)}
          />
          <TextArea field={field('text')} label="Lý do" hint="Không ghi thông tin cá nhân của người dân." />
          <p className="small">Khi chấp nhận, kết quả “không đúng thực tế” của trường hợp này không còn hiệu lực.</p>
          <SubmitButton isLarge>Ghi quyết định</SubmitButton>
        </Form>
      </Sheet>
    </div>
  )
}
