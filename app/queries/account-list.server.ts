import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, type Person, permitSomewhere } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import { ROLES, type Role } from '#app/domain/vocabulary.ts'
import { db } from '#db/client.server.ts'
import { account, unit } from '#db/schema.ts'
import { accountTarget, isResetFromAbove, mayManage } from './account.server.ts'
import { campaignToday } from './clock.server.ts'
import { searchIds } from './official.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { hasFactor } from './second-factor.server.ts'
import { rootUnit } from './unit.server.ts'
import { titled, titleOfUnit } from './unit-title.server.ts'

/** Returns one account for an administrator; undefined if not visible to the actor. */
export function findAccount(actor: Actor, accountId: number) {
  const row = db.select().from(account).where(eq(account.id, accountId)).get()
  if (!row) return undefined
  if (!can(actor, 'account.view', accountTarget(accountId))) return undefined
  const unitOf = db
    .select({ id: unit.id })
    .from(account)
    .innerJoin(unit, eq(unit.id, unitIdOfAccount(campaignToday())))
    .where(and(eq(account.id, accountId), isNotNull(account.officialId)))
    .get()
  const { id, officialId, login, displayName, createdAt, disabledAt } = row
  return {
    id,
    officialId,
    login,
    displayName,
    createdAt,
    disabledAt,
    unit: unitOf ? { id: unitOf.id, name: titleOfUnit(unitOf.id) } : null,
    isActivated: row.passwordHash !== null,
    hasFactor: hasFactor(id),
    /** `reset`: a new code; a unit's role holder gets theirs from above */
    allowed: { manage: mayManage(actor, accountId), reset: !isResetFromAbove(accountId) },
  }
}

/** The unit of each account's official on `day`, as `targetOf` finds it; for an office's account the province. */
function unitIdOfAccount(day: Day): SQL {
  return sql`coalesce(${unitIdOn(account.officialId, day)}, case when ${account.officialId} is null then ${rootUnit().id} end)`
}

/** Filter of the list of accounts; `after` is the last login of the page before. */
type AccountFilter = {
  search?: string
  /** holds this role on the day that the actor's grants were looked up */
  role?: Role
  state?: AccountState
  after?: string
  limit?: number
}

export const ACCOUNT_STATES = ['active', 'not_activated', 'disabled'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

const IN_STATE: Record<AccountState, SQL | undefined> = {
  active: and(isNotNull(account.passwordHash), isNull(account.disabledAt)),
  not_activated: and(isNull(account.passwordHash), isNull(account.disabledAt)),
  disabled: isNotNull(account.disabledAt),
}

/**
 * Accounts that the administrator may see, by login, one page (keyset), with the roles that each holds today; `next`
 * names the page after, null: this is the last. Searched by name, marks or none, or by the beginning of the login.
 */
export function listAccounts(actor: Person, filter: AccountFilter) {
  permitSomewhere(actor, 'account.view')
  const limit = filter.limit ?? 50
  const validGrant = sql`g.from_on <= ${actor.on} and (g.to_on is null or g.to_on >= ${actor.on})`
  const rows = db
    .select({
      id: account.id,
      login: account.login,
      displayName: account.displayName,
      isOffice: isNull(account.officialId).mapWith(Boolean),
      unitId: unit.id,
      isActivated: isNotNull(account.passwordHash).mapWith(Boolean),
      disabledAt: account.disabledAt,
      roles: sql<string>`coalesce((select group_concat(distinct g.role) from role_grant g
        where g.account_id = ${account.id} and ${validGrant}), '')`,
    })
    .from(account)
    .innerJoin(unit, eq(unit.id, unitIdOfAccount(actor.on)))
    .where(
      and(
        within(actor, 'account.view', { unitPath: unit.path, guardPath: unit.guardPath }),
        filter.search ? searched(filter.search) : undefined,
        filter.state ? IN_STATE[filter.state] : undefined,
        filter.role
          ? sql`exists (select 1 from role_grant g where g.account_id = ${account.id} and g.role = ${filter.role} and ${validGrant})`
          : undefined,
        filter.after === undefined ? undefined : gt(account.login, filter.after),
      ),
    )
    .orderBy(asc(account.login))
    .limit(limit + 1)
    .all()
  const page = titled(rows.slice(0, limit)).map(({ roles, ...row }) => ({
    ...row,
    roles: ROLES.filter(role => roles.split(',').includes(role)),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.login ?? null) : null }
}

/** Offices' accounts are few and have no folded name stored: they are searched in memory. */
function searched(typed: string): SQL | undefined {
  const login = typed.trim().toLowerCase()
  const folded = foldName(typed)
  const offices = db
    .select({ id: account.id, displayName: account.displayName })
    .from(account)
    .where(isNull(account.officialId))
    .all()
    .filter(row => foldName(row.displayName).includes(folded))
  return or(
    and(gte(account.login, login), lte(account.login, `${login}\uffff`)),
    inArray(account.officialId, sql`(${searchIds(typed)})`),
    inArray(
      account.id,
      offices.map(row => row.id),
    ),
  )
}
