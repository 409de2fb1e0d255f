import { Link } from '@remix-run/react'
import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import type { Day } from '#app/domain/calendar.ts'
import { formatDay, formatNumber, formatShortDay } from '#app/text/format.ts'

const WIDTH = 400
const HEIGHT = 210
const TOP = 42
const BOTTOM = 186

/** Where a value is drawn, to a tenth of a unit: a page holds thousands of such numbers. */
function scaleOf(domain: readonly [number, number], range: readonly [number, number]) {
  const scale = scaleLinear(domain, range)
  return Object.assign((value: number) => Math.round(scale(value) * 10) / 10, { ticks: () => scale.ticks(4) })
}
type Scale = (value: number) => number

/** So far (in units of the drawing) may a point lie off a line without being drawn. */
const SLACK = 0.4

/** The points that a line needs: those between lie on it, as far as anybody sees. */
function cornersOf(points: readonly Point[]): Point[] {
  const kept = points.slice(0, 1)
  for (let from = 0, to = 2; to <= points.length; to++) {
    const [start, end] = [points[from], points[to]]
    const isStraight = start && end && points.slice(from + 1, to).every(point => offLine(point, start, end) <= SLACK)
    if (isStraight) continue
    from = to - 1
    kept.push(...points.slice(from, from + 1))
  }
  return kept
}
type Point = readonly [x: number, y: number]

/** How far below or above a line a point lies. */
const offLine = ([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point) =>
  Math.abs(y - (y1 + ((x - x1) / (x2 - x1)) * (y2 - y1)))

/** The path of values in a row, by the steps from point to point, which are short to write; undefined: there are none. */
function pathOf(values: readonly number[], x: Scale, y: Scale): string | undefined {
  const corners = cornersOf(values.map((value, n): Point => [x(n), y(value)]))
  const [first] = corners
  if (first === undefined) return undefined
  const steps = corners.slice(1).flatMap(([toX, toY], n) => {
    const [fromX, fromY] = corners[n] ?? first
    return [toX - fromX, toY - fromY].map(stepOf)
  })
  return `M${first.join(' ')}${steps.length === 0 ? '' : `l${steps.join(' ').replaceAll(' -', '-')}`}`
}

/** A step to a tenth, without the zero before the point. */
const stepOf = (by: number) =>
  String(Number(by.toFixed(1)))
    .replace(/^0\./, '.')
    .replace(/^-0\./, '-.')

/** One line of a chart: a value a day; the days to come are `null` or left out. */
type Series = { label: string; tone: 'reported' | 'counted' | 'verified'; values: readonly (number | null)[] }

/**
 * Running totals over the days of a campaign against the pace that the target requires, with its numbers in a table: by
 * week, of the newest week by day, and of the last day.
 * `series` go from the largest to the smallest, `main` is the one whose last value is written out, and goes on to the
 * forecast.
 */
export function LineChart({
  label,
  days,
  today,
  pace,
  target,
  series,
  main = 'counted',
  forecastAtEnd = null,
  children,
}: {
  label: string
  days: readonly Day[]
  today: Day
  /** What the pace requires by the end of each day. */
  pace: readonly number[]
  target: number
  series: readonly Series[]
  main?: Series['tone']
  /** What the recent rate makes of `main` by the last day; null: nothing is forecast. */
  forecastAtEnd?: number | null
  /** What the line says in words. */
  children?: ReactNode
}) {
  const highest = Math.max(target, 1, forecastAtEnd ?? 0, ...series.flatMap(s => s.values.map(value => value ?? 0)))
  const x = scaleOf([0, Math.max(1, days.length - 1)], [1, WIDTH - 1])
  const y = scaleOf([0, highest], [BOTTOM, TOP])
  const draw = (values: readonly number[]) => pathOf(values, x, y)
  const fill = (values: readonly number[]) => (values.length === 0 ? undefined : `${draw(values)}V${BOTTOM}H${x(0)}Z`)
  const lines = series.map(s => ({ ...s, past: s.values.filter(value => value !== null) }))
  const told = lines.find(s => s.tone === main)?.past ?? []
  const last = { x: x(told.length - 1), value: told.at(-1) }
  const listed = listedDays(Math.max(...lines.map(({ past }) => past.length)), days.length)
  const forecast = forecastAtEnd !== null && told.length < days.length ? forecastAtEnd : null
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <Axes {...{ days, today, target }} {...{ x, y }} ticks={y.ticks()} />
        {lines.map(s => (
          <path key={s.tone} className={`area-${s.tone}`} d={fill(s.past)} />
        ))}
        <path className="line-pace" d={draw(pace)} />
        {lines.map(s => (
          <path key={s.tone} className={s.tone === main ? 'line-main' : `line-${s.tone}`} d={draw(s.past)} />
        ))}
        {last.value === undefined ? null : (
          <>
            {forecast === null ? null : (
              <line className="line-forecast" x1={last.x} y1={y(last.value)} x2={x(days.length - 1)} y2={y(forecast)} />
            )}
            <circle className="dot-main" cx={last.x} cy={y(last.value)} r="4" />
            <text
              className="chart-value"
              x={last.x + (last.x > WIDTH - 60 ? -8 : 8)}
              y={Math.min(y(last.value) + 16, BOTTOM - 4)}
              textAnchor={last.x > WIDTH - 60 ? 'end' : 'start'}
            >
              {formatNumber(last.value)}
            </text>
          </>
        )}
      </svg>
      <figcaption>
        <ul className="legend">
          {series.map(s => (
            <li key={s.tone} className={`legend-${s.tone}`}>
              {s.label}
            </li>
          ))}
          <li className="legend-pace">Tiến độ cần có</li>
          {forecast === null ? null : (
            <li className="legend-forecast">
              Dự kiến đến {formatShortDay(days.at(-1) ?? '')}: {formatNumber(forecast)}
            </li>
          )}
        </ul>
        {children}
      </figcaption>
      <details className="disclosure">
        <summary>Xem bảng số</summary>
        <section className="frame frame-low numbers" aria-label={label} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Ngày</th>
                {series.map(s => (
                  <th key={s.tone} scope="col">
                    {s.label}
                  </th>
                ))}
                <th scope="col">Tiến độ cần có</th>
              </tr>
            </thead>
            <tbody>
              {days.map((day, n) =>
                listed.has(n) ? (
                  <tr key={day}>
                    <th scope="row">{formatDay(day)}</th>
                    {series.map(s => (
                      <td key={s.tone}>{formatValue(s.values[n])}</td>
                    ))}
                    <td>{formatValue(pace[n])}</td>
                  </tr>
                ) : null,
              )}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  )
}

