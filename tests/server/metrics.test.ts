import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Request, Response } from 'express'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { logEvent } from '#app/queries/event.server.ts'
import { finishJob, startJob, takeJob } from '#app/queries/job.server.ts'
import { makeMetrics } from '#app/server/metrics.ts'
import { noteChainChecked } from '#db/check-marks.server.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { workerLock } from '#db/lock.server.ts'
import { CAMPAIGN, dropProvince, makeProvince, system } from '#tests/make.ts'
import { settingsFor } from './settings.ts'

beforeEach(() => {
  makeProvince()
  writeFileSync(workerLock(db.$client.name), '')
})
afterEach(() => {
  dropProvince()
  for (const suffix of ['.worker', '.chain-ok']) rmSync(`${db.$client.name}${suffix}`, { force: true })
})

const metrics = () => makeMetrics(settingsFor(db.$client.name, { REPLICA_DIR: '/nowhere' }), () => 0)

/** Reads the metrics of this machine. */
function read({ answer }: ReturnType<typeof makeMetrics>): Promise<string> {
  const request = { socket: { remoteAddress: '127.0.0.1' }, headers: {}, get: () => undefined }
  return new Promise((resolve, reject) => {
    const response = { set: () => response, type: () => response, send: resolve }
    void answer(request as unknown as Request, response as unknown as Response, reject)
  })
}

const readingOf = (text: string, sample: string) => {
  const line = text.split('\n').find(found => found.startsWith(`${sample} `))
  return line === undefined ? undefined : Number(line.slice(sample.length + 1))
}

it('shows what 60 and 100 ms are', async () => {
  const made = metrics()
  const request = { method: 'GET', route: '/', status: 200, databaseMs: 1, fault: undefined }
  for (const ms of [55, 75, 95]) made.begin()({ ...request, ms })
  const text = await read(made)
  const under = (le: string) =>
    readingOf(text, `http_request_duration_seconds_bucket{le="${le}",route="/",method="GET",status="2xx"}`)
  expect([under('0.04'), under('0.06'), under('0.08'), under('0.1')]).toEqual([0, 1, 2, 3])
})

it('tells a full disk from too many people', async () => {
  const made = metrics()
  const request = { method: 'POST', route: '/', status: 503, databaseMs: 1, ms: 1 }
  made.begin()({ ...request, fault: 'full' })
  made.begin()({ ...request, fault: undefined })
  made.countRefusal()
  made.countRefusal()
  const text = await read(made)
  const refused = (reason: string) => readingOf(text, `http_requests_refused_total{reason="${reason}"}`)
  expect(['overload', 'busy', 'full', 'read_only', 'failed', 'other'].map(refused)).toEqual([2, 0, 1, 0, 0, 1])
})

it('counts jobs that failed within the hour, and forgets them then', async () => {
  const failed = () => startJob(system, 'rejudge', { campaignId: CAMPAIGN })
  finishJob(failed(), 'failed', { reason: 'x' })
  const old = failed()
  finishJob(old, 'failed', { reason: 'x' })
  prepared('update job set finished_at = ? where id = ?').run(Date.now() - 3_700_000, old)
  const text = await read(metrics())
  expect(readingOf(text, 'jobs_failed_last_hour{kind="rejudge"}')).toBe(1)
  expect(readingOf(text, 'jobs_failed_last_hour{kind="digest"}')).toBe(0)
})

it('shows a running job that stands still', async () => {
  startJob(system, 'rejudge', { campaignId: CAMPAIGN })
  takeJob()
  prepared('update job set started_at = started_at - 900000, alive_at = alive_at - 600000').run()
  const text = await read(metrics())
  expect(readingOf(text, 'job_running_seconds')).toBeGreaterThanOrEqual(900)
  expect(readingOf(text, 'job_heartbeat_age_seconds')).toBeGreaterThanOrEqual(600)
})

it('shows space, memory, mail, what waits, and when the log was walked', async () => {
  const digest = startJob(system, 'digest', { today: '2024-06-12', address: '' })
  finishJob(digest, 'done', { sent: 3, failed: 2 })
  noteChainChecked(db.$client.name, 1_700_000_000_000)
  const text = await read(metrics())
  expect(readingOf(text, 'mails_last_day{outcome="failed"}')).toBe(2)
  expect(readingOf(text, 'mails_last_day{outcome="sent"}')).toBe(3)
  expect(readingOf(text, 'event_chain_last_ok_timestamp_seconds')).toBe(1_700_000_000)
  expect(readingOf(text, 'disk_free_bytes{disk="data"}')).toBeGreaterThan(0)
  expect(readingOf(text, 'first_process_resident_memory_bytes')).toBeGreaterThan(10 ** 7)
  expect(readingOf(text, 'web_process_resident_memory_bytes')).toBeGreaterThan(10 ** 7)
  expect(readingOf(text, 'waiting{what="help"}')).toBe(0)
  expect(readingOf(text, 'worker_heartbeat_age_seconds')).toBeLessThan(60)
})

it('shows a clock that stands before what was written', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
  transact(tx => logEvent(tx, system, { verb: 'remove', subject: 'retention', subjectId: 'all', data: {} }))
  vi.useRealTimers()
  const text = await read(metrics())
  expect(readingOf(text, 'clock_since_newest_event_seconds')).toBeLessThan(-3590)
  expect(Math.abs(readingOf(text, 'clock_jump_seconds') ?? 99)).toBeLessThan(5)
})

it('every alert and every panel asks for figures that are there', async () => {
  const text = await read(metrics())
  const told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name))
  const alerts = readFileSync('scripts/deploy/alerts.yml', 'utf8')
  const panels = readFileSync('scripts/deploy/grafana.json', 'utf8')
  const expressions = [
    ...alerts.matchAll(/^\s*expr: (.+(?:\n {10,}.+)*)/gm),
    ...panels.matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g),
  ].map(([, expression = '']) => expression)
  expect(expressions.length).toBeGreaterThan(30)
  const names = expressions.flatMap(expression =>
    [
      ...expression
        .replaceAll(/\\?"[^"\\]*\\?"|\b(?:by|without|on|ignoring) \([^)]*\)/g, '')
        .matchAll(/\b[a-z]+(?:_[a-z0-9]+)+\b|\b(?:jobs|waiting|up)\b/g),
    ].map(([name]) => name),
  )
  const functions = [
    'histogram_quantile',
    'sum_over_time',
    'max_over_time',
    'min_over_time',
    'predict_linear',
    'clamp_min',
  ]
  const asked = [...new Set(names.filter(name => !functions.includes(name)))]
  expect(asked.length).toBeGreaterThan(20)
  const unknown = asked.filter(
    name => name !== 'up' && !told.has(name) && !told.has(name.replace(/_(?:bucket|count|sum)$/, '')),
  )
  expect(unknown).toEqual([])
})

it('every alert is tried: once where it fires, once where it stays quiet', () => {
  const alerts = readFileSync('scripts/deploy/alerts.yml', 'utf8')
  const tried = readFileSync('scripts/deploy/alerts.test.yml', 'utf8')
  const names = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(20)
  expect(
    names.filter(name => !tried.includes(`name: ${name} fires`) || !tried.includes(`name: ${name} is quiet`)),
  ).toEqual([])
})

it('the board is one that Grafana reads', () => {
  const board = JSON.parse(readFileSync('scripts/deploy/grafana.json', 'utf8')) as {
    panels: { id: number; title: string }[]
  }
  expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length)
  expect(board.panels.every(({ title }) => title !== '')).toBe(true)
})
