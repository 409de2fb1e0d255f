import { z } from '#app/domain/zod.ts'
import { choiceInput } from './choice-input.ts'
import {
  optionalChoice,
  optionalIdNumber,
  optionalText,
  optionalYear,
  requiredChoice,
  requiredDay,
  requiredId,
  requiredText,
  requiredWhole,
} from './field.ts'
import { readIdNumber } from './id-number.ts'
import type { InputProblem } from './problem.ts'
import { AWARD_FORMS, ROUND_KINDS, ROUND_STAGES, SEXES } from './vocabulary.ts'

const optionalCount = z
  .string()
  .trim()
  .optional()
  .refine(text => !text || /^\d{1,6}$/.test(text), { error: 'not_a_count' satisfies InputProblem })
  .transform(text => (text ? Number(text) : null))

/** A round as home affairs opens it; a cap left blank is none. */
export const roundInput = z.object({
  kind: requiredChoice(ROUND_KINDS),
  name: requiredText(200),
  proposalsDueOn: requiredDay,
  individualCap: optionalCount,
  collectiveCap: optionalCount,
})
export type RoundInput = z.infer<typeof roundInput>

/** Several officials or collectives proposed from the frozen list, with one form and one initial text. */
export const proposalInput = choiceInput.extend({
  kind: requiredChoice(['official', 'collective']),
  form: optionalChoice(AWARD_FORMS),
  achievement: optionalText(2000),
  /** of collectives that are not eligible: why they are proposed all the same */
  exceptionReason: optionalText(1000),
})

/** Every eligible official or collective of a unit and below, proposed in one act. */
export const proposeAllInput = proposalInput.omit({ chon: true, exceptionReason: true }).extend({ unitId: requiredId })

/** A sealed annex as a whole: where it goes, and why it goes back. */
export const annexInput = z
  .object({
    viec: requiredChoice(['pass', 'return']),
    reason: optionalText(500),
  })
  .superRefine(({ viec, reason }, context) => {
    if (viec === 'return' && reason === null)
      context.addIssue({ code: 'custom', path: ['reason'], message: 'required' satisfies InputProblem })
  })

/** Everybody at a station whom the actor may pass on, in one act. */
export const passGroupInput = z.object({
  stage: requiredChoice(ROUND_STAGES),
  part: requiredChoice(['persons', 'collectives']),
})

/** tóm tắt thành tích, in the unit's words, and the form of award that it proposes. */
export const achievementInput = z.object({ form: requiredChoice(AWARD_FORMS), achievement: requiredText(2000) })

/** Somebody from outside the rosters: telecom collaborators, hamlet teams, enterprises (domain 9). */
const outsideFields = z.object({
  unitId: requiredId,
  kind: requiredChoice(['outside_person', 'outside_collective']),
  name: requiredText(150),
  /** what they are: "Cộng tác viên Viettel", "Tổ công nghệ số cộng đồng ấp 3" */
  description: requiredText(200),
  sex: z
    .string()
    .optional()
    .transform(value => SEXES.find(sex => sex === value) ?? null),
  birthYear: optionalYear,
  /** personal number, kept as a keyed hash alone; tells apart people of one name and birth year */
  number: optionalIdNumber,
  form: requiredChoice(AWARD_FORMS),
  achievement: requiredText(2000),
  /** khen thưởng đã có, as the unit was told: none, or those of `awardsText` */
  awards: requiredChoice(['none', 'some']),
  awardsText: optionalText(500),
})
/** A person needs a birth year, which agrees with their number; earlier awards are named where there are some. */
const checkOutside = (
  input: Pick<z.infer<typeof outsideFields>, 'kind' | 'birthYear' | 'number' | 'awards' | 'awardsText'>,
  context: z.core.$RefinementCtx,
) => {
  const add = (path: string, message: InputProblem) => context.addIssue({ code: 'custom', path: [path], message })
  if (input.awards === 'some' && input.awardsText === null) add('awardsText', 'required')
  if (input.kind !== 'outside_person') return
  if (input.birthYear === null) add('birthYear', 'required')
  const reading = input.number === null ? null : readIdNumber(input.number)
  if (reading?.ok && input.birthYear !== null && reading.birthYear !== input.birthYear)
    add('birthYear', 'birth_disagrees')
}
export const outsideInput = outsideFields.superRefine(checkOutside)
export type OutsideInput = Omit<z.infer<typeof outsideInput>, 'unitId'>

/** The same for a correction: the unit and the kind of a proposal stay. */
export const outsideEditInput = outsideFields.omit({ unitId: true }).superRefine(checkOutside)

/** The decision that ends a round, and the number of the first certificate in the register. */
export const decisionInput = z.object({
  decisionNumber: requiredText(60),
  decisionOn: requiredDay,
  firstCertificate: requiredWhole({ min: 1, max: 999_999 }),
})
export type DecisionInput = z.infer<typeof decisionInput>

/** An earlier award, as a unit or home affairs enters it. */
export const awardInput = z.object({
  name: requiredText(200),
  year: requiredWhole({ min: 1975, max: 2100 }),
  decisionNumber: requiredText(60),
})
export type AwardInput = z.infer<typeof awardInput>
