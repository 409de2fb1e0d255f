import { z } from '#app/domain/zod.ts'
import { optionalText, requiredChoice, requiredWhole } from './field.ts'
import type { InputProblem } from './problem.ts'
import type { TargetInput } from './target.ts'

const decided = {
  target: requiredWhole({ min: 1, max: 1000 }),
  documentNumber: optionalText(100),
  reason: optionalText(500),
}

/** A decision on the targets of a whole area, as it is typed. */
export const targetInput = z.object(decided).transform((row): TargetInput => row)

/** The same for people: those ticked (`chon`), or everyone the head may assign a target to. */
export const targetForm = z
  .object({
    ...decided,
    scope: requiredChoice(['chosen', 'all']),
    chon: z
      .array(
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform(Number),
      )
      .default([]),
  })
  .superRefine(({ scope, chon }, context) => {
    const refuse = (message: InputProblem) => context.addIssue({ code: 'custom', path: ['chon'], message })
    if (scope === 'chosen' && chon.length === 0) refuse('nobody_chosen')
    if (chon.length > 200) refuse('too_many_chosen')
  })
