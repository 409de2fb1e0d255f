import { z } from '#app/domain/zod.ts'
import {
  optionalChoice,
  optionalDay,
  optionalIdNumber,
  optionalPhone,
  optionalYear,
  requiredChoice,
  requiredText,
} from './field.ts'
import { typedName } from './help.ts'
import type { InputProblem } from './problem.ts'
import { isLostFont } from './vietnamese-encoding.ts'
import { SEXES } from './vocabulary.ts'

/**
 * A correction of an official as it is typed. A blank birth, sex, number or phone leaves what is known; a year alone
 * takes the place of a day.
 */
export const correctionInput = z.object({
  name: typedName.refine(name => !isLostFont(name), { error: 'name_lost_font' satisfies InputProblem }),
  birthOn: optionalDay,
  birthYear: optionalYear,
  sex: optionalChoice(SEXES),
  number: optionalIdNumber,
  phone: optionalPhone,
  reason: requiredText(500),
})
export type CorrectionInput = z.infer<typeof correctionInput>

/** Which entry is one person with this one (its staff code), which sign-in goes on, and how that is known. */
export const mergeInput = z.object({
  staffCode: requiredText(50),
  account: requiredChoice(['this', 'other']),
  reason: requiredText(500),
})
export type MergeInput = z.infer<typeof mergeInput>

export const correctionAnswerInput = z.object({ answer: requiredChoice(['accepted', 'refused', 'withdrawn']) })
export type CorrectionAnswer = z.infer<typeof correctionAnswerInput>['answer']
