import { SNAPSHOT_LIFE_MS } from '#app/domain/offline.ts'
import { openHere, reach } from './contact.ts'
import type { Opened } from './outbox.ts'
import { seal, unseal } from './sealing.ts'
import { countUnsent, currentAccount, database, slotOf, slotsOf } from './store.ts'

/** Which form a draft belongs to: a record, a session, the correction of one record, a contact with one citizen, a sheet. */
export type DraftForm = 'record' | 'session' | `correction-${number}` | `contact-${number}` | `check-${number}`

/** A form that was typed into and not yet saved. */
export type Draft = {
  /** Names it among the drafts of its form; a record's is its submission key, so that it cannot be saved twice. */
  key: string
  entries: [string, string][]
  /** Fields that were typed into; the others are as the page put them ready. */
  changed: string[]
  /** phone's clock (ms) */
  typedAt: number
}

const placeOf = (form: DraftForm, key: string) => `draft:${form}:${key}`

/** Under which key each open form of this page is sealed. */
const open = new Map<DraftForm, string>()

/** Notes under which key a form of this page is sealed from now on. */
export const noteOpen = (form: DraftForm, key: string) => {
  open.set(form, key)
  closed.delete(key)
}

/** The key of the open form; a new one where none was noted. */
export const openKey = (form: DraftForm) => open.get(form) ?? newKey()

/** A name for a draft whose form has none. */
export const newKey = () => `${Date.now()}-${Math.random()}`

/** Drafts of forms that were saved or dropped here: a late keystroke does not bring them back. */
const closed = new Set<string>()

/** The writes of this page, one after the other, so that an older one never comes last. */
let turn: Promise<unknown> = Promise.resolve()
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const next = turn.then(work, work)
  turn = next.catch(() => undefined)
  return next
}

/** The account's store: open already, or opened with the server's help. Undefined: neither is possible now. */
export async function openStore(): Promise<Opened | undefined> {
  const here = await openHere()
  if (here?.opened) return here.opened
  const reached = await reach()
  return reached.kind === 'reached' ? reached.opened : undefined
}

/** Seals what is typed so far in place of what was sealed before. False: nothing was sealed. */
export function keepDraft(form: DraftForm, draft: Draft): Promise<boolean> {
  return inTurn(async () => {
    const store = await openStore()
    if (!store || closed.has(draft.key)) return false
    const slot = slotOf(store.accountId, placeOf(form, draft.key))
    await (await database()).put('sealed', await seal(store.key, slot, draft), slot)
    return true
  })
}

/** Deletes what was sealed of a form that is again as it was begun with. */
export function clearDraft(form: DraftForm, key: string): Promise<void> {
  return inTurn(async () => {
    const row = await currentAccount()
    if (row) await (await database()).delete('sealed', slotOf(row.accountId, placeOf(form, key)))
  })
}

/** Deletes a draft for good: its form was saved, kept for sending, or dropped by hand. */
export function forgetDraft(form: DraftForm, key: string): Promise<void> {
  closed.add(key)
  return clearDraft(form, key)
}

/** Lists the drafts of a form, newest first; those older than a copy may be are deleted. */
export async function listDrafts(form: DraftForm): Promise<Draft[]> {
  const store = await openStore()
  if (!store) return []
  const db = await database()
  const drafts: Draft[] = []
  for (const slot of await db.getAllKeys('sealed', slotsOf(store.accountId, placeOf(form, '')))) {
    const sealed = await db.get('sealed', slot)
    const draft = sealed && (await unseal<Draft>(store.key, slot, sealed).catch(() => undefined))
    if (draft && Math.abs(Date.now() - draft.typedAt) <= SNAPSHOT_LIFE_MS) drafts.push(draft)
    else await db.delete('sealed', slot)
  }
  return drafts.sort((a, b) => b.typedAt - a.typedAt)
}

/** Counts the drafts of the current account, of whatever form. */
export async function countDrafts(): Promise<number> {
  const row = await currentAccount()
  return row ? (await database()).count('sealed', slotsOf(row.accountId, 'draft:')) : 0
}

/** Counts what the current account would lose sight of by signing out: forms not sent, and drafts. */
export async function countWaiting(): Promise<number> {
  const row = await currentAccount()
  return row ? (await countUnsent(row.accountId)) + (await countDrafts()) : 0
}

/** Deletes all drafts of the current account, as its official signs out by hand. */
export async function forgetDrafts() {
  const row = await currentAccount()
  if (row) await (await database()).delete('sealed', slotsOf(row.accountId, 'draft:'))
}
