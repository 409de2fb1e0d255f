import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredDay } from './field.ts'
import { ASSOCIATIONS } from './vocabulary.ts'

/** What a list is of: a unit's staff, or the members of one association. */
const LIST_KINDS = ['staff', ...ASSOCIATIONS] as const

/** The form that uploads a roster, without its file. */
export const rosterUpload = z.object({ list: requiredChoice(LIST_KINDS), fromOn: requiredDay })
