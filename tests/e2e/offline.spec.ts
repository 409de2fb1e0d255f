import { fillHelp } from './help-entry.ts'
import { become, contextOf, expect, expectWell, query, test, watch } from './person.ts'
import {
  citizen,
  equipped,
  forgetPhones,
  keepOffline,
  lying,
  newest,
  PHONE,
  phoneOf,
  received,
  waitingTab,
} from './phone.ts'

const DAY_MS = 86_400_000

test.beforeAll(forgetPhones)

test('three records made without a network arrive once each, in order, though the first answer is lost', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = watch(await phoneOf(context))
  const start = newest()
  await context.setOffline(true)
  await page.goto('/')
  await expect(page).toHaveURL(/\/ngoai-tuyen$/)
  await expect(page.getByRole('img', { name: /người dân$/ })).toBeVisible()
  await expect(page.getByText('Không có mạng.')).toBeVisible()
  const made = [await keepOffline(page), await keepOffline(page), await keepOffline(page)]
  await expect(page.getByText('Chờ gửi', { exact: true })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Mã QR để người dân xác nhận' })).toBeVisible()
  expect(received('canbo', start)).toEqual([])

  await page.reload()
  await waitingTab(page).click()
  await expect(waitingTab(page)).toHaveText('Chờ gửi (3)')
  for (const { name } of made) await expect(page.getByText(name)).toBeVisible()

  let isLost = true
  await context.route('**/ho-tro/gui', async route => {
    if (!isLost) return route.continue()
    // the server has it, the phone does not know
    await route.fetch()
    await route.abort('connectionreset')
  })
  await context.setOffline(false)
  await expect(page.getByText('Đã gửi, chưa có trả lời')).toBeVisible()
  expect(received('canbo', start)).toHaveLength(1)
  isLost = false
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(page.getByText('Đã gửi', { exact: true })).toHaveCount(3)
  await expect(waitingTab(page)).toHaveText('Chờ gửi')

  const rows = received('canbo', start)
  expect(rows).toHaveLength(3)
  expect(rows.map(row => row.receivedAt)).toEqual(rows.map(row => row.receivedAt).sort((a, b) => a - b))
  for (const row of rows) {
    expect(row.code).toBe('phone')
    expect(row.enteredAt).toBeLessThanOrEqual(row.receivedAt)
  }
  await page.getByRole('link', { name: 'Xem trường hợp' }).first().click()
  await expect(page.getByRole('heading', { name: made[0]?.name })).toBeVisible()
  await expect(page.getByText('Đang chờ người dân trả lời')).toBeVisible()
  await context.close()
})

test('two tabs send one after the other, nothing twice', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  await context.setOffline(true)
  await keepOffline(page)
  await keepOffline(page)
  const other = await context.newPage()
  await other.goto('/ngoai-tuyen#cho-gui')
  await expect(waitingTab(other)).toHaveText('Chờ gửi (2)')
  let sendings = 0
  await context.route('**/ho-tro/gui', route => {
    sendings += 1
    return route.continue()
  })
  await context.setOffline(false)
  await expect(other.getByText('Đã gửi', { exact: true })).toHaveCount(2)
  await waitingTab(page).click()
  await expect(page.getByText('Đã gửi', { exact: true })).toHaveCount(2)
  expect(received('canbo', start)).toHaveLength(2)
  expect(sendings).toBeLessThanOrEqual(2)
  await context.close()
})

test('a full phone says so and keeps the typed form', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await context.setOffline(true)
  const who = citizen()
  await fillHelp(page, who)
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, given)
    }
  })
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByText(/Bộ nhớ của máy đã đầy/)).toBeVisible()
  await expect(page.getByLabel(/Họ và tên/)).toHaveValue(who.name)
  await expect(page.getByLabel(/Số định danh/)).toHaveValue(who.number)
  expect((await lying(page)).outbox).toEqual([])
  await context.close()
})

test('what cannot be is told at the door, before it is kept', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await context.setOffline(true)
  await fillHelp(page, { ...citizen(), number: '07009000001' })
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByRole('alert')).toContainText('Số định danh')
  expect((await lying(page)).outbox).toEqual([])
  await context.close()
})

