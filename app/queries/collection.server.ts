import { and, asc, desc, eq, gte, isNull, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type CollectionDay, checkCollectionDay, type PointInput } from '#app/domain/collection.ts'
import { checkEntryOpen, isAfterCampaign } from '#app/domain/field-entry.ts'
import type { TableDay } from '#app/domain/field-table.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import { found, notFound, type Result, refused } from '#app/domain/refusal.ts'
import { db, transact } from '#db/client.server.ts'
import { collectionDay, collectionPoint, locality, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { actsIn, findLocality } from './locality.server.ts'
import { MOST_NEW_ROWS, refusedRows, type TablePreview } from './outreach.server.ts'
import { firstRefused, refusalsOf } from './reach.server.ts'
import { labelsBelow } from './unit.server.ts'
import { titled, titleOfUnit } from './unit-title.server.ts'

const area = sql<string>`${locality.type} || ' ' || ${locality.name}`
const lastDayOf = (campaignId: number) => rulesOf(campaignId).regulation.endsOn

/** A point's sum over the campaign's days; days after its last one are in no sum (domain 8). */
const summed = (column: 'invited' | 'received' | 'sent_on' | 'approved', endsOn: Day) =>
  sql<number>`coalesce((select sum(d.${sql.raw(column)}) from collection_day d
    where d.point_id = ${collectionPoint.id} and d.day <= ${endsOn}), 0)`

const columnsUntil = (endsOn: Day) => ({
  id: collectionPoint.id,
  unitId: unit.id,
  unitPath: unit.path,
  kind: collectionPoint.kind,
  name: collectionPoint.name,
  localityCode: collectionPoint.localityCode,
  area,
  place: collectionPoint.place,
  fromOn: collectionPoint.fromOn,
  toOn: collectionPoint.toOn,
  hours: collectionPoint.hours,
  dailyCapacity: collectionPoint.dailyCapacity,
  cancelledAt: collectionPoint.cancelledAt,
  invited: summed('invited', endsOn),
  received: summed('received', endsOn),
  sentOn: summed('sent_on', endsOn),
  approved: summed('approved', endsOn),
})

/** The collection points of a unit and those below it with their sums, open ones first, the latest end first. `isAfter`: it opens after the campaign. */
export function listPoints(actor: Actor, campaignId: number, unitPath: string) {
  if (!can(actor, 'unit.view', { unitPath })) throw notFound()
  const endsOn = lastDayOf(campaignId)
  const rows = db
    .select(columnsUntil(endsOn))
    .from(collectionPoint)
    .innerJoin(unit, eq(unit.id, collectionPoint.unitId))
    .innerJoin(locality, eq(locality.code, collectionPoint.localityCode))
    .where(and(eq(collectionPoint.campaignId, campaignId), inSubtree(unit.path, unitPath)))
    .orderBy(sql`${collectionPoint.cancelledAt} is not null`, desc(collectionPoint.toOn), asc(collectionPoint.id))
    .all()
  return titled(rows).map(({ unitPath: _, ...row }) => ({ ...row, isAfter: isAfterCampaign(row.fromOn, { endsOn }) }))
}

const DAY_COLUMNS = {
  day: collectionDay.day,
  invited: collectionDay.invited,
  received: collectionDay.received,
  sentOn: collectionDay.sentOn,
  approved: collectionDay.approved,
}

/** Every day that the points of a subtree worked, by point and day, for an export: in the campaign, and after it. */
export function exportCollectionDays(actor: Actor, campaignId: number, unitPath: string) {
  if (!can(actor, 'unit.view', { unitPath })) throw notFound()
  const labels = labelsBelow(unitPath)
  const rows = db
    .select({
      unitId: unit.id,
      pointName: collectionPoint.name,
      kind: collectionPoint.kind,
      area,
      ...DAY_COLUMNS,
    })
    .from(collectionDay)
    .innerJoin(collectionPoint, eq(collectionPoint.id, collectionDay.pointId))
    .innerJoin(unit, eq(unit.id, collectionPoint.unitId))
    .innerJoin(locality, eq(locality.code, collectionPoint.localityCode))
    .where(and(eq(collectionPoint.campaignId, campaignId), inSubtree(unit.path, unitPath)))
    .orderBy(asc(collectionPoint.id), asc(collectionDay.day))
    .all()
    .map(({ unitId, ...row }) => ({ ...row, unitName: labels.get(unitId) ?? titleOfUnit(unitId) }))
  const { regulation } = rulesOf(campaignId)
  return {
    within: rows.filter(({ day }) => !isAfterCampaign(day, regulation)),
    after: rows.filter(({ day }) => isAfterCampaign(day, regulation)),
  }
}

/** Returns one point with its days, the latest first; undefined if its unit is not visible. */
export function findPoint(actor: Actor, campaignId: number, pointId: number) {
  const row = db
    .select(columnsUntil(lastDayOf(campaignId)))
    .from(collectionPoint)
    .innerJoin(unit, eq(unit.id, collectionPoint.unitId))
    .innerJoin(locality, eq(locality.code, collectionPoint.localityCode))
    .where(and(eq(collectionPoint.id, pointId), eq(collectionPoint.campaignId, campaignId)))
    .get()
  if (!row || !can(actor, 'unit.view', { unitPath: row.unitPath })) return undefined
  const days = db
    .select(DAY_COLUMNS)
    .from(collectionDay)
    .where(eq(collectionDay.pointId, pointId))
    .orderBy(desc(collectionDay.day))
    .all()
  return {
    ...row,
    unitName: titleOfUnit(row.unitId),
    days,
    mayKeep: can(actor, 'collection.keep', { unitPath: row.unitPath }),
  }
}

/**
 * Lists points open on `fromOn` (a Day, default today) or later and not cancelled, the earliest first: the public
 * schedule, with each one's district on that day. Contains no person and no sums. Plan III.3: "thông báo cụ thể về thời
 * gian, địa điểm và lịch trình".
 */
export function listSchedule(campaignId: number, fromOn = campaignToday()) {
  return db
    .select({
      id: collectionPoint.id,
      kind: collectionPoint.kind,
      name: collectionPoint.name,
      localityCode: collectionPoint.localityCode,
      area,
      districtCode: sql<string | null>`${locality.code}`,
      place: collectionPoint.place,
      fromOn: collectionPoint.fromOn,
      toOn: collectionPoint.toOn,
      hours: collectionPoint.hours,
      dailyCapacity: collectionPoint.dailyCapacity,
    })
    .from(collectionPoint)
    .innerJoin(unit, eq(unit.id, collectionPoint.unitId))
    .innerJoin(locality, eq(locality.code, collectionPoint.localityCode))
    .where(
      and(
        eq(collectionPoint.campaignId, campaignId),
        isNull(collectionPoint.cancelledAt),
        gte(collectionPoint.toOn, fromOn),
      ),
    )
    .orderBy(asc(collectionPoint.fromOn), asc(collectionPoint.localityCode), asc(collectionPoint.id))
    .all()
    .map(point => ({ ...point, districtCode: districtOf(point.localityCode, fromOn) }))
}

/** The district of a commune on a day; of a wider area its own code. */
function districtOf(code: string, on: Day): string | null {
  const found = findLocality(code, on)
  return found?.level === 'commune' ? found.parentCode : code
}

/** Announces a point of a unit, where the unit acts. Plan III.3. */
export function addPoint(
  actor: Actor,
  campaignId: number,
  { unitId, input }: { unitId: number; input: PointInput },
): Result<{ pointId: number }> {
  return transact(tx => {
    const row = tx.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
    if (!row || !can(actor, 'unit.view', { unitPath: row.path })) throw notFound()
    permit(actor, 'collection.keep', { unitPath: row.path })
    const today = campaignToday()
    const problems = checkEntryOpen(today, rulesOf(campaignId).regulation)
    if (problems.length > 0) return { ok: false, problems }
    if (!findLocality(input.localityCode, today)) return refused('localityCode', 'locality_unknown')
    if (!actsIn(row.path, input.localityCode, input.fromOn)) return refused('localityCode', 'locality_not_own')
    const { id } = tx
      .insert(collectionPoint)
      .values({ campaignId, unitId, ...input, createdAt: campaignNow(), createdBy: accountOf(actor) })
      .returning({ id: collectionPoint.id })
      .get()
    logEvent(tx, actor, { verb: 'add', subject: 'collection_point', subjectId: id, campaignId, data: { unitId } })
    return { ok: true, pointId: id }
  })
}

/** Returns the point if the actor may edit it; throws 404 if it is not visible, 403 if it may only be seen. */
function kept(actor: Actor, campaignId: number, pointId: number) {
  const point = found(findPoint(actor, campaignId, pointId))
  permit(actor, 'collection.keep', { unitPath: point.unitPath })
  return point
}

/** Cancels a point: it leaves the public schedule; the days that it worked stay counted. */
export function cancelPoint(actor: Actor, campaignId: number, pointId: number) {
  transact(tx => {
    const point = kept(actor, campaignId, pointId)
    if (point.cancelledAt !== null) return
    tx.update(collectionPoint).set({ cancelledAt: campaignNow() }).where(eq(collectionPoint.id, pointId)).run()
    logEvent(tx, actor, { verb: 'withdraw', subject: 'collection_point', subjectId: pointId, campaignId })
  })
}

/** Enters or replaces what a point did on a day. */
export function enterCollectionDay(
  actor: Actor,
  campaignId: number,
  { pointId, input }: { pointId: number; input: CollectionDay },
): Result {
  return transact(tx => {
    const point = kept(actor, campaignId, pointId)
    if (point.cancelledAt !== null) return refused('', 'point_cancelled')
    const today = campaignToday()
    const problems = [
      ...checkEntryOpen(today, rulesOf(campaignId).regulation),
      ...checkCollectionDay(input, { ...point, today }),
    ]
    if (problems.length > 0) return { ok: false, problems }
    const entered = { ...input, enteredAt: campaignNow(), enteredBy: accountOf(actor) }
    tx.insert(collectionDay)
      .values({ pointId, ...entered })
      .onConflictDoUpdate({ target: [collectionDay.pointId, collectionDay.day], set: entered })
      .run()
    logEvent(tx, actor, {
      verb: 'record',
      subject: 'collection_point',
      subjectId: pointId,
      campaignId,
      data: { ...input },
    })
    return { ok: true }
  })
}

/** Previews the days of a table against those entered before. Writes nothing. */
export function previewCollectionDays(
  actor: Actor,
  campaignId: number,
  days: readonly TableDay[],
): TablePreview<TableDay> {
  const open = days.filter(day => !isEntered(day)).toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const known = days.length - open.length
  if (open.length > MOST_NEW_ROWS) return { fresh: [], known, refused: [], isTooLong: true }
  const refused = refusalsOf(open, ({ number: _, pointId, ...input }) =>
    enterCollectionDay(actor, campaignId, { pointId, input }),
  )
  const isRefused = new Set(refused.map(({ item }) => item))
  return {
    fresh: open.filter(day => !isRefused.has(day)).toSorted((a, b) => a.number - b.number),
    known,
    refused: refusedRows(refused),
    isTooLong: false,
  }
}

/** True if a point has exactly these figures on that day. */
function isEntered({ pointId, day, invited, received, sentOn, approved }: TableDay): boolean {
  const row = db
    .select(DAY_COLUMNS)
    .from(collectionDay)
    .where(and(eq(collectionDay.pointId, pointId), eq(collectionDay.day, day)))
    .get()
  return (
    row !== undefined &&
    row.invited === invited &&
    row.received === received &&
    row.sentOn === sentOn &&
    row.approved === approved
  )
}

/** Enters the days of a table in their order, all or none; `number` is the row that was refused first. */
export function importCollectionDays(
  actor: Actor,
  campaignId: number,
  days: readonly TableDay[],
): { ok: true; added: number } | { ok: false; number: number; reason: InputProblem } {
  const refused = firstRefused(
    () => days.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    ({ number: _, pointId, ...input }) => enterCollectionDay(actor, campaignId, { pointId, input }),
  )
  return refused
    ? { ok: false, number: refused.item.number, reason: refused.refusal.problems[0]?.reason ?? 'required' }
    : { ok: true, added: days.length }
}
