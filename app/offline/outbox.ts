import { type FormSubject, type SendAnswer, VISIT_FIELDS } from '#app/domain/offline.ts'
import type { ConsentVersion } from '#app/domain/vocabulary.ts'
import { seal, unseal } from './sealing.ts'
import { database, lockOthers, type OutboxRow, type OutboxState, slotOf } from './store.ts'

/** A code that a citizen is shown, drawn already. */
export type PhoneCode = { code: string; qr: { size: number; path: string } }

/** A form as it was typed, and what came of sending it. */
export type Kept = {
  campaignId: number
  /** absent: a record that an earlier build kept */
  subject?: FormSubject
  /** the form's entries; once saved, only those of `STAYING` */
  entries: [string, string][]
  /** of a correction or contact: the fields that were typed into; absent: all */
  changed?: string[]
  citizenName: string
  /** phone's clock (ms) */
  enteredAt: number
  contactAt: number | null
  isDayChosen: boolean
  consentVersion: ConsentVersion
  code: PhoneCode | null
  /** where the sheet lies that this was noted at; it goes as soon as the server has the result */
  sheet?: string
  /** why it was refused */
  problems: { field: string; message: string }[]
  saved: (Exclude<SendAnswer, { kind: 'refused' }> & { at: number }) | null
}

export type KeptRow = Kept & { key: string; state: OutboxState }

/** Whose outbox, and the key that opens it. */
export type Opened = { accountId: number; key: CryptoKey }

const SHOWN_AFTER_MS = 24 * 3_600_000

const slot = (accountId: number, key: string) => slotOf(accountId, `outbox:${key}`)

/** Other tabs of this browser, and the worker, hear that the outbox changed. */
export const changes = () => new BroadcastChannel('ngoai-tuyen')

function tellOthers() {
  const channel = changes()
  channel.postMessage('outbox')
  channel.close()
}

/**
 * Reads a row and changes it in one transaction, so that no other change comes between; `undefined` leaves the row as
 * it is.
 */
async function change(key: string, next: (row: OutboxRow | undefined, rows: OutboxRow[]) => OutboxRow | undefined) {
  const transaction = (await database()).transaction('outbox', 'readwrite')
  const rows = await transaction.store.getAll()
  const changed = next(
    rows.find(row => row.key === key),
    rows,
  )
  if (changed) await transaction.store.put(changed)
  await transaction.done
  return changed
}

/** The record may have reached the server, so it is not changed now. */
export class OnItsWay extends Error {}

const isFree = (row: OutboxRow) => row.state === 'waiting' || row.state === 'refused'

/**
 * Keeps a record until it is sent, under the submission key of its form; typed again under that key it replaces what was
 * kept. Rejects where the browser has no room, and where the record may have reached the server already.
 */
export async function keep(opened: Opened, key: string, kept: Kept, state: 'waiting' | 'unknown' = 'waiting') {
  const { accountId } = opened
  const sealed = await seal(opened.key, slot(accountId, key), kept)
  const changed = await change(key, (row, rows) => {
    if (row && !(row.accountId === accountId && isFree(row))) return undefined
    const order = row?.order ?? Math.max(0, ...rows.map(other => other.order)) + 1
    return { key, accountId, order, state, sealed }
  })
  if (!changed) throw new OnItsWay()
  tellOthers()
}

/** Lists what is kept for the account, in the order in which it was typed. */
export async function listKept({ accountId, key }: Opened): Promise<KeptRow[]> {
  const rows = await (await database()).getAllFromIndex('outbox', 'account', accountId)
  const opened = await Promise.all(
    rows
      .sort((a, b) => a.order - b.order)
      .map(async row => ({
        ...(await unseal<Kept>(key, slot(accountId, row.key), row.sealed)),
        key: row.key,
        state: row.state,
      })),
  )
  return opened
}

/** Drops a record that the server does not have. */
export async function drop(key: string) {
  const transaction = (await database()).transaction('outbox', 'readwrite')
  const row = await transaction.store.get(key)
  if (row && isFree(row)) await transaction.store.delete(key)
  await transaction.done
  tellOthers()
}

type SendResult = { sent: number; stoppedBy: 'nothing' | 'no_network' | 'signed_out' | 'other_account' }

/**
 * Sends what waits, one after the other in the order in which it was typed, and stops at the first that gets no answer.
 * One sender at a time in the whole browser: tabs and the worker wait for each other.
 */
export async function sendAll(opened: Opened): Promise<SendResult> {
  return await navigator.locks.request(`gui ${opened.accountId}`, async (): Promise<SendResult> => {
    await forgetOld(opened)
    let sent = 0
    for (const { key } of await listKept(opened)) {
      const stoppedBy = await sendOne(opened, key)
      if (stoppedBy === 'done') sent++
      else if (stoppedBy !== 'nothing') return { sent, stoppedBy }
    }
    return { sent, stoppedBy: 'nothing' }
  })
}

async function sendOne(opened: Opened, key: string): Promise<SendResult['stoppedBy'] | 'done'> {
  const { accountId } = opened
  let before: OutboxState | undefined
  // from here on the row cannot change: what is sent is what is kept
  const taken = await change(key, row => {
    if (row?.state !== 'waiting' && row?.state !== 'unknown') return undefined
    before = row.state
    return { ...row, state: 'unknown' }
  })
  if (!taken || !before) return 'nothing'
  const kept = await unseal<Kept>(opened.key, slot(accountId, key), taken.sealed)
  const settle = async (state: OutboxState, news: Partial<Kept> = {}) => {
    const sealed = await seal(opened.key, slot(accountId, key), { ...kept, ...news })
    await change(key, row => row && { ...row, state, sealed })
    tellOthers()
  }
  const response = await post(accountId, kept).catch(() => null)
  // these say that nothing was done with it
  if (response?.status === 401) {
    await settle(before)
    await lockOthers(null)
    return 'signed_out'
  }
  if (response?.status === 403) {
    await settle(before)
    return 'other_account'
  }
  const answer = (await response?.json().catch(() => null)) as SendAnswer | null | undefined
  if (answer?.kind === 'saved' || answer?.kind === 'noted' || answer?.kind === 'checked') {
    if (kept.sheet !== undefined) await (await database()).delete('sealed', kept.sheet)
    await settle('saved', {
      entries: kept.entries.filter(([name]) => STAYING.includes(name)),
      problems: [],
      saved: { ...answer, at: Date.now() },
    })
  } else if (answer?.kind === 'refused') await settle('refused', { problems: answer.problems })
  else {
    tellOthers()
    return 'no_network'
  }
  return 'done'
}

/** What stays of a saved form: the number, so that no citizen is recorded twice, and what the next person shares. */
const STAYING: readonly string[] = ['citizenNumber', ...VISIT_FIELDS]

const post = (
  accountId: number,
  { campaignId, subject, entries, enteredAt, contactAt, isDayChosen, consentVersion, code }: Kept,
) =>
  fetch('/ho-tro/gui', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      accountId,
      campaignId,
      subject,
      entries,
      enteredAt,
      contactAt,
      isDayChosen,
      consentVersion,
      code: code?.code ?? null,
      sentAt: Date.now(),
    }),
  })

/** Removes saved records after a day. */
async function forgetOld(opened: Opened) {
  const db = await database()
  for (const row of await listKept(opened))
    if (row.saved !== null && Math.abs(Date.now() - row.saved.at) > SHOWN_AFTER_MS) await db.delete('outbox', row.key)
}
