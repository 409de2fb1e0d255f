import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredId, requiredText } from './field.ts'
import { typedText } from './letters.ts'
import { askAbout, IMPERSONAL } from './personal-input.ts'
import type { InputProblem } from './problem.ts'
import { DIFFICULTY_ROUTES } from './vocabulary.ts'

const words = (max: number) =>
  z
    .string({ error: 'required' satisfies InputProblem })
    .overwrite(typedText)
    .trim()
    .min(1, { error: 'required' satisfies InputProblem })
    .max(max, { error: 'too_long' satisfies InputProblem })

/** A difficulty that a unit raises, and the office that is to answer it. Plan V, khó khăn, vướng mắc. */
const difficultyFields = z.object({
  unitId: requiredId,
  route: requiredChoice(DIFFICULTY_ROUTES),
  title: requiredText(150),
  body: words(3000),
  ...IMPERSONAL,
})
export const difficultyInput = difficultyFields.superRefine(askAbout('title', 'body'))
export type DifficultyInput = Omit<z.infer<typeof difficultyInput>, 'isImpersonal'>

/** A difficulty as its raiser corrects it. */
export const difficultyEditInput = difficultyFields
  .pick({ title: true, body: true, isImpersonal: true })
  .superRefine(askAbout('title', 'body'))

/** The office's answer. */
export const answerInput = z.object({ answer: words(3000), ...IMPERSONAL }).superRefine(askAbout('answer'))
