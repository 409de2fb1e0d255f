import { type ObligationPart, type ObligationState, PARTS_OF } from './vocabulary.ts'

/** The parts that a sign-in at a portal can prove. */
export const PORTAL_PARTS = PARTS_OF.portal_login
export type PortalPart = (typeof PORTAL_PARTS)[number]

export function isPortalPart(part: ObligationPart): part is PortalPart {
  return PORTAL_PARTS.some(word => word === part)
}

/**
 * A sign-in as it is kept. `part`: the portal whose own issuer it is; null: another issuer. `numberHash`: keyed hash of
 * the personal number that the issuer told; null: it told none. `isAssured`: at a level of assurance that is asked for.
 * `signedInAt`: campaign clock (ms).
 */
export type PortalLogin = {
  part: PortalPart | null
  numberHash: string | null
  isAssured: boolean
  signedInAt: number
}

/** A sign-in as pages show it: its issuer's host, its instant (ms), what it says; `part` null: of no portal. */
export type ShownLogin = { part: PortalPart | null; host: string; signedInAt: number; word: LoginWord }

/**
 * What a sign-in says of its part. `proof`: the official did it. `waits`: whose it is, the unit is to confirm. `sign`:
 * a sign that proves nothing. `another`: the account at the portal has another number.
 */
export type LoginWord = 'proof' | 'waits' | 'sign' | 'another'

/**
 * Says what a sign-in proves (plan IV.1): that of a portal's own issuer, at the level asked for, with the official's own
 * number. Where either number is unknown, the unit's confirmation of the part after the sign-in says whose it is.
 * `ownHash`: hash of the official's number; null: unknown here. `confirmedAt` null: the unit confirmed nothing.
 */
export function loginWord(
  { part, numberHash, isAssured, signedInAt }: PortalLogin,
  { ownHash, confirmedAt }: { ownHash: string | null; confirmedAt: number | null },
): LoginWord {
  const isCompared = numberHash !== null && ownHash !== null
  if (isCompared && numberHash !== ownHash) return 'another'
  if (part === null || !isAssured) return 'sign'
  const isLinked = isCompared || (confirmedAt !== null && confirmedAt >= signedInAt)
  return isLinked ? 'proof' : 'waits'
}

/**
 * The state of a part by the kept sign-ins. What is proven is verified, whatever it was. What is proven no more goes
 * back to the unit's word, or to waiting for it.
 */
export function stateByLogin(
  state: ObligationState,
  { isConfirmed, isProven }: { isConfirmed: boolean; isProven: boolean },
): ObligationState {
  if (isProven) return 'verified'
  if (state !== 'verified') return state
  return isConfirmed ? 'confirmed' : 'declared'
}

const STRENGTHS: readonly LoginWord[] = ['another', 'sign', 'waits', 'proof']

/** True where a new sign-in takes the kept one's place: it says more. The first that says as much stays with its day. */
export const takesPlace = (kept: LoginWord | null, came: LoginWord) =>
  came !== 'another' && (kept === null || STRENGTHS.indexOf(came) > STRENGTHS.indexOf(kept))

/** True where the issuer told one of the levels asked for, exactly; none asked for: any sign-in does. */
export const isAssuredBy = (level: string | undefined, asked: readonly string[]) =>
  asked.length === 0 || (level !== undefined && asked.includes(level))
