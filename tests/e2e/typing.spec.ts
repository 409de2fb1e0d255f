import { fillHelp } from './help-entry.ts'
import { contextOf, expect, expectWell, type Page, query, test, watch } from './person.ts'
import {
  citizen,
  forgetPhones,
  isSealed,
  keepOffline,
  lying,
  newest,
  offer,
  PHONE,
  phoneOf,
  received,
} from './phone.ts'

/*
 * What is typed is on the phone at once, whatever becomes of the page; and a citizen whom this phone recorded already is
 * not recorded twice.
 */

test.beforeAll(forgetPhones)

const nameField = (page: Page) => page.getByLabel(/Họ và tên/)
const numberField = (page: Page) => page.getByLabel(/Số định danh/)
const takeUp = (page: Page) => page.getByRole('button', { name: 'Tiếp tục' }).click()

/** Types into the name, and in the same breath hides the page, where it shall be hidden. */
const typeAnd = (page: Page, name: string, leave: 'hidden' | 'reload') =>
  page.evaluate(
    ([typed, how]) => {
      const field = document.querySelector('input[name="citizenName"]')
      if (!(field instanceof HTMLInputElement)) throw new Error('no field')
      field.value = typed
      field.dispatchEvent(new Event('input', { bubbles: true }))
      if (how === 'reload') return
      // the page's timers never run again: what is sealed is sealed by the event
      Object.assign(window, { setTimeout: () => 0 })
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    },
    [name, leave] as const,
  )

for (const leave of ['hidden', 'reload'] as const)
  test(`the last letter is kept where the page is ${leave === 'hidden' ? 'hidden, and killed' : 'left'}`, async ({
    browser,
  }) => {
    const context = await contextOf(browser, 'canbo', PHONE)
    const page = await phoneOf(context)
    await page.goto('/ho-tro/moi')
    const { name } = citizen()
    await nameField(page).fill(name.slice(0, -1))
    await isSealed(page)
    await typeAnd(page, name, leave)
    // the sentence goes with each letter, and comes back once that one is kept
    await isSealed(page)
    const next = leave === 'hidden' ? await context.newPage() : page
    if (leave === 'hidden') await page.close()
    await next.goto('/ho-tro/moi')
    await expect(offer(next)).toHaveText(`Anh/chị đang ghi dở trường hợp của ${name}`)
    await takeUp(next)
    await expect(nameField(next)).toHaveValue(name)
    await context.close()
  })

