import { setImmediate } from 'node:timers/promises'
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { type Actor, can, permit, scopeOf } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { notFound, type Result, refused } from '#app/domain/refusal.ts'
import { checkTarget, isAbove, type TargetInput } from '#app/domain/target.ts'
import { db, type FactTx, prepared } from '#db/client.server.ts'
import { account, official, standing, targetDecision, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { startJob } from './job.server.ts'
import { change, rulesOf, writeUnjudged } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { everPostedIn, unitIdOn } from './official-posting.server.ts'
import { titled } from './unit-title.server.ts'

/** Officials a transaction takes; more would hold up other writers. */
const CHUNK = 200

/**
 * True where the actor may lower an official's target below the quota (domain 3): a head above the official's unit, so
 * that no unit lowers what it is measured by. The unit is the nearest one, upwards, that has a head of its own.
 */
function mayLower(actor: Actor, officialId: number): boolean {
  const today = campaignToday()
  const { unitPath } = targetOf(officialId, today)
  const own = prepared<string>(
    `select u.path from role_grant g join unit u on u.id = g.unit_id
      where g.role = 'head' and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
        and substr(@unitPath, 1, length(u.path)) = u.path order by length(u.path) desc limit 1`,
  )
    .pluck()
    .get({ today, unitPath })
  return scopeOf(actor, 'target.assign').paths.some(path => isAbove(path, own ?? unitPath))
}

/**
 * Assigns a target to the officials named (plan IV.1, V.6): the regulation's quota or more; less only by a numbered
 * document from above their unit. No official assigns their own target; a head's comes from one level up. Officials who
 * have this target already are skipped. All or none; returns how many were assigned.
 */
export function assignTargets(
  actor: Actor,
  campaignId: number,
  { officialIds, input }: { officialIds: readonly number[]; input: TargetInput },
): Result<{ assigned: number }> {
  const { regulation } = rulesOf(campaignId)
  const wanted = [...new Set(officialIds)]
  for (const officialId of wanted) {
    const target = targetOf(officialId, campaignToday())
    if (!can(actor, 'official.view', target)) throw notFound()
    permit(actor, 'target.assign', target)
  }
  const problems = checkTarget(input, regulation)
  if (input.target < regulation.quota && !wanted.every(officialId => mayLower(actor, officialId)))
    problems.push({ field: 'target', reason: 'target_lowered_above' })
  if (problems.length > 0) return { ok: false, problems }
  const open = wanted.filter(officialId => !isDecided(campaignId, officialId, input))
  change(campaignId, { standings: open }, tx => {
    for (const officialId of open) insertDecision(tx, actor, campaignId, { officialId, unitId: null, input })
  })
  return { ok: true, assigned: open.length }
}

/**
 * The same to everybody in a subtree whose target the actor may assign and who bears the quota. Chunk by chunk, each a
 * transaction of its own with room for other requests between two: tried again it goes on where it stopped.
 */
export async function assignTargetToAll(
  actor: Actor,
  campaignId: number,
  { unitPath, input }: { unitPath: string; input: TargetInput },
): Promise<Result<{ assigned: number }>> {
  const assignable = assignableOfficials(actor, campaignId, unitPath)
  const isLower = input.target < rulesOf(campaignId).regulation.quota
  const officialIds = isLower ? assignable.filter(officialId => mayLower(actor, officialId)) : assignable
  if (isLower && officialIds.length === 0 && assignable.length > 0)
    return { ok: false, problems: [{ field: 'target', reason: 'target_lowered_above' }] }
  let assigned = 0
  for (let start = 0; start < officialIds.length; start += CHUNK) {
    const chunk = assignTargets(actor, campaignId, { officialIds: officialIds.slice(start, start + CHUNK), input })
    if (!chunk.ok) return chunk
    assigned += chunk.assigned
    await setImmediate()
  }
  return { ok: true, assigned }
}

/** Everybody in a subtree who bears the quota and whose target the actor may assign. */
export const assignableOfficials = (actor: Actor, campaignId: number, unitPath: string) =>
  assignable(actor, campaignId, [everPostedIn(standing.officialId, unitPath), inSubtree(unit.path, unitPath)])

/** Of these officials, those who have a target that the actor may assign. */
export const listToAssign = (actor: Actor, campaignId: number, officialIds: readonly number[]) =>
  assignable(actor, campaignId, [inArray(standing.officialId, [...officialIds])])

function assignable(actor: Actor, campaignId: number, among: SQL[]): number[] {
  return db
    .select({ officialId: standing.officialId })
    .from(standing)
    .innerJoin(unit, eq(unit.id, unitIdOn(standing.officialId, campaignToday())))
    .where(
      and(
        eq(standing.campaignId, campaignId),
        sql`${standing.target} is not null`,
        ...among,
        within(actor, 'target.assign', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: standing.officialId,
        }),
      ),
    )
    .all()
    .map(row => row.officialId)
}

