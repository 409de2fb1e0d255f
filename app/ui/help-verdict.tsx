import type { ReactNode } from 'react'
import { isBeyondTarget } from '#app/domain/beyond-target.ts'
import type { CountingBasis, OutcomeValue } from '#app/domain/vocabulary.ts'
import type { Cited } from '#app/text/plan.ts'
import { basisSentences, explainVerdict } from '#app/text/verdict.ts'
import { type StoredVerdict, toneOf } from './help-status.tsx'
import { useTerms } from './terms.ts'
import { Verdict } from './verdict.tsx'

/** A record's verdict in full: reason, explanation, what it rests on, article, next step. */
export function HelpVerdict({
  verdict,
  basis,
  value,
  recordedOn,
  restsOn,
  children,
}: {
  verdict: StoredVerdict
  basis: Cited
  value?: OutcomeValue | null
  recordedOn?: string | null
  /** what a counted record rests on */
  restsOn?: CountingBasis | null
  children?: ReactNode
}) {
  const { names } = useTerms()
  const { title, explanation, nextStep } = explainVerdict(
    { reason: verdict.verdictReason, outcome: verdict.verdictOutcome },
    names,
    { value, recordedOn },
  )
  return (
    <Verdict
      tone={isBeyondTarget(verdict.verdictReason, value ?? null) ? 'neutral' : toneOf(verdict)}
      title={title}
      explanation={
        <>
          {explanation} {restsOn ? basisSentences[restsOn] : null} {nextStep}
        </>
      }
      basis={basis}
      nextStep={children}
    />
  )
}
