import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workbookOf } from '../fixtures/sheets.ts'
import { expect, expectWell, queryIn, test } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { commandOn, SetupPerson } from './setup-person.ts'

/*
 * An empty production database becomes a province of 300 agencies with heads, coordinators and slips. Each address that
 * is opened, field that is filled in and button that is pressed is one act of a person; they are counted and printed.
 */
const PORT = Number(process.env.E2E_PORT ?? '3187') + 3
const AGENCIES = 300
const MOST_ACTS = 60
let server: ServerProcess
let folder = ''

test.use({ baseURL: `http://127.0.0.1:${PORT}` })

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-setup-'))
  server = await startServer({ PORT: String(PORT), SECOND_FACTOR: 'off' }, folder)
  SetupPerson.acts = 0
})
test.afterEach(() => server.drop())

const admin = (login: string) => commandOn(folder).makeAdmin(login)

const units = () =>
  workbookOf({
    lines: [
      ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Khối', 'Trực thuộc'],
      ...Array.from({ length: AGENCIES }, (_, n) => [
        `CQ${n}`,
        `Sở Thử nghiệm ${n}`,
        'sở, ban, ngành',
        'nhà nước',
        null,
      ]),
    ],
  })

const localities = () =>
  workbookOf({
    lines: [
      ['Mã địa bàn', 'Loại', 'Tên địa bàn', 'Thuộc'],
      ...Array.from({ length: 95 }, (_, n) => [`26${String(n).padStart(3, '0')}`, 'xã', `Thử ${n}`, null]),
    ],
  })

const ROLES = ['Người đứng đầu', 'Đầu mối']
const people = () =>
  workbookOf({
    lines: [
      ['Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Đơn vị', 'Loại', 'Vai trò trong phần mềm'],
      ...Array.from({ length: AGENCIES * 2 }, (_, n) => [
        `cb${n}`,
        `Nguyễn ${n % 2 ? 'Thị' : 'Văn'} Thử ${String.fromCodePoint(65 + (n % 26))}${String.fromCodePoint(97 + Math.trunc(n / 26))}`,
        String(1960 + (n % 40)),
        `Sở Thử nghiệm ${n >> 1}`,
        'Công chức',
        ROLES[n % 2] ?? null,
      ]),
    ],
  })

test('a province of 300 agencies is set up in at most 60 acts', async ({ browser }) => {
  test.setTimeout(600_000)
  const first = await SetupPerson.in(browser, admin('quantri1'))
  await first.page.goto('/')
  await expect(first.page.getByRole('heading', { name: 'Thiết lập ban đầu' })).toBeVisible()
  await expect(first.page.locator('body')).toContainText('Chưa có đợt cao điểm nào được mở')
  await expectWell(first.page)
  await first.fill('Tên, không kèm cấp', 'Đồng Nai')
  await first.fill('Mã theo danh mục đơn vị hành chính', '75')
  await first.press('Ghi tên tỉnh')
  await expect(first.page.getByRole('heading', { name: 'Tên tỉnh' })).toHaveCount(0)
  const officeCode = await first.makeAccount('congan', 'Cơ quan thường trực', 'Công an tỉnh (thường trực)')
  const leadCode = await first.makeAccount('daumoitinh', 'Đầu mối tỉnh', 'Đầu mối')
  const lead = await SetupPerson.in(browser, leadCode)

  const second = await SetupPerson.in(browser, admin('quantri2'))
  await second.open('/quan-tri/vai-tro')
  await second.press('Đồng ý')
  await second.open('/quan-tri/tai-khoan/tu-nhan')
  await second.tick('Đầu mối tỉnh')
  await second.press('Những người này đã tự nhận tài khoản')

  const office = await SetupPerson.in(browser, officeCode)
  await office.importList('/quan-tri/danh-sach/dia-ban', 'dia-ban.xlsx', await localities(), /^Nhập 95 địa bàn/)
  await expect(office.page.locator('body')).toContainText('Đã ghi 95 dòng')
  await office.importList('/quan-tri/danh-sach/don-vi', 'don-vi.xlsx', await units(), /^Nhập 300 đơn vị/)
  await expect(office.page.locator('body')).toContainText('Đã ghi 300 dòng')

  await lead.importList('/don-vi/1/nguoi-thuc-hien/nhap', 'nguoi.xlsx', await people(), /^Nhập 600 người/)
  await expect(lead.page.locator('body')).toContainText('600 vai trò chờ người thứ hai đồng ý', { timeout: 120_000 })
  await second.open('/quan-tri/vai-tro')
  await second.press('Đồng ý cả 600 vai trò')
  await expect(second.page.locator('body')).toContainText('Đã cấp 600 vai trò')

  await lead.open('/don-vi/1/ma-kich-hoat')
  await lead.press('Phiếu của người đứng đầu, đầu mối')
  await expect(lead.page.locator('.slips-of-unit')).toHaveCount(AGENCIES, { timeout: 120_000 })
  const sheets = lead.page.locator('.slips-of-unit')
  await expect(sheets.first()).toContainText('Sở Thử nghiệm 0')
  await expect(sheets.first().locator('.slips > *')).toHaveCount(2)
  await expect(sheets.nth(10)).toContainText('Sở Thử nghiệm 10')
  await expect(lead.page.locator('.slips code')).toHaveCount(AGENCIES * 2)

  const [held] = queryIn<{ heads: number; coordinators: number }>(
    join(folder, 'campaign.sqlite'),
    `select sum(role = 'head') as heads, sum(role = 'coordinator') as coordinators from role_grant where unit_id > 1`,
  )
  expect(held).toEqual({ heads: AGENCIES, coordinators: AGENCIES })
  process.stdout.write(`${AGENCIES} agencies with heads, coordinators and slips: ${SetupPerson.acts} acts of people\n`)
  expect(SetupPerson.acts).toBeLessThanOrEqual(MOST_ACTS)
  for (const { page } of [first, second, office, lead]) await page.context().close()
})

test('the command sets up from one workbook: it shows the plan, and writes it when asked', async () => {
  const file = join(folder, 'tinh.xlsx')
  writeFileSync(
    file,
    await workbookOf(
      {
        name: 'Địa bàn',
        lines: [
          ['Mã địa bàn', 'Loại', 'Tên địa bàn', 'Thuộc'],
          ['75', 'tỉnh', 'Đồng Nai', null],
          ['26001', 'xã', 'Một', null],
        ],
      },
      {
        name: 'Đơn vị',
        lines: [
          ['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Khối', 'Trực thuộc', 'Địa bàn'],
          ['X1', 'UBND xã Một', null, null, null, null],
        ],
      },
    ),
  )
  const { run } = commandOn(folder)
  const shown = run('setup', file)
  expect(shown).toContain('2 địa bàn thêm mới')
  expect(shown).toContain('Chưa ghi gì')
  const database = join(folder, 'campaign.sqlite')
  expect(queryIn(database, 'select name from unit')).toEqual([{ name: 'Tỉnh' }])
  expect(run('setup', file, '--apply')).toContain('Đã ghi')
  expect(queryIn(database, 'select name, locality_code as code from unit order by id')).toEqual([
    { name: 'Tỉnh Đồng Nai', code: '75' },
    { name: 'UBND xã Một', code: '26001' },
  ])
})
