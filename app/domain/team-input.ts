import { z } from '#app/domain/zod.ts'
import { optionalDay, optionalText, requiredChoice, requiredDay, requiredId, requiredText, tick } from './field.ts'
import type { InputProblem } from './problem.ts'
import { TEAM_KINDS } from './vocabulary.ts'

/** A team as it is formed: what kind, its name, where it works ('' the whole commune), the decision that formed it. */
export const teamInput = z.object({
  kind: requiredChoice(TEAM_KINDS),
  name: requiredText(120),
  hamlet: optionalText(100).transform(hamlet => hamlet ?? ''),
  decisionNumber: optionalText(60).transform(number => number ?? ''),
})
export type TeamInput = z.infer<typeof teamInput>

/** A member from–to; `isPaid`: paid from the budget already, and so not on the timesheet. */
export const memberInput = z
  .object({ officialId: requiredId, isLeader: tick, isPaid: tick, fromOn: requiredDay, toOn: optionalDay })
  .superRefine(({ fromOn, toOn }, context) => {
    if (toOn !== null && toOn < fromOn)
      context.addIssue({ code: 'custom', path: ['toOn'], message: 'ends_before_start' satisfies InputProblem })
  })
export type MemberInput = z.infer<typeof memberInput>

/** The answer to an offer of a place in a chapter or a team. */
export const joinAnswerInput = z.object({ answer: requiredChoice(['accepted', 'refused']) })
