import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Parameter } from '#app/domain/regulation.ts'
import {
  ANNEX_READINGS,
  CATEGORIES,
  CERTIFICATE_KINDS,
  OBLIGATION_PARTS,
  OUTCOMES,
  QUOTA_READINGS,
} from '#app/domain/vocabulary.ts'
import { collectiveTargetLabels } from '#app/text/assessment.ts'
import {
  annexReadingLabels,
  PARAMETER_NAMES,
  parameterTexts,
  quotaReadingLabels,
  weekdayLabels,
} from '#app/text/regulation.ts'
import { labels } from '#app/text/vocabulary.ts'
import {
  CheckboxField,
  CheckboxGroup,
  DateField,
  fieldsOf,
  optionsOf,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { Sheet } from './sheet.tsx'

type Fields = Record<string, string | string[]>

const MAY_BE_BLANK = new Set([
  'note',
  'refusesRosterMembers',
  'collectiveBarsMembers',
  'obligationCategories',
  'quotaCategories',
  'heldParts',
  'weeklyDocument',
  'daysOff',
  'lastEntryOn',
])

const FIELD_LABELS = {
  ...Object.fromEntries(Object.entries(parameterTexts).map(([parameter, { name }]) => [parameter, name])),
  burstRecords: 'Số trường hợp ghi dồn dập',
  burstMinutes: 'Trong số phút',
  sequence: 'Số người dân có số định danh liên tiếp nhau',
  sharedPhone: 'Số người dân chung một số điện thoại',
  targetStopOfficials: 'Số người đã đạt chỉ tiêu, ít nhất',
  targetStopShare: 'Tỷ lệ dừng đúng chỉ tiêu (%)',
  deadlineRecords: 'Số trường hợp của một người, ít nhất',
  deadlineDays: 'Số ngày cuối đợt',
  deadlineShare: 'Tỷ lệ ghi trong những ngày cuối (%)',
  perfect: 'Số trường hợp đều đạt đủ trong một lần, ít nhất',
  weeklyWeekday: 'Báo cáo tuần đến hết',
  weeklyHour: 'Hạn nộp trong ngày đó, lúc (giờ)',
  weeklyFirstOn: 'Báo cáo tuần đầu tiên',
  weeklyDocument: 'Văn bản quy định hạn báo cáo tuần',
  exemptionShare: 'Đơn vị tự quyết định miễn đến (% số người)',
  exemptionPeople: 'Ít nhất (người)',
  documentNumber: 'Văn bản quyết định',
  decidedOn: 'Ngày văn bản',
  note: 'Ghi chú',
}

/** The parameters of signals, each with its fields. */
const SIGNALS = [
  ['burst', 'burstRecords', 'burstMinutes'],
  ['sequence', 'sequence'],
  ['sharedPhone', 'sharedPhone'],
  ['targetStop', 'targetStopOfficials', 'targetStopShare'],
  ['deadline', 'deadlineRecords', 'deadlineDays', 'deadlineShare'],
  ['perfect', 'perfect'],
] as const

/**
 * Every parameter of a regulation, each with what it decides and where it comes from, and the document that decides
 * the new version. `children` say what saving touches.
 */
export function RegulationForm({
  defaults,
  sources,
  lastResult,
  children,
}: {
  defaults: Fields
  /** where each parameter comes from, in words, in the order of `PARAMETER_NAMES` */
  sources: readonly string[]
  lastResult?: SubmissionResult<string[]> | null
  children: ReactNode
}) {
  const names = [...Object.keys(defaults), 'documentNumber', 'decidedOn']
  const [form, fields] = useForm<Fields>({
    lastResult,
    defaultValue: defaults,
    constraint: Object.fromEntries(
      names.filter(name => !MAY_BE_BLANK.has(name)).map(name => [name, { required: true }]),
    ),
  })
  const field = fieldsOf(fields)
  const sourceOf = (parameter: Parameter) => sources[PARAMETER_NAMES.indexOf(parameter)] ?? ''
  const of = (parameter: Parameter, name: string = parameter) => ({
    field: field(name),
    label: parameterTexts[parameter].name,
    hint: `${parameterTexts[parameter].decides} ${sourceOf(parameter)}.`,
  })
  return (
    <Form method="post" id={form.id} onSubmit={form.onSubmit} className="stack">
      <FormErrors form={form} labels={FIELD_LABELS} />
      <input type="hidden" name="basedOn" value={String(defaults.basedOn)} />
      <Sheet title="Thời gian và chỉ tiêu">
        <div className="stack">
          <DateField {...of('startsOn')} />
          <DateField {...of('endsOn')} />
          <DateField {...of('finalReportOn')} />
          <DateField {...of('lastEntryOn')} />
          <TextField {...of('quota')} inputMode="numeric" isShort />
          <CheckboxGroup {...of('quotaCategories')} options={optionsOf(CATEGORIES, labels.category)} />
        </div>
      </Sheet>
      <Sheet title="Trường hợp hỗ trợ được tính">
        <div className="stack">
          <CheckboxGroup {...of('heldOutcomes')} options={optionsOf(OUTCOMES, labels.outcome)} />
          <CheckboxGroup {...of('requiredOutcomes')} options={optionsOf(OUTCOMES, labels.outcome)} />
          <SelectField {...of('mustAchieve')} options={optionsOf(OUTCOMES, labels.outcome)} />
          <RadioGroup {...of('quotaReading')} options={optionsOf(QUOTA_READINGS, quotaReadingLabels)} />
          <TextField {...of('graceDays')} inputMode="numeric" isShort />
          <TextField {...of('minimumAge')} inputMode="numeric" isShort />
          <CheckboxField {...of('refusesRosterMembers')} />
        </div>
      </Sheet>
      <Sheet title="Nội dung bản thân">
        <div className="stack">
          <CheckboxGroup {...of('heldParts')} options={optionsOf(OBLIGATION_PARTS, labels.exemptionPart)} />
          <CheckboxGroup {...of('obligationCategories')} options={optionsOf(CATEGORIES, labels.category)} />
          <CheckboxGroup {...of('certificateKinds')} options={optionsOf(CERTIFICATE_KINDS, labels.certificateKind)} />
        </div>
      </Sheet>
      <Sheet title="Tập thể và kiểm tra">
        <div className="stack">
          <RadioGroup
            {...of('collectiveTarget')}
            options={optionsOf(['sum', 'every_member'], collectiveTargetLabels)}
          />
          <RadioGroup {...of('annexReading')} options={optionsOf(ANNEX_READINGS, annexReadingLabels)} />
          <TextField {...of('toleratedUntrueShare')} inputMode="decimal" isShort />
          <CheckboxField {...of('collectiveBarsMembers')} />
        </div>
      </Sheet>
      <Sheet title="Báo cáo và các bước xem xét trách nhiệm">
        <div className="stack">
          <p className="small">
            {parameterTexts.weeklyReport.decides} {sourceOf('weeklyReport')}.
          </p>
          <div className="field-pair">
            <SelectField
              field={field('weeklyWeekday')}
              label={FIELD_LABELS.weeklyWeekday}
              options={weekdayLabels.map((label, n) => ({ value: String(n + 1), label }))}
            />
            <TextField field={field('weeklyHour')} label={FIELD_LABELS.weeklyHour} inputMode="numeric" isShort />
          </div>
          <DateField field={field('weeklyFirstOn')} label={FIELD_LABELS.weeklyFirstOn} />
          <TextField field={field('weeklyDocument')} label={FIELD_LABELS.weeklyDocument} />
          <TextField {...of('explanationDays')} inputMode="numeric" isShort />
          <TextField {...of('appealDays')} inputMode="numeric" isShort />
          <TextArea {...of('daysOff')} rows={3} />
        </div>
      </Sheet>
      <Sheet title="Chuyển đơn vị và miễn, giảm">
        <div className="stack">
          <TextField {...of('shortPostingDays')} inputMode="numeric" isShort />
          <TextField {...of('extractAgeDays')} inputMode="numeric" isShort />
          <div className="field-pair">
            <TextField {...of('exemptionShare')} label={FIELD_LABELS.exemptionShare} inputMode="decimal" isShort />
            <TextField
              field={field('exemptionPeople')}
              label={FIELD_LABELS.exemptionPeople}
              inputMode="numeric"
              isShort
            />
          </div>
        </div>
      </Sheet>
      <Sheet title="Dấu hiệu cần hỏi lại">
        <div className="stack">
          <p className="small">
            Chỉ nêu thành câu hỏi để kiểm tra, không ảnh hưởng đến kết quả xét. {sourceOf('burst')}.
          </p>
          {SIGNALS.map(([parameter, ...names]) => (
            <fieldset key={parameter} className="field">
              <legend>{parameterTexts[parameter].name}</legend>
              <div className="field-pair">
                {names.map(name => (
                  <TextField
                    key={name}
                    field={field(name)}
                    label={FIELD_LABELS[name]}
                    inputMode={name.endsWith('Share') ? 'decimal' : 'numeric'}
                    isShort
                  />
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      </Sheet>
      <Sheet title="Ban hành phiên bản mới">
        <div className="stack">
          <TextField field={field('documentNumber')} label={FIELD_LABELS.documentNumber} hint="Ví dụ: 1234/UBND-NC" />
          <DateField field={field('decidedOn')} label={FIELD_LABELS.decidedOn} />
          <TextArea field={field('note')} label={FIELD_LABELS.note} rows={2} />
          {children}
          <SubmitButton pendingLabel="Đang lưu…">Lưu phiên bản mới và xét lại</SubmitButton>
        </div>
      </Sheet>
    </Form>
  )
}
