import { statSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { Gauge, type Registry } from 'prom-client'
import { countFailedJobs, countJobs, countMails, findRunning } from '#app/queries/job.server.ts'
import { runningVersion } from '#app/queries/version.server.ts'
import { countWaiting, lastPublishedAt, newestEventAt } from '#app/queries/waiting.server.ts'
import { chainCheckedAt, factsCheckedAt } from '#db/check-marks.server.ts'
import { JOB_KINDS } from '#db/schema.ts'
import { spaceOn, workerAge } from './readiness.ts'
import type { Settings } from './settings.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

type Values = readonly { labels?: Record<string, string>; value: number }[]

/** Registers the values from the database and the disk, read on request: every process would report the same. */
export function registerStored(registry: Registry, settings: Settings) {
  const gauge = (name: string, help: string, labelNames: readonly string[], read: () => Values) =>
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      // reported once, not added up over the processes
      aggregator: 'first',
      collect() {
        this.reset()
        for (const { labels = {}, value } of read()) this.set(labels, value)
      },
    })
  registerJobs(gauge)
  registerFiles(gauge, settings)
  registerTimes(gauge, settings)
  gauge(
    'app_info',
    'Always 1; the version that runs and the newest migration of its database',
    ['version', 'schema'],
    () => {
      const { product, schema } = runningVersion()
      return [{ labels: { version: product, schema: schema?.name ?? 'unknown' }, value: 1 }]
    },
  )
}

type MakeGauge = (name: string, help: string, labelNames: readonly string[], read: () => Values) => void

const one = (value: number): Values => [{ value }]
const ageOf = (at: number | null | undefined) => one(at == null ? 0 : (Date.now() - at) / 1000)

function registerJobs(gauge: MakeGauge) {
  gauge('jobs', 'Jobs that wait or run', ['kind', 'state'], () =>
    countJobs().counts.map(({ kind, state, count }) => ({ labels: { kind, state }, value: count })),
  )
  gauge('job_oldest_queued_seconds', 'How long the oldest waiting job has waited; 0: none waits', [], () =>
    ageOf(countJobs().oldestQueuedAt),
  )
  gauge('job_running_seconds', 'How long the running job has run; 0: none runs', [], () =>
    ageOf(findRunning()?.startedAt),
  )
  gauge('job_heartbeat_age_seconds', 'Since when the running job has given no sign of life; 0: none runs', [], () =>
    ageOf(findRunning()?.aliveAt),
  )
  gauge('jobs_failed_last_hour', 'Jobs that failed within the last hour', ['kind'], () => {
    const failed = new Map(countFailedJobs(Date.now() - HOUR_MS).map(({ kind, count }) => [kind, count]))
    return JOB_KINDS.map(kind => ({ labels: { kind }, value: failed.get(kind) ?? 0 }))
  })
  gauge('mails_last_day', 'Mails of digests within the last day, by what became of them', ['outcome'], () =>
    Object.entries(countMails(Date.now() - DAY_MS)).map(([outcome, value]) => ({ labels: { outcome }, value })),
  )
  gauge('waiting', 'What waits for somebody in the campaign that is under way', ['what'], () =>
    Object.entries(countWaiting()).map(([what, value]) => ({ labels: { what }, value })),
  )
}

function registerFiles(gauge: MakeGauge, { databaseFile, dataDir, backups }: Settings) {
  const sizeOf = (file: string) => one(statSync(file, { throwIfNoEntry: false })?.size ?? 0)
  gauge('database_bytes', 'Size of the database file', [], () => sizeOf(databaseFile))
  gauge('database_wal_bytes', 'Size of the write-ahead log', [], () => sizeOf(`${databaseFile}-wal`))
  const disks = { data: dataDir, backups: backups.folder }
  const spaces = () => Object.entries(disks).flatMap(([disk, path]) => ({ disk, space: spaceOn(path) }))
  gauge('disk_free_bytes', 'Bytes that may still be written on the disk of data or backups', ['disk'], () =>
    spaces().flatMap(({ disk, space }) => (space ? [{ labels: { disk }, value: space.free }] : [])),
  )
  gauge('disk_size_bytes', 'Size of the disk of data or backups', ['disk'], () =>
    spaces().flatMap(({ disk, space }) => (space ? [{ labels: { disk }, value: space.size }] : [])),
  )
}

function registerTimes(gauge: MakeGauge, { databaseFile }: Settings) {
  gauge('worker_heartbeat_age_seconds', 'Since when the worker has given no sign of life', [], () => {
    const age = workerAge(databaseFile)
    return age === undefined ? [] : one(Math.max(0, age))
  })
  gauge('publication_last_timestamp_seconds', 'When figures were last taken for publication; 0: never', [], () =>
    one((lastPublishedAt() ?? 0) / 1000),
  )
  gauge('event_chain_last_ok_timestamp_seconds', 'When the event log was last walked and fitted; 0: never', [], () =>
    one((chainCheckedAt(databaseFile) ?? 0) / 1000),
  )
  gauge(
    'facts_last_ok_timestamp_seconds',
    'When facts were last compared with their events and fitted; 0: never',
    [],
    () => one((factsCheckedAt(databaseFile) ?? 0) / 1000),
  )
  gauge(
    'clock_since_newest_event_seconds',
    'The clock less the newest event; below 0: the clock stands before what was written already',
    [],
    () => ageOf(newestEventAt()),
  )
  const wall = Date.now()
  const steady = performance.now()
  gauge(
    'clock_jump_seconds',
    'How far the clock has moved since the start of the process, less the time that has passed: it was set by so much',
    [],
    () => one((Date.now() - wall - (performance.now() - steady)) / 1000),
  )
}
