import { z } from '#app/domain/zod.ts'
import { LOOKUP_PURPOSES } from './extract.ts'
import { choices, requiredChoice, requiredDay, tick } from './field.ts'
import { FILE_PASSWORD_LETTERS } from './locked-file.ts'
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
    .min(FILE_PASSWORD_LETTERS, { error: 'password_too_short' satisfies InputProblem }),
})
