import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, subtreeEnd, within } from '#app/access/scope.server.ts'
import { dailyQuota, figuresOfStates, type ListFigures } from '#app/domain/assignment.ts'
import { addDays, type Day, daysFrom } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import { typedBeside } from '#app/domain/person-name.ts'
import type { AssignmentState, WorklistLack } from '#app/domain/vocabulary.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { unsealName, unsealText } from '#db/keys.server.ts'
import { account, assignment, locality, official, team, unit, worklist } from '#db/schema.ts'
import { isUnrestricted } from './citizen-right.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { titled, unitTitles } from './unit-title.server.ts'

/** The unit of a list, where the actor sees its citizens; undefined otherwise. */
export function listUnit(actor: Actor, unitId: number) {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  return row && can(actor, 'worklist.view', { unitPath: row.path, guardPath: row.guardPath }) ? row : undefined
}

type Counted = { unitId: number; hamlet: string; state: AssignmentState; isShared: number; n: number }

/**
 * Figures of one hamlet, or of one of several lists of the same unit in the subtree; `unshared`: open and unassigned.
 */
type ListPart = ListFigures & {
  key: string
  unitId: number
  label: string
  hamlet: string | null
  unshared: number
}

const DAYS_SHOWN = 10

/**
 * Returns the state of the lists of a unit's subtree, and the imports with their legal basis. Figures are by hamlet,
 * or by unit if a list belongs to a unit below. Also gives the number done on each of the last days, beside the daily
 * quota that the open ones and the remaining days require. Undefined if not visible to the actor.
 */
export function findWorklistBoard(actor: Actor, campaignId: number, unitId: number) {
  const at = listUnit(actor, unitId)
  if (!at) return undefined
  const { regulation } = rulesOf(campaignId)
  const today = campaignToday()
  const range = [at.path, subtreeEnd(at.path)]
  const counted = prepared<Counted>(
    `select a.unit_id as unitId, a.hamlet, a.state,
            (a.official_id is not null or a.team_id is not null) as isShared, count(*) as n
       from assignment a join unit u on u.id = a.unit_id
      where a.campaign_id = ? and u.path >= ? and u.path < ? group by 1, 2, 3, 4`,
  ).all(campaignId, ...range)
  const isSplitByUnit = counted.some(row => row.unitId !== unitId)
  const figures = figuresOf(counted)
  return {
    unit: { id: at.id, name: at.name, path: at.path },
    figures,
    /** citizens whose listed phone is somebody else's */
    wrongNumbers: statesOf(counted).wrong_number ?? 0,
    quota: dailyQuota(figures.open, today, regulation),
    endsOn: regulation.endsOn,
    isSplitByUnit,
    parts: partsOf(counted, isSplitByUnit),
    days: doneByDay(campaignId, range, { first: addDays(today, 1 - DAYS_SHOWN), today, startsOn: regulation.startsOn }),
    lists: listsBelow(campaignId, at.path),
  }
}

function figuresOf(counted: readonly Counted[]): ListFigures & { unshared: number } {
  const unshared = figuresOfStates(statesOf(counted.filter(row => !row.isShared))).open
  return { ...figuresOfStates(statesOf(counted)), unshared }
}

function statesOf(counted: readonly Counted[]) {
  const states: Partial<Record<AssignmentState, number>> = {}
  for (const { state, n } of counted) states[state] = (states[state] ?? 0) + n
  return states
}

function partsOf(counted: readonly Counted[], isSplitByUnit: boolean): ListPart[] {
  const groups = new Map<string, Counted[]>()
  const titleOf = unitTitles(counted.map(({ unitId }) => unitId))
  for (const row of counted) {
    const key = isSplitByUnit ? String(row.unitId) : row.hamlet
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups]
    .flatMap(([key, rows]) => {
      const [first] = rows
      if (!first) return []
      const { unitId, hamlet } = first
      return [
        {
          key,
          unitId,
          label: isSplitByUnit ? titleOf(unitId) : hamlet || 'Chưa rõ',
          hamlet: isSplitByUnit ? null : hamlet,
          ...figuresOf(rows),
        },
      ]
    })
    .sort((a, b) => a.label.localeCompare(b.label, 'vi', { numeric: true }))
}

