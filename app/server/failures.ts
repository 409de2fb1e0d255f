import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import { isRouteErrorResponse } from '@remix-run/react'
import { answerOf } from '#app/access/refusal.server.ts'
import { Refusal } from '#app/domain/refusal.ts'

type Work = (args: never) => unknown

/**
 * Wraps every loader and action of the build. A `Refusal` becomes its HTTP answer. An unexpected error is passed to
 * `note` with the request's id; the answer has status 500 and shows that id, so that users can quote it.
 */
export function withFailuresNoted(build: ServerBuild, note: (thrown: unknown, requestId: string) => void): ServerBuild {
  const watch = (work: unknown) =>
    typeof work !== 'function'
      ? work
      : async (args: { request: Request; context: AppLoadContext }) => {
          try {
            const answer = await (work as Work)(args as never)
            noteRefusal(answer, args.context)
            return answer
          } catch (cause) {
            const thrown = cause instanceof Refusal ? answerOf(cause) : cause
            noteRefusal(thrown, args.context, cause instanceof Refusal ? cause.facts.act : undefined)
            if (isAnswer(thrown) || args.request.signal.aborted) throw thrown
            const { requestId } = args.context
            note(thrown, requestId)
            throw Response.json({ requestId }, { status: 500, statusText: 'Internal Server Error' })
          }
        }
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const { loader, action } = route.module
    const module = {
      ...route.module,
      ...(loader && { loader: watch(loader) }),
      ...(action && { action: watch(action) }),
    }
    return [id, { ...route, module }]
  })
  return { ...build, routes: Object.fromEntries(routes) as ServerBuild['routes'] }
}

/** Statuses that refuse a request for its content, not for its address. */
const REFUSALS: readonly number[] = [400, 403, 413, 422]
/** Fields of one form that a line of the log names. */
const MOST_FIELDS = 5

/**
 * Adds the reason of a refusal to the request's line in the log: the act, or the fields of the form, never the input.
 */
function noteRefusal(answer: unknown, { note }: AppLoadContext, act?: string) {
  if (typeof answer !== 'object' || answer === null) return
  const { status, init } = answer as { status?: number; init?: { status?: number } | null }
  const given = status ?? init?.status
  if (given === undefined || !REFUSALS.includes(given)) return
  const { data } = answer as { data?: { lastResult?: { error?: Record<string, unknown> | null } } | null }
  const fields = Object.keys(data?.lastResult?.error ?? {}).filter(name => /^[\w.[\]]{1,40}$/.test(name))
  if (act) note({ refused: act })
  else if (fields.length > 0) note({ refused: `form: ${fields.slice(0, MOST_FIELDS).join(', ')}` })
  else note({ refused: given === 403 ? 'not_allowed' : 'content' })
}

/** Returns true for what was thrown on purpose: a Response, or `data()` with its status. */
function isAnswer(thrown: unknown): boolean {
  return (
    thrown instanceof Response ||
    isRouteErrorResponse(thrown) ||
    (typeof thrown === 'object' && thrown !== null && 'type' in thrown && thrown.type === 'DataWithResponseInit')
  )
}
