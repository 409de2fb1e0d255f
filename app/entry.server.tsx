import type { AppLoadContext, EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { logFailure } from './jobs/failure-log.server.ts'
import { rehearseVisit } from './routes/_web/visit.server.ts'
import { NonceContext } from './ui/nonce.ts'
import { needsNoScript } from './ui/page-handle.ts'
import { writePage, writeStaticPage } from './ui/page-writer.server.ts'

/** For the server's own rehearsal of its pages before it listens (`server/warm-up.ts`). */
export { rehearseVisit }

/** Renders a page whole before it is sent: its pieces come from one database, so there is nothing to wait for. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
) {
  let hasFailed = false
  const page = (
    <NonceContext.Provider value={context.nonce}>
      <RemixServer context={remixContext} url={request.url} nonce={context.nonce} />
    </NonceContext.Provider>
  )
  const isStatic = needsNoScript(remixContext.staticHandlerContext.matches.map(({ route }) => route.handle))
  const body = isStatic
    ? writeStaticPage(page)
    : await writePage(page, {
        nonce: context.nonce,
        onError(error) {
          hasFailed = true
          logFailure(error, { id: context.requestId })
        },
      })
  headers.set('Content-Type', 'text/html; charset=utf-8')
  // what a loader or action threw has lost its headers by now
  if (status === 503) headers.set('Retry-After', '5')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  return new Response(body, { headers, status: hasFailed ? 500 : status })
}

/** Remix hands over what a loader or action threw; an aborted request and an unknown address are nobody's fault. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return
  logFailure(error, { id: context.requestId })
}
