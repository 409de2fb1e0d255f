import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import { retryBusy } from '#app/queries/retry.server.ts'
import { type Visit, visitOf } from './visit.server.ts'

/** An answer to a script of ours: JSON, kept by nobody on the way. */
export const answerPhone = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

/**
 * A loader or action that a script on the phone calls. Where nobody is signed in it says 401, which tells the phone to
 * drop what it keeps; a page would lead to the sign-in page instead.
 */
export function forPhone(
  work: (visit: Visit, args: { request: Request; context: AppLoadContext }) => Promise<Response> | Response,
) {
  return async ({ request, context }: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> => {
    const visit = await visitOf(request, context)
    if (!visit) return answerPhone({ kind: 'signed_out' }, 401)
    const answer = await retryBusy(async () => await work(visit, { request, context }))
    if (visit.setCookie !== null) answer.headers.append('Set-Cookie', visit.setCookie)
    return answer
  }
}
