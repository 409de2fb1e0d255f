import { z } from '#app/domain/zod.ts'
import type { ExemptionDecision, ExemptionInput } from './exemption.ts'
import { choices, optionalText, requiredChoice, requiredDay, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { EXEMPTION_PARTS, EXEMPTION_REASONS } from './vocabulary.ts'

/** The request for an exemption. */
export const exemptionInput = z
  .object({
    part: choices(EXEMPTION_PARTS, 1),
    reason: requiredChoice(EXEMPTION_REASONS),
    reasonText: optionalText(500),
    documentNumber: requiredText(100),
    fromOn: requiredDay,
    toOn: requiredDay,
  })
  .transform(({ part, ...row }): ExemptionInput => ({ parts: part, ...row }))

/** What is decided on it; a refusal says why. */
export const exemptionDecisionInput = z
  .object({ decision: requiredChoice(['approved', 'rejected']), decisionReason: optionalText(500) })
  .superRefine(({ decision, decisionReason }, context) => {
    if (decision === 'rejected' && decisionReason === null)
      context.addIssue({ code: 'custom', path: ['decisionReason'], message: 'required' satisfies InputProblem })
  })
  .transform((row): ExemptionDecision => row)