test.describe('a phone whose clock is a day wrong', () => {
  test('known at the last contact: the day is asked for, not put ready', async ({ browser }) => {
    const context = await contextOf(browser, 'canbo', PHONE)
    const page = await context.newPage()
    await page.clock.setSystemTime(Date.now() + DAY_MS)
    await equipped(page)
    await context.setOffline(true)
    await page.goto('/ho-tro/moi')
    await expect(page.getByText(/Giờ trên máy khác giờ của hệ thống/)).toBeVisible()
    await expect(page.getByLabel(/Ngày hỗ trợ/)).toHaveValue('')
    await context.close()
  })

  test('found at sending: refused with the reason, asked for, then saved', async ({ browser }) => {
    const context = await contextOf(browser, 'canbo', PHONE)
    const page = await phoneOf(context)
    const start = newest()
    await context.setOffline(true)
    await page.clock.setSystemTime(Date.now() + DAY_MS)
    const who = await keepOffline(page)
    await context.setOffline(false)
    await expect(page.getByText('Hệ thống chưa nhận')).toBeVisible()
    await expect(page.getByText(/Giờ trên máy khác giờ của hệ thống/).first()).toBeVisible()
    expect(received('canbo', start)).toEqual([])
    await page.getByRole('link', { name: 'Sửa rồi gửi lại' }).click()
    await expect(page.getByLabel(/Họ và tên/)).toHaveValue(who.name)
    await expect(page.getByLabel(/Ngày hỗ trợ/)).toHaveValue('')
    await page.getByLabel(/Ngày hỗ trợ/).fill('2024-06-11')
    await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
    await expect(page.getByText('Hệ thống đã lưu trường hợp này.')).toBeVisible()
    expect(received('canbo', start)).toHaveLength(1)
    await context.close()
  })
})

test('another account on the same browser sees nothing; the first one’s records wait for them', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  // a browser that sends nothing by itself: its own knowledge of the network is not what is switched off here
  await context.addInitScript(() =>
    Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined }),
  )
  const page = await phoneOf(context)
  const start = newest()
  await context.setOffline(true)
  const who = await keepOffline(page)
  // a page that is left finds the network and sends: under somebody else's session the server takes nothing
  await become(context, 'thutruong')
  await page.goto('about:blank')
  await context.setOffline(false)
  await equipped(page, ['codes', 'codes', 'copy'])
  expect(received('canbo', start)).toEqual([])
  await context.setOffline(true)
  await page.goto('/')
  await expect(
    page
      .getByRole('button', { name: 'Thêm người dân' })
      .or(page.getByRole('link', { name: 'Thêm người dân đã hỗ trợ' })),
  ).toBeVisible()
  await expect(waitingTab(page)).toHaveText('Chờ gửi')
  await expect(page.getByText(who.name)).toHaveCount(0)
  const [first] = query<{ id: number }>("select id from account where login = 'canbo'")
  const state = await lying(page)
  expect(state.accounts.find(row => row.accountId === first?.id)).toMatchObject({ hasKey: false })
  expect(state).toMatchObject({ sealed: ['codes', 'codes', 'copy'], outbox: ['waiting'] })
  await become(context, 'canbo')
  await context.setOffline(false)
  await page.goto('/')
  await expect.poll(() => received('canbo', start).length).toBe(1)
  await context.close()
})

test('signing out with unsent records says how many first', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await context.setOffline(true)
  await keepOffline(page)
  await context.route('**/ho-tro/gui', route => route.abort('connectionreset'))
  await context.setOffline(false)
  await page.goto('/ho-tro')
  await expect(page.getByRole('link', { name: /Còn 1 trường hợp trên máy này chưa gửi được/ })).toBeVisible()
  await page.locator('.bar-account summary').click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await expect(page).toHaveURL(/\/ngoai-tuyen#dang-xuat$/)
  await expect(page.getByText('Còn 1 trường hợp chưa gửi')).toBeVisible()
  await expectWell(page)
  await page.getByRole('button', { name: 'Vẫn đăng xuất' }).click()
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
  await expect
    .poll(() => lying(page))
    .toMatchObject({ accounts: [{ hasKey: false }], sealed: ['codes'], outbox: ['unknown'] })
  await context.close()
})

