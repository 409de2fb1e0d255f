import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { Refusal } from '#app/domain/refusal.ts'
import { NAME_DESTROYED } from '../app/domain/name.ts'
import { db, prepared, type Tx } from './client.server.ts'
import { wrappedKey } from './schema.ts'
import { untilWritten } from './until-written.server.ts'

/**
 * Envelope encryption of personal data (domain 11). The master key comes from the environment and wraps the keys in
 * `wrapped_key`: for each campaign one that seals and one that matches, and a pair of their own for staff.
 * Envelope: version (1 byte), id of the key (4), iv (12), tag (16), ciphertext. The additional data is
 * `table.column.rowId`, so a ciphertext moved to another row or column does not open.
 */
const VERSION = 1
/** Bytes of an envelope before its ciphertext. */
export const ENVELOPE_HEAD = 1 + 4 + 12 + 16

let masterKey: Buffer | undefined
let unwrapped = new Map<number, Buffer>()

/** Where a sealed value lives. */
type Slot = { table: string; column: string; rowId: number }
/** Whose keys: a campaign's, or `'staff'`. */
export type KeyOwner = { campaignId: number } | 'staff'

/** Reads `MASTER_KEY` (base64 of 32 bytes); returns what is wrong with it, or undefined where it is in use now. */
export function useMasterKey(value: string | undefined): 'missing' | 'malformed' | undefined {
  if (!value) return 'missing'
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length !== 32) return 'malformed'
  masterKey = bytes
  unwrapped = new Map()
  return undefined
}

function master(): Buffer {
  if (!masterKey) throw new Error('MASTER_KEY is not set')
  return masterKey
}

const IV_BYTES = 12
let drawn = Buffer.alloc(0)

/** A random iv, cut from 1,024 drawn at once: asking the system for each costs more than the encryption. */
function nextIv(): Buffer {
  if (drawn.length === 0) drawn = randomBytes(IV_BYTES * 1024)
  const iv = drawn.subarray(0, IV_BYTES)
  drawn = drawn.subarray(IV_BYTES)
  return iv
}

/** Seals what comes in pieces: the body piece by piece, then the head, which goes before it. */
type Sealer = { keyId: number; body: (plain: Uint8Array) => Buffer; head: () => Buffer }

function sealer(key: Buffer, keyId: number, additional: string): Sealer {
  const iv = nextIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(additional))
  return {
    keyId,
    body: plain => cipher.update(plain),
    head() {
      // this mode keeps nothing back for its end
      cipher.final()
      const start = Buffer.alloc(5)
      start.writeUInt8(VERSION, 0)
      start.writeUInt32BE(keyId, 1)
      return Buffer.concat([start, iv, cipher.getAuthTag()])
    },
  }
}

function encrypt(key: Buffer, keyId: number, plain: Buffer, additional: string): Buffer {
  const { body, head } = sealer(key, keyId, additional)
  const sealed = body(plain)
  return Buffer.concat([head(), sealed])
}

function decrypt(key: Buffer, sealed: Buffer, additional: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(5, 17))
    .setAAD(Buffer.from(additional))
    .setAuthTag(sealed.subarray(17, ENVELOPE_HEAD))
  return Buffer.concat([decipher.update(sealed.subarray(ENVELOPE_HEAD)), decipher.final()])
}

/** Makes the data and the matching key of a campaign, or of the staff, in the transaction that creates the owner. */
export function createKeys(tx: Tx, owner: KeyOwner, at: number) {
  for (const purpose of ['data', 'match'] as const) createKey(tx, owner, purpose, at)
}

/** Makes one more key of an owner; from the commit on it is the one that every process seals with. Returns its id. */
export function createKey(tx: Tx, owner: KeyOwner, purpose: 'data' | 'match', at: number): number {
  const row = tx
    .insert(wrappedKey)
    .values({ campaignId: owner === 'staff' ? null : owner.campaignId, purpose, createdAt: at })
    .returning()
    .get()
  tx.update(wrappedKey)
    .set({ wrapped: wrap(row.id, randomBytes(32)) })
    .where(eq(wrappedKey.id, row.id))
    .run()
  return row.id
}