/** The days of the newest week, before them the last of each week, and the last of all. */
function listedDays(past: number, all: number): ReadonlySet<number> {
  const isListed = (n: number) => n >= past - DAILY || (past - 1 - n) % 7 === 0
  return new Set([...Array.from({ length: past }, (_, n) => n).filter(isListed), all - 1])
}
const DAILY = 7

/** Days from an end of the axis within which no other day is written. */
const CLEAR_DAYS = 12

/** The value axis with its numbers, the first of each month between the first and the last day, and today. */
function Axes({
  days,
  today,
  target,
  x,
  y,
  ticks,
}: {
  days: readonly Day[]
  today: Day
  target: number
  x: Scale
  y: Scale
  ticks: readonly number[]
}) {
  const lastDay = days.length - 1
  const months = days.flatMap((day, n) =>
    day.endsWith('-01') && n >= CLEAR_DAYS && n <= lastDay - CLEAR_DAYS ? [{ day, n }] : [],
  )
  const now = days.indexOf(today)
  return (
    <>
      {ticks.map(value => (
        <g key={value}>
          <line className="stroke-grid" x1="0" x2={WIDTH} y1={y(value)} y2={y(value)} />
          {value === 0 || Math.abs(y(value) - y(target)) < 12 ? null : (
            <text className="chart-text" x="0" y={y(value) - 3}>
              {formatNumber(value)}
            </text>
          )}
        </g>
      ))}
      <line className="stroke-target" x1="0" x2={WIDTH} y1={y(target)} y2={y(target)} />
      <text className="chart-text" x="0" y={y(target) - 5}>
        chỉ tiêu {formatNumber(target)}
      </text>
      {now < 0 ? null : (
        <>
          <line className="stroke-today" x1={x(now)} x2={x(now)} y1={TOP - 4} y2={BOTTOM} />
          <text
            className="chart-text"
            x={x(now)}
            y={TOP - 8}
            textAnchor={now > days.length * 0.8 ? 'end' : now < days.length * 0.2 ? 'start' : 'middle'}
          >
            hôm nay {formatShortDay(today)}
          </text>
        </>
      )}
      <text className="chart-text" x="0" y={HEIGHT - 6}>
        {formatShortDay(days[0] ?? '')}
      </text>
      {months.map(({ day, n }) => (
        <text key={day} className="chart-text" x={x(n)} y={HEIGHT - 6} textAnchor="middle">
          {formatShortDay(day)}
        </text>
      ))}
      <text className="chart-text" x={WIDTH} y={HEIGHT - 6} textAnchor="end">
        {formatShortDay(days[lastDay] ?? '')}
      </text>
    </>
  )
}

const SMALL_WIDTH = 160
const SMALL_HEIGHT = 48

/** A running total without axes, against the line to its target; the words beside it say what it shows. */
export function SmallChart({
  label,
  values,
  target,
}: {
  label: string
  values: readonly (number | null)[]
  target: number
}) {
  const past = values.filter(value => value !== null)
  const x = scaleOf([0, Math.max(1, values.length - 1)], [1, SMALL_WIDTH - 1])
  const y = scaleOf([0, Math.max(1, target, ...past)], [SMALL_HEIGHT - 2, 3])
  return (
    <svg viewBox={`0 0 ${SMALL_WIDTH} ${SMALL_HEIGHT}`} role="img" aria-label={label} className="small-chart">
      <line className="stroke-grid" x1="0" x2={SMALL_WIDTH} y1={y(target)} y2={y(target)} />
      <line className="line-pace" x1={x(0)} y1={y(0)} x2={x(values.length - 1)} y2={y(target)} />
      <path className="line-main" d={pathOf(past, x, y)} />
    </svg>
  )
}

/** Values side by side as bars on one scale, each with its text: districts, blocks, obligations. */
export function BarList({
  bars,
}: {
  bars: readonly { key: string; label: string; value: number; text: string; to?: string }[]
}) {
  const highest = Math.max(1, ...bars.map(bar => bar.value))
  return (
    <ul className="bar-list">
      {bars.map(bar => (
        <li key={bar.key} className="bar-list-row">
          <span>{bar.to === undefined ? bar.label : <Link to={bar.to}>{bar.label}</Link>}</span>
          <span className="end">{bar.text}</span>
          <svg aria-hidden="true">
            <rect className="fill-track" width="100%" height="8" rx="2" />
            <rect
              className="fill-verified"
              width={`${Math.round((bar.value / highest) * 1000) / 10}%`}
              height="8"
              rx="2"
            />
          </svg>
        </li>
      ))}
    </ul>
  )
}

function formatValue(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value)
}
