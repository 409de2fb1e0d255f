import type { ReactNode } from 'react'
import type { Tone } from './status.tsx'

/** The source behind a verdict: the article in words, and what it says. */
export type Basis = { article: string; quote: string }

/**
 * Shows why something counts or does not: the reason, the explanation, the article behind a disclosure, the next step.
 */
export function Verdict({
  tone,
  title,
  explanation,
  basis,
  nextStep,
}: {
  tone: Tone
  title: ReactNode
  explanation?: ReactNode
  basis?: Basis
  /** A button or a link. */
  nextStep?: ReactNode
}) {
  return (
    <div className={`verdict tone-${tone}`}>
      <p className="strong">{title}</p>
      {explanation === undefined ? null : <p className="small">{explanation}</p>}
      {basis === undefined ? null : (
        <details className="disclosure">
          <summary>Căn cứ</summary>
          <p>
            {basis.article}: <q>{basis.quote}</q>
          </p>
        </details>
      )}
      {nextStep === undefined ? null : <div className="actions">{nextStep}</div>}
    </div>
  )
}
