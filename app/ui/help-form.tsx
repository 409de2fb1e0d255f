import { type FieldMetadata, getSelectProps, type SubmissionResult, useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import {
  CARRIERS,
  CONSENT_CHANNELS,
  HELP_PLACES,
  OUTCOME_VALUES,
  OUTCOMES,
  type Outcome,
} from '#app/domain/vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { CheckboxField, DateField, RadioGroup, SelectField, TextArea, TextField } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Sheet } from './sheet.tsx'

/** The help form's fields, flat as they are sent; every value a text. */
export type HelpFields = Record<string, string>

const optionsOf = <Word extends string>(words: readonly Word[], text: Record<Word, string>) =>
  words.map(value => ({ value, label: text[value] }))

const FIELD_LABELS: Record<string, string> = {
  citizenName: 'Họ và tên',
  citizenNumber: 'Số định danh',
  birthOn: 'Ngày sinh',
  birthYear: 'Năm sinh',
  phone: 'Số điện thoại',
  localityCode: 'Nơi ở',
  helpedOn: 'Ngày hỗ trợ',
  place: 'Nơi hỗ trợ',
  consentChannel: 'Cách thể hiện đồng ý',
  consent: 'Sự đồng ý',
  ...Object.fromEntries(
    OUTCOMES.flatMap(outcome => [
      [`outcome_${outcome}`, labels.outcome[outcome]],
      [`outcome_${outcome}_on`, `${labels.outcome[outcome]}, ngày`],
    ]),
  ),
}

/**
 * One visit: who was helped, with what, and their consent. The same form records, continues and corrects; it works
 * without JavaScript. `required` are the outcomes that the regulation asks for; the others stand behind a disclosure.
 */
export function HelpForm({
  lastResult,
  defaults,
  communes,
  required,
  today,
  submitLabel,
  warning,
}: {
  lastResult?: SubmissionResult<string[]> | null
  defaults: HelpFields
  communes: readonly { district: string; communes: readonly { code: string; name: string }[] }[]
  required: readonly Outcome[]
  today: string
  submitLabel: string
  warning?: string
}) {
  const [form, fields] = useForm<HelpFields>({
    lastResult,
    defaultValue: defaults,
    constraint: Object.fromEntries(
      [
        'citizenName',
        'citizenNumber',
        'localityCode',
        'helpedOn',
        'place',
        'consentChannel',
        'consent',
        ...required.map(o => `outcome_${o}`),
      ].map(name => [name, { required: true }]),
    ),
  })
  const field = (name: string) => fields[name] as FieldMetadata<string>
  const optional = OUTCOMES.filter(outcome => !required.includes(outcome))
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
      <input type="hidden" name="submissionKey" value={defaults.submissionKey} />
      {defaults.revision === undefined ? null : <input type="hidden" name="revision" value={defaults.revision} />}
      <FormErrors form={form} labels={FIELD_LABELS} />
      <Sheet title="Người dân được hỗ trợ">
        <div className="stack">
          <TextField field={field('citizenName')} label="Họ và tên" autoComplete="off" />
          <TextField
            field={field('citizenNumber')}
            label="Số định danh"
            hint="12 số trên thẻ căn cước. Màn hình về sau chỉ hiện 3 số cuối."
            inputMode="numeric"
            autoComplete="off"
            isShort
          />
          <div className="field-pair">
            <TextField field={field('birthYear')} label="Năm sinh" inputMode="numeric" isShort />
            <DateField field={field('birthOn')} label="Hoặc ngày sinh" max={today} />
          </div>
          <CommuneField field={field('localityCode')} communes={communes} />
          <TextField field={field('hamlet')} label="Ấp, thôn, khu phố" autoComplete="off" />
          <div className="field-pair">
            <TextField
              field={field('phone')}
              label="Số điện thoại"
              type="tel"
              inputMode="tel"
              autoComplete="off"
              isShort
            />
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
          {required.map(outcome => (
            <OutcomeField key={outcome} outcome={outcome} field={field} today={today} />
          ))}
          <details className="disclosure" open={optional.some(outcome => defaults[`outcome_${outcome}`])}>
            <summary>Nội dung khác (không bắt buộc)</summary>
            <div className="stack">
              {optional.map(outcome => (
                <OutcomeField key={outcome} outcome={outcome} field={field} today={today} />
              ))}
            </div>
          </details>
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
      {warning === undefined ? null : <p className="small">{warning}</p>}
      <SubmitButton isLarge>{submitLabel}</SubmitButton>
    </Form>
  )
}

function OutcomeField({
  outcome,
  field,
  today,
}: {
  outcome: Outcome
  field: (name: string) => FieldMetadata<string>
  today: string
}) {
  return (
    <div className="outcome">
      <RadioGroup
        field={field(`outcome_${outcome}`)}
        label={labels.outcome[outcome]}
        options={optionsOf(OUTCOME_VALUES, labels.outcomeValue)}
      />
      <DateField field={field(`outcome_${outcome}_on`)} label="Ngày đạt" max={today} />
    </div>
  )
}

function CommuneField({
  field,
  communes,
}: {
  field: FieldMetadata<string>
  communes: readonly { district: string; communes: readonly { code: string; name: string }[] }[]
}) {
  const { key, ...select } = getSelectProps(field)
  return (
    <div className="field">
      <label htmlFor={field.id}>
        Nơi ở (xã, phường, thị trấn)<span className="required"> (bắt buộc)</span>
      </label>
      <select key={key} {...select} className="control">
        <option value="">Chọn</option>
        {communes.map(group => (
          <optgroup key={group.district} label={group.district}>
            {group.communes.map(commune => (
              <option key={commune.code} value={commune.code}>
                {commune.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {field.errors === undefined ? null : (
        <p id={field.errorId} className="error">
          {field.errors.join(' ')}
        </p>
      )}
    </div>
  )
}
