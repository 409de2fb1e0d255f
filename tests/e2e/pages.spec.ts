import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'
import { contextOf, expect, expectSound, expectWell, idsOfAll, query, test, urlOf, watch } from './person.ts'
import { ROUTE_ACCESS } from './route-access.ts'

const SCRIPT_LIMIT_BYTES = 150 * 1024
/** What a form of the page without a network loads once it is opened, beyond the page itself. */
const PART_LIMIT_BYTES = 32 * 1024
const WIDTHS = [
  { width: 360, height: 780 },
  { width: 1280, height: 900 },
] as const
/** The narrowest phone, and a page of 1,280 px made twice as large. */
const ALSO = [
  { width: 320, height: 640 },
  { width: 640, height: 450 },
] as const

/** One account for each page, and what it opens there; files are not pages. */
const PAGES = [
  ...new Map(
    ROUTE_ACCESS.filter(
      ({ route, opens, at, afterEnd }) =>
        opens &&
        !afterEnd &&
        at !== 'mil' &&
        at !== 'out' &&
        !/xlsx|csv|docx|pdf|json|ics|healthz|^tep|^ngoai-tuyen\//.test(route),
    ).map(row => [row.route, { row, login: row.opens?.split(' ')[0] ?? '' }]),
  ).values(),
]

/** Weighs the scripts that a page loads from now on; the answer ends it (bytes, compressed). */
function weighScripts(page: Page): () => Promise<number> {
  // by address: a script preloaded before the service worker takes over is reported twice
  const sizes = new Map<string, Promise<number>>()
  const measure = (response: Response) => {
    if (response.request().resourceType() === 'script' || response.url().endsWith('.js'))
      sizes.set(
        response.url(),
        response.body().then(
          body => gzipSync(body).length,
          () => 0,
        ),
      )
  }
  page.on('response', measure)
  return async () => {
    page.off('response', measure)
    return (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
  }
}

for (const login of new Set(PAGES.map(page => page.login)))
  test(`the pages of ${login}`, async ({ browser }) => {
    test.setTimeout(400_000)
    const ids = idsOfAll()
    const context = await contextOf(browser, login)
    const page = watch(await context.newPage())
    for (const { row } of PAGES.filter(candidate => candidate.login === login)) {
      const scriptBytes = weighScripts(page)
      for (const [n, viewport] of WIDTHS.entries()) {
        await page.setViewportSize(viewport)
        if (n === 0) await page.goto(urlOf(row, ids), { waitUntil: 'load' })
        await expectWell(page)
      }
      for (const viewport of ALSO) {
        await page.setViewportSize(viewport)
        await expectSound(page)
      }
      const scripts = await scriptBytes()
      expect(scripts, `${page.url()} sends ${scripts} bytes of script`).toBeLessThanOrEqual(SCRIPT_LIMIT_BYTES)
    }
    await context.close()
  })

test('the page without a network loads its forms once they are opened, and so much for each', async ({ browser }) => {
  const [listed] = query<{ id: number }>(
    `select s.id from assignment s join account a on a.official_id = s.official_id
      where a.login = 'canbo' and s.state = 'not_contacted' and s.help_id is null order by s.hamlet, s.id limit 1`,
  )
  const context = await contextOf(browser, 'canbo')
  const page = await context.newPage()
  // a copy to open the parts on
  await page.goto('/ngoai-tuyen')
  await expect(page.getByRole('link', { name: 'Thêm người dân đã hỗ trợ' })).toBeVisible()
  const bytes: number[] = []
  for (const [part, shows] of [
    ['', 'Nội dung bản thân thực hiện'],
    ['#them', 'Thêm người dân đã hỗ trợ'],
    [`#goi=${listed?.id}`, 'Ghi kết quả liên hệ'],
    ['#phieu', 'Phiếu kiểm tra mang theo'],
  ]) {
    await page.goto('about:blank')
    const scriptBytes = weighScripts(page)
    await page.goto(`/ngoai-tuyen${part}`)
    await expect(page.getByRole('heading', { name: shows })).toBeVisible()
    bytes.push(await scriptBytes())
  }
  test.info().annotations.push({ type: 'bytes at opening, then with each part', description: bytes.join(', ') })
  const [opened = 0, ...withPart] = bytes
  expect(opened).toBeLessThanOrEqual(SCRIPT_LIMIT_BYTES)
  for (const sent of withPart) {
    // not loaded before
    expect(sent).toBeGreaterThan(opened)
    expect(sent - opened).toBeLessThanOrEqual(PART_LIMIT_BYTES)
  }
  await context.close()
})

test('no page sends the library that shapes forms: the server alone reads them', () => {
  const assets = 'build/client/assets'
  const scripts = readdirSync(assets).filter(name => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(100)
  expect(scripts.filter(name => readFileSync(join(assets, name), 'utf8').includes('ZodError'))).toEqual([])
})

test('the sign-in page signs in, and says when it does not', async ({ page }) => {
  watch(page)
  await page.goto('/ho-tro')
  await expect(page).toHaveURL(/\/dang-nhap\?den=/)
  await page.getByLabel(/Mã cán bộ/).fill('canbo')
  await page.getByLabel(/Mật khẩu/).fill('không phải mật khẩu')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page.getByText('Mã cán bộ, số điện thoại hoặc mật khẩu chưa đúng.').first()).toBeVisible()
  await page.getByLabel(/Mật khẩu/).fill('demo-4phu')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page.getByRole('heading', { name: 'Trường hợp đã hỗ trợ' })).toBeVisible()
})

test('the pretended date moves forward, never back', async ({ browser }) => {
  const context = await contextOf(browser, 'lanhdao')
  const page = watch(await context.newPage())
  await page.goto('/')
  const banner = page.getByRole('region', { name: 'Dữ liệu mẫu' })
  await expect(banner).toContainText(/ngày 1[23]\/6\/2024/)
  const moveTo = async (day: string) => {
    await page.goto('/ngay-mau')
    // the browser's own bound would stop a day back before the server can
    await page.getByLabel('Ngày').evaluate(field => field.removeAttribute('min'))
    await page.getByLabel('Ngày').fill(day)
    await page.getByRole('button', { name: 'Chuyển ngày mẫu' }).click()
  }
  await moveTo('2024-06-13')
  await expect(banner).toContainText('ngày 13/6/2024')
  await moveTo('2024-06-12')
  await expect(page.getByText(/chọn thời điểm muộn hơn/).first()).toBeVisible()
  await expect(banner).toContainText('ngày 13/6/2024')
  await context.close()
})
