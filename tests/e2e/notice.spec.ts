import type { CDPSession, Page } from '@playwright/test'
import {
  contextOf,
  expect,
  expectSound,
  expectWell,
  idsAt,
  ON_DESKTOP,
  ON_PHONE,
  query,
  test,
  watch,
} from './person.ts'

const ENDPOINT = 'https://push.test.invalid/send/aB3'
/** A browser's own address comes from its maker's service, which no test calls. */
const STUB = `
  PushManager.prototype.subscribe = async options => {
    if (options.applicationServerKey.length !== 87) throw new Error('no key')
    return { endpoint: '${ENDPOINT}' }
  }
`
const sent = () => query<{ n: number }>('select count(*) as n from push_subscription')[0]?.n

async function turn(page: Page, isOn: boolean) {
  await page.goto('/quan-tri/nhac-may')
  const tick = page.getByLabel('Gửi tin nhắc trống đến máy của người đã đặt nhận nhắc')
  await (isOn ? tick.check() : tick.uncheck())
  await page.getByLabel('Địa chỉ thư của cơ quan vận hành').fill('vanhanh@binhphuoc.gov.vn')
  await page.getByLabel('Dịch vụ được phép').fill('push.test.invalid')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await expect(page.getByText(isOn ? 'Đã bật nhắc việc qua máy.' : 'Đã tắt nhắc việc qua máy.')).toBeVisible()
}

/** The worker of the page, as the browser's own tools name it. */
async function registrationOf(protocol: CDPSession): Promise<string> {
  const known = new Promise<string>(resolve =>
    protocol.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId)
    }),
  )
  await protocol.send('ServiceWorker.enable')
  return known
}

test('a phone receives reminders once an administrator and its owner want it, and shows a fixed sentence', async ({
  browser,
  baseURL,
}) => {
  const office = await contextOf(browser, 'quantri', { viewport: ON_DESKTOP.viewport, javaScriptEnabled: false })
  const desk = watch(await office.newPage())
  const context = await contextOf(browser, 'canbo', { viewport: ON_PHONE.viewport, permissions: ['notifications'] })
  await context.addInitScript(STUB)
  const page = watch(await context.newPage())
  await page.goto('/tai-khoan/nhac-may')
  await expect(page.getByText('Nhắc qua máy đang tắt.')).toBeVisible()
  await turn(desk, true)
  await page.goto('/tai-khoan')
  await page.getByRole('link', { name: 'Nhận nhắc trên máy này' }).click()
  await page.getByRole('button', { name: 'Nhận nhắc trên máy này' }).click()
  await expect(page.getByText('Máy này sẽ hiện lời nhắc khi đơn vị nhắc anh/chị.')).toBeVisible()
  await expect(page.getByText('Qua push.test.invalid')).toBeVisible()
  await expectWell(page)
  expect(sent()).toBe(1)

  const protocol = await context.newCDPSession(page)
  const registrationId = await registrationOf(protocol)
  await protocol.send('ServiceWorker.deliverPushMessage', { origin: baseURL ?? '', registrationId, data: '' })
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`)
    })
  await expect.poll(shown).toEqual(['4 phủ: Anh/chị có lời nhắc việc. Mở ứng dụng để xem.'])

  await page.getByRole('button', { name: 'Bỏ' }).click()
  await expect(page.getByText('Chưa có máy nào')).toBeVisible()
  expect(sent()).toBe(0)
  await turn(desk, false)
  await context.close()
  await office.close()
})

for (const way of [ON_PHONE, ON_DESKTOP])
  test(`what was just confirmed is taken back, ${way.name}`, async ({ browser }) => {
    const { unitId } = idsAt('in')
    const context = await contextOf(browser, 'daumoi', {
      viewport: way.viewport,
      javaScriptEnabled: way.javaScriptEnabled,
    })
    const page = watch(await context.newPage())
    await page.goto(`/don-vi/${unitId}/xac-nhan`)
    const part = page
      .locator('form')
      .filter({ has: page.locator('input[name="chon"]') })
      .first()
    const line = part.locator('input[name="chon"]').first()
    const value = await line.getAttribute('value')
    const helpId = Number(value?.split('.')[0])
    const confirmed = () =>
      query<{ at: number | null }>('select confirmed_at as at from help where id = ?', helpId)[0]?.at ?? null
    await line.check()
    await part
      .getByRole('button', { name: /^Xác nhận/ })
      .first()
      .click()
    await expect(page.getByText('Đã xác nhận 1 mục.')).toBeVisible()
    expect(confirmed()).not.toBeNull()
    await page.getByRole('button', { name: 'Hoàn tác xác nhận 1 trường hợp' }).click()
    await expect(page.getByText('Đã hoàn tác: 1 mục chờ xác nhận như trước.')).toBeVisible()
    expect(confirmed()).toBeNull()
    await expect(page.locator(`input[name="chon"][value^="${helpId}."]`)).toHaveCount(1)
    await (way.javaScriptEnabled ? expectWell(page) : expectSound(page))
    await context.close()
  })
