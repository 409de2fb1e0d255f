import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { hourOf } from '#app/domain/calendar.ts'
import { startWorker } from '#app/jobs/worker-thread.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { findDemoLoad, startDigestOnce, startJob } from '#app/queries/job.server.ts'
import { closeDatabase, databaseTime, isBusy } from '#db/client.server.ts'
import { backUpNightly } from './backup.ts'
import { openProvince } from './database.ts'
import { announceDemo } from './demo.ts'
import { answerFailure, checkAddress, checkOrigin, explainRefusals, giveNonce, limitBody, protect } from './guard.ts'
import { loggedPath, makeLog } from './log.ts'
import { readSettings, type Settings } from './settings.ts'

/** What stands before the pages: in production the built assets, in development the bundler itself. */
export type Assets = { handlers: RequestHandler[]; isDevelopment: boolean }

/** Names of built assets hold their content; the service worker is looked at anew each time. */
function cachingOf(file: string): string {
  if (file.includes('/client/assets/')) return 'public, max-age=31536000, immutable'
  return file.endsWith('/sw.js') ? 'no-cache' : 'public, max-age=3600'
}

const BUILT: Assets = {
  handlers: [
    express.static('build/client', {
      index: false,
      redirect: false,
      setHeaders: (response, file) => response.setHeader('Cache-Control', cachingOf(file)),
    }),
  ],
  isDevelopment: false,
}

/** The express application around the Remix build; the database is open already. */
function makeApplication(
  settings: Settings,
  build: () => Promise<ServerBuild>,
  log: ReturnType<typeof makeLog>,
  assets: Assets,
) {
  const application = express()
  application.disable('x-powered-by')
  if (settings.isBehindProxy) application.set('trust proxy', 1)
  const isTls = settings.publicUrl.startsWith('https:')
  application.use(giveNonce, compression())
  // the bundler's own scripts carry no nonce
  if (!assets.isDevelopment) application.use(protect(isTls))
  application.use(assets.handlers)
  application.use((request, response, next) => {
    const start = performance.now()
    const meter = { ms: 0 }
    const id = randomUUID()
    const writeHead = response.writeHead.bind(response)
    response.writeHead = ((...args: Parameters<typeof writeHead>) => {
      const total = performance.now() - start
      response.setHeader('Server-Timing', `total;dur=${total.toFixed(1)}, db;dur=${meter.ms.toFixed(1)}`)
      response.setHeader('X-Request-Id', id)
      // where the page's own script asked, the framework lets go of a refusal's headers
      if (response.statusCode === 503) response.setHeader('Retry-After', '2')
      return writeHead(...args)
    }) as typeof response.writeHead
    response.on('finish', () => {
      // the path only: a query string may carry a name that somebody searched for
      log.info({
        id,
        method: request.method,
        path: loggedPath(request.path),
        status: response.statusCode,
        ms: Math.round(performance.now() - start),
      })
    })
    databaseTime.run(meter, next)
  })
  application.use(checkOrigin(settings.publicUrl), checkAddress, limitBody, explainRefusals)
  application.all(
    '*',
    createRequestHandler({
      build,
      mode: assets.isDevelopment ? 'development' : 'production',
      getLoadContext: (request, response) => ({
        nonce: response.locals.nonce as string,
        address: request.ip ?? '',
        isDemo: settings.isDemo,
        publicUrl: settings.publicUrl,
      }),
    }),
  )
  application.use(((error: Error, _request, response, _next) => {
    // a body that was cut off has been answered already
    if (response.headersSent) return
    log.error({ stack: error.stack })
    answerFailure(response)
  }) satisfies ErrorRequestHandler)
  return application
}

/** How long a connection may take: headers come at once, a large extract over a slow line may take minutes. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 300_000, connectionsCheckingInterval: 2_000 }

const LOOK_MS = 10 * 60_000
/** Mail goes out from this hour on, Vietnamese time. */
const MAIL_HOUR = 7

function sendDigestsDaily(address: string) {
  const look = () => {
    if (hourOf(Date.now()) < MAIL_HOUR) return
    try {
      startDigestOnce(campaignToday(), address)
    } catch (error) {
      // somebody else holds the database: the next look does it
      if (!isBusy(error)) throw error
    }
  }
  look()
  setInterval(look, LOOK_MS).unref()
}

/** Opens the database, starts the worker and serves; stops gracefully on SIGTERM and SIGINT. */
export async function serve(build: () => Promise<ServerBuild>, workerFile: string, assets = BUILT) {
  const settings = readSettings(process.env)
  const log = makeLog(settings.logLevel)
  const opened = openProvince(settings)
  if (!opened.ok) {
    process.stderr.write(`${opened.message}\n`)
    process.exitCode = 1
    return
  }
  if (settings.isDemo && !findDemoLoad()) startJob({ kind: 'system' }, 'demo_load', {})
  await build()
  const worker = startWorker(workerFile)
  if (import.meta.env.PROD && !settings.isDemo)
    backUpNightly(settings, join(import.meta.dirname, 'command.js'), entry => log.info(entry))
  if (settings.hasMail) sendDigestsDaily(settings.publicUrl)
  const server = createServer(PATIENCE, makeApplication(settings, build, log, assets))
  server.listen(settings.port, settings.host, () => {
    log.info({ listening: settings.publicUrl, demo: settings.isDemo })
    if (settings.isDemo) announceDemo(settings.publicUrl)
  })
  server.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  const stop = () => {
    server.close(() => {
      void worker.stop().then(() => {
        closeDatabase()
        process.exit(0)
      })
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
