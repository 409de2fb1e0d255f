import type { BrowserContext } from '@playwright/test'
import { fillHelp, fillOpenForm } from './help-entry.ts'
import { contextOf, expect, expectWell, type Page, query, takenOver, test, watch } from './person.ts'
import { citizen, forgetPhones, isSealed, lying, newest, offer, PHONE, phoneOf, received, waitingTab } from './phone.ts'

/*
 * The whole network is cut, not one request, at each moment of recording: nothing that was typed is lost, and nothing is
 * recorded twice.
 */

test.beforeAll(forgetPhones)

const save = (page: Page) => page.getByRole('button', { name: 'Lưu trường hợp' }).click()
const noNetwork = (page: Page) => page.getByText('Không có mạng. Anh/chị đang dùng dữ liệu lưu trên máy.')
const takeUp = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()
const isUnsealed = (page: Page) =>
  expect.poll(async () => (await lying(page)).sealed.filter(slot => slot.startsWith('draft:'))).toEqual([])

/** With the network back: this citizen is recorded once, and no draft is left. */
async function arrivesOnce(context: BrowserContext, page: Page, since: number) {
  await context.setOffline(false)
  await page.goto('/')
  await expect.poll(() => received('canbo', since).length).toBe(1)
  await page.goto('/ho-tro/moi')
  await expect(page.getByLabel(/Số định danh/)).toBeVisible()
  await isUnsealed(page)
  await expect.poll(async () => (await lying(page)).outbox.filter(state => state !== 'saved')).toEqual([])
  expect(received('canbo', since)).toHaveLength(1)
}

type Scene = { context: BrowserContext; page: Page; who: ReturnType<typeof citizen> }

/** Cuts the network while the form is on its way; `isTaken`: the server has it, the phone does not know. */
async function cutWhileSending({ context, page }: Scene, isTaken: boolean) {
  await context.route('**/ho-tro/moi.data*', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    if (isTaken) await route.fetch()
    await context.setOffline(true)
    await route.abort('connectionreset')
  })
  await save(page)
  await expect(page).toHaveURL(/\/ngoai-tuyen#da-ghi=/)
  await context.unroute('**/ho-tro/moi.data*')
}

