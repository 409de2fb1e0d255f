import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import { retryBusy } from '#app/queries/retry.server.ts'
import { jsonOf } from './body.server.ts'
import { permitPosting } from './posting.server.ts'
import { presentVisit, type Visit, visitOf, whileHolding } from './visit.server.ts'

/** An answer to a script of ours: JSON, kept by nobody on the way. */
export const answerPhone = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

/** `sent`: the JSON that came; undefined where none did. */
type PhoneArgs = { request: Request; context: AppLoadContext; sent: unknown }

/**
 * A loader or action that a script on the phone calls. Where nobody is signed in it says 401, which tells the phone to
 * drop what it keeps; a page would lead to the sign-in page instead. What is sent is read once it may be, and the visit
 * is looked up again after it.
 */
export function forPhone(work: (visit: Visit, args: PhoneArgs) => Promise<Response> | Response) {
  return async ({ request, context }: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> => {
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD'
    const first = await visitOf(request, context)
    if (first && isWrite) permitPosting(first.actor, new URL(request.url).pathname)
    const sent = first && isWrite ? await jsonOf(request) : undefined
    const visit = first && isWrite ? await presentVisit(request, context) : first
    if (!visit) return answerPhone({ kind: 'signed_out' }, 401)
    const answer = await whileHolding(visit, () => retryBusy(async () => await work(visit, { request, context, sent })))
    if (visit.setCookie !== null) answer.headers.append('Set-Cookie', visit.setCookie)
    return answer
  }
}
