import type { OutcomeValue, VerdictReason } from './vocabulary.ts'

/**
 * True for a record whose citizen had before the help what must be achieved by it (plan IV.1): nothing is left to do, and
 * it is counted for nobody, yet it serves the locality's indicators.
 */
export const isBeyondTarget = (reason: VerdictReason, value: OutcomeValue | null): boolean =>
  reason === 'outcome_missing' && value === 'already_had'
