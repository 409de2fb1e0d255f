import { createHash, randomBytes } from 'node:crypto'
import { countOne, type Limit, waitFor } from './limit.server.ts'
import { networkOf } from './network.ts'

/** Maximum of requests for one token. */
const REQUESTS: Limit = { name: 'token', points: 300, seconds: 60 }
/** Wrong tokens from one address. */
const WRONG_TOKENS: Limit = { name: 'wrong token', points: 30, seconds: 15 * 60 }

/** A new token: 256 random bits behind a mark by which it is known where it turns up. */
export function makeToken(): string {
  return `4phu_${randomBytes(32).toString('base64url')}`
}

/** Returns the stored form of a token. A token is completely random, so a plain hash is enough. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token of a request's header; undefined where it carries none. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer ([\w-]{20,100})$/i.exec(request.headers.get('Authorization')?.trim() ?? '')?.[1]
}

/** Counts one request of a token; seconds until the next is answered, 0 where this one is. */
export async function countRequest(tokenId: number): Promise<number> {
  return Math.ceil((await countOne(REQUESTS, String(tokenId))) / 1000)
}

/** Counts one wrong token of an address. */
export async function noteWrongToken(address: string): Promise<void> {
  await countOne(WRONG_TOKENS, networkOf(address))
}

/** Seconds until an address that has tried many wrong tokens is answered again; 0 where it is. */
export async function waitForAddress(address: string): Promise<number> {
  return Math.ceil((await waitFor(WRONG_TOKENS, networkOf(address))) / 1000)
}
