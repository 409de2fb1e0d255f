import { createRequestHandler, type GetLoadContextFunction, type RequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'

/** The first segment of a URL's path, or of a route's: '' for the home page; `.data` is how the browser asks for a page's data. */
function segmentOf(path: string): string {
  const first = path.replace(/^\//, '').split('/', 1)[0] ?? ''
  return first === '_root.data' ? '' : first.replace(/\.data$/, '').toLowerCase()
}

/** The build with those routes alone that can answer a URL of this first segment. */
function partOf(build: ServerBuild, segment: string): ServerBuild {
  const isPart = ({ parentId, path = '' }: { parentId?: string; path?: string }) =>
    parentId === undefined || path === '*' || segmentOf(path) === segment
  const only = <Route extends { parentId?: string; path?: string }>(routes: Record<string, Route | undefined>) =>
    Object.fromEntries(Object.entries(routes).filter(([, route]) => route !== undefined && isPart(route)))
  return {
    ...build,
    routes: only(build.routes) as ServerBuild['routes'],
    assets: { ...build.assets, routes: only(build.assets.routes) as ServerBuild['assets']['routes'] },
  }
}

/**
 * Answers with the Remix build. Remix compares each URL with every route there is, several times a request, which with
 * some hundred of them costs more than most pages; so each first segment gets a handler that knows its own routes only.
 * What belongs to no segment (an unknown URL, the list of routes that the browser asks for) goes to one that knows all.
 */
export function answerBySegment(
  build: ServerBuild,
  options: { mode: string; getLoadContext: GetLoadContextFunction },
): RequestHandler {
  const whole = createRequestHandler({ build, ...options })
  const segments = new Set(Object.values(build.routes).map(route => segmentOf(route?.path ?? '')))
  const handlers = new Map<string, RequestHandler>()
  for (const segment of segments)
    if (segment !== '*') handlers.set(segment, createRequestHandler({ build: partOf(build, segment), ...options }))
  return (request, response, next) => (handlers.get(segmentOf(request.path)) ?? whole)(request, response, next)
}
