import { officialPreviewLabels } from '#app/text/assessment.ts'
import { formatNumber } from '#app/text/format.ts'
import { DataTable } from './data-table.tsx'
import { Share } from './figure.tsx'
import { Sheet } from './sheet.tsx'

type Figures = Record<'officials' | 'eligible' | 'completed', number> & {
  quota: { reached: number; quotaBearers: number } | null
}
type Guarded = { people: Figures }

/** The armed forces' units, of which a reader outside them sees sums only. */
export function GuardedUnits({
  units,
  asOf,
}: {
  units: readonly (Guarded & { id: number; name: string })[]
  asOf: string
}) {
  const share = (header: string, part: 'eligible' | 'completed') => ({
    key: part,
    header,
    align: 'end' as const,
    cell: ({ people }: Guarded) => <Share part={people[part]} whole={people.officials} />,
  })
  const reached = {
    key: 'reached',
    header: 'Đạt chỉ tiêu',
    align: 'end' as const,
    cell: ({ people: { quota } }: Guarded) =>
      quota === null ? null : <Share part={quota.reached} whole={quota.quotaBearers} />,
  }
  return (
    <Sheet title="Lực lượng vũ trang: chỉ có số tổng hợp" note={asOf}>
      <DataTable
        caption="Đơn vị lực lượng vũ trang"
        rows={units}
        rowKey={row => String(row.id)}
        empty={null}
        asCards
        columns={[
          { key: 'name', header: 'Đơn vị', cell: row => row.name },
          {
            key: 'officials',
            header: 'Người thực hiện',
            align: 'end',
            cell: row => formatNumber(row.people.officials),
          },
          share(officialPreviewLabels.eligible, 'eligible'),
          share(officialPreviewLabels.completed, 'completed'),
          ...(units.every(({ people }) => people.quota === null) ? [] : [reached]),
        ]}
      />
      <p className="small">Danh sách cá nhân chỉ hiển thị trong nội bộ đơn vị lực lượng vũ trang.</p>
    </Sheet>
  )
}
