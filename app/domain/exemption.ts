import { z } from 'zod'
import { choices, optionalText, requiredChoice, requiredDay, requiredText } from './field.ts'
import type { FieldProblem } from './problem.ts'
import { EXEMPTION_PARTS, EXEMPTION_REASONS, type ExemptionPart } from './vocabulary.ts'

/** An exemption as it is asked for: which parts it lifts, why, by which document, from when to when. */
export const exemptionInput = z.object({
  part: choices(EXEMPTION_PARTS, 1),
  reason: requiredChoice(EXEMPTION_REASONS),
  reasonText: optionalText(500),
  documentNumber: requiredText(100),
  fromOn: requiredDay,
  toOn: requiredDay,
})
export type ExemptionInput = z.output<typeof exemptionInput>

/** What is decided on it; a refusal says why. */
export const exemptionDecisionInput = z
  .object({ decision: requiredChoice(['approved', 'rejected']), decisionReason: optionalText(500) })
  .superRefine(({ decision, decisionReason }, context) => {
    if (decision === 'rejected' && decisionReason === null)
      context.addIssue({ code: 'custom', path: ['decisionReason'], message: 'required' })
  })
export type ExemptionDecisionInput = z.output<typeof exemptionDecisionInput>

/**
 * What keeps an exemption from being asked for: a span that ends before it begins, another reason without its words, a
 * part that already waits for a decision (`asked`). One that does not cover the cut-off is recorded all the same; it
 * lifts nothing.
 */
export function checkExemption(input: ExemptionInput, asked: readonly ExemptionPart[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (input.part.some(part => asked.includes(part))) problems.push({ field: 'part', reason: 'exemption_asked_already' })
  if (input.reason === 'other' && input.reasonText === null) problems.push({ field: 'reasonText', reason: 'required' })
  if (input.toOn < input.fromOn) problems.push({ field: 'toOn', reason: 'ends_before_start' })
  return problems
}
