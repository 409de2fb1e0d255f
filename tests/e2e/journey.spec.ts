import ExcelJS from 'exceljs'
import { confirmOnQueue, fillHelp } from './help-entry.ts'
import { contextOf, expect, expectSound, expectWell, ON_DESKTOP, ON_PHONE, query, test, watch } from './person.ts'

/** The roster of one new official, as a coordinator's own spreadsheet. */
async function rosterOf(name: string, number: string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Danh sách')
  sheet.addRow(['DANH SÁCH CÁN BỘ, CÔNG CHỨC'])
  sheet.addRow(['STT', 'Họ tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Chức vụ', 'Đơn vị', 'Loại', 'Công đoàn'])
  sheet.addRow([1, name, '12/3/1990', 'Nam', number, 'Công chức', 'UBND xã Tân Thành', 'Công chức', 'x'])
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

const unitId = () =>
  query<{ id: number }>(
    "select p.unit_id as id from account a join posting p on p.official_id = a.official_id where a.login = 'canbo' and p.to_on is null",
  )[0]?.id ?? 0

/** Reads the boards of the unit, its district and the province, and who is on the lists. */
const board = (unit: number) =>
  query<Record<string, number>>(
    `select t.reported, t.counted, t.awaiting, p.officials, p.sim_signature_declared as declared
       from help_total t join people_tally p on p.campaign_id = t.campaign_id and p.dimension = t.dimension and p.key = t.key
       join unit u on t.key = u.id
      where t.campaign_id = 1 and t.dimension = 'unit' and (select path from unit where id = ?) like u.path || '%'
      order by length(u.path)`,
    unit,
  )

const RUNS = [
  { ...ON_PHONE, serial: '990001' },
  { ...ON_DESKTOP, serial: '990002' },
]

for (const { name, serial, ...options } of RUNS)
  test(`from a roster to a counted record, ${name}`, async ({ browser }) => {
    test.setTimeout(180_000)
    const unit = unitId()
    const isWell = options.javaScriptEnabled ? expectWell : expectSound
    const before = board(unit)
    const person = `Nguyễn Văn Hành Trình ${options.javaScriptEnabled ? 'Một' : 'Hai'}`

    const coordinator = await contextOf(browser, 'daumoi', options)
    const desk = watch(await coordinator.newPage())
    await desk.goto(`/don-vi/${unit}/nguoi-thuc-hien/nhap`)
    await desk.getByLabel(/Tệp danh sách/).setInputFiles({
      name: 'danh-sach.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await rosterOf(person, `070090${serial}`),
    })
    await desk.getByText('Cán bộ, công chức, viên chức, người lao động của đơn vị').click()
    await desk.getByRole('button', { name: 'Tải lên và xem trước' }).click()
    await expect(desk.getByRole('heading', { name: 'Xem trước danh sách' })).toBeVisible({ timeout: 30_000 })
    await expect(desk.getByText(person).first()).toBeVisible()
    await desk.getByRole('button', { name: /^Nhập/ }).click()
    await expect(desk.getByText(/Đã nhập danh sách/)).toBeVisible({ timeout: 30_000 })
    await isWell(desk)

    await desk.getByRole('link', { name: 'In mã kích hoạt' }).click()
    await desk.getByRole('checkbox', { name: new RegExp(person) }).check()
    await desk.getByRole('button', { name: 'Tạo phiếu cho người đã chọn' }).click()
    const code = (await desk.locator('code').first().textContent()) ?? ''
    expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)

    const own = await browser.newContext(options)
    const phone = watch(await own.newPage())
    // the slip's QR code leads here: the code is in the fragment, which only a script reads
    await phone.goto(options.javaScriptEnabled ? `/kich-hoat#${code}` : '/kich-hoat')
    if (!options.javaScriptEnabled) await phone.getByLabel(/Mã kích hoạt/).fill(code)
    await expect(phone.getByLabel(/Mã kích hoạt/)).toHaveValue(code)
    await expect(phone).toHaveURL(/kich-hoat$/)
    await phone.getByLabel(/^Mật khẩu mới/).fill('Tân Thành bốn phủ 12')
    await phone.getByLabel(/Nhập lại mật khẩu mới/).fill('Tân Thành bốn phủ 12')
    await phone.getByRole('button', { name: 'Kích hoạt và đăng nhập' }).click()
    await expect(phone.getByRole('heading', { name: 'Tài khoản đã sẵn sàng' })).toBeVisible()
    await isWell(phone)
    await phone.getByRole('link', { name: 'Vào trang chính' }).click()
    await expect(phone.getByRole('img', { name: '0 trên 10 người dân' })).toBeVisible()
    await isWell(phone)

    await phone.goto('/cam-ket')
    await phone.getByLabel(/Tôi cam kết/).check()
    await phone.getByRole('button', { name: 'Ký cam kết' }).click()
    await expect(phone.getByText('Đã ký cam kết.')).toBeVisible()

    await phone.goto('/nghia-vu/sim_signature')
    await phone.getByLabel(/Số điện thoại/).fill('0912 345 678')
    await phone.getByLabel(/Nhà mạng/).selectOption('vinaphone')
    await phone.getByLabel(/SIM đăng ký chính chủ/).check()
    await phone.getByLabel(/Đơn vị cấp chứng thư số/).fill('VNPT-CA')
    await phone.getByLabel(/Loại chữ ký số/).selectOption('sim')
    await phone.getByLabel(/Hiệu lực từ/).fill('2024-01-01')
    await phone.getByLabel(/Đến ngày/).fill('2026-01-01')
    await phone.getByRole('button', { name: 'Gửi kê khai' }).click()
    await expect(phone.getByText('Chờ xác nhận').first()).toBeVisible()

    await fillHelp(phone, { name: 'Điểu Thị Ngễnh', number: `070 195 ${serial}`.slice(0, -1) })
    await phone.getByRole('button', { name: 'Lưu trường hợp' }).click()
    await expect(phone.getByText(/Số định danh gồm đúng 12 chữ số/).first()).toBeVisible()
    await expect(phone.getByLabel(/Họ và tên/)).toHaveValue('Điểu Thị Ngễnh')
    await phone.getByLabel(/Số định danh/).fill(`070 195 ${serial}`)
    if (options.javaScriptEnabled) await expect(phone.getByText('Nữ, sinh năm 1995.')).toBeVisible()
    await phone.getByRole('button', { name: 'Lưu trường hợp' }).click()
    await expect(phone.getByText('Chờ đơn vị xác nhận').first()).toBeVisible()
    await isWell(phone)
    const record = phone.url()

    const head = await contextOf(browser, 'thutruong', options)
    const board1 = watch(await head.newPage())
    await confirmOnQueue(board1, unit, { citizen: 'Điểu Thị Ngễnh', official: person })
    await isWell(board1)

    await phone.goto(record)
    await expect(phone.getByText('Được tính, đơn vị đã xác nhận').first()).toBeVisible()
    await phone.goto('/')
    await expect(phone.getByRole('img', { name: '1 trên 10 người dân' })).toBeVisible()

    const affairs = await contextOf(browser, 'noivu', options)
    const list = watch(await affairs.newPage())
    await list.goto(`/danh-gia?don-vi=${unit}&ket-qua=all&tim=${encodeURIComponent(person)}`)
    await expect(list.getByText('Được tính 1/10 (10%), còn 9 người dân.').first()).toBeVisible()
    await isWell(list)

    const after = board(unit)
    expect(after).toHaveLength(3)
    after.forEach((row, n) => {
      expect({ ...row }).toEqual({
        reported: (before[n]?.reported ?? 0) + 1,
        counted: (before[n]?.counted ?? 0) + 1,
        awaiting: before[n]?.awaiting,
        officials: (before[n]?.officials ?? 0) + 1,
        declared: (before[n]?.declared ?? 0) + 1,
      })
    })
    for (const context of [coordinator, own, head, affairs]) await context.close()
  })
