/** What papers lack until somebody enters it; they have dots for it. */
export const PAPER_GAPS = [
  'plan_title',
  'award_rates',
  'decision_authority',
  'review_bases',
  'undated_bases',
  'signers',
  'superiors',
  'signs',
  'drafting_parts',
] as const
export type PaperGap = (typeof PAPER_GAPS)[number]

/** What is known of what papers print, counted where there may be several. */
export type PaperFacts = {
  hasPlanTitle: boolean
  /** rates of bonuses in force: of collectives and of people */
  rates: number
  hasAuthority: boolean
  hasReviewBases: boolean
  undatedBases: number
  /** of the authorities directly below the province, itself among them: without a signer, superior, sign or drafting part */
  withoutSigner: number
  withoutSuperior: number
  withoutSign: number
  withoutDraftingPart: number
}

const RATES_NEEDED = 2

/** Lists what papers lack, each with how many; `count` 0: not counted. */
export function paperGaps(facts: PaperFacts): { gap: PaperGap; count: number }[] {
  const gaps: Record<PaperGap, number | boolean> = {
    plan_title: !facts.hasPlanTitle,
    award_rates: facts.rates < RATES_NEEDED,
    decision_authority: !facts.hasAuthority,
    review_bases: !facts.hasReviewBases,
    undated_bases: facts.undatedBases,
    signers: facts.withoutSigner,
    superiors: facts.withoutSuperior,
    signs: facts.withoutSign,
    drafting_parts: facts.withoutDraftingPart,
  }
  return PAPER_GAPS.flatMap(gap => {
    const lacks = gaps[gap]
    return lacks === false || lacks === 0 ? [] : [{ gap, count: lacks === true ? 0 : lacks }]
  })
}
