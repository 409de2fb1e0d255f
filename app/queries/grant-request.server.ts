import { can, type Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { forbidden, found, notFound, type Result } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { accountTarget, personOf } from './account.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { insertGrant, type NewGrant } from './grant.server.ts'
import { isTwoPeople } from './independence.server.ts'
import { rootUnit } from './unit.server.ts'
import { readTerms } from './waiting-term.server.ts'

type Request = NewGrant & {
  id: number
  name: string
  unitName: string
  askedAt: number
  askedBy: number
  askedByName: string
}

const WAITING = `
  select r.id, r.account_id as accountId, r.role, r.unit_id as unitId, r.from_on as fromOn, r.to_on as toOn,
         a.display_name as name, u.name as unitName, r.asked_at as askedAt, r.asked_by as askedBy,
         i.display_name as askedByName
    from grant_request r join account a on a.id = r.account_id join unit u on u.id = r.unit_id
    join account i on i.id = r.asked_by
   where r.decided_at is null`

/** True for the head of the unit where the person works: the office's head, who may be the second person. */
function isHeadOf(actor: Person, accountId: number): boolean {
  const { unitPath, officialId } = accountTarget(accountId)
  return officialId != null && actor.grants.some(({ role, unitPath: headed }) => role === 'head' && headed === unitPath)
}

/** Why the actor is not the second person to a request; null: they are; undefined: it is not theirs to see. */
function refusalOf(actor: Person, { accountId, askedBy }: Request): 'own' | 'not_second' | null | undefined {
  const isAdmin = can(actor, 'account.view', { ...accountTarget(accountId), accountId: null })
  if (!isAdmin && !isHeadOf(actor, accountId)) return undefined
  if (askedBy === actor.accountId || accountId === actor.accountId) return 'own'
  return isTwoPeople(actor.accountId, askedBy) ? null : 'not_second'
}

/**
 * Lists roles of offices that wait for a second person, as far as the actor may see them, the oldest first, each with
 * its term and the names of who may agree.
 */
export function listGrantRequests(actor: Person) {
  return withTerms(prepared<Request>(`${WAITING} order by r.id`).all()).flatMap(row => {
    const refusal = refusalOf(actor, row)
    return refusal === undefined ? [] : [{ ...row, refusal }]
  })
}

/** Roles that wait for one account, for its page. */
export function requestsFor(accountId: number) {
  return withTerms(prepared<Request>(`${WAITING} and r.account_id = ? order by r.id`).all(accountId))
}

function withTerms(rows: readonly Request[]) {
  const termOf = readTerms()
  return rows.map(row => ({ ...row, ...termOf(row.askedAt), seconds: secondsTo(row) }))
}

/** Names of those who may be the second person to a request, three at most; none: a second administrator is missing. */
function secondsTo(request: Request): string[] {
  const today = campaignToday()
  return prepared<number>(
    `select distinct g.account_id from role_grant g join unit u on u.id = g.unit_id join account a on a.id = g.account_id
      where (g.role = 'admin' or (g.role = 'head' and u.path = @path)) and a.disabled_at is null order by g.account_id`,
  )
    .pluck()
    .all({ path: accountTarget(request.accountId).unitPath })
    .flatMap(id => personOf(id, today) ?? [])
    .filter(person => refusalOf(person, request) === null)
    .slice(0, 3)
    .map(({ displayName }) => displayName)
}

/**
 * Gives a role that waits, as its second person, or drops it; who asked may drop it too. Throws 404 for what is not
 * the actor's to see, 403 where they are no second person.
 */
export function decideGrantRequest(actor: Person, { requestId, gives }: { requestId: number; gives: boolean }): Result {
  return transact((tx): Result => {
    const row = found(prepared<Request>(`${WAITING} and r.id = ?`).get(requestId))
    const refusal = refusalOf(actor, row)
    if (refusal === undefined) throw notFound()
    if (gives && refusal !== null) throw forbidden()
    const { accountId, role, unitId, fromOn, toOn, askedBy } = row
    const today = campaignToday()
    const made = gives
      ? insertGrant(
          tx,
          actor,
          { accountId, role, unitId, fromOn: fromOn < today ? today : fromOn, toOn, byAdministrator: true },
          askedBy,
        )
      : null
    if (made?.ok === false) return made
    prepared('update grant_request set decided_at = ?, decided_by = ?, grant_id = ? where id = ?').run(
      campaignNow(),
      actor.accountId,
      made?.grantId ?? null,
      requestId,
    )
    if (!gives)
      logEvent(tx, actor, { verb: 'reject', subject: 'role_grant', subjectId: requestId, data: { accountId, role } })
    return { ok: true }
  })
}

/** How many administrators of the whole province can act today: below two, offices' roles wait. */
export function countAdministrators(on: Day): number {
  return prepared<number>(
    `select count(distinct g.account_id) from role_grant g join account a on a.id = g.account_id
      where g.role = 'admin' and g.unit_id = ? and g.from_on <= ? and (g.to_on is null or g.to_on >= ?)
        and a.disabled_at is null and ${isAwake('g')}`,
  )
    .pluck()
    .one(rootUnit().id, on, on)
}
