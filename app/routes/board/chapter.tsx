import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { campaignDay, dailyTarget, requiredBy } from '#app/domain/pace.ts'
import { findChapterBoard, runningTotals } from '#app/queries/aggregate.server.ts'
import { dimensionNotes, placementNote } from '#app/text/board.ts'
import { formatAsOf, formatNumber, formatShare } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { BoardTable } from '#app/ui/board-table.tsx'
import { LineChart } from '#app/ui/chart.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CountFigure, Figure, FigureRow } from '#app/ui/figure.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { found, idOf, reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Đoàn thể · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today, at }, { params }) => {
  const chapterId = idOf(params.chapterId)
  const { rows, rest, ...board } = found(findChapterBoard(actor, campaign.id, chapterId))
  const { targets } = board.total.people
  const target = { total: targets, daily: dailyTarget(targets, regulation) }
  const running = runningTotals(campaign.id, 'chapter', chapterId, { regulation, today })
  const line = ({ help, people }: Pick<(typeof rows)[number], 'help' | 'people'>) => {
    const { officials, quotaBearers, reached, obligationBearers, allMet } = people
    return {
      reported: help.reported,
      counted: help.counted,
      verified: help.verified,
      people: { officials, targets: people.targets, quotaBearers, reached, obligationBearers, allMet },
    }
  }
  const lines = rows.map(row => ({ key: row.key, label: row.name ?? '', to: `/doan-the/${row.key}`, ...line(row) }))
  const hasRest = rest !== null && (rest.people.officials > 0 || rest.help.reported > 0)
  return {
    ...board,
    asOf: formatAsOf(at),
    running,
    today,
    pace: requiredBy(campaignDay(today, regulation), target),
    paceLine: running.days.map(day => requiredBy(campaignDay(day, regulation), target)),
    lines: hasRest
      ? [...lines, { key: 'rest', label: `Trực tiếp tại ${board.chapter.name}`, to: undefined, ...line(rest) }]
      : lines,
  }
})

export default function ChapterPage() {
  const { chapter, above, total, running, today, pace, paceLine, lines, asOf } = useLoaderData<typeof loader>()
  const { people } = total
  const { parts } = useTerms()
  return (
    <div className="stack">
      <PageHeading
        title={chapter.name}
        note={`${labels.association[chapter.association]} · ${asOf}`}
        breadcrumbs={above.map(({ id, name }) => ({ to: `/doan-the/${id}`, label: name }))}
      />
      <FigureRow>
        <CountFigure
          label="Người dân được đoàn viên, hội viên hỗ trợ"
          reported={total.help.reported}
          counted={total.help.counted}
          verified={total.help.verified}
          target={people.targets}
          pace={pace}
          note={`Chờ đơn vị xác nhận ${formatNumber(total.help.awaiting)}`}
        />
        <Figure
          label="Đoàn viên, hội viên đạt chỉ tiêu"
          value={`${formatNumber(people.reached)}/${formatNumber(people.quotaBearers)}`}
        >
          {`${formatShare(people.reached, people.quotaBearers)} người có chỉ tiêu. ${formatNumber(people.officials)} đoàn viên, hội viên, trong đó ${formatNumber(people.women)} nữ; ${formatNumber(people.idle)} người có chỉ tiêu chưa ghi trường hợp nào.`}
        </Figure>
        {parts.length === 0 ? null : (
          <Figure
            label="Đạt đủ nội dung bản thân"
            value={`${formatNumber(people.allMet)}/${formatNumber(people.obligationBearers)}`}
          >
            {`${formatShare(people.allMet, people.obligationBearers)} đoàn viên, hội viên thuộc đối tượng thực hiện.`}
          </Figure>
        )}
      </FigureRow>
      {people.targets > 0 ? (
        <Sheet title="Theo ngày" note={asOf}>
          <LineChart
            label={`${chapter.name}: số người dân được hỗ trợ theo ngày`}
            days={running.days}
            today={today}
            pace={paceLine}
            target={people.targets}
            series={[
              { label: 'Ghi nhận', tone: 'reported', values: running.reported },
              { label: 'Được tính', tone: 'counted', values: running.counted },
              { label: 'Đã đối chiếu', tone: 'verified', values: running.verified },
            ]}
          />
        </Sheet>
      ) : null}
      <Sheet title="Tổ chức trực thuộc" note={asOf}>
        <BoardTable
          caption="Tổ chức trực thuộc"
          header="Tổ chức"
          rows={lines}
          empty={<EmptyState title="Không có tổ chức trực thuộc">Số của tổ chức ở phía trên.</EmptyState>}
        />
        <p className="small">
          {dimensionNotes.chapter} {placementNote}
        </p>
      </Sheet>
    </div>
  )
}