test('what is typed before the page has its scripts is kept too, and known as typed', async ({ browser }) => {
  const context = await contextOf(browser, 'canbo', { ...PHONE, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto('/')
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  await page.route('**/assets/*.js', async route => {
    await held
    await route.continue()
  })
  const who = citizen()
  await page.goto('/ho-tro/moi', { waitUntil: 'commit' })
  await nameField(page).fill(who.name)
  release()
  await isSealed(page)
  await page.unroute('**/assets/*.js')
  await page.reload()
  await expect(offer(page)).toContainText(who.name)
  await context.close()
})

test('without a network, the own record that waits on this phone is found by its number and continued', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  const start = newest()
  await context.setOffline(true)
  const who = await keepOffline(page)
  await page.getByRole('link', { name: 'Thêm người khác' }).click()
  const said = page.getByText(/Anh\/chị đã ghi người này trên máy này lúc .*, chưa gửi xong\./)
  await numberField(page).fill(who.number.slice(0, 11))
  await expect(said).toHaveCount(0)
  await numberField(page).pressSequentially(who.number.slice(11))
  await expect(said).toBeVisible()
  await expectWell(page)
  // another citizen's number: nothing is said
  await numberField(page).fill(citizen().number)
  await expect(said).toHaveCount(0)
  await numberField(page).fill(`${who.number.slice(0, 6)} ${who.number.slice(6)}`)
  await page.getByRole('link', { name: 'Bổ sung vào trường hợp đã ghi' }).click()
  await expect(page.getByRole('heading', { name: 'Sửa trường hợp chờ gửi' })).toBeVisible()
  await expect(nameField(page)).toHaveValue(who.name)
  // the record itself is no other record of its citizen
  await expect(page.getByText('Nam, sinh năm 1990.')).toBeVisible()
  await expect(said).toHaveCount(0)
  await page.getByLabel(/Ấp, thôn, khu phố/).fill('Ấp Bổ Sung')
  await page.getByRole('button', { name: 'Lưu trên máy và gửi' }).click()
  await context.setOffline(false)
  await expect.poll(() => received('canbo', start).length).toBe(1)
  expect(query('select hamlet from help where id > ?', start)).toEqual([{ hamlet: 'Ấp Bổ Sung' }])

  // sent, and without a network again: it is known to be there
  await context.setOffline(true)
  await page.goto('/ho-tro/moi')
  await numberField(page).fill(who.number)
  await expect(page.getByText(/Anh\/chị đã ghi người này trên máy này lúc .* và hệ thống đã nhận/)).toBeVisible()
  await context.close()
})

test('with a network, what has not been sent yet is found too; of others the phone knows nothing', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = await phoneOf(context)
  await context.setOffline(true)
  const who = await keepOffline(page)
  await context.route('**/ho-tro/gui', route => route.abort('connectionreset'))
  await context.setOffline(false)
  await page.goto('/ho-tro/moi')
  await numberField(page).fill(who.number)
  const lead = page.getByRole('link', { name: 'Bổ sung vào trường hợp đã ghi' })
  await expect(lead).toHaveAttribute('href', /^\/ngoai-tuyen#(sua=|cho-gui)/)
  await page.goto('/ho-tro/buoi')
  const line = page.getByRole('group', { name: 'Người thứ 1', exact: true })
  await line.getByLabel('Số định danh').fill(who.number)
  await expect(line.getByText(/Anh\/chị đã ghi người này trên máy này/)).toBeVisible()
  await context.close()

  // somebody else's phone, without a network: the number says nothing
  const other = await contextOf(browser, 'daumoi', PHONE)
  const theirs = await phoneOf(other)
  await other.setOffline(true)
  await fillHelp(theirs, who)
  await expect(theirs.getByText('Nam, sinh năm 1990.')).toBeVisible()
  await expect(theirs.getByText(/đã ghi người này|được người khác ghi/)).toHaveCount(0)
  await other.close()
})

test('what came of a visit, typed and not saved, is offered again', async ({ browser }) => {
  const [listed] = query<{ id: number }>(
    `select a.id from assignment a join account c on c.official_id = a.official_id
      where c.login = 'canbo' and a.state in ('not_contacted', 'appointment') order by a.id limit 1`,
  )
  const context = await contextOf(browser, 'canbo', PHONE)
  const page = watch(await phoneOf(context))
  await page.goto(`/phan-cong/${listed?.id}`)
  await page.getByRole('radio', { name: /vắng/ }).check()
  await page.getByLabel(/Ghi chú/).fill('Nhà khóa cửa, hẹn chiều')
  await isSealed(page)
  await context.setOffline(true)
  await page.goto('about:blank')
  await context.setOffline(false)
  await page.goto(`/phan-cong/${listed?.id}`)
  await expect(offer(page)).toContainText('kết quả liên hệ với người dân này')
  await takeUp(page)
  await expect(page.getByRole('radio', { name: /vắng/ })).toBeChecked()
  await expect(page.getByLabel(/Ghi chú/)).toHaveValue('Nhà khóa cửa, hẹn chiều')
  await expectWell(page)
  await context.close()
})

test('behind a PIN every tab opens without a server, and asks for the PIN no second time', async ({ browser }) => {
  const context = await contextOf(browser, 'thutruong', PHONE)
  const page = await phoneOf(context)
  await page.goto('/tai-khoan/may')
  await page.getByLabel(/Mật khẩu hiện tại/).fill('demo-4phu')
  await page.getByLabel(/^Mã PIN/).fill('407283')
  await page.getByLabel(/Nhập lại mã PIN/).fill('407283')
  await page.getByRole('button', { name: 'Ghi nhớ máy này' }).click()
  await expect(page.getByText('Đã ghi nhớ máy này.')).toBeVisible()
  await expect.poll(async () => (await lying(page)).accounts[0]?.hasPin).toBe(true)
  await context.setOffline(true)
  await page.goto('/')
  await page.getByLabel('Nhập mã PIN').fill('407283')
  await page.getByRole('button', { name: 'Mở', exact: true }).click()
  const noNetwork = page.getByText('Không có mạng. Anh/chị đang dùng dữ liệu lưu trên máy.')
  for (const [tab, heading] of [
    ['Đã hỗ trợ', 'Trường hợp đã hỗ trợ'],
    ['Được phân công', 'Người dân được phân công'],
    ['Chờ gửi', 'Chờ gửi'],
    ['Hôm nay', 'Hôm nay'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Phần dùng ngoại tuyến' }).getByText(tab).click()
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
    await expect(noNetwork).toBeVisible()
    await expect(page.getByLabel('Nhập mã PIN')).toHaveCount(0)
  }
  query('delete from remembered_device')
  await context.close()
})
