import { createHash, randomBytes } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How often one token may ask; there is one web process, so its memory is the place to count. */
const PER_MINUTE = 300
/** Wrong tokens from one address in a quarter of an hour. */
const WRONG_TOKENS = 30

const asked = new RateLimiterMemory({ keyPrefix: 'token', points: PER_MINUTE, duration: 60 })
const wrong = new RateLimiterMemory({ keyPrefix: 'wrong token', points: WRONG_TOKENS, duration: 15 * 60 })

/** A new token: 256 random bits behind a mark by which it is known where it turns up. */
export function makeToken(): string {
  return `4phu_${randomBytes(32).toString('base64url')}`
}

/** How a token is stored. It is random in full, so a plain hash keeps it. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token of a request's header; undefined where it carries none. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer ([\w-]{20,100})$/i.exec(request.headers.get('Authorization')?.trim() ?? '')?.[1]
}

/** Counts one request of a token; seconds until the next is answered, 0 where this one is. */
export async function countRequest(tokenId: number): Promise<number> {
  return await consume(asked, String(tokenId))
}

/** Counts one wrong token of an address. */
export async function noteWrongToken(address: string): Promise<void> {
  await consume(wrong, address)
}

/** Seconds until an address that has tried many wrong tokens is answered again; 0 where it is. */
export async function waitForAddress(address: string): Promise<number> {
  const state = await wrong.get(address)
  return state !== null && state.consumedPoints >= WRONG_TOKENS ? Math.ceil(state.msBeforeNext / 1000) : 0
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
    throw reason
  }
}
