import { hash } from 'node:crypto'
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { addDays, type Day, startOf } from '#app/domain/calendar.ts'
import type { EventSubject, EventVerb } from '#app/domain/event.ts'
import { db, prepared, type Tx, whenUntold } from '#db/client.server.ts'
import { takeFacts } from '#db/fact-hash.server.ts'
import { keepHead, readHead, sealEvent } from '#db/log-seal.server.ts'
import { account, event } from '#db/schema.ts'
import { isGuarded } from './official-posting.server.ts'

/** An event in the domain's verb; `data` names fields and figures, never a citizen's data. */
type NewEvent = {
  verb: EventVerb
  subject: EventSubject
  subjectId: string | number
  campaignId?: number | null
  data?: Record<string, unknown>
}

/**
 * Appends one event in the transaction of the write that it describes, chained to the event before.
 * hash = SHA-256 of the previous hash and the row's content, so that an edit, a gap or a swap shows.
 *
 * The event keeps hashes of the covered facts (db/covered-facts.ts) written since the event before it, as stored now.
 * Its seal needs a key that the file does not hold, so an event that was put in by hand shows too.
 */
export function logEvent(tx: Tx, actor: Actor, { verb, subject, subjectId, campaignId, data }: NewEvent) {
  const last = lastEvent()
  const taken = takeFacts(db.$client)
  const facts = taken && JSON.stringify(taken)
  const row: EventRow = {
    id: (last?.id ?? 0) + 1,
    at: Date.now(),
    actor_kind: actor.kind,
    account_id: actor.kind === 'person' ? actor.accountId : null,
    campaign_id: campaignId ?? null,
    verb,
    subject,
    subject_id: String(subjectId),
    data: JSON.stringify({
      ...data,
      ...(actor.kind === 'token' && { tokenId: actor.tokenId }),
      ...(facts !== null && { [FACTS_DIGEST]: factsDigest(facts) }),
    }),
    previous_hash: last?.hash ?? '',
  }
  const chained = eventHash(row)
  prepared(
    `insert into event (id, at, actor_kind, account_id, campaign_id, verb, subject, subject_id, data, previous_hash, hash,
       facts, seal)
     values (@id, @at, @actor_kind, @account_id, @campaign_id, @verb, @subject, @subject_id, @data, @previous_hash, @hash,
       @facts, @seal)`,
  ).run({ ...row, hash: chained, facts, seal: sealEvent(tx, chained) })
  keepHead(tx, 'event', { lastId: row.id, hash: chained, firstId: 1 })
}

/** Id and hash of the last event; of the one that was last, if it was cut off since, so that the gap stays. */
function lastEvent(): { id: number; hash: string } | undefined {
  const last = prepared<{ id: number; hash: string }>('select id, hash from event order by id desc limit 1').get()
  const head = readHead('event')
  return head && head.lastId > (last?.id ?? 0) ? { id: head.lastId, hash: head.hash } : last
}

// what an act wrote after its last event, or a step of bulk work without one
whenUntold(tx => {
  logEvent(tx, { kind: 'system' }, { verb: 'write', subject: 'facts', subjectId: 'all' })
})

/** The word in an event's `data` under which it holds the digest of its facts' hashes, so that the chain proves them. */
const FACTS_DIGEST = 'facts'

/** SHA-256 (base64url) of an event's facts as text. */
export function factsDigest(facts: string): string {
  return hash('sha256', facts, 'base64url')
}

/**
 * Returns the SHA-256 (hex) of a reason, for an event's `data`. The chain then proves the wording without containing
 * it, because it may name people.
 */
export function textHash(text: string): string {
  return hash('sha256', text, 'hex')
}

export type EventRow = {
  id: number
  at: number
  actor_kind: string
  account_id: number | null
  campaign_id: number | null
  verb: string
  subject: string
  subject_id: string
  data: string
  previous_hash: string
}

/** The chained hash of one event row (base64url). */
export function eventHash(row: EventRow): string {
  const content = [
    row.id,
    row.at,
    row.actor_kind,
    row.account_id,
    row.campaign_id,
    row.verb,
    row.subject,
    row.subject_id,
    row.data,
  ]
  return hash('sha256', `${row.previous_hash}${JSON.stringify(content)}`, 'base64url')
}

/**
 * Throws 403 unless the actor may read the log. It covers the whole province, so it needs a grant at the root of the
 * tree.
 */
export function permitReading(actor: Actor) {
  permit(actor, 'event.view', { unitPath: rootPath() })
}

/** Returns true if the actor may read the log. */
export function canReadEvents(actor: Actor): boolean {
  return can(actor, 'event.view', { unitPath: rootPath() })
}

// no pluck: statements are shared by their text, and this one is read as a row elsewhere
const rootPath = () => prepared<{ path: string }>('select path from unit where parent_id is null').one().path

/**
 * Filter of the log. `day` uses the real clock, `login` selects the actor, `before` is the last event of the page
 * before.
 */
type EventFilter = {
  subject?: EventSubject
  verb?: EventVerb
  login?: string
  day?: Day
  before?: number
  limit?: number
}

/**
 * Lists events, newest first, one page (keyset); `next` names the following page, null: this is the last. Names the
 * actor by login and name; for people of armed-forces units only the account's id is shown (domain 3).
 */
export function listEvents(actor: Actor, filter: EventFilter) {
  permitReading(actor)
  const limit = filter.limit ?? 50
  const conditions: (SQL | undefined)[] = [
    filter.subject ? eq(event.subject, filter.subject) : undefined,
    filter.verb ? eq(event.verb, filter.verb) : undefined,
    filter.login ? eq(event.accountId, accountIdOf(filter.login)) : undefined,
    filter.day ? gte(event.at, startOf(filter.day)) : undefined,
    filter.day ? lt(event.at, startOf(addDays(filter.day, 1))) : undefined,
    filter.before === undefined ? undefined : lt(event.id, filter.before),
  ]
  const rows = db
    .select({
      id: event.id,
      at: event.at,
      actorKind: event.actorKind,
      accountId: event.accountId,
      login: account.login,
      displayName: account.displayName,
      isGuarded: isGuarded(account.officialId),
      campaignId: event.campaignId,
      verb: event.verb,
      subject: event.subject,
      subjectId: event.subjectId,
      data: event.data,
      hash: event.hash,
    })
    .from(event)
    .leftJoin(account, eq(account.id, event.accountId))
    .where(and(...conditions))
    .orderBy(desc(event.id))
    .limit(limit + 1)
    .all()
  const page = rows.slice(0, limit).map(({ isGuarded: isHidden, login, displayName, data, ...row }) => ({
    ...row,
    who: isHidden || login === null ? null : { login, displayName },
    data: withoutDigest(JSON.parse(data) as Record<string, unknown>),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}

function withoutDigest({ [FACTS_DIGEST]: _, ...data }: Record<string, unknown>) {
  return data
}

/** Returns the account id of a login as typed; -1, which no account has, if there is none. */
function accountIdOf(login: string): number {
  const row = db.select({ id: account.id }).from(account).where(eq(account.login, login.trim().toLowerCase())).get()
  return row?.id ?? -1
}
