import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { COLLECTIVE_LISTS, collectiveLabels, OFFICIAL_LISTS, officialLabels } from '#app/text/assessment.ts'
import { formatNumber } from '#app/text/format.ts'
import { DataTable } from './data-table.tsx'
import { Share } from './figure.tsx'

type Counts = {
  /** frozen at the close; else a rehearsal's */
  isFrozen?: boolean
  officials?: Partial<Record<OfficialResult, number>>
  collectives?: Partial<Record<CollectiveResult, number>>
}

/** Shows how many officials and collectives have each result. */
export function ResultCounts({ isFrozen = false, officials = {}, collectives = {} }: Counts) {
  return (
    <div className="table-pair">
      <CountTable
        caption="Cá nhân"
        rows={OFFICIAL_LISTS.map(result => ({
          label: officialLabels(isFrozen)[result],
          count: officials[result] ?? 0,
        }))}
      />
      <CountTable
        caption="Tập thể"
        rows={COLLECTIVE_LISTS.map(result => ({
          label: collectiveLabels(isFrozen)[result],
          count: collectives[result] ?? 0,
        }))}
      />
    </div>
  )
}

function CountTable({ caption, rows }: { caption: string; rows: readonly { label: string; count: number }[] }) {
  const total = rows.reduce((sum, row) => sum + row.count, 0)
  return (
    <DataTable
      caption={`${caption} theo kết quả`}
      rows={rows.filter(row => row.count > 0)}
      rowKey={row => row.label}
      asCards
      empty={<p>{caption}: chưa có.</p>}
      columns={[
        { key: 'label', header: `${caption} (${formatNumber(total)})`, cell: row => row.label },
        { key: 'count', header: 'Số lượng', align: 'end', cell: row => <Share part={row.count} whole={total} /> },
      ]}
    />
  )
}

/** Counts who moved from which result to which; null: was not among the assessed. */
export function MoveCounts<Result extends string>({
  caption,
  moves,
  resultLabels,
}: {
  caption: string
  moves: readonly { from: Result | null; to: Result; count: number }[]
  resultLabels: Record<Result, string>
}) {
  return (
    <DataTable
      caption={caption}
      rows={moves}
      rowKey={row => `${row.from} ${row.to}`}
      asCards
      empty={<p>{caption}: không ai thay đổi.</p>}
      columns={[
        {
          key: 'from',
          header: 'Từ',
          cell: row => (row.from === null ? 'Chưa có trong danh sách' : resultLabels[row.from]),
        },
        {
          key: 'to',
          header: 'Thành',
          cell: row => (row.from === row.to ? 'Kết quả giữ nguyên, số liệu thay đổi' : resultLabels[row.to]),
        },
        { key: 'count', header: caption, align: 'end', cell: row => formatNumber(row.count) },
      ]}
    />
  )
}
