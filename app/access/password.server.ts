import { createHmac, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible'
import { db } from '#db/client.server.ts'
import { derivedKey } from '#db/keys.server.ts'

/** argon2id, 19 MiB, two passes: the minimum that OWASP names. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The stored form of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST)
}

/** Compared against where there is no account, so that the time taken tells nothing. */
const NOBODY = hash('không có tài khoản này', COST)

/** True where the password is the account's; an account without one takes as long to refuse. */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await NOBODY), password)
  return matches && typeof stored === 'string'
}

const COMMON = new Set(
  `0123456789 1234567890 12345678910 123456789a 1234567891 0987654321 9876543210 1122334455 1111111111 0000000000
  123123123123 1231231231 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwerty12345 qwerty123456 asdfghjkl1 password12 password123
  password1234 passw0rd123 p@ssw0rd123 iloveyou123 administrator admin12345 admin123456 letmein123 welcome123 abc123456789
  matkhau123 matkhau1234 matkhau12345 matkhau123456 khongbiet123 khongcopass anhyeuem123 emyeuanh123 vietnam123 vietnam1234
  vietnam2024 vietnam123456 binhphuoc123 binhphuoc2024 binhphuoc93 dongxoai123 dongxoai2024 congan2024 123456789abc
  a123456789 a1234567890 aa123456789 abcd123456 abcde12345 abcdef1234 qwe123456789 q1w2e3r4t5 zaqwsxcde123 toiyeuvietnam
  chucmungnammoi 4phu2024bp vneid12345 vneid123456 dean062024`.split(/\s+/),
)

/** Why a new password is refused; undefined where it is fine. `login` and the name must not be all of it. */
export function weakness(password: string, login: string): 'too_short' | 'common' | 'own_login' | undefined {
  if ([...password].length < 10) return 'too_short'
  const plain = password.toLowerCase()
  if (COMMON.has(plain) || new Set(plain).size < 4) return 'common'
  if (plain.includes(login.toLowerCase())) return 'own_login'
  return undefined
}

/** 31 letters and digits without the ones that look alike on paper. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A code to hand over on paper, 16 characters in four groups (79 bits). */
export function makeCode(): string {
  const letters = Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)])
  return [0, 4, 8, 12].map(start => letters.slice(start, start + 4).join('')).join('-')
}

/** How a code is stored: typed in any case, with or without its dashes, it is the same code. */
export function codeHash(code: string): string {
  const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return createHmac('sha256', derivedKey('activation code')).update(plain).digest('base64url')
}

const limiter = (keyPrefix: string, points: number) =>
  new RateLimiterSQLite({
    storeClient: db.$client,
    storeType: 'better-sqlite3',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix,
    points,
    duration: 15 * 60,
  })

/** Wrong codes of citizens from one address; a household or a school shares one. */
const WRONG_CODES = 30

const failures = () => ({
  /** five failures of one account, then a quarter of an hour */
  account: limiter('account', 5),
  /** an office shares one address: more, before it slows everyone there */
  address: limiter('address', 50),
})

const keyed = (value: string) => createHmac('sha256', derivedKey('rate limit')).update(value).digest('base64url')

/** Milliseconds until this login, or this address, may try again; 0 where it may now. */
export async function waitBeforeSignIn(login: string, address: string): Promise<number> {
  const { account, address: addresses } = failures()
  const [one, other] = await Promise.all([account.get(keyed(login)), addresses.get(keyed(address))])
  const wait = (state: RateLimiterRes | null, points: number) =>
    state !== null && state.consumedPoints >= points ? state.msBeforeNext : 0
  return Math.max(wait(one, 5), wait(other, 50))
}

function ignoreLimit(reason: unknown) {
  if (!(reason instanceof RateLimiterRes)) throw reason
}

/** Notes a failed sign-in or a wrong code. */
export async function noteFailure(login: string, address: string): Promise<void> {
  const { account, address: addresses } = failures()
  await account.consume(keyed(login)).catch(ignoreLimit)
  await addresses.consume(keyed(address)).catch(ignoreLimit)
}

/** Forgets an account's failures after it has signed in. */
export async function forgetFailures(login: string): Promise<void> {
  await failures().account.delete(keyed(login))
}

/** True where this address has tried too many codes of citizens that are none. */
export async function hasTriedManyCodes(address: string): Promise<boolean> {
  const state = await limiter('citizen code', WRONG_CODES).get(keyed(address))
  return state !== null && state.consumedPoints >= WRONG_CODES
}

/** Notes a code of a citizen that is none. */
export async function noteWrongCode(address: string): Promise<void> {
  await limiter('citizen code', WRONG_CODES).consume(keyed(address)).catch(ignoreLimit)
}
