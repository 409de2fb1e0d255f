import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { checkExemption, type ExemptionDecision, type ExemptionInput } from '#app/domain/exemption.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import type { ExemptionState } from '#app/domain/vocabulary.ts'
import { db } from '#db/client.server.ts'
import { account, exemption, official, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { change, rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { unitIdOn } from './official-posting.server.ts'

/**
 * Asks for an official to be exempted from obligation parts or the quota, by a numbered document and for a span of days
 * (domain 3): one request a part, each decided by the head, a head's one level up.
 */
export function askExemption(
  actor: Actor,
  campaignId: number,
  { officialId, input }: { officialId: number; input: ExemptionInput },
): Result {
  const target = targetOf(officialId, campaignToday())
  if (!can(actor, 'official.view', target)) throw notFound()
  permit(actor, 'exemption.ask', target)
  const asked = db
    .select({ part: exemption.part })
    .from(exemption)
    .where(
      and(eq(exemption.campaignId, campaignId), eq(exemption.officialId, officialId), eq(exemption.state, 'asked')),
    )
    .all()
    .map(row => row.part)
  const problems = checkExemption(input, asked)
  if (problems.length > 0) return { ok: false, problems }
  change(campaignId, { standings: [officialId] }, tx => {
    for (const part of input.parts) {
      const row = tx
        .insert(exemption)
        .values({
          campaignId,
          officialId,
          part,
          reason: input.reason,
          reasonText: input.reasonText ?? '',
          documentNumber: input.documentNumber,
          fromOn: input.fromOn,
          toOn: input.toOn,
          state: 'asked',
          askedAt: campaignNow(),
          askedBy: actor.kind === 'person' ? actor.accountId : null,
        })
        .returning({ id: exemption.id })
        .get()
      logEvent(tx, actor, {
        verb: 'ask',
        subject: 'exemption',
        subjectId: row.id,
        campaignId,
        data: { officialId, part, reason: input.reason },
      })
    }
  })
  return { ok: true }
}

/** The stored row with its official's target; 404 where it is out of the actor's sight. */
function visible(actor: Actor, campaignId: number, exemptionId: number) {
  const row = db
    .select()
    .from(exemption)
    .where(and(eq(exemption.id, exemptionId), eq(exemption.campaignId, campaignId)))
    .get()
  const target = row && targetOf(row.officialId, campaignToday())
  if (!target || !can(actor, 'official.view', target)) throw notFound()
  return { row, target }
}

/**
 * Approves or rejects a request; a later decision replaces an earlier one, and the event log keeps both. An approved
 * exemption that covers the cut-off removes the part from the official's denominator; nothing is pro-rated (domain 3).
 */
export function decideExemption(
  actor: Actor,
  campaignId: number,
  { exemptionId, decision, decisionReason }: ExemptionDecision & { exemptionId: number },
) {
  const { row, target } = visible(actor, campaignId, exemptionId)
  permit(actor, 'exemption.decide', target)
  if (row.state === decision) return
  change(campaignId, { standings: [row.officialId] }, tx => {
    tx.update(exemption)
      .set({
        state: decision,
        decisionReason,
        decidedAt: campaignNow(),
        decidedBy: actor.kind === 'person' ? actor.accountId : null,
      })
      .where(eq(exemption.id, exemptionId))
      .run()
    logEvent(tx, actor, {
      verb: decision === 'approved' ? 'approve' : 'reject',
      subject: 'exemption',
      subjectId: exemptionId,
      campaignId,
      data: { officialId: row.officialId, part: row.part, from: row.state },
    })
  })
}

/** Which exemptions: of a subtree's people, or of one person; in one state; ids below `before` (keyset, newest first). */
type ExemptionFilter = {
  unitPath?: string
  officialId?: number
  exemptionId?: number
  state?: ExemptionState
  before?: number
  limit?: number
}

/**
 * Exemptions that the actor may see, newest first, one page. `isEffective`: approved and covering the cut-off.
 * `mayDecide`: this actor decides on it.
 */
export function listExemptions(actor: Actor, campaignId: number, filter: ExemptionFilter) {
  const limit = filter.limit ?? 50
  const { endsOn } = rulesOf(campaignId).regulation
  const columns = { unitPath: unit.path, guardPath: unit.guardPath, officialId: exemption.officialId }
  const rows = db
    .select({
      id: exemption.id,
      officialId: exemption.officialId,
      officialName: official.name,
      unitName: unit.name,
      part: exemption.part,
      reason: exemption.reason,
      reasonText: exemption.reasonText,
      documentNumber: exemption.documentNumber,
      fromOn: exemption.fromOn,
      toOn: exemption.toOn,
      state: exemption.state,
      askedAt: exemption.askedAt,
      askedBy: account.displayName,
      decidedAt: exemption.decidedAt,
      decisionReason: exemption.decisionReason,
      mayDecide: sql<number>`${within(actor, 'exemption.decide', columns)}`,
    })
    .from(exemption)
    .innerJoin(official, eq(official.id, exemption.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(exemption.officialId, campaignToday())))
    .leftJoin(account, eq(account.id, exemption.askedBy))
    .where(
      and(
        eq(exemption.campaignId, campaignId),
        within(actor, 'official.view', columns),
        filter.unitPath ? inSubtree(unit.path, filter.unitPath) : undefined,
        filter.officialId === undefined ? undefined : eq(exemption.officialId, filter.officialId),
        filter.exemptionId === undefined ? undefined : eq(exemption.id, filter.exemptionId),
        filter.state ? eq(exemption.state, filter.state) : undefined,
        filter.before === undefined ? undefined : lt(exemption.id, filter.before),
      ),
    )
    .orderBy(desc(exemption.id))
    .limit(limit + 1)
    .all()
  const page = rows.slice(0, limit).map(row => ({
    ...row,
    mayDecide: row.mayDecide === 1,
    isEffective: row.state === 'approved' && row.fromOn <= endsOn && endsOn <= row.toOn,
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** One exemption; undefined where it is out of the actor's sight. */
export function findExemption(actor: Actor, campaignId: number, exemptionId: number) {
  return listExemptions(actor, campaignId, { exemptionId, limit: 1 }).rows[0]
}
