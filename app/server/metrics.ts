import cluster from 'node:cluster'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { StorageFault } from '#db/client.server.ts'
import { registerCopies } from './copy-metrics.ts'
import type { ReplicaLag } from './replica.ts'
import type { Settings } from './settings.ts'
import { registerFirst, wholeMetrics } from './shared-metrics.ts'
import { registerStored } from './stored-metrics.ts'

/** A finished request; `status` undefined: the client left before the answer. */
type Finished = {
  method: string
  route: string
  status: number | undefined
  ms: number
  databaseMs: number
  /** why the storage took or gave nothing; undefined: it did */
  fault: StorageFault | undefined
}

/** Why an answer has status 503: at the door for too many at once, by the storage, or anything else. */
const REASONS = ['overload', 'busy', 'full', 'read_only', 'failed', 'other'] as const

const METHODS = new Set(['GET', 'HEAD', 'POST'])
const SIGN_IN = /^\/(?:dang-nhap|kich-hoat)(?:\/|$)/
const HEADERS_OF_PROXIES = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']

/**
 * Figures for Prometheus, summed over all web processes, regardless of which one answers. Values read from the
 * database or the disk are reported once. Labels are route patterns, methods and status classes, never an id, a name
 * or a path.
 */
export function makeMetrics(settings: Settings, replicaLag: ReplicaLag) {
  const mayLook = readersOf(settings)
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to its whole answer',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const databaseTime = new Counter({
    name: 'http_request_database_seconds_total',
    help: 'Time that requests spent in the database',
    labelNames: ['route'],
    registers,
  })
  const inFlight = new Gauge({ name: 'http_requests_in_flight', help: 'Requests under way', registers })
  const refused = new Counter({
    name: 'http_requests_refused_total',
    help: 'Answers with status 503, by reason: too many at once (overload), the storage’s fault, anything else',
    labelNames: ['reason'],
    registers,
  })
  // a series that begins with its first refusal has no rate at the moment that counts
  for (const reason of REASONS) refused.inc({ reason }, 0)
  const failedSignIns = new Counter({
    name: 'sign_in_failures_total',
    help: 'Sign-ins and activations that were refused',
    registers,
  })
  new Gauge({
    name: 'web_process_resident_memory_bytes',
    help: 'Memory of the web process that has most',
    registers,
    aggregator: 'max',
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  registerStored(registry, settings)
  if (cluster.isPrimary) registerFirst(registry)
  registerCopies(registry, settings, replicaLag)
  const read = wholeMetrics(registry)

  return {
    /** Notes that a request began; call what it returns once when it ends. */
    begin() {
      inFlight.inc()
      return ({ method, route, status, ms, databaseMs, fault }: Finished) => {
        inFlight.dec()
        const labels = {
          route,
          method: METHODS.has(method) ? method : 'other',
          status: status === undefined ? 'aborted' : `${Math.floor(status / 100)}xx`,
        }
        durations.observe(labels, ms / 1000)
        databaseTime.inc({ route }, databaseMs / 1000)
        if (status === 503) refused.inc({ reason: fault ?? 'other' })
        if (method === 'POST' && labels.status === '4xx' && SIGN_IN.test(route)) failedSignIns.inc()
      }
    },

    /** Notes a request that was refused at the door. */
    countRefusal() {
      refused.inc({ reason: 'overload' })
    },

    /** Answers permitted readers; for all others the page does not exist. */
    answer: (async (request, response, next) => {
      if (!mayLook(request)) return next()
      try {
        const text = await read()
        response.set('Cache-Control', 'no-store').type(registry.contentType).send(text)
      } catch (error) {
        next(error)
      }
    }) satisfies RequestHandler,
  }
}

/**
 * Returns a check of who may read operational figures: this machine itself, or the holder of the token from anywhere.
 */
export function readersOf({ metricsToken }: Settings): (request: Request) => boolean {
  return request => isNear(request) || isBearer(request.get('Authorization'), metricsToken)
}

/**
 * Returns true for requests from this machine, by the true peer address. A proxy on this machine has that address too,
 * but names its client.
 */
function isNear(request: Request): boolean {
  const peer = request.socket.remoteAddress ?? ''
  const isLoopback = peer === '::1' || /^(?:::ffff:)?127\./.test(peer)
  return isLoopback && HEADERS_OF_PROXIES.every(name => request.headers[name] === undefined)
}

function isBearer(authorization: string | undefined, token: string | undefined): boolean {
  if (!token || !authorization?.startsWith('Bearer ')) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization.slice('Bearer '.length)), digest(token))
}
