import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { dailyTarget } from '#app/domain/pace.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { checkSharing, type SharingProblem } from '#app/domain/target-sharing.ts'
import { INDICATORS, type Indicator } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account, indicatorTarget, targetShare, targetSharing, unit } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'

/** A district's unit; undefined for any other, or where the actor neither hands down its targets nor sees it. */
function districtFor(actor: Actor, unitId: number) {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (row?.kind !== 'district' || !can(actor, 'unit.view', { unitPath: row.path })) return undefined
  return row
}

/** The district's total of an indicator by the annex; null where the annex gives it none. */
function totalOf(campaignId: number, localityCode: string | null, indicator: Indicator): number | null {
  if (localityCode === null) return null
  const row = db
    .select({ total: indicatorTarget.total })
    .from(indicatorTarget)
    .where(
      and(
        eq(indicatorTarget.campaignId, campaignId),
        eq(indicatorTarget.localityCode, localityCode),
        eq(indicatorTarget.indicator, indicator),
      ),
    )
    .get()
  return row?.total ?? null
}

/** Who takes a share: the communes first, then the departments, by name. */
function receiversOf(districtId: number) {
  return db
    .select({ id: unit.id, name: unit.name, kind: unit.kind })
    .from(unit)
    .where(and(eq(unit.parentId, districtId), inArray(unit.kind, ['commune', 'department']), isNull(unit.closedOn)))
    .orderBy(asc(unit.kind), asc(unit.nameFolded))
    .all()
}

function decisionsOf(campaignId: number, unitId: number, indicator: Indicator) {
  return db
    .select({
      id: targetSharing.id,
      documentNumber: targetSharing.documentNumber,
      basis: targetSharing.basis,
      decidedAt: targetSharing.decidedAt,
      decidedBy: account.displayName,
    })
    .from(targetSharing)
    .innerJoin(account, eq(account.id, targetSharing.decidedBy))
    .where(
      and(
        eq(targetSharing.campaignId, campaignId),
        eq(targetSharing.unitId, unitId),
        eq(targetSharing.indicator, indicator),
      ),
    )
    .orderBy(desc(targetSharing.id))
    .all()
}

const sharesOf = (sharingId: number) =>
  new Map(
    db
      .select()
      .from(targetShare)
      .where(eq(targetShare.sharingId, sharingId))
      .all()
      .map(row => [row.unitId, row]),
  )

/**
 * Returns how a district shares out one indicator of the annex (plan V.6). Contains its total, the shares by the
 * decision in force, and every earlier decision. Undefined if it is not a district, or not visible.
 */
export function findSharing(actor: Actor, campaignId: number, unitId: number, indicator: Indicator) {
  const district = districtFor(actor, unitId)
  if (!district) return undefined
  const decisions = decisionsOf(campaignId, unitId, indicator)
  const shares = sharesOf(decisions[0]?.id ?? 0)
  return {
    name: district.name,
    total: totalOf(campaignId, district.localityCode, indicator),
    rows: receiversOf(unitId).map(row => ({ ...row, share: shares.get(row.id)?.total ?? null })),
    decisions: decisions.map(decision => ({
      ...decision,
      shares: [...sharesOf(decision.id).values()].map(share => ({ unitId: share.unitId, total: share.total })),
    })),
    mayShare: can(actor, 'target.hand_down', { unitPath: district.path }),
  }
}

/**
 * Hands a district's total of one indicator down by a numbered decision; the shares must add up to it. Each daily
 * share is ceil(share
 * 90), as in the annex. Throws 404 if the unit is not visible, 403 if the actor may not share it.
 */
export function shareTarget(
  actor: Actor,
  campaignId: number,
  {
    unitId,
    indicator,
    documentNumber,
    basis,
    shares,
  }: {
    unitId: number
    indicator: Indicator
    documentNumber: string
    /** in proportion to what; '': by hand */
    basis: string
    /** by unit; units without an entry get nothing */
    shares: ReadonlyMap<number, number>
  },
): Result<object, SharingProblem> {
  const district = found(districtFor(actor, unitId))
  permit(actor, 'target.hand_down', { unitPath: district.path })
  return transact(tx => {
    const receivers = receiversOf(unitId)
    const wanted = receivers.map(({ id }) => shares.get(id) ?? 0)
    const [inForce] = decisionsOf(campaignId, unitId, indicator)
    const standing = inForce ? receivers.map(({ id }) => sharesOf(inForce.id).get(id)?.total ?? 0) : null
    const problem = checkSharing(totalOf(campaignId, district.localityCode, indicator), wanted, standing)
    if (problem) return { ok: false, problem }
    const { regulation } = rulesOf(campaignId)
    const { id: sharingId } = tx
      .insert(targetSharing)
      .values({
        campaignId,
        unitId,
        indicator,
        documentNumber,
        basis,
        decidedAt: campaignNow(),
        decidedBy: accountOf(actor),
      })
      .returning({ id: targetSharing.id })
      .get()
    receivers.forEach(({ id }, n) => {
      const total = wanted[n] ?? 0
      tx.insert(targetShare)
        .values({ sharingId, unitId: id, total, daily: dailyTarget(total, regulation) })
        .run()
    })
    logEvent(tx, actor, {
      verb: 'share',
      subject: 'target_sharing',
      subjectId: sharingId,
      campaignId,
      data: { unitId, indicator, documentNumber, count: receivers.length },
    })
    return { ok: true }
  })
}

/** The share of a commune or department by the decisions in force, by indicator; for actors who may see the unit. */
type ReceivedShare = {
  indicator: Indicator
  total: number
  daily: number
  documentNumber: string
  decidedAt: number
}

/** Lists the shares given to a unit, in the annex's order; undefined if the unit is not visible. */
export function listReceivedShares(actor: Actor, campaignId: number, unitId: number): ReceivedShare[] | undefined {
  const row = db.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
  if (!row || !can(actor, 'unit.view', { unitPath: row.path })) return undefined
  const shares = prepared<ReceivedShare>(
    `select s.indicator, t.total, t.daily, s.document_number as documentNumber, s.decided_at as decidedAt
       from target_share t join target_sharing s on s.id = t.sharing_id
      where s.campaign_id = ? and t.unit_id = ? and not exists (select 1 from target_sharing n
        where n.campaign_id = s.campaign_id and n.unit_id = s.unit_id and n.indicator = s.indicator and n.id > s.id)`,
  ).all(campaignId, unitId)
  return INDICATORS.flatMap(indicator => shares.filter(share => share.indicator === indicator))
}
