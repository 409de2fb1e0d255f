import { Link } from '@remix-run/react'
import type { ListFigures } from '#app/domain/assignment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { formatDay, formatNumber, formatParts, formatShortDay } from '#app/text/format.ts'
import { BarList } from './chart.tsx'
import { DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { Figure, FigureRow } from './figure.tsx'
import { Sheet } from './sheet.tsx'

/** Shows the figures of a unit's lists, and the daily quota from what is open and the days left. */
export function ListFigureRow({
  figures,
  quota,
  doneToday,
  endsOn,
}: {
  figures: ListFigures & { unshared: number }
  quota: number | null
  doneToday: number
  endsOn: Day
}) {
  return (
    <FigureRow>
      <Figure label="Đã hỗ trợ / trong danh sách" value={formatParts(figures.done, figures.total)}>
        {`Không đồng ý ${formatNumber(figures.refused)}, không gặp được ${formatNumber(figures.outOfReach)}.`}
      </Figure>
      <Figure label="Còn cần hỗ trợ" value={formatNumber(figures.open)}>
        {figures.unshared === 0
          ? 'Tất cả đã được phân công.'
          : `${formatNumber(figures.unshared)} người chưa phân công cho ai.`}
      </Figure>
      <Figure
        label="Hôm nay / cần mỗi ngày"
        value={`${formatNumber(doneToday)}/${quota === null ? '–' : formatNumber(quota)}`}
      >
        {quota === null
          ? 'Đợt cao điểm đã kết thúc.'
          : `Số còn lại chia đều cho các ngày đến hết ${formatDay(endsOn)}, làm tròn lên.`}
      </Figure>
    </FigureRow>
  )
}

type Part = ListFigures & { key: string; label: string; unshared: number; to: string }

/** The figures by hamlet, or by unit where there are several; `what` names the parts. */
export function ListParts({ parts, what }: { parts: readonly Part[]; what: string }) {
  const count = (header: string, key: 'total' | 'done' | 'open' | 'unshared' | 'refused' | 'outOfReach') => ({
    key,
    header,
    align: 'end' as const,
    cell: (row: Part) => formatNumber(row[key]),
  })
  return (
    <Sheet title={`Theo ${what}`}>
      <DataTable
        caption={`Danh sách theo ${what}`}
        rows={parts}
        rowKey={row => row.key}
        empty={<EmptyState title="Chưa có danh sách">Đơn vị chưa nhập danh sách người dân cần hỗ trợ.</EmptyState>}
        columns={[
          {
            key: 'label',
            header: what.replace(/^./, letter => letter.toUpperCase()),
            cell: row => <Link to={row.to}>{row.label}</Link>,
          },
          count('Danh sách', 'total'),
          count('Đã hỗ trợ', 'done'),
          count('Còn lại', 'open'),
          count('Chưa phân công', 'unshared'),
          count('Không đồng ý', 'refused'),
          count('Không gặp được', 'outOfReach'),
        ]}
      />
    </Sheet>
  )
}

/** Shows who was done on each of the last days, beside what each day requires. */
export function ListDays({ days, quota }: { days: readonly { day: Day; done: number }[]; quota: number | null }) {
  return (
    <Sheet title="Theo ngày" note={quota === null ? undefined : `cần ${formatNumber(quota)} người mỗi ngày từ hôm nay`}>
      <BarList
        bars={[...days].reverse().map(({ day, done }) => ({
          key: day,
          label: formatShortDay(day),
          value: done,
          text: `${formatNumber(done)} người`,
        }))}
      />
    </Sheet>
  )
}
