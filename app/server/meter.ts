import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { databaseTime, type StorageFault } from '#db/client.server.ts'
import type { makeLog } from './log.ts'
import type { makeMetrics } from './metrics.ts'
import type { routeNamer } from './route-pattern.ts'

/** Gives each request an id, measures it with its time in the database, and logs it when its answer is over. */
export function meter(
  metrics: Pick<ReturnType<typeof makeMetrics>, 'begin'>,
  nameRoute: ReturnType<typeof routeNamer>,
  log: ReturnType<typeof makeLog>,
): RequestHandler {
  return (request, response, next) => {
    const start = performance.now()
    const database = { ms: 0, statements: 0 }
    const id = randomUUID()
    response.locals.requestId = id
    const noted: { storage?: StorageFault } = {}
    response.locals.note = (facts: object) => Object.assign(noted, facts)
    const route = nameRoute(request.path)
    const end = metrics.begin()
    const writeHead = response.writeHead.bind(response)
    response.writeHead = ((...args: Parameters<typeof writeHead>) => {
      const total = performance.now() - start
      response.setHeader(
        'Server-Timing',
        `total;dur=${total.toFixed(1)}, db;dur=${database.ms.toFixed(1)};desc="${database.statements}"`,
      )
      response.setHeader('X-Request-Id', id)
      // Remix keeps none of the headers of what a page's loader threw
      if (args[0] === 503 && !response.hasHeader('Retry-After')) response.setHeader('Retry-After', '2')
      return writeHead(...args)
    }) as typeof response.writeHead
    response.on('close', () => {
      const ms = performance.now() - start
      const status = response.writableFinished ? response.statusCode : undefined
      end({ method: request.method, route: route.pattern, status, ms, databaseMs: database.ms, fault: noted.storage })
      // no query string and no text out of the path: either may carry a name or a citizen's code
      log.info({
        id,
        method: request.method,
        path: route.shown,
        status: status ?? 'aborted',
        ms: Math.round(ms),
        ...noted,
      })
    })
    databaseTime.run(database, next)
  }
}
