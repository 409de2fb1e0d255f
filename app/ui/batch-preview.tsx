import type { ReactNode } from 'react'
import { formatNumber } from '#app/text/format.ts'
import { Notice } from './notice.tsx'
import { Pager } from './pager.tsx'
import { Sheet } from './sheet.tsx'
import { Views } from './views.tsx'

/** One page of a planned list: `rows` of `total` in this view; where the pages around it begin, null: there is none. */
type Page<View> = {
  view: View
  /** the problem that alone is shown; '' or left out: all rows of the view */
  group?: string
  rows: readonly unknown[]
  total: number
  next: number | null
  previous: number | null
}

/** The rows of an uploaded list as planned: a view for each fate, and one page of rows (`children`) from `from` on. */
export function BatchRows<View extends string>({
  title,
  fates,
  labels,
  counts,
  page: { view, group, rows, total, next, previous },
  from,
  addressOf,
  children,
}: {
  title: string
  fates: readonly View[]
  labels: Record<View, string>
  counts: Record<View, number>
  page: Page<View>
  from: number
  addressOf: (asked: { view: View; group?: string; from?: number }) => string
  children: ReactNode
}) {
  return (
    <Sheet title={title}>
      <div className="stack">
        <Views
          label="Kết quả của từng dòng"
          views={fates
            .filter(fate => counts[fate] > 0)
            .map(fate => ({
              to: addressOf({ view: fate }),
              label: `${labels[fate]} · ${formatNumber(counts[fate])}`,
              isCurrent: fate === view,
            }))}
        />
        {children}
        {total > rows.length ? (
          <Pager
            label={`${formatNumber(from + 1)}–${formatNumber(from + rows.length)} trong ${formatNumber(total)} dòng`}
            previousTo={previous === null ? undefined : addressOf({ view, group: group || undefined, from: previous })}
            nextTo={next === null ? undefined : addressOf({ view, group: group || undefined, from: next })}
          />
        ) : null}
      </div>
    </Sheet>
  )
}

/** What is said of a row that is taken all the same, below its name. */
export function RowNotes({ notes }: { notes: readonly string[] }) {
  return notes.map(note => (
    <span key={note} className="small block">
      {note}
    </span>
  ))
}

/** Says why a batch without a plan shows no rows: refused, still being read or recorded, or no longer kept. */
export function ClosedBatch({ file, refusal, isKept }: { file: string; refusal?: string; isKept: boolean }) {
  if (refusal) return <Notice kind="error">{refusal}</Notice>
  if (isKept) return <Notice>{file} đang được xử lý. Anh/chị mở lại trang này sau ít phút.</Notice>
  return <Notice kind="warning">{file} tải lên đã quá 7 ngày nên không còn được giữ. Anh/chị tải lên lại.</Notice>
}
