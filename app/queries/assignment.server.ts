import { and, eq, type Placeholder, sql } from 'drizzle-orm'
import { type Actor, can, type Person, permit } from '#app/access/policy.ts'
import {
  type ContactProblem,
  callAgainOn,
  checkContact,
  compareStops,
  isOpenState,
  mayCall,
} from '#app/domain/assignment.ts'
import type { ContactInput } from '#app/domain/assignment-input.ts'
import { nameSortKey } from '#app/domain/name.ts'
import { found, type Result } from '#app/domain/refusal.ts'
import { hadBefore } from '#app/domain/worklist.ts'
import { db, oncePerConnection, transact } from '#db/client.server.ts'
import { seal } from '#db/keys.server.ts'
import { assignment, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { titleOfUnit } from './unit-title.server.ts'
import { assignmentRows, openCitizen } from './worklist.server.ts'

/** True for rows given to an official, or to an open team that they are of today. */
const isBorneBy = (officialId: number | Placeholder, today: string | Placeholder) =>
  sql`(${assignment.officialId} = ${officialId} or ${assignment.teamId} in (
    select m.team_id from team_member m join team t on t.id = m.team_id
     where m.official_id = ${officialId} and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})
       and t.closed_at is null))`

/** Reduces a row to what the assigned official may see: no number, and after a refusal no phone either. */
function toldToBearer<Row extends ReturnType<typeof openCitizen<ReturnType<typeof rowsOf>[number]>>>(row: Row) {
  return { ...row, phone: mayCall(row.state) ? row.phone : null }
}
const rowsOf = (conditions: Parameters<typeof assignmentRows>[0]) => assignmentRows(conditions).all()

const MOST_OWN = 500

// the plus stops SQLite from using the index on the campaign: one bearer has few rows
const ownRows = oncePerConnection(() =>
  assignmentRows([
    sql`+${assignment.campaignId} = ${sql.placeholder('campaignId')}`,
    isBorneBy(sql.placeholder('officialId'), sql.placeholder('today')),
  ])
    .limit(MOST_OWN)
    .prepare(),
)

/**
 * The citizens assigned to the person and to their teams, by hamlet, appointments first: name, hamlet, address and phone, never the number.
 */
export function listOwnAssignments(actor: Person, campaignId: number) {
  if (actor.officialId === null) return []
  const today = campaignToday()
  return ownRows()
    .all({ campaignId, officialId: actor.officialId, today })
    .map(row => {
      const told = toldToBearer(openCitizen(row))
      const again = callAgainOn({ state: told.state, calledAt: told.changedAt })
      return { ...told, sortName: nameSortKey(told.name), isLater: again !== null && again > today }
    })
    .sort((a, b) => a.hamlet.localeCompare(b.hamlet, 'vi', { numeric: true }) || compareStops(a, b))
}

/** The open ones, those with an appointment first: for the home page. `count` is of all that are open. */
export function nextOwnAssignments(actor: Person, campaignId: number, shown: number) {
  const open = listOwnAssignments(actor, campaignId).filter(row => isOpenState(row.state))
  return { count: open.length, rows: open.sort(compareStops).slice(0, shown) }
}

/** Finds one assigned citizen, for the assigned official and for the unit; undefined if not visible to the actor. */
export function findAssignment(actor: Actor, campaignId: number, assignmentId: number) {
  const [row] = rowsOf([eq(assignment.id, assignmentId), eq(assignment.campaignId, campaignId)])
  if (!row) return undefined
  const target = targetOf(row.unitId)
  const isUnit = can(actor, 'assignment.contact', target)
  const isBearer = bears(actor, campaignId, assignmentId)
  if (!isUnit && !isBearer && !can(actor, 'worklist.view', target)) return undefined
  return {
    ...toldToBearer(openCitizen(row)),
    unitName: titleOfUnit(row.unitId),
    isBearer,
    problem: checkContact(row.state, { isUnit }),
    allowed: { contact: isUnit || isBearer, help: isBearer && row.state !== 'done' },
  }
}

function targetOf(unitId: number) {
  const at = found(
    db.select({ unitPath: unit.path, guardPath: unit.guardPath }).from(unit).where(eq(unit.id, unitId)).get(),
  )
  return at
}

/** Returns true if the citizen is assigned to this person. */
function bears(actor: Actor, campaignId: number, assignmentId: number): boolean {
  if (actor.kind !== 'person' || actor.officialId === null) return false
  const row = db
    .select({ id: assignment.id })
    .from(assignment)
    .where(
      and(
        eq(assignment.id, assignmentId),
        eq(assignment.campaignId, campaignId),
        isBorneBy(actor.officialId, campaignToday()),
      ),
    )
    .get()
  return row !== undefined
}

/**
 * Records the result of a contact with a citizen: a state, a note, an appointment (deleted in any other state), and
 * another phone where one is known. After a refusal, further contact is barred until the unit reopens it. Only a record makes a citizen done. `revision` names
 * the version that was shown; what was noted from it before is answered so again. Domain 7.
 */
export function noteContact(
  actor: Actor,
  campaignId: number,
  { assignmentId, input }: { assignmentId: number; input: ContactInput },
): Result<object, ContactProblem> {
  return transact(tx => {
    const row = found(findAssignment(actor, campaignId, assignmentId))
    const whose = row.isBearer && actor.kind === 'person' ? { officialId: actor.officialId } : {}
    permit(actor, 'assignment.contact', { ...targetOf(row.unitId), ...whose })
    const isMoved = row.revision !== input.revision
    if (isMoved && saysAlready(row, input)) return { ok: true }
    if (row.problem !== null) return { ok: false, problem: row.problem }
    if (isMoved) return { ok: false, problem: 'revision_moved' }
    tx.update(assignment)
      .set({
        ...columnsOf(campaignId, assignmentId, input),
        changedAt: campaignNow(),
        changedBy: actor.kind === 'person' ? actor.accountId : null,
        revision: row.revision + 1,
      })
      .where(eq(assignment.id, assignmentId))
      .run()
    logEvent(tx, actor, {
      verb: 'contact',
      subject: 'assignment',
      subjectId: assignmentId,
      campaignId,
      data: { state: input.state, ...(input.phone === null ? {} : { isPhoneNew: true }) },
    })
    return { ok: true }
  })
}

/** What a contact writes of its citizen: sealed where it tells of them; no appointment in any other state. */
function columnsOf(
  campaignId: number,
  rowId: number,
  { state, appointmentOn, appointmentTime, appointmentPlace, note, phone }: ContactInput,
) {
  const sealed = (column: string, text: string | null) =>
    text === null ? null : seal({ campaignId }, { table: 'assignment', column, rowId }, text)
  const isSet = state === 'appointment'
  return {
    state,
    appointmentOn: isSet ? appointmentOn : null,
    appointmentTime: isSet ? appointmentTime : '',
    appointmentPlaceCipher: isSet ? sealed('appointmentPlace', appointmentPlace) : null,
    noteCipher: sealed('note', note),
    ...(phone === null ? {} : { citizenPhoneCipher: sealed('citizenPhone', phone) }),
  }
}

type Noted = NonNullable<ReturnType<typeof findAssignment>>

/** True if the list already says what the form says: the form was saved before, and its answer did not arrive. */
function saysAlready(
  row: Noted,
  { state, appointmentOn, appointmentTime, appointmentPlace, note, phone }: ContactInput,
) {
  const isSet = state === 'appointment'
  return (
    row.state === state &&
    row.note === note &&
    (phone === null || row.phone === phone) &&
    row.appointmentOn === (isSet ? appointmentOn : null) &&
    row.appointmentTime === (isSet ? appointmentTime : '') &&
    row.appointmentPlace === (isSet ? appointmentPlace : null)
  )
}

/**
 * Returns an assigned citizen's data to prefill the help form (no number: that is on the card). Undefined if the
 * citizen is not assigned to the person, or has been helped.
 */
export function prefillFrom(
  actor: Actor,
  campaignId: number,
  assignmentId: number,
): Record<string, string> | undefined {
  const found = findAssignment(actor, campaignId, assignmentId)
  if (!found?.allowed.help) return undefined
  const row = db.select({ code: assignment.localityCode }).from(assignment).where(eq(assignment.id, assignmentId)).get()
  return {
    citizenName: found.name,
    birthYear: found.birthYear === null ? '' : String(found.birthYear),
    phone: found.phone ?? '',
    localityCode: row?.code ?? '',
    hamlet: found.hamlet,
    ...Object.fromEntries(hadBefore(found.lacks).map(outcome => [`outcome_${outcome}`, 'already_had'])),
  }
}
