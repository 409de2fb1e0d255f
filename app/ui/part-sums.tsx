import type { PartSums } from '#app/domain/part-sums.ts'
import { partSumLabels } from '#app/text/board.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Column, DataTable } from './data-table.tsx'

const METRICS = ['bearers', 'declared', 'confirmed', 'met', 'verified'] as const

const COLUMNS: readonly Column<PartSums>[] = [
  { key: 'part', header: 'Nội dung', cell: row => labels.exemptionPart[row.part] },
  ...METRICS.map(
    (metric): Column<PartSums> => ({
      key: metric,
      header: partSumLabels[metric],
      align: 'end',
      cell: row => {
        const sum = row[metric]
        return sum === null ? '–' : formatNumber(sum)
      },
    }),
  ),
]

/** A unit's sums by obligation part: declared, confirmed, met and shown by an extract, each apart. */
export function PartSumsTable({ rows }: { rows: readonly PartSums[] }) {
  return (
    <DataTable
      caption="Nội dung bản thân theo từng phần"
      columns={COLUMNS}
      rows={rows}
      rowKey={row => row.part}
      empty={null}
      asCards
    />
  )
}
