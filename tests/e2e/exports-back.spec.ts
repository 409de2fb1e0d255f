import { become, contextOf, expect, expectWell, idsAt, type Page, query, test, watch } from './person.ts'

/** The worker does one job at a time (ms). */
const WAIT = 60_000
const DAY = '2024-06-11'
const unitId = (name: string) => query<{ id: number }>('select id from unit where name = ?', name)[0]?.id ?? 0

/** Gives this account every right over a unit that its exports and imports take; returns what ends them again. */
function chargeOf(login: string, unit: number): () => void {
  const givenAt = Date.now()
  for (const role of ['head', 'coordinator'])
    query(
      `insert into role_grant (account_id, role, unit_id, from_on, created_at)
       select id, ?, ?, '2024-01-01', ? from account where login = ?`,
      role,
      unit,
      givenAt,
      login,
    )
  // other journeys know this account as the coordinator of one commune
  return () => query('delete from role_grant where created_at = ?', givenAt)
}

/** The bytes of a file of the product, as a browser of this person gets them. */
async function exported(page: Page, path: string): Promise<Buffer> {
  const answer = await page.context().request.get(path)
  expect(answer.status(), path).toBe(200)
  return answer.body()
}

async function sendBack(page: Page, file: string, form: string, about: Readonly<Record<string, string>> = {}) {
  const buffer = await exported(page, file)
  await page.goto(form)
  for (const [label, text] of Object.entries(about)) await page.getByLabel(label).fill(text)
  await page.locator('input[type=file]').setInputFiles({ name: 'xuat.xlsx', mimeType: '', buffer })
  await page.getByRole('button', { name: /Đọc và xem trước|Tải lên/ }).click()
  await expect(page.getByText('Không có gì cần nhập').first(), file).toBeVisible({ timeout: WAIT })
}

const LIST = { 'Tên danh sách': 'Danh sách tải về', 'Căn cứ': 'Kế hoạch 128/KH-UBND' }
const LEVELS = ['UBND xã Tân Thành', 'Huyện Lộc Ninh', 'Tỉnh Bình Phước']

for (const name of LEVELS)
  test(`what ${name} gives out comes back with nothing to import`, async ({ browser }) => {
    test.setTimeout(300_000)
    const unit = name === LEVELS[0] ? Number(idsAt('in').unitId) : unitId(name)
    const end = chargeOf('daumoi', unit)
    const context = await contextOf(browser, 'daumoi', { viewport: { width: 360, height: 780 } })
    const page = watch(await context.newPage())
    const base = `/don-vi/${unit}`
    await sendBack(page, `${base}/tuyen-truyen.xlsx`, `${base}/tuyen-truyen/nhap`)
    await expectWell(page)
    await sendBack(page, `${base}/diem-thu-nhan.xlsx`, `${base}/diem-thu-nhan/nhap`)
    await sendBack(page, `${base}/nguoi-thuc-hien.xlsx`, `${base}/nguoi-thuc-hien/nhap`)
    await sendBack(page, `${base}/phan-cong.xlsx`, `${base}/phan-cong/nhap`, LIST)
    await expectWell(page)
    await sendBack(page, `${base}/truong-hop.xlsx`, `${base}/truong-hop/nhap`)
    await become(context, 'congan')
    const code = query<{ code: string }>('select locality_code as code from unit where id = ?', unit)[0]?.code
    await page.goto(`/dia-ban/${code}/so-lieu/nhap?ngay=${DAY}`)
    await sendBack(page, `/dia-ban/${code}/so-lieu.xlsx?ngay=${DAY}`, `/dia-ban/${code}/so-lieu/nhap?ngay=${DAY}`)
    await context.close()
    end()
  })

test('columns are asked about on a phone, without script too, and remembered', async ({ browser }) => {
  const { unitId: unit } = idsAt('in')
  for (const [javaScriptEnabled, place] of [
    [true, 'Nhà văn hóa ấp 1'],
    [false, 'Nhà văn hóa ấp 2'],
  ] as const) {
    const context = await contextOf(browser, 'daumoi', { viewport: { width: 360, height: 780 }, javaScriptEnabled })
    const page = watch(await context.newPage())
    await page.goto(`/don-vi/${unit}/tuyen-truyen/nhap`)
    const table = `Ngày\tCách làm\tĐịa điểm\tSố người\n6/5/2024 8:00:00 AM\tTin nhắn SMS\t${place}\t1.200\n`
    await page.getByLabel('Bảng dán từ trình duyệt hoặc Excel').fill(table)
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
    await expect(page.getByRole('heading', { name: 'Ngày hay tháng đứng trước?' })).toBeVisible()
    if (javaScriptEnabled) {
      await expect(page.getByText('Còn thiếu: Hình thức.')).toBeVisible()
      await expectWell(page)
      await page.getByLabel('Cách làm').selectOption({ label: 'Hình thức' })
      await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
      await expect(page.getByText('Anh/chị cho biết trong cột ngày')).toBeVisible()
      await expect(page.getByLabel('Cách làm')).toHaveValue('channel')
    }
    await page.getByLabel(/^Tháng đứng trước/).check()
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
    await expect(page.getByText(`1.200 người · ${place}`)).toBeVisible()
    await expect(page.getByText(/05\/6\/2024/).first()).toBeVisible()
    await page.getByRole('button', { name: 'Lưu 1 dòng' }).click()
    await expect(page.getByText(place).first()).toBeVisible()
    await context.close()
  }
})
