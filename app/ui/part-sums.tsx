import type { PartSums } from '#app/domain/part-sums.ts'
import { partSumLabels } from '#app/text/board.ts'
import { formatNumber } from '#app/text/format.ts'
import { type Column, DataTable } from './data-table.tsx'
import { useTerms } from './terms.ts'

const METRICS = ['bearers', 'declared', 'confirmed', 'met', 'proof', 'extract', 'unit'] as const

const METRIC_COLUMNS = METRICS.map(
  (metric): Column<PartSums> => ({
    key: metric,
    header: partSumLabels[metric],
    align: 'end',
    cell: row => {
      const sum = row[metric]
      return sum === null ? '–' : formatNumber(sum)
    },
  }),
)

/** A unit's sums by obligation part: declared, confirmed, met, and what the met rest on, each apart. */
export function PartSumsTable({ rows }: { rows: readonly PartSums[] }) {
  const { names } = useTerms()
  return (
    <DataTable
      caption="Nội dung bản thân theo từng phần"
      columns={[{ key: 'part', header: 'Nội dung', cell: row => names.part[row.part] }, ...METRIC_COLUMNS]}
      rows={rows}
      rowKey={row => row.part}
      empty={null}
      asCards
    />
  )
}
