import type { returnFromProvider } from '#app/access/provider.server.ts'
import { isAssuredBy, type PortalPart } from '#app/domain/portal-login.ts'
import { recordPortalLogin } from '#app/queries/portal-login.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'

type Returned = Exclude<Awaited<ReturnType<typeof returnFromProvider>>, { fault: string }>

/** What of a portal's issuer says what a return from it proves. */
type Portal = { part: PortalPart; numberClaim: string; assuranceClaim: string; levels: readonly string[] }

/** Where a portal's issuer sends people back to; it must be registered there with PUBLIC_URL before it. */
export const PORTAL_RETURN = '/nghia-vu/cong/tra-ve'

/** The claims that a return from a portal's issuer is read for; the level only where one is asked for. */
export const claimsOf = ({ numberClaim, assuranceClaim, levels }: Portal) =>
  levels.length === 0 ? [numberClaim] : [numberClaim, assuranceClaim]

/**
 * Keeps what a return from an issuer says of an account's portal part. `portal` undefined: the issuer is no portal's
 * own. Returns the outcome.
 */
export function keepPortalLogin(
  accountId: number,
  { issuer, portal, returned }: { issuer: string; portal: Portal | undefined; returned: Returned },
) {
  return retryBusy(() =>
    recordPortalLogin(accountId, {
      issuer,
      subject: returned.subject,
      part: portal?.part ?? null,
      number: portal && returned.claim(portal.numberClaim),
      isAssured: portal !== undefined && isAssuredBy(returned.claim(portal.assuranceClaim), portal.levels),
    }),
  )
}
