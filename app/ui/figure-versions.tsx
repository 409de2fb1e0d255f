import type { FigureOrigin } from '#app/domain/vocabulary.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { useIndicatorName } from './indicators.ts'

/** One version of a figure: queries' `listFigureVersions`. */
type Version = {
  id: number
  indicator: string
  asOfOn: string
  value: number | null
  origin: FigureOrigin
  source: string
  reason: string
  enteredAt: number
  enteredBy: string | null
}

/** Lists figures as they were reported, one version a line: its day, source and author, and why it replaced another. */
export function FigureVersions({ versions }: { versions: readonly Version[] }) {
  const nameOf = useIndicatorName()
  return (
    <DataTable
      caption="Các số đã nhập, mới nhất ở trên"
      rows={versions}
      rowKey={row => String(row.id)}
      asCards
      empty={<EmptyState title="Chưa có số liệu">Các số được nhập sẽ hiện ở đây, kể cả số đã thay.</EmptyState>}
      columns={[
        { key: 'indicator', header: 'Chỉ tiêu', cell: row => nameOf(row.indicator) },
        { key: 'day', header: 'Đến hết ngày', cell: row => formatDay(row.asOfOn) },
        {
          key: 'value',
          header: 'Lũy kế',
          align: 'end',
          cell: row => (row.value === null ? 'đã xóa' : formatNumber(row.value)),
        },
        { key: 'source', header: 'Nguồn', cell: row => `${row.source} (${officeLabels.figureOrigin[row.origin]})` },
        { key: 'reason', header: 'Lý do', cell: row => row.reason || '–' },
        {
          key: 'who',
          header: 'Người nhập',
          cell: row => `${row.enteredBy ?? 'Qua giao diện kết nối'}, ${formatInstant(row.enteredAt)}`,
        },
      ]}
    />
  )
}