const slotOf = (id: number) => `wrapped_key.wrapped.${id}`
const wrap = (id: number, key: Buffer) => encrypt(master(), 0, key, slotOf(id))

const LOG_KEY_SLOT = 'log_key.wrapped.1'

/** Wraps the logs' key (`log_key`) under the master key in use. */
export function wrapLogKey(key: Buffer): Buffer {
  return encrypt(master(), 0, key, LOG_KEY_SLOT)
}

/** Opens the logs' key; throws if another master key wrapped it. */
export function unwrapLogKey(wrapped: Buffer): Buffer {
  return decrypt(master(), wrapped, LOG_KEY_SLOT)
}

/** A key that is needed was destroyed: what it sealed or matched is gone for good (410). */
const destroyed = () => new Refusal('gone')

/** Whether an owner's keys live; false: they were destroyed. */
export function hasKeys(owner: KeyOwner): boolean {
  const campaignId = owner === 'staff' ? null : owner.campaignId
  return (
    prepared('select 1 from wrapped_key where campaign_id is ? and wrapped is not null limit 1').get(campaignId) !==
    undefined
  )
}

/** The newest living key; looked up each time, for another process may have made or destroyed one since. */
function keyIdOf(owner: KeyOwner, purpose: 'data' | 'match'): number {
  const campaignId = owner === 'staff' ? null : owner.campaignId
  const row = prepared<{ id: number | null }>(
    `select max(id) as id from wrapped_key
      where campaign_id is ? and purpose = ? and wrapped is not null`,
  ).one(campaignId, purpose)
  if (row.id === null) throw destroyed()
  return row.id
}

/** Whether a key is there: 1 it lives, 0 it was destroyed; undefined: there never was one with that id. */
const lifeOf = untilWritten((id: number) =>
  prepared<0 | 1>('select wrapped is not null from wrapped_key where id = ?').pluck().get(id),
)

const isDestroyed = (id: number) => lifeOf(id) === 0

function keyOf(id: number): Buffer {
  if (lifeOf(id) !== 1) {
    unwrapped.delete(id)
    throw destroyed()
  }
  const known = unwrapped.get(id)
  if (known) return known
  const wrapped = prepared<Buffer>('select wrapped from wrapped_key where id = ?').pluck().one(id)
  const key = decrypt(master(), wrapped, slotOf(id))
  unwrapped.set(id, key)
  return key
}

/**
 * Rewraps every living key when the master key changes from `old` (base64) to the present one, in the caller's
 * transaction. A key that already opens under the new master key is skipped. Returns the number of rewrapped keys.
 * Throws if a key opens under neither, so that nothing is written.
 */
export function rewrapKeys(tx: Tx, old: string): number {
  const oldMaster = Buffer.from(old, 'base64')
  const rows = tx.select().from(wrappedKey).all()
  let changed = 0
  for (const { id, wrapped } of rows) {
    if (!wrapped || opens(master(), slotOf(id), wrapped)) continue
    const key = decrypt(oldMaster, wrapped, slotOf(id))
    tx.update(wrappedKey)
      .set({ wrapped: wrap(id, key) })
      .where(eq(wrappedKey.id, id))
      .run()
    changed += 1
  }
  const log = prepared<{ wrapped: Buffer }>('select wrapped from log_key').get()
  if (!log || opens(master(), LOG_KEY_SLOT, log.wrapped)) return changed
  prepared('update log_key set wrapped = ?').run(wrapLogKey(decrypt(oldMaster, log.wrapped, LOG_KEY_SLOT)))
  return changed + 1
}

function opens(key: Buffer, slot: string, wrapped: Buffer): boolean {
  try {
    decrypt(key, wrapped, slot)
    return true
  } catch {
    return false
  }
}

/** Whether the newest living key of a database opens under the master key in use; true where none lives yet. */
export function opensNewestKey(client: Database.Database = db.$client): boolean {
  if (!client.prepare("select 1 from sqlite_schema where name = 'wrapped_key'").get()) return true
  const row = client
    .prepare<[], { id: number; wrapped: Buffer }>(
      'select id, wrapped from wrapped_key where wrapped is not null order by id desc limit 1',
    )
    .get()
  return row === undefined || opens(master(), slotOf(row.id), row.wrapped)
}