function doneByDay(
  campaignId: number,
  range: readonly string[],
  { first, today, startsOn }: { first: Day; today: Day; startsOn: Day },
): { day: Day; done: number }[] {
  const rows = prepared<{ day: Day; n: number }>(
    `select a.closed_on as day, count(*) as n from assignment a join unit u on u.id = a.unit_id
      join worklist l on l.id = a.worklist_id join help h on h.id = a.help_id and h.received_at >= l.imported_at
      where a.campaign_id = ? and u.path >= ? and u.path < ? and a.closed_on >= ? group by 1`,
  ).all(campaignId, ...range, first)
  const done = new Map(rows.map(row => [row.day, row.n]))
  return daysFrom(first > startsOn ? first : startsOn, today).map(day => ({ day, done: done.get(day) ?? 0 }))
}

function listsBelow(campaignId: number, unitPath: string) {
  const rows = db
    .select({
      id: worklist.id,
      name: worklist.name,
      legalBasis: worklist.legalBasis,
      unitId: worklist.unitId,
      importedAt: worklist.importedAt,
      importedBy: account.displayName,
      purgedAt: worklist.purgedAt,
      citizens: sql<number>`(select count(*) from assignment a where a.worklist_id = ${worklist.id})`,
    })
    .from(worklist)
    .innerJoin(unit, eq(unit.id, worklist.unitId))
    .innerJoin(account, eq(account.id, worklist.importedBy))
    .where(and(eq(worklist.campaignId, campaignId), inSubtree(unit.path, unitPath)))
    .orderBy(desc(worklist.id))
    .limit(20)
    .all()
  return titled(rows)
}

/** Filter of a list's citizens; `bearer`: `o12`, `t3`, or `none`; `after`: the last row of the page before. */
export type ListFilter = {
  unitPath: string
  state?: AssignmentState
  hamlet?: string
  lack?: WorklistLack
  bearer?: string
  search?: string
  ids?: readonly number[]
  after?: number
  limit?: number
}

/**
 * The day of the record that closed an item. Null also where the record was there before the list: a list gives no day
 * of others' earlier records away (domain 5).
 */
const DAY_AFTER_LISTING = sql`select ${assignment.closedOn} from help h join worklist l on l.id = ${assignment.worklistId}
  where h.id = ${assignment.helpId} and h.received_at >= l.imported_at`

const COLUMNS = {
  id: assignment.id,
  unitId: assignment.unitId,
  unitPath: unit.path,
  guardPath: unit.guardPath,
  nameCipher: assignment.citizenNameCipher,
  typedCipher: assignment.citizenNameTypedCipher,
  phoneCipher: assignment.citizenPhoneCipher,
  addressCipher: assignment.addressCipher,
  noteCipher: assignment.noteCipher,
  placeCipher: assignment.appointmentPlaceCipher,
  birthYear: assignment.citizenBirthYear,
  communeName: sql<string>`${locality.type} || ' ' || ${locality.name}`,
  hamlet: assignment.hamlet,
  lacks: assignment.lacks,
  officialId: assignment.officialId,
  teamId: assignment.teamId,
  bearerName: sql<string | null>`coalesce(${official.name}, ${team.name})`,
  state: assignment.state,
  appointmentOn: assignment.appointmentOn,
  appointmentTime: assignment.appointmentTime,
  changedAt: assignment.changedAt,
  closedOn: sql<Day | null>`(${DAY_AFTER_LISTING})`,
  helpId: assignment.helpId,
  revision: assignment.revision,
}

type Row = {
  id: number
  nameCipher: Buffer
  typedCipher: Buffer | null
  phoneCipher: Buffer | null
  addressCipher: Buffer | null
  noteCipher: Buffer | null
  placeCipher: Buffer | null
  lacks: string
}

/** A row of `assignmentRows` with its citizen in clear; never the number. */
export function openCitizen<R extends Row>({
  nameCipher,
  typedCipher,
  phoneCipher,
  addressCipher,
  noteCipher,
  placeCipher,
  ...row
}: R) {
  const slot = (column: string) => ({ table: 'assignment', column, rowId: row.id })
  const name = unsealName(slot('citizenName'), nameCipher)
  return {
    ...row,
    lacks: JSON.parse(row.lacks) as WorklistLack[],
    name,
    nameTyped: typedBeside(name, unsealText(slot('citizenNameTyped'), typedCipher)),
    phone: unsealText(slot('citizenPhone'), phoneCipher),
    address: unsealText(slot('address'), addressCipher),
    note: unsealText(slot('note'), noteCipher),
    appointmentPlace: unsealText(slot('appointmentPlace'), placeCipher),
  }
}

