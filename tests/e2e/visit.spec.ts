import { fillHelp, saveHelp } from './help-entry.ts'
import { contextOf, expect, expectSound, expectWell, type Page, test, watch } from './person.ts'
import { citizen, forgetPhones, PHONE, phoneOf } from './phone.ts'

/*
 * After a record is saved: the next person of the same visit, and the citizen's code on the first screen of a small phone.
 */

const SMALL = { viewport: { width: 360, height: 640 } }

test.beforeAll(forgetPhones)

/** Fills a visit that is not the usual one: at a school, another commune, a hamlet, in writing. */
async function fillVisit(page: Page, who = citizen()) {
  await fillHelp(page, who)
  await page.getByLabel(/Nơi hỗ trợ/).selectOption('school')
  await page.getByLabel(/Ấp, thôn, khu phố/).fill('Ấp Suối Đôi')
  const commune = page.getByLabel(/Nơi ở \(xã/)
  const other = await commune.locator('option').nth(5).getAttribute('value')
  await commune.selectOption(other ?? '')
  await page.getByRole('radio', { name: 'Bằng văn bản' }).check()
  return { who, commune: other ?? '' }
}

/** The next person has the visit's place, commune, hamlet and way of consent; the person and their yes are empty. */
async function expectSameVisit(page: Page, commune: string) {
  await expect(page.getByLabel(/Nơi hỗ trợ/)).toHaveValue('school')
  await expect(page.getByLabel(/Nơi ở \(xã/)).toHaveValue(commune)
  await expect(page.getByLabel(/Ấp, thôn, khu phố/)).toHaveValue('Ấp Suối Đôi')
  await expect(page.getByRole('radio', { name: 'Bằng văn bản' })).toBeChecked()
  await expect(page.getByLabel(/Họ và tên/)).toHaveValue('')
  await expect(page.getByLabel(/Số định danh/)).toHaveValue('')
  await expect(page.getByLabel(/Người dân đồng ý/)).not.toBeChecked()
}

for (const javaScriptEnabled of [true, false])
  test(`the next person keeps place, commune, hamlet and way of consent, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    const context = await contextOf(browser, 'canbo', { ...SMALL, javaScriptEnabled })
    const page = watch(await context.newPage())
    const { who, commune } = await fillVisit(page)
    await saveHelp(page, who.name)
    await page.getByRole('link', { name: 'Thêm người khác' }).click()
    await expect(page.getByRole('heading', { name: 'Thêm người dân đã hỗ trợ' })).toBeVisible()
    await expectSameVisit(page, commune)
    await context.close()
  })

test('without a network too, before and after the first one is sent', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await context.setOffline(true)
  const { who, commune } = await fillVisit(page)
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  const kept = page.url()
  await page.getByRole('link', { name: 'Thêm người khác' }).click()
  await expectSameVisit(page, commune)
  await page.goto(kept)
  await context.setOffline(false)
  await expect(page.getByText('Hệ thống đã lưu trường hợp này.')).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Thêm người khác' }).click()
  await expectSameVisit(page, commune)
  await context.close()
})

test('the citizen’s code is whole on the first screen, can be handed on, and the page notices the answer', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', SMALL)
  await context.addInitScript(() => {
    const shared: unknown[] = []
    Object.assign(window, { shared })
    Object.defineProperty(Navigator.prototype, 'share', {
      configurable: true,
      value: async (what: unknown) => void shared.push(what),
    })
  })
  const page = watch(await context.newPage())
  const who = citizen()
  await fillHelp(page, who)
  await saveHelp(page, who.name)
  const code = page.getByRole('img', { name: 'Mã QR để người dân xác nhận' })
  await expect(code).toBeVisible()
  await expect(code).toBeInViewport({ ratio: 1 })
  expect(await page.evaluate(() => window.scrollY)).toBe(0)
  const box = await code.boundingBox()
  // as large as a phone reads it across a table
  expect(box?.width).toBeGreaterThanOrEqual(180)
  expect(await isCovered(page)).toBe(false)
  await expectWell(page)
  await page.getByRole('button', { name: 'Gửi đường dẫn' }).click()
  const url = (await page.getByRole('link', { name: /\/x\// }).getAttribute('href')) ?? ''
  // the journey's own stand-in for sharing keeps what it was given on the window
  expect(await page.evaluate(() => (window as unknown as { shared: { url: string }[] }).shared)).toMatchObject([
    { url },
  ])

  const own = await browser.newContext({ ...SMALL, javaScriptEnabled: false })
  const theirs = await own.newPage()
  await theirs.goto(url)
  await theirs.getByRole('button', { name: 'Đúng, tôi đã được hỗ trợ' }).click()
  await expect(theirs.getByRole('heading', { name: 'Cảm ơn bác, anh, chị' })).toBeVisible()
  // nothing is pressed or loaded again on the official's phone
  await expect(page.getByText('Người dân xác nhận đúng')).toBeVisible()
  await expect(code).toHaveCount(0)
  for (const one of [context, own]) await one.close()
})

test('without scripts the code is whole on the first screen too, and the page notices the answer', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', { ...SMALL, javaScriptEnabled: false })
  const page = watch(await context.newPage())
  const who = citizen()
  await fillHelp(page, who)
  await saveHelp(page, who.name)
  const code = page.getByRole('img', { name: 'Mã QR để người dân xác nhận' })
  await expect(code).toBeInViewport({ ratio: 1 })
  // a look by scripts needs scripts: the page with them has it in the journey above
  await expect(() => expectSound(page)).toPass({ timeout: 15_000 })
  const url = (await page.getByRole('link', { name: /\/x\// }).getAttribute('href')) ?? ''
  await page.getByRole('link', { name: 'Người dân đã có phiếu in sẵn' }).click()
  await expect(page.getByLabel('Mã trên phiếu đã trao')).toBeVisible()
  await page.goBack()
  const own = await browser.newContext({ ...SMALL, javaScriptEnabled: false })
  const theirs = await own.newPage()
  await theirs.goto(url)
  await theirs.getByRole('button', { name: 'Đúng, tôi đã được hỗ trợ' }).click()
  await expect(page.getByText('Người dân xác nhận đúng')).toBeVisible({ timeout: 20_000 })
  for (const one of [context, own]) await one.close()
})

/** Whether a bar or a banner lies over a corner of the code. */
const isCovered = (page: Page) =>
  page.evaluate(() => {
    const code = document.querySelector('.qr-code')
    if (!code) return true
    const { left, right, top, bottom } = code.getBoundingClientRect()
    const corners = [left + 12, right - 12].flatMap(x =>
      [top + 12, bottom - 12].map(y => document.elementFromPoint(x, y)),
    )
    return corners.some(found => found?.closest('.qr-code') !== code)
  })
