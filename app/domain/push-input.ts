import { z } from '#app/domain/zod.ts'
import { requiredText, tick } from './field.ts'
import type { InputProblem } from './problem.ts'
import { ENDPOINT_LETTERS, readHosts } from './push.ts'

/** An administrator's settings of reminders to phones: whether, whom a service may write to, and which services. */
export const pushServiceInput = z.object({
  isOn: tick,
  contact: requiredText(254).refine(text => z.email().safeParse(text).success, {
    error: 'not_an_email' satisfies InputProblem,
  }),
  hosts: requiredText(2000).transform((text, context) => {
    const hosts = readHosts(text)
    if (hosts) return hosts
    context.addIssue({ code: 'custom', message: 'not_hosts' satisfies InputProblem })
    return z.NEVER
  }),
})
export type PushServiceInput = z.infer<typeof pushServiceInput>

/** One's own browsers: the address of this one that shall receive reminders, or the id of one that no longer shall. */
export const pushSubscriptionInput = z.union([
  z.object({ endpoint: requiredText(ENDPOINT_LETTERS) }),
  z.object({
    drop: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  }),
])
