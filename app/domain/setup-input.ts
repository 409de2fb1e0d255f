import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredText } from './field.ts'
import { PROVINCE_WORDS } from './province.ts'

/** The form that uploads a list of units or localities; its file is all that it has. */
export const setupUpload = z.object({})

/** The name of the province, as it is typed when it is founded. */
export const foundingInput = z.object({
  type: requiredChoice([PROVINCE_WORDS.province, PROVINCE_WORDS.city]),
  name: requiredText(60),
  code: requiredText(20),
})
