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
 * A pledge is had as a PDF, signed by the test's own signer, and looked at: with a root that two administrators entered.
 */

const AUTHORITY = authorityOf('thử nghiệm E2E')

for (const [way, login] of [
  [ON_PHONE, 'canbo'],
  [ON_DESKTOP, 'daumoi'],
] as const)
  test(`a pledge is signed with a certificate and looked at, ${way.name}`, async ({ browser }) => {
    // axe runs in the page
    const well = (page: Page) => (way.javaScriptEnabled ? expectWell : expectSound)(page)
    const administrators = await trustRoot(browser, way, AUTHORITY, well)
    if (administrators) {
      const { first, second } = administrators
      await first.goto('/quan-tri/chung-thu-goc')
      await first.getByLabel(/Đơn vị cấp/).fill('Cấp thử nghiệm E2E')
      await first.getByLabel(/Loại chữ ký số/).selectOption('sim')
      await first.getByLabel(/Áp dụng từ ngày/).fill('2024-01-01')
      await first.getByLabel(/Nguồn/).last().fill('Bài kiểm thử')
      await first.getByRole('button', { name: 'Thêm loại, chờ quản trị thứ hai' }).click()
      await expect(first.getByText('Chờ quản trị thứ hai đồng ý')).toBeVisible()
      await second.goto('/quan-tri/chung-thu-goc')
      await second.getByRole('button', { name: 'Đã đối chiếu, đồng ý' }).click()
      await expect(second.getByText('Đang dùng').first()).toBeVisible()
      await well(second)
    }

    const page = watch(await (await contextOf(browser, login, way)).newPage())
    await page.goto('/cam-ket')
    await page.getByRole('link', { name: 'Ký bằng chữ ký số' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải bản cam kết để ký số (PDF)' }).click(),
    ])
    const prepared = readFileSync(await download.path())
    const [person] = query<{ name: string }>(
      'select o.name from official o join account a on a.official_id = o.id where a.login = ?',
      login,
    )
    const signer = AUTHORITY.certificateOf(person?.name ?? '')
    const message = { along: [AUTHORITY.issuer], signedAt: SIGNED_AT }
    const file = signed(prepared, signer, { rect: [90, 70, 300, 130], message })

    await chooseFile(page, 'da-ky.pdf', file, 'application/pdf')
    await page.getByRole('button', { name: 'Kiểm tra và lưu' }).click()
    await expect(page.getByText('Hợp lệ, chờ đơn vị xác nhận người ký')).toBeVisible()
    await expect(page.getByText('Đơn vị xác nhận người ký thì thành chứng minh.')).toBeVisible()
    await expect(page.getByText('Chưa rõ thu hồi').first()).toBeVisible()
    await expect(page.getByText('SIM chính chủ vẫn dựa vào kê khai').first()).toBeVisible()
    await well(page)

    const changed = Buffer.concat([file, Buffer.from('\n1 0 obj\n<< >>\nendobj\n')])
    await chooseFile(page, 'da-sua.pdf', changed, 'application/pdf')
    await page.getByRole('button', { name: 'Kiểm tra và lưu' }).click()
    await expect(page.getByText('Ngoài chữ ký, tệp có nội dung được thêm hoặc sửa')).toBeVisible()
    await well(page)

    await page.goto('/nghia-vu/sim_signature')
    await page.getByLabel(/Số điện thoại/).fill('0912345678')
    await page.getByLabel(/Nhà mạng/).selectOption({ index: 1 })
    await page.getByLabel(/SIM đăng ký chính chủ/).check()
    await page.getByLabel(/Loại chữ ký số/).selectOption('sim')
    await page.getByLabel(/Đơn vị cấp chứng thư số/).fill('Cấp thử nghiệm')
    await page.getByLabel(/Hiệu lực từ/).fill('2024-01-01')
    await page.getByLabel(/Đến ngày/).fill('2024-12-31')
    await page.getByRole('button', { name: 'Gửi kê khai' }).click()
    await expect(page.getByText('Chờ xác nhận người ký').first()).toBeVisible()
    await well(page)

    // the unit's word says whose it is, and speaks of the SIM's own name; the signature is proven by the act
    const head = watch(await (await contextOf(browser, 'thutruong', way)).newPage())
    const [place] = query<{ id: number }>(
      `select p.unit_id as id from posting p join account a on a.official_id = p.official_id
        where a.login = 'thutruong' and p.to_on is null`,
    )
    await head.goto(`/don-vi/${place?.id}/xac-nhan`)
    const line = head.getByRole('checkbox', { name: new RegExp(`${person?.name}, SIM`) })
    await line.check()
    await well(head)
    const list = head.locator('form').filter({ has: line })
    await list
      .getByRole('button', { name: /^Xác nhận/ })
      .first()
      .click()
    await expect(head.getByText('Đã xác nhận 1 mục.')).toBeVisible()

    await page.goto('/nghia-vu')
    await expect(page.getByText('Chữ ký số đã chứng minh').first()).toBeVisible()
    await expect(page.getByText('Anh/chị đã chứng minh chữ ký số bằng việc ký')).toBeVisible()
    await well(page)
    const proven = query<{ count: number }>(
      "select sim_signature_proven as count from people_tally where campaign_id = 1 and dimension = 'unit' and key = ?",
      String(place?.id),
    )
    expect(proven[0]?.count).toBeGreaterThan(0)
    await head.goto(`/don-vi/${place?.id}`)
    await well(head)
    const report = await head.request.get(`/don-vi/${place?.id}/ket-qua.docx`)
    expect(report.status()).toBe(200)
  })
