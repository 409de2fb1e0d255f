import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { capitalize, dimensionNotes, explainFeasibility } from '#app/text/board.ts'
import { isOldFigure } from '#app/text/figure-age.ts'
import { formatDay, formatNumber, formatParts, inWords } from '#app/text/format.ts'
import { forecastSentence } from '#app/text/indicator.ts'
import { BoardTable } from '#app/ui/board-table.tsx'
import { BoardViews } from '#app/ui/board-views.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { BarList, LineChart } from '#app/ui/chart.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { ExportMenu } from '#app/ui/export-menu.tsx'
import { CountFigure, Figure, FigureRow } from '#app/ui/figure.tsx'
import { FiguresInMotion } from '#app/ui/figures-in-motion.tsx'
import { Folded } from '#app/ui/folded.tsx'
import { useIndicatorName, useIndicators } from '#app/ui/indicators.ts'
import { useLevels } from '#app/ui/levels.ts'
import { IndicatorCharts, IndicatorSheet, IndicatorTable } from '#app/ui/locality-indicators.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Status } from '#app/ui/status.tsx'
import { TileMap } from '#app/ui/tile-map.tsx'
import { Views } from '#app/ui/views.tsx'
import { reads } from '../_web/visit.server.ts'
import { readLocality } from './locality.server.ts'
import { localityBoard } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Địa bàn · 4 phủ' }]

export const loader = reads(readLocality)

