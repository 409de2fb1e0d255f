import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { CardFixture } from '../fixtures/make-cards.ts'
import { contextOf, expect, expectWell, query, test, watch } from './person.ts'

const FOLDER = 'tests/fixtures/cards'
const CARDS = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8')) as CardFixture[]
const MAX_TAPS = 4

/** A fixture with what it holds; `file` must be a card. */
function cardIn(file: string) {
  const fixture = CARDS.find(known => known.file === file)
  if (!fixture || !('card' in fixture)) throw new Error(`no card ${file}`)
  return fixture.card
}

const choosePicture = (page: Page, file: string) =>
  page.locator('.card-scan input[type="file"]').first().setInputFiles(`${FOLDER}/${file}`)

test('a card from the gallery, then at most four taps to the saved record', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  const sent: string[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    // codes for use without a network are fetched whenever the page is open
    if (request.method() === 'POST' && pathname !== '/ngoai-tuyen/ma') sent.push(pathname)
  })
  await page.goto('/ho-tro/moi')
  const card = cardIn('year_2024-03.jpg')
  await choosePicture(page, 'year_2024-03.jpg')
  await expect(page.getByRole('status').filter({ hasText: `Đã điền theo thẻ của ${card.name}` })).toBeVisible()
  await expect(page.getByLabel(/Họ và tên/)).toHaveValue(card.name)
  await expect(page.getByLabel(/Số định danh/)).toHaveValue(card.number)
  await expect(page.getByLabel(/Ngày sinh/)).toHaveValue(card.birthOn ?? '')
  await expect(page.getByLabel(/Ấp, thôn, khu phố/)).toBeFocused()
  expect(sent, 'a scan asks about the number, and sends nothing else').toEqual(['/ho-tro/kiem-tra-so'])
  await expectWell(page)

  let taps = 0
  const tap = async (target: ReturnType<Page['getByRole']>) => {
    taps += 1
    await target.click()
  }
  await tap(page.getByRole('button', { name: 'Cả ba đều đạt trong ngày hỗ trợ' }))
  await tap(page.getByRole('radio', { name: 'Trên điện thoại của người dân' }))
  await tap(page.getByLabel(/Người dân đồng ý/))
  await tap(page.getByRole('button', { name: 'Lưu trường hợp' }))
  await expect(page.getByRole('heading', { name: card.name })).toBeVisible()
  expect(taps).toBeLessThanOrEqual(MAX_TAPS)
  await context.close()
})

test('consent has no answer ready, and a picture without a card says what to do', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo')
  const page = watch(await context.newPage())
  await page.goto('/ho-tro/moi')
  await expect(page.getByLabel(/Người dân đồng ý/)).not.toBeChecked()
  for (const radio of await page.getByRole('group', { name: 'Cách thể hiện đồng ý' }).getByRole('radio').all())
    await expect(radio).not.toBeChecked()
  const said = page.locator('.card-scan [role="status"]')
  await choosePicture(page, 'other-01.jpg')
  await expect(said).toHaveText(/Đây không phải mã trên thẻ căn cước/)
  await choosePicture(page, 'none-01.jpg')
  await expect(said).toHaveText(/Chưa thấy mã QR/)
  await page.locator('.card-scan input[type="file"]').setInputFiles('package.json')
  await expect(said).toHaveText(/không phải ảnh đọc được/)
  await expect(page.getByLabel(/Họ và tên/)).toHaveValue('')
  await context.close()
})

test('a card before the camera fills the form, and the camera is closed', async ({ baseURL }, { project }) => {
  const folder = mkdtempSync(join(tmpdir(), 'camera-'))
  const film = join(folder, 'card.mjpeg')
  const frame = await sharp(`${FOLDER}/clean-04.jpg`).resize(1280, 720, { fit: 'contain' }).jpeg().toBuffer()
  writeFileSync(film, Buffer.concat(Array.from({ length: 10 }, () => frame)))
  const { launchOptions } = project.use
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  try {
    const context = await contextOf(browser, 'canbo', { baseURL, permissions: ['camera'] })
    const page = watch(await context.newPage())
    await page.goto('/ho-tro/moi')
    await page.getByRole('button', { name: 'Quét mã QR trên thẻ' }).click()
    const card = cardIn('clean-04.jpg')
    await expect(page.getByRole('status').filter({ hasText: `Đã điền theo thẻ của ${card.name}` })).toBeVisible()
    await expect(page.getByLabel(/Số định danh/)).toHaveValue(card.number)
    await expect(page.locator('video')).toHaveCount(0)
    await expectWell(page)
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true })
  }
})

