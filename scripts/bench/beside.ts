import type { Person } from '#app/access/policy.ts'
import { startClosing } from '#app/queries/closing.server.ts'
import { prepared } from '#db/client.server.ts'
import { type Asked, callerOf, openLoop, quantile } from './client.ts'
import type { Report } from './figures.ts'
import { applyElsewhere } from './long-work.ts'
import { CAMPAIGN } from './province.ts'
import type { Running } from './running.ts'

/** The target of a load beside long work: its p99 (ms), and how many times the p99 of the same load alone. */
const MOST_MS = 150
const MOST_TIMES = 2
const MOST_HOLD_MS = 20

const PART = 'beside long work'

type Load = { rate: number; ms: number; next: () => Asked }

async function p99Of(server: Running, { rate, ms, next }: Load) {
  const answers = await openLoop(server.port, rate, ms, next)
  const failed = answers.map(({ status }) => status).filter(status => status !== 200 && status !== 302)
  return {
    p99: quantile(
      answers.map(answer => answer.ms),
      0.99,
    ),
    failed,
  }
}

/** How many times each load is measured; the figure is the median, since one p99 rests on a dozen requests. */
const ROUNDS = 3
const median = (values: readonly number[]) => quantile([...values], 0.5)

/** Measures several stretches of the load: of each its p99 (ms), and the status of requests not answered. */
async function severalTimes(server: Running, load: Load) {
  const rounds: Awaited<ReturnType<typeof p99Of>>[] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await p99Of(server, load))
  return rounds
}

/**
 * Measures the load alone, beside `work`, and alone again, in one run; `work` is repeated until the load ends. What is
 * alone on both sides is the basis, because a machine that others share changes its pace within minutes.
 */
async function compare(
  report: Report,
  server: Running,
  load: Load,
  [name, work]: readonly [string, () => Promise<void>],
) {
  const before = await severalTimes(server, load)
  let isOver = false
  const working = (async () => {
    do await work()
    while (!isOver)
  })()
  const during = await severalTimes(server, load)
  isOver = true
  await working
  const after = await severalTimes(server, load)
  const alone = median([...before, ...after].map(({ p99 }) => p99))
  const beside = median(during.map(({ p99 }) => p99))
  report.note(PART, `${name}: p99 alone`, alone, 'ms')
  report.note(PART, `${name}: p99 beside it`, beside, 'ms', { most: MOST_MS })
  report.note(PART, `${name}: beside ÷ alone`, beside / alone, '×', { most: MOST_TIMES })
  const failed = during.flatMap(round => round.failed)
  const why = failed.length > 0 ? `, status ${[...new Set(failed)].join(', ')}` : ''
  report.note(PART, `${name}: not answered${why}`, failed.length, 'requests', { most: 0 })
}

/** Waits until the job that was queued last is over; throws where it failed. */
async function jobEnded(jobId: number) {
  for (;;) {
    const { state, result } = prepared('select state, result from job where id = ?').get(jobId) as Record<
      string,
      string
    >
    if (state === 'done') return
    if (state === 'failed') throw new Error(result)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

const LONG_WORKS = ['extract', 'backup', 'close', 'export'] as const
type LongWork = (typeof LONG_WORKS)[number]

/** True for long work that this run measures: all, or what `BESIDE` names ("backup,close"). */
export const isMeasured = (name: LongWork) => !process.env.BESIDE || process.env.BESIDE.split(',').includes(name)

/** A load beside each kind of long work: an extract, a backup, a close (rehearsed), a large export. */
export async function measureBeside(
  report: Report,
  server: Running,
  load: Load,
  {
    police,
    extractId,
    backUp,
    exporter,
  }: { police: Person; extractId: number; backUp: () => Promise<number>; exporter: string },
) {
  let applied: Promise<number> | undefined
  const extract = async () => {
    applied ??= applyElsewhere(police, extractId)
    await Promise.race([applied, new Promise(resolve => setTimeout(resolve, load.ms))])
  }
  const close = async () => {
    const started = startClosing(police, CAMPAIGN, { reason: 'rehearsal', note: '' })
    if (!started.ok) throw new Error(started.problem)
    await jobEnded(started.jobId)
  }
  const { call, close: hangUp } = callerOf(server.port, 1)
  const exportAll = async () => {
    const { status } = await call({ path: '/danh-gia.xlsx?ket-qua=all', cookie: exporter })
    if (status !== 200) throw new Error(`the export was answered with ${status}`)
  }
  const works: Record<LongWork, () => Promise<void>> = {
    extract,
    backup: async () => void (await backUp()),
    close,
    export: exportAll,
  }
  for (const name of LONG_WORKS.filter(isMeasured)) {
    await compare(report, server, load, [name, works[name]])
    await applied
  }
  hangUp()
}

/** The first minute after a start beside the next, under the same load: the median of several starts. */
export async function measureFirstMinute(report: Report, start: () => Promise<Running>, load: Load) {
  const rounds: { started: number; first: number; next: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await start()
    const first = await p99Of(server, load)
    const next = await p99Of(server, load)
    await server.stop()
    rounds.push({ started: server.startedMs / 1000, first: first.p99, next: next.p99 })
  }
  report.note('process', 'start until it answers', median(rounds.map(round => round.started)), 's')
  report.note(PART, `first ${load.ms / 1000} s at ${load.rate} a second: p99`, median(rounds.map(r => r.first)), 'ms')
  report.note(PART, `next ${load.ms / 1000} s: p99`, median(rounds.map(r => r.next)), 'ms')
  report.note(PART, 'first ÷ next', median(rounds.map(r => r.first / r.next)), '×', { most: 1.5 })
}

/**
 * Reports how long each transaction held the one writer, by kind of work; `most` is the target of kinds that work in
 * steps.
 */
export function reportHolds(report: Report, holds: ReadonlyMap<string, number[]>, atOnce: ReadonlySet<string>) {
  for (const [kind, ms] of holds) {
    const isStepped = !atOnce.has(kind)
    report.note('holds of the writer', `${kind}: p50 of ${ms.length}`, quantile(ms, 0.5), 'ms')
    report.note(
      'holds of the writer',
      `${kind}: p99`,
      quantile(ms, 0.99),
      'ms',
      isStepped ? { most: MOST_HOLD_MS } : {},
    )
    report.note('holds of the writer', `${kind}: longest`, Math.max(...ms), 'ms')
  }
}
