import type { Browser } from '@playwright/test'
import sharp from 'sharp'
import { contextOf, expect, expectWell, idsAt, type Page, query, test, watch } from './person.ts'
import { citizen, forgetPhones, keepOffline, PHONE, phoneOf, waitingTab } from './phone.ts'

/*
 * What a phone does with a picture before it is sent, and with a store that the browser may empty.
 */

const LIMIT_BYTES = 5 * 1024 * 1024

/** The login of an official of the demo's commune who holds no role and is in no other journey. */
function loginOfSomebody(): string {
  const [found] = query<{ login: string }>(
    `select a.login from account a join posting p on p.official_id = a.official_id and p.to_on is null
      where p.unit_id = ? and p.category <> 'member' and p.position not like 'Trưởng ấp %'
        and not exists (select 1 from role_grant g where g.account_id = a.id) and a.login not in ('canbo', 'daumoi')
      order by a.id desc limit 1`,
    idsAt('in').unitId,
  )
  if (!found) throw new Error('nobody')
  return found.login
}

/** A picture with the noise of a photograph. */
const photo = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 12 } },
  })

const file = (page: Page) => page.getByLabel(/Tệp minh chứng/)

async function formOf(browser: Browser): Promise<Page> {
  const context = await contextOf(browser, loginOfSomebody(), PHONE)
  const page = watch(await context.newPage())
  await page.goto('/nghia-vu/phone_4g')
  await page.getByLabel(/Hãng điện thoại/).fill('Vsmart')
  await page.getByLabel(/Kiểu máy/).fill('Joy 4')
  await page.getByLabel(/Kết nối 4G|4G/).check()
  return page
}

/** What the form holds and will send. */
const held = (page: Page) =>
  file(page).evaluate(input => {
    const chosen = input instanceof HTMLInputElement ? input.files?.[0] : undefined
    return chosen && { name: chosen.name, type: chosen.type, size: chosen.size }
  })

/** Sends the form; what is stored of the picture. */
async function send(page: Page) {
  const before = query<{ id: number }>('select max(id) as id from stored_file')[0]?.id ?? 0
  await page.getByRole('button', { name: 'Gửi kê khai' }).click()
  const stored = () =>
    query<{ type: string; size: number }>('select media_type as type, size from stored_file where id > ?', before)
  await expect.poll(() => stored().length).toBe(1)
  return stored()
}

for (const [kind, format] of [
  ['PNG', 'png'],
  ['WebP', 'webp'],
] as const)
  test(`a large ${kind} is made a small JPEG on the phone, and only that is sent`, async ({ browser }) => {
    const page = await formOf(browser)
    const large =
      format === 'png'
        ? await photo(3200, 2000).png().toBuffer()
        : await photo(3200, 2000).webp({ quality: 98 }).toBuffer()
    if (format === 'png') expect(large.length).toBeGreaterThan(LIMIT_BYTES)
    await file(page).setInputFiles({ name: `man-hinh.${format}`, mimeType: `image/${format}`, buffer: large })
    await expect(page.getByText(/^Đã thu nhỏ ảnh còn [\d.]+ KB\.$/)).toBeVisible()
    await expectWell(page)
    const small = await held(page)
    expect(small).toMatchObject({ name: 'man-hinh.jpg', type: 'image/jpeg' })
    expect(small?.size).toBeLessThan(Math.min(large.length, LIMIT_BYTES))
    expect(await send(page)).toMatchObject([{ type: 'image/jpeg' }])
    await page.context().close()
  })

test('a small JPEG goes as it is', async ({ browser }) => {
  const page = await formOf(browser)
  const small = await photo(60, 40).jpeg({ quality: 40 }).toBuffer()
  await file(page).setInputFiles({ name: 'nho.jpg', mimeType: 'image/jpeg', buffer: small })
  expect(await held(page)).toEqual({ name: 'nho.jpg', type: 'image/jpeg', size: small.length })
  expect(await send(page)).toMatchObject([{ type: 'image/jpeg' }])
  await page.context().close()
})

test('a HEIC that the browser cannot read is told in words at once, and the form keeps everything', async ({
  browser,
}) => {
  const page = await formOf(browser)
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(3000, 7)])
  const posts: string[] = []
  page.on('request', request => request.method() === 'POST' && posts.push(new URL(request.url()).pathname))
  // phones often name no type
  await file(page).setInputFiles({ name: 'IMG_0001.HEIC', mimeType: '', buffer: heic })
  const said = page.getByText(/Đây là ảnh HEIC/)
  await expect(said).toBeVisible()
  await expectWell(page)
  await page.getByRole('button', { name: 'Gửi kê khai' }).click()
  await expect(said.first()).toBeVisible()
  await expect(page.getByLabel(/Hãng điện thoại/)).toHaveValue('Vsmart')
  await expect(page.getByLabel(/Kiểu máy/)).toHaveValue('Joy 4')
  expect(posts.filter(path => path.startsWith('/nghia-vu/'))).toEqual([])
  await file(page).setInputFiles({
    name: 'man-hinh.webp',
    mimeType: 'image/webp',
    buffer: await photo(300, 200).webp().toBuffer(),
  })
  await expect(said).toHaveCount(0)
  expect(await send(page)).toMatchObject([{ type: 'image/jpeg' }])
  await page.context().close()
})

test('without scripts a HEIC is answered by the server, and the form keeps everything', async ({ browser }) => {
  const context = await contextOf(browser, loginOfSomebody(), { ...PHONE, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/nghia-vu/phone_4g')
  await page.getByLabel(/Hãng điện thoại/).fill('Vsmart')
  await page.getByLabel(/Kiểu máy/).fill('Joy 4')
  await page.getByLabel(/Kết nối 4G|4G/).check()
  const buffer = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(3000, 7)])
  await file(page).setInputFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer })
  await page.getByRole('button', { name: 'Gửi kê khai' }).click()
  await expect(page.getByText(/Đây là ảnh HEIC/).first()).toBeVisible()
  await expect(page.getByLabel(/Hãng điện thoại/)).toHaveValue('Vsmart')
  await expect(page.getByLabel(/Kết nối 4G|4G/)).toBeChecked()
  await context.close()
})

for (const isKept of [false, true])
  test(`where the browser ${isKept ? 'keeps the store' : 'may empty the store'}, the outbox ${isKept ? 'says nothing of it' : 'says so while something waits'}`, async ({
    browser,
  }) => {
    forgetPhones()
    const context = await contextOf(browser, 'canbo', PHONE)
    await context.addInitScript(answer => {
      StorageManager.prototype.persist = () => Promise.resolve(answer)
    }, isKept)
    const page = await phoneOf(context)
    await context.setOffline(true)
    await waitingTabOf(page)
    const notice = page.getByText('Trình duyệt này có thể tự xóa dữ liệu trên máy')
    await expect(page.getByText('Không có trường hợp nào chờ gửi')).toBeVisible()
    await expect(notice).toHaveCount(0)
    const who = await keepOffline(page, citizen())
    await waitingTabOf(page)
    await expect(page.getByText(who.name)).toBeVisible()
    await expect(notice).toHaveCount(isKept ? 0 : 1)
    if (!isKept) await expect(page.getByText(/trong vòng 7 ngày/)).toBeVisible()
    await expectWell(page)
    await context.close()
  })

/** Opens what waits, in the part without a network. */
async function waitingTabOf(page: Page) {
  await page.goto('/ngoai-tuyen')
  await waitingTab(page).click()
}
