import { z } from '#app/domain/zod.ts'
import { optionalDay, optionalText, requiredChoice, requiredDay, requiredText } from './field.ts'
import { isIssuerAddress } from './portal-issuer.ts'
import { PORTAL_PARTS } from './portal-login.ts'
import type { InputProblem } from './problem.ts'

/** The name of a claim or scope: one word without blanks or control characters. */
const CLAIM = /^[\x21-\x7e]+$/
const claim = requiredText(100).refine(text => CLAIM.test(text), { error: 'not_a_claim' satisfies InputProblem })

/** Words apart by blanks or lines, each once; none where blank. */
const words = optionalText(500).transform(text => [...new Set((text ?? '').split(/\s+/).filter(word => word !== ''))])

/**
 * A portal's own issuer as an administrator enters it. `levels`: values of the assurance claim of which a sign-in tells
 * one; none: any sign-in proves. `validToOn` null: no end is set. `clientSecret` is given once and never shown.
 */
export const portalIssuerInput = z
  .object({
    part: requiredChoice(PORTAL_PARTS),
    issuer: requiredText(300)
      .refine(isIssuerAddress, { error: 'not_an_issuer' satisfies InputProblem, abort: true })
      .transform(text => new URL(text).href),
    clientId: requiredText(200),
    clientSecret: requiredText(500),
    scope: words.transform(scopes => [...new Set(['openid', ...(scopes.length > 0 ? scopes : ['profile'])])].join(' ')),
    numberClaim: claim,
    assuranceClaim: optionalText(100)
      .refine(text => text === null || CLAIM.test(text), { error: 'not_a_claim' satisfies InputProblem })
      .transform(text => text ?? 'acr'),
    levels: words,
    validFromOn: requiredDay,
    validToOn: optionalDay,
    source: requiredText(500),
  })
  .refine(({ validFromOn, validToOn }) => validToOn === null || validToOn >= validFromOn, {
    path: ['validToOn'],
    error: 'ends_before_start' satisfies InputProblem,
  })
export type PortalIssuerInput = z.infer<typeof portalIssuerInput>
