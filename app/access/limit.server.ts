import { createHmac } from 'node:crypto'
import { RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible'
import { db, prepared } from '#db/client.server.ts'
import { derivedKey } from '#db/keys.server.ts'

/** So many in so many seconds, counted from the first. The name is part of the stored key. */
export type Limit = { name: string; points: number; seconds: number }

/** The counts are stored in the database: all processes share them, and they survive a restart. */
const limiterOf = ({ name, points, seconds }: Limit) =>
  new RateLimiterSQLite({
    storeClient: db.$client,
    storeType: 'better-sqlite3',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
  })

/**
 * Returns the keyed hash under which a count is stored, so that the database reveals neither addresses nor typed
 * logins.
 */
const keyed = (whose: string) => createHmac('sha256', derivedKey('rate limit')).update(whose).digest('base64url')

/** Milliseconds until one more is let in; 0: now. Counts nothing. */
export async function waitFor(limit: Limit, whose: string): Promise<number> {
  const state = await limiterOf(limit).get(keyed(whose))
  return state !== null && state.consumedPoints >= limit.points ? Math.max(1, state.msBeforeNext) : 0
}

/** Counts one; milliseconds until the next is let in where this one is not, else 0. */
export async function countOne(limit: Limit, whose: string): Promise<number> {
  try {
    await limiterOf(limit).consume(keyed(whose))
    return 0
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return Math.max(1, reason.msBeforeNext)
    throw reason
  }
}

/** Takes one back that should not have counted. */
export async function takeOneBack(limit: Limit, whose: string): Promise<void> {
  await limiterOf(limit).reward(keyed(whose))
}

/** Resets the count to zero. */
export async function forgetCount(limit: Limit, whose: string): Promise<void> {
  await limiterOf(limit).delete(keyed(whose))
}

/** Notes a member of a set, for the limit's seconds from now. The members are distinct: noted again, one stays one. */
export function noteMember({ name, seconds }: Omit<Limit, 'points'>, set: string, member: string) {
  prepared(
    `insert into rate_limit (key, points, expire) values (?, 1, ?)
       on conflict (key) do update set expire = excluded.expire`,
  ).run(`${name}:${keyed(set)}:${keyed(member)}`, Date.now() + seconds * 1000)
}

/** Returns how many members a set has, counted up to `most`. */
export function countMembers({ name }: Pick<Limit, 'name'>, set: string, most: number): number {
  const from = `${name}:${keyed(set)}:`
  const row = prepared<{ n: number }>(
    'select count(*) as n from (select 1 from rate_limit where key > ? and key < ? and expire > ? limit ?)',
  ).one(from, `${from.slice(0, -1)};`, Date.now(), most)
  return row.n
}

/** Removes counts whose time is over. */
export function forgetOldCounts() {
  prepared('delete from rate_limit where expire < ?').run(Date.now())
}
