import { createHmac, randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import { busy } from '#app/domain/refusal.ts'
import { derivedKey } from '#db/keys.server.ts'
import { isGuessedFirst } from './guessed-password.server.ts'
import { countOne, type Limit, waitFor } from './limit.server.ts'
import { networkOf } from './network.ts'

/** argon2id, 19 MiB, two passes: the minimum that OWASP names. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * Each hash takes 19 MiB and one thread for about 20 ms. Runs as many at once as there are processors, but leaves one
 * of libuv's four threads for files. A request behind forty others is refused and asked to come back.
 */
const atOnce = pLimit(Math.max(1, Math.min(availableParallelism(), 3)))
const MOST_WAITING = 40
const COME_BACK_SECONDS = 5

/** Runs a hash in its turn; throws `busy` where too many wait already. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (atOnce.pendingCount >= MOST_WAITING) throw busy(COME_BACK_SECONDS)
  return await atOnce(work)
}

/** The stored form of a password; throws `busy` where too many hashes wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST))
}

/** Compared against if there is no account, so that the response time reveals nothing. */
const NOBODY = hash('không có tài khoản này', COST)

/**
 * Returns true if the password is the account's. An account without one takes the same time to refuse. Throws `busy` as
 * `hashPassword`.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const against = stored ?? (await NOBODY)
  const matches = await inTurn(() => verify(against, password))
  return matches && typeof stored === 'string'
}

/**
 * Returns why a new password is refused; undefined if it is acceptable. It must not consist only of `login` and the
 * name.
 */
export async function weakness(
  password: string,
  login: string,
): Promise<'too_short' | 'common' | 'own_login' | undefined> {
  if ([...password].length < 10) return 'too_short'
  const plain = password.toLowerCase()
  if (new Set(plain).size < 4 || (await isGuessedFirst(password))) return 'common'
  if (plain.includes(login.toLowerCase())) return 'own_login'
  return undefined
}

/** 31 letters and digits without the ones that look alike on paper. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A code to hand over on paper, in groups of four characters, each of 19.8 bits. */
export function makeCode(groups = 4): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}

/** Returns the stored form of a code; case and dashes of the typed code make no difference. */
export function codeHash(code: string): string {
  const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return createHmac('sha256', derivedKey('activation code')).update(plain).digest('base64url')
}

/** Wrong codes of citizens from one address; a household or a school shares one. */
const WRONG_CODES: Limit = { name: 'citizen code', points: 30, seconds: 15 * 60 }

/** True where this address has tried too many codes of citizens that are none. */
export async function hasTriedManyCodes(address: string): Promise<boolean> {
  return (await waitFor(WRONG_CODES, networkOf(address))) > 0
}

/** Counts a wrong citizen code. */
export async function noteWrongCode(address: string): Promise<void> {
  await countOne(WRONG_CODES, networkOf(address))
}
