/**
 * Seals what a phone keeps (AES-256-GCM) under one store key per account, which is stored wrapped, never bare. Against
 * whom:
 * 1. Another person on the same phone or browser: their session gets no secret for this account, and the app opens
 *    nothing.
 * 2. Somebody who copies the browser's files. Without a PIN the stored key cannot be exported by script, but anybody
 *    who controls the unlocked device can use it. With a PIN no usable key is stored, yet six digits (PBKDF2, 600,000
 *    rounds) last days, not years, against a copy. The device's own lock is the first defence; a PIN adds to it.
 * 3. A revoked session, a lost phone: at the next contact the copy and the usable key are deleted. What was not sent
 *    stays wrapped under the server's secret, which is given only to that official's next session.
 * 4. Foreign script: kept out by the page's policy; a script running as ours could read what the page shows.
 */
const PIN_ROUNDS = 600_000
const KEY_BYTES = 32

export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }
/** The store key under a PIN. */
export type PinLock = { salt: Uint8Array<ArrayBuffer>; rounds: number; wrapped: Sealed }

const bytesOf = (text: string) => new TextEncoder().encode(text)
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

const importKey = (bytes: BufferSource) =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])

async function encrypt(key: CryptoKey, slot: string, plain: BufferSource): Promise<Sealed> {
  const iv = random(12)
  const bytes = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(slot) }, key, plain)
  return { iv, bytes }
}

const decrypt = (key: CryptoKey, slot: string, { iv, bytes }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(slot) }, key, bytes)

/** Seals a value that JSON can carry; `slot` names its place, and it can be opened nowhere else. */
export const seal = (key: CryptoKey, slot: string, value: unknown): Promise<Sealed> =>
  encrypt(key, slot, bytesOf(JSON.stringify(value)))

/** Opens what `seal` sealed in this slot; rejects where the key or the slot is another. */
export async function unseal<T>(key: CryptoKey, slot: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await decrypt(key, slot, sealed))) as T
}

const secretKey = async (secret: string) => importKey(Uint8Array.from(atob(secret), letter => letter.charCodeAt(0)))

async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', bytesOf(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    typed,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** A new store key, wrapped under the server's secret (base64 of 32 bytes). */
export async function wrapNewKey(secret: string): Promise<Sealed> {
  const bytes = random(KEY_BYTES)
  const wrapped = await encrypt(await secretKey(secret), 'store key', bytes)
  bytes.fill(0)
  return wrapped
}

/** The store key, not exportable; rejects where the secret is not the one it was wrapped under. */
export async function unwrapWithSecret(secret: string, wrapped: Sealed): Promise<CryptoKey> {
  return importKey(await decrypt(await secretKey(secret), 'store key', wrapped))
}

/** Also wraps the store key under a PIN; needs the server's secret, so only while signed in. */
export async function lockUnderPin(secret: string, wrapped: Sealed, pin: string): Promise<PinLock> {
  const bytes = new Uint8Array(await decrypt(await secretKey(secret), 'store key', wrapped))
  const salt = random(16)
  const lock = { salt, rounds: PIN_ROUNDS, wrapped: await encrypt(await pinKey(pin, salt, PIN_ROUNDS), 'pin', bytes) }
  bytes.fill(0)
  return lock
}

/** The store key, not exportable; undefined where the PIN is not the one. */
export async function unwrapWithPin({ salt, rounds, wrapped }: PinLock, pin: string): Promise<CryptoKey | undefined> {
  try {
    return await importKey(await decrypt(await pinKey(pin, salt, rounds), 'pin', wrapped))
  } catch {
    return undefined
  }
}
