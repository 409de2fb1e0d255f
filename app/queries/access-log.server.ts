import { and, desc, eq, gte, inArray, lt, type SQL } from 'drizzle-orm'
import { type Actor, can, type Person, permit } from '#app/access/policy.ts'
import { type AccessKind, RECORD_KINDS } from '#app/domain/access-log.ts'
import { addDays, type Day, startOf } from '#app/domain/calendar.ts'
import { db, nextId, prepared, transact } from '#db/client.server.ts'
import { linkOpening, readHead } from '#db/log-seal.server.ts'
import { accessLog, account, citizenRequest } from '#db/schema.ts'
import { isGuarded } from './official-posting.server.ts'
import { rootUnit } from './unit.server.ts'

/** An opening of data: the id of its subject as text or number, and how many people it shows. */
export type Access = { what: AccessKind; subjectId: string | number; count: number }

/**
 * Logs that an actor is about to see, or export, citizens' data; logs nothing if no citizen is shown. Throws if the
 * database accepts no write now; then nothing may be shown. Each row is linked to the row before it.
 */
export function noteAccess(actor: Person, { what, subjectId, count }: Access) {
  if (count === 0) return
  transact(tx => {
    const row = {
      id: Math.max(nextId(accessLog), (readHead('access_log')?.lastId ?? 0) + 1),
      at: Date.now(),
      account_id: actor.accountId,
      what,
      subject_id: String(subjectId),
      count,
    }
    prepared(
      `insert into access_log (id, at, account_id, what, subject_id, count, link)
       values (@id, @at, @account_id, @what, @subject_id, @count, @link)`,
    ).run({ ...row, link: linkOpening(tx, row) })
  })
}

/**
 * Filter of the log. `day` uses the real clock, `login` selects the account, `before` is the last entry of the page
 * before.
 */
type AccessFilter = { what?: AccessKind; login?: string; day?: Day; before?: number; limit?: number }

const target = () => ({ unitPath: rootUnit().path })

/** Returns true if the actor may read the log of openings. */
export function canReadAccesses(actor: Actor): boolean {
  return can(actor, 'access_log.view', target())
}

/** Openings and exports, the newest first, one page (keyset); `next` names the page after, null: this is the last. */
export function listAccesses(actor: Actor, filter: AccessFilter) {
  permit(actor, 'access_log.view', target())
  const limit = filter.limit ?? 50
  const rows = rowsOf(
    and(
      filter.what ? eq(accessLog.what, filter.what) : undefined,
      filter.login ? eq(account.login, filter.login.trim().toLowerCase()) : undefined,
      filter.day ? gte(accessLog.at, startOf(filter.day)) : undefined,
      filter.day ? lt(accessLog.at, startOf(addDays(filter.day, 1))) : undefined,
      filter.before === undefined ? undefined : lt(accessLog.id, filter.before),
    ),
    limit + 1,
  )
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/** Maximum of openings listed for one record, the newest ones. */
const MOST_OPENINGS = 100

/**
 * Lists who opened the record that a citizen's request is about, one by one, newest first, for accounts that handle
 * requests. Lists and exports that contained the record are not included. Undefined if there is no such request.
 */
export function listOpenings(actor: Actor, campaignId: number, requestId: number) {
  permit(actor, 'citizen_request.handle', target())
  const request = db
    .select({ helpId: citizenRequest.helpId })
    .from(citizenRequest)
    .where(and(eq(citizenRequest.id, requestId), eq(citizenRequest.campaignId, campaignId)))
    .get()
  return (
    request &&
    rowsOf(
      and(eq(accessLog.subjectId, String(request.helpId)), inArray(accessLog.what, [...RECORD_KINDS])),
      MOST_OPENINGS,
    )
  )
}

/** Names the actor by login and name; for people of armed-forces units only the account's id is shown (domain 3). */
function rowsOf(condition: SQL | undefined, limit: number) {
  return db
    .select({
      id: accessLog.id,
      at: accessLog.at,
      accountId: accessLog.accountId,
      what: accessLog.what,
      subjectId: accessLog.subjectId,
      count: accessLog.count,
      login: account.login,
      displayName: account.displayName,
      isGuarded: isGuarded(account.officialId),
    })
    .from(accessLog)
    .innerJoin(account, eq(account.id, accessLog.accountId))
    .where(condition)
    .orderBy(desc(accessLog.id))
    .limit(limit)
    .all()
    .map(({ isGuarded: isHidden, login, displayName, ...row }) => ({
      ...row,
      who: isHidden ? null : { login, displayName },
    }))
}
