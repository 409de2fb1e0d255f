import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { TextArea } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Sheet } from './sheet.tsx'

/**
 * A form for one text that is kept on record (`text`), with the button that records it; `children` say what follows.
 */
export function StatementForm({
  label,
  hint,
  submitLabel,
  backTo,
  lastResult,
  children,
}: {
  label: string
  hint?: string
  submitLabel: string
  backTo: string
  lastResult?: SubmissionResult<string[]>
  children?: ReactNode
}) {
  const [form, fields] = useForm<{ text: string }>({ lastResult, constraint: { text: { required: true } } })
  return (
    <Sheet>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={{ text: label }} />
        {children}
        <TextArea field={fields.text} label={label} hint={hint} rows={6} />
        <div className="actions">
          <SubmitButton>{submitLabel}</SubmitButton>
          <Link to={backTo}>Không, quay lại</Link>
        </div>
      </Form>
    </Sheet>
  )
}