/** Forgets keys read from a database file that is no longer open. */
export function forgetKeys() {
  unwrapped = new Map()
}

/** Seals `plain` for one row and column. */
export function seal(owner: KeyOwner, slot: Slot, plain: string | Buffer): Buffer {
  const id = keyIdOf(owner, 'data')
  return encrypt(keyOf(id), id, Buffer.from(plain), `${slot.table}.${slot.column}.${slot.rowId}`)
}

/** Seals one row and column's value in pieces, for values that are too large to be sealed in one step. */
export function sealerFor(owner: KeyOwner, slot: Slot): Sealer {
  const id = keyIdOf(owner, 'data')
  return sealer(keyOf(id), id, `${slot.table}.${slot.column}.${slot.rowId}`)
}

/** Whether a key is the one that an owner's values are sealed with now. */
export function isSealingKey(owner: KeyOwner, keyId: number): boolean {
  return keyIdOf(owner, 'data') === keyId
}

/** The id of the key that sealed a value. */
export function keyIdIn(sealed: Buffer): number {
  return sealed.readUInt32BE(1)
}

/** Opens what `seal` closed; throws where key, row or column is another. */
export function unseal(slot: Slot, sealed: Buffer): Buffer {
  return decrypt(keyOf(keyIdIn(sealed)), sealed, `${slot.table}.${slot.column}.${slot.rowId}`)
}

/**
 * Returns a function that reseals an owner's values under the newest key. Keys are looked up once for the many values
 * of a transaction.
 */
export function resealing(owner: KeyOwner): (slot: Slot, sealed: Buffer) => Buffer {
  const id = keyIdOf(owner, 'data')
  const key = keyOf(id)
  const before = new Map<number, Buffer>()
  return ({ table, column, rowId }, sealed) => {
    const oldId = keyIdIn(sealed)
    const oldKey = before.get(oldId) ?? keyOf(oldId)
    before.set(oldId, oldKey)
    const additional = `${table}.${column}.${rowId}`
    return encrypt(key, id, decrypt(oldKey, sealed, additional), additional)
  }
}

/** `unseal` as text; null stays null, and so is what was emptied (no bytes) or what a destroyed key had sealed. */
export function unsealText(slot: Slot, sealed: Buffer | null): string | null {
  if (sealed === null || sealed.length === 0) return null
  return isDestroyed(keyIdIn(sealed)) ? null : unseal(slot, sealed).toString('utf8')
}

/** Returns a citizen's name; a replacement text if it was emptied or its key is destroyed. */
export function unsealName(slot: Slot, sealed: Buffer): string {
  return unsealText(slot, sealed) ?? NAME_DESTROYED
}

/**
 * Keyed hash by which equal values of one kind are found without being readable. Twelve-digit numbers can be guessed,
 * so the key is all the protection there is: it never leaves `wrapped_key` in clear.
 */
export function matchHash(owner: KeyOwner, kind: MatchKind, value: string): string {
  return matching(owner)(kind, value)
}

type MatchKind =
  | 'number'
  | 'phone'
  | 'wish'
  | 'citizen code'
  | 'provider subject'
  | 'submission'
  | 'public figure'
  | 'network'
  | 'correction'
  | 'prepared paper'
  | 'paper code'

/** `matchHash` for many values of one transaction: the key is looked up once. */
export function matching(owner: KeyOwner): (kind: MatchKind, value: string) => string {
  // a key object: from bytes, every digest would import the key again, which takes longer than the digest
  const key = createSecretKey(keyOf(keyIdOf(owner, 'match')))
  return (kind, value) => createHmac('sha256', key).update(`${kind}:${value}`).digest('base64url')
}

/** A key for a purpose of its own, derived from the master key (HKDF-SHA-256), e.g. for rate limits' keys. */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master(), Buffer.alloc(0), purpose, 32))
}
