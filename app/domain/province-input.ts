import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredDay, requiredText } from './field.ts'
import { PROVINCE_TYPES } from './province.ts'

/** How the province is called from a day on, as the campaign office enters it; never edited, the next one replaces it. */
export const provinceInput = z.object({
  fromOn: requiredDay,
  type: requiredChoice(PROVINCE_TYPES),
  name: requiredText(60),
  place: requiredText(60),
  telecomOffice: requiredText(120),
  document: requiredText(200),
})
export type ProvinceInput = z.infer<typeof provinceInput>
