import { Link } from '@remix-run/react'
import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { ReactNode } from 'react'
import type { Day } from '#app/domain/calendar.ts'
import { formatDay, formatNumber, formatShortDay } from '#app/text/format.ts'

const WIDTH = 400
const HEIGHT = 190
const TOP = 22
const BOTTOM = 166

/** One line of a chart: a value a day, `null` for the days to come. */
type Series = { label: string; tone: 'reported' | 'counted' | 'verified'; values: readonly (number | null)[] }

/**
 * Running totals over the days of a campaign against the pace that the target requires, with its numbers in a table.
 * `series` go from the largest to the smallest, `main` is the one whose last value is written out.
 */
export function LineChart({
  label,
  days,
  pace,
  target,
  series,
  main = 'counted',
  children,
}: {
  label: string
  days: readonly Day[]
  /** What the pace requires by the end of each day. */
  pace: readonly number[]
  target: number
  series: readonly Series[]
  main?: Series['tone']
  /** What the line says in words. */
  children?: ReactNode
}) {
  const highest = Math.max(target, 1, ...series.flatMap(s => s.values.map(value => value ?? 0)))
  const x = scaleLinear([0, Math.max(1, days.length - 1)], [1, WIDTH - 1])
  const y = scaleLinear([0, highest], [BOTTOM, TOP])
  const draw = line<number>((_, n) => x(n), y)
  const fill = area<number>((_, n) => x(n), BOTTOM, y)
  const lines = series.map(s => ({ ...s, past: s.values.filter(value => value !== null) }))
  const told = lines.find(s => s.tone === main)?.past ?? []
  const last = { x: x(told.length - 1), value: told.at(-1) }
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, 0.5, 1].map(part => (
          <line key={part} className="stroke-grid" x1="0" x2={WIDTH} y1={y(part * target)} y2={y(part * target)} />
        ))}
        {lines.map(s => (
          <path key={s.tone} className={`area-${s.tone}`} d={fill(s.past) ?? undefined} />
        ))}
        <path className="line-pace" d={draw([...pace]) ?? undefined} />
        {lines.map(s => (
          <path
            key={s.tone}
            className={s.tone === main ? 'line-main' : `line-${s.tone}`}
            d={draw(s.past) ?? undefined}
          />
        ))}
        {last.value === undefined ? null : (
          <>
            <circle className="dot-main" cx={last.x} cy={y(last.value)} r="4" />
            <text
              className="chart-value"
              x={last.x + (last.x > WIDTH - 40 ? -8 : 8)}
              y={Math.min(y(last.value) + 16, BOTTOM - 4)}
              textAnchor={last.x > WIDTH - 40 ? 'end' : 'start'}
            >
              {formatNumber(last.value)}
            </text>
          </>
        )}
        <text className="chart-text" x={WIDTH} y={y(target) - 7} textAnchor="end">
          chỉ tiêu {formatNumber(target)}
        </text>
        <text className="chart-text" x="0" y={HEIGHT - 6}>
          {formatShortDay(days[0] ?? '')}
        </text>
        <text className="chart-text" x={WIDTH} y={HEIGHT - 6} textAnchor="end">
          {formatShortDay(days.at(-1) ?? '')}
        </text>
      </svg>
      <figcaption>
        <ul className="legend">
          {series.map(s => (
            <li key={s.tone} className={`legend-${s.tone}`}>
              {s.label}
            </li>
          ))}
          <li className="legend-pace">Tiến độ cần có</li>
        </ul>
        {children}
      </figcaption>
      <details className="disclosure">
        <summary>Xem bảng số</summary>
        <section className="frame frame-low" aria-label={label} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Ngày</th>
                {series.map(s => (
                  <th key={s.tone} scope="col" className="end">
                    {s.label}
                  </th>
                ))}
                <th scope="col" className="end">
                  Tiến độ cần có
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((day, n) => (
                <tr key={day}>
                  <th scope="row">{formatDay(day)}</th>
                  {series.map(s => (
                    <td key={s.tone} className="end">
                      {formatValue(s.values[n])}
                    </td>
                  ))}
                  <td className="end">{formatValue(pace[n])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
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
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [1, SMALL_WIDTH - 1])
  const y = scaleLinear([0, Math.max(1, target, ...past)], [SMALL_HEIGHT - 2, 3])
  const draw = line<number>((_, n) => x(n), y)
  return (
    <svg viewBox={`0 0 ${SMALL_WIDTH} ${SMALL_HEIGHT}`} role="img" aria-label={label} className="small-chart">
      <line className="stroke-grid" x1="0" x2={SMALL_WIDTH} y1={y(target)} y2={y(target)} />
      <line className="line-pace" x1={x(0)} y1={y(0)} x2={x(values.length - 1)} y2={y(target)} />
      <path className="line-main" d={draw(past) ?? undefined} />
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
            <rect className="fill-verified" width={`${(bar.value / highest) * 100}%`} height="8" rx="2" />
          </svg>
        </li>
      ))}
    </ul>
  )
}

function formatValue(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value)
}
