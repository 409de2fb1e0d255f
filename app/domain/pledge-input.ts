import { z } from '#app/domain/zod.ts'
import { choiceInput } from './choice-input.ts'
import { optionalDay } from './field.ts'
import type { PledgeInput } from './pledge.ts'
import type { InputProblem } from './problem.ts'

const optionalCount = z
  .string()
  .trim()
  .optional()
  .refine(count => !count || /^\d{1,4}$/.test(count), { error: 'not_a_count' satisfies InputProblem })
  .transform(count => (count ? Number(count) : null))

/**
 * The pledge as typed; ticking `signed` is the signature. Parts that the official does not bear stay blank. Plan IV.1.
 */
export const pledgeInput = z
  .object({
    citizens: optionalCount,
    simSignatureBy: optionalDay,
    phone4gBy: optionalDay,
    portalLoginBy: optionalDay,
    signed: z.literal('on', { error: 'signature_needed' satisfies InputProblem }),
  })
  .transform(({ signed: _, ...promised }): PledgeInput => promised)

/**
 * A unit's signed list: the people ticked (`chon`), and the days that the list gives for each obligation. What does not
 * hold stays blank; what somebody on the list bears is asked for by `checkPledge`. Plan V.1.
 */
export const pledgeListInput = choiceInput.extend({
  simSignatureBy: optionalDay,
  phone4gBy: optionalDay,
  portalLoginBy: optionalDay,
})
