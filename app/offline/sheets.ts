import type { TakenSheet } from '#app/domain/offline.ts'
import type { OpeningPurpose } from '#app/domain/vocabulary.ts'
import { reach } from './contact.ts'
import type { Opened } from './outbox.ts'
import { seal, unseal } from './sealing.ts'
import { database, sheetsOf, slotOf, takenAtOf } from './store.ts'

/** A sheet on this phone; `slot`: its place in the store, `takenAt`: when it was taken along by the phone's clock (ms). */
export type KeptSheet = TakenSheet & { slot: string; takenAt: number }

/** How the taking ended; `needsPin`: this device has no PIN that locks its store. */
export type Taken = { kind: 'taken'; count: number } | { kind: 'refused'; message: string; needsPin?: true }

const NO_NETWORK = 'Chưa mang theo được vì mạng vừa mất. Anh/chị bấm lại khi có mạng.'
const NOT_OPEN = 'Có phiếu không còn chờ kết quả. Anh/chị tải lại trang rồi chọn lại.'
const NO_SHELL = 'Máy chưa tải xong phần dùng khi không có mạng. Anh/chị chờ ít phút rồi bấm lại.'
const NO_PIN = 'Anh/chị đặt mã PIN cho máy này trước khi mang phiếu theo.'

/** Has the worker keep the shell before anything is taken along: without it nothing is opened without a network. */
async function hasShell(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  await navigator.serviceWorker.register('/sw.js')
  await navigator.serviceWorker.ready
  return (await caches.match('/ngoai-tuyen')) !== undefined
}

/**
 * Takes sheets along: the server opens and logs each, this phone seals them behind the PIN. A sheet that is here already
 * is replaced. Refused in words where there is no network, no PIN, no shell, or the server says no.
 */
export async function takeAlong(wanted: {
  inspectionId: number
  helpIds: readonly number[]
  purpose: OpeningPurpose
}): Promise<Taken> {
  const reached = await reach()
  if (reached.kind === 'signed_out')
    return { kind: 'refused', message: 'Phiên làm việc đã kết thúc. Anh/chị đăng nhập lại rồi bấm lại.' }
  if (reached.kind === 'unreachable') return { kind: 'refused', message: NO_NETWORK }
  if (reached.row.pin === null) return { kind: 'refused', message: NO_PIN, needsPin: true }
  if (!(await hasShell().catch(() => false))) return { kind: 'refused', message: NO_SHELL }
  const response = await fetch('/ngoai-tuyen/phieu', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wanted),
  }).catch(() => null)
  const answer = (await response?.json().catch(() => null)) as
    | { kind: 'taken'; sheets: TakenSheet[] }
    | { kind: 'refused'; message: string }
    | null
    | undefined
  if (answer?.kind === 'refused') return answer
  if (answer?.kind !== 'taken') return { kind: 'refused', message: response?.status === 404 ? NOT_OPEN : NO_NETWORK }
  await keepSheets(reached.opened, answer.sheets)
  return { kind: 'taken', count: answer.sheets.length }
}

async function keepSheets(store: Opened, sheets: readonly TakenSheet[]) {
  const here = await listSheets(store)
  const takenAt = Date.now()
  const sealed = await Promise.all(
    sheets.map(async sheet => {
      const slot = slotOf(store.accountId, `sheet:${takenAt}:${crypto.randomUUID()}`)
      return { slot, value: await seal(store.key, slot, sheet) }
    }),
  )
  const transaction = (await database()).transaction('sealed', 'readwrite')
  for (const { slot, inspectionId, helpId } of here)
    if (sheets.some(sheet => sheet.inspectionId === inspectionId && sheet.helpId === helpId))
      await transaction.store.delete(slot)
  for (const { slot, value } of sealed) await transaction.store.put(value, slot)
  await transaction.done
}

/** Lists the account's sheets on this phone in the order of the road. */
export async function listSheets({ accountId, key }: Opened): Promise<KeptSheet[]> {
  const db = await database()
  const sheets: KeptSheet[] = []
  for (const slot of await db.getAllKeys('sealed', sheetsOf(accountId))) {
    const sealed = await db.get('sealed', slot)
    if (sealed) sheets.push({ ...(await unseal<TakenSheet>(key, slot, sealed)), slot, takenAt: takenAtOf(slot) })
  }
  return sheets.sort((a, b) => a.inspectionId - b.inspectionId || a.road - b.road)
}

/** Deletes every sheet of an account, sent or not; what was noted at them stays in the outbox. */
export async function forgetSheets(accountId: number) {
  await (await database()).delete('sealed', sheetsOf(accountId))
}
