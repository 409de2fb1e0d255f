import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { leaveForProvider } from '#app/access/provider.server.ts'
import { notFound } from '../_web/visit.server.ts'
import { signInPage } from './params.ts'
import { PROVIDER_RETURN, wayIn } from './session-start.server.ts'

/**
 * Leads to the province's sign-in. A link and not a form: a browser would refuse a form that redirects to another site
 * (form-action). It changes nothing but this browser's own cookie.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.provider) throw notFound()
  const left = await leaveForProvider(context.provider, {
    returnTo: `${context.publicUrl}${PROVIDER_RETURN}`,
    path: wayIn(signInPage.read(new URL(request.url)).way),
  })
  return left
    ? redirect(left.url, { headers: { 'Set-Cookie': left.setCookie } })
    : redirect('/dang-nhap?cong-tinh=unreachable')
}
