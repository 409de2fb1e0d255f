import { z } from '#app/domain/zod.ts'
import { requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'

const id = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'not_a_choice' satisfies InputProblem })
  .transform(Number)

/**
 * Rows chosen in a list (`chon`): a field for each, or several in one with spaces between, as a button for all sends
 * them. At least one, at most as many as one transaction takes.
 */
const chosen = <Row extends z.ZodType<unknown, string>>(row: Row) =>
  z
    .array(z.string(), { error: 'nobody_chosen' satisfies InputProblem })
    .transform(fields => fields.flatMap(field => field.split(' ')).filter(text => text !== ''))
    .pipe(
      z
        .array(row)
        .min(1, { error: 'nobody_chosen' satisfies InputProblem })
        .max(200, { error: 'too_many_chosen' satisfies InputProblem }),
    )

/** Rows ticked in a list. */
export const choiceInput = z.object({ chon: chosen(id) })

/** The same with the reason for which they are sent back. */
export const returnInput = choiceInput.extend({ reason: requiredText(500) })

/** A record as the page showed it: `id.revision`. */
const shownRecord = z
  .string()
  .regex(/^\d{1,15}\.\d{1,9}$/, { error: 'not_a_choice' satisfies InputProblem })
  .transform(text => {
    const [helpId = 0, revision = 0] = text.split('.').map(Number)
    return { helpId, revision }
  })

/** Records ticked in a list, each with the revision that was shown: what changed since is neither confirmed nor returned. */
export const shownInput = z.object({ chon: chosen(shownRecord) })

/** The same with the reason for which they are sent back. */
export const shownReturnInput = shownInput.extend({ reason: requiredText(500) })
