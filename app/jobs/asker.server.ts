import type { Actor } from '#app/access/policy.ts'
import { personOf } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'

/** Work is done as the person who asked for it, with what they may do by now. Throws where they may not sign in. */
export function askerOf(accountId: number): Actor {
  const person = personOf(accountId, campaignToday())
  if (!person) throw new Error(`account ${accountId} is gone or disabled`)
  return person
}
