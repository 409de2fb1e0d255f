import { type Actor, accountOf, can, type Person, type Target } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { forbidden, found, notFound, type Result } from '#app/domain/refusal.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { accountTarget, accountTargets, personOf } from './account.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { insertGrant, type NewGrant } from './grant.server.ts'
import { readTwoPeople } from './independence.server.ts'
import { rootUnit } from './unit.server.ts'
import { titled } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

type Request = NewGrant & {
  id: number
  name: string
  askedAt: number
  askedBy: number
  askedByName: string
  /** the list that planned it; null: it was asked for by itself */
  batchId: number | null
  unitPath: string
  guardPath: string | null
}

const WAITING = `
  select r.id, r.account_id as accountId, r.role, r.unit_id as unitId, r.from_on as fromOn, r.to_on as toOn,
         a.display_name as name, r.asked_at as askedAt, r.asked_by as askedBy,
         i.display_name as askedByName, r.batch_id as batchId, u.path as unitPath, u.guard_path as guardPath
    from grant_request r join account a on a.id = r.account_id join unit u on u.id = r.unit_id
    join account i on i.id = r.asked_by
   where r.decided_at is null`

/** True for the head of the unit where the person works: the office's head, who may be the second person. */
function isHeadOf(actor: Person, { unitPath, officialId }: Target): boolean {
  return officialId != null && actor.grants.some(({ role, unitPath: headed }) => role === 'head' && headed === unitPath)
}

/** True for the head who answers for a unit's role: of a coordinator the unit's own, of its head one above. */
function isHeadAbove(actor: Person, { role, unitPath, guardPath }: Request, target: Target): boolean {
  const over = role === 'head' ? unitPath.replace(/[^/]+\/$/, '') : unitPath
  return over !== '/' && can(actor, 'coordinator.appoint', { ...target, unitPath: over, guardPath })
}

type Refusal = 'own' | 'not_second'

/**
 * Tells why the actor is not the second person to one of these requests; null: they are; undefined: it is not theirs to
 * see. People and ties are read once for all; whether two people are independent once for each who asked.
 */
function readRefusals(actor: Person, rows: readonly Request[]): (row: Request) => Refusal | null | undefined {
  const known = new Map<number, boolean>()
  const areTwo = readTwoPeople()
  const targetOf = accountTargets(rows.map(({ accountId }) => accountId))
  const isSecondTo = (askedBy: number) => {
    const found = known.get(askedBy) ?? areTwo(actor.accountId, askedBy)
    known.set(askedBy, found)
    return found
  }
  return row => {
    const target = targetOf(row.accountId)
    const isAdmin = can(actor, 'account.view', { ...target, accountId: null })
    const isHead = row.batchId === null ? isHeadOf(actor, target) : isHeadAbove(actor, row, target)
    if (!isAdmin && !isHead) return undefined
    if (row.askedBy === actor.accountId || row.accountId === actor.accountId) return 'own'
    return isSecondTo(row.askedBy) ? null : 'not_second'
  }
}

function judged(actor: Person, condition: string, ...params: number[]) {
  const rows = prepared<Request>(`${WAITING} and ${condition}`).all(...params)
  const refusalOf = readRefusals(actor, rows)
  return titled(
    rows.flatMap(row => {
      const refusal = refusalOf(row)
      return refusal === undefined ? [] : [{ ...row, refusal }]
    }),
  )
}

/**
 * Lists roles of offices that wait for a second person, as far as the actor may see them, the oldest first, each with
 * its term and the names of who may agree.
 */
export const listGrantRequests = (actor: Person) => withTerms(judged(actor, 'r.batch_id is null order by r.id'))

/**
 * Lists plans of roles that uploaded lists made and that wait for a second person, the oldest first: of each the roles
 * that the actor may see, in the order of the tree, and its term. `open` counts those that they may give.
 */
export function listGrantPlans(actor: Person) {
  const rows = judged(actor, 'r.batch_id is not null order by r.batch_id, u.path, r.role desc, r.id')
  const termOf = readTerms()
  return [...grouped(rows, ({ batchId }) => batchId ?? 0)].flatMap(([batchId, roles]) => {
    const [first] = roles
    if (!first) return []
    const { askedByName, askedAt } = first
    const open = roles.filter(({ refusal }) => refusal === null).length
    return [{ batchId, askedByName, askedAt, ...termOf(askedAt), open, refusal: first.refusal, roles }]
  })
}

