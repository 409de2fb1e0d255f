import { createHash } from 'node:crypto'
import { and, eq, lte, sql } from 'drizzle-orm'
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import { ORDINARY_LIFE, SEEN_EVERY_MS, sessionEnd } from '#app/domain/session-life.ts'
import { db, faultOf, oncePerConnection, prepared } from '#db/client.server.ts'
import { account, pushSubscription, rememberedDevice, session } from '#db/schema.ts'

/**
 * The only use of Lucia. The database holds only the SHA-256 of a session id, so a reader of the database cannot sign
 * in. Lucia receives the raw id. Lists and revocation use the hash. Session lifetimes use the real clock.
 */
declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia
    UserId: number
    DatabaseSessionAttributes: {
      campaignId: number
      userAgent: string
      isProven: boolean
      byProvider: boolean
      startedAt: number
      seenAt: number
    }
  }
}

const hashOf = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url')

const attributesOf = (row: typeof session.$inferSelect) => ({
  campaignId: row.campaignId,
  userAgent: row.userAgent,
  isProven: row.isProven,
  byProvider: row.byProvider,
  startedAt: row.createdAt,
  seenAt: row.seenAt ?? row.createdAt,
})

const storedSession = oncePerConnection(() =>
  db
    .select({ stored: session, disabledAt: account.disabledAt })
    .from(session)
    .innerJoin(account, eq(account.id, session.accountId))
    .where(eq(session.id, sql.placeholder('id')))
    .prepare(),
)

const adapter: Adapter = {
  async getSessionAndUser(sessionId) {
    const row = storedSession().get({ id: hashOf(sessionId) })
    // one that is over is not shown to Lucia, which would delete it: reading a page writes nothing
    if (!row || row.disabledAt !== null || row.stored.expiresAt <= Date.now()) return [null, null]
    const { accountId, expiresAt } = row.stored
    return [
      {
        id: sessionId,
        userId: accountId,
        expiresAt: new Date(expiresAt),
        attributes: attributesOf(row.stored),
      },
      { id: accountId, attributes: {} },
    ]
  },
  async getUserSessions(userId) {
    return db
      .select()
      .from(session)
      .where(eq(session.accountId, userId))
      .all()
      .map(row => ({
        id: row.id,
        userId: row.accountId,
        expiresAt: new Date(row.expiresAt),
        attributes: attributesOf(row),
      }))
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    const before = prepared<number | null>(
      'select max(coalesce(seen_at, created_at)) from session where account_id = ? and user_agent = ?',
    )
      .pluck()
      .one(userId, attributes.userAgent.slice(0, 200))
    db.insert(session)
      .values({
        id: hashOf(id),
        accountId: userId,
        campaignId: attributes.campaignId,
        userAgent: attributes.userAgent.slice(0, 200),
        expiresAt: expiresAt.getTime(),
        createdAt: attributes.startedAt,
        isProven: attributes.isProven,
        contactBefore: before,
        byProvider: attributes.byProvider,
      })
      .run()
  },
  // a session's lifetime follows from its beginning and its last use, which `readSession` records
  async updateSessionExpiration() {},
  async deleteSession(sessionId) {
    db.delete(session)
      .where(eq(session.id, hashOf(sessionId)))
      .run()
  },
  async deleteUserSessions(userId) {
    db.delete(session).where(eq(session.accountId, userId)).run()
  },
  async deleteExpiredSessions() {
    db.delete(session).where(lte(session.expiresAt, Date.now())).run()
  },
}

/** `__Host-`: bound to this host, sent over TLS only; Chromium and Firefox take it on http://127.0.0.1 too. */
const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(ORDINARY_LIFE.idleMs, 'ms'),
  sessionCookie: { name: '__Host-phien', attributes: { secure: true, sameSite: 'lax', path: '/' } },
  getSessionAttributes: ({ campaignId, isProven, byProvider, startedAt, seenAt }) => ({
    campaignId,
    isProven,
    byProvider,
    startedAt,
    seenAt,
  }),
})

/**
 * Returns the session that the cookie names. Lucia decodes all cookies; an undecodable one from another site is
 * ignored.
 */