/** 1 for who is done: they follow after everybody for whom something is left to do. */
const IS_DONE = sql<number>`(${assignment.state} = 'done')`

/** Assigned citizens with where they live and who goes to them, as far as `conditions` hold; still sealed. */
export function assignmentRows(conditions: readonly (SQL | undefined)[]) {
  return db
    .select(COLUMNS)
    .from(assignment)
    .innerJoin(unit, eq(unit.id, assignment.unitId))
    .innerJoin(locality, eq(locality.code, assignment.localityCode))
    .leftJoin(official, eq(official.id, assignment.officialId))
    .leftJoin(team, eq(team.id, assignment.teamId))
    .where(and(...conditions, isUnrestricted(assignment.campaignId, assignment.citizenHash)))
    .orderBy(asc(IS_DONE), asc(assignment.hamlet), asc(assignment.id))
}

function bearerIs(bearer: string): SQL | undefined {
  if (bearer === 'none') return and(isNull(assignment.officialId), isNull(assignment.teamId))
  const id = Number(bearer.slice(1))
  return bearer.startsWith('t') ? eq(assignment.teamId, id) : eq(assignment.officialId, id)
}

/** Returns the SQL conditions of a filter, within what the actor may see. */
function narrowedBy(actor: Actor, campaignId: number, filter: ListFilter): (SQL | undefined)[] {
  return [
    eq(assignment.campaignId, campaignId),
    inSubtree(unit.path, filter.unitPath),
    within(actor, 'worklist.view', { unitPath: unit.path, guardPath: unit.guardPath }),
    filter.state ? eq(assignment.state, filter.state) : undefined,
    filter.hamlet ? eq(assignment.hamlet, filter.hamlet) : undefined,
    filter.lack ? sql`instr(${assignment.lacks}, ${`"${filter.lack}"`}) > 0` : undefined,
    filter.bearer ? bearerIs(filter.bearer) : undefined,
    filter.ids ? inArray(assignment.id, [...filter.ids]) : undefined,
  ]
}

/**
 * Citizens on the lists of a subtree, by hamlet, those done last, one page (keyset). A name is searched without marks among the rows,
 * opened one by one in memory. `next` names the page after; null: this is the last.
 */
export function listAssignments(actor: Actor, campaignId: number, filter: ListFilter) {
  const limit = filter.limit ?? 20
  const conditions = narrowedBy(actor, campaignId, filter)
  if (filter.after !== undefined) {
    const last = db
      .select({ hamlet: assignment.hamlet, isDone: IS_DONE })
      .from(assignment)
      .where(and(eq(assignment.campaignId, campaignId), eq(assignment.id, filter.after)))
      .get()
    if (last)
      conditions.push(
        sql`(${IS_DONE}, ${assignment.hamlet}, ${assignment.id}) > (${last.isDone}, ${last.hamlet}, ${filter.after})`,
      )
  }
  const sought = foldName(filter.search ?? '')
  const found =
    sought === ''
      ? assignmentRows(conditions)
          .limit(limit + 1)
          .all()
          .map(openCitizen)
      : assignmentRows(conditions)
          .all()
          .map(openCitizen)
          .filter(row => foldName(row.name).includes(sought))
          .slice(0, limit + 1)
  const rows = titled(found.slice(0, limit))
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

/** The rows of a filter for a file or a printed list; logged as an export. Names, phones and addresses, no numbers. */
export function exportAssignments(
  actor: Actor,
  campaignId: number,
  unitId: number,
  filter: Omit<ListFilter, 'unitPath'>,
) {
  const at = listUnit(actor, unitId)
  if (!at) return undefined
  permit(actor, 'worklist.view', { unitPath: at.path, guardPath: at.guardPath })
  return transact(tx => {
    const { rows } = listAssignments(actor, campaignId, {
      ...filter,
      unitPath: at.path,
      limit: Number.MAX_SAFE_INTEGER,
    })
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'assignment',
      subjectId: unitId,
      campaignId,
      data: { unitId, count: rows.length },
    })
    return { unit: { id: at.id, name: at.name, headTitle: at.headTitle }, rows }
  })
}
