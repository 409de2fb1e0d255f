import { z } from '#app/domain/zod.ts'
import { optionalDay, requiredChoice, requiredDay, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { SIGNING_CAPACITIES } from './signer.ts'

/** Who signs papers of a unit; it is never edited, only ended. */
export const signerInput = z
  .object({
    name: requiredText(80),
    title: requiredText(60),
    capacity: requiredChoice(SIGNING_CAPACITIES),
    fromOn: requiredDay,
    toOn: optionalDay,
  })
  .superRefine(({ fromOn, toOn }, context) => {
    if (toOn !== null && toOn < fromOn)
      context.addIssue({ code: 'custom', path: ['toOn'], message: 'ends_before_start' satisfies InputProblem })
  })
export type SignerInput = z.infer<typeof signerInput>
