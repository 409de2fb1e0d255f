import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredDay, requiredText, requiredWhole, tick } from './field.ts'
import { CATEGORIES } from './vocabulary.ts'

/** An official's new posting as it is typed. */
export const transferInput = z.object({
  unitId: requiredWhole({ min: 1, max: 999_999_999 }),
  position: requiredText(100),
  category: requiredChoice(CATEGORIES),
  isLeader: tick,
  fromOn: requiredDay,
})
