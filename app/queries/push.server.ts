import { createHash } from 'node:crypto'
import { and, asc, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Actor, Person } from '#app/access/policy.ts'
import { makeVapidKeys, type VapidKeys } from '#app/access/vapid.server.ts'
import { isEndpoint, MOST_BROWSERS, PUSH_HOSTS, type PushOutcome, waitAfter } from '#app/domain/push.ts'
import type { PushServiceInput } from '#app/domain/push-input.ts'
import { type Result, refused } from '#app/domain/refusal.ts'
import { db, nextId, type Tx, transact } from '#db/client.server.ts'
import { seal, unseal, unsealText } from '#db/keys.server.ts'
import { account, pushService, pushSubscription } from '#db/schema.ts'
import { logEvent } from './event.server.ts'
import { permitOperating } from './go-live.server.ts'

/*
 * Reminders that reach a phone while the app is closed: the settings of an administrator, the browsers of each account,
 * and which of them wait for a message. Real clock, as devices have.
 */

const KEY_SLOT = { table: 'push_service', column: 'privateKey', rowId: 1 }
const endpointSlot = (id: number) => ({ table: 'push_subscription', column: 'endpoint', rowId: id })

const hashOf = (endpoint: string) => createHash('sha256').update(endpoint).digest('base64url')

function settings() {
  const row = db.select().from(pushService).get()
  return row && { ...row, hosts: JSON.parse(row.hosts) as string[] }
}

/** Returns the settings as an administrator sees them, and how many browsers receive reminders; off before the first. */
export function findPushSettings(actor: Actor) {
  permitOperating(actor)
  const row = settings()
  const [browsers] = db.select({ count: sql<number>`count(*)` }).from(pushSubscription).all()
  return {
    isOn: row?.isOn ?? false,
    contact: row?.contact ?? '',
    hosts: row?.hosts ?? [...PUSH_HOSTS],
    browsers: browsers?.count ?? 0,
  }
}

/**
 * Turns reminders to phones on or off, with the services that may carry them. The first time makes the key pair, which
 * stays: browsers are bound to it. Turning off drops what waits; browsers stay, so that turning on needs no new consent.
 */
export function setPushSettings(actor: Person, { isOn, contact, hosts }: PushServiceInput) {
  permitOperating(actor)
  transact(tx => {
    const before = settings()
    const values = { isOn, contact, hosts: JSON.stringify(hosts), changedAt: Date.now(), changedBy: actor.accountId }
    if (before) tx.update(pushService).set(values).run()
    else {
      const { publicKey, privateKey } = makeVapidKeys()
      tx.insert(pushService)
        .values({ id: 1, publicKey, privateKeyCipher: seal('staff', KEY_SLOT, privateKey), ...values })
        .run()
    }
    if (!isOn) tx.update(pushSubscription).set({ askedAt: null, tries: 0 }).run()
    const verb = isOn === (before?.isOn ?? false) ? 'edit' : isOn ? 'enable' : 'disable'
    logEvent(tx, actor, { verb, subject: 'push_service', subjectId: 1 })
  })
}

/** Returns the public key with which a browser asks its maker's service for an address; null: reminders are off. */
export function findPushKey(): string | null {
  const row = settings()
  return row?.isOn ? row.publicKey : null
}

/** Lists one's own browsers that receive reminders, newest first; `hash` tells a page which of them it runs in. */
export function listOwnBrowsers({ accountId }: Person) {
  return db
    .select({
      id: pushSubscription.id,
      hash: pushSubscription.endpointHash,
      createdAt: pushSubscription.createdAt,
      cipher: pushSubscription.endpointCipher,
    })
    .from(pushSubscription)
    .where(eq(pushSubscription.accountId, accountId))
    .orderBy(desc(pushSubscription.id))
    .all()
    .map(({ cipher, ...row }) => ({
      ...row,
      service: new URL(unsealText(endpointSlot(row.id), cipher) ?? '').hostname,
    }))
}

/**
 * Has a browser receive the actor's reminders; one that was another account's is theirs from now on. Refused while
 * reminders are off, for an address that is at none of the services, and beyond ten browsers.
 */
