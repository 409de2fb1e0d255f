import { contextOf, expect, expectWell, idsAt, query, test, watch } from './person.ts'

const ZALO =
  'Mozilla/5.0 (Linux; Android 12; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 Zalo android/12110654 ZaloTheme/light ZaloLanguage/vn'

test('whoever opens a link inside Zalo is offered Chrome before anything is typed', async ({ browser }) => {
  const context = await browser.newContext({ userAgent: ZALO, viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  await page.goto('/ho-tro/moi')
  const link = page.getByRole('link', { name: 'Mở bằng Chrome' })
  await expect(link).toHaveAttribute(
    'href',
    /^intent:\/\/127\.0\.0\.1:\d+\/dang-nhap\?den=%2Fho-tro%2Fmoi#Intent;scheme=http;package=com\.android\.chrome;end$/,
  )
  const field = await page.getByLabel(/Mã cán bộ/).boundingBox()
  const offer = await link.boundingBox()
  expect(offer?.y ?? 0).toBeLessThan(field?.y ?? 0)
  await expectWell(page)
  await context.close()
  const plain = await browser.newPage()
  await plain.goto('/dang-nhap')
  await expect(plain.getByLabel(/Mã cán bộ/)).toBeVisible()
  await expect(plain.getByRole('link', { name: 'Mở bằng Chrome' })).toHaveCount(0)
  await plain.close()
})

test('a coordinator sees what waits, prints who lacks what, and takes a message that names nobody', async ({
  browser,
}) => {
  const { unitId } = idsAt('in')
  const context = await contextOf(browser, 'daumoi')
  const page = watch(await context.newPage())
  await page.goto('/nhac-viec')
  await page.getByRole('link', { name: /^\d+ trường hợp chờ xác nhận/ }).click()
  await expect(page).toHaveURL(new RegExp(`/don-vi/${unitId}/xac-nhan$`))
  await page.goto('/nhac-viec')
  await page.getByRole('link', { name: /Danh sách cán bộ còn thiếu/ }).click()
  await page.getByText('Soạn tin nhắn Zalo').click()
  const message = await page.getByLabel('Tin nhắn').inputValue()
  expect(message).toMatch(/còn \d+ ngày.*http:\/\/127\.0\.0\.1:\d+\/$/)
  const names = query<{ name: string }>(
    'select o.name from official o join posting p on p.official_id = o.id where p.unit_id = ?',
    unitId,
  )
  for (const { name } of names) expect(message).not.toContain(name)
  await expectWell(page)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByLabel('Tin nhắn')).toBeHidden()
  await context.close()
})

test('an official says where reminders go, and a wrong address is told', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  await page.goto('/tai-khoan')
  await page.getByRole('link', { name: 'Nhắc việc qua thư điện tử' }).click()
  await page.getByLabel(/Địa chỉ thư/).fill('maiphuong@binhphuoc')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByText(/Địa chỉ thư chưa đúng/).first()).toBeVisible()
  await page.getByLabel(/Địa chỉ thư/).fill('maiphuong@binhphuoc.example')
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByText('Đã lưu.')).toBeVisible()
  await expectWell(page)
  await context.close()
})
