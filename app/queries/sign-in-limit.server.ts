import {
  countMembers,
  countOne,
  forgetCount,
  type Limit,
  noteMember,
  takeOneBack,
  waitFor,
} from '#app/access/limit.server.ts'
import { networkOf } from '#app/access/network.ts'
import { loginCount } from './account.server.ts'
import { listRememberedHere } from './remembered-device.server.ts'
import { retryBusy } from './retry.server.ts'

const QUARTER_HOUR = 15 * 60
const MONTH = 30 * 86_400

const LIMITS = {
  /** wrong tries of one login, from whatever browsers never signed in with it */
  account: { name: 'account', points: 5, seconds: QUARTER_HOUR },
  /** an office shares one address: more, before it slows everyone there */
  address: { name: 'address', points: 50, seconds: QUARTER_HOUR },
  /** wrong activation codes: apart, so that they and wrong passwords do not use each other up */
  activation: { name: 'activation', points: 50, seconds: QUARTER_HOUR },
  /** a browser that the account has signed in from: strangers cannot use this count up */
  knownDevice: { name: 'known device', points: 5, seconds: QUARTER_HOUR },
  /** a signed-in account that must enter its password again */
  own: { name: 'own', points: 5, seconds: QUARTER_HOUR },
  /** wrong codes of a second factor: only who knows the password comes so far */
  factor: { name: 'second factor', points: 5, seconds: QUARTER_HOUR },
} satisfies Record<string, Limit>

/** Accounts that signed in from a network within a month: one address may serve a whole agency or province. */
const SIGNED_IN_FROM = { name: 'signed in from', seconds: MONTH }
/** Wrong tries that each of these accounts adds to what its network may, and at how many accounts that ends. */
const TRIES_PER_ACCOUNT = 3
const MOST_ACCOUNTS = 150

type Count = {
  limit: Limit
  whose: string
  /** one right try forgives the wrong ones before */
  isForgiven: boolean
  /** counts all attempts from the same network address */
  isNetworks?: true
}

/** The counts of a sign-in by password: the known browser's own, or else the account's and the network's. */
export function signInCounts(login: string, address: string, deviceHash: string): Count[] {
  const { whose, isKnownHere } = loginCount(login, deviceHash)
  if (isKnownHere) return [{ limit: LIMITS.knownDevice, whose: `${whose} ${deviceHash}`, isForgiven: true }]
  return secretCounts(whose, address)
}

/** Returns the counts of a short secret for which no device is known. */
export function secretCounts(name: string, address: string): Count[] {
  return [{ limit: LIMITS.account, whose: name, isForgiven: true }, networkCount(address)]
}

/**
 * Returns the counts of a PIN. A remembered device has its own count, so that other users of the address cannot use it
 * up.
 */
export function pinCounts(deviceHash: string, accountId: number, address: string): Count[] {
  const counts = secretCounts(`pin ${deviceHash} ${accountId}`, address)
  const isRemembered = listRememberedHere(deviceHash).some(row => row.accountId === accountId)
  return isRemembered ? counts.slice(0, 1) : counts
}

/**
 * Returns the limit of wrong tries for a network in a quarter of an hour. It is 50, and 3 more for each account that
 * signed in from there within a month, at most 500. So one address can guess at most 500 passwords in that time, five
 * of them for one account.
 */
function networkCount(address: string): Count {
  const network = networkOf(address)
  const points = LIMITS.address.points + TRIES_PER_ACCOUNT * countMembers(SIGNED_IN_FROM, network, MOST_ACCOUNTS)
  return { limit: { ...LIMITS.address, points }, whose: network, isForgiven: false, isNetworks: true }
}

/** Notes that an account has signed in from an address. */
export function noteSignInFrom(address: string, accountId: number) {
  noteMember(SIGNED_IN_FROM, networkOf(address), String(accountId))
}

/**
 * Looks up an activation code. Its 80 bits cannot be guessed, so the code is checked first: a right one is never
 * refused because of other tries from the address. Wrong ones are counted; `waitMs` > 0: too many.
 */
export async function findWithin<T>(
  address: string,
  find: () => T | undefined,
): Promise<{ waitMs: number; found: T | undefined }> {
  const found = find()
  if (found !== undefined) return { waitMs: 0, found }
  return { waitMs: await retryBusy(() => countOne(LIMITS.activation, networkOf(address))), found }
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
 * Result of a try. `waitMs` > 0: it was refused unchecked, and must wait so long; `isNetworks`: because of the
 * network's count.
 */
export type Tried<T> = { waitMs: number; isNetworks: boolean; found: T | undefined }

/**
 * Checks a secret within its limits. The try is counted before the check, so that parallel tries cannot exceed the
 * limit. The count is undone if the secret was right or the check failed (`check` threw). `check` returns undefined
 * for a wrong secret.
 */
export async function tryWithin<T>(
  counts: readonly Count[],
  check: () => T | undefined | Promise<T | undefined>,
): Promise<Tried<T>> {
  for (const { limit, whose, isNetworks = false } of counts) {
    const waitMs = await waitFor(limit, whose)
    if (waitMs > 0) return { waitMs, isNetworks, found: undefined }
  }
  for (const { limit, whose, isNetworks = false } of counts) {
    const waitMs = await retryBusy(() => countOne(limit, whose))
    if (waitMs > 0) return { waitMs, isNetworks, found: undefined }
  }
  const takeBack = async ({ limit, whose }: Count) => await retryBusy(() => takeOneBack(limit, whose))
  try {
    const found = await check()
    if (found !== undefined)
      for (const count of counts)
        await (count.isForgiven ? retryBusy(() => forgetCount(count.limit, count.whose)) : takeBack(count))
    return { waitMs: 0, isNetworks: false, found }
  } catch (thrown) {
    for (const count of counts) await takeBack(count)
    throw thrown
  }
}
