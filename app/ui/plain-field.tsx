import type { ReactNode } from 'react'
import type { Option } from './field.tsx'

/** What a control needs to be tied to its label and its error. */
type Control = {
  id: string
  name: string
  className: string
  required?: boolean
  'aria-invalid'?: true
  'aria-describedby'?: string
}

/** The id of the control of this name; links of an error summary lead there. */
export const plainId = (name: string) => `truong-${name.replace(/\W+/g, '-')}`

/** A labelled control of a form whose fields repeat; elsewhere the fields of `field.tsx` serve. */
export function PlainField({
  name,
  label,
  error,
  isRequired = false,
  isShort = false,
  children,
}: {
  name: string
  label: ReactNode
  error?: string
  isRequired?: boolean
  isShort?: boolean
  children: (control: Control) => ReactNode
}) {
  const id = plainId(name)
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired ? <span className="required"> (bắt buộc)</span> : null}
      </label>
      {children({
        id,
        name,
        className: isShort ? 'control control-short' : 'control',
        required: isRequired || undefined,
        ...(error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-loi` }),
      })}
      <PlainError name={name} error={error} />
    </div>
  )
}

export function PlainError({ name, error }: { name: string; error?: string }) {
  return error === undefined ? null : (
    <p id={`${plainId(name)}-loi`} className="error">
      {error}
    </p>
  )
}

/** A fieldset of radios, one of `options`. */
export function PlainRadios({
  name,
  label,
  error,
  value,
  options,
  isRequired = false,
}: {
  name: string
  label: string
  error?: string
  value?: string
  options: readonly Option[]
  isRequired?: boolean
}) {
  return (
    <fieldset
      id={plainId(name)}
      tabIndex={-1}
      className="field"
      aria-describedby={error === undefined ? undefined : `${plainId(name)}-loi`}
    >
      <legend>
        {label}
        {isRequired ? <span className="required"> (bắt buộc)</span> : null}
      </legend>
      {options.map(option => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            value={option.value}
            required={isRequired}
            defaultChecked={option.value === value}
          />
          <span>{option.label}</span>
        </label>
      ))}
      <PlainError name={name} error={error} />
    </fieldset>
  )
}