test('without a camera the page says so and stays as it was', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo')
  const page = watch(await context.newPage())
  await page.goto('/ho-tro/moi')
  await page.getByRole('button', { name: 'Quét mã QR trên thẻ' }).click()
  await expect(page.locator('.card-scan [role="status"]')).toHaveText(
    /Không tìm thấy máy ảnh|chưa được phép dùng máy ảnh/,
  )
  await expect(page.getByRole('button', { name: 'Quét mã QR trên thẻ' })).toBeVisible()
  await context.close()
})

test('typing is all there is without scripts', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/ho-tro/moi')
  await expect(page.getByLabel(/Số định danh/)).toBeVisible()
  await expect(page.locator('.card-scan')).toBeHidden()
  await expect(page.getByRole('button', { name: /đều đạt/ })).toHaveCount(0)
  await context.close()
})

/** A number that nobody has in the synthetic province, the same person each time within a run. */
const serial = String(Date.now() % 1_000_000).padStart(6, '0')
const numberOf = (n: number) => `07009${n}${serial}`

/** Fills what a session says once. */
async function fillSession(page: Page) {
  await page.goto('/ho-tro/buoi')
  await page.getByLabel(/Nơi hỗ trợ/).selectOption('school')
  for (const outcome of ['vneid_installed', 'eid_activated', 'sim_signature'])
    await page.locator(`input[name="outcome_${outcome}"][value="achieved"]`).check({ force: true })
  await page.getByRole('radio', { name: 'Bằng văn bản' }).check()
  await page.getByLabel(/Từng người trong danh sách đồng ý/).check()
}

const lineOf = (page: Page, n: number) => page.getByRole('group', { name: `Người thứ ${n}`, exact: true })

async function fillLine(page: Page, n: number, person: { name: string; number: string }) {
  await lineOf(page, n).getByLabel('Họ và tên').fill(person.name)
  await lineOf(page, n).getByLabel('Số định danh').fill(person.number)
}

