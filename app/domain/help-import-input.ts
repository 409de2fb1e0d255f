import { z } from '#app/domain/zod.ts'
import { optionalText } from './field.ts'

/** A table pasted from a spreadsheet, in place of a file. */
const MAX_PASTED = 2_000_000

export const helpUpload = z.object({ table: optionalText(MAX_PASTED) })
