import { z } from '#app/domain/zod.ts'
import { requiredText } from './field.ts'

/** What whoever imports a list of citizens says of it, the file aside: no list without the basis that allows it (plan III.3). */
export const worklistUpload = z.object({ name: requiredText(120), legalBasis: requiredText(300) })
