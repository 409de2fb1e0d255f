import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { isSheetOver } from '#app/domain/offline.ts'
import type { PinLock, Sealed } from './sealing.ts'

/** One account on this browser. Nothing in it is a citizen's; the name is shown before a PIN is typed. */
export type AccountRow = {
  accountId: number
  name: string
  /** the store key under the server's secret */
  wrapped: Sealed
  /** usable without the server; null: locked, or protected by a PIN */
  key: CryptoKey | null
  pin: (PinLock & { misses: number }) | null
  /** whose session this browser held at the last contact */
  isCurrent: boolean
  /** signed out, revoked, or another account is current: opens only after the official signed in again */
  isLocked: boolean
  /** the two clocks (ms) at the last contact */
  contact: { phoneAt: number; serverAt: number }
  /** phone's clock (ms) and campaign of the copy that is kept; null: none */
  copied: { phoneAt: number; campaignId: number } | null
  /** bears no quota, so that it has no copy; absent: it bears one, or an earlier build kept the row */
  isOffice?: boolean
}

export type OutboxState = 'waiting' | 'unknown' | 'refused' | 'saved'

/**
 * One record on its way. `unknown`: sent, but no answer came. Until it comes the record is not changed, so that one
 * submission key never has two contents.
 */
export type OutboxRow = { key: string; accountId: number; order: number; state: OutboxState; sealed: Sealed }

interface Schema extends DBSchema {
  meta: { key: string; value: string }
  accounts: { key: number; value: AccountRow }
  /** key: account and slot */
  sealed: { key: string; value: Sealed }
  outbox: { key: string; value: OutboxRow; indexes: { account: number } }
}

let opening: Promise<IDBPDatabase<Schema>> | undefined

/** The browser's database, opened once for each page or worker. */
export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('ngoai-tuyen', 1, {
    upgrade(db) {
      db.createObjectStore('meta')
      db.createObjectStore('accounts', { keyPath: 'accountId' })
      db.createObjectStore('sealed')
      db.createObjectStore('outbox', { keyPath: 'key' }).createIndex('account', 'accountId')
    },
    blocking: (_old, _next, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
      opening = undefined
    },
    terminated: () => {
      opening = undefined
    },
  })
  return opening
}

/** Names the place of an account's value; its ciphertext is bound to that name. */
export const slotOf = (accountId: number, what: string) => `${accountId}:${what}`

/** This browser's own name towards the server, made once. */
export async function storeId(): Promise<string> {
  const db = await database()
  const known = await db.get('meta', 'store')
  if (known) return known
  const made = crypto.randomUUID()
  await db.put('meta', made, 'store')
  return made
}

/** Returns the current account of this browser; undefined: there is none. */
export async function currentAccount(): Promise<AccountRow | undefined> {
  return (await (await database()).getAll('accounts')).find(row => row.isCurrent && !row.isLocked)
}

/**
 * Ends the turn of every account but `exceptId`: their copies, sheets and usable keys go, what they did not send stays
 * sealed until they sign in again.
 */
export async function lockOthers(exceptId: number | null) {
  const transaction = (await database()).transaction(['accounts', 'sealed'], 'readwrite')
  const accounts = transaction.objectStore('accounts')
  for (const row of await accounts.getAll()) {
    if (row.accountId === exceptId) continue
    await accounts.put({ ...row, key: null, copied: null, isCurrent: false, isLocked: true })
    await transaction.objectStore('sealed').delete(slotOf(row.accountId, 'copy'))
    await transaction.objectStore('sealed').delete(sheetsOf(row.accountId))
  }
  await transaction.done
}

/** Counts the forms of an account that the server has not taken: waiting, of unknown fate, or refused. */
export async function countUnsent(accountId: number): Promise<number> {
  const rows = await (await database()).getAllFromIndex('outbox', 'account', accountId)
  return rows.filter(row => row.state !== 'saved').length
}

/** Every sealed value of an account whose place begins with `what`. */
export const slotsOf = (accountId: number, what: string) =>
  IDBKeyRange.bound(slotOf(accountId, what), slotOf(accountId, `${what}\uffff`))

/** The sheets of inspections that an account took along. */
export const sheetsOf = (accountId: number) => slotsOf(accountId, 'sheet:')

/** When the sheet in a slot was taken along (ms): read without the key, so that it is deleted in time behind a PIN too. */
export const takenAtOf = (slot: string) => Number(slot.split(':')[2])

/** Deletes the sheets of an account whose day is over. */
export async function forgetOldSheets(accountId: number) {
  const transaction = (await database()).transaction('sealed', 'readwrite')
  for (const slot of await transaction.store.getAllKeys(sheetsOf(accountId)))
    if (isSheetOver(takenAtOf(slot), Date.now())) await transaction.store.delete(slot)
  await transaction.done
}

/** Removes everything kept here for an account. */
export async function forgetAccount(accountId: number) {
  const transaction = (await database()).transaction(['accounts', 'sealed', 'outbox'], 'readwrite')
  await transaction.objectStore('accounts').delete(accountId)
  await transaction.objectStore('sealed').delete(slotsOf(accountId, ''))
  const outbox = transaction.objectStore('outbox')
  for (const key of await outbox.index('account').getAllKeys(accountId)) await outbox.delete(key)
  await transaction.done
}
