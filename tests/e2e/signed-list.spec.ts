import { readFileSync } from 'node:fs'
import { DAY, issue } from '../authority.ts'
import { signed } from '../signed-pdf.ts'
import {
  contextOf,
  expect,
  expectSound,
  expectWell,
  ON_DESKTOP,
  ON_PHONE,
  type Page,
  query,
  test,
  watch,
} from './person.ts'

/*
 * A unit's list of pledges is prepared, signed by the test's own signer, uploaded, and confirmed by the coordinator; its
 * printed code tells anybody that it is valid, and no name.
 */

const NOW = Date.parse('2024-06-12T05:00:00Z')
const years = { from: NOW - 1000 * DAY, to: NOW + 2000 * DAY }
const root = issue({ subject: { C: 'VN', CN: 'Gốc danh sách E2E' }, ...years, isIssuer: true })
const issuer = issue({ subject: { C: 'VN', CN: 'Cấp danh sách E2E' }, issuer: root, ...years, isIssuer: true })

const choose = (page: Page, name: string, buffer: Buffer, mimeType: string) =>
  page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })

/** A rectangle for the first line of a prepared list, in the place for signatures that its seal names. */
function firstLineOf(prepared: Buffer) {
  const place = /4phu1:[a-z_]*\d+@\d+,(\d+),\d+,(\d+),(\d+)/.exec(prepared.toString('latin1'))
  const [left = 0, right = 0, top = 0] = place?.slice(1).map(Number) ?? []
  return [left + 3, top - 30, right - 3, top - 2] as const
}

for (const [way, login] of [
  [ON_PHONE, 'canbo'],
  [ON_DESKTOP, 'thutruong'],
] as const)
  test(`a list of pledges is signed with certificates, ${way.name}`, async ({ browser }) => {
    const well = (page: Page) => (way.javaScriptEnabled ? expectWell : expectSound)(page)
    const first = watch(await (await contextOf(browser, 'quantri', way)).newPage())
    await first.goto('/quan-tri/chung-thu-goc')
    if ((await first.getByText('Gốc danh sách E2E').count()) === 0) {
      await choose(first, 'goc.cer', root.der, 'application/x-x509-ca-cert')
      await first.getByLabel(/Nguồn/).first().fill('Bài kiểm thử')
      await first.getByRole('button', { name: 'Thêm, chờ quản trị thứ hai' }).click()
      const second = watch(await (await contextOf(browser, 'quantri2', way)).newPage())
      await second.goto('/quan-tri/chung-thu-goc')
      await second.getByRole('button', { name: 'Đã đối chiếu, đồng ý' }).click()
    }
    const [person] = query<{ officialId: number; name: string; unitId: number }>(
      `select o.id as officialId, o.name, p.unit_id as unitId from official o
         join account a on a.official_id = o.id join posting p on p.official_id = o.id and p.to_on is null
        where a.login = ?`,
      login,
    )
    const { name = '', officialId = 0, unitId = 0 } = person ?? {}

    const page = watch(await (await contextOf(browser, 'daumoi', way)).newPage())
    await page.goto(`/don-vi/${unitId}/cam-ket`)
    await page.getByRole('link', { name: 'Ký bằng chữ ký số' }).click()
    await expect(page.getByRole('heading', { name: 'Danh sách cam kết ký số' })).toBeVisible()
    await well(page)
    await page.goto(`/don-vi/${unitId}/cam-ket/ky-so?tim=${encodeURIComponent(name)}`)
    for (const box of await page.locator('input[name=chon]').all())
      await box.setChecked((await box.getAttribute('value')) === String(officialId))
    await page.getByRole('button', { name: 'Lập danh sách để ký' }).click()
    await expect(page.getByText('Chưa có chữ ký nào')).toBeVisible()
    await well(page)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải bản để ký (PDF)' }).click(),
    ])
    const signer = issue({ subject: { CN: name }, issuer, ...years })
    const message = { along: [issuer], signedAt: NOW }
    const prepared = readFileSync(await download.path())
    const file = signed(prepared, signer, { rect: firstLineOf(prepared), message })
    await choose(page, 'danh-sach.pdf', Buffer.from('%PDF-1.7'), 'application/pdf')
    await page.getByRole('button', { name: 'Kiểm tra và lưu' }).click()
    await expect(page.getByText('không giữ nguyên bản do hệ thống chuẩn bị')).toBeVisible()
    await choose(page, 'danh-sach.pdf', file, 'application/pdf')
    await page.getByRole('button', { name: 'Kiểm tra và lưu' }).click()
    await expect(page.getByText('Đã lưu 1 chữ ký mới')).toBeVisible()
    await expect(page.getByText('Chờ đơn vị xác nhận người ký').first()).toBeVisible()
    await well(page)

    await page.locator('input[name=chon]').check()
    await page.getByRole('button', { name: 'Xác nhận người ký' }).click()
    await expect(page.getByText('Đã xác nhận người ký')).toBeVisible()
    await expect(page.getByText('Mọi người đã ký')).toBeVisible()
    await well(page)

    const own = watch(await (await contextOf(browser, login, way)).newPage())
    await own.goto('/cam-ket')
    await own.getByRole('link', { name: 'Xem chữ ký' }).click()
    await expect(own.getByText('Chứng thư số có hiệu lực')).toBeVisible()
    await well(own)

    const code = await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).textContent()
    const anybody = await (await browser.newContext()).newPage()
    await anybody.goto('/v')
    await anybody.getByLabel(/Mã tra cứu/).fill((code ?? '').toLowerCase())
    await anybody.getByRole('button', { name: 'Tra cứu' }).click()
    await expect(anybody.getByText('Có 1 chữ ký số hợp lệ')).toBeVisible()
    expect(await anybody.content()).not.toContain(name)
    await well(anybody)
  })