function sessionIdOf(request: Request): string | null {
  const cookies = (request.headers.get('Cookie') ?? '').replace(/%(?![\dA-Fa-f]{2})/g, '%25')
  try {
    return lucia.readSessionCookie(cookies)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

type SignedIn = {
  accountId: number
  campaignId: number
  sessionHash: string
  /** begun with the second factor */
  isProven: boolean
  /** begun by the province's sign-in alone */
  byProvider: boolean
  startedAt: number
  /** before this request */
  seenAt: number
  setCookie: string | null
}

/**
 * Returns the session that the request's cookie names. Undefined if there is none, it has expired or the account is
 * disabled. Every ten minutes it records the use of the session, and renews the browser's cookie.
 */
export async function readSession(request: Request): Promise<SignedIn | undefined> {
  const sessionId = sessionIdOf(request)
  if (!sessionId) return undefined
  const { session: valid } = await lucia.validateSession(sessionId)
  if (!valid) return undefined
  const { userId: accountId, campaignId, isProven, byProvider, startedAt, seenAt } = valid
  const sessionHash = hashOf(sessionId)
  const isNoted = noteSeen(sessionHash, startedAt, seenAt)
  return {
    accountId,
    campaignId,
    sessionHash,
    isProven,
    byProvider,
    startedAt,
    seenAt,
    setCookie: isNoted ? lucia.createSessionCookie(sessionId).serialize() : null,
  }
}

/**
 * Records the use of a session, unless it was recorded a short while ago. False then, and if the database accepts no
 * write.
 */
function noteSeen(sessionHash: string, startedAt: number, seenAt: number): boolean {
  const at = Date.now()
  if (at - seenAt < SEEN_EVERY_MS) return false
  try {
    db.update(session)
      .set({ seenAt: at, contactBefore: seenAt, expiresAt: sessionEnd(startedAt, at) })
      .where(eq(session.id, sessionHash))
      .run()
    return true
  } catch (error) {
    if (faultOf(error)) return false
    throw error
  }
}

/**
 * Starts a session, `isProven` by a second factor or not, `byProvider` by the province's sign-in alone or not, and
 * returns the cookie that carries it.
 */
export async function startSession(
  accountId: number,
  {
    campaignId,
    userAgent,
    isProven,
    byProvider = false,
  }: { campaignId: number; userAgent: string; isProven: boolean; byProvider?: boolean },
): Promise<string> {
  const startedAt = Date.now()
  const started = await lucia.createSession(accountId, {
    campaignId,
    userAgent,
    isProven,
    byProvider,
    startedAt,
    seenAt: startedAt,
  })
  return lucia.createSessionCookie(started.id).serialize()
}

/** Ends the request's session and returns the cookie that forgets it. */
export async function endSession(request: Request): Promise<string> {
  const sessionId = sessionIdOf(request)
  if (sessionId) await lucia.invalidateSession(sessionId)
  return lucia.createBlankSessionCookie().serialize()
}

/** The account's sessions, newest first, by hash. */
export function listSessions(accountId: number) {
  return db
    .select({
      hash: session.id,
      userAgent: session.userAgent,
      createdAt: session.createdAt,
      expiresAt: session.expiresAt,
    })
    .from(session)
    .where(eq(session.accountId, accountId))
    .all()
    .filter(row => row.expiresAt > Date.now())
    .sort((a, b) => b.createdAt - a.createdAt)
}

/** True while a session is there and has not run out. */
export function isOpenSession(hash: string): boolean {
  const row = prepared<{ expiresAt: number }>('select expires_at as expiresAt from session where id = ?').get(hash)
  return row !== undefined && row.expiresAt > Date.now()
}

/**
 * Returns what is known of a session's contacts (ms, real clock). `contactAt`: the last one before those of the last ten
 * minutes, or of the same browser's session before; null: none is known.
 */
export function contactOf(hash: string): { contactAt: number | null; startedAt: number } {
  return prepared<{ contactAt: number | null; startedAt: number }>(
    'select contact_before as contactAt, created_at as startedAt from session where id = ?',
  ).one(hash)
}

/** Ends one of the account's own sessions. */
export function revokeSession(accountId: number, hash: string) {
  db.delete(session)
    .where(and(eq(session.accountId, accountId), eq(session.id, hash)))
    .run()
}

/**
 * Ends every session of the account, every device that opens it with a PIN and every browser that receives its
 * reminders: after a reset, or when it is disabled.
 */
export function revokeAllSessions(accountId: number) {
  db.delete(rememberedDevice).where(eq(rememberedDevice.accountId, accountId)).run()
  db.delete(pushSubscription).where(eq(pushSubscription.accountId, accountId)).run()
  db.delete(session).where(eq(session.accountId, accountId)).run()
}

/** The campaign that this session's pages show from now on. */
export function showCampaign(sessionHash: string, campaignId: number) {
  db.update(session).set({ campaignId }).where(eq(session.id, sessionHash)).run()
}

/** Clears away sessions that are over. */
export function forgetOldSessions() {
  return lucia.deleteExpiredSessions()
}
