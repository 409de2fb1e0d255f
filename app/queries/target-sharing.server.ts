import { and, asc, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { indicatorNamed } from '#app/domain/campaign-indicator.ts'
import { dailyTarget } from '#app/domain/pace.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { checkSharing, receiverKinds, type SharingProblem } from '#app/domain/target-sharing.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account, indicatorTarget, targetShare, targetSharing, unit } from '#db/schema.ts'
import { writeIndicatorTarget } from './campaign.server.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { hasDistricts } from './locality.server.ts'
import type { UnitRow } from './unit.server.ts'

type Sharer = Pick<UnitRow, 'id' | 'kind' | 'name' | 'path' | 'localityCode'>

const kindsBelow = ({ kind }: Pick<Sharer, 'kind'>) => receiverKinds(kind, hasDistricts(campaignToday()))

/** Returns a unit that shares its targets out; undefined for any other, or where the actor does not see it. */
function sharerFor(actor: Actor, unitId: number): Sharer | undefined {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  return row && kindsBelow(row).length > 0 && can(actor, 'unit.view', { unitPath: row.path }) ? row : undefined
}

/** The annex's totals of an indicator by locality. */
function annexOf(campaignId: number, indicator: string): ReadonlyMap<string, number> {
  const rows = db
    .select({ code: indicatorTarget.localityCode, total: indicatorTarget.total })
    .from(indicatorTarget)
    .where(and(eq(indicatorTarget.campaignId, campaignId), eq(indicatorTarget.indicator, indicator)))
    .all()
  return new Map(rows.map(({ code, total }) => [code, total]))
}

/** Who takes a share: the communes first, then the departments and teams, by name. Of the province, its localities alone. */
function receiversOf(sharer: Sharer) {
  return db
    .select({ id: unit.id, name: unit.name, kind: unit.kind, localityCode: unit.localityCode })
    .from(unit)
    .where(
      and(
        eq(unit.parentId, sharer.id),
        inArray(unit.kind, [...kindsBelow(sharer)]),
        isNull(unit.closedOn),
        sharer.kind === 'province' ? isNotNull(unit.localityCode) : undefined,
      ),
    )
    .orderBy(asc(unit.kind), asc(unit.nameFolded))
    .all()
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)

/**
 * Returns what a unit has to share out and what each receiver has now. The province shares the sum of the annex's rows,
 * which are its shares in force; any other unit its own row, by its latest decision. `total` null: the annex gives none.
 * `isOpen`: the province has no row yet, so what it hands down is its total.
 */
function sharingOf(campaignId: number, sharer: Sharer, indicator: string) {
  const annex = annexOf(campaignId, indicator)
  const receivers = receiversOf(sharer)
  const decisions = decisionsOf(campaignId, sharer.id, indicator)
  if (sharer.kind !== 'province') {
    const [inForce] = decisions
    const shares = inForce && sharesOf(inForce.id)
    const rows = receivers.map(row => ({ ...row, share: shares?.get(row.id)?.total ?? null }))
    const total = annex.get(sharer.localityCode ?? '') ?? null
    return { decisions, rows, total, isShared: inForce !== undefined, isOpen: false }
  }
  const rows = receivers.map(row => ({ ...row, share: annex.get(row.localityCode ?? '') ?? null }))
  const isShared = rows.some(({ share }) => share !== null)
  const isOurs = indicatorNamed(listIndicators(campaignId), indicator) !== undefined
  const total = isShared ? sumOf(rows.map(({ share }) => share ?? 0)) : null
  return { decisions, rows, total, isShared, isOpen: isOurs && !isShared && rows.length > 0 }
}

function decisionsOf(campaignId: number, unitId: number, indicator: string) {
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
 * Returns how a unit shares out one indicator of the annex (plan V.6). Contains its total with its daily part (of the
 * province the sum of the rows' parts), the shares in force, and every decision. Undefined if it shares nothing out, or
 * is not visible.
 */
export function findSharing(actor: Actor, campaignId: number, unitId: number, indicator: string) {
  const sharer = sharerFor(actor, unitId)
  if (!sharer) return undefined
  const { decisions, rows, total, isOpen } = sharingOf(campaignId, sharer, indicator)
  const { regulation } = rulesOf(campaignId)
  const parts = sharer.kind === 'province' ? rows.map(({ share }) => share ?? 0) : [total ?? 0]
  return {
    name: sharer.name,
    total,
    daily: total === null ? null : sumOf(parts.map(part => dailyTarget(part, regulation))),
    isOpen,
    rows: rows.map(({ localityCode: _, ...row }) => row),
    decisions: decisions.map(decision => ({
      ...decision,
      shares: [...sharesOf(decision.id).values()].map(share => ({ unitId: share.unitId, total: share.total })),
    })),
    mayShare: can(actor, 'target.hand_down', { unitPath: sharer.path }),
  }
}

/**
 * Hands a unit's total of one indicator down by a numbered decision; the shares must add up to it. Each daily share is
 * ceil(share ÷ 90), as in the annex. What the province hands to its communes are rows of the annex, which change with
 * it. Throws 404 if the unit is not visible or the campaign has no such indicator, 403 if the actor may not share it.
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
    indicator: string
    documentNumber: string
    /** in proportion to what; '': by hand */
    basis: string
    /** by unit; units without an entry get nothing */
    shares: ReadonlyMap<number, number>
  },
): Result<object, SharingProblem> {
  const sharer = found(sharerFor(actor, unitId))
  permit(actor, 'target.hand_down', { unitPath: sharer.path })
  found(indicatorNamed(listIndicators(campaignId), indicator))
  return transact(tx => {
    const { rows: receivers, total, isShared, isOpen } = sharingOf(campaignId, sharer, indicator)
    const wanted = receivers.map(({ id }) => shares.get(id) ?? 0)
    const whole = isOpen ? sumOf(wanted) || null : total
    const standing = isShared ? receivers.map(({ share }) => share ?? 0) : null
    const problem = checkSharing(whole, wanted, standing)
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
    receivers.forEach(({ id, localityCode }, n) => {
      const part = wanted[n] ?? 0
      if (sharer.kind === 'province' && localityCode !== null)
        writeIndicatorTarget(tx, actor, campaignId, { localityCode, indicator, total: part })
      tx.insert(targetShare)
        .values({ sharingId, unitId: id, total: part, daily: dailyTarget(part, regulation) })
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

/** The share of a unit by the decisions in force, by indicator; for actors who may see the unit. */
type ReceivedShare = {
  indicator: string
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
  return listIndicators(campaignId).flatMap(({ code }) => shares.filter(share => share.indicator === code))
}
