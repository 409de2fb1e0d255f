import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { formatNumber, formatParts, formatShare } from '#app/text/format.ts'

/** The three figures that always appear side by side; each contains the next. */
export type Counts = { reported: number; counted: number; verified: number }

/** A share with its parts, kept on one line: `34/41 (82,93%)`. */
export function Share({ part, whole }: { part: number; whole: number }) {
  return <span className="nowrap">{formatParts(part, whole)}</span>
}

/**
 * Draws reported ⊇ counted ⊇ verified as one bar on the scale of the target, with a mark at the required pace. It is a
 * drawing only; the numbers must be beside it.
 */
export function NestedBar({ reported, counted, verified, target, pace }: Counts & { target: number; pace?: number }) {
  const scale = Math.max(target, reported, 1)
  const percent = (value: number) => `${Number(((value / scale) * 100).toFixed(1))}%`
  return (
    <svg className="nested-bar" aria-hidden="true">
      {/* coloured by their order: a table has many bars */}
      <rect />
      {reported > 0 ? <rect width={percent(reported)} /> : null}
      {counted > 0 ? <rect width={percent(counted)} /> : null}
      {verified > 0 ? <rect width={percent(verified)} /> : null}
      {pace === undefined ? null : (
        <line className="stroke-pace" x1={percent(pace)} x2={percent(pace)} y1="0" y2="22" />
      )}
    </svg>
  )
}

/** Counted against the target, with reported and verified beside it; `links` lead to the records behind a number. */
export function CountFigure({
  label,
  target,
  pace,
  note,
  links = {},
  reported,
  counted,
  verified,
}: Counts & {
  label: string
  target: number
  /** How many the pace requires by now. */
  pace?: number
  note?: ReactNode
  links?: Partial<Record<keyof Counts, string>>
}) {
  const counts = { reported, counted, verified }
  const parts = [
    { key: 'reported', name: 'Ghi nhận', share: '' },
    { key: 'counted', name: 'Được tính', share: target > 0 ? ` (${formatShare(counted, target)})` : '' },
    { key: 'verified', name: 'Đã đối chiếu', share: '' },
  ] as const
  return (
    <Figure
      label={label}
      value={target > 0 ? `${formatNumber(counted)}/${formatNumber(target)}` : formatNumber(counted)}
    >
      <NestedBar {...counts} target={target} pace={pace} />
      <ul className="legend">
        {parts.map(({ key, name, share }) => (
          <li key={key} className={`legend-${key}`}>
            {name} <Linked to={links[key]}>{formatNumber(counts[key])}</Linked>
            {share}
          </li>
        ))}
        {pace === undefined ? null : <li className="legend-pace">Tiến độ cần có {formatNumber(pace)}</li>}
      </ul>
      {note === undefined ? null : <p className="small">{note}</p>}
    </Figure>
  )
}

/** One number in large, under what it says, above what qualifies it. */
export function Figure({ label, value, children }: { label: string; value: string; children?: ReactNode }) {
  return (
    <section className="sheet figure">
      <h2 className="figure-label">{label}</h2>
      <p className="figure-value">{value}</p>
      {typeof children === 'string' ? <p className="small">{children}</p> : children}
    </section>
  )
}

/** Figures side by side, one below the other where there is no room. */
export function FigureRow({ children }: { children: ReactNode }) {
  return <div className="figures">{children}</div>
}

function Linked({ to, children }: { to?: string; children: string }) {
  return to === undefined ? <b>{children}</b> : <Link to={to}>{children}</Link>
}
