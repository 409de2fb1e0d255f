import { contextOf, expect, expectWell, idsAt, query, test, watch } from './person.ts'

const DISTRICT = '694'
const DAY = '2024-06-11'
const NAME = 'Hệ thống theo dõi Đề án 06'

test('a layout is changed, and figures that went out in it come back without a change', async ({ browser }) => {
  const context = await contextOf(browser, 'congan')
  const page = watch(await context.newPage())
  await page.goto('/mau-bang')
  await page.getByLabel('Dòng tiêu đề của hệ thống kia').fill('Mã ĐVHC\tKết quả kích hoạt')
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel('Tên mẫu').fill(NAME)
  await page.getByLabel('Nội dung').nth(0).selectOption({ label: 'Mã địa bàn' })
  await page.getByLabel('Nội dung').nth(1).selectOption({ label: 'Kích hoạt định danh điện tử' })
  await page.getByRole('button', { name: 'Lưu mẫu' }).click()

  await page.getByRole('link', { name: NAME }).click()
  await page.getByLabel('Kết quả kích hoạt: nội dung').selectOption({ label: 'Mã địa bàn' })
  await page.getByRole('button', { name: 'Lưu mẫu' }).click()
  await expect(page.getByText('“Mã địa bàn” được chọn ở hai cột.')).toBeVisible()
  await expectWell(page)
  await page.getByLabel('Kết quả kích hoạt: nội dung').selectOption({ label: 'Kích hoạt định danh điện tử' })
  await page.getByLabel('Mã ĐVHC: thứ tự').fill('9')
  await page.getByLabel('Cột 3: tiêu đề').fill('Kỳ báo cáo')
  await page.getByLabel('Cột 3: ghi cố định').fill('Ngày')
  await page.getByRole('button', { name: 'Lưu mẫu' }).click()
  await expect(page.getByText('2/3 cột có nội dung').first()).toBeVisible()

  await page.goto(`/dia-ban/${DISTRICT}/so-lieu?ngay=${DAY}`)
  await page.getByLabel('Mẫu bảng').selectOption({ label: NAME })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Xuất CSV' }).click()
  const csv = await (await download).createReadStream()
  const bytes = Buffer.concat(await csv.toArray())
  const [{ value = 0 } = {}] = query<{ value: number }>(
    "select value from indicator_figure where locality_code = ? and indicator = 'eid_activated' and as_of_on = ?",
    DISTRICT,
    DAY,
  )
  const lines = bytes.toString('utf8').replace('\uFEFF', '').split('\r\n')
  expect(lines.slice(0, 2)).toEqual(['Kết quả kích hoạt,Kỳ báo cáo,Mã ĐVHC', `${value},Ngày,${DISTRICT}`])

  await page.goto(`/dia-ban/${DISTRICT}/so-lieu/nhap?ngay=${DAY}`)
  await page.getByLabel('Mẫu bảng').selectOption({ label: NAME })
  await page.getByLabel(/tệp Excel, CSV/).setInputFiles({ name: 'so-lieu.csv', mimeType: 'text/csv', buffer: bytes })
  await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
  await expect(page.getByText('Không có gì cần nhập')).toBeVisible()
  await page.getByRole('button', { name: 'Lưu số liệu' }).click()
  await expect(page.getByText('Không có số nào thay đổi.')).toBeVisible()
  await context.close()
})

test('a commune sees what its district gave it, and how it stands', async ({ browser }) => {
  const context = await contextOf(browser, 'daumoi', { viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  const { unitId } = idsAt('in')
  const [{ total = 0 } = {}] = query<{ total: number }>(
    `select t.total from target_share t join target_sharing s on s.id = t.sharing_id
      where t.unit_id = ? and s.indicator = 'eid_activated' order by s.id desc limit 1`,
    Number(unitId),
  )
  expect(total).toBeGreaterThan(0)
  const written = total.toLocaleString('vi-VN')
  await page.goto(`/don-vi/${unitId}`)
  await page.getByRole('navigation', { name: 'Các trang của đơn vị' }).getByRole('link', { name: 'Chỉ tiêu' }).click()
  await page.getByRole('link', { name: 'Được giao' }).click()
  await expect(page.getByText(written).first()).toBeVisible()
  await expectWell(page)
  await page.getByRole('link', { name: 'Kích hoạt định danh điện tử' }).click()
  await expect(page.getByText(written).first()).toBeVisible()
  await page.getByRole('link', { name: 'Lịch sử số liệu' }).click()
  await expect(page.getByRole('heading', { name: 'Lịch sử số liệu' })).toBeVisible()
  await expectWell(page)
  await context.close()
})
