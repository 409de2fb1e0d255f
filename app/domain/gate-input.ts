import { z } from '#app/domain/zod.ts'
import { optionalDay, requiredChoice, requiredDay, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { GATES } from './vocabulary.ts'

/** A gate as home affairs enters it: dated, with its document; without a last day it lasts until it is withdrawn. */
export const gateInput = z
  .object({
    kind: requiredChoice(GATES),
    documentNumber: requiredText(100),
    documentOn: requiredDay,
    fromOn: requiredDay,
    toOn: optionalDay,
  })
  .superRefine(({ fromOn, toOn }, context) => {
    if (toOn !== null && toOn < fromOn)
      context.addIssue({ code: 'custom', path: ['toOn'], message: 'ends_before_start' satisfies InputProblem })
  })
export type GateInput = z.infer<typeof gateInput>
