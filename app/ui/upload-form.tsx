import type { FieldMetadata, FormMetadata } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { FormEvent, ReactNode } from 'react'
import { FileField } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Sheet } from './sheet.tsx'

/**
 * Asks for a file and (`children`) what else its reading needs. A file of more than `limit.bytes` is named as too large
 * before it is sent. `beside` explains how to prepare the file.
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
  beside,
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
  beside: ReactNode
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
      {beside}
    </div>
  )
}