test('a revoked session loses the copy at the next contact; what was not sent opens when its official signs in again', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  await context.setOffline(true)
  const who = await keepOffline(page)
  await page.goto('/ngoai-tuyen')
  await expect(page.getByText(who.name)).toBeVisible()
  query("delete from session where account_id = (select id from account where login = 'canbo')")
  await context.setOffline(false)
  await expect(page.getByText('Phiên làm việc đã kết thúc')).toBeVisible()
  await expect(page.getByText(who.name)).toHaveCount(0)
  expect(await lying(page)).toMatchObject({ accounts: [{ hasKey: false }], sealed: ['codes'], outbox: ['waiting'] })
  expect(received('canbo', start)).toEqual([])

  await page.getByRole('link', { name: 'đăng nhập lại' }).click()
  await page.getByLabel(/Mã cán bộ/).fill('canbo')
  await page.getByLabel(/Mật khẩu/).fill('demo-4phu')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await expect(page).toHaveURL(/\/ngoai-tuyen/)
  await waitingTab(page).click()
  await expect(page.getByText('Đã gửi', { exact: true })).toBeVisible()
  expect(received('canbo', start)).toHaveLength(1)
  await context.close()
})

test('a form that was being sent when the network went stays on the phone', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  const who = citizen()
  await fillHelp(page, who)
  let sendings = 0
  await page.route('**/ho-tro/moi.data*', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    sendings += 1
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.getByRole('button', { name: 'Lưu trường hợp' }).click()
  await expect(page).toHaveURL(/\/ngoai-tuyen#da-ghi=/)
  await expect(page.getByText('Hệ thống đã lưu trường hợp này.')).toBeVisible()
  expect(sendings).toBe(1)
  expect(received('canbo', start)).toHaveLength(1)
  await context.close()
})

test('a remembered device opens with its PIN, with and without a network, until somebody else takes it over', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'thutruong', PHONE)
  const page = watch(await phoneOf(context))
  await page.goto('/tai-khoan/may')
  await page.getByLabel(/Mật khẩu hiện tại/).fill('demo-4phu')
  await page.getByLabel(/^Mã PIN/).fill('123456')
  await page.getByLabel(/Nhập lại mã PIN/).fill('123456')
  await page.getByRole('button', { name: 'Ghi nhớ máy này' }).click()
  await expect(page.getByText(/dễ đoán/).first()).toBeVisible()
  await page.getByLabel(/Mật khẩu hiện tại/).fill('demo-4phu')
  await page.getByLabel(/^Mã PIN/).fill('407283')
  await page.getByLabel(/Nhập lại mã PIN/).fill('407283')
  await page.getByRole('button', { name: 'Ghi nhớ máy này' }).click()
  await expect(page.getByText('Đã ghi nhớ máy này.')).toBeVisible()
  await expect(page.getByText(/^Máy này/)).toBeVisible()
  await expectWell(page)
  await expect
    .poll(() => lying(page))
    .toMatchObject({ accounts: [{ hasKey: false, hasPin: true }], sealed: ['codes', 'copy'] })

  await context.setOffline(true)
  await page.goto('/')
  await page.getByLabel('Nhập mã PIN').fill('000000')
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
  await expect(page.getByText('Mã PIN chưa đúng. Còn 4 lần thử.')).toBeVisible()
  await page.getByLabel('Nhập mã PIN').fill('407283')
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Thêm người dân đã hỗ trợ' })).toBeVisible()
  await page.goto('about:blank')
  await context.setOffline(false)

  query("delete from session where account_id = (select id from account where login = 'thutruong')")
  // without a network every look for the server is a fault to the console
  watch(page)
  await page.goto('/')
  await page.getByLabel('Nhập mã PIN').fill('111111')
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
  await expect(page.getByText('Mã PIN chưa đúng. Còn 4 lần thử.')).toBeVisible()
  await expectWell(page)
  await page.getByLabel('Nhập mã PIN').fill('407283')
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Thêm người dân đã hỗ trợ' })).toBeVisible()

  query("delete from session where account_id = (select id from account where login = 'thutruong')")
  await page.goto('/dang-nhap')
  await page.getByRole('button', { name: 'Đổi người dùng' }).click()
  await expect(page.getByLabel('Nhập mã PIN')).toHaveCount(0)
  expect(query('select 1 from remembered_device')).toEqual([])
  await context.close()
})

