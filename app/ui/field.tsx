import {
  type FieldMetadata,
  getCollectionProps,
  getFieldsetProps,
  getInputProps,
  getSelectProps,
  getTextareaProps,
} from '@conform-to/react'
import type { InputHTMLAttributes, ReactNode } from 'react'
import { LongSelect, type OptionGroup } from './long-select.tsx'

export type Option = { value: string; label: string; hint?: string }

/** A choice of each of `words`, by its name in `text`. */
export const optionsOf = <Word extends string>(words: readonly Word[], text: Record<Word, string>): Option[] =>
  words.map(value => ({ value, label: text[value] }))

/** Finds a form's fields by name; conform makes a field for each name that it is asked for. */
export const fieldsOf = (fields: Readonly<Record<string, unknown>>) => (name: string) =>
  fields[name] as FieldMetadata<string>

export type FieldProps = {
  /** What conform knows of the field; a list or a text, whatever its schema. */
  field: FieldMetadata
  label: string
  /** What helps to fill it in, said before any error. */
  hint?: ReactNode
}

/** The attributes that tie a field to its hint and its faults. */
export const described = ({ field, hint }: FieldProps) => ({
  ariaDescribedBy: hint === undefined ? undefined : field.descriptionId,
})

function LabelText({ field, label }: FieldProps) {
  return (
    <>
      {label}
      {field.required ? <span className="required"> (bắt buộc)</span> : null}
    </>
  )
}

function Hint({ field, hint }: FieldProps) {
  return hint === undefined ? null : (
    <p id={field.descriptionId} className="hint">
      {hint}
    </p>
  )
}

function FieldError({ field }: { field: FieldMetadata }) {
  return field.errors === undefined ? null : (
    <p id={field.errorId} className="error">
      {field.errors.join(' ')}
    </p>
  )
}

/** A label above its control, the hint between them, the error below. */
export function Field({ children, ...props }: FieldProps & { children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={props.field.id}>
        <LabelText {...props} />
      </label>
      <Hint {...props} />
      {children}
      <FieldError field={props.field} />
    </div>
  )
}

type TextFieldProps = FieldProps &
  Pick<InputHTMLAttributes<HTMLInputElement>, 'inputMode' | 'autoComplete' | 'autoCapitalize' | 'spellCheck'> & {
    type?: 'text' | 'tel' | 'email' | 'number' | 'search'
    /** For numbers and codes: no wider than what goes in. */
    isShort?: boolean
  }

export function TextField({ field, label, hint, type = 'text', isShort = false, ...rest }: TextFieldProps) {
  const { key, ...input } = getInputProps(field, { type, ...described({ field, label, hint }) })
  return (
    <Field field={field} label={label} hint={hint}>
      <input key={key} {...input} {...rest} className={isShort ? 'control control-short' : 'control'} />
    </Field>
  )
}

/** A calendar day with the browser's own picker; `min` and `max` are Days, both inclusive. */
export function DateField({ min, max, ...props }: FieldProps & { min?: string; max?: string }) {
  const { key, ...input } = getInputProps(props.field, { type: 'date', ...described(props) })
  return (
    <Field {...props}>
      <input key={key} {...input} min={min} max={max} className="control control-short" />
    </Field>
  )
}

export function TextArea({ rows = 3, ...props }: FieldProps & { rows?: number }) {
  const { key, ...textarea } = getTextareaProps(props.field, described(props))
  return (
    <Field {...props}>
      <textarea key={key} {...textarea} rows={rows} className="control" />
    </Field>
  )
}

/** A choice from a list; `placeholder` is the empty first line. */
export function SelectField({
  options,
  placeholder = 'Chọn',
  ...props
}: FieldProps & { options: readonly Option[]; placeholder?: string }) {
  const { key, ...select } = getSelectProps(props.field, described(props))
  return (
    <Field {...props}>
      <LongSelect key={key} {...select} placeholder={placeholder} groups={[{ label: '', options }]} />
    </Field>
  )
}

/** A choice from a long list in groups, as the tree of units or localities; narrowed by typing. */
export function GroupedSelectField({ groups, ...props }: FieldProps & { groups: readonly OptionGroup[] }) {
  const { key, ...select } = getSelectProps(props.field, described(props))
  return (
    <Field {...props}>
      <LongSelect key={key} {...select} groups={groups} />
    </Field>
  )
}

/** A file to upload; `accept` as in HTML, the limits belong in `hint`. */
export function FileField({ accept, ...props }: FieldProps & { accept: string }) {
  const { key, ...input } = getInputProps(props.field, { type: 'file', ...described(props) })
  return (
    <Field {...props}>
      <input key={key} {...input} accept={accept} className="control" />
    </Field>
  )
}

/** One yes-or-no; sends `on` when ticked, never ticked unless the form's value says so. */
export function CheckboxField(props: FieldProps) {
  const { key, ...input } = getInputProps(props.field, { type: 'checkbox', ...described(props) })
  return (
    <div className="field">
      <label className="choice">
        <input key={key} {...input} />
        <span>
          <LabelText {...props} />
        </span>
      </label>
      <Hint {...props} />
      <FieldError field={props.field} />
    </div>
  )
}

type GroupProps = FieldProps & { options: readonly Option[] }

function ChoiceGroup({ type, options, ...props }: GroupProps & { type: 'radio' | 'checkbox' }) {
  const { field } = props
  const { name: _name, ...fieldset } = getFieldsetProps(field, described(props))
  const inputs = getCollectionProps(field, {
    type,
    options: options.map(option => option.value),
    ariaAttributes: false,
  })
  return (
    <fieldset {...fieldset} tabIndex={-1} className="field">
      <legend>
        <LabelText {...props} />
      </legend>
      <Hint {...props} />
      {/* within its form, which need not be named on each */}
      {inputs.map(({ key, form: _, ...input }, n) => (
        <label key={key} className="choice">
          <input {...input} />
          <span>
            {options[n]?.label}
            {options[n]?.hint === undefined ? null : <span className="hint">{options[n].hint}</span>}
          </span>
        </label>
      ))}
      <FieldError field={field} />
    </fieldset>
  )
}

/** One of a few, all in sight. */
export function RadioGroup(props: GroupProps) {
  return <ChoiceGroup type="radio" {...props} />
}

/** Any number of a few. */
export function CheckboxGroup(props: GroupProps) {
  return <ChoiceGroup type="checkbox" {...props} />
}
