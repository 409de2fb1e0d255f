import { useForm } from '@conform-to/react'
import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { difficultyEditInput } from '#app/domain/difficulty-input.ts'
import { editDifficulty, findDifficulty } from '#app/queries/difficulty.server.ts'
import { fieldsOf, TextArea, TextField } from '#app/ui/field.tsx'
import { FormErrors, SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PERSONAL_TICK, PersonalTick } from '#app/ui/personal-tick.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sửa nội dung · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params }) => {
  const row = found(findDifficulty(actor, campaign.id, idOf(params.difficultyId)))
  if (!row.mayEdit) throw notFound()
  return { id: row.id, title: row.title, body: row.body }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const difficultyId = idOf(params.difficultyId)
  const submission = readForm(form, difficultyEditInput)
  if (submission.status !== 'success') return refuseForm(submission)
  const { title, body } = submission.value
  editDifficulty(actor, campaign.id, { difficultyId, title, body })
  return redirectWith(`/kho-khan/${difficultyId}`, 'da-sua')
})

const LABELS = { title: 'Tóm tắt', body: 'Nội dung' }

export default function EditDifficultyPage() {
  const { id, title, body } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [form, fields] = useForm<Record<string, string>>({
    lastResult: answer?.lastResult,
    defaultValue: { title, body },
    constraint: { title: { required: true }, body: { required: true } },
  })
  const field = fieldsOf(fields)
  return (
    <div className="narrow stack">
      <PageHeading title="Sửa nội dung" breadcrumbs={[{ to: `/kho-khan/${id}`, label: title }]} />
      <Sheet>
        <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
          <FormErrors form={form} labels={{ ...LABELS, isImpersonal: PERSONAL_TICK }} />
          <TextField field={field('title')} label={LABELS.title} />
          <TextArea field={field('body')} label={LABELS.body} rows={6} />
          <PersonalTick field={field('isImpersonal')} texts={[field('title').value, field('body').value]} />
          <div className="actions">
            <SubmitButton>Lưu</SubmitButton>
            <Link to={`/kho-khan/${id}`}>Không, quay lại</Link>
          </div>
        </Form>
      </Sheet>
    </div>
  )
}
