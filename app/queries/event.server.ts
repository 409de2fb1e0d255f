import { createHash } from 'node:crypto'
import type { Actor } from '#app/access/policy.ts'
import { prepared, type Tx } from '#db/client.server.ts'

/** What happened, in the domain's verb; `data` names fields and figures, never a citizen's data. */
export type NewEvent = {
  verb: string
  subject: string
  subjectId: string | number
  campaignId?: number | null
  data?: Record<string, unknown>
}

/**
 * Appends one event in the transaction of the write that it tells of, chained to the one before:
 * hash = SHA-256 of the previous hash and the row's content, so that an edit, a gap or a swap shows.
 */
export function logEvent(_tx: Tx, actor: Actor, event: NewEvent) {
  const last = prepared('select id, hash from event order by id desc limit 1').get() as
    | { id: number; hash: string }
    | undefined
  const row: EventRow = {
    id: (last?.id ?? 0) + 1,
    at: Date.now(),
    actor_kind: actor.kind,
    account_id: actor.kind === 'person' ? actor.accountId : null,
    campaign_id: event.campaignId ?? null,
    verb: event.verb,
    subject: event.subject,
    subject_id: String(event.subjectId),
    data: JSON.stringify(event.data ?? {}),
    previous_hash: last?.hash ?? '',
  }
  prepared(
    `insert into event (id, at, actor_kind, account_id, campaign_id, verb, subject, subject_id, data, previous_hash, hash)
     values (@id, @at, @actor_kind, @account_id, @campaign_id, @verb, @subject, @subject_id, @data, @previous_hash, @hash)`,
  ).run({ ...row, hash: eventHash(row) })
}

type EventRow = {
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

/** The chained hash of one event row. */
function eventHash(row: EventRow): string {
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
  return createHash('sha256').update(row.previous_hash).update(JSON.stringify(content)).digest('base64url')
}

/** Walks the whole chain; returns how many events it holds and the id of the first that does not fit, or null. */
export function checkEventChain(): { count: number; head: string; brokenAt: number | null } {
  let previous = ''
  let count = 0
  const statement = prepared('select * from event order by id')
  for (const row of statement.iterate() as Iterable<EventRow & { hash: string }>) {
    count += 1
    if (row.id !== count || row.previous_hash !== previous || eventHash(row) !== row.hash)
      return { count, head: previous, brokenAt: row.id }
    previous = row.hash
  }
  return { count, head: previous, brokenAt: null }
}
