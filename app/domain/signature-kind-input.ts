import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredDay, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { CERTIFICATE_KINDS } from './vocabulary.ts'

/** Of which kind an issuer's certificates are, as an administrator enters it; policy null: whatever the policy. */
export const signatureKindInput = z
  .object({
    issuer: requiredText(300),
    policy: z
      .string()
      .trim()
      .regex(/^([0-2](\.\d{1,10}){1,20})?$/, { error: 'not_a_policy' satisfies InputProblem })
      .optional()
      .transform(policy => policy || null),
    kind: requiredChoice(CERTIFICATE_KINDS),
    validFromOn: requiredDay,
    basis: requiredText(500),
  })
  .transform(({ basis, ...row }) => ({ ...row, source: basis }))

export type SignatureKindInput = z.output<typeof signatureKindInput>
