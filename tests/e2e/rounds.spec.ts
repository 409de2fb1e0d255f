import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'
import { openZip } from '#app/imports/zip-archive.ts'
import { contextOf, expect, expectWell, type Page, passTheEnd, query, test, watch } from './person.ts'

/** From the close to papers that only need the number, the date and the pen: at most so many acts of the offices. */
const MOST_ACTS = 60

async function openAs(browser: Browser, login: string): Promise<Page> {
  return watch(await (await contextOf(browser, login)).newPage())
}

/** Somebody at a screen; each address, field and button is an act. */
class Clerk {
  acts = 0
  constructor(readonly page: Page) {}
  async open(path: string) {
    this.acts += 1
    await this.page.goto(path)
  }
  async fill(label: RegExp, words: string) {
    this.acts += 1
    await this.page.getByLabel(label).first().fill(words)
  }
  async press(name: string | RegExp) {
    this.acts += 1
    await this.page.getByRole('button', { name }).first().click()
  }
  async unfold(words: string) {
    this.acts += 1
    await this.page.locator('summary').filter({ hasText: words }).click()
  }
  async sees(words: string | RegExp) {
    await expect(this.page.getByText(words).first()).toBeVisible({ timeout: 60_000 })
  }
}

const openRounds = () => query('select id from closing where version > 0 and frozen_at is not null').length > 0

test('from the close to a zip of papers for many people', async ({ browser }) => {
  test.setTimeout(600_000)
  const [office, homeAffairs, district] = await Promise.all(
    ['congan', 'noivu', 'truonghuyen'].map(async login => new Clerk(await openAs(browser, login))),
  )
  if (!office || !homeAffairs || !district) throw new Error('nobody is there')
  if (!openRounds()) {
    await passTheEnd(office.page)
    throw new Error('the campaign is closed by the journeys before')
  }

  await homeAffairs.open('/khen-thuong/moi')
  await homeAffairs.fill(/Tên đợt xét/, 'Trọn bộ')
  await homeAffairs.fill(/Nhận đề nghị đến hết ngày/, '2025-01-31')
  await homeAffairs.press('Lập đợt xét')
  await homeAffairs.sees('Đã lập đợt xét.')
  const base = `/khen-thuong/${/\/khen-thuong\/(\d+)/.exec(homeAffairs.page.url())?.[1]}`
  const roundId = Number(base.split('/').at(-1))

  // the unit's part is counted apart: everybody of the district in one act, passed on in one
  await district.open(`${base}/de-nghi`)
  await expectWell(district.page)
  await district.press(/Đề nghị tất cả/)
  await district.sees(/Đã đề nghị \d+ hồ sơ\./)
  await district.open(base)
  const many = district.page.getByRole('button', { name: /Chuyển tiếp cả/ })
  if ((await many.count()) > 0) {
    await district.press(/Chuyển tiếp cả/)
    await district.sees(/Đã chuyển tiếp \d+ hồ sơ\./)
  }
  expect(district.acts).toBeLessThanOrEqual(6)

  await homeAffairs.open(`${base}?buoc=home_affairs`)
  await expectWell(homeAffairs.page)
  await homeAffairs.press(/Chuyển tiếp cả/)
  await homeAffairs.sees(/Đã chuyển tiếp \d+ hồ sơ\./)
  await homeAffairs.unfold('Chốt danh sách')
  const early = homeAffairs.page.locator('input[name="early"]')
  if ((await early.count()) > 0) {
    homeAffairs.acts += 1
    await early.check()
  }
  await homeAffairs.press('Chốt danh sách')
  await homeAffairs.sees('Đã chốt danh sách.')

  await homeAffairs.open(`${base}/hop`)
  await homeAffairs.fill(/^Bắt đầu/, '08:00')
  await homeAffairs.fill(/^Kết thúc/, '09:30')
  await homeAffairs.fill(/^Địa điểm/, 'Phòng họp số 1')
  await homeAffairs.fill(/^Chủ trì/, 'Trần Thị Chủ Trì, Chủ tịch Hội đồng')
  await homeAffairs.fill(/^Thư ký/, 'Lê Văn Thư Ký')
  await homeAffairs.fill(/^Thành viên dự họp/, 'Trần Thị Chủ Trì\nLê Văn Thư Ký\nPhạm Thị Ba')
  homeAffairs.acts += 1
  await homeAffairs.page.getByLabel(/Toàn bộ thành viên dự họp đồng ý/).check()
  await homeAffairs.press('Ghi phiên họp')
  await expect
    .poll(() => query("select 1 from candidate where round_id = ? and stage = 'council'", roundId))
    .toEqual([])

  await homeAffairs.open(`${base}/quyet-dinh`)
  await homeAffairs.fill(/Số quyết định/, '1300/QĐ-UBND')
  await homeAffairs.fill(/Ngày quyết định/, '2024-07-31')
  await homeAffairs.press('Ghi quyết định')
  await homeAffairs.sees('Đã ghi quyết định.')
  await homeAffairs.open(base)
  await homeAffairs.press('Lập trọn bộ văn bản (zip)')
  const link = homeAffairs.page.getByRole('link', { name: /Tải trọn bộ/ })
  await expect(link).toBeVisible({ timeout: 180_000 })
  homeAffairs.acts += 1
  const waiting = homeAffairs.page.waitForEvent('download')
  await link.click()
  const zip = await openZip(new Uint8Array(readFileSync(await (await waiting).path())), 200_000_000)

  const decided = query<{ id: number; certificate: string; name: string }>(
    `select c.id, c.certificate_number as certificate, o.name from candidate c join official o on o.id = c.official_id
      where c.round_id = ? and c.ended = 'decide' order by cast(c.certificate_number as integer)`,
    roundId,
  )
  expect(decided.length).toBeGreaterThan(10)
  const decision = String(
    await (await openZip(new Uint8Array((await zip.read('05-quyet-dinh.docx')) ?? []), 50_000_000)).read(
      'word/document.xml',
    ),
  )
  for (const { name } of decided) expect(decision).toContain(`>${name}<`)
  const places = decided.map(({ name }) => decision.indexOf(`>${name}<`))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(String(await zip.read('00-muc-luc.docx')).length).toBeGreaterThan(0)

  expect(office.acts + homeAffairs.acts).toBeLessThanOrEqual(MOST_ACTS)
})
