import { splitCardText } from '#app/domain/card.ts'
import { type HelpInput, helpInput } from '#app/domain/help.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { z } from '#app/domain/zod.ts'
import { COMPANION } from '#app/ui/companion-choices.tsx'
import { readForm } from '../_web/form.server.ts'

/**
 * The form puts a day ready beside every outcome, and shows it where `achieved` is chosen: without that choice the day
 * was never said. A desk scanner may have typed a card's whole text into one field.
 */
const sentHelp = z.preprocess(sent => {
  const row: Record<string, unknown> = { ...splitCardText(sent as Record<string, unknown>) }
  for (const outcome of OUTCOMES) if (row[`outcome_${outcome}`] !== 'achieved') delete row[`outcome_${outcome}_on`]
  return row
}, helpInput)

/** Reads the help form of `ui/help-form.tsx`. */
export const readHelpForm = (form: FormData) =>
  readForm(form, sentHelp, [COMPANION, 'lateDocumentNumber', 'lateDocumentOn'])

/** The form asks no day of what was there before; one that is known, from an import, stays. */
export function keepFormerDays(input: HelpInput, former: HelpInput['outcomes']): HelpInput {
  const outcomes = { ...input.outcomes }
  for (const outcome of OUTCOMES) {
    const fact = former[outcome]
    if (fact?.value === 'already_had' && outcomes[outcome]?.value === 'already_had') outcomes[outcome] = fact
  }
  return { ...input, outcomes }
}
