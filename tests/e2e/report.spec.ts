import { createHash } from 'node:crypto'
import { dayOf } from '#app/domain/calendar.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { periodSlug, reportPeriods } from '#app/domain/report.ts'
import { periodTitle } from '#app/text/report.ts'
import { fillHelp, saveHelp } from './help-entry.ts'
import { contextOf, expect, expectWell, idsAt, type Page, query, test, watch } from './person.ts'

const DISTRICT = 'Thành phố Đồng Xoài'
const CITIZEN = { name: 'Thị Mai Lan', number: '070 195 990 017' }

/** The report that is due next by the province's clock, which other tests move on. */
function nextPeriod() {
  const [clock] = query<{ realAt: number; campaignAt: number }>(
    'select real_at as realAt, campaign_at as campaignAt from clock',
  )
  const at = clock ? clock.campaignAt + (Date.now() - clock.realAt) : Date.now()
  const period = reportPeriods(PLAN_128, '128/KH-UBND').find(({ opensOn, dueAt }) => opensOn <= dayOf(at) && at < dueAt)
  if (!period) throw new Error('no report is due')
  return period
}

/** The figures of a row of the report's tables: signed, before, change, now, moved. */
async function figuresOf(page: Page, name: string): Promise<string[]> {
  const cells = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
    .getByRole('cell')
  return cells.allTextContents()
}

test('a report is drafted, signed off, seen in time above; what was signed stays, a correction stands beside it', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const unitId = Number(idsAt('in').unitId)
  const [district] = query<{ id: number }>('select id from unit where name = ?', DISTRICT)
  const period = nextPeriod()
  const title = periodTitle(period)
  const url = `/don-vi/${unitId}/bao-cao/${periodSlug(period)}`
  const [official, coordinator, head, above] = await Promise.all(
    ['canbo', 'daumoi', 'thutruong', 'truonghuyen'].map(async login =>
      watch(await (await contextOf(browser, login, { viewport: { width: 1100, height: 900 } })).newPage()),
    ),
  )
  if (!official || !coordinator || !head || !above) throw new Error('no pages')

  await coordinator.goto(`/don-vi/${unitId}/bao-cao`)
  await coordinator.getByRole('link', { name: title, exact: true }).click()
  await expect(coordinator.getByRole('button', { name: 'Ký báo cáo' })).toHaveCount(0)
  await coordinator.getByRole('link', { name: 'Soạn báo cáo' }).click()
  await coordinator.getByLabel(/Khó khăn, vướng mắc/).fill('Sóng 4G yếu ở ấp 6.')
  await expectWell(coordinator)
  await coordinator.getByRole('button', { name: 'Lưu bản soạn' }).click()
  await expect(coordinator.getByText('Đã lưu bản soạn.')).toBeVisible()
  await expect(coordinator.getByText('Đang soạn').first()).toBeVisible()

  await head.goto('/')
  await head.getByRole('link', { name: /^1 báo cáo sắp đến hạn, chưa ký gửi/ }).click()
  await expect(head.getByText('Sóng 4G yếu ở ấp 6.')).toBeVisible()
  await head.getByRole('link', { name: 'Ký báo cáo' }).click()
  await expect(head.getByText('Chưa nêu đề xuất, kiến nghị.')).toBeVisible()
  await expectWell(head)
  const reason = head.getByLabel(/Lý do ký trước ngày cuối kỳ/)
  const isEarly = (await reason.count()) > 0
  if (isEarly) await reason.fill('Thủ trưởng đi công tác.')
  await head.getByLabel(/Tôi đã xem số liệu/).check()
  await head.getByRole('button', { name: 'Ký báo cáo' }).click()
  await expect(head.getByText('Đã ký. Số liệu của bản này không thay đổi nữa.')).toBeVisible()
  await expectWell(head)
  await expect(head.getByText(/Chủ tịch UBND xã, ký trên hệ thống/)).toBeVisible()
  await head.locator('summary').filter({ hasText: 'Rút chữ ký' }).click()
  await head.getByRole('button', { name: 'Rút chữ ký' }).click()
  await expect(head.getByText('Đã rút chữ ký. Bản này trở lại thành bản soạn.')).toBeVisible()
  await head.getByRole('link', { name: 'Ký báo cáo' }).click()
  if (isEarly) await reason.fill('Thủ trưởng đi công tác.')
  await head.getByLabel(/Tôi đã xem số liệu/).check()
  await head.getByRole('button', { name: 'Ký báo cáo' }).click()
  await expect(head.getByText('Đã ký. Số liệu của bản này không thay đổi nữa.')).toBeVisible()

  const slug = /bao-cao\/([\w-]+)/.exec(head.url())?.[1]
  await above.goto(`/don-vi/${district?.id}/bao-cao?ky=${slug}`)
  await expect(above.getByRole('heading', { name: title })).toBeVisible()
  await expect(above.getByRole('listitem').filter({ hasText: 'UBND xã Tân Thành' })).toContainText('Đúng hạn')
  await expectWell(above)

  const [signed] = await figuresOf(head, 'Trường hợp ghi nhận')
  const hash = await head.locator('code.hash').textContent()
  const download = await head.request.get(`${url}.json`)
  expect(
    createHash('sha256')
      .update(await download.body())
      .digest('hex'),
  ).toBe(hash)

  if (period.kind === 'weekly') {
    await fillHelp(official, CITIZEN)
    await saveHelp(official, CITIZEN.name)
    await head.goto(url)
    const figures = await figuresOf(head, 'Trường hợp ghi nhận')
    expect(figures[0]).toBe(signed)
    expect(figures.at(-1)).toBe('+1')
    expect(await head.locator('code.hash').textContent()).toBe(hash)
  }

  await coordinator.goto(url)
  await coordinator.getByRole('link', { name: 'Lập bản đính chính' }).click()
  await coordinator.getByRole('button', { name: 'Lưu bản soạn' }).click()
  await expect(coordinator.getByText('Anh/chị điền giúp mục này.').first()).toBeVisible()
  await coordinator.getByLabel(/Lý do đính chính/).fill('Bổ sung trường hợp ghi trong ngày.')
  await coordinator.getByRole('button', { name: 'Lưu bản soạn' }).click()
  await expect(coordinator.getByText('Đã lưu bản soạn.')).toBeVisible()
  await head.goto(url)
  await head.getByRole('link', { name: 'Ký bản đính chính' }).click()
  if (isEarly) await reason.fill('Thủ trưởng đi công tác.')
  await head.getByLabel(/Tôi đã xem số liệu/).check()
  await head.getByRole('button', { name: 'Ký báo cáo' }).click()
  await expect(head.getByRole('heading', { name: 'Bản 2' })).toBeVisible()
  await expect(head.getByText('Lý do đính chính: Bổ sung trường hợp ghi trong ngày.').first()).toBeVisible()
  await expectWell(head)
  await head.getByRole('link', { name: 'Bản 1', exact: true }).click()
  await expect(head.getByRole('heading', { name: 'Bản 1' })).toBeVisible()
  await expect(head.locator('code.hash')).toHaveText(hash ?? '')
  expect((await figuresOf(head, 'Trường hợp ghi nhận'))[0]).toBe(signed)
  await above.reload()
  await expect(above.getByRole('listitem').filter({ hasText: 'UBND xã Tân Thành' })).toContainText('Đúng hạn, bản 2')
  for (const page of [official, coordinator, head, above]) await page.context().close()
})
