import { and, asc, desc, eq, gte, inArray, or, sql } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { db, transact } from '#db/client.server.ts'
import { extract, type JOB_KINDS, job } from '#db/schema.ts'
import { campaignTimeOf } from './clock.server.ts'
import { logEvent } from './event.server.ts'

export type JobKind = (typeof JOB_KINDS)[number]
export type Job = typeof job.$inferSelect

/**
 * Queues long work for the worker thread; the page that started it shows its progress. Its event tells it from a job
 * that was put into the file by hand.
 */
export function startJob(actor: Actor, kind: JobKind, input: Record<string, unknown>): number {
  return transact(tx => {
    const { id } = tx
      .insert(job)
      .values({
        kind,
        input: JSON.stringify(input),
        state: 'queued',
        createdAt: Date.now(),
        createdBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .returning({ id: job.id })
      .get()
    logEvent(tx, actor, { verb: 'start', subject: 'job', subjectId: id, data: { kind } })
    return id
  })
}

/** A job as its starter sees it; undefined for anybody else. */
export function findJob(actor: Actor, jobId: number): Job | undefined {
  const row = db.select().from(job).where(eq(job.id, jobId)).get()
  if (!row) return undefined
  const isStarter = actor.kind === 'person' && row.createdBy === actor.accountId
  return isStarter || actor.kind === 'system' ? row : undefined
}

/** The newest jobs that the actor started, by the campaign's clock; they can be left and come back to. */
export function listOwnJobs(actor: Actor): Pick<Job, 'id' | 'kind' | 'state' | 'createdAt'>[] {
  if (actor.kind !== 'person') return []
  return db
    .select({ id: job.id, kind: job.kind, state: job.state, createdAt: job.createdAt })
    .from(job)
    .where(eq(job.createdBy, actor.accountId))
    .orderBy(desc(job.id))
    .limit(5)
    .all()
    .map(({ createdAt, ...row }) => ({ ...row, createdAt: campaignTimeOf(createdAt) }))
}

/** Restarts the actor's failed re-judging as a new job; undefined if there is none. */
export function restartJob(actor: Actor, jobId: number): number | undefined {
  const row = findJob(actor, jobId)
  if (row?.state !== 'failed' || row.kind !== 'rejudge') return undefined
  return startJob(actor, row.kind, JSON.parse(row.input) as Record<string, unknown>)
}

/** Returns true while a campaign is being judged again. */
export function isRejudging(campaignId: number): boolean {
  return db
    .select({ input: job.input })
    .from(job)
    .where(and(eq(job.kind, 'rejudge'), or(eq(job.state, 'queued'), eq(job.state, 'running'))))
    .all()
    .some(row => (JSON.parse(row.input) as { campaignId?: number }).campaignId === campaignId)
}

/** Returns what is changing the sums of a campaign now, so that boards can show it; null: nothing. */
export function figuresInMotion(campaignId: number): 'rejudging' | 'extract' | null {
  if (isRejudging(campaignId)) return 'rejudging'
  const moving = db
    .select({ id: extract.id })
    .from(extract)
    .where(and(eq(extract.campaignId, campaignId), inArray(extract.state, ['applying', 'undoing'])))
    .get()
  return moving ? 'extract' : null
}

/** How often a job is started before it is given up, if its worker dies each time. */
const MOST_ATTEMPTS = 3

/**
 * Fails the jobs that a dead worker left running for the third time, so that those behind them get their turn. The
 * one worker of the database calls it as it begins, when nothing can be running. Returns their ids.
 */
export function giveUpDeadly(): number[] {
  const rows = db
    .select({ id: job.id })
    .from(job)
    .where(and(eq(job.state, 'running'), gte(job.attempts, MOST_ATTEMPTS)))
    .all()
  for (const { id } of rows) finishJob(id, 'failed', { reason: 'worker_died' })
  return rows.map(({ id }) => id)
}

/**
 * Takes the oldest job that is not done; undefined if there is none. Only the database's one worker calls this. A job
 * that is already running was therefore left behind by a dead worker, or by this one when the storage failed.
 * `inHand` is the id of the job that it had then, which does not count as another attempt.
 */
export function takeJob(inHand?: number): Job | undefined {
  return transact(tx => {
    const row = tx
      .select()
      .from(job)
      .where(inArray(job.state, ['queued', 'running']))
      .orderBy(asc(job.id))
      .get()
    if (!row) return undefined
    const at = Date.now()
    const attempts = row.attempts + (row.state === 'running' && row.id === inHand ? 0 : 1)
    return tx
      .update(job)
      .set({ state: 'running', aliveAt: at, startedAt: at, attempts })
      .where(eq(job.id, row.id))
      .returning()
      .get()
  })
}

/** Notes how far a job has come. */
export function noteProgress(jobId: number, done: number, total: number) {
  db.update(job).set({ done, total, aliveAt: Date.now() }).where(eq(job.id, jobId)).run()
}

/** Ends a job; `result` is what came out, or for a failed one `{ reason }`. */
export function finishJob(jobId: number, state: 'done' | 'failed', result: Record<string, unknown>) {
  db.update(job)
    .set({ state, result: JSON.stringify(result), finishedAt: Date.now() })
    .where(eq(job.id, jobId))
    .run()
}

/** Puts a job that was interrupted back in the queue, to be taken again from its start or its own cursor. */
export function requeueJob(jobId: number) {
  db.update(job)
    .set({ state: 'queued', attempts: sql`max(${job.attempts} - 1, 0)` })
    .where(eq(job.id, jobId))
    .run()
}

/** Counts the waiting and running jobs of each kind, and since when (ms) the oldest waits; null: none waits. */
export function countJobs() {
  const counts = db
    .select({ kind: job.kind, state: job.state, count: sql<number>`count(*)` })
    .from(job)
    .where(inArray(job.state, ['queued', 'running']))
    .groupBy(job.kind, job.state)
    .all()
  const oldest = db
    .select({ at: sql<number | null>`min(${job.createdAt})` })
    .from(job)
    .where(eq(job.state, 'queued'))
    .get()
  return { counts, oldestQueuedAt: oldest?.at ?? null }
}

/** Counts the failed jobs of each kind since the instant `since` (ms). */
export function countFailedJobs(since: number): { kind: JobKind; count: number }[] {
  return db
    .select({ kind: job.kind, count: sql<number>`count(*)` })
    .from(job)
    .where(and(eq(job.state, 'failed'), gte(job.finishedAt, since)))
    .groupBy(job.kind)
    .all()
}

/** Returns when the running job began and last reported progress (ms); undefined if none is running. */
export function findRunning(): { startedAt: number; aliveAt: number } | undefined {
  const row = db
    .select({ startedAt: job.startedAt, aliveAt: job.aliveAt, createdAt: job.createdAt })
    .from(job)
    .where(eq(job.state, 'running'))
    .orderBy(asc(job.id))
    .get()
  return row && { startedAt: row.startedAt ?? row.createdAt, aliveAt: row.aliveAt ?? row.createdAt }
}

/** Mails that digests sent, and that the mail server refused, since the instant `since` (ms). */
export function countMails(since: number): { sent: number; failed: number } {
  const [mails] = db
    .select({
      sent: sql<number>`coalesce(sum(json_extract(${job.result}, '$.sent')), 0)`,
      failed: sql<number>`coalesce(sum(json_extract(${job.result}, '$.failed')), 0)`,
    })
    .from(job)
    .where(and(eq(job.kind, 'digest'), inArray(job.state, ['done', 'failed']), gte(job.finishedAt, since)))
    .all()
  return mails ?? { sent: 0, failed: 0 }
}

/** The loading of the synthetic province, where one was ever queued. */
export function findDemoLoad(): Job | undefined {
  return db.select().from(job).where(eq(job.kind, 'demo_load')).orderBy(asc(job.id)).get()
}

/** A mail server that failed is tried again after so long. */
const MAIL_AGAIN_MS = 30 * 60_000

/**
 * Queues the digest of a day, with the address for its links, unless a process has done so before. After a fault of
 * the mail server it is queued again half an hour later, all day long. Accounts that have received theirs get no
 * second one.
 */
export function startDigestOnce(today: Day, address: string) {
  transact(() => {
    const last = db
      .select({ state: job.state, result: job.result, finishedAt: job.finishedAt })
      .from(job)
      .where(and(eq(job.kind, 'digest'), sql`json_extract(${job.input}, '$.today') = ${today}`))
      .orderBy(desc(job.id))
      .get()
    const isOver =
      last?.state === 'failed' &&
      (JSON.parse(last.result ?? '{}') as { reason?: string }).reason === 'mail_server' &&
      Math.abs(Date.now() - (last.finishedAt ?? 0)) >= MAIL_AGAIN_MS
    if (!last || isOver) startJob({ kind: 'system' }, 'digest', { today, address })
  })
}