/**
 * The last days of what the actor may give as its second person: of each role that was asked for by itself, and once of
 * each list's plan in which some are theirs to give. Names of others who may agree are left to the page.
 */
export function grantsDue(actor: Person): Day[] {
  const waiting = prepared<Request>(`${WAITING} order by r.id`).all()
  const refusalOf = readRefusals(actor, waiting)
  const termOf = readTerms()
  return [...grouped(waiting, keyOf).values()].flatMap(rows => {
    const open = rows.find(row => refusalOf(row) === null)
    return open ? [termOf(open.askedAt).dueOn] : []
  })
}

/** One thing to decide: a role by itself, or a list's plan. */
const keyOf = ({ id, batchId }: Request) => (batchId === null ? `r${id}` : `b${batchId}`)

/** Counts what waits for a second person as far as the actor may see it; the plan of one list counts once. */
export const countGrantRequests = (actor: Person): number => new Set(judged(actor, 'true').map(keyOf)).size

/** Counts the roles that a list planned and that still wait. */
export function countPlanned(batchId: number): number {
  return prepared<number>('select count(*) from grant_request where batch_id = ? and decided_at is null')
    .pluck()
    .one(batchId)
}

/** Roles that wait for one account, for its page. */
export function requestsFor(accountId: number) {
  return withTerms(titled(prepared<Request>(`${WAITING} and r.account_id = ? order by r.id`).all(accountId)))
}

function withTerms<Row extends Request>(rows: readonly Row[]) {
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
    .filter(person => readRefusals(person, [request])(request) === null)
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
    const refusal = readRefusals(actor, [row])(row)
    if (refusal === undefined) throw notFound()
    if (gives && refusal !== null) throw forbidden()
    return decide(tx, actor, row, gives)
  })
}

/**
 * Gives every role of a list's plan in one act, as its second person, or drops them; roles that are not the actor's to
 * decide keep waiting, and one that is held by now is closed. Counts the roles given or dropped. Throws 404 where none
 * is the actor's to see, 403 where they are second person to none.
 */
export function decideGrantPlan(
  actor: Person,
  { batchId, gives }: { batchId: number; gives: boolean },
): { decided: number } {
  return transact(tx => {
    const seen = judged(actor, 'r.batch_id = ? order by u.path, r.id', batchId)
    if (seen.length === 0) throw notFound()
    const own = seen.filter(({ refusal }) => refusal === null || (!gives && refusal === 'own'))
    if (own.length === 0) throw forbidden()
    const made = own.map(row => {
      const done = decide(tx, actor, row, gives)
      if (!done.ok) close(actor, row.id, null)
      return done.ok
    })
    logEvent(tx, actor, {
      verb: gives ? 'confirm' : 'reject',
      subject: 'import_batch',
      subjectId: batchId,
      data: { roles: own.length },
    })
    return { decided: made.filter(Boolean).length }
  })
}

function decide(tx: Tx, actor: Person, row: Request, gives: boolean): Result {
  const { id, accountId, role, unitId, fromOn, toOn, askedBy, batchId } = row
  if (!gives) {
    drop(tx, actor, row)
    return { ok: true }
  }
  const today = campaignToday()
  const made = insertGrant(
    tx,
    actor,
    { accountId, role, unitId, fromOn: fromOn < today ? today : fromOn, toOn, byAdministrator: batchId === null },
    askedBy,
  )
  if (!made.ok) return made
  close(actor, id, made.grantId)
  return { ok: true }
}

/** Drops the roles that wait for an account that ends. */
export function dropRequests(tx: Tx, actor: Actor, endingAccountId: number) {
  const waiting = prepared<Request>(`${WAITING} and r.account_id = ? order by r.id`).all(endingAccountId)
  for (const row of waiting) drop(tx, actor, row)
}

function drop(tx: Tx, actor: Actor, { id, accountId, role }: Request) {
  close(actor, id, null)
  logEvent(tx, actor, { verb: 'reject', subject: 'role_grant', subjectId: id, data: { accountId, role } })
}

/** Notes who decided a request, and the grant that it became; null: none. */
function close(actor: Actor, requestId: number, grantId: number | null) {
  prepared('update grant_request set decided_at = ?, decided_by = ?, grant_id = ? where id = ?').run(
    campaignNow(),
    accountOf(actor),
    grantId,
    requestId,
  )
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
