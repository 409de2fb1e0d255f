import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import { retryBusy } from '#app/queries/retry.server.ts'
import { jsonOf } from './body.server.ts'
import { permitPosting } from './posting.server.ts'
import { presentVisit, type Visit, visitOf, whileHolding } from './visit.server.ts'

/** Answers a script of ours: JSON that no cache on the way keeps. */
export const answerPhone = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

/** `sent`: the JSON that came; undefined where none did. */
type PhoneArgs = { request: Request; context: AppLoadContext; sent: unknown }

/**
 * Wraps a loader or action that a script on the phone calls. If nobody is signed in it answers 401, so that the phone
 * drops what it keeps; a page would redirect to the sign-in page. The body is read only once it is allowed, and the
 * visit is looked up again after that.
 */
export function forPhone(work: (visit: Visit, args: PhoneArgs) => Promise<Response> | Response) {
  return async ({ request, context }: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> => {
    const isWrite = request.method !== 'GET' && request.method !== 'HEAD'
    const first = await visitOf(request, context)
    if (first && isWrite) permitPosting(first.actor, first.campaign.id, new URL(request.url).pathname)
    const sent = first && isWrite ? await jsonOf(request) : undefined
    const visit = first && isWrite ? await presentVisit(request, context) : first
    if (!visit) return answerPhone({ kind: 'signed_out' }, 401)
    const answer = await whileHolding(visit, () => retryBusy(async () => await work(visit, { request, context, sent })))
    if (visit.setCookie !== null) answer.headers.append('Set-Cookie', visit.setCookie)
    return answer
  }
}
