import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { campaignDay, requiredBy } from '#app/domain/pace.ts'
import { INDICATORS, type Indicator } from '#app/domain/vocabulary.ts'
import { outcomeSums, type runningTotals } from '#app/queries/aggregate.server.ts'
import { indicatorLines, indicatorsOf, type LocalityIndicators } from '#app/queries/indicator.server.ts'
import { recordableIndicators } from '#app/queries/indicator-figure.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import { findLocality, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { findLocalityBoard, type LocalityFigures } from '#app/queries/locality-board.server.ts'
import { capitalize, dimensionNotes, explainFeasibility } from '#app/text/board.ts'
import { formatAsOf, formatDay, formatNumber, formatParts, formatShare, formatShortDay } from '#app/text/format.ts'
import { forecastSentence, indicatorHeads } from '#app/text/indicator.ts'
import { labels } from '#app/text/vocabulary.ts'
import { BoardTable } from '#app/ui/board-table.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { BarList, LineChart } from '#app/ui/chart.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CountFigure, Figure, FigureRow } from '#app/ui/figure.tsx'
import { FiguresInMotion } from '#app/ui/figures-in-motion.tsx'
import { IndicatorCharts, IndicatorSheet, IndicatorTable } from '#app/ui/locality-indicators.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { type Tile, TileMap } from '#app/ui/tile-map.tsx'
import { Views } from '#app/ui/views.tsx'
import { found, reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Địa bàn · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today, at }, { params, url }) => {
  const { children, ...board } = found(findLocalityBoard(actor, campaign, params.code ?? '', { regulation, today }))
  const activation = activationOf(board)
  const indicator = INDICATORS.find(word => word === url.searchParams.get('chi-tieu')) ?? 'eid_activated'
  const { days } = board.running
  const localities = [found(findLocality(board.code, today)), ...listLocalitiesBelow(board.code, today)]
  const [own, ...below] = indicatorsOf(campaign.id, localities, { regulation, today })
  const official = found(own)
  const chosen = official.indicators.find(row => row.indicator === indicator)
  return {
    ...board,
    name: capitalize(board.name),
    asOf: formatAsOf(at),
    motion: figuresInMotion(campaign.id),
    endsOn: regulation.endsOn,
    indicator,
    official,
    outcomes: outcomeSums(board.help),
    below,
    lines: indicatorLines(campaign.id, { code: board.code, indicator }, { days, today }),
    officialPace:
      chosen?.total == null ? [] : days.map(day => requiredBy(campaignDay(day, regulation), targetOf(chosen))),
    mayRecord: recordableIndicators(actor, found(localities[0])).length > 0,
    activation: activation ?? null,
    paceLine: activation ? board.running.days.map(day => requiredBy(campaignDay(day, regulation), activation)) : [],
    weeks: activation ? [] : weeksOf(board.running),
    tiles: board.level === 'province' ? below.map(row => tileOf(row, indicator)) : [],
    strained: children
      .filter(child => child.feasibility?.isFeasible === false)
      .map(({ code, name, feasibility, hasOfficialFigure }) => ({
        code,
        name: capitalize(name),
        sentence: feasibility && explainFeasibility({ ...feasibility, hasOfficialFigure }),
      })),
    children: children.map(child => ({
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

function tileOf({ code, name, indicators }: LocalityIndicators, indicator: Indicator): Tile {
  const row = indicators.find(one => one.indicator === indicator)
  const total = row?.total ?? 0
  const share = total === 0 ? 0 : (row?.value ?? 0) / total
  return {
    code,
    name: name.replace(/^(thành phố|thị xã|huyện) /, ''),
    value: row?.value == null ? 'chưa có' : formatShare(row.value, total),
    to: `/dia-ban/${code}?chi-tieu=${indicator}`,
    step: STEPS.filter(step => share >= step).length as Tile['step'],
    status: row?.status ?? 'no_figures',
  }
}

const targetOf = ({ total, daily }: { total: number | null; daily: number | null }) => ({
  total: total ?? 0,
  daily: daily ?? 0,
})

export default function LocalityPage() {
  const board = useLoaderData<typeof loader>()
  const { name, help, activation, feasibility, running, children, asOf, indicator, official } = board
  const base = `/dia-ban/${board.code}`
  return (
    <div className="stack">
      <PageHeading
        title={name}
        note={asOf}
        breadcrumbs={board.above.map(above => ({ to: `/dia-ban/${above.code}`, label: capitalize(above.name) }))}
        actions={
          <>
            {board.mayRecord ? (
              <ButtonLink variant="quiet" to={`${base}/so-lieu`}>
                Nhập số liệu
              </ButtonLink>
            ) : null}
            {board.level === 'province' ? (
              <ButtonLink variant="quiet" to={`${base}/phu-luc`}>
                Phụ lục
              </ButtonLink>
            ) : null}
            {board.level === 'district' && board.unitId !== null ? (
              <ButtonLink variant="quiet" to={`/don-vi/${board.unitId}/giao-chi-tieu?chi-tieu=${indicator}`}>
                Giao chỉ tiêu
              </ButtonLink>
            ) : null}
            <ButtonLink variant="quiet" to={`${base}/so-lieu/lich-su`}>
              Lịch sử số liệu
            </ButtonLink>
            <ButtonLink variant="quiet" to={`${base}.xlsx`} reloadDocument>
              Tải bảng tính
            </ButtonLink>
          </>
        }
      />
      <FiguresInMotion motion={board.motion} />
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
            value={`${formatNumber(feasibility.shortage)}/${formatNumber(feasibility.unactivated)}`}
          >
            <Status tone={feasibility.isFeasible ? 'done' : 'late'}>
              {feasibility.isFeasible ? 'Khả thi' : 'Không khả thi'}
              {feasibility.ratio === null ? '' : ` · tỷ lệ ${formatNumber(feasibility.ratio, 2)}`}
            </Status>
            <p className="small">
              {explainFeasibility({ ...feasibility, hasOfficialFigure: board.hasOfficialFigure })}
            </p>
            {!feasibility.isFeasible && board.allowed.lowerTarget ? (
              <ButtonLink variant="quiet" to={`/don-vi/${board.unitId}/chi-tieu`}>
                Xem xét giảm chỉ tiêu của địa bàn
              </ButtonLink>
            ) : null}
          </Figure>
        ) : null}
      </FigureRow>
      <IndicatorSheet
        name={name}
        rows={official.indicators}
        outcomes={board.outcomes}
        goals={board.goals}
        endsOn={board.endsOn}
        note={asOf}
        figuresTo={board.mayRecord ? `${base}/so-lieu` : undefined}
      />
      <OfficialSheets />
      {board.strained.length > 0 ? (
        <Sheet title="Huyện không đủ người dân cho chỉ tiêu" note={asOf}>
          <RowList>
            {board.strained.map(row => (
              <Row key={row.code} title={row.name} detail={row.sentence} />
            ))}
          </RowList>
        </Sheet>
      ) : null}
      {board.weeks.length > 0 ? (
        <Sheet title="Theo tuần, theo ngày hỗ trợ" note="Ghi nhận · được tính · đã đối chiếu">
          <BarList bars={board.weeks} />
        </Sheet>
      ) : null}
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
      {children.length > 0 ? (
        <Sheet title={board.level === 'province' ? 'Theo huyện' : 'Theo xã'} note={asOf}>
          <BoardTable caption={`${name}: các địa bàn`} header="Địa bàn" rows={children} empty={null} />
          <p className="small">
            {board.level === 'province' ? 'Chỉ tiêu là chỉ tiêu kích hoạt định danh điện tử theo phụ lục. ' : ''}
            {dimensionNotes.locality}
          </p>
        </Sheet>
      ) : null}
    </div>
  )
}

/** The chosen indicator on the map, over the days, and in each locality below; then all five of those. */
function OfficialSheets() {
  const { code, name, level, indicator, official, below, lines, officialPace, running, tiles, asOf, endsOn } =
    useLoaderData<typeof loader>()
  const chosen = official.indicators.find(row => row.indicator === indicator)
  if (!chosen) return null
  const title = labels.indicator[indicator]
  return (
    <>
      <Views
        label="Chỉ tiêu"
        views={INDICATORS.map(word => ({
          to: `/dia-ban/${code}?chi-tieu=${word}`,
          label: indicatorHeads[word],
          isCurrent: word === indicator,
        }))}
      />
      <div className={tiles.length > 0 ? 'columns' : 'stack'}>
        <Sheet title={title} note={asOf}>
          {chosen.value === null ? (
            <EmptyState title="Chưa có số liệu">Số liệu chính thức được nhập hằng ngày theo địa bàn.</EmptyState>
          ) : (
            <LineChart
              label={`${name}: ${title}, lũy kế theo ngày`}
              days={running.days}
              pace={officialPace}
              target={chosen.total ?? chosen.value}
              main="verified"
              series={[{ label: 'Số liệu chính thức', tone: 'verified', values: lines.own }]}
            >
              <p className="small">
                {chosen.total === null ? formatNumber(chosen.value) : formatParts(chosen.value, chosen.total)} đến hết
                ngày {formatDay(chosen.asOfOn ?? '')}
                {chosen.forecast === null ? '' : `. Dự kiến đạt: ${forecastSentence(chosen.forecast, endsOn)}`}.
              </p>
            </LineChart>
          )}
        </Sheet>
        {tiles.length > 0 ? (
          <Sheet title="Theo huyện" note={asOf}>
            <TileMap label={`${title}, theo huyện`} tiles={tiles} />
          </Sheet>
        ) : null}
      </div>
      {below.length === 0 ? null : (
        <>
          <Sheet title={level === 'province' ? 'Từng huyện' : 'Từng xã'} note={title}>
            <IndicatorCharts indicator={indicator} rows={below} lines={lines.below} />
          </Sheet>
          <Sheet title={level === 'province' ? 'Năm chỉ tiêu theo huyện' : 'Năm chỉ tiêu theo xã'} note={asOf}>
            <IndicatorTable caption={`${name}: năm chỉ tiêu`} rows={below} />
          </Sheet>
        </>
      )}
    </>
  )
}
