import { z } from '#app/domain/zod.ts'
import { MOST_MEMBERS } from './council.ts'
import { optionalText, requiredDay, requiredText, requiredTime, tick } from './field.ts'
import { typedText } from './letters.ts'
import type { InputProblem } from './problem.ts'

/** Names, one a line; at least one where they are required. */
const names = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
const members = z
  .string({ error: 'required' satisfies InputProblem })
  .overwrite(typedText)
  .transform(names)
  .refine(found => found.length > 0, { error: 'required' satisfies InputProblem })
  .refine(found => found.length <= MOST_MEMBERS, { error: 'too_long' satisfies InputProblem })

/** A meeting of the council as home affairs records it, with the table of votes as it was typed or pasted. */
export const councilInput = z
  .object({
    metOn: requiredDay,
    startedAt: requiredTime,
    endedAt: requiredTime,
    place: requiredText(200),
    chair: requiredText(150),
    secretary: requiredText(150),
    present: members,
    absent: optionalText(5000).transform(text => names(text ?? '')),
    isUnanimous: tick,
    votes: optionalText(50_000).transform(text => text ?? ''),
  })
  .superRefine(({ startedAt, endedAt }, context) => {
    if (endedAt <= startedAt)
      context.addIssue({ code: 'custom', path: ['endedAt'], message: 'ends_before_start' satisfies InputProblem })
  })
export type CouncilInput = z.output<typeof councilInput>

/** What is added to the minutes after the meeting. */
export const supplementInput = z.object({ body: requiredText(2000) })
