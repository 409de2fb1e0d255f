import type { ReportFigures, ReportIndicator } from '#app/domain/report.ts'
import { capitalize } from '#app/text/board.ts'
import { formatChange, formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import { placesTogether } from '#app/text/plan.ts'
import { groupDay, reportGroups } from '#app/text/report.ts'
import { type Column, DataTable } from './data-table.tsx'
import { useIndicatorName } from './indicators.ts'
import { usePlaces } from './places.ts'
import { Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

type Line = ReturnType<typeof reportGroups>[number]['figures'][number]

/**
 * Shows the figures of a report in their groups. `before`: those of the previous report, for comparison. `live`: the
 * current ones, if the report is signed and its own are fixed.
 */
export function ReportFigureTables({
  figures,
  indicators,
  day,
  before,
  live,
}: {
  figures: ReportFigures
  /** the annex's indicators of the unit's locality by the period's last day; empty where it has none */
  indicators: readonly ReportIndicator[]
  /** the period's last day, and the instant of the figures that are as of now */
  day: { endsOn: string; at: number }
  before: { head: string; figures: ReportFigures } | null
  live: ReportFigures | null
}) {
  const columns: Column<Line>[] = [
    { key: 'name', header: 'Nội dung', cell: ({ label }) => label },
    {
      key: 'value',
      header: live ? 'Đã ký' : 'Hiện nay',
      align: 'end',
      cell: ({ figure }) => <b>{formatNumber(figures[figure])}</b>,
    },
    ...(before
      ? ([
          {
            key: 'before',
            header: before.head,
            align: 'end',
            cell: ({ figure }) => formatNumber(before.figures[figure]),
          },
          {
            key: 'change',
            header: 'Thay đổi',
            align: 'end',
            cell: ({ figure }) => formatChange(figures[figure] - before.figures[figure]),
          },
        ] satisfies Column<Line>[])
      : []),
    ...(live
      ? ([
          { key: 'live', header: 'Hiện nay', align: 'end', cell: ({ figure }) => formatNumber(live[figure]) },
          {
            key: 'moved',
            header: 'Lệch so với bản ký',
            align: 'end',
            cell: ({ figure }) => formatChange(live[figure] - figures[figure]),
          },
        ] satisfies Column<Line>[])
      : []),
  ]
  const places = usePlaces()
  const tables = reportGroups(useTerms()).map(group => (
    <Sheet
      key={group.title}
      title={group.title}
      note={[capitalize(groupDay(group.asOf, day)), placesTogether(places, group.articles)].filter(Boolean).join('. ')}
    >
      <DataTable
        caption={group.title}
        columns={columns}
        rows={group.figures}
        rowKey={({ figure }) => figure}
        asCards
        empty={null}
      />
    </Sheet>
  ))
  return (
    <>
      {tables}
      {indicators.length === 0 ? null : <IndicatorFigures indicators={indicators} endsOn={day.endsOn} />}
    </>
  )
}

function IndicatorFigures({ indicators, endsOn }: { indicators: readonly ReportIndicator[]; endsOn: string }) {
  const nameOf = useIndicatorName()
  return (
    <Sheet title="Chỉ tiêu phụ lục của địa bàn" note={`Số liệu mới nhất đến hết ngày ${formatDay(endsOn)}`}>
      <DataTable
        caption="Chỉ tiêu phụ lục của địa bàn"
        rows={indicators}
        rowKey={row => row.indicator}
        asCards
        empty={null}
        columns={[
          { key: 'name', header: 'Chỉ tiêu', cell: row => nameOf(row.indicator) },
          {
            key: 'done',
            header: 'Thực hiện/được giao',
            align: 'end',
            cell: row => (row.done === null ? `–/${formatNumber(row.target)}` : formatParts(row.done, row.target)),
          },
          { key: 'day', header: 'Số liệu ngày', cell: row => (row.asOfOn === null ? '–' : formatDay(row.asOfOn)) },
        ]}
      />
    </Sheet>
  )
}
