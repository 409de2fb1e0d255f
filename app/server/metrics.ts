import { createHash, timingSafeEqual } from 'node:crypto'
import { statSync } from 'node:fs'
import type { RequestHandler } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { countJobs } from '#app/queries/job.server.ts'
import { runningVersion } from '#app/queries/version.server.ts'
import { registerCopies } from './copy-metrics.ts'
import type { ReplicaLag } from './replica.ts'
import type { Settings } from './settings.ts'
import { wholeMetrics } from './shared-metrics.ts'

/** What a finished request was; `status` undefined: whoever asked did not wait for the answer. */
type Finished = { method: string; route: string; status: number | undefined; ms: number; databaseMs: number }

const METHODS = new Set(['GET', 'HEAD', 'POST'])
const SIGN_IN = /^\/(?:dang-nhap|kich-hoat)(?:\/|$)/
const HEADERS_OF_PROXIES = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']

/**
 * Figures for Prometheus: of all web processes together, whichever is asked; what is read from the database or the disk
 * is told once. Labels are route patterns, methods and classes of status, never an id, a name or a path.
 */
export function makeMetrics(settings: Settings, replicaLag: ReplicaLag) {
  const { metricsToken, databaseFile } = settings
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to its whole answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  })
  const databaseTime = new Counter({
    name: 'http_request_database_seconds_total',
    help: 'Time that requests spent in the database',
    labelNames: ['route'],
    registers,
  })
  const inFlight = new Gauge({ name: 'http_requests_in_flight', help: 'Requests under way', registers })
  const refused = new Counter({ name: 'http_requests_refused_total', help: 'Answers with status 503', registers })
  const failedSignIns = new Counter({
    name: 'sign_in_failures_total',
    help: 'Sign-ins and activations that were refused',
    registers,
  })
  registerStored(registry, databaseFile)
  registerCopies(registry, settings, replicaLag)
  const read = wholeMetrics(registry)

  return {
    /** Notes that a request began; call what it returns once when it ends. */
    begin() {
      inFlight.inc()
      return ({ method, route, status, ms, databaseMs }: Finished) => {
        inFlight.dec()
        const labels = {
          route,
          method: METHODS.has(method) ? method : 'other',
          status: status === undefined ? 'aborted' : `${Math.floor(status / 100)}xx`,
        }
        durations.observe(labels, ms / 1000)
        databaseTime.inc({ route }, databaseMs / 1000)
        if (status === 503) refused.inc()
        if (method === 'POST' && labels.status === '4xx' && SIGN_IN.test(route)) failedSignIns.inc()
      }
    },

    /** Notes a request that was refused at the door. */
    countRefusal() {
      refused.inc()
    },

    /** Answers whoever may look; for anybody else there is no such page. */
    answer: (async (request, response, next) => {
      if (!isNear(request) && !isBearer(request.get('Authorization'), metricsToken)) return next()
      try {
        const text = await read()
        response.set('Cache-Control', 'no-store').type(registry.contentType).send(text)
      } catch (error) {
        next(error)
      }
    }) satisfies RequestHandler,
  }
}

/** What lies in the database and on the disk, read when somebody looks. */
function registerStored(registry: Registry, databaseFile: string) {
  // the same whichever process reads it: told once, not added up
  const stored = { registers: [registry], aggregator: 'first' as const }
  new Gauge({
    name: 'jobs',
    help: 'Jobs that wait, run or failed',
    labelNames: ['kind', 'state'],
    ...stored,
    collect() {
      this.reset()
      for (const { kind, state, count } of countJobs().counts) this.set({ kind, state }, count)
    },
  })
  new Gauge({
    name: 'job_oldest_queued_seconds',
    help: 'How long the oldest waiting job has waited; 0: none waits',
    ...stored,
    collect() {
      const { oldestQueuedAt } = countJobs()
      this.set(oldestQueuedAt === null ? 0 : (Date.now() - oldestQueuedAt) / 1000)
    },
  })
  new Gauge({
    name: 'app_info',
    help: 'Always 1; the version that runs and the newest migration of its database',
    labelNames: ['version', 'schema'],
    ...stored,
    collect() {
      const { product, schema } = runningVersion()
      this.reset()
      this.set({ version: product, schema: schema?.name ?? 'unknown' }, 1)
    },
  })
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  new Gauge({
    name: 'database_bytes',
    help: 'Size of the database file',
    ...stored,
    collect() {
      this.set(sizeOf(databaseFile))
    },
  })
  new Gauge({
    name: 'database_wal_bytes',
    help: 'Size of the write-ahead log',
    ...stored,
    collect() {
      this.set(sizeOf(`${databaseFile}-wal`))
    },
  })
}

/** From this machine by its true peer address. A proxy on this machine has that address too, but says whom it speaks for. */
function isNear(request: Parameters<RequestHandler>[0]): boolean {
  const peer = request.socket.remoteAddress ?? ''
  const isLoopback = peer === '::1' || /^(?:::ffff:)?127\./.test(peer)
  return isLoopback && HEADERS_OF_PROXIES.every(name => request.headers[name] === undefined)
}

function isBearer(authorization: string | undefined, token: string | undefined): boolean {
  if (!token || !authorization?.startsWith('Bearer ')) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(token))
}
