import type { ReactNode } from 'react'
import { formatNumber } from '#app/text/format.ts'

/** Shows how many of how many, as a ring beside one sentence and its detail: the first thing that an official sees. */
export function Ring({
  value,
  target,
  counted,
  title,
  children,
}: {
  value: number
  target: number
  /** What is counted: "người dân". */
  counted: string
  title: ReactNode
  children?: ReactNode
}) {
  const share = target === 0 ? 1 : Math.min(1, value / target)
  return (
    <div className="ring">
      <svg
        viewBox="0 0 112 112"
        role="img"
        aria-label={`${formatNumber(value)} trên ${formatNumber(target)} ${counted}`}
      >
        <circle className="ring-track" cx="56" cy="56" r="48" />
        {share > 0 ? (
          <circle
            className="ring-arc"
            cx="56"
            cy="56"
            r="48"
            pathLength="100"
            strokeDasharray={share === 1 ? undefined : `${share * 100} 100`}
            transform="rotate(-90 56 56)"
          />
        ) : null}
        <text className="ring-value" x="56" y="59">
          {formatNumber(value)}/{formatNumber(target)}
        </text>
        <text className="ring-counted" x="56" y="77">
          {counted}
        </text>
      </svg>
      <div>
        <p className="ring-title">{title}</p>
        {children}
      </div>
    </div>
  )
}
