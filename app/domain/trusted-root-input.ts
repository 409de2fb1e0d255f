import { z } from '#app/domain/zod.ts'
import { requiredText } from './field.ts'

/** A root as an administrator enters it, beside its file: where it was taken from. */
export const trustedRootInput = z.object({ source: requiredText(500) })
