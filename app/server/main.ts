import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { hourOf } from '#app/domain/calendar.ts'
import { describeFailure } from '#app/domain/failure.ts'
import { writeWorkbooksInThread } from '#app/jobs/workbook.server.ts'
import { startWorker } from '#app/jobs/worker-thread.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { findDemoLoad, startDigestOnce, startJob } from '#app/queries/job.server.ts'
import { closeDatabase, databaseTime, faultOf } from '#db/client.server.ts'
import { backUpNightly } from './backup.ts'
import { openProvince } from './database.ts'
import { announceDemo } from './demo.ts'
import { withFailuresNoted } from './failures.ts'
import {
  checkAddress,
  checkOrigin,
  checkVerb,
  explainRefusals,
  giveNonce,
  limitBody,
  protect,
  refuse,
  storeNothing,
} from './guard.ts'
import { makeLog } from './log.ts'
import { makeMetrics } from './metrics.ts'
import { shedLoad } from './overload.ts'
import { startProcesses } from './processes.ts'
import { routeNamer } from './route-pattern.ts'
import { answerBySegment } from './segments.ts'
import { readSettings, type Settings } from './settings.ts'
import { answerFaults } from './storage-faults.ts'

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
  build: ServerBuild | (() => Promise<ServerBuild>),
  routes: ServerBuild['routes'],
  log: ReturnType<typeof makeLog>,
  assets: Assets,
) {
  const application = express()
  const metrics = makeMetrics(settings)
  const nameRoute = routeNamer(routes)
  application.disable('x-powered-by')
  if (settings.isBehindProxy) application.set('trust proxy', 1)
  const isTls = settings.publicUrl.startsWith('https:')
  application.use(storeNothing)
  application.get('/metrics', metrics.answer)
  application.use(shedLoad(metrics.countRefusal), giveNonce, compression())
  // the bundler's own scripts carry no nonce
  if (!assets.isDevelopment) application.use(protect(isTls))
  application.use(assets.handlers)
  application.use((request, response, next) => {
    const start = performance.now()
    const meter = { ms: 0 }
    const id = randomUUID()
    response.locals.requestId = id
    const noted = {}
    response.locals.note = (facts: object) => Object.assign(noted, facts)
    const route = nameRoute(request.path)
    const end = metrics.begin()
    const writeHead = response.writeHead.bind(response)
    response.writeHead = ((...args: Parameters<typeof writeHead>) => {
      const total = performance.now() - start
      response.setHeader('Server-Timing', `total;dur=${total.toFixed(1)}, db;dur=${meter.ms.toFixed(1)}`)
      response.setHeader('X-Request-Id', id)
      // Remix keeps none of the headers of what a page's loader threw
      if (args[0] === 503 && !response.hasHeader('Retry-After')) response.setHeader('Retry-After', '2')
      return writeHead(...args)
    }) as typeof response.writeHead
    response.on('close', () => {
      const ms = performance.now() - start
      const status = response.writableFinished ? response.statusCode : undefined
      end({ method: request.method, route: route.pattern, status, ms, databaseMs: meter.ms })
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
    databaseTime.run(meter, next)
  })
  application.use(checkVerb, checkOrigin(settings.publicUrl), checkAddress, limitBody, explainRefusals)
  const options = {
    mode: assets.isDevelopment ? 'development' : 'production',
    getLoadContext: (request: express.Request, response: express.Response) => ({
      nonce: response.locals.nonce as string,
      requestId: response.locals.requestId as string,
      note: response.locals.note as (facts: object) => void,
      address: request.ip ?? '',
      isDemo: settings.isDemo,
      publicUrl: settings.publicUrl,
      backupFolder: settings.backups.folder,
      asksFactor: settings.asksFactor,
      provider: settings.provider,
    }),
  }
  application.all(
    '*',
    typeof build === 'function' ? createRequestHandler({ build, ...options }) : answerBySegment(build, options),
  )
  application.use(((error: Error, _request, response, _next) => {
    // a body that was cut off has been answered already
    if (response.headersSent) return
    const id = response.locals.requestId as string | undefined
    log.error({ id, ...describeFailure(error) })
    refuse(response, 500, `Lỗi đã được ghi lại. Anh/chị thử lại sau ít phút.${id ? ` Mã yêu cầu: ${id}` : ''}`)
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
      // the storage takes nothing now: the next look does it
      if (!faultOf(error)) throw error
    }
  }
  look()
  setInterval(look, LOOK_MS).unref()
}

/** What is done once for all web processes: long work, nightly backups, mail. Returns how to stop it. */
function startWork(settings: Settings, workerFile: string, log: ReturnType<typeof makeLog>): () => Promise<void> {
  if (settings.isDemo && !findDemoLoad()) startJob({ kind: 'system' }, 'demo_load', {})
  const worker = startWorker(workerFile)
  const isBackedUp = import.meta.env.PROD && !settings.isDemo && settings.backups.keep > 0
  const stopBackingUp = isBackedUp
    ? backUpNightly(settings, join(import.meta.dirname, 'command.js'), entry => log.info(entry))
    : undefined
  if (settings.hasMail) sendDigestsDaily(settings.publicUrl)
  return async () => {
    await Promise.all([worker.stop(), stopBackingUp?.()])
  }
}

/** Listens for requests; returns how to stop, which lets those end that are being answered. */
async function startServing(
  settings: Settings,
  build: () => Promise<ServerBuild>,
  log: ReturnType<typeof makeLog>,
  assets: Assets,
): Promise<() => Promise<void>> {
  const guarded = answerFaults(await build(), entry => log.error(entry))
  const built = withFailuresNoted(guarded, (thrown, id) => log.error({ id, ...describeFailure(thrown) }))
  // a bundler builds anew whenever a file changes; a build that stays is looked through by Remix once, not at each request
  const application = makeApplication(settings, assets.isDevelopment ? build : built, built.routes, log, assets)
  const server = createServer(PATIENCE, application)
  server.listen(settings.port, settings.host)
  server.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  return () =>
    new Promise(resolve => {
      server.close(() => resolve())
      // a connection that its client keeps open after the answer would hold the process up
      setInterval(() => server.closeIdleConnections(), 100).unref()
    })
}

/** Modules that run in threads: the jobs' worker, and what writes a large workbook. */
export type Threads = { worker: string; workbooks: string }

/**
 * Opens the database and serves, in this process or in as many beside it as the settings say, which share the port;
 * stops gracefully on SIGTERM and SIGINT.
 */
export async function serve(build: () => Promise<ServerBuild>, threads: Threads, assets = BUILT) {
  const settings = readSettings(process.env)
  const log = makeLog(settings.logLevel)
  // Node itself would write out the whole error, with whatever values its sentence holds
  process.on('uncaughtException', thrown => {
    log.fatal(describeFailure(thrown))
    process.exit(1)
  })
  const opened = openProvince(settings)
  if (!opened.ok) {
    process.stderr.write(`${opened.message}\n`)
    process.exitCode = 1
    return
  }
  writeWorkbooksInThread(threads.workbooks)
  const isFirst = cluster.isPrimary
  const isAlone = isFirst && settings.processes === 1
  const stopWork = isFirst ? startWork(settings, threads.worker, log) : undefined
  if (isFirst && !isAlone) log.info({ processes: settings.processes })
  const stopServing =
    isFirst && !isAlone
      ? startProcesses(settings.processes, entry => log.error(entry))
      : await startServing(settings, build, log, assets)
  if (isFirst) log.info({ listening: settings.publicUrl, demo: settings.isDemo })
  if (isFirst && settings.isDemo) announceDemo(settings.publicUrl)
  const stop = async () => {
    setTimeout(() => process.exit(0), STOP_MS).unref()
    await stopServing()
    await stopWork?.()
    closeDatabase()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** Within this long a stop is over, whatever is still going on: what was not acknowledged is rolled back. */
const STOP_MS = 10_000

// @ts-expect-error the virtual module has no types of its own
export const build = () => import('virtual:remix/server-build') as Promise<ServerBuild>

if (import.meta.env.PROD && process.argv[1] === import.meta.filename)
  await serve(build, {
    worker: join(import.meta.dirname, 'worker.js'),
    workbooks: join(import.meta.dirname, 'workbook-thread.js'),
  })
