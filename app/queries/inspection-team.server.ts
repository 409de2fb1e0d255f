import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { type Actor, can, canSomewhere } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { checkInspector, type Inspector } from '#app/domain/inspection.ts'
import { forbidden, found } from '#app/domain/refusal.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { account, roleGrant, unit } from '#db/schema.ts'
import { figureOf } from './aggregate.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToday } from './clock.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

/** Returns the unit to be inspected; throws `not_found` if there is none. */
export function inspectedUnit(unitId: number) {
  const row = found(db.select().from(unit).where(eq(unit.id, unitId)).get())
  return row
}

/**
 * Returns how an account is related to the unit with this path: its grants today, its postings since the campaign
 * began.
 */
export function inspectorOf(campaignId: number, accountId: number, unitPath: string): Inspector {
  const today = campaignToday()
  const { startsOn } = rulesOf(campaignId).regulation
  const grants = prepared<{ role: Role; path: string }>(
    `select g.role, u.path from role_grant g join unit u on u.id = g.unit_id join account a on a.id = g.account_id
      where g.account_id = ? and a.disabled_at is null and g.from_on <= ? and (g.to_on is null or g.to_on >= ?)
        and (g.role <> 'inspector' or ${isAwake('g')})`,
  ).all(accountId, today, today)
  const posted = prepared(
    `select 1 from posting p join unit u on u.id = p.unit_id join account a on a.official_id = p.official_id
      where a.id = ? and u.path >= ? and u.path < ? and (p.to_on is null or p.to_on >= ?) limit 1`,
  ).get(accountId, unitPath, subtreeEnd(unitPath), startsOn)
  return {
    isInspector: grants.some(({ role, path }) => role === 'inspector' && unitPath.startsWith(path)),
    isOfUnit: posted !== undefined,
    holdsOtherGrant: grants.some(
      ({ role, path }) => role !== 'inspector' && (unitPath.startsWith(path) || path.startsWith(unitPath)),
    ),
  }
}

/**
 * Paths of the units in whose area the actor forms inspections as the head of a district's police: an armed-forces unit
 * that is at a district without governing it (plan IV.2, V.2).
 */
function districtPaths(actor: Actor): string[] {
  if (actor.kind !== 'person') return []
  const heads = actor.grants.filter(({ role }) => role === 'head').map(({ unitId }) => unitId)
  return prepared<string>(
    `select d.path from unit p join unit d on d.locality_code = p.locality_code and d.kind = 'district'
      where p.id in (select value from json_each(?)) and p.block = 'armed_forces' and p.guard_path is not null
        and p.closed_on is null and d.closed_on is null`,
  )
    .pluck()
    .all(JSON.stringify(heads))
}

/** True where the actor forms inspections of a unit: the campaign office, and a district's police in its district. */
export function mayForm(actor: Actor, unitPath: string): boolean {
  return can(actor, 'inspection.form', { unitPath }) || districtPaths(actor).some(path => unitPath.startsWith(path))
}

/** True where the actor forms inspections of any unit; for navigation. */
export const formsSomewhere = (actor: Actor): boolean =>
  canSomewhere(actor, 'inspection.form') || districtPaths(actor).length > 0

/** Throws `forbidden` unless the actor forms inspections of this unit. */
export function permitForming(actor: Actor, unitPath: string) {
  if (!mayForm(actor, unitPath)) throw forbidden('inspection.form')
}

/**
 * Lists the accounts with a grant to inspect the unit, and why some of them may not. For those who form the team.
 */
export function listInspectors(actor: Actor, campaignId: number, unitId: number) {
  const { path } = inspectedUnit(unitId)
  permitForming(actor, path)
  const today = campaignToday()
  const rows = db
    .selectDistinct({ accountId: account.id, name: account.displayName })
    .from(roleGrant)
    .innerJoin(account, eq(account.id, roleGrant.accountId))
    .innerJoin(unit, eq(unit.id, roleGrant.unitId))
    .where(
      and(
        eq(roleGrant.role, 'inspector'),
        isNull(account.disabledAt),
        sql`${roleGrant.fromOn} <= ${today} and (${roleGrant.toOn} is null or ${roleGrant.toOn} >= ${today})`,
        sql`substr(${path}, 1, length(${unit.path})) = ${unit.path}`,
        sql.raw(isAwake('role_grant')),
      ),
    )
    .orderBy(asc(account.displayName), asc(account.id))
    .all()
  return {
    unitName: titleOfUnit(unitId),
    reported: reportedBelow(campaignId, unitId),
    inspectors: rows.map(row => ({
      ...row,
      workplace: workplaceOf(row.accountId, today),
      problem: checkInspector(inspectorOf(campaignId, row.accountId, path)),
    })),
  }
}

function workplaceOf(accountId: number, day: Day): string {
  const unitId = prepared<number>(
    `select p.unit_id from posting p join account a on a.official_id = p.official_id
      where a.id = ? and p.from_on <= ? order by p.from_on desc limit 1`,
  )
    .pluck()
    .get(accountId, day)
  return unitId === undefined ? '' : titleOfUnit(unitId)
}

/** Records reported in a unit with everything below it: what a sample can be drawn from. */
export function reportedBelow(campaignId: number, unitId: number): number {
  return figureOf(campaignId, 'unit', unitId).help.reported
}