const MOMENTS: Record<string, (scene: Scene) => Promise<void>> = {
  'as soon as the form is there': async ({ context, page, who }) => {
    await page.goto('/ho-tro/moi')
    await context.setOffline(true)
    await fillOpenForm(page, who)
    await save(page)
    await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  },
  'while typing, and the page is loaded again': async ({ context, page, who }) => {
    await fillHelp(page, who)
    await isSealed(page)
    await context.setOffline(true)
    await page.reload()
    await expect(offer(page)).toContainText(who.name)
    await takeUp(page)
    await expect(page.getByLabel(/Số định danh/)).toHaveValue(who.number)
    await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
    await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  },
  'at the press': async ({ context, page, who }) => {
    await fillHelp(page, who)
    await context.setOffline(true)
    await save(page)
    await expect(page).toHaveURL(/\/ngoai-tuyen#da-ghi=/)
    await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  },
  'while the form is on its way': async scene => {
    await fillHelp(scene.page, scene.who)
    await cutWhileSending(scene, false)
  },
  'after the server took it, before its answer': async scene => {
    await fillHelp(scene.page, scene.who)
    await cutWhileSending(scene, true)
    await expect(scene.page.getByText('Đã gửi, chưa có trả lời')).toBeVisible()
  },
  'before the answer, and the phone is switched off at once': async ({ context, page, who }) => {
    await fillHelp(page, who)
    await isSealed(page)
    const other = await context.newPage()
    await context.route('**/ho-tro/moi.data*', async route => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      await page.close()
    })
    await page
      .getByRole('button', { name: 'Lưu trường hợp' })
      .click()
      .catch(() => undefined)
    await expect.poll(() => page.isClosed()).toBe(true)
    await context.unroute('**/ho-tro/moi.data*')
    await other.goto('/ho-tro/moi')
    await expect(offer(other)).toContainText(who.name)
    await takeUp(other)
    await save(other)
    await expect(other.getByRole('heading', { name: who.name })).toBeVisible()
  },
  'on the page of the answer': async ({ context, page, who }) => {
    await fillHelp(page, who)
    await context.route(/\/ho-tro\/\d+\.data/, async route => {
      await context.setOffline(true)
      await route.abort('connectionreset')
    })
    await save(page)
    await expect(page.getByText('Đã lưu.')).toBeVisible()
    await context.unroute(/\/ho-tro\/\d+\.data/)
  },
  'while typing, and the page is left and the network returns': async ({ context, page, who }) => {
    await fillHelp(page, who)
    await isSealed(page)
    await context.setOffline(true)
    await page.goto('about:blank')
    await context.setOffline(false)
    await page.goto('/ho-tro/moi')
    await expect(offer(page)).toContainText(who.name)
    await expectWell(page)
    await takeUp(page)
    await save(page)
    await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  },
  'in the part without a network, from tab to tab': async ({ context, page, who }) => {
    await context.setOffline(true)
    await fillHelp(page, who)
    await isSealed(page)
    for (const tab of ['Hôm nay', 'Đã hỗ trợ', 'Được phân công', 'Chờ gửi', 'Hôm nay'])
      await page.getByRole('link', { name: tab }).first().click()
    await expect(page).toHaveURL(/#hom-nay$/)
    await page.getByRole('link', { name: 'Thêm người dân đã hỗ trợ' }).click()
    await takeUp(page)
    await expect(page.getByLabel(/Họ và tên/)).toHaveValue(who.name)
    await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
    await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  },
  'after the session ended, at the press': async ({ context, page, who }) => {
    await fillHelp(page, who)
    query("delete from session where account_id = (select id from account where login = 'canbo')")
    await save(page)
    await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
    await expect.poll(async () => (await lying(page)).accounts[0]?.hasKey).toBe(false)
    await context.setOffline(true)
    await context.setOffline(false)
    await page.getByLabel(/Mã cán bộ/).fill('canbo')
    await page.getByLabel(/Mật khẩu/).fill('demo-4phu')
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toHaveCount(0)
    await page.goto('/ho-tro/moi')
    await expect(offer(page)).toContainText(who.name)
    await takeUp(page)
    await save(page)
    await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  },
}

for (const [moment, act] of Object.entries(MOMENTS))
  test(`the network is cut ${moment}`, async ({ browser }) => {
    const context = await contextOf(browser, 'canbo', PHONE)
    const page = await phoneOf(context)
    const start = newest()
    const who = citizen()
    await act({ context, page, who })
    await arrivesOnce(context, context.pages().at(-1) ?? page, start)
    await context.close()
  })

test('behind a PIN the phone knows that it has no network, and sends when it is back', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  await page.goto('/tai-khoan/may')
  await page.getByLabel(/Mật khẩu hiện tại/).fill('demo-4phu')
  await page.getByLabel(/^Mã PIN/).fill('407283')
  await page.getByLabel(/Nhập lại mã PIN/).fill('407283')
  await page.getByRole('button', { name: 'Ghi nhớ máy này' }).click()
  await expect.poll(async () => (await lying(page)).accounts[0]?.hasPin).toBe(true)
  const who = citizen()
  await fillHelp(page, who)
  await isSealed(page)
  await context.setOffline(true)
  await page.reload()
  await page.getByLabel('Nhập mã PIN').fill('407283')
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
  await expect(offer(page)).toContainText(who.name)
  await expect(noNetwork(page)).toBeVisible()
  await takeUp(page)
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await waitingTab(page).click()
  await expect(noNetwork(page)).toBeVisible()
  // the server alone is away: no event of the browser tells that it is back
  await context.route('**/ngoai-tuyen/khoa*', route => route.abort('connectionrefused'))
  await context.setOffline(false)
  await expect(noNetwork(page)).toBeVisible()
  await context.unroute('**/ngoai-tuyen/khoa*')
  await expect.poll(() => received('canbo', start).length).toBe(1)
  await expect(noNetwork(page)).toHaveCount(0)
  query('delete from remembered_device')
  await context.close()
})

