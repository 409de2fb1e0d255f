import type { Day } from './calendar.ts'
import { type CertificateFacts, certificateFlaws } from './certificate.ts'
import type { Declaration } from './obligation-input.ts'
import type { FieldProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'
import type { ObligationPart, ObligationState, Outcome } from './vocabulary.ts'

/**
 * Lists what keeps a declaration from being recorded: a first login in the future, a certificate that ends before it
 * begins. A certificate that will not last until the cut-off, or of a kind not accepted, is recorded all the same: it
 * is not met.
 */
export function checkDeclaration(declaration: Declaration, today: Day): FieldProblem[] {
  switch (declaration.part) {
    case 'sim_signature':
      return declaration.validToOn < declaration.validFromOn
        ? [{ field: 'validToOn', reason: 'certificate_ends_before_start' }]
        : []
    case 'phone_4g':
      return []
    case 'portal_national':
    case 'portal_provincial':
      return declaration.firstLoginOn > today ? [{ field: 'firstLoginOn', reason: 'in_future' }] : []
  }
}

/** One obligation part of one official; the certificate's fields are null for the other parts. */
export type PartFacts = CertificateFacts & {
  state: ObligationState
  /** confirmed, but a full list lacks it and the unit has not cleared it yet; absent: no */
  isInReview?: true
  /** a kept signature proves that the official signs, whatever the SIM's own name rests on; absent: none does */
  isProven?: true
}

/** The parts that extracts of a telecom can show, named as the outcomes that they show. */
export const EXTRACTED_PARTS = ['sim_signature', 'phone_4g'] as const satisfies readonly (ObligationPart & Outcome)[]
export type ExtractedPart = (typeof EXTRACTED_PARTS)[number]

export function isExtractedPart(part: ObligationPart): part is ExtractedPart {
  return EXTRACTED_PARTS.some(word => word === part)
}

/** What one applied extract says of a part: it shows it, or is a full list that covers the official and lacks it. */
export type PartEvidence = { extractId: number; asOfOn: Day; shows: boolean }

/** The extract that decides about a part: of the latest as-of date, on the same date one that shows; null: none. */
export function decidingExtract(evidence: readonly PartEvidence[]): PartEvidence | null {
  const [first] = evidence.toSorted(
    (one, other) =>
      other.asOfOn.localeCompare(one.asOfOn) ||
      Number(other.shows) - Number(one.shows) ||
      other.extractId - one.extractId,
  )
  return first ?? null
}

/**
 * Decides whether a part is met (plan IV.1): at least confirmed. `sim_signature` must also be in the official's own
 * name, with a certificate of an accepted kind that is valid on the cut-off date. A part that a full list lacks waits
 * for the unit.
 */
export function isMet(
  part: ObligationPart,
  facts: PartFacts,
  regulation: Pick<Regulation, 'endsOn' | 'certificateKinds'>,
): boolean {
  if ((facts.state !== 'confirmed' && facts.state !== 'verified') || facts.isInReview) return false
  return part !== 'sim_signature' || certificateFlaws(facts, regulation).length === 0
}

export type ObligationMove = 'declare' | 'confirm' | 'return' | 'verify'

const MOVES: Record<ObligationMove, { from: readonly ObligationState[]; to: ObligationState }> = {
  declare: { from: ['missing', 'declared', 'returned', 'confirmed', 'verified'], to: 'declared' },
  confirm: { from: ['declared'], to: 'confirmed' },
  return: { from: ['declared', 'confirmed'], to: 'returned' },
  verify: { from: ['confirmed'], to: 'verified' },
}

/**
 * The state to which a move leads; null where it is not open. A new declaration (a renewed certificate, say) is open at
 * any time and waits for confirmation again.
 */
export function moveObligation(state: ObligationState, move: ObligationMove): ObligationState | null {
  return MOVES[move].from.includes(state) ? MOVES[move].to : null
}
