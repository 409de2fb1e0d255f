import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { endSession } from '#app/access/session.server.ts'

/** Ends the session and forgets its cookie. */
export async function action({ request }: ActionFunctionArgs) {
  return redirect('/dang-nhap', { headers: { 'Set-Cookie': await endSession(request) } })
}
