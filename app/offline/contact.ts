import { clocksDiffer, PIN_TRIES, SNAPSHOT_LIFE_MS, type Snapshot } from '#app/domain/offline.ts'
import { type Opened, type PhoneCode, sendAll } from './outbox.ts'
import { lockUnderPin, seal, unseal, unwrapWithPin, unwrapWithSecret, wrapNewKey } from './sealing.ts'
import {
  type AccountRow,
  countUnsent,
  currentAccount,
  database,
  forgetAccount,
  forgetOldSheets,
  lockOthers,
  sheetsOf,
  slotOf,
  storeId,
} from './store.ts'

/** A copy younger than this is not fetched again. */
const FRESH_MS = 5 * 60_000
const FEWEST_CODES = 3
const PATIENCE_MS = 8000

type ContactAnswer = {
  accountId: number
  name: string
  serverAt: number
  secret: string
  hasPin: boolean
  isOffice: boolean
}

/** The store that this page has open; a PIN's key lives here only, and goes with the page. */
let opened: Opened | undefined

type Reached = { kind: 'reached'; secret: string; row: AccountRow; opened: Opened }

/**
 * Asks the server whose session this is, and opens that account's store; everybody else's turn ends. `signed_out`: the
 * turn of all ends. `unreachable` changes nothing.
 */
