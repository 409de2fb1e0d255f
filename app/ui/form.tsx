import type { FormMetadata } from '@conform-to/react'
import { useNavigation } from '@remix-run/react'
import type { ComponentProps, ReactNode } from 'react'
import { Button } from './button.tsx'

/** Everything that a form's answer found, each line leading to its field. `labels` name the fields by their path. */
export function FormErrors({ form, labels = {} }: { form: FormMetadata; labels?: Record<string, string> }) {
  const errors = Object.entries(form.allErrors)
  if (errors.length === 0) return null
  return (
    <div role="alert" tabIndex={-1} id={form.errorId} className="notice tone-danger">
      <div>
        <p className="strong">Anh/chị xem lại giúp {errors.length === 1 ? 'mục sau' : `${errors.length} mục sau`}:</p>
        <ul>
          {errors.map(([name, messages]) => {
            const text = [labels[name], messages.join(' ')].filter(Boolean).join(': ')
            return <li key={name}>{name === '' ? text : <a href={`#${form.id}-${name}`}>{text}</a>}</li>
          })}
        </ul>
      </div>
    </div>
  )
}

/** Submits its form; while the form that it belongs to (same `action`, where given) is on its way, says so. */
export function SubmitButton({
  action,
  pendingLabel = 'Đang lưu…',
  children,
  ...rest
}: Omit<ComponentProps<typeof Button>, 'type'> & { action?: string; pendingLabel?: string; children: ReactNode }) {
  const navigation = useNavigation()
  const isPending =
    navigation.formData !== undefined &&
    (action === undefined || navigation.formAction === action) &&
    (rest.name === undefined || navigation.formData.get(rest.name) === rest.value)
  return (
    <Button type="submit" aria-disabled={isPending || undefined} {...rest}>
      {isPending ? pendingLabel : children}
    </Button>
  )
}
