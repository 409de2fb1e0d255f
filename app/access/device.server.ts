import { createHash, randomBytes } from 'node:crypto'
import { prepared } from '#db/client.server.ts'

/**
 * A browser's own cookie, independent of any session. It shows whether a citizen's "yes" comes from an official's own
 * device. Only its SHA-256 is stored.
 */
const NAME = '__Host-may'
const YEAR_SECONDS = 31_536_000

const hashOf = (id: string) => createHash('sha256').update(id).digest('base64url')

/** The hash of the browser's cookie; where it has none, a new one, with the header that sets it. */
export function deviceOf(request: Request): { hash: string; setCookie: string | null } {
  const known = /(?:^|;\s*)__Host-may=([\w-]{22})(?:;|$)/.exec(request.headers.get('Cookie') ?? '')?.[1]
  if (known) return { hash: hashOf(known), setCookie: null }
  const id = randomBytes(16).toString('base64url')
  const setCookie = `${NAME}=${id}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; Secure; SameSite=Lax`
  return { hash: hashOf(id), setCookie }
}

/** Notes that an account signed in from this browser. */
export function noteDevice(deviceHash: string, accountId: number) {
  prepared(
    `insert into device_account (device_hash, account_id, seen_at) values (?, ?, ?)
       on conflict (device_hash, account_id) do update set seen_at = excluded.seen_at`,
  ).run(deviceHash, accountId, Date.now())
}

/** True where this account has signed in from this browser before. */
export function isKnownDevice(deviceHash: string, accountId: number): boolean {
  return (
    prepared('select 1 from device_account where device_hash = ? and account_id = ?').get(deviceHash, accountId) !==
    undefined
  )
}
