import type { ReactNode } from 'react'
import type { Cited } from '#app/text/plan.ts'
import type { Tone } from './status.tsx'

/** A source, with its words where they are known. */
export function CitedText({ article, quote }: Cited) {
  return quote === '' ? (
    <p>{article}</p>
  ) : (
    <p>
      {article}: <q>{quote}</q>
    </p>
  )
}

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
  basis?: Cited
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
          <CitedText {...basis} />
        </details>
      )}
      {nextStep === undefined ? null : <div className="actions">{nextStep}</div>}
    </div>
  )
}
