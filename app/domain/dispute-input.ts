import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredText } from './field.ts'
import { DECISIONS } from './vocabulary.ts'

/** Why an official asks again whose a citizen is. */
export const disputeInput = z.object({ reason: requiredText(1000) })

/** What is decided on it; both sides read the reason. */
export const disputeDecisionInput = z.object({
  decision: requiredChoice(DECISIONS),
  decisionReason: requiredText(1000),
})
