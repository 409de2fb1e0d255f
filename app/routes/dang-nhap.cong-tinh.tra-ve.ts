import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { noProviderCookie, returnFromProvider } from '#app/access/provider.server.ts'
import { findByStaffCode } from '#app/queries/account.server.ts'
import { beginSession, PROVIDER_RETURN, signIn, wayIn } from './session-start.server.ts'
import { notFound } from './visit.server.ts'

/**
 * The way back from the province's sign-in: finds the account of the staff code that it names, and never makes one.
 * Where the provider asked for a second factor, ours is not asked besides.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.provider) throw notFound()
  const returned = await returnFromProvider(context.provider, request, `${context.publicUrl}${PROVIDER_RETURN}`)
  const answer = await answerTo(returned)
  answer.headers.append('Set-Cookie', noProviderCookie)
  return answer

  async function answerTo(came: typeof returned): Promise<Response> {
    const found = 'fault' in came || came.login === undefined ? undefined : findByStaffCode(came.login)
    if (!found) context.note({ signIn: 'refused' })
    if ('fault' in came) return redirect(`/dang-nhap?cong-tinh=${came.fault}`)
    if (!found) return redirect('/dang-nhap?cong-tinh=unknown')
    if (!came.isProven) return await signIn(request, context, found.accountId, came.path)
    return redirect(wayIn(came.path), { headers: await beginSession(request, context, found.accountId, true) })
  }
}