export async function reach(): Promise<Reached | { kind: 'signed_out' } | { kind: 'unreachable' }> {
  let response: Response
  try {
    response = await fetch(`/ngoai-tuyen/khoa?kho=${await storeId()}`, { signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch {
    return { kind: 'unreachable' }
  }
  if (response.status === 401) {
    opened = undefined
    await lockOthers(null)
    return { kind: 'signed_out' }
  }
  if (!response.ok) return { kind: 'unreachable' }
  const answer = (await response.json()) as ContactAnswer
  // one at a time: two tabs would make two keys
  return await navigator.locks.request('kho', () => admit(answer))
}

async function admit({ accountId, name, serverAt, secret, hasPin, isOffice }: ContactAnswer): Promise<Reached> {
  await lockOthers(accountId)
  const db = await database()
  const known = await keptAccount(accountId, secret)
  const wrapped = known?.wrapped ?? (await wrapNewKey(secret))
  const key = await unwrapWithSecret(secret, wrapped)
  const pin = hasPin && known?.pin ? { ...known.pin, misses: 0 } : null
  const row: AccountRow = {
    accountId,
    name,
    wrapped,
    key: pin === null ? key : null,
    pin,
    isCurrent: true,
    isLocked: false,
    contact: { phoneAt: Date.now(), serverAt },
    copied: known?.copied ?? null,
    isOffice,
  }
  // sheets lie behind a PIN or not at all
  if (pin === null) await db.delete('sealed', sheetsOf(accountId))
  await db.put('accounts', row)
  opened = { accountId, key }
  return { kind: 'reached', secret, row, opened }
}

/**
 * Returns the account's row if the secret opens it. If the server's keys were changed since, the kept data can no
 * longer be opened. Then an account with nothing unsent starts empty; otherwise the error goes to the caller.
 */
async function keptAccount(accountId: number, secret: string): Promise<AccountRow | undefined> {
  const row = await (await database()).get('accounts', accountId)
  if (!row) return undefined
  try {
    await unwrapWithSecret(secret, row.wrapped)
    return row
  } catch (error) {
    if ((await countUnsent(accountId)) > 0) throw error
    await forgetAccount(accountId)
    return undefined
  }
}

/** Opens the store that needs no server here and now: the current account's, unless it is locked by a PIN. */
export async function openHere(): Promise<{ row: AccountRow; opened: Opened | null } | undefined> {
  const row = await currentAccount()
  if (!row) return undefined
  if (opened?.accountId === row.accountId) return { row, opened }
  if (row.key === null) return { row, opened: null }
  opened = { accountId: row.accountId, key: row.key }
  return { row, opened }
}

/**
 * Tries a PIN without the server. The fifth wrong one in a row locks the account here until it signs in again; a try is
 * counted before it is looked at.
 */
export async function openWithPin(pin: string): Promise<{ opened: Opened } | { left: number }> {
  const row = await currentAccount()
  if (!row?.pin) return { left: 0 }
  const db = await database()
  const misses = row.pin.misses + 1
  await db.put('accounts', { ...row, pin: { ...row.pin, misses } })
  const key = misses <= PIN_TRIES ? await unwrapWithPin(row.pin, pin) : undefined
  if (key) {
    await db.put('accounts', { ...row, pin: { ...row.pin, misses: 0 } })
    opened = { accountId: row.accountId, key }
    return { opened }
  }
  if (misses < PIN_TRIES) return { left: PIN_TRIES - misses }
  await db.put('accounts', { ...row, pin: null })
  await lockOthers(null)
  return { left: 0 }
}

/** Locks the store of the signed-in account with a PIN. */
export async function lockWithPin(pin: string) {
  const reached = await reach()
  if (reached.kind !== 'reached') return
  const lock = await lockUnderPin(reached.secret, reached.row.wrapped, pin)
  await (await database()).put('accounts', { ...reached.row, key: null, pin: { ...lock, misses: 0 } })
}

/** Fetches the copy of the official's own data where it is not fresh, and codes where few are left. */
export async function copyOwn({ opened: { accountId, key }, row }: Reached, isForced = false) {
  const isFresh = row.copied !== null && Math.abs(Date.now() - row.copied.phoneAt) < FRESH_MS
  if (row.isOffice || (isFresh && !isForced)) return
  const response = await fetch('/ngoai-tuyen/du-lieu')
  if (!response.ok) return
  const copy = (await response.json()) as Snapshot
  if (copy.accountId !== accountId) return
  const sealed = await seal(key, slotOf(accountId, 'copy'), copy)
  // before the copy counts as fresh: a page that is left in between leaves the next one to fetch both
  await fillCodes({ accountId, key }, copy.campaign.id)
  const db = await database()
  const transaction = db.transaction(['accounts', 'sealed'], 'readwrite')
  const now = await transaction.objectStore('accounts').get(accountId)
  // locked meanwhile: nothing is put back
  if (now && !now.isLocked) {
    await transaction.objectStore('sealed').put(sealed, slotOf(accountId, 'copy'))
    await transaction
      .objectStore('accounts')
      .put({ ...now, copied: { phoneAt: Date.now(), campaignId: copy.campaign.id } })
  }
  await transaction.done
}

/** The copy, if there is one that is not too old to rely on. */
export async function readCopy(row: AccountRow, { accountId, key }: Opened): Promise<Snapshot | undefined> {
  if (row.copied === null || Math.abs(Date.now() - row.copied.phoneAt) > SNAPSHOT_LIFE_MS) return undefined
  const sealed = await (await database()).get('sealed', slotOf(accountId, 'copy'))
  return sealed && unseal<Snapshot>(key, slotOf(accountId, 'copy'), sealed)
}

type Codes = { campaignId: number; codes: PhoneCode[] }

async function readCodes({ accountId, key }: Opened): Promise<Codes | undefined> {
  const sealed = await (await database()).get('sealed', slotOf(accountId, 'codes'))
  return sealed && unseal<Codes>(key, slotOf(accountId, 'codes'), sealed)
}

async function writeCodes({ accountId, key }: Opened, codes: Codes) {
  const sealed = await seal(key, slotOf(accountId, 'codes'), codes)
  await (await database()).put('sealed', sealed, slotOf(accountId, 'codes'))
}

async function codesInTurn<T>(work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request('ma', work)
}

async function fillCodes(store: Opened, campaignId: number) {
  await codesInTurn(async () => {
    const held = await readCodes(store)
    const codes = held?.campaignId === campaignId ? held.codes : []
    if (codes.length >= FEWEST_CODES) return
    const response = await fetch('/ngoai-tuyen/ma', { method: 'POST' })
    if (!response.ok) return
    await writeCodes(store, { campaignId, codes: [...codes, ...((await response.json()) as PhoneCode[])] })
  })
}

/** Takes a code out of those that this phone holds, so that it is shown for one record only; null where none is left. */
export function takeCode(store: Opened, campaignId: number): Promise<PhoneCode | null> {
  return codesInTurn(async () => {
    const held = await readCodes(store)
    const [code, ...codes] = held?.campaignId === campaignId ? held.codes : []
    if (code) await writeCodes(store, { campaignId, codes })
    return code ?? null
  })
}

/** True if the phone's clock was wrong at the last contact, or has been set back since: then a day is asked for. */
export const isClockDoubtful = ({ contact }: AccountRow) =>
  clocksDiffer(contact.phoneAt, contact.serverAt) || Date.now() < contact.phoneAt - 60_000

/**
 * Once for each page that is opened in the app: others' turns end, the own copy is renewed, what waits is sent. Returns
 * how many records the server has not taken yet.
 */
export async function onPage(accountId: number | null, campaignId: number | null): Promise<number> {
  await lockOthers(accountId)
  if (accountId === null) return 0
  await forgetOldSheets(accountId)
  const row = await currentAccount()
  const unsent = await countUnsent(accountId)
  const isFresh =
    row?.accountId === accountId &&
    row.pin === null &&
    row.copied?.campaignId === campaignId &&
    Math.abs(Date.now() - row.copied.phoneAt) < FRESH_MS
  if (isFresh && unsent === 0) return 0
  const reached = await reach()
  if (reached.kind !== 'reached') return unsent
  const { sent, stoppedBy } = await sendAll(reached.opened)
  if (stoppedBy === 'no_network') await askForSync()
  await copyOwn(reached, sent > 0 || row?.copied?.campaignId !== campaignId)
  return countUnsent(accountId)
}

/** Like `onPage`, for an account that bears no quota: it keeps here only what it took along, and what came of that. */
export async function onOffice(accountId: number): Promise<number> {
  const row = await currentAccount()
  return row?.accountId === accountId ? onPage(accountId, null) : lockOthers(accountId).then(() => 0)
}

/** Has the browser send in the background when the network returns, where it can. */
export async function askForSync() {
  if (!navigator.serviceWorker.controller) return
  const registration = await navigator.serviceWorker.ready
  await registration.sync?.register('gui').catch(() => undefined)
}
