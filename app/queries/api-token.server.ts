import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { makeToken, tokenHash } from '#app/access/api-token.server.ts'
import { type Actor, permit, type Token } from '#app/access/policy.ts'
import type { ApiTokenInput } from '#app/domain/api-token-input.ts'
import type { Day } from '#app/domain/calendar.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import type { ApiScope } from '#app/domain/vocabulary.ts'
import { db, transact } from '#db/client.server.ts'
import { account, apiToken, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'
import { titled } from './unit-title.server.ts'

const DAY_MS = 86_400_000

/** Lists the campaign's tokens, newest first, without the tokens themselves, which are never shown again. */
export function listTokens(actor: Actor, campaignId: number) {
  permit(actor, 'token.manage', { unitPath: rootUnit().path })
  const rows = db
    .select({
      id: apiToken.id,
      name: apiToken.name,
      scopes: apiToken.scopes,
      unitId: apiToken.unitId,
      createdAt: apiToken.createdAt,
      createdBy: account.displayName,
      expiresAt: apiToken.expiresAt,
      revokedAt: apiToken.revokedAt,
      usedOn: apiToken.usedOn,
    })
    .from(apiToken)
    .innerJoin(unit, eq(unit.id, apiToken.unitId))
    .innerJoin(account, eq(account.id, apiToken.createdBy))
    .where(eq(apiToken.campaignId, campaignId))
    .orderBy(desc(apiToken.id))
    .all()
  return titled(rows).map(row => ({ ...row, scopes: JSON.parse(row.scopes) as ApiScope[] }))
}

/**
 * Issues a token over a unit's subtree in a campaign; the token itself is in this answer and nowhere else. Extracts are
 * the whole province's, so their scope is given at the root alone.
 */
export function issueToken(
  actor: Actor,
  campaignId: number,
  { name, unitId, scopes, days }: ApiTokenInput,
): Result<{ tokenId: number; token: string; expiresAt: number }> {
  return transact(tx => {
    const row = tx.select().from(unit).where(eq(unit.id, unitId)).get()
    if (!row || row.closedOn !== null) return refused('unitId', 'unit_unknown')
    permit(actor, 'token.manage', { unitPath: row.path })
    if (actor.kind !== 'person') throw new Error('a token is issued by a person')
    if (scopes.includes('extracts') && row.parentId !== null) return refused('scopes', 'scope_at_root_only')
    const token = makeToken()
    const createdAt = Date.now()
    const expiresAt = createdAt + days * DAY_MS
    const { id } = tx
      .insert(apiToken)
      .values({
        campaignId,
        name,
        tokenHash: tokenHash(token),
        scopes: JSON.stringify(scopes),
        unitId,
        createdAt,
        createdBy: actor.accountId,
        expiresAt,
      })
      .returning({ id: apiToken.id })
      .get()
    logEvent(tx, actor, {
      verb: 'issue',
      subject: 'api_token',
      subjectId: id,
      campaignId,
      data: { name, unitId, scopes },
    })
    return { ok: true, tokenId: id, token, expiresAt }
  })
}

/** Ends a token at once; one that has ended stays as it is. Throws 404 if the campaign has none with that id. */
export function revokeToken(actor: Actor, campaignId: number, tokenId: number) {
  transact(tx => {
    const row = found(
      tx
        .select({ path: unit.path, revokedAt: apiToken.revokedAt })
        .from(apiToken)
        .innerJoin(unit, eq(unit.id, apiToken.unitId))
        .where(and(eq(apiToken.id, tokenId), eq(apiToken.campaignId, campaignId)))
        .get(),
    )
    permit(actor, 'token.manage', { unitPath: row.path })
    if (row.revokedAt !== null) return
    tx.update(apiToken).set({ revokedAt: Date.now() }).where(eq(apiToken.id, tokenId)).run()
    logEvent(tx, actor, { verb: 'revoke', subject: 'api_token', subjectId: tokenId, campaignId })
  })
}

/**
 * Finds the actor of a token: its scopes over its unit, in its campaign. Undefined if there is no such token or it has
 * expired or was revoked. Also undefined if its unit is closed or its issuer may no longer sign in.
 */
export function findToken(token: string): { actor: Token; campaignId: number } | undefined {
  const row = db
    .select({
      id: apiToken.id,
      campaignId: apiToken.campaignId,
      scopes: apiToken.scopes,
      unitPath: unit.path,
      usedOn: apiToken.usedOn,
    })
    .from(apiToken)
    .innerJoin(unit, eq(unit.id, apiToken.unitId))
    .innerJoin(account, eq(account.id, apiToken.createdBy))
    .where(
      and(
        eq(apiToken.tokenHash, tokenHash(token)),
        isNull(apiToken.revokedAt),
        gt(apiToken.expiresAt, Date.now()),
        isNull(unit.closedOn),
        isNull(account.disabledAt),
      ),
    )
    .get()
  if (!row) return undefined
  const on = campaignToday()
  if (row.usedOn !== on) noteUse(row.id, on)
  const { id: tokenId, campaignId, unitPath } = row
  return { campaignId, actor: { kind: 'token', tokenId, scopes: JSON.parse(row.scopes) as ApiScope[], unitPath, on } }
}

/** Notes the day of a token's last use, once a day. */
function noteUse(tokenId: number, usedOn: Day) {
  db.update(apiToken).set({ usedOn }).where(eq(apiToken.id, tokenId)).run()
}
