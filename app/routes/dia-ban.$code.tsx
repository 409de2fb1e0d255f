import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { campaignDay, requiredBy } from '#app/domain/pace.ts'
import type { runningTotals } from '#app/queries/aggregate.server.ts'
import { findLocalityBoard, type LocalityFigures } from '#app/queries/locality-board.server.ts'
import { capitalize, dimensionNotes, explainFeasibility, explainGoal } from '#app/text/board.ts'
import { formatAsOf, formatNumber, formatParts, formatShare, formatShortDay } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { BoardTable } from '#app/ui/board-table.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { BarList, LineChart } from '#app/ui/chart.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { CountFigure, Figure, FigureRow, Share } from '#app/ui/figure.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { type Tile, TileMap } from '#app/ui/tile-map.tsx'
import { found, reads } from './visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Địa bàn · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today, at }, { params }) => {
  const { children, ...board } = found(findLocalityBoard(actor, campaign, params.code ?? '', { regulation, today }))
  const activation = activationOf(board)
  return {
    ...board,
    name: capitalize(board.name),
    asOf: formatAsOf(at),
    activation: activation ?? null,
    paceLine: activation ? board.running.days.map(day => requiredBy(campaignDay(day, regulation), activation)) : [],
    weeks: activation ? [] : weeksOf(board.running),
    tiles: board.level === 'province' ? children.map(tileOf) : [],
    strained: children
      .filter(child => child.feasibility?.isFeasible === false)
      .map(({ code, name, feasibility }) => ({ code, name: capitalize(name), feasibility })),
    lines: children.map(child => ({
      key: child.code,
      label: capitalize(child.name),
      to: `/dia-ban/${child.code}`,
      reported: child.help.reported,
      counted: child.help.counted,
      verified: child.help.verified,
      target: activationOf(child)?.total,
    })),
  }
})

const WEEK = 7

/** The past days of the campaign seven by seven; for a locality without a target to draw a line against. */
function weeksOf({ days, reported, counted, verified }: ReturnType<typeof runningTotals>) {
  const past = reported.filter(value => value !== null).length
  const starts = Array.from({ length: Math.ceil(past / WEEK) }, (_, n) => n * WEEK)
  return starts.map(start => {
    const end = Math.min(start + WEEK, past) - 1
    const grown = (values: readonly (number | null)[]) => (values[end] ?? 0) - (values[start - 1] ?? 0)
    return {
      key: String(start),
      label: `${formatShortDay(days[start] ?? '')} – ${formatShortDay(days[end] ?? '')}`,
      value: grown(counted),
      text: [reported, counted, verified].map(values => formatNumber(grown(values))).join(' · '),
    }
  })
}

const activationOf = ({ indicators }: Pick<LocalityFigures, 'indicators'>) =>
  indicators.find(({ indicator }) => indicator === 'eid_activated')

const STEPS = [0.2, 0.4, 0.6, 0.8]

function tileOf({ code, name, help, ...row }: LocalityFigures): Tile {
  const total = activationOf(row)?.total ?? 0
  const share = total === 0 ? 0 : help.counted / total
  return {
    code,
    name: name.replace(/^(thành phố|thị xã|huyện) /, ''),
    value: formatShare(help.counted, total),
    to: `/dia-ban/${code}`,
    step: STEPS.filter(step => share >= step).length as Tile['step'],
  }
}

/** The indicators that a counted help record speaks of. */
const HELPED: readonly string[] = ['eid_activated', 'sim_signature']

