import type { z } from '#app/domain/zod.ts'
import { tick } from './field.ts'
import { isImpersonal, personalWords } from './personal-words.ts'
import type { InputProblem } from './problem.ts'

/** The tick that says that words which many read name nobody; asked for only where they seem to. */
export const IMPERSONAL = { isImpersonal: tick }

/** Refines a form whose `fields` many read: asks once about what may be personal; a tick says that it is meant. */
export const askAbout =
  <Field extends string>(...fields: readonly Field[]) =>
  (input: { isImpersonal: boolean } & Record<Field, string | null>, context: z.core.$RefinementCtx) => {
    const text = fields.map(field => input[field] ?? '').join('\n')
    if (input.isImpersonal || isImpersonal(personalWords(text))) return
    context.addIssue({ code: 'custom', path: ['isImpersonal'], message: 'personal_words' satisfies InputProblem })
  }
