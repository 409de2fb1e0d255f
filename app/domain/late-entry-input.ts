import { optionalDay, optionalText } from './field.ts'
import type { LateDocument } from './late-entry.ts'
import { z } from './zod.ts'

const lateEntryInput = z
  .object({ lateDocumentNumber: optionalText(60).catch(null), lateDocumentOn: optionalDay.catch(null) })
  .transform(
    ({ lateDocumentNumber, lateDocumentOn }): LateDocument => ({
      number: lateDocumentNumber,
      on: lateDocumentOn,
    }),
  )

/** Reads the document of a late entry from the fields of a form; what cannot be read counts as left blank. */
export function readLateDocument(fields: Iterable<readonly [string, unknown]>): LateDocument {
  return lateEntryInput.parse(Object.fromEntries(fields))
}
