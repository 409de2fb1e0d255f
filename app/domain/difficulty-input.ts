import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredId, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { DIFFICULTY_ROUTES } from './vocabulary.ts'

const words = (max: number) =>
  z
    .string({ error: 'required' satisfies InputProblem })
    .trim()
    .min(1, { error: 'required' satisfies InputProblem })
    .max(max, { error: 'too_long' satisfies InputProblem })
    .transform(text => text.normalize('NFC'))

/** A difficulty that a unit raises, and the office that is to answer it. Plan V, khó khăn, vướng mắc. */
export const difficultyInput = z.object({
  unitId: requiredId,
  route: requiredChoice(DIFFICULTY_ROUTES),
  title: requiredText(150),
  body: words(3000),
})
export type DifficultyInput = z.infer<typeof difficultyInput>

/** The office's answer. */
export const answerInput = z.object({ answer: words(3000) })
