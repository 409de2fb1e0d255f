import { z } from '#app/domain/zod.ts'
import { MOST_SHEETS } from './offline.ts'
import { CONSENT_VERSIONS, OPENING_PURPOSES } from './vocabulary.ts'

const instant = z.int().min(0)

/** The form's names are plain words: what has brackets or dots would be read as a path. */
const fieldName = z
  .string()
  .max(60)
  .regex(/^[\w-]+$/)

const id = z.int().positive()

/**
 * One form that a phone kept while it had no network, as it is sent. It holds the form's entries, its owner, and when it
 * was typed and sent by the phone's own clock. A record's submission key, and the revision that a correction or a
 * contact was typed against, are among the entries; a sheet's `subject` says how it was when it was taken along.
 */
export const outboxInput = z.object({
  accountId: id,
  campaignId: id,
  /** phones with an earlier build send records only, without a subject */
  subject: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('record') }),
      z.object({ kind: z.literal('correction'), helpId: id }),
      z.object({ kind: z.literal('contact'), assignmentId: id }),
      z.object({
        kind: z.literal('check'),
        inspectionId: id,
        helpId: id,
        from: z.object({ checkedAt: instant.nullable(), revision: z.int().min(0) }),
      }),
    ])
    .default({ kind: 'record' }),
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
export type OutboxInput = z.infer<typeof outboxInput>

/** The sheets of an inspection that a phone asks for, and what for. */
export const takingInput = z.object({
  inspectionId: id,
  helpIds: z.array(id).min(1).max(MOST_SHEETS),
  purpose: z.enum(OPENING_PURPOSES),
})
