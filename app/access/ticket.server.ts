import { createHash, randomBytes } from 'node:crypto'
import { TICKET_MS } from '#app/domain/second-factor.ts'

/*
 * Between the two steps of a sign-in the browser holds a ticket: 256 random bits in a cookie. The database keeps the
 * SHA-256. A ticket allows only the second step.
 */
const NAME = '__Host-buoc-hai'

const cookie = (value: string, seconds: number) =>
  `${NAME}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`

/** The cookie that ends the ticket. */
export const noTicket = cookie('', 0)

/** A new ticket: how it is stored, and the cookie that carries it. */
export function makeTicket(): { hash: string; setCookie: string } {
  const raw = randomBytes(32).toString('base64url')
  return { hash: hashOf(raw), setCookie: cookie(raw, TICKET_MS / 1000) }
}

/** Returns the stored form of the request's ticket; undefined if it has none. */
export function ticketOf(request: Request): string | undefined {
  const raw = /(?:^|;\s*)__Host-buoc-hai=([\w-]{43})(?:;|$)/.exec(request.headers.get('Cookie') ?? '')?.[1]
  return raw === undefined ? undefined : hashOf(raw)
}

const hashOf = (raw: string) => createHash('sha256').update(raw).digest('base64url')
