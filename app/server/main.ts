import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { createRequestHandler } from '@remix-run/express'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { keepsCookies } from '#app/access/cookie-host.ts'
import { hourOf } from '#app/domain/calendar.ts'
import { describeFailure } from '#app/domain/failure.ts'
import { checkSignedFilesInThread } from '#app/jobs/signed-file.server.ts'
import { writeWorkbooksInThread } from '#app/jobs/workbook.server.ts'
import { startWorker } from '#app/jobs/worker-thread.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { findDemoLoad, startDigestOnce, startJob } from '#app/queries/job.server.ts'
import { closeDatabase, faultOf, leaveCheckpoints } from '#db/client.server.ts'
import { MIGRATIONS, newestMigration } from '#db/schema-version.server.ts'
import { keepAssetsDaily, serveAssets } from './assets.ts'
import { openProvince } from './database.ts'
import { announceDemo, setUnusableDemoAside } from './demo.ts'
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
import { listen, PATIENCE, tryListening } from './listening.ts'
import { makeLog } from './log.ts'
import { meter } from './meter.ts'
import { makeMetrics, readersOf } from './metrics.ts'
import { backUpWhenDue } from './nightly.ts'
import { shedLoad } from './overload.ts'
import { keepFilesPrivate } from './private-files.ts'
import { sharesPort, startProcesses, tellListening, whenAllReady } from './processes.ts'
import { answerReadiness, makeReadiness } from './readiness.ts'
import { watchReplica } from './replica.ts'
import { routeNamer } from './route-pattern.ts'
import { answerBySegment } from './segments.ts'
import { formerPortalNames, type Settings, settingsOrSay } from './settings.ts'
import { answerFaults } from './storage-faults.ts'
import { warmUp } from './warm-up.ts'
import { watchOver } from './watchdog.ts'
import { noteHolds } from './work-metrics.ts'

/** The handlers that run before the pages: built assets in production, the bundler in development. */
type Assets = { handlers: RequestHandler[]; isDevelopment: boolean }

/** Answers with the pages of the Remix build. `response.locals.context` replaces the context of a request's own. */
function makePages(
  settings: Settings,
  build: ServerBuild | (() => Promise<ServerBuild>),
  replicaLag: AppLoadContext['replicaLag'],
): RequestHandler {
  const getLoadContext = (request: express.Request, response: express.Response): AppLoadContext =>
    (response.locals.context as AppLoadContext | undefined) ?? {
      nonce: response.locals.nonce as string,
      requestId: response.locals.requestId as string,
      note: response.locals.note as AppLoadContext['note'],
      address: request.ip ?? '',
      ...settingsOfPages(settings),
      replicaLag,
    }
  // a bundler rebuilds after each change of a file; Remix inspects a fixed build once, not at each request
  return typeof build === 'function'
    ? createRequestHandler({ build, mode: 'development', getLoadContext })
    : answerBySegment(build, { mode: 'production', getLoadContext })
}

/** The express application around the pages; the database is open already. */
function makeApplication(
  settings: Settings,
  {
    pages,
    routes,
    replicaLag,
  }: { pages: RequestHandler; routes: ServerBuild['routes']; replicaLag: () => number | null },
  log: ReturnType<typeof makeLog>,
  assets: Assets,
) {
  const application = express()
  const metrics = makeMetrics(settings, replicaLag)
  application.disable('x-powered-by')
  if (settings.isBehindProxy) application.set('trust proxy', 1)
  application.use(storeNothing)
  application.get('/metrics', metrics.answer)
  const isReady = makeReadiness(settings, newestMigration(MIGRATIONS))
  application.get('/readyz', answerReadiness(isReady, readersOf(settings)))
  application.use(shedLoad(metrics.countRefusal), giveNonce, compression())
  // the bundler's own scripts carry no nonce
  if (!assets.isDevelopment) application.use(protect(isTls(settings)))
  application.use(assets.handlers)
  application.use(meter(metrics, routeNamer(routes), log))
  application.use(
    checkVerb,
    checkOrigin(settings.publicUrl),
    checkAddress(settings.publicUrl),
    limitBody,
    explainRefusals,
  )
  application.all('*', pages)
  application.use(((error: Error, _request, response, _next) => {
    // a body that was cut off has been answered already
    if (response.headersSent) return
    const id = response.locals.requestId as string | undefined
    log.error({ id, ...describeFailure(error) })
    refuse(response, 500, `Lỗi đã được ghi lại. Anh/chị thử lại sau ít phút.${id ? ` Mã yêu cầu: ${id}` : ''}`)
  }) satisfies ErrorRequestHandler)
  return application
}

const isTls = ({ publicUrl }: Settings) => publicUrl.startsWith('https:')

/** Work (ms) that a start puts into its own rehearsal: a province's first minute is busy, a demo's is not. */
const WARM_MS = 6000
const DEMO_WARM_MS = 1500

/** The same pages behind the handlers that cost most, for the server's own rehearsal: no request id, address or log. */
function makeRehearsal(settings: Settings, pages: RequestHandler, prepare: (context: AppLoadContext) => void) {
  const application = express()
  application.use(giveNonce, compression(), protect(isTls(settings)), (_request, response, next) => {
    const context = {
      nonce: response.locals.nonce as string,
      requestId: '',
      note: () => undefined,
      address: '',
      replicaLag: () => null,
      ...settingsOfPages(settings),
    }
    prepare(context)
    response.locals.context = context
    next()
  })
  application.all('*', pages)
  return application
}

