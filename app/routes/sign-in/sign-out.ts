import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { endSession } from '#app/access/session.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'

/** Ends the session and forgets its cookie. */
export async function action({ request }: ActionFunctionArgs) {
  return redirect('/dang-nhap', { headers: { 'Set-Cookie': await retryBusy(() => endSession(request)) } })
}
