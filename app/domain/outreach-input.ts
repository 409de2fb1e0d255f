import { z } from '#app/domain/zod.ts'
import type { Day } from './calendar.ts'
import { optionalText, requiredChoice, requiredDay, requiredText, requiredWhole, tick } from './field.ts'
import type { FieldProblem } from './problem.ts'
import { OUTREACH_CHANNELS } from './vocabulary.ts'

/** One outreach activity as it is logged. Plan III.1. */
export const outreachInput = z.object({
  channel: requiredChoice(OUTREACH_CHANNELS),
  heldOn: requiredDay,
  localityCode: requiredText(10),
  place: requiredText(200),
  people: requiredWhole({ min: 0, max: 2_000_000 }),
  note: optionalText(500),
})
export type OutreachInput = z.infer<typeof outreachInput>

/** The form's shape: besides the activity, `isAnother` says that it is another one than the same one logged before. */
export const outreachForm = outreachInput.extend({ isAnother: tick })

/** Returns why an activity cannot be logged: its day is in the future, or before the campaign. */
export function checkOutreach(
  { heldOn }: { heldOn: Day },
  { today, startsOn }: { today: Day; startsOn: Day },
): FieldProblem[] {
  if (heldOn > today) return [{ field: 'heldOn', reason: 'in_future' }]
  return heldOn < startsOn ? [{ field: 'heldOn', reason: 'outside_campaign' }] : []
}
