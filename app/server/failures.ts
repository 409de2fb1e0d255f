import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import { isRouteErrorResponse } from '@remix-run/react'

type Work = (args: never) => unknown

/**
 * The build with every loader and action watched: what one throws by mistake is told to `note` under its request's id, and
 * becomes an answer with status 500 that carries the id, so that whoever sees it can quote it.
 */
export function withFailuresNoted(build: ServerBuild, note: (thrown: unknown, requestId: string) => void): ServerBuild {
  const watch = (work: unknown) =>
    typeof work !== 'function'
      ? work
      : async (args: { request: Request; context: AppLoadContext }) => {
          try {
            return await (work as Work)(args as never)
          } catch (thrown) {
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

/** What is thrown on purpose: a Response, or `data()` with its status. */
function isAnswer(thrown: unknown): boolean {
  return (
    thrown instanceof Response ||
    isRouteErrorResponse(thrown) ||
    (typeof thrown === 'object' && thrown !== null && 'type' in thrown && thrown.type === 'DataWithResponseInit')
  )
}
