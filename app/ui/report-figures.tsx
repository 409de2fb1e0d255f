import type { ReportFigures } from '#app/domain/report.ts'
import { formatNumber } from '#app/text/format.ts'
import { placesTogether } from '#app/text/plan.ts'
import { reportGroups } from '#app/text/report.ts'
import { type Column, DataTable } from './data-table.tsx'
import { usePlaces } from './places.ts'
import { Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

type Line = ReturnType<typeof reportGroups>[number]['figures'][number]

/** `+12`, `−3`, `0`. */
const change = (by: number) => (by > 0 ? `+${formatNumber(by)}` : by < 0 ? `−${formatNumber(-by)}` : '0')

/**
 * Shows the figures of a report in their groups. `before`: those of the previous report, for comparison. `live`: the
 * current ones, if the report is signed and its own are fixed.
 */
export function ReportFigureTables({
  figures,
  before,
  live,
}: {
  figures: ReportFigures
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
            cell: ({ figure }) => change(figures[figure] - before.figures[figure]),
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
            cell: ({ figure }) => change(live[figure] - figures[figure]),
          },
        ] satisfies Column<Line>[])
      : []),
  ]
  const places = usePlaces()
  return reportGroups(useTerms()).map(group => (
    <Sheet key={group.title} title={group.title} note={placesTogether(places, group.articles) || undefined}>
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
}
