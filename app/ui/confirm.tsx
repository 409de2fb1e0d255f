import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { buttonClass } from './button.tsx'
import { SubmitButton } from './form.tsx'

/**
 * An act that takes something away, or does many things at once, asks once: the button opens the question, a second button does it.
 * A disclosure and a form, so it works without JavaScript; `children` are the form's further fields.
 */
export function Confirm({
  label,
  question,
  consequence,
  action,
  confirmLabel = label,
  isHarmless = false,
  children,
}: {
  label: string
  question: string
  /** What follows, and how it can be undone. */
  consequence: string
  /** Where the form posts to. */
  action: string
  confirmLabel?: string
  /** takes nothing away: the button does not warn */
  isHarmless?: boolean
  children?: ReactNode
}) {
  return (
    <details className="confirm">
      <summary className={buttonClass({ variant: 'quiet' })}>
        <span className="when-closed">{label}</span>
        <span className="when-open">Không, giữ nguyên</span>
      </summary>
      <Form method="post" action={action} className="confirm-body">
        <p className="strong">{question}</p>
        <p className="small">{consequence}</p>
        {children}
        <SubmitButton variant={isHarmless ? 'primary' : 'danger'} action={action}>
          {confirmLabel}
        </SubmitButton>
      </Form>
    </details>
  )
}
