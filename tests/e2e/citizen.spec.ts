import { contextOf, expect, expectSound, expectWell, idsAt, query, test, watch } from './person.ts'

const PAGE_LIMIT_BYTES = 30 * 1024

test('the official shows the code, the citizen answers on their own phone, and the first page changes', async ({
  browser,
}) => {
  const { officialId } = idsAt('in')
  const [record] = query<{ id: number }>(
    `select id from help where official_id = ? and verdict_reason = 'confirmed'
        and id not in (select help_id from citizen_answer) limit 1`,
    officialId,
  )
  const official = await contextOf(browser, 'canbo', { viewport: { width: 360, height: 780 } })
  const phone = watch(await official.newPage())
  await phone.goto(`/ho-tro/${record?.id}`)
  await phone.getByRole('button', { name: 'Tạo mã để người dân xác nhận' }).click()
  await expect(phone.getByRole('img', { name: 'Mã QR để người dân xác nhận' })).toBeVisible()
  await expectWell(phone)
  const url = (await phone.getByRole('link', { name: /\/x\// }).getAttribute('href')) ?? ''

  const own = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false })
  const citizen = watch(await own.newPage())
  let bytes = 0
  citizen.on('response', async response => {
    bytes += (await response.body()).length
  })
  await citizen.goto(url)
  await expect(citizen.getByText('Trần Thị Mai Phương')).toBeVisible()
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThanOrEqual(PAGE_LIMIT_BYTES)
  // one tap: what it agrees to is said above it
  await expect(citizen.getByText(/^Bấm nút này, tôi trả lời “đúng” và đồng ý/)).toBeVisible()
  await citizen.getByRole('button', { name: 'Đúng, tôi đã được hỗ trợ và đồng ý' }).click()
  await expect(citizen.getByRole('heading', { name: 'Cảm ơn bác, anh, chị' })).toBeVisible()

  await expect(phone.getByText('Người dân xác nhận đúng')).toBeVisible()
  await citizen.goto(url)
  await expect(citizen.getByRole('heading', { name: 'Đã có câu trả lời' })).toBeVisible()
  await citizen.getByRole('link', { name: /dữ liệu của tôi/ }).click()
  await citizen.getByRole('radio', { name: 'Xóa dữ liệu của tôi' }).check()
  await citizen.getByRole('button', { name: 'Gửi yêu cầu' }).click()
  await expect(citizen.getByRole('heading', { name: 'Đã nhận yêu cầu' })).toBeVisible()
  for (const context of [official, own]) await context.close()
})

test('a citizen reads large letters, and names several things that were not done, without a script', async ({
  browser,
}) => {
  const { officialId } = idsAt('in')
  const [record] = query<{ id: number }>(
    `select h.id from help h join help_outcome o on o.help_id = h.id and o.value = 'achieved'
      where official_id = ? and verdict_reason = 'confirmed' and h.id not in (select help_id from citizen_answer)
      group by h.id having count(*) >= 2 order by h.id desc limit 1`,
    officialId,
  )
  const official = await contextOf(browser, 'canbo', { viewport: { width: 360, height: 780 } })
  const phone = watch(await official.newPage())
  await phone.goto(`/ho-tro/${record?.id}`)
  await phone.getByRole('button', { name: 'Tạo mã để người dân xác nhận' }).click()
  const url = (await phone.getByRole('link', { name: /\/x\// }).getAttribute('href')) ?? ''

  const own = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: false })
  const citizen = watch(await own.newPage())
  const size = () => citizen.locator('h1').evaluate(head => Number.parseFloat(getComputedStyle(head).fontSize))
  await citizen.goto(url)
  const usual = await size()
  await citizen.getByRole('link', { name: 'Chữ to' }).click()
  expect(await size()).toBeCloseTo(usual * 1.5, 0)
  await citizen.goto(url)
  expect(await size(), 'kept for the next page').toBeCloseTo(usual * 1.5, 0)
  await citizen.getByText('Có việc chưa làm được', { exact: true }).click()
  await expectSound(citizen)
  await citizen.getByLabel(/^Lời của bác, anh, chị/).fill('Máy tôi chưa cài được')
  await citizen.getByRole('button', { name: 'Gửi: có việc chưa làm được' }).click()
  await expect(citizen.getByRole('alert')).toHaveText('Anh/chị đánh dấu việc chưa làm được.')
  await expect(citizen.getByLabel(/^Lời của bác, anh, chị/)).toHaveValue('Máy tôi chưa cài được')
  for (const box of (await citizen.getByRole('checkbox').all()).slice(0, 2)) await box.check()
  await citizen.getByRole('button', { name: 'Gửi: có việc chưa làm được' }).click()
  await expect(citizen.getByRole('heading', { name: 'Cảm ơn bác, anh, chị' })).toBeVisible()
  await expect(phone.getByText('Người dân viết: “Máy tôi chưa cài được”')).toBeVisible()
  await expect(phone.getByText(/^Chưa đạt: .+; .+\.$/)).toBeVisible()
  for (const context of [official, own]) await context.close()
})

test('the citizen’s page is accessible, and a wrong code says what to do', async ({ page, browser }) => {
  const official = await contextOf(browser, 'canbo')
  const desk = watch(await official.newPage())
  await desk.goto('/phieu-xac-nhan')
  await desk.getByRole('button', { name: 'Tạo đủ 20 phiếu' }).click()
  await expect(desk.locator('code')).toHaveCount(20)
  await expectWell(desk)
  const slip = (await desk.locator('code').first().textContent()) ?? ''
  await official.close()

  await page.setViewportSize({ width: 360, height: 640 })
  watch(page)
  await page.goto('/x')
  await expectWell(page)
  await page.getByLabel(/Mã trên phiếu/).fill(slip.toLowerCase().replaceAll('-', ' '))
  await page.getByRole('button', { name: 'Xem' }).click()
  await expect(page.getByRole('heading', { name: 'Chưa có thông tin' })).toBeVisible()
  await expectWell(page)
})
