import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { isDay } from '#app/domain/calendar.ts'
import { type ListView, maskSample } from '#app/domain/list.ts'
import { listFields } from '#app/domain/list-input.ts'
import { columnLetters } from '#app/domain/table-layout.ts'
import { DAY_ORDERS } from '#app/domain/written-day.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { dayOrders, missingSentence } from '#app/text/list.ts'
import type { Option } from './field.tsx'
import { SubmitButton } from './form.tsx'
import { Notice } from './notice.tsx'
import { PageHeading } from './page.tsx'
import { Sheet } from './sheet.tsx'

/** A value that may be given once for the whole list. `options` undefined: typed; `day`: a date. */
export type WholeValue = { column: string; label: string; hint?: string; options?: readonly Option[]; isDay?: boolean }

export type ColumnQuestion = {
  view: Pick<ListView, 'heads' | 'hidden' | 'converted' | 'conversions' | 'unclearDays'>
  /** where the columns were read, and what was left out */
  note: string
  /** what a column may be, in the order of the template */
  columns: readonly Option[]
  /** values for the whole list that the file itself does not give */
  whole: readonly WholeValue[]
  /** labels of what is still missing */
  missing: readonly string[]
  /** what was typed or chosen, by the names of the fields */
  typed: Readonly<Record<string, string>>
  asksFonts: boolean
  /** a whole sentence */
  problem?: string
}

/** What the form of columns answers where something is open. */
type ColumnAnswer = Partial<Pick<ColumnQuestion, 'problem' | 'missing' | 'typed'>>

/** The page on which the columns of an uploaded list are explained; `upload` leads back to where it was uploaded. */
export function ListColumnsPage({
  fileName,
  unit,
  upload,
  question,
  answer,
}: {
  fileName: string
  unit: { id: number; name: string }
  upload: { to: string; label: string }
  question: ColumnQuestion
  answer: ColumnAnswer | undefined
}) {
  return (
    <div className="stack">
      <PageHeading
        title="Cột này là gì?"
        note={fileName}
        breadcrumbs={[{ to: `/don-vi/${unit.id}`, label: unit.name }, upload]}
      />
      <ListColumns {...question} {...answer} />
    </div>
  )
}

/**
 * Asks what each column of a file is ("Cột này là gì?"), and what its blank cells are; `children` are questions of one
 * list alone. Works without script.
 */
export function ListColumns({ children, ...question }: ColumnQuestion & { children?: ReactNode }) {
  const { view, note, missing, problem } = question
  return (
    <Form method="post" className="stack">
      {problem === undefined ? null : <Notice kind="error" title={problem} />}
      {missing.length === 0 ? null : <Notice kind="warning" title={missingSentence(missing)} />}
      <Sheet title="Cột này là gì?" note={note}>
        <ul className="rows">
          {view.heads.map(head => (
            <ColumnRow key={head.at} head={head} question={question} />
          ))}
        </ul>
      </Sheet>
      <DayOrders {...question} />
      <WholeValues {...question} />
      <HiddenRows {...question} />
      <LostFonts {...question} />
      {children}
      <SubmitButton isLarge pendingLabel="Đang đọc…">
        Đọc và xem trước
      </SubmitButton>
      <p className="small">Lần sau phần mềm nhớ các cột này. Chưa có gì được ghi.</p>
    </Form>
  )
}

function ColumnRow({ head, question }: { head: ListView['heads'][number]; question: ColumnQuestion }) {
  const name = listFields.column(head.at)
  const samples = head.samples.map(text => (isDay(text) ? formatDay(text) : maskSample(text))).join(' · ')
  return (
    <li className="row column-row">
      <div>
        <label htmlFor={name}>
          <b>{head.words || `Cột ${columnLetters(head.at)}`}</b>
        </label>
        <span className="small block">{samples || 'Cột trống'}</span>
      </div>
      <select id={name} name={name} className="control" defaultValue={question.typed[name] ?? head.column ?? ''}>
        <option value="">Không dùng cột này</option>
        {question.columns.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </li>
  )
}

/** Asks which of day and month comes first in each column where that is not certain. */
function DayOrders({ view, typed }: ColumnQuestion) {
  if (view.unclearDays.length === 0) return null
  return (
    <Sheet
      title="Ngày hay tháng đứng trước?"
      note="Có ngày viết theo kiểu Mỹ hoặc bị Excel đổi chỗ ngày và tháng. Anh/chị xem trong tệp gốc rồi chọn."
    >
      {view.unclearDays.map(column => {
        const name = listFields.dayOrder(column)
        const words = view.heads.find(head => head.column === column)?.words
        return (
          <fieldset key={column} className="field">
            <legend>Trong cột {words ? `“${words}”` : 'ngày'}, ngày hay tháng đứng trước?</legend>
            {DAY_ORDERS.map(order => (
              <label key={order} className="choice">
                <input type="radio" name={name} value={order} defaultChecked={typed[name] === order} />
                <span>{dayOrders[order]}</span>
              </label>
            ))}
          </fieldset>
        )
      })}
    </Sheet>
  )
}

function WholeValues({ whole, typed }: ColumnQuestion) {
  if (whole.length === 0) return null
  return (
    <Sheet title="Chung cho cả danh sách" note="Dùng cho dòng không ghi riêng">
      <div className="stack">
        {whole.map(({ column, label, hint, options, isDay }) => {
          const name = listFields.value(column)
          return (
            <div key={column} className="field">
              <label htmlFor={name}>{label}</label>
              {hint ? <p className="hint">{hint}</p> : null}
              {options ? (
                <select id={name} name={name} className="control" defaultValue={typed[name] ?? ''}>
                  <option value="">Chọn</option>
                  {options.map(option => (
                    <option key={option.value} value={option.value}>
                      {option.label}
                    </option>
                  ))}
                </select>
              ) : (
                <input
                  id={name}
                  name={name}
                  type={isDay ? 'date' : 'text'}
                  className="control"
                  maxLength={200}
                  defaultValue={typed[name] ?? ''}
                />
              )}
            </div>
          )
        })}
      </div>
    </Sheet>
  )
}

function HiddenRows({ view, typed }: ColumnQuestion) {
  if (view.hidden === 0) return null
  const options = [
    { value: 'bo', label: 'Bỏ qua các dòng đang bị ẩn' },
    { value: 'lay', label: 'Lấy cả các dòng đang bị ẩn' },
  ]
  return (
    <Sheet title={`${formatNumber(view.hidden)} dòng đang bị ẩn trong tệp`}>
      <fieldset className="field">
        <legend>Các dòng này được lọc hoặc ẩn trong Excel</legend>
        {options.map(({ value, label }) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name={listFields.hidden}
              value={value}
              required
              defaultChecked={typed[listFields.hidden] === value}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </Sheet>
  )
}

function LostFonts({ view, typed, asksFonts }: ColumnQuestion) {
  if (!asksFonts || view.converted === 0) return null
  const isAll = view.converted === view.conversions.length
  return (
    <Sheet title={`${isAll ? 'Các' : formatNumber(view.converted)} ô dùng phông chữ cũ đã được chuyển`}>
      <ul className="rows">
        {view.conversions.map(({ from, to }) => (
          <li key={`${from} ${to}`} className="row">
            {from} → <b>{to}</b>
          </li>
        ))}
      </ul>
      <label className="choice">
        <input type="checkbox" name={listFields.fonts} required defaultChecked={typed[listFields.fonts] === 'on'} />
        <span>Các chữ đã chuyển là đúng</span>
      </label>
    </Sheet>
  )
}
