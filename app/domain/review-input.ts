import { z } from '#app/domain/zod.ts'
import { optionalChoice, optionalText, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { REVIEW_DECISIONS } from './vocabulary.ts'

/** A notice to those ticked (`chon`), at most as many as one transaction takes, by one numbered document. */
export const noticeInput = z.object({
  documentNumber: requiredText(100),
  text: requiredText(2000),
  chon: z
    .array(
      z
        .string()
        .regex(/^\d{1,15}$/, { error: 'not_a_choice' satisfies InputProblem })
        .transform(Number),
      { error: 'nobody_chosen' satisfies InputProblem },
    )
    .min(1, { error: 'nobody_chosen' satisfies InputProblem })
    .max(200, { error: 'too_many_chosen' satisfies InputProblem }),
})

/** A step as its taker enters it: the text, and as far as the step asks for them a decision and a document. */
export const stepInput = z.object({
  text: requiredText(4000),
  decision: optionalChoice(REVIEW_DECISIONS),
  documentNumber: optionalText(100),
})
