import { z } from '#app/domain/zod.ts'
import { optionalText, requiredChoice, requiredText, tick } from './field.ts'
import type { ClosingItem } from './vocabulary.ts'

const why = optionalText(500)

/** Why what waits of each line at the close is left as it is, by line; a blank takes the word back. */
export const leavingInput = z.object({
  records: why,
  obligations: why,
  exemptions: why,
  inspections: why,
  appeals: why,
  reconsiderations: why,
  disputes: why,
  extracts: why,
  figures: why,
  final_reports: why,
  notices: why,
} satisfies Record<ClosingItem, typeof why>)

/** Why a closed campaign is computed once more, and the document or fact behind it; `withLate`: the entries after the last day were looked at. */
export const closingInput = z.object({
  reason: requiredChoice(['extract', 'appeal', 'due_process', 'correction']),
  text: requiredText(500),
  withLate: tick,
})
