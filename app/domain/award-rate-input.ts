import { z } from '#app/domain/zod.ts'
import { AWARD_PARTS } from './award-rate.ts'
import { optionalDay, requiredChoice, requiredDay, requiredText, requiredWhole } from './field.ts'
import type { InputProblem } from './problem.ts'
import { AWARD_FORMS } from './vocabulary.ts'

/** "1,5" or "1.5" → 150: a multiple of the base salary in hundredths. */
const multiple = z
  .string()
  .trim()
  .min(1, { error: 'required' satisfies InputProblem })
  .refine(text => /^\d{1,2}([.,]\d{1,2})?$/.test(text) && Number(text.replace(',', '.')) > 0, {
    error: 'out_of_range' satisfies InputProblem,
  })
  .transform(text => Math.round(Number(text.replace(',', '.')) * 100))

/** A rate as home affairs enters it; it is never edited, only ended. */
export const awardRateInput = z
  .object({
    form: requiredChoice(AWARD_FORMS),
    part: requiredChoice(AWARD_PARTS),
    multiple,
    baseSalary: requiredWhole({ min: 100_000, max: 99_999_999 }),
    source: requiredText(500),
    fromOn: requiredDay,
    toOn: optionalDay,
  })
  .superRefine(({ fromOn, toOn }, context) => {
    if (toOn !== null && toOn < fromOn)
      context.addIssue({ code: 'custom', path: ['toOn'], message: 'ends_before_start' satisfies InputProblem })
  })
export type AwardRateInput = z.infer<typeof awardRateInput>
