import { and, asc, desc, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { addDays, type Day } from '#app/domain/calendar.ts'
import { isOfficeRole } from '#app/domain/independence.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import type { Role, UnitRole } from '#app/domain/vocabulary.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { account, grantRequest, official, posting, roleGrant, unit } from '#db/schema.ts'
import { accountTarget } from './account.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { searchIds, targetOf } from './official.server.ts'
import { findVouchers } from './receipt.server.ts'
import { titled } from './unit-title.server.ts'

export type NewGrant = { accountId: number; role: Role; unitId: number; fromOn: Day; toOn: Day | null }

/**
 * Gives an account a role over a unit's subtree, from–to: by an administrator, any role, never to themself (domain 10).
 * An office's role waits for a second person: `grantId` is null then. The system's take effect at once.
 * The account must be in the administrator's sight; the unit may be an armed-forces one, since a role over it shows
 * no person: that is how such a tree gets an administrator of its own.
 */
export function grantRole(actor: Actor, input: NewGrant): Result<{ grantId: number | null }> {
  return transact((tx): Result<{ grantId: number | null }> => {
    const over = existingUnit(input.unitId)
    permit(actor, 'account.manage', accountTarget(input.accountId))
    permit(actor, 'account.manage', { unitPath: over.path })
    if (actor.kind === 'system' || !isOfficeRole(input.role))
      return insertGrant(tx, actor, { ...input, byAdministrator: actor.kind === 'person' })
    const problem = problemOf(tx, input)
    if (problem) return problem
    askForGrant(tx, actor, input)
    return { ok: true, grantId: null }
  })
}

/** Makes one of a unit's people its coordinator from today on: by the head of that unit or of one above (domain 10). */
export function appointCoordinator(
  actor: Actor,
  { officialId, unitId }: { officialId: number; unitId: number },
): Result<{ grantId: number }> {
  return transact(tx => {
    const { path, guardPath } = existingUnit(unitId)
    permit(actor, 'coordinator.appoint', { unitPath: path, guardPath })
    permit(actor, 'coordinator.appoint', targetOf(officialId, campaignToday()))
    const owner = tx.select().from(account).where(eq(account.officialId, officialId)).get()
    if (!owner) throw new Error(`official ${officialId} has no account`)
    return insertGrant(tx, actor, {
      accountId: owner.id,
      role: 'coordinator',
      unitId,
      fromOn: campaignToday(),
      toOn: null,
      byAdministrator: false,
    })
  })
}

/**
 * Keeps a role that one person asks for, until a second one gives it (domain 10): an office's, or one of a unit that a
 * list plans (`batchId`).
 */
function askForGrant(tx: Tx, actor: Actor, input: NewGrant, batchId: number | null = null) {
  const row = tx
    .insert(grantRequest)
    .values({ ...input, batchId, askedAt: campaignNow(), askedBy: accountOf(actor) })
    .returning()
    .get()
  const { accountId, role, unitId } = input
  logEvent(tx, actor, { verb: 'ask', subject: 'role_grant', subjectId: row.id, data: { accountId, role, unitId } })
}

/**
 * Plans a role of a unit for one of its people, as the unit's list says: it waits for a second person. By the system it
 * takes effect at once. The caller has asked for the right to edit the list.
 */
export function planUnitRole(
  tx: Tx,
  actor: Actor,
  { officialId, batchId, ...planned }: { officialId: number; batchId: number; role: UnitRole; unitId: number },
) {
  const owner = found(tx.select().from(account).where(eq(account.officialId, officialId)).get())
  const input = { ...planned, accountId: owner.id, fromOn: campaignToday(), toOn: null }
  if (problemOf(tx, input)) return
  if (actor.kind === 'system') insertGrant(tx, actor, { ...input, byAdministrator: false })
  else askForGrant(tx, actor, input, batchId)
}

/** Why a grant cannot be made as it is; undefined: it can. */
function problemOf(tx: Tx, { accountId, role, unitId, fromOn, toOn }: NewGrant) {
  if (toOn !== null && toOn < fromOn) return refused('toOn', 'ends_before_start')
  if (existingUnit(unitId).closedOn !== null) return refused('unitId', 'unit_closed')
  const overlapping = tx
    .select({ id: roleGrant.id })
    .from(roleGrant)
    .where(
      and(
        eq(roleGrant.accountId, accountId),
        eq(roleGrant.role, role),
        eq(roleGrant.unitId, unitId),
        or(isNull(roleGrant.toOn), gte(roleGrant.toOn, fromOn)),
        toOn === null ? undefined : lte(roleGrant.fromOn, toOn),
        // one that was ended before it began never holds
        or(isNull(roleGrant.toOn), gte(roleGrant.toOn, roleGrant.fromOn)),
      ),
    )
    .get()
  return overlapping ? refused('role', 'already_granted') : undefined
}

/** Stores a grant; `askedBy` is the administrator who asked for it, where the actor is its second person. */
export function insertGrant(
  tx: Tx,
  actor: Actor,
  input: NewGrant & { byAdministrator: boolean },
  askedBy: number | null = null,
): Result<{ grantId: number }> {
  const problem = problemOf(tx, input)
  if (problem) return problem
  const { accountId, role, unitId, fromOn, toOn } = input
  const own = actor.kind === 'person' ? actor.accountId : null
  const row = tx
    .insert(roleGrant)
    .values({
      ...input,
      createdAt: campaignNow(),
      createdBy: askedBy ?? own,
      confirmedBy: askedBy === null ? null : own,
    })
    .returning()
    .get()
  logEvent(tx, actor, {
    verb: 'grant',
    subject: 'role_grant',
    subjectId: row.id,
    data: { accountId, role, unitId, fromOn, toOn, ...(askedBy === null ? {} : { askedBy }) },
  })
  return { ok: true, grantId: row.id }
}

/**
 * Ends a grant at once: yesterday becomes its last day, so that it is not valid today. A coordinator's grant may also
 * be ended by a head who could have given it. A grant that has ended stays as it is. Throws 404 if there is none.
 */
export function endGrant(actor: Actor, grantId: number): { accountId: number; unitId: number } {
  return transact(tx => {
    const row = found(tx.select().from(roleGrant).where(eq(roleGrant.id, grantId)).get())
    const { accountId, role, unitId } = row
    const over = existingUnit(unitId)
    const whose = accountTarget(accountId)
    const isHeads =
      role === 'coordinator' &&
      can(actor, 'coordinator.appoint', { ...whose, unitPath: over.path, guardPath: over.guardPath })
    if (!isHeads) {
      permit(actor, 'account.manage', whose)
      permit(actor, 'account.manage', { unitPath: over.path })
    }
    const today = campaignToday()
    if (row.toOn === null || row.toOn >= today) {
      tx.update(roleGrant)
        .set({ toOn: addDays(today, -1) })
        .where(eq(roleGrant.id, grantId))
        .run()
      logEvent(tx, actor, { verb: 'end', subject: 'role_grant', subjectId: grantId, data: { accountId, role, unitId } })
    }
    return { accountId, unitId }
  })
}

/** State of a grant on a day; a grant that was ended before it began is `ended`. */
type GrantState = 'valid' | 'future' | 'ended'

function stateOf({ fromOn, toOn }: { fromOn: Day; toOn: Day | null }, day: Day): GrantState {
  if (toOn !== null && (toOn < day || toOn < fromOn)) return 'ended'
  return fromOn > day ? 'future' : 'valid'
}

/** Lists every grant that an account has or had, newest first; undefined if the account is not visible. */
export function listGrants(actor: Actor, accountId: number) {
  if (!can(actor, 'account.view', accountTarget(accountId))) return undefined
  const today = campaignToday()
  const rows = db
    .select({
      id: roleGrant.id,
      role: roleGrant.role,
      unitId: roleGrant.unitId,
      fromOn: roleGrant.fromOn,
      toOn: roleGrant.toOn,
      isAsleep: sql<number>`not ${sql.raw(isAwake('role_grant'))}`,
      givenBy: sql<string | null>`(select a.display_name from account a where a.id = ${roleGrant.createdBy})`,
    })
    .from(roleGrant)
    .innerJoin(unit, eq(unit.id, roleGrant.unitId))
    .where(eq(roleGrant.accountId, accountId))
    .orderBy(desc(roleGrant.id))
    .all()
  return titled(rows).map(({ isAsleep, ...row }) => {
    const state = stateOf(row, today)
    const isWaiting = isAsleep === 1 && state !== 'ended'
    /** who may vouch so that the role wakes; null: it does not sleep */
    return { ...row, state, waitsFor: isWaiting ? (findVouchers(accountId) ?? []) : null }
  })
}

/** Lists the coordinators of a unit today or from a later day on; for the head who appoints them. */
export function listCoordinators(actor: Actor, unitId: number) {
  const { path, guardPath } = existingUnit(unitId)
  permit(actor, 'coordinator.appoint', { unitPath: path, guardPath })
  const today = campaignToday()
  return db
    .select({
      grantId: roleGrant.id,
      accountId: account.id,
      officialId: account.officialId,
      displayName: account.displayName,
      login: account.login,
      fromOn: roleGrant.fromOn,
      toOn: roleGrant.toOn,
    })
    .from(roleGrant)
    .innerJoin(account, eq(account.id, roleGrant.accountId))
    .where(and(eq(roleGrant.unitId, unitId), eq(roleGrant.role, 'coordinator')))
    .orderBy(asc(roleGrant.fromOn), asc(roleGrant.id))
    .all()
    .filter(row => stateOf(row, today) !== 'ended')
    .map(row => ({
      ...row,
      state: stateOf(row, today),
      allowed: {
        end: can(actor, 'coordinator.appoint', { ...accountTarget(row.accountId), unitPath: path, guardPath }),
      },
    }))
}

/**
 * Whom a head may make a coordinator of this unit: its people and those below it, by name; the first 20. `isCut`:
 * there are more.
 */
export function listCandidates(actor: Actor, { unitId, search }: { unitId: number; search: string }) {
  const today = campaignToday()
  const rows = db
    .select({
      officialId: official.id,
      name: official.name,
      position: posting.position,
      unitId: unit.id,
    })
    .from(posting)
    .innerJoin(unit, eq(unit.id, posting.unitId))
    .innerJoin(official, eq(official.id, posting.officialId))
    .innerJoin(account, eq(account.officialId, official.id))
    .where(
      and(
        inSubtree(unit.path, existingUnit(unitId).path),
        within(actor, 'coordinator.appoint', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: official.id,
          accountId: account.id,
        }),
        lte(posting.fromOn, today),
        or(isNull(posting.toOn), gte(posting.toOn, today)),
        isNull(account.disabledAt),
        search === '' ? undefined : inArray(official.id, sql`(${searchIds(search)})`),
        sql`not exists (select 1 from role_grant g where g.account_id = ${account.id} and g.role = 'coordinator'
          and g.unit_id = ${unitId} and (g.to_on is null or g.to_on >= ${today}))`,
      ),
    )
    .orderBy(asc(official.sortName), asc(official.id))
    .limit(21)
    .all()
  return { candidates: titled(rows.slice(0, 20)), isCut: rows.length > 20 }
}

function existingUnit(unitId: number) {
  const row = found(db.select().from(unit).where(eq(unit.id, unitId)).get())
  return row
}
