import { z } from '#app/domain/zod.ts'
import { optionalDay, requiredChoice, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import {
  DECISIONS,
  type Decision,
  RECONSIDERATION_KINDS,
  type ReconsiderationKind,
  type VerdictReason,
} from './vocabulary.ts'

/** What is known of a record when its official asks to look again (đề nghị xem lại, domain 5). */
type Facts = {
  isWithdrawn: boolean
  isErased: boolean
  reason: VerdictReason
  /** an inspection found this very record untrue: its result is contested by an appeal instead */
  hasOwnAppeal: boolean
  /** an extract's contradiction is kept with the citizen's number */
  isContradictionKept: boolean
  /** extracts spoke about the day of the must-achieve outcome */
  isDayChecked: boolean
}

/**
 * Returns what the record's official may ask the inspecting body: to look again at what bars it, or to change a day that
 * extracts spoke about. Plan IV.2.
 */
export function offersOf(facts: Facts): ReconsiderationKind[] {
  if (facts.isWithdrawn || facts.isErased) return []
  const isBarred =
    facts.reason === 'citizen_denied' ||
    (facts.reason === 'inspection_failed' && !facts.hasOwnAppeal) ||
    facts.isContradictionKept
  return RECONSIDERATION_KINDS.filter(kind => (kind === 'bar' ? isBarred : facts.isDayChecked))
}

/** Returns why it cannot be asked now; null if it can: one open at a time, and each kind decided once for a record. */
export function checkReconsideration(
  kind: ReconsiderationKind,
  { asked, ...facts }: Facts & { asked: readonly { kind: ReconsiderationKind; decision: Decision | null }[] },
): InputProblem | null {
  if (asked.some(({ decision }) => decision === null)) return 'reconsideration_open'
  if (!offersOf(facts).includes(kind)) return 'reconsideration_unneeded'
  return asked.some(one => one.kind === kind && one.decision === 'dismissed') ? 'reconsideration_decided' : null
}

/** The form of a request: what is asked, why, and for a day the one wanted. */
export const reconsiderationInput = z
  .object({ kind: requiredChoice(RECONSIDERATION_KINDS), proposedOn: optionalDay, reason: requiredText(1000) })
  .superRefine(({ kind, proposedOn }, context) => {
    if (kind === 'day' && proposedOn === null)
      context.addIssue({ code: 'custom', path: ['proposedOn'], message: 'required' satisfies InputProblem })
  })

/** The decision on a request, with its reason. */
export const reconsiderationDecisionInput = z.object({
  decision: requiredChoice(DECISIONS),
  reason: requiredText(1000),
})
