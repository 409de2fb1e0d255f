import { z } from '#app/domain/zod.ts'
import { optionalText, requiredChoice, requiredDay, requiredText, requiredWhole, tick } from './field.ts'
import type { InputProblem } from './problem.ts'
import { CATEGORIES } from './vocabulary.ts'

/** An official's new posting as it is typed. */
export const transferInput = z.object({
  unitId: requiredWhole({ min: 1, max: 999_999_999 }),
  position: requiredText(100),
  category: requiredChoice(CATEGORIES),
  isLeader: tick,
  fromOn: requiredDay,
})
export type TransferInput = z.infer<typeof transferInput>

/** The receiving unit's answer to a transfer; a refusal says why. */
export const transferAnswerInput = z
  .object({ answer: requiredChoice(['accepted', 'refused']), reason: optionalText(500) })
  .superRefine(({ answer, reason }, context) => {
    if (answer === 'refused' && reason === null)
      context.addIssue({ code: 'custom', path: ['reason'], message: 'required' satisfies InputProblem })
  })
export type TransferAnswer = z.infer<typeof transferAnswerInput>
