import { type SubmissionResult, useForm } from '@conform-to/react'
import { Form, Link } from '@remix-run/react'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import type { StatedGoal } from '#app/domain/goal.ts'
import { TALLIED_OUTCOMES } from '#app/domain/outcome-marks.ts'
import { GOAL_BASES, INDICATOR_SOURCES } from '#app/domain/vocabulary.ts'
import { formatNumber } from '#app/text/format.ts'
import { indicatorFieldLabels } from '#app/text/indicator.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { fieldsOf, optionsOf, RadioGroup, SelectField, TextArea, TextField } from './field.tsx'
import { FormErrors, SubmitButton } from './form.tsx'
import { useProvince } from './province.ts'
import { Sheet } from './sheet.tsx'

type Edited = Indicator & { goal: Omit<StatedGoal, 'indicator'> | null }

/** What decides about figures and judging; fixed once there are figures, and then sent along as it is. */
const DECIDING = ['source', 'outcome', 'basis', 'share', 'adults', 'atStart'] as const

const percent = (share: number) => String(Math.round(share * 10_000) / 100).replace('.', ',')
const typed = (count: number | null | undefined) => (count == null ? '' : formatNumber(count))

/** An indicator as the values with which its form starts; a name that repeats the full one is left blank. */
function startOf(edited: Edited | null): Record<string, string> {
  if (edited === null) return { source: 'police' }
  const { goal, name, printedName, publicName, ...rest } = edited
  return {
    ...rest,
    name,
    outcome: edited.outcome ?? '',
    printedName: printedName === name ? '' : printedName,
    publicName: publicName === name ? '' : publicName,
    basis: goal?.basis ?? '',
    share: goal === null ? '' : percent(goal.share),
    adults: typed(goal?.adults),
    atStart: typed(goal?.atStart),
    exceptions: goal?.exceptions ?? '',
  }
}

/** The form of one indicator and its goal. `edited` null: a new one. `isOpen`: no figure exists, so all may change. */
export function IndicatorForm({
  page,
  edited,
  isOpen,
  lastResult,
}: {
  page: string
  edited: Edited | null
  isOpen: boolean
  lastResult?: SubmissionResult<string[]>
}) {
  const start = startOf(edited)
  const [form, fields] = useForm<Record<string, string>>({
    lastResult,
    defaultValue: start,
    constraint: Object.fromEntries(['name', 'shortName', 'unit', 'source'].map(name => [name, { required: true }])),
  })
  const field = fieldsOf(fields)
  const of = (name: keyof typeof indicatorFieldLabels) => ({ field: field(name), label: indicatorFieldLabels[name] })
  return (
    <Sheet title={edited === null ? 'Chỉ tiêu mới' : edited.name} note={<Link to={page}>Không sửa</Link>}>
      <Form method="post" id={form.id} onSubmit={form.onSubmit} noValidate={form.noValidate} className="stack">
        <FormErrors form={form} labels={indicatorFieldLabels} />
        <TextField {...of('name')} hint="Như trong các biểu, ví dụ: Lập sổ sức khỏe điện tử" />
        <TextField {...of('shortName')} hint="Đứng đầu cột trong các bảng, ví dụ: Sổ sức khỏe" isShort />
        <TextField {...of('unit')} hint="Đếm gì, ví dụ: người dân có sổ" />
        <TextField {...of('printedName')} hint="Để trống nếu như tên chỉ tiêu" />
        <TextField {...of('publicName')} hint="Để trống nếu như tên chỉ tiêu" />
        {edited === null ? (
          <TextField
            {...of('code')}
            hint="Để trống thì đặt theo tên ngắn; không đổi được về sau. Ví dụ: so_suc_khoe"
            isShort
          />
        ) : null}
        {isOpen ? (
          <DecidingFields of={of} />
        ) : (
          DECIDING.map(name => <input key={name} type="hidden" name={name} value={start[name] ?? ''} />)
        )}
        {isOpen || edited?.goal?.basis === 'annex' ? (
          <TextArea {...of('exceptions')} hint="Chỉ khi mục tiêu tính trên số phụ lục giao" rows={2} />
        ) : (
          <input type="hidden" name="exceptions" value={start.exceptions ?? ''} />
        )}
        <SubmitButton isLarge>{edited === null ? 'Thêm chỉ tiêu' : 'Lưu chỉ tiêu'}</SubmitButton>
      </Form>
    </Sheet>
  )
}

type Named = (name: keyof typeof indicatorFieldLabels) => Parameters<typeof TextField>[0]

function DecidingFields({ of }: { of: Named }) {
  const { telecomOffice } = useProvince()
  const sources =
    telecomOffice === '' ? officeLabels.indicatorSource : { ...officeLabels.indicatorSource, telecom: telecomOffice }
  return (
    <>
      <RadioGroup {...of('source')} options={optionsOf(INDICATOR_SOURCES, sources)} />
      <SelectField
        {...of('outcome')}
        hint="Số trường hợp được tính hiện bên cạnh số liệu chính thức"
        placeholder="Không có"
        options={optionsOf(TALLIED_OUTCOMES, labels.outcome)}
      />
      <SelectField
        {...of('basis')}
        hint="Chỉ khi kế hoạch nêu một tỷ lệ khác với phụ lục"
        placeholder="Kế hoạch không nêu mục tiêu riêng"
        options={optionsOf(GOAL_BASES, officeLabels.goalBasis)}
      />
      <TextField {...of('share')} hint="Ví dụ: 80" inputMode="decimal" isShort />
      <div className="field-pair">
        <TextField {...of('adults')} inputMode="numeric" isShort />
        <TextField {...of('atStart')} inputMode="numeric" isShort />
      </div>
    </>
  )
}
