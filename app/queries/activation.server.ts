import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { grouped } from '#app/domain/grouping.ts'
import { byTree } from '#app/domain/tree-order.ts'
import { db } from '#db/client.server.ts'
import { account, official, unit } from '#db/schema.ts'
import { mayReset, unitLeftWithoutConsent } from './account.server.ts'
import { campaignToday } from './clock.server.ts'
import { searchIds } from './official.server.ts'
import { everPostedIn, unitIdOn } from './official-posting.server.ts'
import { titled } from './unit-title.server.ts'

type ActivationFilter = {
  unitPath: string
  search?: string
  officialId?: number
  /** only who has not set a password yet */
  isMissing?: boolean
  /** only who has no code that can still be used */
  isCodeless?: boolean
  /** only who holds a role */
  isHolder?: boolean
  /** the last official of the page before (keyset, by name) */
  after?: number
  limit?: number
}

const hasGrant = sql`exists (select 1 from role_grant g where g.account_id = ${account.id})`

/** The most slips that are made in one go. */
const MOST_SLIPS = 2000

/**
 * Whose slips are printed in one go: people of a subtree without a password and without a code that can still be used,
 * by unit in the order of the tree. `isHolder`: those alone who hold a role. Whom the actor gives no code is left out.
 */
export function listSlipPeople(actor: Actor, filter: { unitPath: string; isHolder: boolean }) {
  const { rows } = listActivations(actor, { ...filter, isMissing: true, isCodeless: true, limit: MOST_SLIPS })
  const people = rows.filter(({ mayReset, leftUnit }) => mayReset && leftUnit === null)
  return [...grouped(people, ({ unitPath }) => unitPath)]
    .sort(([a], [b]) => byTree(a, b))
    .flatMap(([, [first, ...others]]) => {
      if (!first) return []
      const { unitId, unitName } = first
      return [{ unitId, unitName, officialIds: [first, ...others].map(({ officialId }) => officialId) }]
    })
}

/**
 * People of a subtree to whom the actor may hand an activation code, by name, one page. `isActive`: they have a
 * password; `mayReset` false: they hold a role that the actor does not command, so a new code comes from the admin.
 */
export function listActivations(actor: Actor, filter: ActivationFilter) {
  const limit = filter.limit ?? 100
  const conditions: (SQL | undefined)[] = [
    isNull(account.disabledAt),
    everPostedIn(official.id, filter.unitPath),
    inSubtree(unit.path, filter.unitPath),
    within(actor, 'activation.issue', { unitPath: unit.path, guardPath: unit.guardPath, officialId: official.id }),
    filter.isMissing ? isNull(account.passwordHash) : undefined,
    filter.isCodeless
      ? sql`not exists (select 1 from activation_code c
          where c.account_id = ${account.id} and c.used_at is null and c.expires_at > ${Date.now()})`
      : undefined,
    filter.isHolder ? sql`${hasGrant}` : undefined,
    filter.search ? inArray(official.id, sql`(${searchIds(filter.search)})`) : undefined,
    filter.officialId === undefined ? undefined : eq(official.id, filter.officialId),
  ]
  const last =
    filter.after === undefined
      ? undefined
      : db.select({ sortName: official.sortName }).from(official).where(eq(official.id, filter.after)).get()
  if (last && filter.after !== undefined)
    conditions.push(
      or(
        gt(official.sortName, last.sortName),
        and(eq(official.sortName, last.sortName), gt(official.id, filter.after)),
      ),
    )
  const rows = db
    .select({
      officialId: official.id,
      accountId: account.id,
      name: official.name,
      login: account.login,
      unitId: unit.id,
      unitPath: unit.path,
      isActive: sql<number>`${account.passwordHash} is not null`,
      hasGrants: sql<number>`${hasGrant}`,
      postings: sql<number>`(select count(*) from posting p where p.official_id = ${official.id})`,
    })
    .from(official)
    .innerJoin(account, eq(account.officialId, official.id))
    .innerJoin(unit, eq(unit.id, unitIdOn(official.id, campaignToday())))
    .where(and(...conditions))
    .orderBy(asc(official.sortName), asc(official.id))
    .limit(limit + 1)
    .all()
  const page = titled(rows.slice(0, limit)).map(({ accountId, hasGrants, postings, ...row }) => ({
    ...row,
    isActive: row.isActive === 1,
    mayReset: hasGrants === 0 || mayReset(actor, accountId),
    /** the unit that they left without its consent, which keeps a code from being issued here; null: none */
    leftUnit: postings < 2 ? null : unitLeftWithoutConsent(actor, row.officialId),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.officialId ?? null) : null }
}
