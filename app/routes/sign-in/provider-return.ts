import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { noProviderCookie, returnFromProvider } from '#app/access/provider.server.ts'
import { readSession } from '#app/access/session.server.ts'
import { findByProvider } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { portalsInForce } from '#app/queries/portal-issuer.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { notFound } from '../_web/visit.server.ts'
import { claimsOf, keepPortalLogin } from '../obligation/portal.server.ts'
import { beginSession, firstPage, PROVIDER_RETURN, signIn } from './session-start.server.ts'

/**
 * Handles the return from the province's sign-in. It finds the account by the staff code, bound to the first person who
 * came from there with it, and never creates one. An account with a role is bound only from its own open session. If the
 * provider asked for a second factor, ours is not asked for too. Where the issuer is a portal's own, the sign-in proves
 * that part of the obligations; any other leaves a sign.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.provider) throw notFound()
  const { provider } = context
  const portal = portalsInForce(campaignToday()).find(({ issuer }) => issuer === provider.issuer.href)
  const returned = await returnFromProvider(provider, request, {
    returnTo: `${context.publicUrl}${PROVIDER_RETURN}`,
    claims: [provider.loginClaim, ...(portal ? claimsOf(portal) : [])],
  })
  const answer = await answerTo(returned)
  answer.headers.append('Set-Cookie', noProviderCookie)
  return answer

  async function answerTo(came: typeof returned): Promise<Response> {
    if ('fault' in came) return refuse(came.fault)
    const { subject, isProven, path } = came
    const login = came.claim(provider.loginClaim)
    const session = await readSession(request)
    const own = session?.byProvider === false ? session.accountId : undefined
    const found = login === undefined ? 'unknown' : await retryBusy(() => findByProvider(login, subject, own))
    if (typeof found === 'string') return refuse(found)
    await keepPortalLogin(found.accountId, { issuer: provider.issuer.href, portal, returned: came })
    if (!isProven) return await signIn(request, context, found.accountId, path, true)
    return redirect(firstPage(path), { headers: await beginSession(request, context, found.accountId, true, true) })
  }

  function refuse(reason: string): Response {
    context.note({ signIn: 'refused' })
    return redirect(`/dang-nhap?cong-tinh=${reason}`)
  }
}