for (const javaScriptEnabled of [true, false])
  test(`a session saves its good lines and keeps the others, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    const context = await contextOf(browser, 'canbo', { javaScriptEnabled, viewport: { width: 360, height: 780 } })
    const page = watch(await context.newPage())
    const base = javaScriptEnabled ? 0 : 5
    await fillSession(page)
    await fillLine(page, 1, { name: 'Nguyễn Thị Buổi', number: numberOf(base) })
    await fillLine(page, 2, { name: 'Trần Văn Sai', number: '123' })
    await fillLine(page, 3, { name: 'Lâm Thị Ba', number: numberOf(base + 1) })
    await page.getByRole('button', { name: 'Thêm dòng' }).click()
    await expect(lineOf(page, 4)).toBeVisible()
    await expect(lineOf(page, 3).getByLabel('Họ và tên')).toHaveValue('Lâm Thị Ba')
    if (javaScriptEnabled) {
      const card = cardIn('clean-02.jpg')
      await lineOf(page, 4).locator('input[type="file"]').setInputFiles(`${FOLDER}/clean-02.jpg`)
      await expect(lineOf(page, 4).getByLabel('Số định danh')).toHaveValue(card.number)
      await expectWell(page)
    }
    await page.getByRole('button', { name: 'Lưu cả buổi' }).click()
    await expect(page.getByText(`Đã lưu ${javaScriptEnabled ? 3 : 2} người`)).toBeVisible()
    await expect(lineOf(page, 1).getByLabel('Họ và tên')).toHaveValue('Trần Văn Sai')
    await expect(lineOf(page, 1).getByText(/12/)).toBeVisible()
    await expect(lineOf(page, 2)).toHaveCount(0)
    await lineOf(page, 1)
      .getByLabel('Số định danh')
      .fill(numberOf(base + 2))
    await page.getByRole('button', { name: 'Lưu cả buổi' }).click()
    await expect(page.getByText('Đã lưu 1 người của buổi hỗ trợ')).toBeVisible()
    for (const name of ['Nguyễn Thị Buổi', 'Lâm Thị Ba', 'Trần Văn Sai'])
      await expect(page.getByRole('link', { name }).first()).toBeVisible()
    await context.close()
  })

test('a session that is sent twice is saved once', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { javaScriptEnabled: false })
  const page = watch(await context.newPage())
  await fillSession(page)
  await fillLine(page, 1, { name: 'Phạm Thị Lặp', number: numberOf(9) })
  const [sent] = await Promise.all([
    page.waitForRequest(request => request.method() === 'POST'),
    page.getByRole('button', { name: 'Lưu cả buổi' }).click(),
  ])
  await expect(page.getByText('Đã lưu 1 người của buổi hỗ trợ')).toBeVisible()
  const saved = page.getByRole('link', { name: 'Phạm Thị Lặp' })
  const count = await saved.count()
  expect(count).toBeGreaterThan(0)
  const again = await page.request.post(sent.url(), {
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: new URL(sent.url()).origin },
    data: sent.postData() ?? '',
    maxRedirects: 0,
  })
  expect(again.status()).toBe(302)
  await page.reload()
  await expect(saved).toHaveCount(count)
  await context.close()
})

const IMPORT_HEAD =
  'Mã cán bộ\tNgười thực hiện\tHọ tên người dân\tSố định danh\tNăm sinh\tHuyện\tXã\tNgày hỗ trợ\tNơi hỗ trợ\tVNeID\tKích hoạt\tSIM\tCách đồng ý\tĐồng ý'

test('a coordinator pastes what came in by Zalo, sees every row, and enters the good ones', async ({ browser }) => {
  const [official] = query<{ code: string; name: string; unitId: number }>(
    `select o.staff_code as code, o.name, p.unit_id as unitId from official o join posting p on p.official_id = o.id
      where o.id = (select official_id from account where login = 'canbo') and p.to_on is null`,
  )
  if (!official) throw new Error('no official')
  const rowOf = (name: string, number: string, year: string) =>
    `${official.code}\t${official.name}\t${name}\t${number}\t${year}\tĐồng Xoài\tTân Thành\t10/4/2024\tTại nhà\tx\t12/4/2024\tx\tBằng văn bản\tx`
  const context = await contextOf(browser, 'daumoi', { viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  await page.goto(`/don-vi/${official.unitId}/truong-hop`)
  await page.getByRole('link', { name: 'Nhập hộ nhiều trường hợp' }).click()
  await page
    .getByLabel('Hoặc dán bảng từ Excel, Zalo')
    .fill([IMPORT_HEAD, rowOf('Bùi Thị Zalo', numberOf(3), '1993'), rowOf('Đặng Văn Sai', '12', '1990')].join('\n'))
  await page.getByRole('button', { name: 'Tải lên và xem trước' }).click()
  await expect(page.getByRole('heading', { name: 'Xem trước trường hợp nhập hộ' })).toBeVisible()
  await expect(page.getByText('1 dòng cần sửa', { exact: true })).toBeVisible()
  await expect(page.getByText(/Số định danh: .*12 chữ số/)).toBeVisible()
  await expectWell(page)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Tải các dòng cần sửa' }).click()
  expect((await download).suggestedFilename()).toMatch(/^can-sua-\d+-128-kh-ubnd\.xlsx$/)
  await page.getByRole('button', { name: 'Nhập 1 dòng đúng' }).click()
  await expect(page.getByText('Đã ghi 1 trường hợp nhập hộ')).toBeVisible()
  await page.getByRole('link', { name: 'Xem trường hợp của đơn vị' }).click()
  await expect(page.getByRole('link', { name: 'Bùi Thị Zalo' }).first()).toBeVisible()
  await context.close()
})

for (const path of ['/ho-tro/moi', '/ho-tro/buoi'])
  test(`${path}: nothing moves when the script comes after the page`, async ({ browser }) => {
    const context = await contextOf(browser, 'canbo', { viewport: { width: 360, height: 780 } })
    const page = await context.newPage()
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver(list => {
        for (const shift of list.getEntries()) shifts.push((shift as unknown as { value: number }).value)
      }).observe({ type: 'layout-shift', buffered: true })
    })
    let sendScripts = () => {}
    const painted = new Promise<void>(resolve => {
      sendScripts = resolve
    })
    await page.route(/\/assets\/.*\.js$/, async route => {
      await painted
      await route.continue()
    })
    await page.goto(path, { waitUntil: 'commit' })
    await expect(page.getByLabel(/Số định danh/).first()).toBeVisible()
    await page.evaluate(() => document.fonts.ready)
    // two frames: what is there has been painted
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
    sendScripts()
    await expect(page.getByRole('button', { name: 'Chọn ảnh có mã QR' }).first()).toBeVisible()
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThanOrEqual(0.02)
    await context.close()
  })
