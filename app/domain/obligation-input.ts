import { z } from '#app/domain/zod.ts'
import { requiredChoice, requiredDay, requiredPhone, requiredText } from './field.ts'
import type { InputProblem } from './problem.ts'
import { CARRIERS, CERTIFICATE_KINDS, type ObligationPart } from './vocabulary.ts'

const simSignatureInput = z
  .object({
    phone: requiredPhone,
    carrier: requiredChoice(CARRIERS),
    ownName: z.literal('on', { error: 'own_name_needed' satisfies InputProblem }),
    provider: requiredText(100),
    certificateKind: requiredChoice(CERTIFICATE_KINDS),
    validFromOn: requiredDay,
    validToOn: requiredDay,
  })
  .transform(({ ownName, ...row }) => ({ part: 'sim_signature' as const, isOwnName: ownName === 'on', ...row }))

const phone4gInput = z
  .object({
    maker: requiredText(100),
    model: requiredText(100),
    has4g: z.literal('on', { error: 'has_4g_needed' satisfies InputProblem }),
  })
  .transform(({ has4g, ...row }) => ({ part: 'phone_4g' as const, has4g: has4g === 'on', ...row }))

const portalInput = <Part extends 'portal_national' | 'portal_provincial'>(part: Part) =>
  z.object({ firstLoginOn: requiredDay }).transform(row => ({ part, ...row }))

/** The declaration form of each part, flat as FormData carries it; messages of issues are `InputProblem` codes. Plan IV.1. */
export const declarationInput = {
  sim_signature: simSignatureInput,
  phone_4g: phone4gInput,
  portal_national: portalInput('portal_national'),
  portal_provincial: portalInput('portal_provincial'),
} satisfies Record<ObligationPart, z.ZodType>

export type Declaration = z.output<(typeof declarationInput)[ObligationPart]>