export default function LocalityPage() {
  const board = useLoaderData<typeof loader>()
  const { name, help, indicators, activation, feasibility, running, tiles, lines, asOf } = board
  return (
    <div className="stack">
      <PageHeading
        title={name}
        note={asOf}
        breadcrumbs={board.above.map(above => ({ to: `/dia-ban/${above.code}`, label: capitalize(above.name) }))}
        actions={
          <ButtonLink variant="quiet" to={`/dia-ban/${board.code}.xlsx`} reloadDocument>
            Tải bảng tính
          </ButtonLink>
        }
      />
      <FigureRow>
        <CountFigure
          label="Người dân trên địa bàn được hỗ trợ"
          {...help}
          target={activation?.total ?? 0}
          pace={activation?.dueToday}
          note={
            activation
              ? 'So với chỉ tiêu kích hoạt định danh điện tử theo phụ lục.'
              : 'Phụ lục giao chỉ tiêu đến cấp huyện, không giao riêng cho từng xã.'
          }
        />
        {feasibility ? (
          <Figure
            label="Còn phải hỗ trợ so với người dân chưa kích hoạt"
            value={`${formatNumber(feasibility.owed)}/${formatNumber(feasibility.unactivated)}`}
          >
            <Status tone={feasibility.isFeasible ? 'done' : 'late'}>
              {feasibility.isFeasible ? 'Khả thi' : 'Không khả thi'}
              {feasibility.ratio === null ? '' : ` · tỷ lệ ${formatNumber(feasibility.ratio, 2)}`}
            </Status>
            <p className="small">{explainFeasibility(feasibility)}</p>
            {!feasibility.isFeasible && board.allowed.lowerTarget ? (
              <ButtonLink variant="quiet" to={`/don-vi/${board.unitId}/chi-tieu`}>
                Xem xét giảm chỉ tiêu của địa bàn
              </ButtonLink>
            ) : null}
          </Figure>
        ) : null}
      </FigureRow>
      {indicators.length > 0 ? <Indicators /> : null}
      {board.strained.length > 0 ? (
        <Sheet title="Huyện không đủ người dân cho chỉ tiêu" note={asOf}>
          <RowList>
            {board.strained.map(row => (
              <Row
                key={row.code}
                title={row.name}
                detail={row.feasibility ? explainFeasibility(row.feasibility) : null}
              />
            ))}
          </RowList>
        </Sheet>
      ) : null}
      {board.weeks.length > 0 ? (
        <Sheet title="Theo tuần, theo ngày hỗ trợ" note="Ghi nhận · được tính · đã đối chiếu">
          <BarList bars={board.weeks} />
        </Sheet>
      ) : null}
      {activation || tiles.length > 0 ? (
        <div className="columns">
          {activation ? (
            <Sheet title="Trường hợp hỗ trợ theo ngày" note={asOf}>
              <LineChart
                label={`${name}: số người dân được hỗ trợ theo ngày`}
                days={running.days}
                pace={board.paceLine}
                target={activation.total}
                series={[
                  { label: 'Ghi nhận', tone: 'reported', values: running.reported },
                  { label: 'Được tính', tone: 'counted', values: running.counted },
                  { label: 'Đã đối chiếu', tone: 'verified', values: running.verified },
                ]}
              >
                <p className="small">
                  Được tính {formatParts(help.counted, activation.total)}; đến hết hôm nay cần có{' '}
                  {formatNumber(activation.dueToday)} theo phụ lục.
                </p>
              </LineChart>
            </Sheet>
          ) : null}
          {tiles.length > 0 ? (
            <Sheet title="Được tính so với chỉ tiêu kích hoạt" note={asOf}>
              <TileMap label="Được tính so với chỉ tiêu kích hoạt, theo huyện" tiles={tiles} />
            </Sheet>
          ) : null}
        </div>
      ) : null}
      {lines.length > 0 ? (
        <Sheet title={board.level === 'province' ? 'Theo huyện' : 'Theo xã'} note={asOf}>
          <BoardTable caption={`${name}: các địa bàn`} header="Địa bàn" rows={lines} empty={null} />
          <p className="small">
            {board.level === 'province' ? 'Chỉ tiêu là chỉ tiêu kích hoạt định danh điện tử theo phụ lục. ' : ''}
            {dimensionNotes.locality}
          </p>
        </Sheet>
      ) : null}
    </div>
  )
}

function Indicators() {
  const { help, indicators, goals, asOf, name } = useLoaderData<typeof loader>()
  return (
    <Sheet title="Chỉ tiêu theo phụ lục kế hoạch" note={asOf}>
      <DataTable
        caption={`${name}: chỉ tiêu theo phụ lục`}
        rows={indicators}
        rowKey={row => row.indicator}
        empty={null}
        asCards
        columns={[
          { key: 'indicator', header: 'Chỉ tiêu', cell: row => labels.indicator[row.indicator] },
          { key: 'total', header: 'Phải thực hiện', align: 'end', cell: row => formatNumber(row.total) },
          { key: 'daily', header: 'Hằng ngày', align: 'end', cell: row => formatNumber(row.daily) },
          { key: 'due', header: 'Cần có đến hết hôm nay', align: 'end', cell: row => formatNumber(row.dueToday) },
          {
            key: 'help',
            header: 'Từ trường hợp được tính',
            align: 'end',
            cell: row => (HELPED.includes(row.indicator) ? <Share part={help.counted} whole={row.total} /> : '–'),
          },
          { key: 'official', header: 'Số liệu chính thức', align: 'end', cell: () => 'Chưa có số liệu' },
        ]}
      />
      <p className="small">
        Trường hợp được tính là phần do người thực hiện đóng góp, không phải toàn bộ kết quả của địa bàn. Người dân được
        tính đã có đủ các nội dung bắt buộc, kể cả nội dung có từ trước.
      </p>
      {goals.length > 0 ? (
        <RowList>
          {goals.map(goal => (
            <Row key={goal.indicator} title={labels.indicator[goal.indicator]} detail={explainGoal(goal)} />
          ))}
        </RowList>
      ) : null}
    </Sheet>
  )
}