test('the app can be installed, and keeps the shell of nobody', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const protocol = await context.newCDPSession(page)
  const { installabilityErrors } = await protocol.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const [own] = query<{ name: string }>("select display_name as name from account where login = 'canbo'")
  const kept = await page.evaluate(async () => {
    const found: { path: string; text: string }[] = []
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const response = await cache.match(request)
        found.push({ path: new URL(request.url).pathname, text: (await response?.text()) ?? '' })
      }
    }
    return found
  })
  expect(kept.map(({ path }) => path).filter(path => path !== '/ngoai-tuyen' && !path.startsWith('/assets/'))).toEqual(
    [],
  )
  expect(kept.some(({ text }) => text.includes(own?.name ?? ''))).toBe(false)
  await context.close()
})

test('a call in vain is noted without a network, corrected, and sent once there is one', async ({ browser }) => {
  const [listed] = query<{ id: number; revision: number }>(
    `select s.id, s.revision from assignment s join account a on a.official_id = s.official_id
      where a.login = 'canbo' and s.state = 'not_contacted' and s.help_id is null order by s.hamlet, s.id limit 1`,
  )
  if (!listed) throw new Error('the synthetic province gives this official nobody to call')
  const noted = () =>
    query<{ state: string; time: string }>(
      'select state, appointment_time as time from assignment where id = ?',
      listed.id,
    )
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await context.setOffline(true)
  await page.goto('/')
  await page.getByRole('link', { name: 'Được phân công' }).first().click()
  const toForm = page.locator(`a[href$="#goi=${listed.id}"]`)
  await toForm.click()
  await page.getByRole('radio', { name: /^Đã hẹn/ }).check()
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByText('Anh/chị điền giúp mục này.').first()).toBeVisible()
  await page.getByRole('radio', { name: /^Không nghe máy/ }).check()
  await page.getByLabel('Ghi chú').fill('Gọi hai lần')
  await expectWell(page)
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(waitingTab(page)).toHaveText('Chờ gửi (1)')
  expect(noted()).toMatchObject([{ state: 'not_contacted' }])

  // the citizen calls back: the contact that waits is gone on with, so that one is sent
  await page.getByRole('link', { name: 'Được phân công' }).first().click()
  await toForm.click()
  await expect(page.getByLabel('Ghi chú')).toHaveValue('Gọi hai lần')
  await page.getByRole('radio', { name: /^Đã hẹn/ }).check()
  await page.getByLabel('Ngày hẹn').fill('2024-06-20')
  await page.getByLabel('Giờ hẹn').fill('17h30')
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await expect(page.getByLabel('Giờ hẹn')).toBeHidden()
  await expect(waitingTab(page)).toHaveText('Chờ gửi (1)')
  await context.setOffline(false)
  await expect.poll(noted, { timeout: 20_000 }).toEqual([{ state: 'appointment', time: '17:30' }])
  await context.close()
})

test('a new build takes over whole: the older shell and its assets go together', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const builds = () => page.evaluate(() => caches.keys())
  const [own = ''] = await builds()
  // as if this page's build had been served for the first time
  await page.evaluate(async name => {
    const older = await caches.open('vo-older')
    await older.put('/ngoai-tuyen', new Response('an older shell'))
    await older.put('/assets/older.js', new Response(''))
    await caches.delete(name)
  }, own)
  await page.reload()
  await expect.poll(builds).toEqual([own])
  await context.setOffline(true)
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Thêm người dân đã hỗ trợ' })).toBeVisible()
  await context.close()
})
