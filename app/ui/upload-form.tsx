import type { FieldMetadata, FormMetadata } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { FormEvent, ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import { FileField } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'

/**
 * Asks for a file and (`children`) what else its reading needs. A file of more than `limit.bytes` is named as too large
 * before it is sent. `guidance` explains how to prepare the file, sentence by sentence, above its `templates`.
 */
export function UploadForm<Shape extends Record<string, unknown>>({
  form,
  field,
  labels,
  accept,
  hint,
  limit,
  submitLabel = 'Tải lên và xem trước',
  note,
  guidance,
  templates = [],
  children,
}: {
  form: FormMetadata<Shape, string[]>
  field: FieldMetadata<string, Shape, string[]>
  labels: Record<string, string> & { file: string }
  accept: string
  hint?: string
  limit: { bytes: number; message: string }
  submitLabel?: string
  note: string
  guidance: { title: string; sentences: readonly string[] }
  templates?: readonly { to: string; label: string }[]
  children: ReactNode
}) {
  const weighFile = ({ target }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'file') return
    target.setCustomValidity((target.files?.[0]?.size ?? 0) > limit.bytes ? limit.message : '')
    target.reportValidity()
  }
  return (
    <div className="columns">
      <Sheet>
        <Form
          method="post"
          encType="multipart/form-data"
          reloadDocument
          id={form.id}
          onSubmit={form.onSubmit}
          onChange={weighFile}
          className="stack"
        >
          <FormErrors form={form} labels={labels} />
          <FileField field={field} label={labels.file} accept={accept} hint={hint} />
          {children}
          <SubmitButton isLarge pendingLabel="Đang tải lên…">
            {submitLabel}
          </SubmitButton>
          <p className="small">{note}</p>
        </Form>
      </Sheet>
      <Sheet title={guidance.title}>
        <div className="stack">
          <RowList>
            {guidance.sentences.map(sentence => (
              <Row key={sentence} title={sentence} />
            ))}
          </RowList>
          <div className="actions">
            {templates.map(({ to, label }) => (
              <ButtonLink key={to} variant="quiet" to={to} reloadDocument>
                {label}
              </ButtonLink>
            ))}
          </div>
        </div>
      </Sheet>
    </div>
  )
}
