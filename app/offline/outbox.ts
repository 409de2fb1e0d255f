import type { SendAnswer } from '#app/domain/offline.ts'
import { seal, unseal } from './sealing.ts'
import { database, lockOthers, type OutboxState, slotOf } from './store.ts'

/** A code that a citizen is shown, drawn already. */
export type PhoneCode = { code: string; qr: { size: number; path: string } }

/** A record as it was typed, and what came of sending it. */
export type Kept = {
  campaignId: number
  /** the form's entries; empty once saved */
  entries: [string, string][]
  citizenName: string
  /** phone's clock (ms) */
  enteredAt: number
  contactAt: number | null
  isDayChosen: boolean
  consentVersion: string
  code: PhoneCode | null
  /** why it was refused */
  problems: { field: string; message: string }[]
  saved: (Extract<SendAnswer, { kind: 'saved' }> & { at: number }) | null
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

async function put({ accountId, key: storeKey }: Opened, key: string, state: OutboxState, kept: Kept) {
  const sealed = await seal(storeKey, slot(accountId, key), kept)
  const transaction = (await database()).transaction('outbox', 'readwrite')
  const rows = await transaction.store.getAll()
  const order = rows.find(row => row.key === key)?.order ?? Math.max(0, ...rows.map(row => row.order)) + 1
  await transaction.store.put({ key, accountId, order, state, sealed })
  await transaction.done
}

/**
 * Keeps a record until it is sent, under the submission key of its form; typed again under that key it replaces what was
 * kept. Rejects where the browser has no room, and where the record may have reached the server already.
 */
export async function keep(opened: Opened, key: string, kept: Kept, state: 'waiting' | 'unknown' = 'waiting') {
  const before = await (await database()).get('outbox', key)
  if (before && (before.accountId !== opened.accountId || before.state === 'unknown' || before.state === 'saved'))
    throw new Error('the record is on its way')
  await put(opened, key, state, kept)
  tellOthers()
}

/** What is kept for the account, in the order in which it was typed. */
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
  const db = await database()
  const row = await db.get('outbox', key)
  if (row && row.state !== 'unknown') await db.delete('outbox', key)
  tellOthers()
}

export type SendResult = { sent: number; stoppedBy: 'nothing' | 'no_network' | 'signed_out' | 'other_account' }

/**
 * Sends what waits, one after the other in the order in which it was typed, and stops at the first that gets no answer.
 * One sender at a time in the whole browser: tabs and the worker wait for each other.
 */
export async function sendAll(opened: Opened): Promise<SendResult> {
  return await navigator.locks.request(`gui ${opened.accountId}`, async (): Promise<SendResult> => {
    await forgetOld(opened)
    let sent = 0
    for (const row of await listKept(opened)) {
      if (row.state !== 'waiting' && row.state !== 'unknown') continue
      const stoppedBy = await sendOne(opened, row)
      if (stoppedBy !== 'nothing') return { sent, stoppedBy }
      sent++
    }
    return { sent, stoppedBy: 'nothing' }
  })
}

async function sendOne(opened: Opened, { key, state, ...kept }: KeptRow): Promise<SendResult['stoppedBy']> {
  const { accountId } = opened
  await put(opened, key, 'unknown', kept)
  const stop = async (reason: SendResult['stoppedBy'], next: OutboxState) => {
    await put(opened, key, next, kept)
    tellOthers()
    return reason
  }
  let response: Response
  try {
    response = await fetch('/ho-tro/gui', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        accountId,
        campaignId: kept.campaignId,
        entries: kept.entries,
        enteredAt: kept.enteredAt,
        contactAt: kept.contactAt,
        isDayChosen: kept.isDayChosen,
        consentVersion: kept.consentVersion,
        code: kept.code?.code ?? null,
        sentAt: Date.now(),
      }),
    })
  } catch {
    return stop('no_network', 'unknown')
  }
  // these say that nothing was done with it
  if (response.status === 401) {
    await stop('signed_out', state)
    await lockOthers(null)
    return 'signed_out'
  }
  if (response.status === 403) return stop('other_account', state)
  const answer = (await response.json().catch(() => null)) as SendAnswer | null
  if (answer?.kind === 'saved')
    await put(opened, key, 'saved', { ...kept, entries: [], problems: [], saved: { ...answer, at: Date.now() } })
  else if (answer?.kind === 'refused') await put(opened, key, 'refused', { ...kept, problems: answer.problems })
  else return stop('no_network', 'unknown')
  tellOthers()
  return 'nothing'
}

/** What was saved is shown for a day. */
async function forgetOld(opened: Opened) {
  const db = await database()
  for (const row of await listKept(opened))
    if (row.saved !== null && Math.abs(Date.now() - row.saved.at) > SHOWN_AFTER_MS) await db.delete('outbox', row.key)
}
