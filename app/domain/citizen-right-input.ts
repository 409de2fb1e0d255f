import { z } from '#app/domain/zod.ts'
import { optionalDay, optionalPhone, optionalText, requiredChoice, requiredText } from './field.ts'
import { typedName } from './help.ts'
import { REACHED_BY } from './vocabulary.ts'

/** The end of a restriction: how the citizen was reached other than by the code, and the answer that they read. */
export const liftInput = z.object({ reachedBy: requiredChoice(REACHED_BY), answer: requiredText(500) })
export type LiftInput = z.infer<typeof liftInput>

/**
 * What an office corrects at a citizen's request. Their number is what tells who they are: a wrong one is corrected by
 * the official, in the record.
 */
export const correctionInput = z.object({
  name: typedName,
  phone: optionalPhone,
  birthOn: optionalDay,
  hamlet: optionalText(100),
  /** what was done, as the citizen and the official read it; no personal data */
  answer: requiredText(500),
})
export type CorrectionInput = z.infer<typeof correctionInput>