export function subscribe(actor: Person, endpoint: string): Result {
  return transact(tx => {
    const row = settings()
    if (!row?.isOn) return refused('endpoint', 'push_off')
    if (!isEndpoint(endpoint, row.hosts)) return refused('endpoint', 'push_service_unknown')
    const { accountId } = actor
    const endpointHash = hashOf(endpoint)
    const at = Date.now()
    const [known] = tx.select().from(pushSubscription).where(eq(pushSubscription.endpointHash, endpointHash)).all()
    if (known?.accountId === accountId) {
      tx.update(pushSubscription).set({ renewedAt: at }).where(eq(pushSubscription.id, known.id)).run()
      return { ok: true }
    }
    if (listOwnBrowsers(actor).length >= MOST_BROWSERS) return refused('endpoint', 'push_enough')
    if (known) tx.delete(pushSubscription).where(eq(pushSubscription.id, known.id)).run()
    const id = nextId(pushSubscription)
    tx.insert(pushSubscription)
      .values({
        id,
        accountId,
        endpointHash,
        endpointCipher: seal('staff', endpointSlot(id), endpoint),
        createdAt: at,
        renewedAt: at,
      })
      .run()
    logEvent(tx, actor, { verb: 'remember', subject: 'push_subscription', subjectId: accountId })
    return { ok: true }
  })
}

/** Ends one of the actor's own browsers; another's, or one that is gone, changes nothing. */
export function unsubscribe(actor: Person, id: number) {
  transact(tx => {
    const { changes } = tx
      .delete(pushSubscription)
      .where(and(eq(pushSubscription.id, id), eq(pushSubscription.accountId, actor.accountId)))
      .run()
    if (changes > 0) logEvent(tx, actor, { verb: 'forget', subject: 'push_subscription', subjectId: actor.accountId })
  })
}

/** Has every browser of these officials receive a message, in the transaction that reminds them; none while it is off. */
export function askPush(tx: Tx, officialIds: readonly number[]) {
  if (officialIds.length === 0 || !settings()?.isOn) return
  const accounts = tx
    .select({ id: account.id })
    .from(account)
    .where(and(inArray(account.officialId, [...officialIds]), isNull(account.disabledAt)))
  tx.update(pushSubscription)
    .set({ askedAt: Date.now(), tries: 0 })
    .where(inArray(pushSubscription.accountId, accounts))
    .run()
}

/** A message to be sent: to which address, in whose name; `isAllowed`: still one of the services' addresses. */
export type WaitingPush = {
  id: number
  askedAt: number
  endpoint: string
  isAllowed: boolean
  keys: VapidKeys
  contact: string
}

/** Messages that are due at the instant `at` (ms), the oldest first, at most `most`; none while reminders are off. */
export function listWaitingPushes(at: number, most: number): WaitingPush[] {
  const due = db
    .select()
    .from(pushSubscription)
    .where(lte(pushSubscription.askedAt, at))
    .orderBy(asc(pushSubscription.askedAt))
    .limit(most)
    .all()
  const row = due.length === 0 ? undefined : settings()
  if (!row?.isOn) return []
  const keys = { publicKey: row.publicKey, privateKey: unseal(KEY_SLOT, row.privateKeyCipher) }
  return due.flatMap(({ id, askedAt, endpointCipher }) => {
    const endpoint = unsealText(endpointSlot(id), endpointCipher) ?? ''
    const isAllowed = isEndpoint(endpoint, row.hosts)
    return askedAt === null ? [] : [{ id, askedAt, endpoint, isAllowed, keys, contact: row.contact }]
  })
}

/** Notes what became of a message; a browser that is gone for good is forgotten. Another reminder since still waits. */
export function settlePush({ id, askedAt }: Pick<WaitingPush, 'id' | 'askedAt'>, outcome: PushOutcome, at: number) {
  transact(tx => {
    if (outcome === 'gone') {
      tx.delete(pushSubscription).where(eq(pushSubscription.id, id)).run()
      return
    }
    const isSame = and(eq(pushSubscription.id, id), eq(pushSubscription.askedAt, askedAt))
    const [row] = tx.select().from(pushSubscription).where(isSame).all()
    if (!row) return
    const tries = row.tries + 1
    const wait = outcome === 'sent' ? null : waitAfter(tries)
    const next = wait === null ? { askedAt: null, tries: 0 } : { askedAt: at + wait, tries }
    tx.update(pushSubscription).set(next).where(isSame).run()
  })
}
