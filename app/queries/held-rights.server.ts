import type { Person } from '#app/access/policy.ts'
import { isOpenSession } from '#app/access/session.server.ts'
import { forbidden, Refusal } from '#app/domain/refusal.ts'
import { awakeGrantsOf, personOf } from './account.server.ts'
import { findToken } from './api-token.server.ts'

export { heldRights } from '#db/client.server.ts'

/**
 * Passes while the session is open, the account enabled and every grant still held with which a request came; else
 * throws 403. A grant that came since is not used: it is the next request's.
 */
export function requireRights(actor: Person, sessionHash: string) {
  const isSignedIn = isOpenSession(sessionHash) && personOf(actor.accountId, actor.on) !== undefined
  const held = new Set(awakeGrantsOf(actor.accountId, actor.on).map(({ role, unitPath }) => `${role} ${unitPath}`))
  if (isSignedIn && actor.grants.every(({ role, unitPath }) => held.has(`${role} ${unitPath}`))) return
  throw forbidden()
}

/** Passes while a token is good, or throws 401. */
export function requireToken(token: string) {
  if (!findToken(token)) throw new Refusal('token_unknown')
}
