import { z } from '#app/domain/zod.ts'
import { LOOKUP_PASSWORD_LETTERS, LOOKUP_PURPOSES } from './extract.ts'
import { choices, requiredChoice, requiredDay, tick } from './field.ts'
import type { InputProblem } from './problem.ts'
import { CARRIERS, EXTRACT_SOURCES } from './vocabulary.ts'

const localityCode = z.string({ error: 'required' satisfies InputProblem }).regex(/^\d{1,10}$/)

/** What the uploader says of a file of extracted data. */
export const extractUpload = z.object({
  source: requiredChoice(EXTRACT_SOURCES),
  asOfOn: requiredDay,
  isFullList: tick,
  localities: z.array(localityCode).max(200).default([]),
  carriers: choices(CARRIERS, 0).default([]),
})

/** Which records' codes and numbers are given out for a look-up, and what for. */
export const lookupInput = z.object({
  source: requiredChoice(EXTRACT_SOURCES),
  localityCode,
  purpose: requiredChoice(LOOKUP_PURPOSES),
  /** locks the file; kept nowhere */
  password: z
    .string({ error: 'required' satisfies InputProblem })
    .min(LOOKUP_PASSWORD_LETTERS, { error: 'password_too_short' satisfies InputProblem }),
})

/** The form's field for the meaning of the n-th word. */
export const wordField = (n: number) => `word-${n}`

/** Whether words of a file mean an activated account, as its uploader says; a word left open stays not understood. */
export function readWordAnswers(words: readonly string[], chosen: (field: string) => unknown) {
  const told = words.flatMap((word, n) => {
    const said = chosen(wordField(n))
    return said === 'yes' || said === 'no' ? [[word, said === 'yes'] as const] : []
  })
  return Object.fromEntries(told)
}
