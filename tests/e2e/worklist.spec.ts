import { type WorklistEntry, writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import {
  contextOf,
  expect,
  expectSound,
  expectWell,
  idsAt,
  ON_DESKTOP,
  ON_PHONE,
  type Page,
  query,
  test,
  watch,
} from './person.ts'

const HAMLET = (serial: string) => `Ấp Thử ${serial}`
const OFFICIAL = 'Trần Thị Mai Phương'

const entry = (name: string, number: string, hamlet: string): WorklistEntry => ({
  name,
  number,
  birth: '1990',
  phone: '0901234567',
  commune: '',
  hamlet,
  address: 'Tổ 2',
  lacks: ['eid_activation', 'sim_signature'],
})

async function choose(page: Page, group: string, option: string) {
  await page.getByRole('group', { name: group }).getByRole('radio', { name: option, exact: true }).check()
}

/** Fills what an assigned citizen's form does not know yet, all three outcomes achieved today. */
async function completeHelp(page: Page, number: string) {
  await page.getByLabel(/Số định danh/).fill(number)
  for (const outcome of [
    'Cài đặt ứng dụng VNeID',
    'Kích hoạt tài khoản định danh điện tử',
    'SIM chính chủ tích hợp chữ ký số',
  ])
    await choose(page, outcome, 'Đạt nhờ hỗ trợ')
  await choose(page, 'Cách thể hiện đồng ý', 'Trên điện thoại của người dân')
  await page.getByLabel(/Người dân đồng ý/).check()
}

const counts = (hamlet: string) =>
  query<{ state: string; n: number }>(
    'select state, count(*) as n from assignment where hamlet = ? group by 1 order by 1',
    hamlet,
  )

const RUNS = [
  { ...ON_PHONE, serial: '97', word: 'Ba' },
  { ...ON_DESKTOP, serial: '98', word: 'Tư' },
]

for (const { name, serial, word, ...options } of RUNS)
  test(`from a police list to a closed item, ${name}`, async ({ browser }) => {
    test.setTimeout(180_000)
    const unitId = Number(idsAt('in').unitId)
    const hamlet = HAMLET(serial)
    const [first, second] = [`Lục Văn Thử ${word}`, `Triệu Thị Thử ${word}`]
    const numbers = [`0700909900${serial}`, `0700909901${serial}`] as const
    const isWell = options.javaScriptEnabled ? expectWell : expectSound

    const coordinator = await contextOf(browser, 'daumoi', options)
    const desk = watch(await coordinator.newPage())
    await desk.goto(`/don-vi/${unitId}/phan-cong/nhap`)
    const bytes = await writeWorklistTemplate([
      entry(first, numbers[0], hamlet),
      entry(second, numbers[1], hamlet),
      entry('Hứa Văn Trùng', numbers[0], hamlet),
      entry('Nông Thị Nhỏ', '070312000001', hamlet),
    ])
    await desk.getByLabel(/Tệp danh sách/).setInputFiles({
      name: 'danh-sach.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: Buffer.from(bytes),
    })
    await desk.getByLabel(/Tên danh sách/).fill(`Đợt thử ${serial}`)
    await desk.getByLabel(/^Căn cứ/).fill('Mục III.3 Kế hoạch 128/KH-UBND')
    await desk.getByRole('button', { name: 'Tải lên và xem trước' }).click()
    await expect(desk.getByRole('heading', { name: 'Xem trước danh sách người dân' })).toBeVisible({ timeout: 30_000 })
    await expect(desk.getByText(/trùng số định danh với dòng khác trong tệp \(dòng 3\)/)).toBeVisible()
    await expect(desk.getByText('1 dòng: năm sinh khác với năm sinh trong số định danh')).toBeVisible()
    expect(await desk.content()).not.toContain(numbers[0])
    await isWell(desk)
    await desk.getByRole('button', { name: 'Nhập 2 người dân' }).click()
    await expect(desk.getByText('Đã đưa 2 người dân vào danh sách.')).toBeVisible({ timeout: 30_000 })
    expect(counts(hamlet)).toEqual([{ state: 'not_contacted', n: 2 }])
    // the two rows to be mended stay in the preview
    await expect(desk.getByRole('heading', { name: 'Dòng cần sửa' })).toBeVisible()
    await desk.getByRole('link', { name: 'Xem danh sách phân công' }).click()

    await desk.getByRole('link', { name: hamlet }).first().click()
    await desk.getByRole('link', { name: `Chia người chưa phân công của ${hamlet}` }).click()
    await expect(desk.getByRole('heading', { name: 'Chia danh sách' })).toBeVisible()
    for (const box of await desk.getByRole('checkbox').all()) await box.setChecked(false)
    await desk.getByRole('checkbox', { name: OFFICIAL }).check()
    await desk.getByLabel('Mỗi người nhận tối đa').fill('40')
    await desk.getByRole('button', { name: 'Xem trước' }).click()
    await expect(desk.getByText(`${OFFICIAL}: thêm 2`)).toBeVisible()
    await desk.getByText('Những ai và vì sao').first().click()
    await expect(desk.getByText(/người nhận đang có ít người dân nhất/).first()).toBeVisible()
    await isWell(desk)
    await desk.getByRole('button', { name: 'Phân công 2 người dân' }).click()
    await expect(desk.getByText('Đã phân công 2 người dân.')).toBeVisible()

    const own = await contextOf(browser, 'canbo', options)
    const phone = watch(await own.newPage())
    await phone.goto('/')
    await expect(phone.getByRole('heading', { name: /^Danh sách được phân công · \d+ người$/ })).toBeVisible()
    await phone.getByRole('link', { name: 'Xem cả danh sách' }).click()
    await expect(phone.getByRole('heading', { name: hamlet })).toBeVisible()
    await expect(phone.getByRole('link', { name: `Gọi ${first}` })).toHaveAttribute('href', 'tel:0901234567')
    await isWell(phone)
    await phone.getByRole('link', { name: first, exact: true }).click()
    await choose(phone, 'Kết quả liên hệ', 'Đã hẹn')
    await phone.getByLabel('Ngày hẹn').fill('2024-06-30')
    await phone.getByLabel('Giờ hẹn').fill('18:30')
    await phone.getByLabel('Nơi hẹn').fill('nhà văn hóa ấp')
    await phone.getByRole('button', { name: 'Lưu' }).click()
    await expect(phone.getByText('Đã lưu kết quả liên hệ.')).toBeVisible()
    await expect(phone.getByText('30/6, 18:30, tại nhà văn hóa ấp', { exact: true })).toBeVisible()
    expect(await phone.content()).not.toContain(numbers[0])
    await isWell(phone)

    await phone.getByRole('link', { name: 'Đã hỗ trợ xong' }).click()
    await expect(phone.getByLabel(/Họ và tên/)).toHaveValue(first)
    await expect(phone.getByLabel(/Ấp, thôn, khu phố/)).toHaveValue(hamlet)
    expect(phone.url()).not.toMatch(/Th|0901234567/)
    await completeHelp(phone, numbers[0])
    await phone.getByRole('group', { name: 'Tổ viên cùng đi lần này' }).getByRole('checkbox').first().check()
    await phone.getByRole('button', { name: 'Lưu trường hợp' }).click()
    await expect(phone.getByText('Chờ đơn vị xác nhận').first()).toBeVisible()
    await expect(phone.getByText('Người đi cùng')).toBeVisible()
    expect(counts(hamlet)).toEqual([
      { state: 'done', n: 1 },
      { state: 'not_contacted', n: 1 },
    ])

    await phone.goto('/phan-cong')
    await expect(phone.getByRole('link', { name: first, exact: true })).toHaveCount(0)
    await phone.getByRole('link', { name: second, exact: true }).click()
    await phone.getByRole('radio', { name: /^Không nghe máy/ }).check()
    await phone.getByRole('button', { name: 'Lưu' }).click()
    await expect(phone.getByText(/^gọi .+; gọi lại từ \d+\/\d+$/)).toBeVisible()
    await phone.getByRole('radio', { name: /^Sai số điện thoại/ }).check()
    await phone.getByRole('button', { name: 'Lưu' }).click()
    await expect(phone.getByText(/cần số điện thoại khác hoặc đến tận nơi$/)).toBeVisible()
    await expect(phone.getByRole('link', { name: /^Gọi/ })).toHaveCount(0)
    await isWell(phone)
    await desk.goto(`/don-vi/${unitId}/phan-cong`)
    await expect(desk.getByText(/^\d+ người dân có số điện thoại sai$/)).toBeVisible()
    await phone.getByLabel(/^Số điện thoại khác/).fill('0901 234 568')
    await phone.getByRole('button', { name: 'Lưu' }).click()
    await expect(phone.getByRole('link', { name: `Gọi ${second}` })).toHaveAttribute('href', 'tel:0901234568')
    await phone.getByRole('radio', { name: /^Không đồng ý/ }).check()
    await phone.getByRole('button', { name: 'Lưu' }).click()
    await expect(phone.getByText('Không liên hệ lại')).toBeVisible()
    await expect(phone.getByRole('link', { name: /^Gọi/ })).toHaveCount(0)
    await isWell(phone)

    const head = await contextOf(browser, 'thutruong', options)
    const board = watch(await head.newPage())
    await board.goto(`/don-vi/${unitId}/phan-cong`)
    const line = board.getByRole('row', { name: new RegExp(hamlet) })
    await expect(line.getByRole('cell')).toHaveText(['2', '1', '0', '0', '1', '0'])
    await board.getByLabel(/Tìm theo họ tên/).fill(`luc van thu ${word === 'Ba' ? 'ba' : 'tu'}`)
    await board.getByRole('button', { name: 'Tìm' }).click()
    await expect(board.getByText(/1 người có tên khớp/)).toBeVisible()
    expect(board.url()).not.toContain('luc')
    await expect(board.getByRole('link', { name: first })).toBeVisible()
    await isWell(board)
    for (const context of [coordinator, own, head]) await context.close()
  })
