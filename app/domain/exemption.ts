import type { Day } from './calendar.ts'
import type { FieldProblem } from './problem.ts'
import type { Regulation } from './regulation.ts'
import type { ExemptionPart, ExemptionReason } from './vocabulary.ts'

/** A request to exempt an official: which parts it lifts, why, by which document, from when to when (both inclusive). */
export type ExemptionInput = {
  parts: ExemptionPart[]
  reason: ExemptionReason
  /** null: the reason speaks for itself */
  reasonText: string | null
  documentNumber: string
  fromOn: Day
  toOn: Day
}

export type ExemptionDecision = { decision: 'approved' | 'rejected'; decisionReason: string | null }

/**
 * Lists what keeps an exemption from being requested: a span that ends before it begins, another reason without its
 * words, a part that already waits for a decision (`asked`). An exemption that does not cover the cut-off is recorded
 * all the same, but lifts nothing. Plan IV.1.
 */
export function checkExemption(input: ExemptionInput, asked: readonly ExemptionPart[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (input.parts.some(part => asked.includes(part)))
    problems.push({ field: 'part', reason: 'exemption_asked_already' })
  if (input.reason === 'other' && input.reasonText === null) problems.push({ field: 'reasonText', reason: 'required' })
  if (input.toOn < input.fromOn) problems.push({ field: 'toOn', reason: 'ends_before_start' })
  return problems
}

/**
 * True where a unit's own head may exempt one more: with them no more of its people are exempt than the share, or the
 * least number, allows. Beyond that the level above decides (domain 3).
 */
export function isWithinShare(
  { exempt, people }: { exempt: number; people: number },
  { exemptionShare }: Pick<Regulation, 'exemptionShare'>,
): boolean {
  return exempt <= Math.max(exemptionShare.people, Math.floor(exemptionShare.share * people))
}

/** A head who could decide, by the unit of their grant. */
export type ExemptionDecider = { accountId: number; officialId: number | null; unitId: number; unitPath: string }

/**
 * Those of a unit's heads, and of the heads above, who may decide on an exemption (domain 3): never the official, never
 * one who is no second person to the asker (`isSecond`); about a head only from above, at the root by another head; and nobody below a level that
 * has decided on this part before (`decidedPaths`). Approving is left to units whose share allows it (`isWithin`).
 */
export function exemptionDeciders<Decider extends ExemptionDecider>(
  heads: readonly Decider[],
  about: { officialId: number; headPaths: readonly string[]; decidedPaths: readonly string[] },
  { isWithin, isSecond }: { isWithin: (decider: Decider) => boolean; isSecond: (accountId: number) => boolean },
): Decider[] {
  return heads.filter(head => {
    const { accountId, officialId, unitPath } = head
    const isRoot = unitPath.split('/').length === 3
    if (officialId === about.officialId || !isSecond(accountId)) return false
    if (!isRoot && about.headPaths.some(path => unitPath.startsWith(path))) return false
    if (about.decidedPaths.some(path => path.length < unitPath.length && unitPath.startsWith(path))) return false
    return isRoot || isWithin(head)
  })
}
