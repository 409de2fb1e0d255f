import { confirmOnQueue, fillHelp, saveHelp } from './help-entry.ts'
import { contextOf, expect, expectWell, idsAt, query, test, watch } from './person.ts'

const CITIZEN = { name: 'Thị Hoa Ban', number: '070 195 990 003' }

const nameOf = (login: string) =>
  query<{ name: string }>('select display_name as name from account where login = ?', login)[0]?.name ?? ''

test('a record is confirmed, disputed, decided, verified by an extract, and falls back when that is undone', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const unitId = Number(idsAt('in').unitId)
  const [first, second, head, office] = await Promise.all(
    ['canbo', 'daumoi', 'thutruong', 'congan'].map(async login =>
      watch(await (await contextOf(browser, login, { viewport: { width: 390, height: 800 } })).newPage()),
    ),
  )
  if (!first || !second || !head || !office) throw new Error('no pages')

  await fillHelp(first, CITIZEN)
  await saveHelp(first, CITIZEN.name)
  const firstRecord = first.url()
  await fillHelp(second, CITIZEN)
  await saveHelp(second, CITIZEN.name)
  const secondRecord = second.url()
  // what somebody else recorded is shown once the unit has confirmed one's own
  await confirmOnQueue(head, unitId, { citizen: CITIZEN.name, official: nameOf('canbo') })
  await confirmOnQueue(head, unitId, { citizen: CITIZEN.name, official: nameOf('daumoi') })
  await second.goto(secondRecord)
  await expect(second.getByText('Đã được ghi nhận ở trường hợp khác').first()).toBeVisible()

  await second.getByRole('link', { name: 'Đề nghị xem xét lại' }).click()
  await second.getByLabel(/Lý do/).fill('Tôi là người hướng dẫn đến khi kích hoạt xong.')
  await second.getByRole('button', { name: 'Gửi đề nghị' }).click()
  await expect(second.getByText(/Đã gửi đề nghị xem xét lại/)).toBeVisible()
  await expectWell(second)

  await head.goto(`/don-vi/${unitId}/tranh-chap`)
  await head.getByRole('link', { name: CITIZEN.name, exact: true }).click()
  await expect(head.getByText(nameOf('canbo')).first()).toBeVisible()
  await expectWell(head)
  await head.getByRole('radio').first().check()
  await head.getByLabel(/Lý do/).fill('Người dân xác nhận.')
  await head.getByRole('button', { name: 'Ghi quyết định' }).click()
  await expect(head.getByText('Đã quyết định').first()).toBeVisible()

  await first.goto(firstRecord)
  await expect(first.getByText('Đã được ghi nhận ở trường hợp khác').first()).toBeVisible()
  await second.goto(secondRecord)
  await expect(second.getByText('Được tính, đơn vị đã xác nhận').first()).toBeVisible()

  const [today] = query<{ day: string }>('select helped_on as day from help order by id desc limit 1')
  await office.goto('/doi-chieu/moi')
  await office.getByLabel(/Tệp số liệu/).setInputFiles({
    name: 'dinh-danh.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Số định danh;Ngày kích hoạt\n${CITIZEN.number.replaceAll(' ', '')};${today?.day}\n`),
  })
  await office.getByRole('button', { name: 'Tải lên và chọn cột' }).click()
  // the headers are recognised, so the columns are chosen already
  await expect(office.getByLabel('Số định danh')).not.toHaveValue('')
  await expect(office.getByLabel('Ngày kích hoạt')).not.toHaveValue('')
  await office.getByRole('button', { name: 'Đọc và xem trước' }).click()
  // whom it changes is seen by unit before it is applied
  const byUnit = office.getByRole('table', { name: 'Tác động theo đơn vị' })
  await expect(byUnit).toBeVisible({ timeout: 60_000 })
  for (const width of [360, 1280]) {
    await office.setViewportSize({ width, height: 800 })
    await expectWell(office)
  }
  await office.getByRole('button', { name: 'Áp dụng số liệu' }).click({ timeout: 60_000 })
  await expect(office.getByText('Hủy áp dụng').first()).toBeVisible({ timeout: 60_000 })
  await expectWell(office)
  await second.goto(secondRecord)
  await expect(second.getByText('Được tính, đã đối chiếu').first()).toBeVisible()

  await office.getByText('Hủy áp dụng').first().click()
  await office.getByRole('button', { name: 'Hủy áp dụng' }).click()
  await expect(office.getByText('Số liệu này không còn tác dụng')).toBeVisible({ timeout: 60_000 })
  await second.goto(secondRecord)
  await expect(second.getByText('Được tính, đơn vị đã xác nhận').first()).toBeVisible()
  for (const page of [first, second, head, office]) await page.context().close()
})
