import type { PortalSettings, returnFromProvider } from '#app/access/provider.server.ts'
import { isAssuredBy } from '#app/domain/portal-login.ts'
import { recordPortalLogin } from '#app/queries/portal-login.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'

type Returned = Exclude<Awaited<ReturnType<typeof returnFromProvider>>, { fault: string }>

/** Where a portal's issuer sends people back to; it must be registered there with PUBLIC_URL before it. */
export const PORTAL_RETURN = '/nghia-vu/cong/tra-ve'

/**
 * Keeps what a return from an issuer says of an account's portal part. `portal` undefined: the issuer is no portal's
 * own. Returns the outcome.
 */
export function keepPortalLogin(
  accountId: number,
  { issuer, portal, returned }: { issuer: URL; portal: PortalSettings | undefined; returned: Returned },
) {
  return retryBusy(() =>
    recordPortalLogin(accountId, {
      issuer: issuer.href,
      subject: returned.subject,
      part: portal?.part ?? null,
      number: portal && returned.claim(portal.numberClaim),
      isAssured: portal !== undefined && isAssuredBy(returned.acr, portal.acr),
    }),
  )
}
