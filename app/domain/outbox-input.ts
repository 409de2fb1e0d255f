import { z } from '#app/domain/zod.ts'
import { CONSENT_VERSIONS } from './vocabulary.ts'

const instant = z.int().min(0)

/** The form's names are plain words: what has brackets or dots would be read as a path. */
const fieldName = z
  .string()
  .max(60)
  .regex(/^[\w-]+$/)

/**
 * One record that a phone kept while it had no network, as it is sent. It holds the help form's entries, its owner, and
 * when it was typed and sent by the phone's own clock. Its submission key is among the entries.
 */
export const outboxInput = z.object({
  accountId: z.int().positive(),
  campaignId: z.int().positive(),
  entries: z.array(z.tuple([fieldName, z.string().max(4000)])).max(200),
  enteredAt: instant,
  sentAt: instant,
  contactAt: instant.nullable(),
  /** the day of the visit was chosen by hand, not filled in by the phone's clock */
  isDayChosen: z.boolean(),
  consentVersion: z.enum(CONSENT_VERSIONS),
  /** the code that the citizen was shown; null: none */
  code: z.string().max(40).nullable(),
})