test('a session of three people is kept whole, with a line added without a network', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  const people = [citizen(), citizen(), citizen(), citizen()]
  await page.goto('/ho-tro/buoi')
  await page.getByLabel(/Nơi hỗ trợ/).selectOption('school')
  const all = page.getByRole('button', { name: 'Cả ba đều đạt trong ngày hỗ trợ' })
  await takenOver(all)
  await all.click()
  await page.getByRole('radio', { name: 'Bằng văn bản' }).check()
  await page.getByLabel(/Từng người trong danh sách đồng ý/).check()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Thêm dòng' }).click()
  // an answer of the phone alone never takes the form away
  await expect(page.getByRole('group', { name: 'Người thứ 4', exact: true })).toBeVisible()
  for (const [n, { name, number }] of people.entries()) {
    const line = page.getByRole('group', { name: `Người thứ ${n + 1}`, exact: true })
    await line.getByLabel('Họ và tên').fill(name)
    await line.getByLabel('Số định danh').fill(number)
  }
  await isSealed(page)
  await page.getByRole('button', { name: 'Lưu cả buổi' }).click()
  await expect(page).toHaveURL(/#cho-gui$/)
  for (const { name } of people) await expect(page.getByText(name)).toBeVisible()
  await context.setOffline(false)
  await expect.poll(() => received('canbo', start).length).toBe(people.length)
  await isUnsealed(page)
  await context.close()
})

test('a session that was left is offered again with its lines', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const who = citizen()
  await page.goto('/ho-tro/buoi')
  const line = page.getByRole('group', { name: 'Người thứ 2', exact: true })
  await line.getByLabel('Họ và tên').fill(who.name)
  await isSealed(page)
  await page.reload()
  await expect(offer(page)).toContainText('một buổi hỗ trợ, 1 người')
  await takeUp(page)
  await expect(line.getByLabel('Họ và tên')).toHaveValue(who.name)
  await page.reload()
  await page.getByRole('button', { name: 'Bỏ', exact: true }).click()
  await page.getByRole('button', { name: 'Bỏ hẳn nội dung này' }).click()
  await isUnsealed(page)
  await context.close()
})

test('a correction is kept and sent from its revision, once; typed over a newer one it is offered again', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const who = citizen()
  await fillHelp(page, who)
  await save(page)
  await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  const helpId = newest()
  const stored = () =>
    query<{ hamlet: string; revision: number; place: string }>(
      'select hamlet, revision, place from help where id = ?',
      helpId,
    )[0]
  const revision = stored()?.revision ?? 0
  await page.goto(`/ho-tro/${helpId}/sua`)
  await page.getByLabel(/Ấp, thôn, khu phố/).fill('Ấp Một')
  await page.route('**/sua.data*', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    await context.setOffline(true)
    await route.abort('connectionreset')
  })
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click()
  await expect(page.getByText('Đã gửi, chưa có trả lời')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Hệ thống đã lưu trường hợp này.')).toBeVisible()
  expect(stored()).toMatchObject({ hamlet: 'Ấp Một', revision: revision + 1 })
  await page.unroute('**/sua.data*')

  await page.goto(`/ho-tro/${helpId}/sua`)
  await page.getByLabel(/Ấp, thôn, khu phố/).fill('Ấp Hai')
  await isSealed(page)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click()
  await expect(page).toHaveURL(/#da-ghi=/)
  query("update help set revision = revision + 1, place = 'school' where id = ?", helpId)
  await context.setOffline(false)
  await expect(page.getByText(/vừa được thay đổi ở nơi khác/)).toBeVisible()
  await page.getByRole('button', { name: 'Sửa rồi gửi lại' }).click()
  await takeUp(page)
  await expect(page.getByLabel(/Ấp, thôn, khu phố/)).toHaveValue('Ấp Hai')
  await expect(page.getByLabel(/Nơi hỗ trợ/)).toHaveValue('school')
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click()
  await expect(page.getByText('Đã lưu.')).toBeVisible()
  expect(stored()).toMatchObject({ hamlet: 'Ấp Hai', revision: revision + 3, place: 'school' })
  await isUnsealed(page)
  await context.close()
})

