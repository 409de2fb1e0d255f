import { z } from '#app/domain/zod.ts'
import { optionalText, requiredChoice, requiredText, tick } from './field.ts'

/** Why what waits at the close is left as it is; blank takes the word back. */
export const leavingInput = z.object({ reason: optionalText(500) })

/** Why a closed campaign is computed once more, and the document or fact behind it; `withLate`: the entries after the last day were looked at. */
export const closingInput = z.object({
  reason: requiredChoice(['extract', 'appeal', 'due_process', 'correction']),
  text: requiredText(500),
  withLate: tick,
})
