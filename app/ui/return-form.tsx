import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form, Link } from '@remix-run/react'
import { type Choice, ChoiceList } from './choice-list.tsx'
import { TextArea } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Sheet } from './sheet.tsx'

/** Asks what is sent back, and why: the last step before it happens. */
export function ReturnForm({
  choices,
  hint,
  backTo,
  lastResult,
  title = 'Các mục trả lại',
  submitLabel = 'Trả lại kèm lý do',
}: {
  choices: readonly Choice[]
  hint: string
  backTo: string
  title?: string
  submitLabel?: string
  lastResult?: SubmissionResult<string[]>
}) {
  const [form, fields] = useForm<{ reason: string }>({ lastResult, constraint: { reason: { required: true } } })
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
      <FormErrors form={form} labels={{ reason: 'Lý do', chon: 'Danh sách' }} />
      <Sheet title={title}>
        <ChoiceList choices={choices} ticked="all" />
      </Sheet>
      <Sheet>
        <TextArea field={fields.reason} label="Lý do" hint={hint} />
      </Sheet>
      <div className="actions">
        <SubmitButton>{submitLabel}</SubmitButton>
        <Link to={backTo}>Không, về danh sách</Link>
      </div>
    </Form>
  )
}
