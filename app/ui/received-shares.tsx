import { Link } from '@remix-run/react'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { useIndicatorName } from './indicators.ts'
import { useLevels } from './levels.ts'
import { Sheet } from './sheet.tsx'

type Received = { indicator: string; total: number; daily: number; documentNumber: string; decidedAt: number }

/**
 * Lists what a unit was given by the one above; each links to the board of the locality if it has one.
 */
export function ReceivedShares({ rows, localityCode }: { rows: readonly Received[]; localityCode: string | null }) {
  const { sharingCommittee } = useLevels()
  const nameOf = useIndicatorName()
  return (
    <Sheet title="Được giao">
      <DataTable
        caption="Chỉ tiêu được giao"
        rows={rows}
        rowKey={row => row.indicator}
        asCards
        empty={
          <EmptyState title="Chưa được giao chỉ tiêu">
            Chỉ tiêu hiện ở đây sau khi {sharingCommittee} ghi quyết định giao.
          </EmptyState>
        }
        columns={[
          {
            key: 'indicator',
            header: 'Chỉ tiêu',
            cell: row =>
              localityCode === null ? (
                nameOf(row.indicator)
              ) : (
                <Link to={`/dia-ban/${localityCode}?chi-tieu=${row.indicator}`}>{nameOf(row.indicator)}</Link>
              ),
          },
          { key: 'total', header: 'Phải thực hiện', align: 'end', cell: row => formatNumber(row.total) },
          { key: 'daily', header: 'Hằng ngày', align: 'end', cell: row => formatNumber(row.daily) },
          { key: 'document', header: 'Văn bản', cell: row => `${row.documentNumber}, ${formatInstant(row.decidedAt)}` },
        ]}
      />
    </Sheet>
  )
}