test('what came of a visit is kept and noted once', async ({ browser }) => {
  const [listed] = query<{ id: number; revision: number }>(
    `select a.id, a.revision from assignment a join account c on c.official_id = a.official_id
      where c.login = 'canbo' and a.state in ('not_contacted', 'appointment') order by a.id desc limit 1`,
  )
  if (!listed) throw new Error('no assignment')
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await page.goto(`/phan-cong/${listed.id}`)
  await page.getByRole('radio', { name: /^Đi vắng|vắng/ }).check()
  await page.getByLabel(/Ghi chú/).fill('Nhà khóa cửa')
  await page.route('**/phan-cong/*.data*', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    await context.setOffline(true)
    await route.abort('connectionreset')
  })
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByText('Đã gửi, chưa có trả lời')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Hệ thống đã lưu nội dung này.')).toBeVisible()
  expect(query('select state, revision from assignment where id = ?', listed.id)).toEqual([
    { state: 'away', revision: listed.revision + 1 },
  ])
  await context.close()
})

test('signing out says what is typed and not saved, and takes it away', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = watch(await phoneOf(context))
  await fillHelp(page, citizen())
  await isSealed(page)
  await page.locator('.bar-account summary').click()
  await page.getByRole('button', { name: 'Đăng xuất' }).click()
  await expect(page.getByText('Còn 1 biểu mẫu đang nhập dở')).toBeVisible()
  await expectWell(page)
  await page.getByRole('button', { name: 'Vẫn đăng xuất' }).click()
  await expect(page.getByRole('heading', { name: 'Đăng nhập' })).toBeVisible()
  await isUnsealed(page)
  await context.close()
})

test('a busy server leaves the filled form where it is', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  const who = citizen()
  await fillHelp(page, who)
  let isBusy = true
  await page.route('**/ho-tro/moi.data*', route =>
    isBusy && route.request().method() === 'POST'
      ? route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' })
      : route.continue(),
  )
  await save(page)
  await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  isBusy = false
  await arrivesOnce(context, page, start)
  await context.close()
})

test('any other form stays filled while there is no network', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await page.goto('/nghia-vu/phone_4g')
  await page.getByLabel(/Hãng điện thoại/).fill('Vsmart')
  await page.getByLabel(/Kiểu máy/).fill('Joy 4')
  await page.getByLabel(/Kết nối 4G|4G/).check()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Gửi kê khai' }).click()
  await expect(page.getByText('Máy đang không có mạng nên chưa gửi được')).toBeVisible()
  await expect(page.getByLabel(/Hãng điện thoại/)).toHaveValue('Vsmart')
  await context.setOffline(false)
  await expect(page.getByText('Máy đang không có mạng nên chưa gửi được')).toHaveCount(0)
  await context.close()
})

test('a phone without a store of ours keeps the filled form on the screen', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { ...PHONE, serviceWorkers: 'block' })
  const page = await context.newPage()
  // no key ever comes: nothing can be sealed here
  await context.route('**/ngoai-tuyen/khoa*', route => route.abort('connectionrefused'))
  const who = citizen()
  await fillHelp(page, who)
  await context.setOffline(true)
  await save(page)
  await expect(page.getByText(/Nội dung vẫn còn trên màn hình/)).toBeVisible()
  await expect(page.getByLabel(/Số định danh/)).toHaveValue(who.number)
  const start = newest()
  await context.setOffline(false)
  await save(page)
  await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
  expect(received('canbo', start)).toHaveLength(1)
  await context.close()
})
