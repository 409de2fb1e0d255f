import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { oncePerConnection, prepared, type Tx, whenRolledBack } from './client.server.ts'
import { unwrapLogKey, wrapLogKey } from './keys.server.ts'

/** A log whose rows are linked, and whose end is kept beside it. */
export type Log = 'event' | 'access_log'

/** Where a log ends: id and hash of its last row, and the first id that was not removed as expired. */
export type LogHead = { lastId: number; hash: string; firstId: number }

/** The key once it was read. It is made once for a database, so another process makes no other. */
const known = oncePerConnection<{ key?: KeyObject }>(() => ({}))

// it may have been made in what was rolled back
whenRolledBack(() => {
  known().key = undefined
})

/**
 * Returns the key that seals both logs; undefined if none was made yet. It is wrapped by the master key, so that who
 * has the file alone forges no event. Rotations leave it: what it sealed must stay checkable.
 */
export function findLogKey(): KeyObject | undefined {
  const holder = known()
  if (holder.key) return holder.key
  const row = prepared<{ wrapped: Buffer }>('select wrapped from log_key').get()
  if (row) holder.key = createSecretKey(unwrapLogKey(row.wrapped))
  return holder.key
}

/** The same for a write, which makes the key the first time. */
function logKey(_tx: Tx): KeyObject {
  const found = findLogKey()
  if (found) return found
  const bytes = randomBytes(32)
  prepared('insert into log_key (id, wrapped, created_at) values (1, ?, ?)').run(wrapLogKey(bytes), Date.now())
  return createSecretKey(bytes)
}

/** HMAC-SHA-256 (base64url) of a text, for one purpose. */
export function sealText(key: KeyObject, purpose: 'event' | 'access' | 'head', text: string): string {
  return createHmac('sha256', key).update(`${purpose}:${text}`).digest('base64url')
}

const headText = (log: Log, { lastId, hash, firstId }: LogHead) => JSON.stringify([log, lastId, hash, firstId])

type StoredHead = LogHead & { seal: string }

/** Returns where a log ends as it was kept; undefined before its first sealed row. */
export function readHead(log: Log): StoredHead | undefined {
  return prepared<StoredHead>(
    'select last_id as lastId, hash, first_id as firstId, seal from log_head where log = ?',
  ).get(log)
}

/** Returns true if a head is what the application kept. */
export function isHeadSealed(key: KeyObject, log: Log, head: StoredHead): boolean {
  return sealText(key, 'head', headText(log, head)) === head.seal
}

/** Keeps where a log ends now, in the transaction of the row. */
export function keepHead(tx: Tx, log: Log, head: LogHead) {
  prepared(
    `insert into log_head (log, last_id, hash, first_id, seal) values (@log, @lastId, @hash, @firstId, @seal)
     on conflict (log) do update set last_id = @lastId, hash = @hash, first_id = @firstId, seal = @seal`,
  ).run({ log, ...head, seal: sealText(logKey(tx), 'head', headText(log, head)) })
}

/** Seals an event's hash, in the transaction that writes it. */
export function sealEvent(tx: Tx, hash: string): string {
  return sealText(logKey(tx), 'event', hash)
}

export type Opening = { id: number; at: number; account_id: number; what: string; subject_id: string; count: number }

/** The link of a row of the access log to the row before, whose link is `before`; '' for the first. */
export function linkOf(key: KeyObject, before: string, row: Opening): string {
  const content = [before, row.id, row.at, row.account_id, row.what, row.subject_id, row.count]
  return sealText(key, 'access', JSON.stringify(content))
}

/** Links a new row of the access log, and keeps where the log ends now. */
export function linkOpening(tx: Tx, row: Opening): string {
  const head = readHead('access_log')
  const link = linkOf(logKey(tx), head?.hash ?? '', row)
  keepHead(tx, 'access_log', { lastId: row.id, hash: link, firstId: head?.firstId ?? 0 })
  return link
}

/** Notes that all ids below `firstId` expired and are removed. */
export function raiseFirstId(tx: Tx, log: Log, firstId: number) {
  const { lastId = 0, hash = '' } = readHead(log) ?? {}
  keepHead(tx, log, { lastId, hash, firstId })
}
