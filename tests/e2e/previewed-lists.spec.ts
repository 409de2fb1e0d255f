import {
  contextOf,
  expect,
  expectSound,
  expectWell,
  idsAt,
  ON_DESKTOP,
  ON_PHONE,
  query,
  test,
  watch,
} from './person.ts'

/** The worker does one job at a time (ms). */
const WAIT = 60_000

const RUNS = [
  { ...ON_PHONE, serial: '3' },
  { ...ON_DESKTOP, serial: '4' },
]

for (const { name, serial, ...options } of RUNS) {
  const isWell = options.javaScriptEnabled ? expectWell : expectSound

  test(`words that a police list leaves open are explained in its preview, ${name}`, async ({ browser }) => {
    test.setTimeout(180_000)
    const context = await contextOf(browser, 'congan', options)
    const page = watch(await context.newPage())
    const [{ day = '' } = {}] = query<{ day: string }>('select max(helped_on) as day from help')
    const word = `CHỜ XỬ LÝ ${serial}`
    const line = (n: number, state: string) => `0701909960${serial}${n};${state};`
    const lines = [
      'Số định danh;Trạng thái;Ngày kích hoạt',
      ...[1, 2, 3].map(n => line(n, word)),
      ...[4, 5].map(() => '285123456;Đã kích hoạt mức 2;31/02/2024'),
      '116190996001;Đã kích hoạt mức 2;',
    ]
    await page.goto('/doi-chieu/moi')
    await page.getByLabel(/Tệp số liệu/).setInputFiles({
      name: 'dinh-danh.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\n')),
    })
    await page.getByLabel(/Số liệu đến/).fill(day)
    await page.getByRole('button', { name: 'Tải lên và chọn cột' }).click()
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click({ timeout: WAIT })
    // asked before anything is stored; left open
    await expect(page.getByLabel(`“${word}” ở 3 dòng nghĩa là gì?`)).toBeVisible({ timeout: WAIT })
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
    await expect(page.getByText('5 dòng không lấy được')).toBeVisible({ timeout: WAIT })
    await expect(page.getByText(/^3 dòng: chưa hiểu mức độ/)).toBeVisible()
    await expect(page.getByText(/^2 dòng: đây là số chứng minh nhân dân 9 số/)).toBeVisible()
    await expect(page.getByText(/^2 dòng: chưa hiểu ngày/)).toBeVisible()
    await expect(page.getByText(`3 dòng: “${word}”`)).toBeVisible()
    await expect(page.getByText('1 dòng vẫn được lấy, cần xem lại số định danh')).toBeVisible()
    await isWell(page)

    await page.getByRole('link', { name: 'Cho biết nghĩa của các chữ này' }).click()
    await page.getByLabel(`“${word}” ở 3 dòng nghĩa là gì?`).selectOption({ label: 'Chưa kích hoạt' })
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
    await expect(page.getByText('2 dòng không lấy được')).toBeVisible({ timeout: WAIT })
    await expect(page.getByText(`3 dòng: “${word}”`)).toHaveCount(0)
    await isWell(page)
    await context.close()
  })

  test(`figures are refused in their preview as saving would refuse them, ${name}`, async ({ browser }) => {
    const context = await contextOf(browser, 'congan', options)
    const page = watch(await context.newPage())
    const [known] = query<{ code: string; day: string; name: string }>(
      `select f.locality_code as code, f.as_of_on as day, l.type || ' ' || l.name as name
        from indicator_figure f join locality l on l.code = f.locality_code
        where l.level = 'district' and f.indicator = 'eid_activated' and f.value > 1 order by f.as_of_on desc limit 1`,
    )
    if (!known) throw new Error('no figure')
    const lines = [
      ['Địa bàn', 'Kích hoạt định danh điện tử'],
      [known.name, '1'],
      ...['Huyện Không Có', 'Nơi khác'].map(place => [place, '5']),
    ]
    await page.goto(`/dia-ban/${known.code}/so-lieu/nhap?ngay=${known.day}`)
    await page.getByLabel('Bảng dán từ trình duyệt hoặc Excel').fill(lines.map(line => line.join('\t')).join('\n'))
    await page.getByRole('button', { name: 'Đọc và xem trước' }).click()
    await expect(page.getByText('Đọc được 1 số, chưa lưu')).toBeVisible()
    await expect(page.getByText(/^2 dòng: không có trong các địa bàn này/)).toBeVisible()
    await expect(page.getByText(/Ngày này đã có số liệu khác/)).toBeVisible()
    await isWell(page)
    await context.close()
  })

  test(`a list of records names what is known of its citizens, ${name}`, async ({ browser }) => {
    test.setTimeout(180_000)
    const { unitId } = idsAt('in')
    const context = await contextOf(browser, 'daumoi', options)
    const page = watch(await context.newPage())
    const heads = [
      'Cán bộ hỗ trợ',
      'Họ và tên',
      'Số CCCD',
      'Xã',
      'Huyện',
      'Ngày hỗ trợ',
      'Nơi hỗ trợ',
      'VNeID',
      'Kích hoạt',
    ]
    const rest = ['Cách thể hiện đồng ý', 'Đồng ý']
    const line = (official: string, number: string, consent = 'x') =>
      [
        official,
        'Lò Văn Thử Lại',
        number,
        'Tân Thành',
        'Đồng Xoài',
        '12/6/2024',
        'Tại nhà',
        'x',
        'x',
        'Bằng văn bản',
        consent,
      ].join('\t')
    const first = 'Trần Thị Mai Phương'
    const [{ second = '' } = {}] = query<{ second: string }>(
      `select o.name as second from official o join posting p on p.official_id = o.id and p.to_on is null
        where p.unit_id = ? and o.name <> ? and o.id not in (select official_id from account where login = 'daumoi')
        group by o.name having count(*) = 1 order by o.id limit 1`,
      Number(unitId),
      first,
    )
    const number = `0701909970${serial}1`
    const upload = async (lines: string[]) => {
      await page.goto(`/don-vi/${unitId}/truong-hop/nhap`)
      const text = [[...heads, ...rest].join('\t'), ...lines].join('\n')
      await page.getByLabel('Hoặc dán bảng từ Excel, Zalo').fill(text)
      await page.getByRole('button', { name: 'Tải lên và xem trước' }).click()
      await expect(page.getByRole('heading', { name: 'Xem trước trường hợp nhập hộ' })).toBeVisible({ timeout: WAIT })
    }
    await upload([line(first, number)])
    await page.getByRole('button', { name: 'Nhập 1 dòng đúng' }).click()
    await expect(page.getByText('Đã ghi 1 trường hợp nhập hộ')).toBeVisible({ timeout: WAIT })

    await upload([
      line(first, number),
      line(second, number),
      line(first, `116190997${serial}01`),
      line(second, '0', ''),
    ])
    // both problems of a row at once
    await expect(page.getByRole('group', { name: /Thử Lại/ }).getByLabel('Số định danh')).toBeVisible()
    await expect(page.getByRole('group', { name: /Thử Lại/ }).getByLabel('Người dân đồng ý')).toBeVisible()
    await isWell(page)
    await page.getByRole('link', { name: /^Ghi mới/ }).click()
    await expect(page.getByText(/Đã có người khác ghi nhận/)).toHaveCount(1)
    await expect(page.getByText(/Ba chữ số đầu của số định danh không phải mã tỉnh/)).toHaveCount(1)
    await isWell(page)
    await page.getByRole('link', { name: /^Đã có từ trước/ }).click()
    await expect(page.getByText(/Đã ghi ngày 12\/6\/2024, còn thiếu: SIM/)).toBeVisible()
    await isWell(page)
    await page.getByRole('link', { name: 'Bổ sung vào trường hợp đã ghi' }).click()
    await expect(page.getByRole('heading', { name: 'Lò Văn Thử Lại' })).toBeVisible()
    await context.close()
  })
}
