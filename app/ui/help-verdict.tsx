import type { ReactNode } from 'react'
import type {
  Article,
  CountingBasis,
  Outcome,
  OutcomeValue,
  VerdictKind,
  VerdictReason,
} from '#app/domain/vocabulary.ts'
import { articleQuotes } from '#app/text/plan.ts'
import { basisSentences, explainVerdict } from '#app/text/verdict.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Status, type Tone } from './status.tsx'
import { Verdict } from './verdict.tsx'

type StoredVerdict = { verdictKind: VerdictKind; verdictReason: VerdictReason; verdictOutcome: Outcome | null }

const toneOf = ({ verdictKind, verdictReason }: StoredVerdict): Tone => {
  if (verdictKind === 'counts') return 'done'
  if (verdictKind === 'pending') return verdictReason === 'awaiting_confirmation' ? 'doing' : 'late'
  return verdictReason === 'withdrawn' ? 'neutral' : 'check'
}

/** A record's verdict in one chip. */
export function HelpStatus(verdict: StoredVerdict) {
  return <Status tone={toneOf(verdict)}>{labels.verdictReason[verdict.verdictReason]}</Status>
}

/** A record's verdict in full: reason, explanation, what it rests on, article, next step. */
export function HelpVerdict({
  verdict,
  article,
  value,
  recordedOn,
  restsOn,
  children,
}: {
  verdict: StoredVerdict
  article: Article
  value?: OutcomeValue | null
  recordedOn?: string | null
  /** what a counted record rests on */
  restsOn?: CountingBasis | null
  children?: ReactNode
}) {
  const { title, explanation, nextStep } = explainVerdict(
    { reason: verdict.verdictReason, outcome: verdict.verdictOutcome },
    { value, recordedOn },
  )
  return (
    <Verdict
      tone={toneOf(verdict)}
      title={title}
      explanation={
        <>
          {explanation} {restsOn ? basisSentences[restsOn] : null} {nextStep}
        </>
      }
      basis={{ article: labels.article[article], quote: articleQuotes[article] }}
      nextStep={children}
    />
  )
}
