import { z } from '#app/domain/zod.ts'
import { optionalChoice, optionalText } from './field.ts'
import { DAY_ORDERS } from './written-day.ts'

/** A table pasted from a spreadsheet, in place of a file. */
const MAX_PASTED = 2_000_000

export const helpUpload = z.object({ table: optionalText(MAX_PASTED), dayOrder: optionalChoice(DAY_ORDERS) })