export default function LocalityPage() {
  const board = useLoaderData<typeof loader>()
  const { name, help, activation, running, children, asOf, official } = board
  const levels = useLevels()
  const base = `/dia-ban/${board.code}`
  return (
    <div className="stack">
      <PageHeading
        title={name}
        note={asOf}
        breadcrumbs={board.above.map(above => ({ to: `/dia-ban/${above.code}`, label: capitalize(above.name) }))}
        actions={<Actions />}
      />
      <BoardViews current="locality" unitId={board.unitId} localityCode={board.code} />
      <FiguresInMotion motion={board.motion} />
      <IndicatorSheet
        name={name}
        rows={official.indicators}
        outcomes={board.outcomes}
        goals={board.goals}
        endsOn={board.endsOn}
        note={asOf}
        today={board.today}
        figuresTo={board.mayRecord ? `${base}/so-lieu` : undefined}
        exceptionsTo={board.mayExcept ? '/danh-gia/muc-tieu' : undefined}
      />
      <OfficialSheets />
      <FigureRow>
        <CountFigure
          label="Người dân trên địa bàn được hỗ trợ"
          reported={help.reported}
          counted={help.counted}
          verified={help.verified}
          target={activation?.total ?? 0}
          pace={activation?.dueToday}
          note={activation ? 'So với chỉ tiêu kích hoạt định danh điện tử theo phụ lục.' : levels.annexReach}
        />
        <FeasibilityFigure />
      </FigureRow>
      {board.strained.length > 0 ? (
        <Sheet title={`${capitalize(levels.below)} không đủ người dân cho chỉ tiêu`} note={asOf}>
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
            today={board.today}
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
        <Sheet title={`Theo ${levels.under(board.level)}`} note={asOf}>
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

/** Whether enough citizens without an account are left for the target; nothing where no target was given. */
function FeasibilityFigure() {
  const { feasibility, hasOfficialFigure, allowed, unitId } = useLoaderData<typeof loader>()
  if (!feasibility) return null
  return (
    <Figure
      label="Còn phải hỗ trợ so với người dân chưa kích hoạt"
      value={`${formatNumber(feasibility.shortage)}/${formatNumber(feasibility.unactivated)}`}
    >
      <Status tone={feasibility.isFeasible ? 'done' : 'late'}>
        {feasibility.isFeasible ? 'Khả thi' : 'Không khả thi'}
        {feasibility.ratio === null ? '' : ` · tỷ lệ ${formatNumber(feasibility.ratio, 2)}`}
      </Status>
      <p className="small">{explainFeasibility({ ...feasibility, hasOfficialFigure })}</p>
      {!feasibility.isFeasible && allowed.lowerTarget ? (
        <ButtonLink variant="quiet" to={`/don-vi/${unitId}/chi-tieu`}>
          Xem xét giảm chỉ tiêu của địa bàn
        </ButtonLink>
      ) : null}
    </Figure>
  )
}

function Actions() {
  const board = useLoaderData<typeof loader>()
  const { indicator } = board
  const base = `/dia-ban/${board.code}`
  return (
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
      {board.handsDown ? (
        <ButtonLink variant="quiet" to={`/don-vi/${board.unitId}/giao-chi-tieu?chi-tieu=${indicator}`}>
          Giao chỉ tiêu
        </ButtonLink>
      ) : null}
      <ButtonLink variant="quiet" to={`${base}/so-lieu/lich-su`}>
        Lịch sử số liệu
      </ButtonLink>
      <ExportMenu files={[{ to: `${base}.xlsx`, label: 'Số liệu địa bàn (xlsx)' }]} />
    </>
  )
}

/** The chosen indicator on the map, over the days, and in each locality below; then all of those. */
function OfficialSheets() {
  const {
    code,
    name,
    level,
    indicator,
    official,
    below,
    lines,
    officialPace,
    running,
    cells,
    asOf,
    endsOn,
    today,
    order,
    isTable,
  } = useLoaderData<typeof loader>()
  const { below: belowProvince, under } = useLevels()
  const indicators = useIndicators()
  const nameOf = useIndicatorName()
  const count = inWords(indicators.length)
  const chosen = official.indicators.find(row => row.indicator === indicator)
  if (!chosen) return null
  const title = nameOf(indicator)
  const other = localityBoard.to(`/dia-ban/${code}`, { indicator, order: isTable ? undefined : indicator })
  const inTurn = (
    <Link to={`${other}#cac-dia-ban`}>
      {isTable ? `Từng ${under(level)}: ${title}` : `${capitalize(count)} chỉ tiêu theo ${under(level)}`}
    </Link>
  )
  return (
    <>
      <Views
        label="Chỉ tiêu"
        views={indicators.map(row => ({
          to: localityBoard.to(`/dia-ban/${code}`, { indicator: row.code }),
          label: row.shortName,
          isCurrent: row.code === indicator,
        }))}
      />
      <div className={cells.length > 0 ? 'columns' : 'stack'}>
        <Sheet title={title} note={asOf}>
          {chosen.value === null ? (
            <EmptyState title="Chưa có số liệu">Số liệu chính thức được nhập hằng ngày theo địa bàn.</EmptyState>
          ) : (
            <LineChart
              label={`${name}: ${title}, lũy kế theo ngày`}
              days={running.days}
              today={today}
              forecastAtEnd={isOldFigure(chosen.asOfOn, today) ? null : (chosen.forecast?.atEnd ?? null)}
              pace={officialPace}
              target={chosen.total ?? chosen.value}
              main="verified"
              series={[{ label: 'Số liệu chính thức', tone: 'verified', values: lines.own }]}
            >
              <p className="small">
                {chosen.total === null ? formatNumber(chosen.value) : formatParts(chosen.value, chosen.total)} đến hết
                ngày {formatDay(chosen.asOfOn ?? '')}
                {chosen.forecast === null || isOldFigure(chosen.asOfOn, today)
                  ? ''
                  : `. Dự kiến đạt: ${forecastSentence(chosen.forecast, endsOn)}`}
                .
              </p>
            </LineChart>
          )}
        </Sheet>
        {cells.length > 0 ? (
          <Sheet title={`Theo ${belowProvince}`} note={asOf}>
            <TileMap label={`${title}, theo ${belowProvince}`} cells={cells} />
          </Sheet>
        ) : null}
      </div>
      {below.length === 0 ? null : (
        <div id="cac-dia-ban">
          {isTable ? (
            <Sheet title={`${capitalize(count)} chỉ tiêu theo ${under(level)}`} note={inTurn}>
              <Folded count={below.length} what={under(level)}>
                <IndicatorTable
                  caption={`${name}: ${count} chỉ tiêu`}
                  rows={below}
                  order={order}
                  sortTo={by => `${localityBoard.to(`/dia-ban/${code}`, { indicator, order: by })}#cac-dia-ban`}
                />
              </Folded>
              <p className="small">Bấm tên chỉ tiêu để xếp theo số còn thiếu.</p>
            </Sheet>
          ) : (
            <Sheet title={`Từng ${under(level)}`} note={inTurn}>
              <Folded count={below.length} what={under(level)}>
                <IndicatorCharts indicator={indicator} rows={below} lines={lines.below} />
              </Folded>
            </Sheet>
          )}
        </div>
      )}
    </>
  )
}
