import { isPortalPart, type PortalPart } from './portal-login.ts'
import { OBLIGATION_PARTS, type ObligationPart } from './vocabulary.ts'

/** The ways by which a part comes to be met, the quickest in front: two acts of one's own, then what others say. */
export const PROOF_WAYS = ['portal', 'signature', 'extract', 'unit'] as const
export type ProofWay = (typeof PROOF_WAYS)[number]

/** What is there to prove parts with on a day: portals' own issuers, roots for signatures, telecoms' extracts. */
export type ProofMeans = { portals: readonly PortalPart[]; hasRoots: boolean; hasExtracts: boolean }

/** A part that is to be done, and the quickest way to it. */
export type Quickest = { part: ObligationPart; way: ProofWay }

/**
 * Picks the quickest way to a part (plan IV.1): signing in at its portal, signing the pledge, an extract after the unit's
 * word, or that word alone. Declaring by hand stays open beside each.
 */
export function quickestWay(part: ObligationPart, { portals, hasRoots, hasExtracts }: ProofMeans): ProofWay {
  if (isPortalPart(part)) return portals.includes(part) ? 'portal' : 'unit'
  if (part === 'sim_signature' && hasRoots) return 'signature'
  return hasExtracts ? 'extract' : 'unit'
}

/** Picks of some parts the one with the quickest way, the first in the plan's order where several have it; null: none. */
export function quickestOf(parts: readonly ObligationPart[], means: ProofMeans): Quickest | null {
  const ways = OBLIGATION_PARTS.filter(part => parts.includes(part)).map(part => ({
    part,
    way: quickestWay(part, means),
  }))
  return ways.toSorted((one, other) => PROOF_WAYS.indexOf(one.way) - PROOF_WAYS.indexOf(other.way))[0] ?? null
}

/** True for the ways that are one's own act and prove by it; the others wait for somebody's word. */
export const isOwnAct = (way: ProofWay) => way === 'portal' || way === 'signature'
