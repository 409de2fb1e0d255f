import { Form } from '@remix-run/react'
import type { Day } from '#app/domain/calendar.ts'
import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { formatNumber } from '#app/text/format.ts'
import { SubmitButton } from './form.tsx'
import { Notice } from './notice.tsx'
import { NumberGrid } from './number-grid.tsx'

/** A locality's row of the grid; `sameDay`: the current figure, `before`: the newest one of an earlier day. */
type GridRow = {
  code: string
  name: string
  values: Partial<Record<string, { sameDay: number | null; before: number | null }>>
}
export type Grid = { indicators: readonly Indicator[]; rows: readonly GridRow[] }

/** What was typed, and what keeps it from being saved: of the whole form, and of single cells. */
export type GridAnswer = {
  typed: Record<string, string>
  source: string
  reason: string
  problems: readonly { name: string | null; message: string }[]
}

/**
 * The cumulative figures of one day, a row a locality, a column an indicator. Blank cells without a figure say nothing;
 * one that is emptied takes its figure back.
 */
export function FigureGrid({
  grid: { indicators, rows },
  action,
  day,
  answer,
}: {
  grid: Grid
  action: string
  day: Day
  answer?: GridAnswer
}) {
  const problemOf = new Map(answer?.problems.map(({ name, message }) => [name, message]))
  const general = answer?.problems.filter(({ name }) => name === null) ?? []
  return (
    <Form method="post" action={action} className="stack">
      {answer && answer.problems.length > 0 ? (
        <Notice kind="error" title="Chưa lưu được">
          {general.length > 0 ? (
            general.map(({ message }) => <p key={message}>{message}</p>)
          ) : (
            <p>{formatNumber(answer.problems.length)} ô cần xem lại, được đánh dấu trong bảng.</p>
          )}
        </Notice>
      ) : null}
      <input type="hidden" name="asOfOn" value={day} />
      <NumberGrid
        label="Số liệu lũy kế"
        caption="Số liệu lũy kế theo địa bàn và chỉ tiêu"
        columns={indicators.map(({ code, name }) => ({ code, head: name }))}
        rows={rows}
        cellOf={({ values }, indicator) => {
          const { sameDay = null, before = null } = values[indicator] ?? {}
          return { value: sameDay, note: before === null ? null : `trước đó ${formatNumber(before)}` }
        }}
        typed={answer?.typed}
        problemOf={cell => problemOf.get(cell)}
      />
      <div className="field">
        <label htmlFor="source">
          Nguồn số liệu<span className="required"> (bắt buộc)</span>
        </label>
        <input
          id="source"
          name="source"
          className="control"
          required
          maxLength={200}
          defaultValue={answer?.source ?? ''}
          placeholder="Ví dụ: hệ thống CSDLQG về dân cư"
        />
      </div>
      <div className="field">
        <label htmlFor="reason">Lý do điều chỉnh</label>
        <p className="hint" id="reason-hint">
          Chỉ cần khi thay số đã có của ngày này, hoặc khi số thấp hơn ngày trước.
        </p>
        <input
          id="reason"
          name="reason"
          className="control"
          maxLength={300}
          aria-describedby="reason-hint"
          defaultValue={answer?.reason ?? ''}
        />
      </div>
      <SubmitButton action={action} isLarge>
        Lưu số liệu
      </SubmitButton>
    </Form>
  )
}
