import { z } from '#app/domain/zod.ts'
import {
  optionalChoice,
  optionalId,
  optionalText,
  requiredChoice,
  requiredDay,
  requiredText,
  requiredWhole,
} from './field.ts'
import type { InspectionWish } from './inspection.ts'
import type { InputProblem } from './problem.ts'
import { DECISIONS, FINDING_WAYS, OPENING_PURPOSES, PICK_RESULTS } from './vocabulary.ts'

const member = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'not_a_choice' satisfies InputProblem })
  .transform(Number)

/** An inspection as it is formed: who is of the team, and the sample wanted, in per cent. */
export const inspectionInput = z
  .object({
    member: z
      .array(member)
      .min(1, { error: 'nobody_chosen' satisfies InputProblem })
      .max(20),
    certainty: requiredWhole({ min: 50, max: 99 }),
    untrueShare: requiredWhole({ min: 1, max: 50 }),
    riskPicks: requiredWhole({ min: 0, max: 50 }),
  })
  .transform(
    ({ member: memberIds, certainty, untrueShare, riskPicks }): InspectionWish => ({
      memberIds,
      certainty: certainty / 100,
      untrueShare: untrueShare / 100,
      riskPicks,
    }),
  )

/** The decision that formed the team of an inspection, and the member who leads it, as its minutes name them. */
export const teamDecisionInput = z.object({
  decisionNumber: requiredText(60),
  decisionOn: requiredDay,
  leader: optionalId,
})
export type TeamDecisionInput = z.infer<typeof teamDecisionInput>

/** What a drawn citizen's data is opened for. */
export const openingInput = z.object({ purpose: requiredChoice(OPENING_PURPOSES) })

/** What the team found at one record, and how; not reached has no way. */
export const checkInput = z.object({
  result: requiredChoice(PICK_RESULTS),
  foundBy: optionalChoice(FINDING_WAYS),
  note: optionalText(500),
})

/** Text that is kept on record: an answer, a reason. */
export const statementInput = z.object({ text: requiredText(2000) })

/** What the campaign office decides on an appeal. */
export const appealDecisionInput = z.object({ decision: requiredChoice(DECISIONS), text: requiredText(2000) })
