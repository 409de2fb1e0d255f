import { createHash, randomBytes } from 'node:crypto'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import type { RouteAccess } from './route-access.ts'

const DAY_MS = 86_400_000
const ORIGIN = `http://127.0.0.1:${process.env.E2E_PORT ?? '3187'}`

/** Runs one statement against the province's database, beside the running server. */
export function query<Row>(text: string, ...values: unknown[]): Row[] {
  return queryIn(process.env.E2E_DATABASE ?? '', text, ...values)
}

/** The same against another server's database. */
export function queryIn<Row>(file: string, text: string, ...values: unknown[]): Row[] {
  const database = new Database(file, { timeout: 5000 })
  try {
    const statement = database.prepare(text)
    if (statement.reader) return statement.all(...values) as Row[]
    statement.run(...values)
    return []
  } finally {
    database.close()
  }
}

export type Ids = Record<string, string | number>

/** The ids that a row's URL names, out of the synthetic province. */
export function idsAt(place: NonNullable<RouteAccess['at']>): Ids {
  if (place === 'drawn') return drawnIds()
  if (place === 'district')
    return { unitId: query<{ id: number }>("select id from unit where name = 'Thành phố Đồng Xoài'")[0]?.id ?? 0 }
  const first = (text: string, ...values: unknown[]) =>
    Object.values(query<Ids>(text, ...values)[0] ?? { none: 0 })[0] ?? 0
  const own = first("select official_id from account where login = 'canbo'")
  const ownUnit = first('select unit_id from posting where official_id = ? and to_on is null', own)
  const unitId =
    place === 'in'
      ? ownUnit
      : first('select id from unit where name = ?', place === 'out' ? 'UBND xã Lộc Hiệp' : 'Bộ Chỉ huy Quân sự tỉnh')
  const officialId =
    place === 'in'
      ? own
      : first("select official_id from posting where unit_id = ? and to_on is null and category <> 'member'", unitId)
  return {
    unitId,
    officialId,
    helpId: first('select id from help where official_id = ?', officialId),
    code: place === 'in' ? first('select locality_code from unit where id = ?', ownUnit) : '70',
    accountId: first("select id from account where login = 'daumoi'"),
    campaignId: 1,
    campaign: '128-kh-ubnd',
    chapterId: first('select id from chapter where unit_id = ?', ownUnit),
    fileId: first('select id from stored_file where unit_id = ?', unitId),
    paperId: first('select id from prepared_paper where unit_id = ?', unitId),
    exemptionId: first(
      'select e.id from exemption e join posting p on p.official_id = e.official_id where p.unit_id = ? and p.to_on is null',
      unitId,
    ),
    transferId: place === 'in' ? first("select id from transfer where state = 'asked' and unit_id = ?", unitId) : 0,
    correctionId: 0,
    grantId: 1,
    signerId: 1,
    jobId: 1,
    batchId: 0,
    list: 'don-vi',
    tokenId: 0,
    helpBatchId: first("select id from import_batch where kind = 'help' and applied_at is null order by id"),
    disputeId: 0,
    reconsiderationId: 0,
    inspectionId: first('select inspection_id from untrue_report_finding where withdrawn_at is null'),
    layoutId: 0,
    requestId: 0,
    extractId: first('select id from extract'),
    assignmentId:
      place === 'in'
        ? first("select id from assignment where official_id = ? and state = 'appointment'", own)
        : first('select id from assignment where unit_id = ?', unitId),
    teamId: first('select id from team where unit_id = ?', unitId),
    part: 'phone_4g',
    period: 'tuan-2024-06-07',
    outreachId: first('select id from outreach where unit_id = ?', unitId),
    pointId: first('select id from collection_point where unit_id = ?', unitId),
    offerId: first('select id from offer order by id'),
    wishId: 0,
    difficultyId: first('select id from difficulty where unit_id = ? and answered_at is null', unitId),
    closingId: 0,
    scenarioId: 0,
    gateId: 0,
    // one of the unit's people who has explained: the head's opinion is the next step
    caseId: first(
      "select max(c.id) from review_case c where c.unit_id = ? and (select kind from review_step s where s.case_id = c.id order by s.id desc limit 1) = 'explanation'",
      unitId,
    ),
    step: 'y-kien',
    basisId: first('select id from legal_basis'),
    roundId: 0,
    candidateId: 0,
    document: 'danh-sach.xlsx',
    unitPaper: 'to-trinh.docx',
    reviewPaper: 'thong-bao.docx',
    rateId: 0,
  }
}

/** Returns the inspection that is under way, and one of its records that has no result yet. */
function drawnIds(): Ids {
  const [ids] = query<Ids>(
    `select i.id as inspectionId, p.help_id as helpId from inspection i join inspection_pick p on p.inspection_id = i.id
      where i.concluded_at is null and p.result is null order by i.id, p.place`,
  )
  return ids ?? {}
}

/** The ids of every place. */
export const idsOfAll = (): Record<string, Ids> =>
  Object.fromEntries((['in', 'out', 'mil', 'drawn', 'district'] as const).map(place => [place, idsAt(place)]))

