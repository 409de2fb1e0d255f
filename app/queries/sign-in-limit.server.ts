import { countOne, forgetCount, type Limit, takeOneBack, waitFor } from '#app/access/limit.server.ts'
import { isLoginKnownHere, loginKey } from './account.server.ts'
import { retryBusy } from './retry.server.ts'

const QUARTER_HOUR = 15 * 60

const LIMITS = {
  /** wrong tries of one login, from whatever browsers never signed in with it */
  account: { name: 'account', points: 5, seconds: QUARTER_HOUR },
  /** an office shares one address: more, before it slows everyone there */
  address: { name: 'address', points: 50, seconds: QUARTER_HOUR },
  /** a browser that the account has signed in from: strangers cannot use this count up */
  knownDevice: { name: 'known device', points: 5, seconds: QUARTER_HOUR },
  /** somebody who is signed in and is asked for their password again */
  own: { name: 'own', points: 5, seconds: QUARTER_HOUR },
  /** wrong codes of a second factor: only who knows the password comes so far */
  factor: { name: 'second factor', points: 5, seconds: QUARTER_HOUR },
} satisfies Record<string, Limit>

type Count = { limit: Limit; whose: string /** one right try forgives the wrong ones before */; isForgiven: boolean }

/** The counts of a sign-in by password: the known browser's own, or else the account's and the address's. */
export function signInCounts(login: string, address: string, deviceHash: string): Count[] {
  if (isLoginKnownHere(login, deviceHash))
    return [{ limit: LIMITS.knownDevice, whose: `${loginKey(login)} ${deviceHash}`, isForgiven: true }]
  return secretCounts(loginKey(login), address)
}

/** The counts of a secret that stands for itself: a code on paper, a PIN on its device. */
export function secretCounts(name: string, address: string): Count[] {
  return [
    { limit: LIMITS.account, whose: name, isForgiven: true },
    { limit: LIMITS.address, whose: address, isForgiven: false },
  ]
}

/** The count of a person who is signed in and is asked for their password again. */
export function ownCounts(accountId: number): Count[] {
  return [{ limit: LIMITS.own, whose: String(accountId), isForgiven: true }]
}

/** The count of an account's second factor. */
export function factorCounts(accountId: number): Count[] {
  return [{ limit: LIMITS.factor, whose: String(accountId), isForgiven: true }]
}

/**
 * Looks at a secret within its limits. The try is counted before it is looked at, so that many at once are no more than
 * the limit allows, and taken back where it was right or could not be looked at (`check` threw). `check` gives undefined
 * where the secret is wrong. `waitMs` > 0: it was not looked at, and how long to wait.
 */
export async function tryWithin<T>(
  counts: readonly Count[],
  check: () => T | undefined | Promise<T | undefined>,
): Promise<{ waitMs: number; found: T | undefined }> {
  for (const { limit, whose } of counts) {
    const waitMs = await waitFor(limit, whose)
    if (waitMs > 0) return { waitMs, found: undefined }
  }
  for (const { limit, whose } of counts) {
    const waitMs = await retryBusy(() => countOne(limit, whose))
    if (waitMs > 0) return { waitMs, found: undefined }
  }
  const takeBack = async ({ limit, whose }: Count) => await retryBusy(() => takeOneBack(limit, whose))
  try {
    const found = await check()
    if (found !== undefined)
      for (const count of counts)
        await (count.isForgiven ? retryBusy(() => forgetCount(count.limit, count.whose)) : takeBack(count))
    return { waitMs: 0, found }
  } catch (thrown) {
    for (const count of counts) await takeBack(count)
    throw thrown
  }
}
