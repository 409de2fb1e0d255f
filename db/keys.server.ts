import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { db, type Tx } from './client.server.ts'
import { wrappedKey } from './schema.ts'

/**
 * Envelope encryption of personal data (domain 11). The master key comes from the environment and wraps the keys in
 * `wrapped_key`: for each campaign one that seals and one that matches, and a pair of their own for staff.
 * Envelope: version (1 byte), id of the key (4), iv (12), tag (16), ciphertext. The additional data is
 * `table.column.rowId`, so a ciphertext moved to another row or column does not open.
 */
const VERSION = 1
const HEAD = 1 + 4 + 12 + 16

let masterKey: Buffer | undefined
let unwrapped = new Map<number, Buffer>()

/** Where a sealed value lives. */
export type Slot = { table: string; column: string; rowId: number }
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

function encrypt(key: Buffer, keyId: number, plain: Buffer, additional: string): Buffer {
  const iv = nextIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(additional))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  const head = Buffer.alloc(5)
  head.writeUInt8(VERSION, 0)
  head.writeUInt32BE(keyId, 1)
  return Buffer.concat([head, iv, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, sealed: Buffer, additional: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(5, 17))
    .setAAD(Buffer.from(additional))
    .setAuthTag(sealed.subarray(17, HEAD))
  return Buffer.concat([decipher.update(sealed.subarray(HEAD)), decipher.final()])
}

/** Makes the data and the matching key of a campaign, or of the staff, in the transaction that creates the owner. */
export function createKeys(tx: Tx, owner: KeyOwner, at: number) {
  const campaignId = owner === 'staff' ? null : owner.campaignId
  for (const purpose of ['data', 'match'] as const) {
    const row = tx.insert(wrappedKey).values({ campaignId, purpose, createdAt: at }).returning().get()
    const wrapped = encrypt(master(), 0, randomBytes(32), `wrapped_key.wrapped.${row.id}`)
    tx.update(wrappedKey).set({ wrapped }).where(eq(wrappedKey.id, row.id)).run()
  }
  owners.clear()
}

const owners = new Map<string, number>()

function keyIdOf(owner: KeyOwner, purpose: 'data' | 'match'): number {
  const campaignId = owner === 'staff' ? null : owner.campaignId
  const name = `${campaignId}/${purpose}`
  const known = owners.get(name)
  if (known !== undefined) return known
  const row = db
    .select({ id: wrappedKey.id })
    .from(wrappedKey)
    .where(
      and(
        campaignId === null ? isNull(wrappedKey.campaignId) : eq(wrappedKey.campaignId, campaignId),
        eq(wrappedKey.purpose, purpose),
      ),
    )
    .get()
  if (!row) throw new Error(`no ${purpose} key for ${name}`)
  owners.set(name, row.id)
  return row.id
}

function keyOf(id: number): Buffer {
  const known = unwrapped.get(id)
  if (known) return known
  const row = db.select({ wrapped: wrappedKey.wrapped }).from(wrappedKey).where(eq(wrappedKey.id, id)).get()
  if (!row?.wrapped) throw new Error(`key ${id} is destroyed or unknown`)
  const key = decrypt(master(), row.wrapped, `wrapped_key.wrapped.${id}`)
  unwrapped.set(id, key)
  return key
}

/** Forgets keys read from a database file that is no longer open. */
export function forgetKeys() {
  unwrapped = new Map()
  owners.clear()
}

/** Seals `plain` for one row and column. */
export function seal(owner: KeyOwner, slot: Slot, plain: string | Buffer): Buffer {
  const id = keyIdOf(owner, 'data')
  return encrypt(keyOf(id), id, Buffer.from(plain), `${slot.table}.${slot.column}.${slot.rowId}`)
}

/** Opens what `seal` closed; throws where key, row or column is another. */
export function unseal(slot: Slot, sealed: Buffer): Buffer {
  return decrypt(keyOf(sealed.readUInt32BE(1)), sealed, `${slot.table}.${slot.column}.${slot.rowId}`)
}

/** `unseal` as text; null stays null. */
export function unsealText(slot: Slot, sealed: Buffer | null): string | null {
  return sealed === null ? null : unseal(slot, sealed).toString('utf8')
}

/**
 * Keyed hash by which equal values of one kind are found without being readable. Twelve-digit numbers can be guessed,
 * so the key is all the protection there is: it never leaves `wrapped_key` in clear.
 */
export function matchHash(owner: KeyOwner, kind: 'number' | 'phone' | 'citizen code', value: string): string {
  return createHmac('sha256', keyOf(keyIdOf(owner, 'match')))
    .update(`${kind}:${value}`)
    .digest('base64url')
}

/** A key for a purpose of its own, derived from the master key (HKDF-SHA-256), e.g. for rate limits' keys. */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master(), Buffer.alloc(0), purpose, 32))
}
