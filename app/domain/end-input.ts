import { z } from '#app/domain/zod.ts'
import { requiredDay } from './field.ts'

/** The last day of an entry that is never edited, only ended: a signer, a legal basis, a rate. */
export const endInput = z.object({ toOn: requiredDay })
