import { type Actor, permit } from '#app/access/policy.ts'
import type { DestructionBar } from '#app/domain/closing-check.ts'
import type { Result } from '#app/domain/refusal.ts'
import type { AssignmentState } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignNow, isClockTrusted } from './clock.server.ts'
import { worklistBar } from './closing-request.server.ts'
import { logEvent } from './event.server.ts'
import { inTurn } from './retry.server.ts'
import { Pace, untilNone } from './steps.server.ts'
import { titled } from './unit-title.server.ts'
import { forgetUploads } from './worklist-import.server.ts'

/** What remains of a list: how many citizens it held, by hamlet and state; no personal data. */
type ListSummary = Record<string, Partial<Record<AssignmentState, number>>>

/** Citizens that the first step destroys. */
const FIRST = 200

const wholeTree = () => ({
  unitPath: prepared<{ path: string }>('select path from unit where parent_id is null').one().path,
})

/** Returns what there is to destroy after the close, list by list, and what was destroyed already, with what remains. */
export function findPurge(actor: Actor, campaignId: number) {
  permit(actor, 'worklist.purge', wholeTree())
  const lists = prepared<{
    id: number
    name: string
    unitId: number
    purgedAt: number | null
    summary: string
    citizens: number
  }>(
    `select w.id, w.name, w.unit_id as unitId, w.purged_at as purgedAt, w.summary,
            (select count(*) from assignment a where a.worklist_id = w.id) as citizens
       from worklist w where w.campaign_id = ? order by w.id`,
  ).all(campaignId)
  return {
    bar: worklistBar(campaignId),
    lists: titled(lists).map(({ summary, ...row }) => ({ ...row, kept: totalsOf(JSON.parse(summary) as ListSummary) })),
  }
}

function totalsOf(summary: ListSummary): Partial<Record<AssignmentState, number>> {
  const totals: Partial<Record<AssignmentState, number>> = {}
  for (const states of Object.values(summary))
    for (const [state, count] of Object.entries(states) as [AssignmentState, number][])
      totals[state] = (totals[state] ?? 0) + count
  return totals
}

/** True once two people agreed to destroy the worklists of a campaign. */
export function isPurgeAgreed(campaignId: number): boolean {
  return (
    prepared(
      "select 1 from closing_request where campaign_id = ? and act = 'worklists' and confirmed_at is not null limit 1",
    ).get(campaignId) !== undefined
  )
}

/**
 * Returns campaigns whose worklists still hold citizens although two people agreed to destroy them: the clock was
 * doubtful then, or the purge was interrupted.
 */
export function campaignsToPurge(): number[] {
  return prepared<number>(
    `select distinct w.campaign_id from worklist w
       join closing_request r on r.campaign_id = w.campaign_id and r.act = 'worklists' and r.confirmed_at is not null
      where w.purged_at is null`,
  )
    .pluck()
    .all()
}

/**
 * Destroys the citizens of a campaign's worklists, and the remaining content of uploads, once two people agreed to it
 * after the appeals' term. The counts of each list by hamlet and state stay in its summary (domain 7). Works in steps,
 * each in one transaction with its counts, so that an interrupted purge can resume.
 * Returns how many were destroyed. Throws 403 for others than the campaign office and home affairs.
 * Destroys none while the event log does not confirm the clock: the worker tries again each day.
 */
export async function purgeWorklists(
  actor: Actor,
  campaignId: number,
): Promise<Result<{ destroyed: number }, DestructionBar | 'close_not_proposed'>> {
  const { bar, lists } = findPurge(actor, campaignId)
  if (!isPurgeAgreed(campaignId)) return { ok: false, problem: bar ?? 'close_not_proposed' }
  if (!isClockTrusted(Date.now())) return { ok: true, destroyed: 0 }
  let destroyed = 0
  const pace = new Pace(FIRST)
  for (const { id, purgedAt } of lists) {
    if (purgedAt !== null) continue
    await untilNone(
      pace,
      most => destroySome(id, most),
      async rows => {
        destroyed += rows
      },
    )
    await inTurn(() => endPurge(actor, campaignId, id))
  }
  await inTurn(() => forgetUploads(campaignId))
  return { ok: true, destroyed }
}

function destroySome(worklistId: number, most: number): number {
  return transact(() => {
    const rows = prepared<{ id: number; hamlet: string; state: AssignmentState }>(
      'select id, hamlet, state from assignment where worklist_id = ? order by id limit ?',
    ).all(worklistId, most)
    const summary = JSON.parse(
      prepared<string>('select summary from worklist where id = ?').pluck().one(worklistId),
    ) as ListSummary
    for (const { id, hamlet, state } of rows) {
      const states = summary[hamlet] ?? {}
      states[state] = (states[state] ?? 0) + 1
      summary[hamlet] = states
      prepared('delete from assignment where id = ?').run(id)
    }
    prepared('update worklist set summary = ? where id = ?').run(JSON.stringify(summary), worklistId)
    return rows.length
  })
}

function endPurge(actor: Actor, campaignId: number, worklistId: number) {
  transact(tx => {
    const summary = JSON.parse(
      prepared<string>('select summary from worklist where id = ?').pluck().one(worklistId),
    ) as ListSummary
    const count = Object.values(totalsOf(summary)).reduce((sum, n) => sum + n, 0)
    prepared('update worklist set purged_at = ? where id = ?').run(campaignNow(), worklistId)
    logEvent(tx, actor, { verb: 'purge', subject: 'worklist', subjectId: worklistId, campaignId, data: { count } })
  })
}
