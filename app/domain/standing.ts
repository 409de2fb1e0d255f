import { isMet, type PartFacts } from './obligation.ts'
import type { Regulation } from './regulation.ts'
import {
  type Category,
  type ExemptionPart,
  OBLIGATION_PARTS,
  OBLIGATIONS,
  type Obligation,
  type ObligationPart,
  PART_STANDINGS,
  PARTS_OF,
  type PartBasis,
  type PartStanding,
  recordOf,
} from './vocabulary.ts'

/** What a verified part can rest on: a telecom's extract, the official's own sign-in at the portal, or own signature. */
export const VERIFIED_BY = {
  sim_signature: ['extract', 'proof'],
  phone_4g: ['extract'],
  portal_national: ['proof'],
  portal_provincial: ['proof'],
} as const satisfies Record<ObligationPart, readonly Exclude<PartBasis, 'unit'>[]>

/** True for a basis on which a part may rest. */
export const canRestOn = (part: ObligationPart, basis: PartBasis): boolean =>
  basis === 'unit' || VERIFIED_BY[part].some(word => word === basis)

/**
 * What a part rests on (plan IV.1): own act, extract, or the unit's word; null: it is not met. `isProven`: a signature of
 * one's own proves it, and then the SIM's own name alone rests on an extract or the unit's word.
 */
export function partBasis(part: ObligationPart, standing: PartStanding, isProven = false): PartBasis | null {
  if (standing === 'verified') return isProven ? 'proof' : VERIFIED_BY[part][0]
  return standing === 'met' ? 'unit' : null
}

/** A part that somebody bears, and what it rests on; null: it is not met. */
export type RestsOn = { part: ObligationPart; basis: PartBasis | null }

/** Lists the parts that somebody bears, in the plan's order, each with what it rests on; papers about a person cite it. */
export const partBases = (parts: Standing['parts']): RestsOn[] =>
  OBLIGATION_PARTS.filter(part => isBorne(parts[part])).map(part => ({ part, basis: partBasis(part, parts[part]) }))

/** True if a part, or an obligation, is met; an extract or an own act may show it too. */
export const isMetStanding = (standing: PartStanding) => standing === 'met' || standing === 'verified'

/** True unless it is lifted by an exemption, or the category does not bear it. */
export const isBorne = (standing: PartStanding) => standing !== 'exempt' && standing !== 'not_borne'

/** True if nothing is left to do: met, or not borne. */
export const isSettledStanding = (standing: PartStanding) => isMetStanding(standing) || !isBorne(standing)
export const isOpen = (standing: PartStanding) => !isSettledStanding(standing)

/**
 * The parts that wait for the official: not declared, sent back, confirmed but not met, or declared with a certificate
 * that will not be met by being confirmed.
 */
function partsToDo({ parts }: Pick<Standing, 'parts'>, isCertificateFlawed: boolean): ObligationPart[] {
  const waits: readonly PartStanding[] = ['missing', 'returned', 'confirmed']
  return OBLIGATION_PARTS.filter(
    part => waits.includes(parts[part]) || (part === 'sim_signature' && isCertificateFlawed && isWithUnit(parts[part])),
  )
}

/** True where the unit has the word: declared, or missing from a full list. */
const isWithUnit = (standing: PartStanding) => standing === 'declared' || standing === 'review'

/** What is done and missing of an official's own, as every page, reminder and mail tells it in one sentence. */
export type OwnState = {
  counted: number
  /** null: none */
  target: number | null
  shortage: number
  /** records that are complete and wait for the unit's confirmation */
  awaiting: number
  /** parts that the official has to declare, mend or renew */
  toDo: ObligationPart[]
  /** parts that wait for the unit */
  withUnit: ObligationPart[]
  /** of the signature's part the SIM's own name alone waits there; absent: no */
  isOwnNameLeft?: true
}

/** Puts together what every page says of an official's own work. */
export function ownState(
  standing: Pick<Standing, 'counts' | 'target' | 'parts' | 'isSignatureProven'>,
  { awaiting, isCertificateFlawed }: { awaiting: number; isCertificateFlawed: boolean },
): OwnState {
  const toDo = partsToDo(standing, isCertificateFlawed)
  const withUnit = OBLIGATION_PARTS.filter(part => isWithUnit(standing.parts[part]) && !toDo.includes(part))
  return {
    counted: standing.counts.counted,
    target: standing.target,
    shortage: shortageOf(standing.target, standing.counts.counted),
    awaiting,
    toDo,
    withUnit,
    ...(standing.isSignatureProven && withUnit.includes('sim_signature') ? { isOwnNameLeft: true } : {}),
  }
}

/** Citizens still missing to a target; 0 without one. */
export const shortageOf = (target: number | null, counted: number) =>
  target === null ? 0 : Math.max(0, target - counted)

/** An official's help records by verdict; `countedAny` under the other reading of the quota than the regulation's. */
export type HelpCounts = { reported: number; counted: number; verified: number; countedAny: number }

/** The same counts under the other reading of the quota. */
export const otherReading = (counts: HelpCounts): HelpCounts => ({ ...counts, counted: counts.countedAny })

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
  /** the signature is proven by one's own act, whatever the SIM's own name rests on; absent: it is not */
  isSignatureProven?: true
  /** Null where no obligation is borne without exemption. */
  allMet: boolean | null
}

/**
 * Computes the standing of an official (plan IV.1). The category at the cut-off decides who bears what; an exemption
 * lifts single parts or the quota. A part that does not hold is borne by nobody. Nothing is pro-rated.
 */
export function standingOf(facts: StandingFacts, regulation: Regulation): Standing {
  const { posting, counts, exemptParts } = facts
  const bearsQuota = posting !== null && regulation.quotaCategories.includes(posting.category)
  const bearsObligations =
    posting !== null && regulation.heldParts.length > 0 && regulation.obligationCategories.includes(posting.category)
  const target = bearsQuota && !exemptParts.includes('quota') ? facts.target : null

  const standingOfPart = (part: ObligationPart): PartStanding => {
    if (!bearsObligations || !regulation.heldParts.includes(part)) return 'not_borne'
    if (exemptParts.includes(part)) return 'exempt'
    const { state, isInReview } = facts.parts[part]
    if (isMet(part, facts.parts[part], regulation)) return state === 'verified' ? 'verified' : 'met'
    if (isInReview) return 'review'
    return state === 'verified' ? 'confirmed' : state
  }
  const parts = recordOf(OBLIGATION_PARTS, standingOfPart)
  const obligations = recordOf(OBLIGATIONS, obligation => weakest(PARTS_OF[obligation].map(part => parts[part])))
  const borne = Object.values(parts).filter(isBorne)

  return {
    bearsQuota,
    bearsObligations,
    target,
    reachedTarget: reaches(target, counts),
    counts,
    parts,
    obligations,
    ...(facts.parts.sim_signature.isProven && isBorne(parts.sim_signature) ? { isSignatureProven: true } : {}),
    allMet: borne.length === 0 ? null : borne.every(isMetStanding),
  }
}

const reaches = (target: number | null, { counted }: HelpCounts) => (target === null ? null : counted >= target)

/** A standing under the other reading of the quota than the regulation's. */
export function underOtherReading(standing: Standing): Standing {
  const counts = otherReading(standing.counts)
  return { ...standing, counts, reachedTarget: reaches(standing.target, counts) }
}

/** Returns the standing of the part that is furthest from met; exempt parts count only if all are exempt. */
function weakest(parts: readonly PartStanding[]): PartStanding {
  return PART_STANDINGS.find(standing => parts.includes(standing)) ?? 'not_borne'
}
