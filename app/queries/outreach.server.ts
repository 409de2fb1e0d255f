import { and, asc, desc, eq, gt, isNull, lt, lte, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import { checkEntryOpen } from '#app/domain/field-entry.ts'
import type { TableOutreach } from '#app/domain/field-table.ts'
import { checkOutreach, type OutreachInput } from '#app/domain/outreach-input.ts'
import type { FieldProblem, InputProblem } from '#app/domain/problem.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import { OUTREACH_CHANNELS, type OutreachChannel } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { locality, outreach, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { actsIn, findLocality } from './locality.server.ts'
import { firstRefused, refusalsOf } from './reach.server.ts'
import { labelsBelow, listChildren } from './unit.server.ts'
import { titled, titleOfUnit } from './unit-title.server.ts'

const PAGE = 50

/** What is dated after the campaign is a part of its own: no sum and no report has it (domain 8). */
type Part = 'within' | 'after'

const lastDayOf = (campaignId: number) => rulesOf(campaignId).regulation.endsOn

const stands = (campaignId: number, unitPath: string, part: Part) =>
  and(
    eq(outreach.campaignId, campaignId),
    inSubtree(unit.path, unitPath),
    isNull(outreach.withdrawnAt),
    part === 'within' ? lte(outreach.heldOn, lastDayOf(campaignId)) : gt(outreach.heldOn, lastDayOf(campaignId)),
  )

const COLUMNS = {
  channel: outreach.channel,
  heldOn: outreach.heldOn,
  localityCode: outreach.localityCode,
  area: sql<string>`${locality.type} || ' ' || ${locality.name}`,
  place: outreach.place,
  people: outreach.people,
  note: outreach.note,
}

/**
 * Activities logged by a unit and those below it, the latest entry first; `before` is the last id of the page before.
 * `part`: of the campaign's days, or of later ones.
 */
export function listOutreach(
  actor: Actor,
  campaignId: number,
  {
    unitPath,
    channel,
    before,
    part = 'within',
  }: { unitPath: string; channel?: OutreachChannel; before?: number; part?: Part },
) {
  if (!can(actor, 'unit.view', { unitPath })) throw notFound()
  const rows = db
    .select({ ...COLUMNS, id: outreach.id, unitId: unit.id, unitPath: unit.path })
    .from(outreach)
    .innerJoin(unit, eq(unit.id, outreach.unitId))
    .innerJoin(locality, eq(locality.code, outreach.localityCode))
    .where(
      and(
        stands(campaignId, unitPath, part),
        channel ? eq(outreach.channel, channel) : undefined,
        before === undefined ? undefined : lt(outreach.id, before),
      ),
    )
    .orderBy(desc(outreach.id))
    .limit(PAGE + 1)
    .all()
  const page = titled(rows.slice(0, PAGE)).map(({ unitPath: path, ...row }) => ({
    ...row,
    mayWithdraw: can(actor, 'outreach.log', { unitPath: path }),
  }))
  return { rows: page, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null }
}

/** Lists every valid activity of a subtree in one part, by day, for an export. */
export function exportOutreach(actor: Actor, campaignId: number, unitPath: string, part: Part = 'within') {
  if (!can(actor, 'unit.view', { unitPath })) throw notFound()
  const labels = labelsBelow(unitPath)
  return db
    .select({ ...COLUMNS, unitId: unit.id })
    .from(outreach)
    .innerJoin(unit, eq(unit.id, outreach.unitId))
    .innerJoin(locality, eq(locality.code, outreach.localityCode))
    .where(stands(campaignId, unitPath, part))
    .orderBy(asc(outreach.heldOn), asc(outreach.id))
    .all()
    .map(({ unitId, ...row }) => ({ ...row, unitName: labels.get(unitId) ?? titleOfUnit(unitId) }))
}

export type OutreachSum = { sessions: number; people: number }
const NOTHING: OutreachSum = { sessions: 0, people: 0 }

/**
 * Sums up the activities of a subtree and the people reached, by channel, and by the units directly below with all
 * below them.
 */
export function sumOutreach(
  actor: Actor,
  campaignId: number,
  { unitId, unitPath }: { unitId: number; unitPath: string },
) {
  if (!can(actor, 'unit.view', { unitPath })) throw notFound()
  const rows = db
    .select({
      channel: outreach.channel,
      path: unit.path,
      sessions: sql<number>`count(*)`,
      people: sql<number>`sum(${outreach.people})`,
    })
    .from(outreach)
    .innerJoin(unit, eq(unit.id, outreach.unitId))
    .where(stands(campaignId, unitPath, 'within'))
    .groupBy(outreach.channel, unit.path)
    .all()
  const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows
      .filter(keep)
      .reduce((total, row) => ({ sessions: total.sessions + row.sessions, people: total.people + row.people }), NOTHING)
  return {
    total: sum(() => true),
    channels: OUTREACH_CHANNELS.map(channel => ({ channel, ...sum(row => row.channel === channel) })),
    below: listChildren(actor, unitId)
      .map(({ id, name, path }) => ({ id, name, ...sum(row => row.path.startsWith(path)) }))
      .filter(({ sessions }) => sessions > 0),
  }
}

/**
 * Logs an activity of a unit, where the unit acts. Plan III.1. The same one twice is refused, so that the form asks,
 * unless `isAnother`.
 */
export function logOutreach(
  actor: Actor,
  campaignId: number,
  { unitId, input, isAnother = false }: { unitId: number; input: OutreachInput; isAnother?: boolean },
): Result {
  return transact(tx => {
    const row = tx.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
    if (!row || !can(actor, 'unit.view', { unitPath: row.path })) throw notFound()
    permit(actor, 'outreach.log', { unitPath: row.path })
    const { regulation } = rulesOf(campaignId)
    const today = campaignToday()
    const problems: FieldProblem[] = [
      ...checkEntryOpen(today, regulation),
      ...checkOutreach(input, { today, startsOn: regulation.startsOn }),
    ]
    if (!findLocality(input.localityCode, today)) problems.push({ field: 'localityCode', reason: 'locality_unknown' })
    else if (!actsIn(row.path, input.localityCode, input.heldOn))
      problems.push({ field: 'localityCode', reason: 'locality_not_own' })
    if (problems.length === 0 && !isAnother && isLogged(campaignId, { unitId, ...input }))
      problems.push({ field: 'isAnother', reason: 'outreach_repeated' })
    if (problems.length > 0) return { ok: false, problems }
    const made = tx
      .insert(outreach)
      .values({
        campaignId,
        unitId,
        ...input,
        note: input.note ?? '',
        createdAt: campaignNow(),
        createdBy: accountOf(actor),
      })
      .returning({ id: outreach.id })
      .get()
    logEvent(tx, actor, { verb: 'add', subject: 'outreach', subjectId: made.id, campaignId, data: { unitId } })
    return { ok: true }
  })
}

/** Takes an activity out of the sums; it stays on record. Returns the unit that logged it. */
export function withdrawOutreach(actor: Actor, campaignId: number, outreachId: number): { unitId: number } {
  return transact(tx => {
    const row = tx
      .select({ unitId: unit.id, path: unit.path })
      .from(outreach)
      .innerJoin(unit, eq(unit.id, outreach.unitId))
      .where(and(eq(outreach.id, outreachId), eq(outreach.campaignId, campaignId), isNull(outreach.withdrawnAt)))
      .get()
    if (!row || !can(actor, 'unit.view', { unitPath: row.path })) throw notFound()
    permit(actor, 'outreach.log', { unitPath: row.path })
    tx.update(outreach).set({ withdrawnAt: campaignNow() }).where(eq(outreach.id, outreachId)).run()
    logEvent(tx, actor, {
      verb: 'withdraw',
      subject: 'outreach',
      subjectId: outreachId,
      campaignId,
      data: { unitId: row.unitId },
    })
    return { unitId: row.unitId }
  })
}

/** Returns true if the same activity exists already: importing a table twice adds nothing, and the form asks. */
function isLogged(
  campaignId: number,
  { unitId, channel, heldOn, place, people }: Pick<TableOutreach, 'unitId' | 'channel' | 'heldOn' | 'place' | 'people'>,
): boolean {
  const same = and(
    eq(outreach.campaignId, campaignId),
    eq(outreach.unitId, unitId),
    eq(outreach.channel, channel),
    eq(outreach.heldOn, heldOn),
    eq(outreach.place, place),
    eq(outreach.people, people),
    isNull(outreach.withdrawnAt),
  )
  return db.select({ id: outreach.id }).from(outreach).where(same).get() !== undefined
}

/** New rows that one table may bring: each is written in the same transaction. */
export const MOST_NEW_ROWS = 200

/** A table as saving would take it: `fresh` rows, how many exist already, each problem of rows that would be refused. */
export type TablePreview<Row> = {
  fresh: Row[]
  known: number
  refused: { number: number; reason: InputProblem }[]
  isTooLong: boolean
}

/** Every problem of the rows that saving would refuse. */
export const refusedRows = (
  refused: readonly { item: { number: number }; refusal: { problems: readonly FieldProblem[] } }[],
): TablePreview<never>['refused'] =>
  refused.flatMap(({ item, refusal }) => refusal.problems.map(({ reason }) => ({ number: item.number, reason })))

/** Previews the activities of a table. Writes nothing. */
export function previewOutreach(
  actor: Actor,
  campaignId: number,
  activities: readonly TableOutreach[],
): TablePreview<TableOutreach> {
  const open = activities.filter(activity => !isLogged(campaignId, activity))
  const known = activities.length - open.length
  if (open.length > MOST_NEW_ROWS) return { fresh: [], known, refused: [], isTooLong: true }
  const refused = refusalsOf(open, ({ number: _, unitId, ...input }) =>
    logOutreach(actor, campaignId, { unitId, input, isAnother: true }),
  )
  const isRefused = new Set(refused.map(({ item }) => item))
  return {
    fresh: open.filter(activity => !isRefused.has(activity)),
    known,
    refused: refusedRows(refused),
    isTooLong: false,
  }
}

/**
 * Logs the activities of a table, all or none. Existing ones are skipped and counted. `number` is the first refused
 * row, with its reason.
 */
export function importOutreach(
  actor: Actor,
  campaignId: number,
  activities: readonly TableOutreach[],
): { ok: true; added: number; known: number } | { ok: false; number: number; reason: InputProblem } {
  let fresh: TableOutreach[] = []
  const refused = firstRefused(
    () => {
      fresh = activities.filter(activity => !isLogged(campaignId, activity))
      return fresh
    },
    ({ number: _, unitId, ...input }) => logOutreach(actor, campaignId, { unitId, input, isAnother: true }),
  )
  return refused
    ? { ok: false, number: refused.item.number, reason: refused.refusal.problems[0]?.reason ?? 'required' }
    : { ok: true, added: fresh.length, known: activities.length - fresh.length }
}
