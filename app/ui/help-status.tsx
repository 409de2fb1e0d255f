import type { Outcome, VerdictKind, VerdictReason } from '#app/domain/vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Status, type Tone } from './status.tsx'

/** A record's verdict as it is stored. */
export type StoredVerdict = { verdictKind: VerdictKind; verdictReason: VerdictReason; verdictOutcome: Outcome | null }

/** The tone of a verdict's chip. */
export const toneOf = ({ verdictKind, verdictReason }: StoredVerdict): Tone => {
  if (verdictKind === 'counts') return 'done'
  if (verdictKind === 'pending') return verdictReason === 'awaiting_confirmation' ? 'doing' : 'late'
  return verdictReason === 'withdrawn' ? 'neutral' : 'check'
}

/** A record's verdict in one chip. */
export function HelpStatus(verdict: StoredVerdict) {
  return <Status tone={toneOf(verdict)}>{labels.verdictReason[verdict.verdictReason]}</Status>
}
