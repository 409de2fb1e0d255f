import type { Day } from './calendar.ts'
import type { FieldProblem } from './problem.ts'
import type { ExemptionPart, ExemptionReason } from './vocabulary.ts'

/** A request to exempt an official: which parts it lifts, why, by which document, from when to when (both inclusive). */
export type ExemptionInput = {
  parts: ExemptionPart[]
  reason: ExemptionReason
  /** null: the reason speaks for itself */
  reasonText: string | null
  documentNumber: string
  fromOn: Day
  toOn: Day
}

export type ExemptionDecision = { decision: 'approved' | 'rejected'; decisionReason: string | null }

/**
 * Lists what keeps an exemption from being requested: a span that ends before it begins, another reason without its
 * words, a part that already waits for a decision (`asked`). An exemption that does not cover the cut-off is recorded
 * all the same, but lifts nothing. Plan IV.1.
 */
export function checkExemption(input: ExemptionInput, asked: readonly ExemptionPart[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (input.parts.some(part => asked.includes(part)))
    problems.push({ field: 'part', reason: 'exemption_asked_already' })
  if (input.reason === 'other' && input.reasonText === null) problems.push({ field: 'reasonText', reason: 'required' })
  if (input.toOn < input.fromOn) problems.push({ field: 'toOn', reason: 'ends_before_start' })
  return problems
}