/** A row's URL with its ids filled in. */
export const urlOf = ({ route, at = 'in' }: RouteAccess, ids: Record<string, Ids>) =>
  `/${route.replace('*', 'khong-co').replaceAll(/:(\w+)/g, (_, name: string) => String(ids[at]?.[name]))}`

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

/** The two ways in which a journey is gone: with scripts on a phone, without them on a desktop. */
export const ON_PHONE = { name: 'on a phone', viewport: { width: 360, height: 780 }, javaScriptEnabled: true }
export const ON_DESKTOP = {
  name: 'on a desktop without JavaScript',
  viewport: { width: 1280, height: 900 },
  javaScriptEnabled: false,
}

/** A browser context that is signed in as this account. */
export async function contextOf(
  browser: Browser,
  login: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  await become(context, login)
  return context
}

/** Signs this account in, in a browser where somebody else may have been. */
export async function become(context: BrowserContext, login: string) {
  const { name, value } = sessionCookie(login)
  // a `__Host-` cookie has no domain, which only the protocol itself can say
  const page = await context.newPage()
  const protocol = await context.newCDPSession(page)
  await protocol.send('Network.setCookie', { url: ORIGIN, name, value, secure: true, httpOnly: true, path: '/' })
  await page.close()
}

/** The day of the first notices of non-completion, after the last day of plan 128. */
const AFTER_END = '2024-07-04'

/** Moves the pretended date past the campaign's end, and waits for the demo's cases of due process. */
export async function passTheEnd(page: Page) {
  await page.goto('/ngay-mau')
  const banner = page.getByRole('region', { name: 'Dữ liệu mẫu' })
  if (/ngày \d\d\/6\/2024/.test((await banner.textContent()) ?? '')) {
    await page.getByLabel('Ngày').fill(AFTER_END)
    await page.getByRole('button', { name: 'Chuyển ngày mẫu' }).click()
  }
  await expect(banner).toContainText(/ngày (04|10)\/7\/2024/)
  const staged = "select 1 from event where verb = 'add' and subject = 'review_case' and actor_kind = 'system'"
  await expect.poll(() => query(staged).length, { timeout: 60_000 }).toBe(1)
}

/** Moves the pretended date past the last day of the final reports, from which on the campaign can be closed. */
async function passTheReports(page: Page) {
  await page.goto('/ngay-mau')
  await page.getByLabel('Ngày').fill('2024-07-10')
  await page.getByRole('button', { name: 'Chuyển ngày mẫu' }).click()
  await expect(page.getByRole('region', { name: 'Dữ liệu mẫu' })).toContainText('ngày 10/7/2024')
}

/** Closes the campaign for good: the office leaves what waits with a reason and proposes, home affairs confirms. */
export async function closeForGood(office: Page, homeAffairs: Page) {
  await passTheReports(office)
  const open = office.getByRole('link', { name: 'Để lại, ghi lý do' })
  await office.goto('/ket-thuc')
  while ((await open.count()) > 0) {
    await open.first().click()
    await office.getByLabel(/Vì sao để lại/).fill('Đã nhắc, đơn vị bổ sung sau.')
    await office.getByRole('button', { name: 'Ghi lý do' }).click()
    await expect(office.getByText('Đã ghi lý do để lại.')).toBeVisible()
  }
  await office.locator('summary').filter({ hasText: 'Đề nghị kết thúc đợt' }).click()
  await office.getByRole('button', { name: 'Đề nghị kết thúc đợt' }).click()
  await expect(office.getByText('Đã đề nghị. Một người khác xác nhận trên trang này.')).toBeVisible()
  await expectWell(office)
  await homeAffairs.goto('/ket-thuc')
  await homeAffairs.locator('summary').filter({ hasText: 'Xác nhận' }).click()
  await homeAffairs.getByRole('button', { name: 'Xác nhận' }).click()
  await expect(homeAffairs.getByText(/Phiên bản \d+: kết thúc đợt/).first()).toBeVisible({ timeout: 60_000 })
  await expectWell(homeAffairs)
}

const faults = new WeakMap<Page, string[]>()

/**
 * Notes every console error, refused resource and uncaught exception of the page, for `expectWell` to find. A form that
 * is refused with 400 is an answer, though browsers log it.
 */
export function watch(page: Page): Page {
  const found: string[] = []
  faults.set(page, found)
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 400/.test(message.text()))
      found.push(`${message.text()} at ${page.url()}`)
  })
  page.on('pageerror', error => found.push(`${error.message} at ${page.url()}`))
  return page
}

/** Waits until the page's script has taken over a field. */
export async function takenOver(field: Locator) {
  await expect
    .poll(() => field.evaluate(node => Object.keys(node).some(key => key.startsWith('__reactProps'))))
    .toBe(true)
}

/** No fault since the page is watched, and nothing that scrolls sideways. */
export async function expectSound(page: Page) {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0)
  expect(faults.get(page) ?? []).toEqual([])
}

/** Like `expectSound`, and expects no accessibility violation; for pages that may run scripts, because axe is one. */
export async function expectWell(page: Page) {
  // in the page itself: it frames nothing from elsewhere, and a page opened aside for each run costs more than the run
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`),
    page.url(),
  ).toEqual([])
  await expectSound(page)
}

export { expect, type Page }
export const test = base
