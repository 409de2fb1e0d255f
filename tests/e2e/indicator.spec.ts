import { contextOf, expect, expectWell, query, test, watch } from './person.ts'

const DISTRICT = '695'
const HEADERS = 'TT\tTên địa phương\tThiết bị 4G lũy kế'

test('figures are typed, corrected with a reason, pasted in another system’s layout, and seen on the board', async ({
  browser,
}) => {
  const context = await contextOf(browser, 'congan')
  const page = watch(await context.newPage())
  const [{ name: district = '' } = {}] = query<{ name: string }>('select name from locality where code = ?', DISTRICT)
  const before = query<{ value: number }>(
    "select max(value) as value from indicator_figure where locality_code = ? and indicator = 'phone_4g'",
    DISTRICT,
  )[0]?.value
  const cell = page.getByLabel(new RegExp(`^Trang bị điện thoại thông minh 4G, .*${district}$`))
  await page.goto(`/dia-ban/${DISTRICT}`)
  await page.getByRole('link', { name: 'Nhập số liệu' }).first().click()
  await cell.fill('một trăm')
  await page.getByLabel(/Nguồn số liệu/).fill('Báo cáo ngày của huyện')
  await page.getByRole('button', { name: 'Lưu số liệu' }).click()
  await expect(page.getByText('Số liệu là số nguyên, từ 0 đến 9.999.999.')).toBeVisible()
  await expect(cell).toHaveValue('một trăm')
  const value = (before ?? 0) + 100
  await cell.fill(String(value))
  await page.getByRole('button', { name: 'Lưu số liệu' }).click()
  await expect(page.getByText('Đã lưu 1 số liệu.')).toBeVisible()
  await expectWell(page)

  await cell.fill(String(value + 7))
  await page.getByLabel(/Nguồn số liệu/).fill('Báo cáo ngày của huyện')
  await page.getByRole('button', { name: 'Lưu số liệu' }).click()
  await expect(page.getByText(/Ngày này đã có số liệu khác/)).toBeVisible()
  await page.getByLabel(/Lý do điều chỉnh/).fill('Cộng sót một xã')
  await page.getByRole('button', { name: 'Lưu số liệu' }).click()
  await expect(page.getByText('Đã lưu 1 số liệu.')).toBeVisible()
  await expect(page.getByText('Cộng sót một xã').first()).toBeVisible()

  await page.goto('/mau-bang')
  await page.getByLabel('Dòng tiêu đề của hệ thống kia').fill(HEADERS)
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await page.getByLabel('Tên mẫu').fill('Hệ thống báo cáo của tỉnh')
  const contents = page.getByLabel('Nội dung')
  await contents.nth(1).selectOption({ label: 'Địa bàn' })
  await contents.nth(2).selectOption({ label: 'Trang bị điện thoại thông minh 4G' })
  await expectWell(page)
  await page.getByRole('button', { name: 'Lưu mẫu' }).click()
  await expect(page.getByText('Hệ thống báo cáo của tỉnh')).toBeVisible()

  await page.goto(`/dia-ban/${DISTRICT}/so-lieu/nhap`)
  await page.getByLabel('Mẫu bảng').selectOption({ label: 'Hệ thống báo cáo của tỉnh' })
  await page.getByLabel(/Bảng dán từ/).fill(`${HEADERS}\n1\t${district}\t${value + 20}\n2\tXã Không Có\t99\n\tCộng\t99`)
  await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
  await expect(page.getByText('Đọc được 1 số, chưa lưu')).toBeVisible()
  await expect(page.getByText('Dòng 3: “Xã Không Có”')).toBeVisible()
  await expectWell(page)
  await page.getByLabel(/Nguồn số liệu/).fill('Hệ thống báo cáo của tỉnh')
  await page.getByLabel(/Lý do điều chỉnh/).fill('Số liệu cuối ngày')
  await page.getByRole('button', { name: 'Lưu số liệu' }).click()
  await expect(page.getByText('Đã lưu 1 số liệu.')).toBeVisible()
  await page.goto(`/dia-ban/${DISTRICT}?chi-tieu=phone_4g`)
  await expect(page.getByText((value + 20).toLocaleString('vi-VN')).first()).toBeVisible()
  await page.goto('/dia-ban/70/phu-luc')
  await expect(
    page.getByRole('row', { name: /^1 Đồng Xoài 943 11 1583 18 27547 307 2790 31 60926 677$/ }),
  ).toBeVisible()
  await expect(
    page.getByRole('row', { name: /Tổng 8676 102 11207 129 357048 3974 22095 253 374443 4165$/ }),
  ).toBeVisible()
  await expectWell(page)
  await context.close()
})

test('a district hands its target down only in shares that add up', async ({ browser }) => {
  const context = await contextOf(browser, 'truonghuyen', { viewport: { width: 360, height: 780 } })
  const page = watch(await context.newPage())
  const [{ id } = { id: 0 }] = query<{ id: number }>("select id from unit where name = 'Thành phố Đồng Xoài'")
  const communes = query<{ id: number; name: string }>(
    "select id, name from unit where parent_id = ? and kind = 'commune' order by name_folded",
    id,
  )
  await page.goto(`/don-vi/${id}/giao-chi-tieu?chi-tieu=id_card_first`)
  const first = page.getByLabel(`Giao cho ${communes[0]?.name}`)
  const given = Number(await first.inputValue())
  await first.fill(String(given + 1))
  await expect(page.getByText('Vượt chỉ tiêu 1.')).toBeVisible()
  await page.getByLabel(/Số văn bản giao chỉ tiêu/).fill('88/QĐ-UBND')
  await page.getByRole('button', { name: 'Giao chỉ tiêu' }).click()
  await expect(page.getByText(/Tổng các phần chưa bằng chỉ tiêu của huyện.*Vượt 1\./)).toBeVisible()
  await expectWell(page)

  await page.getByText('Nhập cơ sở để chia').click()
  await page.getByLabel(/Cơ sở là/).fill('dân số từ 14 tuổi')
  for (const commune of communes) await page.locator(`#co-so-${commune.id}`).fill('1.000')
  await page.getByRole('button', { name: 'Tính phần của từng đơn vị' }).click()
  await expect(page.getByText('Các phần vừa khớp chỉ tiêu.')).toBeVisible()
  await page.getByLabel(/Số văn bản giao chỉ tiêu/).fill('88/QĐ-UBND')
  await page.getByRole('button', { name: 'Giao chỉ tiêu' }).click()
  await expect(page.getByText('Đã giao chỉ tiêu.')).toBeVisible()
  await expect(page.getByText('88/QĐ-UBND · đang có hiệu lực')).toBeVisible()
  await expectWell(page)
  await context.close()
})
