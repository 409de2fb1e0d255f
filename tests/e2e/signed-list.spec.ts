import { readFileSync } from 'node:fs'
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
import { authorityOf, chooseFile, SIGNED_AT, trustRoot } from './trusted-root.ts'

/*
 * A unit's list of pledges is prepared, signed by the test's own signer, uploaded, and confirmed by the coordinator; its
 * printed code tells anybody that it is valid, and no name.
 */

const AUTHORITY = authorityOf('danh sách E2E')

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
    await trustRoot(browser, way, AUTHORITY, well)
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
    const signer = AUTHORITY.certificateOf(name)
    const message = { along: [AUTHORITY.issuer], signedAt: SIGNED_AT }
    const prepared = readFileSync(await download.path())
    const file = signed(prepared, signer, { rect: firstLineOf(prepared), message })
    await chooseFile(page, 'danh-sach.pdf', Buffer.from('%PDF-1.7'), 'application/pdf')
    await page.getByRole('button', { name: 'Kiểm tra và lưu' }).click()
    await expect(page.getByText('không giữ nguyên bản do hệ thống chuẩn bị')).toBeVisible()
    await chooseFile(page, 'danh-sach.pdf', file, 'application/pdf')
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
