import { z } from '#app/domain/zod.ts'
import { optionalDay, optionalText, requiredChoice, requiredDay, requiredText, requiredWhole } from './field.ts'
import { BASIS_SUBJECTS } from './legal-basis.ts'
import type { InputProblem } from './problem.ts'

/** A basis as home affairs enters it; it is never edited, only ended. */
export const legalBasisInput = z
  .object({
    citation: requiredText(500),
    subject: requiredChoice(BASIS_SUBJECTS),
    place: requiredWhole({ min: 1, max: 99 }),
    fromOn: requiredDay,
    toOn: optionalDay,
    petition: optionalText(60),
    achievement_person: optionalText(60),
    achievement_collective: optionalText(60),
    council_minutes: optionalText(60),
  })
  .superRefine(({ fromOn, toOn }, context) => {
    if (toOn !== null && toOn < fromOn)
      context.addIssue({ code: 'custom', path: ['toOn'], message: 'ends_before_start' satisfies InputProblem })
  })
export type LegalBasisInput = z.infer<typeof legalBasisInput>
