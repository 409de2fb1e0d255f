import type { Page } from '@playwright/test'
import { contextOf, expect, expectWell, idsAt, query, test, watch } from './person.ts'
import { equipped, forgetPhones, lying, PHONE, phoneOf, waitingTab } from './phone.ts'

const PIN = '407283'
const DAY_MS = 86_400_000

test.beforeAll(forgetPhones)

const sheetsOn = async (page: Page) => (await lying(page)).sealed.filter(slot => slot.startsWith('sheet:')).length

async function setPin(page: Page) {
  await page.getByLabel(/Mật khẩu hiện tại/).fill('demo-4phu')
  await page.getByLabel(/^Mã PIN/).fill(PIN)
  await page.getByLabel(/Nhập lại mã PIN/).fill(PIN)
  await page.getByRole('button', { name: 'Ghi nhớ máy này' }).click()
  await expect(page.getByText('Đã ghi nhớ máy này.')).toBeVisible()
}

async function enterPin(page: Page) {
  await page.getByLabel('Nhập mã PIN').fill(PIN)
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
}

/** Ticks the first sheets of the page and takes them along; returns their records. */
async function takeFirst(page: Page, count: number): Promise<number[]> {
  const boxes = page.getByRole('checkbox', { name: /^Phiếu/ })
  const helpIds: number[] = []
  for (let n = 0; n < count; n++) {
    await boxes.nth(n).check()
    helpIds.push(Number(await boxes.nth(n).inputValue()))
  }
  await page.getByRole('radio', { name: 'Gặp trực tiếp người dân' }).check()
  await page.getByRole('button', { name: 'Mang theo các phiếu đã chọn' }).click()
  await expect(page.getByText(`Đã mang theo ${count} phiếu`)).toBeVisible()
  return helpIds
}

const openings = () =>
  query<{ subject: string }>(
    "select subject_id as subject from access_log where what = 'inspection_sheet' order by id",
  ).map(({ subject }) => Number(subject))

test('inspection sheets are taken along behind a PIN, filled in without a network, sent, and gone', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const { inspectionId } = idsAt('drawn')
  const address = `/kiem-tra/${inspectionId}/mang-theo`
  const context = await contextOf(browser, 'kiemtra', PHONE)
  const page = watch(await phoneOf(context))
  await page.goto(`/kiem-tra/${inspectionId}`)
  await page.getByRole('link', { name: 'Mang phiếu theo, dùng khi không có mạng' }).click()
  // without a PIN nothing is taken along
  await expect(page.getByText('Máy này chưa có mã PIN')).toBeVisible()
  await expectWell(page)
  await page.getByRole('link', { name: 'Đặt mã PIN cho máy này' }).click()
  await setPin(page)
  await page.goto(address)
  await page.getByRole('button', { name: 'Mang theo các phiếu đã chọn' }).click()
  await expect(page.getByText('Anh/chị chọn ít nhất một phiếu.')).toBeVisible()
  const before = openings().length
  const helpIds = await takeFirst(page, 2)
  await expectWell(page)
  expect(new Set(openings().slice(before))).toEqual(new Set(helpIds))
  expect(await lying(page)).toMatchObject({ accounts: [{ hasKey: false, hasPin: true }] })
  expect(await sheetsOn(page)).toBe(2)

  await context.setOffline(true)
  await page.goto(`/kiem-tra/${inspectionId}`)
  await expect(page).toHaveURL(/\/ngoai-tuyen#phieu$/)
  await enterPin(page)
  const [helpId = 0] = helpIds
  const [record] = query<{ hamlet: string }>('select hamlet from help where id = ?', helpId)
  await expect(page.getByRole('heading', { name: 'Phiếu kiểm tra mang theo' })).toBeVisible()
  await page.locator(`a[href$="#phieu=${inspectionId}-${helpId}"]`).click()
  await expect(page.getByText('Số định danh')).toBeVisible()
  await expect(page.getByText(/^\d{12}$/)).toBeVisible()
  await expect(page.getByText(record?.hamlet ?? '').first()).toBeVisible()
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByText('Anh/chị điền giúp mục này.').first()).toBeVisible()
  await page.getByRole('radio', { name: 'Đúng thực tế', exact: true }).check()
  await page.getByLabel('Ghi chú').fill('Gặp tại nhà, xem máy của người dân.')
  await expect(page.getByRole('radio', { name: 'Gặp trực tiếp', exact: true })).toBeChecked()
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(waitingTab(page)).toHaveText('Chờ gửi (1)')
  await expect(page.getByText('Chờ gửi', { exact: true }).last()).toBeVisible()
  const result = () =>
    query<{ result: string | null; enteredAt: number | null }>(
      'select result, entered_at as enteredAt from inspection_pick where inspection_id = ? and help_id = ?',
      inspectionId,
      helpId,
    )[0]
  expect(result()?.result).toBeNull()
  // still to be changed
  await page.locator(`a[href$="#phieu=${inspectionId}-${helpId}"]`).click()
  await expect(page.getByLabel('Ghi chú')).toHaveValue('Gặp tại nhà, xem máy của người dân.')
  await page.getByRole('link', { name: 'Về danh sách phiếu' }).click()

  watch(page)
  await context.setOffline(false)
  await expect.poll(() => result()?.result, { timeout: 20_000 }).toBe('true')
  expect(result()?.enteredAt).not.toBeNull()
  await waitingTab(page).click()
  await expect(page.getByText('Đã gửi', { exact: true })).toBeVisible()
  await expectWell(page)
  expect(await sheetsOn(page)).toBe(1)
  await expect(page.getByRole('link', { name: 'Phiếu kiểm tra' })).toBeVisible()

  // the rest goes with the session
  await page.goto('/')
  await page.locator('.bar-account summary').click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await page.waitForURL(/dang-nhap/)
  await expect.poll(() => sheetsOn(page)).toBe(0)
  await context.close()
})

test('a sheet that was taken along is gone after 24 hours, behind its PIN too', async ({ browser }) => {
  const { inspectionId } = idsAt('drawn')
  const context = await contextOf(browser, 'kiemtra', PHONE)
  const page = await context.newPage()
  await equipped(page)
  await page.goto('/tai-khoan/may')
  await setPin(page)
  await page.goto(`/kiem-tra/${inspectionId}/mang-theo`)
  await takeFirst(page, 1)
  await context.setOffline(true)
  await page.clock.setSystemTime(Date.now() + DAY_MS - 60_000)
  await page.goto('/ngoai-tuyen#phieu')
  await expect(page.getByLabel('Nhập mã PIN')).toBeVisible()
  expect(await sheetsOn(page)).toBe(1)
  await page.clock.setSystemTime(Date.now() + DAY_MS + 60_000)
  await page.reload()
  await expect(page.getByLabel('Nhập mã PIN')).toBeVisible()
  await expect.poll(() => sheetsOn(page)).toBe(0)
  await enterPin(page)
  await expect(page.getByText('Không có phiếu nào trên máy này')).toBeVisible()
  await context.close()
})
