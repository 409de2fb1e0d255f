import type { ReactNode } from 'react'
import { formatNumber } from '#app/text/format.ts'

/** So many lines are shown at once; a province without districts has a hundred communes. */
const MOST_SHOWN = 24

/** Folds a list of many lines behind their number; shows a short one as it is. */
export function Folded({ count, what, children }: { count: number; what: string; children: ReactNode }) {
  if (count <= MOST_SHOWN) return children
  return (
    <details className="disclosure">
      <summary>
        Xem {formatNumber(count)} {what}
      </summary>
      {children}
    </details>
  )
}