function isDecided(campaignId: number, officialId: number, input: TargetInput): boolean {
  const latest = prepared<{ citizens: number; documentNumber: string }>(
    `select citizens, document_number as documentNumber from target_decision
      where campaign_id = ? and official_id = ? order by created_at desc, id desc limit 1`,
  ).get(campaignId, officialId)
  return latest?.citizens === input.target && latest.documentNumber === (input.documentNumber ?? '')
}

function insertDecision(
  tx: FactTx,
  actor: Actor,
  campaignId: number,
  { officialId, unitId, input }: { officialId: number | null; unitId: number | null; input: TargetInput },
) {
  const row = tx
    .insert(targetDecision)
    .values({
      campaignId,
      officialId,
      unitId,
      citizens: input.target,
      documentNumber: input.documentNumber ?? '',
      reason: input.reason ?? '',
      createdAt: campaignNow(),
      createdBy: actor.kind === 'person' ? actor.accountId : null,
    })
    .returning({ id: targetDecision.id })
    .get()
  logEvent(tx, actor, {
    verb: 'assign',
    subject: 'target',
    subjectId: row.id,
    campaignId,
    data: { officialId, unitId, citizens: input.target, documentNumber: input.documentNumber },
  })
}

/**
 * Decides the target of a whole area (plan IV.1, V.6), by a numbered document of the campaign office: it holds for
 * everybody in the unit's subtree for whom nothing nearer is decided. It touches too many people for one transaction,
 * so the job `rejudge` is queued with it, in the same transaction; boards say so until it is done.
 */
export function decideAreaTarget(
  actor: Actor,
  campaignId: number,
  { unitId, input }: { unitId: number; input: TargetInput },
): Result<{ jobId: number }> {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!row || !can(actor, 'unit.view', { unitPath: row.path })) throw notFound()
  permit(actor, 'target.decide_area', { unitPath: row.path })
  const problems = checkTarget(input, rulesOf(campaignId).regulation)
  if (problems.length > 0) return { ok: false, problems }
  if (input.documentNumber === null) return refused('documentNumber', 'target_document_needed')
  return writeUnjudged(tx => {
    insertDecision(tx, actor, campaignId, { officialId: null, unitId, input })
    return { ok: true, jobId: startJob(actor, 'rejudge', { campaignId }) }
  })
}

/**
 * Decisions on targets, newest first: those of a subtree's people as far as the actor may see them, and of its units
 * and the units above; or with `officialId` those of one person, of their unit and of the units above.
 */
export function listTargetDecisions(
  actor: Actor,
  campaignId: number,
  { unitPath, officialId, limit = 100 }: { unitPath: string; officialId?: number; limit?: number },
) {
  const place = alias(unit, 'place')
  const area = alias(unit, 'area')
  const isAbove = sql`substr(${unitPath}, 1, length(${area.path})) = ${area.path}`
  const rows = db
    .select({
      id: targetDecision.id,
      officialId: targetDecision.officialId,
      officialName: official.name,
      unitId: targetDecision.unitId,
      citizens: targetDecision.citizens,
      documentNumber: targetDecision.documentNumber,
      reason: targetDecision.reason,
      createdAt: targetDecision.createdAt,
      decidedBy: account.displayName,
    })
    .from(targetDecision)
    .leftJoin(official, eq(official.id, targetDecision.officialId))
    .leftJoin(place, eq(place.id, unitIdOn(targetDecision.officialId, campaignToday())))
    .leftJoin(area, eq(area.id, targetDecision.unitId))
    .leftJoin(account, eq(account.id, targetDecision.createdBy))
    .where(
      and(
        eq(targetDecision.campaignId, campaignId),
        or(
          and(
            inSubtree(place.path, unitPath),
            officialId === undefined ? undefined : eq(targetDecision.officialId, officialId),
            within(actor, 'official.view', {
              unitPath: place.path,
              guardPath: place.guardPath,
              officialId: targetDecision.officialId,
            }),
          ),
          isAbove,
          officialId === undefined ? inSubtree(area.path, unitPath) : undefined,
        ),
      ),
    )
    .orderBy(desc(targetDecision.createdAt), desc(targetDecision.id))
    .limit(limit)
    .all()
  return titled(rows)
}
