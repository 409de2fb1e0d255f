import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { addDays, daysFrom } from '#app/domain/calendar.ts'
import { requiredBy } from '#app/domain/pace.ts'
import type { PartSums } from '#app/domain/part-sums.ts'
import { placementNote } from '#app/text/board.ts'
import { formatDay, formatNumber, formatParts } from '#app/text/format.ts'
import { causeCount, causeText } from '#app/text/official-cause.ts'
import { RESULT_REPORT } from '#app/text/report.ts'
import { BasisFacts } from '#app/ui/basis-facts.tsx'
import { CauseBoard, causeAnchor } from '#app/ui/cause-board.tsx'
import { LineChart } from '#app/ui/chart.tsx'
import { ExportMenu } from '#app/ui/export-menu.tsx'
import { FiguresInMotion } from '#app/ui/figures-in-motion.tsx'
import { PartSumsTable } from '#app/ui/part-sums.tsx'
import { DueReports } from '#app/ui/report-status.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { CauseCounts, ChildrenTable, QueueBox, UnitFigures } from '#app/ui/unit-board.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { reads } from '../_web/visit.server.ts'
import { causeSlugs, unitBoard } from './params.ts'
import { readUnit } from './unit.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.heading.name ?? 'Đơn vị'} · 4 phủ` }]

export const loader = reads(readUnit)

export default function UnitBoardPage() {
  const {
    heading,
    help,
    people,
    due,
    pace,
    endsOn,
    today,
    parts,
    series,
    perDay,
    causes,
    disputes,
    reports,
    children,
    childCount,
    order,
    motion,
  } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}`
  const days = series.firstOn === '' ? [] : daysFrom(series.firstOn, addDays(series.firstOn, series.days - 1))
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="board"
        note={`Người đứng đầu: ${heading.headTitle}`}
        actions={
          <ExportMenu
            files={[
              { to: `${base}/ket-qua.docx`, label: RESULT_REPORT },
              { to: `${base}/ket-qua.xlsx`, label: 'Số liệu báo cáo (xlsx)' },
              { to: `/tong-hop.xlsx?don-vi=${heading.id}`, label: 'Bảng tổng hợp (xlsx)' },
            ]}
          />
        }
      />
      <FiguresInMotion motion={motion} />
      <UnitFigures
        help={help}
        people={people}
        due={due}
        pace={pace}
        causes={<Causes />}
        recordsTo={heading.allowed.records ? figure => `${base}/truong-hop?muc=${figure}` : undefined}
      />
      {children.length === 0 ? null : (
        <div id="don-vi-truc-thuoc">
          <Sheet title="Đơn vị trực thuộc" note={`${formatNumber(childCount)} đơn vị`}>
            <ChildrenTable rows={children} order={order} empty={null} />
            {children.length < childCount ? (
              <p>
                <Link to={`${unitBoard.to(base, { order, showsAll: true })}#don-vi-truc-thuoc`}>
                  Xem cả {formatNumber(childCount)} đơn vị
                </Link>
              </p>
            ) : null}
          </Sheet>
        </div>
      )}
      <div className="columns">
        <div className="stack">
          {causes === null ? null : (
            <CauseBoard
              base={base}
              causes={causes}
              allowed={heading.allowed}
              officials={people.officials}
              slugs={causeSlugs}
              groupTo={(cause, from) => unitBoard.to(base, { cause, from })}
            />
          )}
          {parts.length === 0 ? null : (
            <Sheet title="Nội dung bản thân" note="Đã đối chiếu: có trong dữ liệu nhà mạng">
              <PartSumsTable rows={parts} />
            </Sheet>
          )}
        </div>
        <div className="stack">
          {heading.allowed.confirm ? (
            <QueueBox base={base} help={help.awaiting} obligations={people.awaiting} disputes={disputes} />
          ) : null}
          {reports.length === 0 ? null : (
            <Sheet title="Báo cáo đến hạn" note={<Link to={`${base}/bao-cao`}>Tất cả báo cáo</Link>}>
              <DueReports rows={reports} />
            </Sheet>
          )}
          <Sheet title="Số được tính dựa vào" note="Căn cứ mạnh nhất của mỗi trường hợp">
            <BasisFacts help={help} />
          </Sheet>
          <Sheet title={`${formatNumber(series.days)} ngày`} note={`Đến ${formatDay(endsOn)}`}>
            <LineChart
              label="Số người dân được hỗ trợ cộng dồn theo ngày, so với tiến độ cần có"
              days={days}
              today={today}
              forecastAtEnd={pace.atEnd}
              pace={days.map((_, n) => requiredBy(n + 1, { total: people.targets, daily: perDay }))}
              target={people.targets}
              series={[
                { label: 'Ghi nhận', tone: 'reported', values: valuesOf(series.reported) },
                { label: 'Được tính', tone: 'counted', values: valuesOf(series.counted) },
                { label: 'Đã đối chiếu', tone: 'verified', values: valuesOf(series.verified) },
              ]}
            />
          </Sheet>
        </div>
      </div>
      <p className="small">
        {placementNote}{' '}
        {help.counted === people.counted
          ? null
          : `Tính theo những người thuộc đơn vị ngày ${formatDay(endsOn)}, kể cả khi công tác ở nơi khác: ${formatParts(people.counted, people.targets)}. `}
        <Link to={`/tong-hop?don-vi=${heading.id}`}>Tổng hợp theo khối, loại, đoàn thể</Link>
      </p>
    </div>
  )
}

/** The running totals of a series, which comes as one text of what each day added: a list would tell each value twice. */
function valuesOf(series: string): number[] {
  let sum = 0
  return series === '' ? [] : series.split(' ').map(by => (sum += Number(by)))
}

/** Why people still lack something: by the first cause of each where the people are read, else by the stored sums. */
function Causes() {
  const { heading, help, people, parts, causes } = useLoaderData<typeof loader>()
  const { names } = useTerms()
  const { allowed } = heading
  const base = `/don-vi/${heading.id}`
  if (causes?.isWhole)
    return (
      <CauseCounts
        counts={causes.groups.map(({ cause, count }) => ({
          text: causeCount(count, cause, names),
          to: `${causes.alone === null ? '' : base}#${causeAnchor(causeSlugs[cause])}`,
        }))}
      />
    )
  const peopleTo = (lacking: string) => (allowed.people ? `${base}/nguoi-thuc-hien?thieu=${lacking}` : undefined)
  const lacking = (part: PartSums['part']) => causeText(part, names)
  const awaiting = help.awaiting + people.awaiting
  return (
    <CauseCounts
      note="Một người có thể thiếu nhiều nội dung."
      counts={[
        { count: people.idle, text: 'người chưa ghi trường hợp nào', to: peopleTo('any_record') },
        ...parts.map(({ part, bearers, met }) => ({
          count: bearers - met,
          text: `người ${lacking(part)}`,
          to: peopleTo(part),
        })),
        {
          count: awaiting,
          text: 'mục chờ đơn vị xác nhận',
          to: allowed.confirm ? `${base}/xac-nhan` : undefined,
        },
      ].flatMap(({ count, text, to }) => (count > 0 ? [{ text: `${formatNumber(count)} ${text}`, to }] : []))}
    />
  )
}
