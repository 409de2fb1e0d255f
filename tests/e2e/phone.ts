import type { BrowserContext } from '@playwright/test'
import { fillHelp } from './help-entry.ts'
import { expect, type Page, query } from './person.ts'

export const PHONE = { viewport: { width: 360, height: 780 } }

let citizens = Date.now() % 900_000
/** Makes a citizen that no other test uses, in this run or the one before. */
export const citizen = () => {
  citizens += 1
  return { name: `Thị Ngoại Tuyến ${lettersOf(citizens)}`, number: `070090${String(citizens).padStart(6, '0')}` }
}

/** A number in letters, as a name may have them. */
const lettersOf = (n: number) =>
  [...String(n)]
    .map(digit => 'abcdefghij'[Number(digit)])
    .join('')
    .toUpperCase()

/** Takes away what phones of other specs were given: as many as tests are would use up what one official may have in a day. */
export function forgetPhones() {
  query("delete from citizen_code where kind = 'phone' and help_id is null")
  query('delete from remembered_device')
}
/** The records of an account that came in since, first received first. */
export const received = (login: string, since: number) =>
  query<{ id: number; key: string; enteredAt: number | null; receivedAt: number; code: string | null }>(
    // an answer that was lost leaves the code that it held, and the next answer holds another
    `select h.id, h.submission_key as key, h.entered_at as enteredAt, h.received_at as receivedAt,
            (select kind from citizen_code where help_id = h.id order by id desc limit 1) as code
       from help h join account a on a.official_id = h.official_id
      where a.login = ? and h.id > ? order by h.id`,
    login,
    since,
  )
export const newest = () => query<{ id: number }>('select max(id) as id from help')[0]?.id ?? 0

export type Lying = {
  accounts: { accountId: number; hasKey: boolean; hasPin: boolean }[]
  /** what is sealed there, by its name without the account */
  sealed: string[]
  outbox: string[]
}

/** Reads what the browser's database holds, as far as that is possible without a key; reading creates no database. */
export const lying = (page: Page) =>
  page.evaluate(async (): Promise<Lying> => {
    const nothing: Lying = { accounts: [], sealed: [], outbox: [] }
    if (!(await indexedDB.databases()).some(({ name }) => name === 'ngoai-tuyen')) return nothing
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open('ngoai-tuyen')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const transaction = opening.result.transaction(['accounts', 'sealed', 'outbox'])
        const accounts = transaction.objectStore('accounts').getAll()
        const sealed = transaction.objectStore('sealed').getAllKeys()
        const outbox = transaction.objectStore('outbox').getAll()
        transaction.oncomplete = () => {
          opening.result.close()
          resolve({
            accounts: accounts.result.map(row => ({
              accountId: row.accountId,
              hasKey: row.key !== null,
              hasPin: row.pin !== null,
            })),
            sealed: sealed.result.map(slot => String(slot).replace(/^\d+:/, '')).sort(),
            outbox: outbox.result.map(row => row.state),
          })
        }
      }
    })
  })

/** Opens the app with a network, and waits until the phone has what it needs without one. */
export async function equipped(page: Page, sealed = ['codes', 'copy']) {
  await page.goto('/')
  await expect
    .poll(async () => ({
      hasShell: await page.evaluate(async () => (await caches.match('/ngoai-tuyen')) !== undefined),
      isWatched: await page.evaluate(() => navigator.serviceWorker.controller !== null),
      sealed: (await lying(page)).sealed,
    }))
    .toEqual({ hasShell: true, isWatched: true, sealed })
}

export async function phoneOf(context: BrowserContext) {
  const page = await context.newPage()
  await equipped(page)
  return page
}

/** Fills the form of the shell and keeps it on the phone. */
export async function keepOffline(page: Page, who = citizen()) {
  await fillHelp(page, who)
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  return who
}

export const waitingTab = (page: Page) =>
  page.getByRole('navigation', { name: 'Phần dùng ngoại tuyến' }).getByText('Chờ gửi')

/** Waits until the page says that everything typed into its form is sealed on the phone. */
export const isSealed = (page: Page) =>
  expect(page.getByText('Nội dung đang nhập được giữ trên máy này.')).toBeVisible()

/** The offer to go on with a form that was left unsaved. */
export const offer = (page: Page) => page.getByText(/^Anh\/chị đang ghi dở/)
