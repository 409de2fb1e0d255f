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
const OFFICIAL = 'Trần Thị Mai Phương'
const HEADS = [
  'Cán bộ hỗ trợ',
  'Họ và tên',
  'Số CCCD',
  'Năm sinh',
  'Xã',
  'Huyện',
  'Ngày hỗ trợ',
  'Nơi hỗ trợ',
  'Cài đặt VNeID',
  'Kích hoạt',
  'SIM chính chủ',
  'Cách thể hiện đồng ý',
  'Đồng ý',
]
const line = (serial: string, n: number, changes: Record<number, string> = {}) =>
  [
    OFFICIAL,
    `Lò Văn Thử ${'Một Hai Ba Tư Năm'.split(' ')[n - 1]}`,
    numberOf(serial, n),
    '1990',
    'Tân Thành',
    'Đồng Xoài',
    '12/6/2024',
    'Tại nhà',
    'x',
    'x',
    'x',
    'Bằng văn bản',
    'x',
  ].map((text, column) => changes[column] ?? text)
const numberOf = (serial: string, n: number) => `0700909905${serial}${n}`

/** A name that two communes share, none of them the unit's own. */
const TWO_COMMUNES = { 4: 'Tân Tiến', 5: '' }

const recorded = () =>
  query<{ n: number }>("select count(*) as n from help where recorded_by is not null and helped_on = '2024-06-12'")[0]
    ?.n ?? 0

const RUNS = [
  { ...ON_PHONE, serial: '0' },
  { ...ON_DESKTOP, serial: '1' },
]

for (const { name, serial, ...options } of RUNS) {
  const number = (n: number) => numberOf(serial, n)
  const isWell = options.javaScriptEnabled ? expectWellAtBoth : expectSound
  test(`a list with three kinds of faults is mended in its preview, ${name}`, async ({ browser }) => {
    test.setTimeout(180_000)
    const { unitId } = idsAt('in')
    const before = recorded()
    const context = await contextOf(browser, 'daumoi', options)
    const page = watch(await context.newPage())
    await page.goto(`/don-vi/${unitId}/truong-hop/nhap`)
    const faults: Record<number, string>[] = [{}, { 10: 'có lẽ' }, { 10: 'có lẽ' }, { 2: '07009099' }, TWO_COMMUNES]
    const rows = faults.map((changes, n) => line(serial, n + 1, changes))
    await page.getByLabel('Hoặc dán bảng từ Excel, Zalo').fill([HEADS, ...rows].map(row => row.join('\t')).join('\n'))
    await page.getByRole('button', { name: 'Tải lên và xem trước' }).click()
    await expect(page.getByRole('heading', { name: 'Xem trước trường hợp nhập hộ' })).toBeVisible({ timeout: WAIT })
    await expect(page.getByText('4 dòng cần sửa', { exact: true })).toBeVisible()
    await expect(page.getByText(/^2 dòng: SIM chính chủ/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Nhập 1 dòng đúng' })).toBeVisible()
    await isWell(page)

    // one text for both rows, one number, one district; the number alone is still wrong
    await page.getByLabel(/của cả 2 dòng/).fill('Đã có từ trước')
    await page
      .getByRole('group', { name: /Thử Tư/ })
      .getByLabel('Số định danh')
      .fill('0700909905')
    await page
      .getByRole('group', { name: /Thử Năm/ })
      .getByLabel('Huyện, thị xã, thành phố')
      .fill('Đồng Phú')
    await page.getByRole('button', { name: 'Lưu và kiểm tra lại' }).last().click()
    await expect(page.getByText('1 dòng cần sửa', { exact: true })).toBeVisible({ timeout: WAIT })
    await expect(page.getByRole('group', { name: /Thử Tư/ }).getByLabel('Số định danh')).toHaveValue('0700909905')

    // the good ones go in first; the other stays
    await page.getByRole('button', { name: 'Nhập 4 dòng đúng' }).click()
    await expect(page.getByText('Đã ghi 4 trường hợp nhập hộ')).toBeVisible({ timeout: WAIT })
    expect(recorded()).toBe(before + 4)
    await page
      .getByRole('group', { name: /Thử Tư/ })
      .getByLabel('Số định danh')
      .fill(number(4))
    await page.getByRole('button', { name: 'Lưu và kiểm tra lại' }).last().click()
    await page.getByRole('button', { name: 'Nhập 1 dòng đúng' }).click({ timeout: WAIT })
    await expect(page.getByText('Đã ghi 5 trường hợp nhập hộ')).toBeVisible({ timeout: WAIT })
    expect(recorded()).toBe(before + 5)
    expect(await page.content()).not.toContain(number(4))
    await isWell(page)
    await context.close()
  })
}

/** The page is well at this width and at that of a desk. */
async function expectWellAtBoth(page: Parameters<typeof expectWell>[0]) {
  await expectWell(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await expectWell(page)
  await page.setViewportSize({ width: 360, height: 780 })
}
