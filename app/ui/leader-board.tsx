import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { HeldBack, IndicatorSaid } from '#app/domain/leader.ts'
import { capitalize } from '#app/text/board.ts'
import { explainAge } from '#app/text/figure-age.ts'
import { formatNumber, formatShare } from '#app/text/format.ts'
import { explainPerDay, saidLabels } from '#app/text/leader.ts'
import type { Counts } from './figure.tsx'
import { useIndicators } from './indicators.ts'
import { Row, RowList, Sheet } from './sheet.tsx'
import { Status, type Tone } from './status.tsx'
import { TrendLine } from './trend-line.tsx'

type LeaderIndicator = {
  indicator: string
  value: number | null
  total: number | null
  asOfOn: string | null
  neededPerDay: number | null
  perDay: number | null
  said: IndicatorSaid
  /** what each of the newest 14 days brought */
  trend: readonly number[]
}

const TONES: Record<IndicatorSaid, Tone> = {
  reached: 'done',
  on_time: 'done',
  may_miss: 'check',
  will_miss: 'late',
  old_figure: 'neutral',
  no_figures: 'neutral',
  no_target: 'neutral',
}

/** The province on one screen: official figures first, what holds back, then records as the part that officials add. */
export function LeaderBoard({
  code,
  unitId,
  indicators,
  places,
  agencies,
  oldestOn,
  help,
  day,
  today,
  children,
}: {
  code: string
  unitId: number
  indicators: readonly LeaderIndicator[]
  places: readonly HeldBack[]
  agencies: readonly { id: number; name: string; shortage: number; counted: number; targets: number }[]
  oldestOn: string | null
  help: Counts | null
  /** "Ngày thứ 70/91" */
  day: string
  today: string
  /** what waits for the reader, beside what holds back */
  children: ReactNode
}) {
  const known = useIndicators()
  const nameOf = (indicator: string) => known.find(row => row.code === indicator)?.shortName ?? indicator
  return (
    <>
      <p className="leader-line">
        <strong>{day}</strong>. Số liệu chính thức
        {oldestOn === null ? ' chưa có.' : ` đến ${explainAge(oldestOn, today)}.`}{' '}
        <Link to={`/dia-ban/${code}`}>Xem theo địa bàn</Link>
      </p>
      <ul className="leader-indicators">
        {indicators
          .filter(({ total }) => total !== null)
          .map(row => (
            <li key={row.indicator}>
              <IndicatorTile name={nameOf(row.indicator)} row={row} />
            </li>
          ))}
      </ul>
      <div className="leader-columns">
        <Sheet title="Địa bàn còn thiếu nhiều nhất">
          <RowList>
            {places.map(({ code: place, name, indicator, missing, said }) => (
              <Row
                key={place}
                title={<Link to={`/dia-ban/${place}`}>{capitalize(name)}</Link>}
                detail={`thiếu ${formatNumber(missing)} ${nameOf(indicator)}, ${saidLabels[said].toLowerCase()}`}
              />
            ))}
          </RowList>
        </Sheet>
        <Sheet title="Cơ quan còn thiếu nhiều nhất">
          <RowList>
            {agencies.map(({ id, name, shortage, counted, targets }) => (
              <Row
                key={id}
                title={<Link to={`/don-vi/${id}`}>{name}</Link>}
                detail={`thiếu ${formatNumber(shortage)} người dân, được tính ${formatNumber(counted)}/${formatNumber(targets)}`}
              />
            ))}
          </RowList>
        </Sheet>
        {children}
      </div>
      {help === null ? null : (
        <p className="small">
          Phần do người thực hiện hỗ trợ, không phải số liệu chính thức: ghi nhận {formatNumber(help.reported)}, được
          tính {formatNumber(help.counted)}, đã đối chiếu {formatNumber(help.verified)} trường hợp.{' '}
          <Link to={`/don-vi/${unitId}`}>Xem theo đơn vị</Link>
        </p>
      )}
    </>
  )
}

function IndicatorTile({ name, row }: { name: string; row: LeaderIndicator }) {
  const { value, total, said, trend } = row
  const figures = value === null || total === null ? '–' : `${formatNumber(value)}/${formatNumber(total)}`
  return (
    <section className="leader-tile">
      <h2>{name}</h2>
      <p className="leader-share">
        <strong>{value === null || !total ? '–' : formatShare(value, total)}</strong>
        <span className="small">{figures}</span>
      </p>
      <Status tone={TONES[said]}>{saidLabels[said]}</Status>
      <p className="small">{explainPerDay(row)}</p>
      {trend.length > 1 ? <TrendLine label={`${name}, mức tăng mỗi ngày hai tuần qua`} values={trend} /> : null}
    </section>
  )
}
