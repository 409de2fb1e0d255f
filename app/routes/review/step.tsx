import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { stripFile } from '#app/documents/stripped-file.ts'
import { DECISIONS_OF } from '#app/domain/due-process.ts'
import { stepInput } from '#app/domain/review-input.ts'
import { findReview } from '#app/queries/review.server.ts'
import { takeStep } from '#app/queries/review-step.server.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { stepOfPath, stepPages } from '#app/text/review.ts'
import { fieldsOf, optionsOf, RadioGroup, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PictureFile } from '#app/ui/picture-file.tsx'
import { useInBrackets } from '#app/ui/places.ts'
import { Sheet } from '#app/ui/sheet.tsx'
import { bytesOf, readForm, refuseForm, takeFile } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? 'Xem xét'} · 4 phủ` }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const kind = found(stepOfPath(params.step))
  const review = found(findReview(actor, campaign.id, idOf(params.caseId)))
  if (!review.mine.some(step => step.kind === kind)) throw notFound()
  return { id: review.id, kind, title: stepPages[kind].title, name: review.name ?? review.unitName }
})

export const action = writes(async ({ actor, campaign }, { params, form }) => {
  const kind = found(stepOfPath(params.step))
  const caseId = idOf(params.caseId)
  const file = takeFile(form)
  const submission = readForm(form, stepInput)
  const stripped = file && (await stripFile(await bytesOf(file)))
  if (submission.status !== 'success' || stripped?.ok === false)
    return refuseForm(submission, stripped?.ok === false ? [{ field: 'file', reason: stripped.reason }] : [])
  const { text, decision, documentNumber } = submission.value
  const taken = takeStep(actor, campaign.id, {
    caseId,
    kind,
    decision,
    body: text,
    documentNumber: documentNumber ?? '',
    file: stripped?.file ?? null,
  })
  if (!taken.ok)
    return refuseForm(submission, [
      { field: taken.problem === 'decision_not_fitting' ? 'decision' : 'text', reason: taken.problem },
    ])
  return redirectWith(`/xem-xet/${caseId}`, 'da-ghi')
})

export default function StepPage() {
  const { id, kind, name } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { title, label, hint, submit, follows, article } = stepPages[kind]
  const inBrackets = useInBrackets()
  const decisions = DECISIONS_OF[kind]
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    constraint: { text: { required: true }, ...(decisions.length > 0 ? { decision: { required: true } } : {}) },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading title={title} note={name} breadcrumbs={[{ to: `/xem-xet/${id}`, label: name }]} />
      <Sheet>
        <Form
          method="post"
          encType="multipart/form-data"
          id={form.id}
          onSubmit={form.onSubmit}
          noValidate={form.noValidate}
          className="stack"
        >
          <FormErrors form={form} labels={{ text: label, decision: 'Ý kiến', file: 'Tệp kèm theo' }} />
          <p>{article === undefined ? follows : `${follows}${inBrackets(article)}.`}</p>
          {decisions.length === 0 ? null : (
            <RadioGroup
              field={field('decision')}
              label="Ý kiến"
              options={optionsOf(decisions, officeLabels.reviewDecision)}
            />
          )}
          <TextArea field={field('text')} label={label} hint={hint} rows={6} />
          {kind === 'explanation' || kind === 'appeal' ? (
            <PictureFile
              field={field('file')}
              label="Tệp kèm theo, nếu có"
              hint="PDF, PNG, JPG, WebP hoặc HEIC, tối đa 5 MB; thông tin ẩn trong tệp được gỡ bỏ."
            />
          ) : (
            <TextField field={field('documentNumber')} label="Số văn bản, nếu có" />
          )}
          <div className="actions">
            <SubmitButton>{submit}</SubmitButton>
            <Link to={`/xem-xet/${id}`}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
