import { z } from '#app/domain/zod.ts'
import { requiredText } from './field.ts'

/**
 * What the uploader states about a list of citizens, besides the file: no list without its legal basis (plan III.3).
 */
export const worklistUpload = z.object({ name: requiredText(120), legalBasis: requiredText(300) })
