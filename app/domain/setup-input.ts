import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredText } from './field.ts'
import { PROVINCE_WORDS } from './setup/steps.ts'

/** The form that uploads a list of units or localities; its file is all that it has. */
export const setupUpload = z.object({})

/** The name of the province, as it is typed when it is founded. */
export const provinceInput = z.object({
  type: requiredChoice(PROVINCE_WORDS),
  name: requiredText(60),
  code: requiredText(20),
})
