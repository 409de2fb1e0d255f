import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredText } from './field.ts'

/** Why a closed campaign is computed once more, and the document or fact behind it. */
export const closingInput = z.object({
  reason: requiredChoice(['extract', 'appeal', 'due_process', 'correction']),
  text: requiredText(500),
})