const settingsOfPages = (settings: Settings) => ({
  isDemo: settings.isDemo,
  publicUrl: settings.publicUrl,
  hasMail: settings.hasMail,
  backupFolder: settings.backups.folder,
  replicaFolder: settings.replica && 'folder' in settings.replica ? settings.replica.folder : null,
  asksFactor: settings.asksFactor,
  provider: settings.provider,
})

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

/** Starts what runs once for all web processes: long work, nightly backups, mail. Returns a function that stops it. */
function startWork(
  settings: Settings,
  worker: ReturnType<typeof startWorker>,
  { threads, log }: { threads: Threads; log: ReturnType<typeof makeLog> },
): () => Promise<void> {
  if (settings.isDemo && !findDemoLoad()) startJob({ kind: 'system' }, 'demo_load', {})
  worker.begin()
  const isBackedUp = import.meta.env.PROD && !settings.isDemo && settings.backups.keep > 0
  const stopBackingUp = isBackedUp ? backUpWhenDue(settings, [threads.command], log) : undefined
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
  const wrapped = async () => {
    const guarded = answerFaults(await build(), entry => log.error(entry))
    return withFailuresNoted(guarded, (thrown, id) => log.error({ id, ...describeFailure(thrown) }))
  }
  const built = await wrapped()
  const replicaLag = watchReplica(settings)
  const pages = makePages(settings, assets.isDevelopment ? wrapped : built, replicaLag)
  const application = makeApplication(settings, { pages, routes: built.routes, replicaLag }, log, assets)
  if (!assets.isDevelopment)
    await warmUp(built, settings.isDemo ? DEMO_WARM_MS : WARM_MS, prepare => makeRehearsal(settings, pages, prepare))
  const server = createServer(PATIENCE, application)
  await whenAllReady()
  const problem = await listen(server, settings, sharesPort())
  if (problem !== undefined) return endWith(problem)
  tellListening()
  return () =>
    new Promise(resolve => {
      server.close(() => resolve())
      // a connection that its client keeps open after the answer would hold the process up
      setInterval(() => server.closeIdleConnections(), 100).unref()
    })
}

function endWith(problem: string): never {
  process.stderr.write(`${problem}\n`)
  process.exit(1)
}

/** Listens in several processes; returns how to stop them once one listens, and ends where none can. */
async function startSharing(settings: Settings, log: ReturnType<typeof makeLog>): Promise<() => Promise<void>> {
  const problem = await tryListening(settings)
  if (problem !== undefined) endWith(problem)
  log.info({ processes: settings.processes })
  return (await startProcesses(settings.processes, entry => log.error(entry))) ?? process.exit(1)
}

/**
 * Modules that run beside the server. The jobs' worker, the writer of large workbooks and the reader of large signed files
 * are threads, commands are processes.
 */
type Threads = { worker: string; workbooks: string; signedFiles: string; command: string }

/**
 * Opens the database and serves, in this process or in as many beside it as the settings say, which share the port;
 * stops gracefully on SIGTERM and SIGINT.
 */
export async function serve(build: () => Promise<ServerBuild>, threads: Threads, development?: Assets) {
  const settings = settingsOrSay(process.env)
  if (!settings) return
  keepFilesPrivate(settings)
  const assets = development ?? { handlers: serveAssets(settings.dataDir), isDevelopment: false }
  const log = makeLog(settings.logLevel)
  // Node itself would write out the whole error, with whatever values its sentence holds
  process.on('uncaughtException', thrown => {
    log.fatal(describeFailure(thrown))
    process.exit(1)
  })
  if (settings.isDemo && cluster.isPrimary) setUnusableDemoAside(settings)
  const opened = openProvince(settings)
  if (!opened.ok) {
    process.stderr.write(`${opened.message}\n`)
    process.exitCode = 1
    return
  }
  leaveCheckpoints()
  writeWorkbooksInThread(threads.workbooks)
  checkSignedFilesInThread(threads.signedFiles)
  const isFirst = cluster.isPrimary
  if (isFirst && !development) keepAssetsDaily(settings.dataDir, error => log.error(describeFailure(error)))
  const worker = isFirst ? startWorker(threads.worker, noteHolds) : undefined
  const isAlone = isFirst && settings.processes === 1
  const serving = isFirst && !isAlone ? startSharing(settings, log) : startServing(settings, build, log, assets)
  let stopWork: (() => Promise<void>) | undefined
  let stopWatching: (() => void) | undefined
  const stop = async () => {
    setTimeout(() => process.exit(0), STOP_MS).unref()
    stopWatching?.()
    const stopServing = await serving
    await stopServing()
    await stopWork?.()
    closeDatabase()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  await serving
  if (worker === undefined) return
  // a server that is not listening must not start work either: another one may be doing it
  stopWork = startWork(settings, worker, { threads, log })
  log.info({ listening: settings.publicUrl, demo: settings.isDemo })
  if (!keepsCookies(settings.publicUrl))
    log.warn({ publicUrl: settings.publicUrl, why: 'browsers drop Secure cookies over http: nobody can sign in' })
  const former = formerPortalNames(process.env)
  if (former.length > 0) log.warn({ former, why: 'read no more: portals are entered at /quan-tri/cong-dich-vu-cong' })
  if (settings.isDemo) announceDemo(settings.publicUrl)
  stopWatching = watchOver(settings, process.env)
}

/** Within this long a stop is over, whatever is still going on: what was not acknowledged is rolled back. */
const STOP_MS = 10_000

// @ts-expect-error the virtual module has no types of its own
export const build = () => import('virtual:remix/server-build') as Promise<ServerBuild>
