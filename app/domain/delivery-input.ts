import { z } from '#app/domain/zod.ts'
import { typedText } from './letters.ts'
import type { InputProblem } from './problem.ts'

/** Where one's reminders go by mail, and whether they shall; an empty address: nowhere. */
export const deliveryInput = z
  .object({
    email: z
      .string()
      .overwrite(typedText)
      .trim()
      .max(254, { error: 'too_long' satisfies InputProblem })
      .optional()
      .refine(text => !text || z.email().safeParse(text).success, { error: 'not_an_email' satisfies InputProblem }),
    wantsDigest: z.literal('on').optional(),
  })
  .transform(({ email, wantsDigest }) => ({ email: email || null, wantsDigest: wantsDigest === 'on' }))
