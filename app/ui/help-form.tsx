import { type FieldMetadata, getInputProps, getSelectProps, type SubmissionResult, useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { CARRIERS, CONSENT_CHANNELS, HELP_PLACES, OUTCOME_VALUES, type Outcome } from '#app/domain/vocabulary.ts'
import type { CampaignTerms } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { AllAchieved } from './all-achieved.tsx'
import { fillCardInto } from './card-fill.ts'
import { CardScan } from './card-scan.tsx'
import { type AskCitizen, CitizenNumber } from './citizen-number.tsx'
import {
  CheckboxField,
  DateField,
  fieldsOf,
  optionsOf,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { communeGroups, LongSelect } from './long-select.tsx'
import { Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

/** The help form's fields, flat as they are sent; every value a text. */
export type HelpFields = Record<string, string>

type Communes = readonly { district: string; communes: readonly { code: string; name: string }[] }[]
type FieldOf = (name: string) => FieldMetadata<string>

const FIELD_LABELS: Record<string, string> = {
  citizenName: 'Họ và tên',
  citizenNumber: 'Số định danh',
  birthOn: 'Ngày sinh',
  phone: 'Số điện thoại',
  localityCode: 'Nơi ở',
  hamlet: 'Ấp, thôn, khu phố',
  helpedOn: 'Ngày hỗ trợ',
  place: 'Nơi hỗ trợ',
  consentChannel: 'Cách thể hiện đồng ý',
  consent: 'Sự đồng ý',
  note: 'Ghi chú',
}

/** The same with the outcomes that hold, as the campaign calls them. */
const fieldLabelsOf = ({ outcomes, names }: CampaignTerms): Record<string, string> => ({
  ...FIELD_LABELS,
  ...Object.fromEntries(
    outcomes.flatMap(outcome => [
      [`outcome_${outcome}`, names.outcome[outcome]],
      [`outcome_${outcome}_on`, `${names.outcome[outcome]}, ngày đạt`],
    ]),
  ),
})

const BIRTH_HINT = 'Chỉ cần khi năm sinh trong số định danh chưa cho biết đủ tuổi hay chưa'

const REQUIRED = ['citizenName', 'citizenNumber', 'localityCode', 'helpedOn', 'place', 'consentChannel', 'consent']

/**
 * Shows the form of one visit: who was helped, with what, and their consent. The same form records, continues and
 * corrects; it works without JavaScript. `required` are the outcomes that the regulation asks for; the others that
 * hold are behind a disclosure. Every outcome has a day filled in, `today` unless `defaults` names one. It is shown, and counts,
 * only if `achieved` is chosen. `today` is '' if the device's clock cannot be relied on: then no day is filled in.
 */
export function HelpForm({
  lastResult,
  defaults,
  communes,
  required,
  minimumAge,
  today,
  submitLabel,
  askEarly,
  children,
  onKeep,
}: {
  lastResult?: SubmissionResult<string[]> | null
  defaults: HelpFields
  communes: Communes
  required: readonly Outcome[]
  minimumAge: number
  today: string
  submitLabel: string
  /** says what is known of the citizen as soon as the number is whole */
  askEarly?: AskCitizen
  /** further sheets, before the button */
  children?: ReactNode
  /** takes the filled form in place of the server */
  onKeep?: (form: FormData) => void
}) {
  const terms = useTerms()
  const outcomeDays = Object.fromEntries(terms.outcomes.map(outcome => [`outcome_${outcome}_on`, today]))
  const [form, fields] = useForm<HelpFields>({
    lastResult,
    defaultValue: { ...outcomeDays, ...defaults },
    onSubmit:
      onKeep &&
      ((event, { formData }) => {
        event.preventDefault()
        onKeep(formData)
      }),
    constraint: Object.fromEntries(
      [...REQUIRED, ...required.map(outcome => `outcome_${outcome}`)].map(name => [name, { required: true }]),
    ),
  })
  const field: FieldOf = fieldsOf(fields)
  const optional = terms.outcomes.filter(outcome => !required.includes(outcome))
  const isOptionalUsed = optional.some(
    outcome =>
      defaults[`outcome_${outcome}`] || field(`outcome_${outcome}`).value || field(`outcome_${outcome}_on`).errors,
  )
  // conform moves to the first refused field; the summary above names all of them
  useEffect(() => {
    if (lastResult?.status === 'error' && form.status === 'error') document.getElementById(form.errorId)?.focus()
  }, [lastResult, form.status, form.errorId])
  const helpedOn = useRef(defaults.helpedOn)
  return (
    <Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      onChange={event => followVisit(event, helpedOn)}
      className="stack help-form"
    >
      <HiddenField field={field('submissionKey')} />
      {defaults.revision === undefined ? null : <HiddenField field={field('revision')} />}
      <FormErrors form={form} labels={fieldLabelsOf(terms)} />
      <Sheet title="Người dân được hỗ trợ">
        <div className="stack">
          {defaults.revision === undefined ? <CardScan onCard={card => fillCardInto(form.id, card)} /> : null}
          <TextField field={field('citizenName')} label="Họ và tên" autoComplete="off" spellCheck={false} />
          <TextField
            field={field('citizenNumber')}
            label="Số định danh"
            hint="12 số trên thẻ căn cước"
            inputMode="numeric"
            autoComplete="off"
          />
          <CitizenNumber
            minimumAge={minimumAge}
            isBirthShown={Boolean(defaults.birthOn) || field('birthOn').errors !== undefined}
            ask={askEarly}
          >
            <DateField field={field('birthOn')} label="Ngày sinh" max={today} hint={BIRTH_HINT} />
          </CitizenNumber>
          <CommuneField field={field('localityCode')} communes={communes} />
          <TextField field={field('hamlet')} label="Ấp, thôn, khu phố" autoComplete="off" />
          <div className="field-pair">
            <TextField field={field('phone')} label="Số điện thoại" type="tel" inputMode="tel" autoComplete="off" />
            <SelectField
              field={field('carrier')}
              label="Nhà mạng"
              options={optionsOf(CARRIERS, labels.carrier)}
              placeholder="Chưa rõ"
            />
          </div>
        </div>
      </Sheet>
      <Sheet title="Kết quả hỗ trợ">
        <div className="stack">
          <div className="field-pair">
            <DateField field={field('helpedOn')} label="Ngày hỗ trợ" max={today} />
            <SelectField field={field('place')} label="Nơi hỗ trợ" options={optionsOf(HELP_PLACES, labels.helpPlace)} />
          </div>
          <AllAchieved outcomes={required} />
          {required.map(outcome => (
            <OutcomeField key={outcome} outcome={outcome} field={field} today={today} />
          ))}
          {optional.length === 0 ? null : (
            <details className="disclosure" open={isOptionalUsed}>
              <summary>Nội dung khác (không bắt buộc)</summary>
              <div className="stack">
                {optional.map(outcome => (
                  <OutcomeField key={outcome} outcome={outcome} field={field} today={today} />
                ))}
              </div>
            </details>
          )}
        </div>
      </Sheet>
      <Sheet title="Sự đồng ý của người dân">
        <div className="stack">
          <RadioGroup
            field={field('consentChannel')}
            label="Cách thể hiện đồng ý"
            options={optionsOf(CONSENT_CHANNELS, labels.consentChannel)}
          />
          <CheckboxField
            field={field('consent')}
            label="Người dân đồng ý để ghi họ tên, số định danh, số điện thoại nhằm xác nhận kết quả của đợt cao điểm"
          />
          <TextArea field={field('note')} label="Ghi chú" rows={2} hint="Không ghi mật khẩu, mã OTP." />
        </div>
      </Sheet>
      {children}
      <SubmitButton isLarge>{submitLabel}</SubmitButton>
    </Form>
  )
}

/** Moves the days of outcomes along when the day of the visit changes, if they were the same day. */
function followVisit(event: FormEvent<HTMLFormElement>, helpedOn: { current: string | undefined }) {
  const changed = event.target
  if (!(changed instanceof HTMLInputElement) || changed.name !== 'helpedOn' || changed.value === '') return
  for (const input of event.currentTarget.querySelectorAll<HTMLInputElement>('.outcome input[type="date"]'))
    if (input.value === helpedOn.current) input.value = changed.value
  helpedOn.current = changed.value
}

function HiddenField({ field }: { field: FieldMetadata<string> }) {
  const { key, ...input } = getInputProps(field, { type: 'hidden' })
  return <input key={key} {...input} />
}

function OutcomeField({ outcome, field, today }: { outcome: Outcome; field: FieldOf; today: string }) {
  const { names } = useTerms()
  return (
    <div className="outcome">
      <div className="segmented">
        <RadioGroup
          field={field(`outcome_${outcome}`)}
          label={names.outcome[outcome]}
          options={optionsOf(OUTCOME_VALUES, labels.outcomeValue)}
        />
      </div>
      <div className="outcome-day">
        <DateField field={field(`outcome_${outcome}_on`)} label="Ngày đạt" max={today} />
      </div>
    </div>
  )
}

function CommuneField({ field, communes }: { field: FieldMetadata<string>; communes: Communes }) {
  const { key, ...select } = getSelectProps(field)
  return (
    <div className="field">
      <label htmlFor={field.id}>
        Nơi ở (xã, phường, thị trấn)<span className="required"> (bắt buộc)</span>
      </label>
      <LongSelect key={key} {...select} groups={communeGroups(communes)} />
      {field.errors === undefined ? null : (
        <p id={field.errorId} className="error">
          {field.errors.join(' ')}
        </p>
      )}
    </div>
  )
}
