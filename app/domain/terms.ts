import type { Regulation } from './regulation.ts'
import type { Standing } from './standing.ts'
import {
  EXEMPTION_PARTS,
  type ExemptionPart,
  LACKINGS,
  type Lacking,
  OBLIGATION_PARTS,
  OBLIGATIONS,
  type Obligation,
  type ObligationPart,
  OUTCOMES,
  type Outcome,
  PARTS_OF,
} from './vocabulary.ts'

/** What of the known obligations and outcomes a campaign asks for, in the order of the vocabulary. */
export type Terms = {
  obligations: readonly Obligation[]
  parts: readonly ObligationPart[]
  outcomes: readonly Outcome[]
  /** what an exemption may lift */
  exemptionParts: readonly ExemptionPart[]
  /** by what officials may be looked for who lack something */
  lackings: readonly Lacking[]
}

/** All that is known, where no campaign is shown. */
export const EVERY_TERM = { heldParts: [...OBLIGATION_PARTS], heldOutcomes: [...OUTCOMES] }

/**
 * Decides what holds in a campaign; what does not hold is in none of its forms, columns, papers, judgements, reminders. An
 * obligation holds where one of its parts does. Plan IV.1.
 */
export function heldTerms({ heldParts, heldOutcomes }: Pick<Regulation, 'heldParts' | 'heldOutcomes'>): Terms {
  const isPart = (word: string): word is ObligationPart => OBLIGATION_PARTS.some(part => part === word)
  const holds = (word: string) => !isPart(word) || heldParts.includes(word)
  return {
    obligations: OBLIGATIONS.filter(obligation => PARTS_OF[obligation].some(part => heldParts.includes(part))),
    parts: OBLIGATION_PARTS.filter(holds),
    outcomes: OUTCOMES.filter(outcome => heldOutcomes.includes(outcome)),
    exemptionParts: EXEMPTION_PARTS.filter(holds),
    lackings: LACKINGS.filter(word => (word === 'obligation' ? heldParts.length > 0 : holds(word))),
  }
}

/** How a campaign's own plan calls what holds in it; what is absent is called as everywhere. */
export type TermWords = {
  obligation?: Partial<Record<Obligation, string>>
  part?: Partial<Record<ObligationPart, string>>
  outcome?: Partial<Record<Outcome, string>>
}

/** What a campaign holds and how its plan calls it, as pages and copies for phones get it: `campaignTerms` spells it out. */
export type HeldTerms = Pick<Regulation, 'heldParts' | 'heldOutcomes'> & { words: TermWords }

/** True where all that is known holds and is called as everywhere: a page needs not be sent any of that. */
export const isEveryTerm = ({ heldParts, heldOutcomes, words }: HeldTerms): boolean =>
  heldParts.length === OBLIGATION_PARTS.length &&
  heldOutcomes.length === OUTCOMES.length &&
  Object.keys(words).length === 0

/** The obligations that a person bears, or is exempt from: of those that hold in the campaign. */
export const ownObligations = ({ obligations }: Pick<Standing, 'obligations'>): Obligation[] =>
  OBLIGATIONS.filter(obligation => obligations[obligation] !== 'not_borne')
