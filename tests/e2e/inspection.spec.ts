import { contextOf, expect, expectWell, type Page, query, test, watch } from './person.ts'

const PHONE = { viewport: { width: 390, height: 800 } }

/** A unit outside the sample's commune with a head and some dozen records, and two inspectors of the whole province. */
function cast() {
  const [unit] = query<{ id: number; name: string; head: string }>(
    `select u.id, u.name, a.login as head from unit u
       join help_total t on t.dimension = 'unit' and t.key = cast(u.id as text)
       join role_grant g on g.unit_id = u.id and g.role = 'head' join account a on a.id = g.account_id
      where t.reported between 20 and 40 and u.guard_path is null and u.closed_on is null order by u.id limit 1`,
  )
  const inspectors = query<{ login: string; name: string }>(
    `select a.login, a.display_name as name from role_grant g join account a on a.id = g.account_id
       join unit u on u.id = g.unit_id where g.role = 'inspector' and u.parent_id is null order by a.login = 'kiemtra2'`,
  )
  if (!unit || inspectors.length < 2) throw new Error('the synthetic province has no such unit or team')
  return { unit, inspectors }
}

/** Goes from the inspection to the next sheet of the road. */
async function openNext(page: Page) {
  await page.getByRole('link', { name: /^Mở phiếu/ }).click()
  await page.waitForURL(/\/phieu\/\d+/)
}

/** Opens the citizen of the sheet that is shown, and writes down what was found: the next sheet follows. */
async function check(page: Page, result: string, note: string) {
  await page.getByRole('radio', { name: 'Gặp trực tiếp người dân' }).check()
  await page.getByRole('button', { name: 'Mở thông tin người dân' }).click()
  await expect(page.getByText(/Đã mở để/)).toBeVisible()
  await page.getByRole('radio', { name: new RegExp(`^${result}`) }).check()
  if (result !== 'Chưa gặp được') await page.getByRole('radio', { name: 'Gặp trực tiếp', exact: true }).check()
  await page.getByLabel('Ghi chú').fill(note)
  const sheet = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Ghi kết quả' }).click()
  await page.waitForURL(({ pathname }) => pathname !== sheet)
  await expect(page.getByText(/^Đã ghi kết quả\./)).toBeVisible()
}

