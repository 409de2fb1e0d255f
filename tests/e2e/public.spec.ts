import { expect, expectWell, query, test, watch } from './person.ts'

const PAGES = ['/cong-khai', '/cong-khai/dia-ban/689', '/cong-khai/nhung'] as const

/** The worker publishes a few seconds after the province is loaded. */
async function isPublished() {
  await expect.poll(() => query('select 1 from publication').length, { timeout: 30_000 }).toBeGreaterThan(0)
}

test.describe('the public page', () => {
  test.beforeEach(isPublished)

  test('stands at both widths, without sign-in or script', async ({ browser }) => {
    const context = await browser.newContext()
    const page = watch(await context.newPage())
    const scripts: string[] = []
    page.on('request', request => {
      if (request.resourceType() === 'script') scripts.push(request.url())
    })
    for (const path of PAGES)
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        const response = await page.goto(path)
        expect(response?.status(), path).toBe(200)
        expect(response?.headers()['set-cookie'], path).toBeUndefined()
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        expect(await page.locator('script').count(), path).toBe(0)
        await expectWell(page)
      }
    expect(scripts).toEqual([])
    await context.close()
  })

  test('leads from the province to a district and back', async ({ page }) => {
    await page.goto('/cong-khai')
    await expect(page.getByText(/^Ngày thứ 7\d trong 91 ngày$/)).toBeVisible()
    await page
      .getByRole('list', { name: /theo huyện/ })
      .getByRole('link', { name: /Đồng Xoài/ })
      .click()
    await expect(page.getByRole('heading', { name: 'Thành phố Đồng Xoài' })).toBeVisible()
    await expect(page.getByRole('row', { name: /UBND xã Tân Thành/ })).toBeVisible()
    await page.getByRole('link', { name: 'Tỉnh Bình Phước' }).click()
    await page.getByText(/Khối lực lượng vũ trang · /).click()
    const rows = page.getByRole('table', { name: 'Khối lực lượng vũ trang' }).getByRole('row')
    await expect(rows.nth(1)).toContainText('không nêu')
  })

  test('answers 304 to whoever has it, and says how long it keeps', async ({ request }) => {
    for (const path of [...PAGES, '/cong-khai.json', '/api/v1/openapi.json']) {
      const first = await request.get(path)
      const { etag = '', 'cache-control': cache } = first.headers()
      expect(cache, path).toMatch(/^public, max-age=\d+/)
      const again = await request.get(path, { headers: { 'If-None-Match': etag } })
      expect(again.status(), path).toBe(304)
      expect(await again.text()).toBe('')
      expect((await request.get(path, { headers: { 'If-None-Match': 'W/"other"' } })).status(), path).toBe(200)
    }
  })

  test('can be put into a frame, and nothing else can', async ({ request }) => {
    for (const path of PAGES) {
      const headers = (await request.get(path)).headers()
      expect(headers['content-security-policy'], path).toContain('frame-ancestors *')
      expect(headers['x-frame-options'], path).toBeUndefined()
    }
    for (const path of ['/', '/dang-nhap', '/x', '/cong-khai.json', '/cong-khaix', '/api/v1', '/quan-tri']) {
      const headers = (await request.get(path)).headers()
      expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
      expect(headers['x-frame-options'], path).toBe('DENY')
    }
  })

  test('names nobody, and gives away nothing that is not rounded', async ({ request }) => {
    const names = query<{ name: string }>('select distinct name from official order by id limit 4000')
    for (const path of [...PAGES, '/cong-khai.json']) {
      const text = await (await request.get(path)).text()
      expect(
        names.filter(({ name }) => text.includes(name)),
        path,
      ).toEqual([])
      expect(text, path).not.toMatch(/\b0\d{9}\b|\b\d{12}\b/)
    }
    const board = await (await request.get('/cong-khai.json')).json()
    const given = [...board.localities, ...board.units].flatMap(({ people, officials }) => [people, officials ?? null])
    expect(given.filter(value => value !== null).length).toBeGreaterThan(100)
    expect(given.filter(value => value !== null && (value % 5 !== 0 || value < 20))).toEqual([])
    const armed = board.units.filter((unit: { block: string }) => unit.block === 'armed_forces')
    expect(armed.filter((unit: { officials: number | null }) => unit.officials !== null)).toEqual([])
  })

  test('tells whoever is sent the link what it says', async ({ page }) => {
    await page.goto('/cong-khai')
    const content = (property: string) => page.locator(`meta[property="og:${property}"]`).getAttribute('content')
    expect(await content('title')).toContain('4 phủ')
    expect(await content('description')).toMatch(/Ngày thứ 7\d trong 91 ngày\. Kích hoạt định danh điện tử: /)
    expect(await content('url')).toMatch(/\/cong-khai$/)
  })
})
