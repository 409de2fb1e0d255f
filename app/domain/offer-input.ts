import { z } from '#app/domain/zod.ts'
import {
  optionalChoice,
  optionalDay,
  optionalText,
  requiredChoice,
  requiredDay,
  requiredPhone,
  requiredText,
  requiredWhole,
} from './field.ts'
import { FILE_PASSWORD_LETTERS } from './locked-file.ts'
import type { InputProblem } from './problem.ts'
import { CARRIERS, CONSENT_CHANNELS, OFFER_KINDS } from './vocabulary.ts'

/** A carrier's offer, its price in đồng. Plan III.1. */
export const offerInput = z
  .object({
    carrier: requiredChoice(CARRIERS),
    kind: requiredChoice(OFFER_KINDS),
    name: requiredText(120),
    price: requiredWhole({ min: 0, max: 100_000_000 }),
    terms: optionalText(500),
    documentNumber: optionalText(60),
    fromOn: requiredDay,
    toOn: optionalDay,
  })
  .refine(({ fromOn, toOn }) => toOn === null || fromOn <= toOn, {
    path: ['toOn'],
    error: 'ends_before_start' satisfies InputProblem,
  })
export type OfferInput = z.infer<typeof offerInput>

/** A citizen who wants an offer, with their consent to be called by the carrier. */
export const offerRequestInput = z
  .object({
    name: requiredText(100),
    phone: requiredPhone,
    localityCode: requiredText(10),
    hamlet: optionalText(100),
    consentChannel: requiredChoice(CONSENT_CHANNELS),
    consent: z.literal('on', { error: 'consent_needed' satisfies InputProblem }),
  })
  .transform(({ consent: _, ...wish }) => wish)
export type OfferWish = z.infer<typeof offerRequestInput>

/** Which carrier's open wishes are handed over, or which handover is taken again; the password is kept nowhere. */
export const handOverInput = z.object({
  carrier: optionalChoice(CARRIERS),
  handoverId: z
    .string()
    .optional()
    .transform(text => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)),
  password: z.string().min(FILE_PASSWORD_LETTERS),
})
