import { awayPath, noProviderCookie, returnFromProvider } from '#app/access/provider.server.ts'
import { openIssuer, portalsInForce } from '#app/queries/portal-issuer.server.ts'
import type { LoginOutcome } from '#app/queries/portal-login.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { notFound, reads } from '../_web/visit.server.ts'
import { claimsOf, keepPortalLogin, PORTAL_RETURN } from './portal.server.ts'

/**
 * Handles the return from a portal's sign-in, in the session that left for it. What it proves is kept once, with its
 * day; the page of the parts tells the outcome.
 */
export const loader = reads(async ({ actor, today }, { request, context }) => {
  if (actor.officialId === null || portalsInForce(today).length === 0) throw notFound()
  const answer = redirectWith('/nghia-vu', await outcome())
  answer.headers.append('Set-Cookie', noProviderCookie)
  return answer

  async function outcome() {
    const path = awayPath(request)
    const portal = portalsInForce(today).find(({ part }) => path === `/nghia-vu/${part}`)
    if (!portal) return 'cong-lam-lai'
    const returned = await returnFromProvider(openIssuer(portal), request, {
      returnTo: `${context.publicUrl}${PORTAL_RETURN}`,
      claims: claimsOf(portal),
    })
    if ('fault' in returned) return returned.fault === 'unreachable' ? 'cong-khong-mo' : 'cong-lam-lai'
    return NOTICES[await keepPortalLogin(actor.accountId, { issuer: portal.issuer, portal, returned })]
  }
})

const NOTICES = {
  proof: 'cong-da-chung-minh',
  waits: 'cong-cho-xac-nhan',
  sign: 'cong-dau-hieu',
  another: 'cong-khac-so',
  closed: 'cong-het-dot',
} as const satisfies Record<LoginOutcome, string>