test('an inspection is drawn, checked in the field, signed by two, answered, found, and appealed', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { unit, inspectors } = cast()
  const open = async (login: string, options = {}) => watch(await (await contextOf(browser, login, options)).newPage())
  const office = await open('congan')
  const first = await open(inspectors[0]?.login ?? '', PHONE)
  const second = await open(inspectors[1]?.login ?? '', PHONE)
  const head = await open(unit.head)

  await office.goto(`/kiem-tra/moi?don-vi=${unit.id}`)
  for (const { name } of inspectors) await office.getByRole('checkbox', { name: new RegExp(name) }).check()
  await office.getByLabel(/Độ chắc chắn/).fill('80')
  await office.getByLabel(/Tỷ lệ không đúng cần phát hiện/).fill('40')
  await office.getByLabel(/Số trường hợp chọn thêm/).fill('2')
  // the size is shown before the draw, which is not undone; another size is shown again
  await office.getByRole('button', { name: 'Xem số phiếu của mẫu' }).click()
  await expect(office.getByText(/^Mẫu có \d+ phiếu$/)).toBeVisible()
  await expectWell(office)
  await office.getByLabel(/Số trường hợp chọn thêm/).fill('0')
  await office.getByRole('button', { name: /^Chọn mẫu \d+ phiếu$/ }).click()
  await expect(office.getByText(/thêm nhiều nhất/)).toBeHidden()
  await office.getByRole('button', { name: /^Chọn mẫu \d+ phiếu$/ }).click()
  await expect(office.getByText(/Đã chọn mẫu/)).toBeVisible({ timeout: 60_000 })
  await expectWell(office)
  const address = new URL(office.url()).pathname
  // nobody prepares for a visit
  expect((await head.goto(address))?.status()).toBe(404)
  watch(head)

  // the decision that formed the team and who leads it go into the minutes
  await office.getByRole('link', { name: 'Ghi quyết định, Tổ trưởng' }).click()
  for (const width of [360, 1280]) {
    await office.setViewportSize({ width, height: 800 })
    await expectWell(office)
  }
  await office.getByRole('button', { name: 'Ghi quyết định' }).click()
  await expect(office.getByText(/Chưa điền|Anh\/chị điền/).first()).toBeVisible()
  await office.getByLabel('Số quyết định').fill('45/QĐ-CAT')
  const [drawn] = query<{ day: string }>(
    "select date(drawn_at / 1000 + 25200, 'unixepoch') as day from inspection order by id desc limit 1",
  )
  await office.getByLabel('Ngày quyết định').fill(drawn?.day ?? '')
  await office.getByLabel('Tổ trưởng').selectOption(inspectors[0]?.name ?? '')
  await office.getByRole('button', { name: 'Ghi quyết định' }).click()
  await expect(office.getByText('Đã ghi quyết định thành lập Tổ kiểm tra.')).toBeVisible()
  await expect(office.getByText('Tổ trưởng', { exact: true })).toHaveCount(1)

  await first.goto(address)
  // where to go is known before anybody is opened
  await expect(first.getByText(/phiếu ở .+, (xã|phường|thị trấn) /i).first()).toBeVisible()
  await openNext(first)
  await check(first, 'Không đúng thực tế', 'Người dân nói chưa gặp ai.')
  await expectWell(first)
  await check(first, 'Chưa gặp được', 'Đi vắng hai lần.')
  await first.goto(address)
  await expect(first.getByText(/1 người dân chưa gặp được, chọn thay 1/)).toBeVisible()
  await openNext(first)
  // each saved sheet leads to the next one, the last one back to the inspection
  while (new URL(first.url()).pathname !== address) await check(first, 'Đúng thực tế', '')
  await first.getByRole('button', { name: 'Ký kết quả kiểm tra' }).click()
  await expect(first.getByText('Đã ký.', { exact: true })).toBeVisible()
  await second.goto(address)
  await second.getByRole('button', { name: 'Ký kết quả kiểm tra' }).click()
  await expect(second.getByText(/Với độ tin cậy 80%, tỷ lệ thực trong khoảng/)).toBeVisible()
  await expectWell(second)

  await head.goto(address)
  await head.getByRole('link', { name: 'Trả lời' }).click()
  await head.getByLabel(/Trả lời của đơn vị/).fill('Đơn vị đã rà soát, đề nghị xem lại phiếu thứ nhất.')
  await head
    .getByRole('button')
    .filter({ hasText: /trả lời/i })
    .click()
  await expect(head.getByText('Đã ghi trả lời của đơn vị.')).toBeVisible()
  await second.goto(address)
  await second.getByRole('link', { name: 'Kết luận báo cáo không đúng thực tế' }).click()
  await second.getByLabel(/Lý do, căn cứ/).fill('Một trường hợp không đúng thực tế theo biên bản.')
  await second
    .getByRole('button')
    .filter({ hasText: /kết luận/i })
    .click()
  await expect(second.getByText('Đã ghi kết luận.')).toBeVisible()

  await head.goto(address)
  await expect(head.getByText('Báo cáo không đúng thực tế').first()).toBeVisible()
  const [minutes] = await Promise.all([
    head.waitForEvent('download'),
    head.getByRole('link', { name: 'Tải biên bản (docx)' }).click(),
  ])
  expect(minutes.suggestedFilename()).toMatch(/\.docx$/)
  await head
    .getByRole('link', { name: /^Phiếu \d+$/ })
    .first()
    .click()
  await head.getByLabel(/Nội dung kiến nghị/).fill('Người dân đã xác nhận lại bằng văn bản.')
  await head
    .getByRole('button')
    .filter({ hasText: /kiến nghị/i })
    .click()
  await expect(head.getByText(/^Chờ cơ quan thường trực quyết định, đến hết ngày \d/).first()).toBeVisible()
  await expectWell(head)

  await office.goto(address)
  await office.getByRole('link', { name: /^Trường hợp \d+$/ }).click()
  await office.getByRole('link', { name: /quyết định/i }).click()
  await office.getByRole('radio', { name: 'Chấp nhận', exact: true }).check()
  await office.getByLabel(/Lý do/).fill('Đã gặp lại người dân.')
  await office.getByRole('button', { name: 'Ghi quyết định' }).click()
  await expect(office).toHaveURL(/da-quyet-dinh/)
  await expect(office.getByText('Chấp nhận').first()).toBeVisible()
  const [pick] = query<{ reason: string }>(
    `select h.verdict_reason as reason from inspection_pick p join help h on h.id = p.help_id
      where p.inspection_id = ? and p.result = 'untrue'`,
    Number(address.split('/').at(-1)),
  )
  expect(pick?.reason).not.toBe('inspection_failed')
  for (const page of [office, first, second, head]) await page.context().close()
})
