import { redirect } from '@remix-run/node'
import { leaveForProvider } from '#app/access/provider.server.ts'
import { openIssuer, portalsInForce } from '#app/queries/portal-issuer.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, notFound, reads } from '../_web/visit.server.ts'
import { PORTAL_RETURN } from './portal.server.ts'

/**
 * Leads to the sign-in of a portal's own issuer, which proves that part. A link and not a form: a browser would refuse a
 * form that redirects to another site. It changes nothing but this browser's own cookie.
 */
export const loader = reads(async ({ actor, regulation, today }, { params, context }) => {
  if (actor.officialId === null) throw notFound()
  const portal = found(
    portalsInForce(today).find(({ part }) => part === params.part && regulation.heldParts.includes(part)),
  )
  const left = await leaveForProvider(openIssuer(portal), {
    returnTo: `${context.publicUrl}${PORTAL_RETURN}`,
    path: `/nghia-vu/${portal.part}`,
  })
  return left
    ? redirect(left.url, { headers: { 'Set-Cookie': left.setCookie } })
    : redirectWith('/nghia-vu', 'cong-khong-mo')
})
