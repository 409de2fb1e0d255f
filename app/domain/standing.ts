import { isMet, type PartFacts } from './obligation.ts'
import type { Regulation } from './regulation.ts'
import {
  type Category,
  type ExemptionPart,
  OBLIGATION_PARTS,
  OBLIGATIONS,
  type Obligation,
  type ObligationPart,
  PARTS_OF,
} from './vocabulary.ts'

/**
 * The standing of an obligation or part, from the furthest from met. `review`: confirmed, but a full list lacks it and
 * the unit is to look again. `confirmed`: confirmed but not met (a certificate that does not hold). `verified`: met,
 * and an extract shows it.
 */
const PART_STANDINGS = [
  'missing',
  'returned',
  'declared',
  'review',
  'confirmed',
  'met',
  'verified',
  'exempt',
  'not_borne',
] as const
export type PartStanding = (typeof PART_STANDINGS)[number]

/** True if a part, or an obligation, is met; an extract may show it too. */
export const isMetStanding = (standing: string) => standing === 'met' || standing === 'verified'

/** Standings in which nothing is left to do: met, or lifted. */
export const SETTLED_STANDINGS: readonly string[] = [
  'met',
  'verified',
  'exempt',
  'not_borne',
] satisfies readonly PartStanding[]
export const isSettledStanding = (standing: string) => SETTLED_STANDINGS.includes(standing)

/** An official's help records by verdict; `countedAny` under the other reading of the quota than the regulation's. */
export type HelpCounts = { reported: number; counted: number; verified: number; countedAny: number }

/** The facts of one official in one campaign. */
export type StandingFacts = {
  /** The posting that covers the cut-off; null where none does. */
  posting: { category: Category } | null
  /** From `effectiveTarget`. */
  target: number
  counts: HelpCounts
  parts: Record<ObligationPart, PartFacts>
  /** Approved exemptions that cover the cut-off. */
  exemptParts: readonly ExemptionPart[]
}

/** The standing of one official in one campaign: stored beside them and summed up into boards. */
export type Standing = {
  bearsQuota: boolean
  bearsObligations: boolean
  /** Null where the quota is not borne, or lifted by an exemption. */
  target: number | null
  /** Null where there is no target. */
  reachedTarget: boolean | null
  counts: HelpCounts
  parts: Record<ObligationPart, PartStanding>
  obligations: Record<Obligation, PartStanding>
  /** Null where no obligation is borne without exemption. */
  allMet: boolean | null
}

/**
 * Computes the standing of an official (plan IV.1). The category at the cut-off decides who bears what; an exemption
 * lifts single parts or the quota. Nothing is pro-rated.
 */
export function standingOf(facts: StandingFacts, regulation: Regulation): Standing {
  const { posting, counts, exemptParts } = facts
  const bearsQuota = posting !== null && regulation.quotaCategories.includes(posting.category)
  const bearsObligations = posting !== null && regulation.obligationCategories.includes(posting.category)
  const target = bearsQuota && !exemptParts.includes('quota') ? facts.target : null

  const standingOfPart = (part: ObligationPart): PartStanding => {
    if (!bearsObligations) return 'not_borne'
    if (exemptParts.includes(part)) return 'exempt'
    const { state, isInReview } = facts.parts[part]
    if (isMet(part, facts.parts[part], regulation)) return state === 'verified' ? 'verified' : 'met'
    if (isInReview) return 'review'
    return state === 'verified' ? 'confirmed' : state
  }
  const parts = Object.fromEntries(OBLIGATION_PARTS.map(part => [part, standingOfPart(part)])) as Standing['parts']
  const obligations = Object.fromEntries(
    OBLIGATIONS.map(obligation => [obligation, weakest(PARTS_OF[obligation].map(part => parts[part]))]),
  ) as Standing['obligations']
  const borne = OBLIGATION_PARTS.map(part => parts[part]).filter(part => part !== 'not_borne' && part !== 'exempt')

  return {
    bearsQuota,
    bearsObligations,
    target,
    reachedTarget: target === null ? null : counts.counted >= target,
    counts,
    parts,
    obligations,
    allMet: borne.length === 0 ? null : borne.every(isMetStanding),
  }
}

/** Returns the standing of the part that is furthest from met; exempt parts count only if all are exempt. */
function weakest(parts: readonly PartStanding[]): PartStanding {
  return PART_STANDINGS.find(standing => parts.includes(standing)) ?? 'not_borne'
}
