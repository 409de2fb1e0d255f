import { createHash } from 'node:crypto'
import { and, eq, lte } from 'drizzle-orm'
import { type Adapter, Lucia, TimeSpan } from 'lucia'
import { db, isBusy } from '#db/client.server.ts'
import { account, rememberedDevice, session } from '#db/schema.ts'

/**
 * All of Lucia. The database holds only the SHA-256 of a session id, so that whoever reads it cannot sign in; Lucia is
 * handed the raw id back. Lists and revocation go by the hash. Sessions live by the real clock.
 */
declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia
    UserId: number
    DatabaseSessionAttributes: { campaignId: number; userAgent: string }
  }
}

const hashOf = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url')

const adapter: Adapter = {
  async getSessionAndUser(sessionId) {
    const row = db
      .select({ stored: session, disabledAt: account.disabledAt })
      .from(session)
      .innerJoin(account, eq(account.id, session.accountId))
      .where(eq(session.id, hashOf(sessionId)))
      .get()
    if (!row || row.disabledAt !== null) return [null, null]
    const { accountId, campaignId, userAgent, expiresAt } = row.stored
    return [
      {
        id: sessionId,
        userId: accountId,
        expiresAt: new Date(expiresAt),
        attributes: { campaignId, userAgent },
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
        attributes: { campaignId: row.campaignId, userAgent: row.userAgent },
      }))
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    db.insert(session)
      .values({
        id: hashOf(id),
        accountId: userId,
        campaignId: attributes.campaignId,
        userAgent: attributes.userAgent.slice(0, 200),
        expiresAt: expiresAt.getTime(),
        createdAt: Date.now(),
      })
      .run()
  },
  async updateSessionExpiration(sessionId, expiresAt) {
    try {
      db.update(session)
        .set({ expiresAt: expiresAt.getTime() })
        .where(eq(session.id, hashOf(sessionId)))
        .run()
    } catch (error) {
      // somebody else holds the database: the session is good, and its next request prolongs it
      if (!isBusy(error)) throw error
    }
  },
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
export const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(7, 'd'),
  sessionCookie: { name: '__Host-phien', attributes: { secure: true, sameSite: 'lax', path: '/' } },
  getSessionAttributes: attributes => ({ campaignId: attributes.campaignId }),
})

/** The session that the cookie names. Lucia decodes all cookies; one of somebody else's that cannot be decoded is none. */
function sessionIdOf(request: Request): string | null {
  const cookies = (request.headers.get('Cookie') ?? '').replace(/%(?![\dA-Fa-f]{2})/g, '%25')
  try {
    return lucia.readSessionCookie(cookies)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

export type SignedIn = { accountId: number; campaignId: number; sessionHash: string; setCookie: string | null }

/** Whose session the request's cookie names; undefined where there is none, it has expired or the account is disabled. */
export async function readSession(request: Request): Promise<SignedIn | undefined> {
  const sessionId = sessionIdOf(request)
  if (!sessionId) return undefined
  const { session: valid } = await lucia.validateSession(sessionId)
  if (!valid) return undefined
  return {
    accountId: valid.userId,
    campaignId: valid.campaignId,
    sessionHash: hashOf(sessionId),
    setCookie: valid.fresh ? lucia.createSessionCookie(valid.id).serialize() : null,
  }
}

/** Starts a session and returns the cookie that carries it. */
export async function startSession(accountId: number, campaignId: number, userAgent: string): Promise<string> {
  const started = await lucia.createSession(accountId, { campaignId, userAgent })
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

/** Ends one of the account's own sessions. */
export function revokeSession(accountId: number, hash: string) {
  db.delete(session)
    .where(and(eq(session.accountId, accountId), eq(session.id, hash)))
    .run()
}

/** Ends every session of the account, and every device that opens it with a PIN: after a reset, or when it is disabled. */
export function revokeAllSessions(accountId: number) {
  db.delete(rememberedDevice).where(eq(rememberedDevice.accountId, accountId)).run()
  db.delete(session).where(eq(session.accountId, accountId)).run()
}

/** The campaign that this session's pages show from now on. */
export function showCampaign(sessionHash: string, campaignId: number) {
  db.update(session).set({ campaignId }).where(eq(session.id, sessionHash)).run()
}
