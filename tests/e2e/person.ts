import { createHash, randomBytes } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import Database from 'better-sqlite3'

const DAY_MS = 86_400_000
const ORIGIN = 'http://127.0.0.1:3187'

/** Runs one statement against the province's database, beside the running server. */
export function query<Row>(text: string, ...values: unknown[]): Row[] {
  const database = new Database(process.env.E2E_DATABASE ?? '', { timeout: 5000 })
  try {
    const statement = database.prepare(text)
    if (statement.reader) return statement.all(...values) as Row[]
    statement.run(...values)
    return []
  } finally {
    database.close()
  }
}

/** The cookie of a new session of this account: signing in without the sign-in page. */
export function sessionCookie(login: string, campaignId = 1): { name: string; value: string } {
  const id = randomBytes(20).toString('hex')
  const hash = createHash('sha256').update(id).digest('base64url')
  const [account] = query<{ id: number }>('select id from account where login = ?', login)
  if (!account) throw new Error(`no account ${login}`)
  query(
    'insert into session (id, account_id, campaign_id, expires_at, created_at, user_agent) values (?, ?, ?, ?, ?, ?)',
    hash,
    account.id,
    campaignId,
    Date.now() + DAY_MS,
    Date.now(),
    'e2e',
  )
  return { name: '__Host-phien', value: id }
}

/** A browser context that is signed in as this account. */
export async function contextOf(
  browser: Browser,
  login: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  const { name, value } = sessionCookie(login)
  // a `__Host-` cookie has no domain, which only the protocol itself can say
  const page = await context.newPage()
  const protocol = await context.newCDPSession(page)
  await protocol.send('Network.setCookie', { url: ORIGIN, name, value, secure: true, httpOnly: true, path: '/' })
  await page.close()
  return context
}

const faults = new WeakMap<Page, string[]>()

/** Notes every console error, refused resource and uncaught exception of the page, for `expectWell` to find. */
export function watch(page: Page): Page {
  const found: string[] = []
  faults.set(page, found)
  page.on('console', message => {
    if (message.type() === 'error') found.push(`${message.text()} at ${page.url()}`)
  })
  page.on('pageerror', error => found.push(`${error.message} at ${page.url()}`))
  return page
}

/** No fault since the page is watched, no accessibility violation, and nothing that scrolls sideways. */
export async function expectWell(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`),
    page.url(),
  ).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0)
  expect(faults.get(page) ?? []).toEqual([])
}

export { expect }
export const test = base
