import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { hashPassword, verifyPassword } from '#app/access/password.server.ts'
import type { Actor, Person } from '#app/access/policy.ts'
import { PIN_TRIES } from '#app/domain/offline.ts'
import { refusePin } from '#app/domain/pin.ts'
import type { InputProblem } from '#app/domain/problem.ts'
import type { Result } from '#app/domain/refusal.ts'
import { db, type Tx, transact } from '#db/client.server.ts'
import { account, official, rememberedDevice } from '#db/schema.ts'
import { logEvent } from './event.server.ts'

/*
 * A remembered device opens its account with a six-digit PIN. So short a secret is protected in three ways. The
 * browser's own cookie (128 bits) must be present. Five wrong tries in a row, counted before the PIN is checked,
 * forget the device. A reset or a disabled account forgets all devices. Devices use the real clock, as sessions do.
 */

const at = (deviceHash: string, accountId: number) =>
  and(eq(rememberedDevice.deviceHash, deviceHash), eq(rememberedDevice.accountId, accountId))

/** Remembers this browser for the actor's own account; a PIN that is easily guessed is refused. */
export async function rememberDevice(
  actor: Person,
  deviceHash: string,
  pin: string,
): Promise<Result<object, InputProblem>> {
  const born =
    actor.officialId === null
      ? undefined
      : db.select({ year: official.birthYear }).from(official).where(eq(official.id, actor.officialId)).get()
  const refusal = refusePin(pin, born?.year ?? null)
  if (refusal !== null) return { ok: false, problem: refusal }
  const pinHash = await hashPassword(pin)
  transact(tx => {
    const now = Date.now()
    tx.insert(rememberedDevice)
      .values({ deviceHash, accountId: actor.accountId, pinHash, rememberedAt: now, seenAt: now })
      .onConflictDoUpdate({
        target: [rememberedDevice.deviceHash, rememberedDevice.accountId],
        set: { pinHash, misses: 0, rememberedAt: now, seenAt: now },
      })
      .run()
    logEvent(tx, actor, { verb: 'remember', subject: 'remembered_device', subjectId: actor.accountId })
  })
  return { ok: true }
}

/** Lists the accounts that may open this browser with a PIN, the last user first. */
export function listRememberedHere(deviceHash: string): { accountId: number; displayName: string }[] {
  return db
    .select({ accountId: account.id, displayName: account.displayName })
    .from(rememberedDevice)
    .innerJoin(account, eq(account.id, rememberedDevice.accountId))
    .where(
      and(
        eq(rememberedDevice.deviceHash, deviceHash),
        lt(rememberedDevice.misses, PIN_TRIES),
        isNull(account.disabledAt),
      ),
    )
    .orderBy(desc(rememberedDevice.seenAt))
    .all()
}

/** True where this browser is remembered for the actor. */
export function isRemembered(actor: Person, deviceHash: string): boolean {
  return listRememberedHere(deviceHash).some(({ accountId }) => accountId === actor.accountId)
}

/**
 * Tries a PIN. A try is counted before it is looked at, so that many at once are no more than five; the fifth wrong one
 * forgets the device. Takes as long where the device is not remembered. `left`: tries that remain.
 */
export async function openByPin(
  deviceHash: string,
  accountId: number,
  pin: string,
): Promise<{ ok: true } | { ok: false; left: number }> {
  const tried = transact(tx => {
    const isKnown = listRememberedHere(deviceHash).some(row => row.accountId === accountId)
    if (!isKnown) return undefined
    return tx
      .update(rememberedDevice)
      .set({ misses: sql`${rememberedDevice.misses} + 1` })
      .where(at(deviceHash, accountId))
      .returning()
      .get()
  })
  if (await verifyPassword(tried?.pinHash, pin)) {
    db.update(rememberedDevice).set({ misses: 0, seenAt: Date.now() }).where(at(deviceHash, accountId)).run()
    return { ok: true }
  }
  const left = Math.max(0, PIN_TRIES - (tried?.misses ?? PIN_TRIES))
  if (tried && left === 0) forgetDevice({ kind: 'anonymous' }, deviceHash, accountId)
  return { ok: false, left }
}

/** Forgets an account on a browser: called from the account's own page, or by the holder of the device. */
export function forgetDevice(actor: Actor, deviceHash: string, accountId: number) {
  transact(tx => forget(tx, actor, deviceHash, accountId))
}

function forget(tx: Tx, actor: Actor, deviceHash: string, accountId: number) {
  const { changes } = tx.delete(rememberedDevice).where(at(deviceHash, accountId)).run()
  if (changes > 0) logEvent(tx, actor, { verb: 'forget', subject: 'remembered_device', subjectId: accountId })
}

/** The actor's own remembered devices, newest first. */
export function listRemembered(actor: Person) {
  return db
    .select({
      deviceHash: rememberedDevice.deviceHash,
      rememberedAt: rememberedDevice.rememberedAt,
      seenAt: rememberedDevice.seenAt,
    })
    .from(rememberedDevice)
    .where(eq(rememberedDevice.accountId, actor.accountId))
    .orderBy(desc(rememberedDevice.rememberedAt))
    .all()
}
