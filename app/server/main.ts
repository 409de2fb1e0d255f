import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express from 'express'
import { startWorker } from '#app/jobs/worker-thread.server.ts'
import { databaseTime } from '#db/client.server.ts'
import { openProvince } from './database.ts'
import { checkOrigin, giveNonce, limitBody, protect } from './guard.ts'
import { makeLog } from './log.ts'
import { readSettings, type Settings } from './settings.ts'

/** The express application around the Remix build; the database is open already. */
export function makeApplication(settings: Settings, build: () => Promise<ServerBuild>, log: ReturnType<typeof makeLog>) {
  const application = express()
  application.disable('x-powered-by')
  if (settings.isBehindProxy) application.set('trust proxy', 1)
  const isTls = settings.publicUrl.startsWith('https:')
  application.use(giveNonce, protect(isTls), compression())
  application.use('/assets', express.static('build/client/assets', { immutable: true, maxAge: '1y' }))
  application.use(express.static('build/client', { maxAge: '1h', index: false }))
  application.use((request, response, next) => {
    const start = performance.now()
    const meter = { ms: 0 }
    const id = randomUUID()
    const writeHead = response.writeHead.bind(response)
    response.writeHead = ((...args: Parameters<typeof writeHead>) => {
      const total = performance.now() - start
      response.setHeader('Server-Timing', `total;dur=${total.toFixed(1)}, db;dur=${meter.ms.toFixed(1)}`)
      response.setHeader('X-Request-Id', id)
      return writeHead(...args)
    }) as typeof response.writeHead
    response.on('finish', () => {
      // the path only: a query string may carry a name that somebody searched for
      log.info({
        id,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        ms: Math.round(performance.now() - start),
      })
    })
    databaseTime.run(meter, next)
  })
  application.use(checkOrigin(settings.publicUrl), limitBody)
  application.all(
    '*',
    createRequestHandler({
      build,
      mode: process.env.NODE_ENV ?? 'production',
      getLoadContext: (request, response) => ({
        nonce: response.locals.nonce as string,
        address: request.ip ?? '',
        isDemo: settings.isDemo,
        publicUrl: settings.publicUrl,
      }),
    }),
  )
  return application
}

/** Opens the database, starts the worker and serves; stops gracefully on SIGTERM and SIGINT. */
export async function serve(build: () => Promise<ServerBuild>, workerFile: string) {
  const settings = readSettings(process.env)
  const log = makeLog(settings.logLevel)
  const opened = openProvince(settings)
  if (!opened.ok) {
    process.stderr.write(`${opened.message}\n`)
    process.exitCode = 1
    return
  }
  const worker = startWorker(workerFile)
  const server = makeApplication(settings, build, log).listen(settings.port, settings.host, () => {
    log.info({ listening: settings.publicUrl, demo: settings.isDemo })
    process.send?.('ready')
  })
  server.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  const stop = () => {
    server.close(() => {
      void worker.stop().then(() => process.exit(0))
    })
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), 10_000).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

if (import.meta.env.PROD) {
  // @ts-expect-error the virtual module has no types of its own
  const build = () => import('virtual:remix/server-build') as Promise<ServerBuild>
  await serve(build, join(import.meta.dirname, 'worker.js'))
}
