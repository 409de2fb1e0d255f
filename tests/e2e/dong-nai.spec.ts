import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import {
  AGENCY_COUNT,
  COMMUNES,
  committeeOf,
  communeNamed,
  localityList,
  rosterList,
  STAFF,
  unitList,
} from '../fixtures/dong-nai.ts'
import { crawl } from './crawl.ts'
import { expect, expectWell, type Page, queryIn, test } from './person.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { commandOn, SetupPerson } from './setup-person.ts'

/*
 * An empty production database becomes the Đồng Nai of 2026: two levels, 95 communes, 40 agencies, a campaign of its own
 * of 60 days with another quota, two of the three obligations, its own words and articles; then roster, records, board,
 * report and public page. At the end every page and file that anybody can reach is read: nothing of the plan with which
 * the database was founded, of its province or of districts is said.
 */
const PORT = Number(process.env.E2E_PORT ?? '3187') + 5
const DAY_MS = 86_400_000
const PLAN = '45/KH-UBND'
const SLUG = '45-kh-ubnd'
const QUOTA = '5'
const DAYS = 60
const COMMUNE = communeNamed('Trấn Biên')
let server: ServerProcess
let folder = ''
let database = ''

test.use({ baseURL: `http://127.0.0.1:${PORT}` })
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-dong-nai-'))
  server = await startServer({ PORT: String(PORT), SECOND_FACTOR: 'off' }, folder)
  database = join(folder, 'campaign.sqlite')
})
test.afterEach(() => server.drop())

const later = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
const one = (text: string, ...values: unknown[]) =>
  Number(Object.values(queryIn<Record<string, number>>(database, text, ...values)[0] ?? { none: 0 })[0])
const unitIdOf = (name: string) => one('select id from unit where name = ?', name)
const jobsAreDone = () =>
  expect.poll(() => one("select count(*) from job where state in ('queued', 'running')"), { timeout: 120_000 }).toBe(0)

type Offices = Record<
  'first' | 'second' | 'office' | 'lead' | 'affairs' | 'telecom' | 'leader' | 'auditor',
  SetupPerson
>

/** Two administrators name the province and give each office its account, which the other one agrees to. */
async function openOffices(browser: Browser): Promise<Offices> {
  const { makeAdmin } = commandOn(folder)
  const first = await SetupPerson.in(browser, makeAdmin('quantri1'))
  await first.open('/')
  await first.fill('Tên, không kèm cấp', 'Đồng Nai')
  await first.fill('Mã theo danh mục đơn vị hành chính', '75')
  await first.press('Ghi tên tỉnh')
  await expect(first.page.getByRole('heading', { name: 'Tên tỉnh' })).toHaveCount(0)
  const codes = {
    office: await first.makeAccount('congan', 'Cơ quan thường trực', 'Công an tỉnh (thường trực)'),
    lead: await first.makeAccount('daumoitinh', 'Đầu mối tỉnh', 'Đầu mối'),
    affairs: await first.makeAccount('noivu', 'Phòng Thi đua', 'Sở Nội vụ'),
    telecom: await first.makeAccount('vienthong', 'Phòng Viễn thông', 'Cơ quan viễn thông'),
    leader: await first.makeAccount('lanhdao', 'Lãnh đạo tỉnh', 'Lãnh đạo UBND tỉnh'),
    auditor: await first.makeAccount('kiemtoan', 'Kiểm toán', 'Kiểm toán nhật ký'),
  }
  const lead = await SetupPerson.in(browser, codes.lead)
  const second = await SetupPerson.in(browser, makeAdmin('quantri2'))
  await second.open('/quan-tri/vai-tro')
  const agree = second.page.getByRole('button', { name: 'Đồng ý', exact: true })
  for (let left = await agree.count(); left > 0; left = await agree.count()) {
    await agree.first().click()
    await expect(agree).toHaveCount(left - 1)
  }
  await second.open('/quan-tri/tai-khoan/tu-nhan')
  await second.tick('Đầu mối tỉnh')
  await second.press('Những người này đã tự nhận tài khoản')
  const as = (code: string) => SetupPerson.in(browser, code)
  return {
    first,
    second,
    lead,
    office: await as(codes.office),
    affairs: await as(codes.affairs),
    telecom: await as(codes.telecom),
    leader: await as(codes.leader),
    auditor: await as(codes.auditor),
  }
}

/** The office lists communes and units, and makes the campaign of its own plan. */
async function foundCampaign(office: SetupPerson): Promise<number> {
  await office.importList('/quan-tri/danh-sach/dia-ban', 'dia-ban.xlsx', await localityList(), /^Nhập 97 địa bàn/)
  await expect(office.page.locator('body')).toContainText('Đã ghi 97 dòng')
  const units = AGENCY_COUNT + COMMUNES.length
  await office.importList(
    '/quan-tri/danh-sach/don-vi',
    'don-vi.xlsx',
    await unitList(),
    new RegExp(`^Nhập ${units} đơn vị`),
  )
  await expect(office.page.locator('body')).toContainText(`Đã ghi ${units} dòng`)
  await office.open('/quan-tri/dot/moi')
  await expect(office.page.locator('body')).not.toContainText('128')
  const { page } = office
  await page.getByLabel('Số kế hoạch').fill(PLAN)
  await page.getByLabel('Ngày ban hành').fill(later(-25))
  await page.getByLabel('Tên đợt').fill('Đợt cao điểm “Mỗi nhà một công dân số”')
  await page.locator('[name="startsOn"]').fill(later(-20))
  await page.locator('[name="endsOn"]').fill(later(-20 + DAYS - 1))
  await page.locator('[name="finalReportOn"]').fill(later(-20 + DAYS + 6))
  await page.locator('[name="quota"]').fill(QUOTA)
  await page.getByLabel('Tên trên trang công khai').fill('Mỗi nhà một công dân số')
  await page.getByLabel('Ghi chú về phụ lục').fill('Theo số liệu của Công an tỉnh.')
  await page.getByRole('button', { name: 'Tạo đợt' }).click()
  await expect(page).toHaveURL(/\/quan-tri\/dot\/\d+|\/cong-viec\//)
  await jobsAreDone()
  return one('select max(id) from campaign')
}

const group = (page: Page, name: string) => page.getByRole('group', { name })

/** Two of the three obligations and some outcomes hold, under the plan's own words and articles. */
async function setTerms({ page }: SetupPerson, campaignId: number) {
  const base = `/quan-tri/dot/${campaignId}`
  await page.goto(base)
  const own = group(page, 'Nội dung bản thân của đợt')
  await own.getByRole('checkbox', { name: /^Cổng dịch vụ công quốc gia/ }).uncheck()
  await own.getByRole('checkbox', { name: /^Cổng dịch vụ công của tỉnh/ }).uncheck()
  await group(page, 'Nội dung hỗ trợ người dân của đợt')
    .getByRole('checkbox', { name: 'Tài khoản dịch vụ công trực tuyến' })
    .uncheck()
  await group(page, 'Nội dung bắt buộc của một trường hợp')
    .getByRole('checkbox', { name: 'SIM chính chủ tích hợp chữ ký số' })
    .uncheck()
  await page.getByLabel('Văn bản quyết định').fill('46/UBND-NC')
  await page.getByLabel('Ngày văn bản').fill(later(-21))
  await page.getByRole('button', { name: 'Lưu phiên bản mới và xét lại' }).click()
  await expect(page).toHaveURL(/\/cong-viec\//)
  await jobsAreDone()
  await page.goto(`${base}/dieu-khoan`)
  await page.locator('[name="label_IV_1"]').fill('Mục II.3')
  await page.locator('[name="quote_IV_1"]').fill('Mỗi cán bộ hỗ trợ ít nhất 5 công dân trong 60 ngày.')
  await page.locator('[name="label_V_1"]').fill('Mục III.1')
  await page.locator('[name="quote_V_1"]').fill('Thủ trưởng đơn vị chịu trách nhiệm về số liệu.')
  await page.getByRole('button', { name: 'Lưu điều khoản' }).click()
  await expect(page.getByText('Đã lưu điều khoản của kế hoạch.')).toBeVisible()
  await page.goto(`${base}/ten-goi`)
  await page.getByLabel('SIM chính chủ kèm chữ ký số').fill('Chữ ký số cá nhân')
  await page.getByLabel('Cài đặt ứng dụng VNeID').fill('Ứng dụng VNeID phiên bản mới')
  await expectWell(page)
  await page.getByRole('button', { name: 'Lưu tên gọi' }).click()
  await expect(page.getByText('Đã lưu tên gọi trong kế hoạch.')).toBeVisible()
}

/** What the plan counts: two that many plans count, and one of its own. */
const INDICATORS = [
  { code: 'eid_activated', name: 'Kích hoạt định danh điện tử mức 2', shortName: 'Định danh', unit: 'tài khoản' },
  { code: 'phone_4g', name: 'Điện thoại thông minh', shortName: 'Điện thoại', unit: 'người dân có điện thoại' },
  { code: 'health_book', name: 'Sổ sức khỏe điện tử', shortName: 'Sổ sức khỏe', unit: 'người dân có sổ' },
]

/** The indicators of the plan, with the targets of some communes. */
async function setIndicators({ page }: SetupPerson, campaignId: number) {
  for (const indicator of INDICATORS) {
    await page.goto(`/quan-tri/dot/${campaignId}/chi-so?them=1`)
    for (const [name, text] of Object.entries(indicator)) await page.locator(`[name="${name}"]`).fill(text)
    await page.getByRole('button', { name: 'Thêm chỉ tiêu' }).click()
    await expect(page.getByRole('link', { name: indicator.name })).toBeVisible()
  }
  for (const { code } of [COMMUNE, communeNamed('Trị An')]) {
    await page.goto(`/quan-tri/dot/${campaignId}/chi-tieu?dia-ban=${code}`)
    const fields = page.locator('form input[inputmode="numeric"]')
    for (let n = 0; n < (await fields.count()); n++) await fields.nth(n).fill(String(700 + n))
    await page.getByRole('button', { name: 'Lưu chỉ tiêu' }).click()
    await expect(page.getByText(/^Đã lưu chỉ tiêu của/)).toBeVisible()
  }
}

/** Heads, coordinators and officials of an agency and two communes, each signed in by their slip. */
async function openRoster(browser: Browser, { lead, second }: Offices): Promise<Record<string, SetupPerson>> {
  const count = STAFF.length
  const roles = STAFF.filter(({ role }) => role !== null).length
  await lead.importList(
    '/don-vi/1/nguoi-thuc-hien/nhap',
    'nguoi.xlsx',
    await rosterList(),
    new RegExp(`^Nhập ${count} người`),
  )
  await expect(lead.page.locator('body')).toContainText(`${roles} vai trò chờ người thứ hai đồng ý`, {
    timeout: 60_000,
  })
  await second.open('/nhac-viec')
  await second.follow(/đề nghị vai trò chờ anh\/chị đồng ý/)
  await second.press(`Đồng ý cả ${roles} vai trò`)
  await expect(second.page.locator('body')).toContainText(`Đã cấp ${roles} vai trò`)
  const people: Record<string, SetupPerson> = {}
  for (const [name, code] of await slipsOf(lead, /^Phiếu của người đứng đầu, đầu mối/))
    people[name] = await SetupPerson.in(browser, code)
  return people
}

/** The codes of the slips that a press makes, by the names on them. */
async function slipsOf(lead: SetupPerson, press: RegExp): Promise<[string, string][]> {
  await lead.open('/don-vi/1/ma-kich-hoat')
  await lead.press(press)
  await expect(lead.page.locator('.slips code').first()).toBeVisible({ timeout: 60_000 })
  const slips = lead.page.locator('.slips > *')
  const found: [string, string][] = []
  for (let n = 0; n < (await slips.count()); n++) {
    const text = (await slips.nth(n).textContent()) ?? ''
    const code = (await slips.nth(n).locator('code').first().textContent()) ?? ''
    const name = STAFF.find(person => text.includes(person.name))?.name
    if (name) found.push([name, code])
  }
  return found
}

const choose = (page: Page, name: string, option: string) =>
  page.getByRole('group', { name }).getByRole('radio', { name: option, exact: true }).check()

/** A coordinator records some citizens as their own help, and declares the obligation that is their own. */
async function work({ page }: SetupPerson, serial: number) {
  await page.goto('/cam-ket')
  await expect(page.getByText(/Cổng dịch vụ công/)).toHaveCount(0)
  await page.getByLabel(/Tôi cam kết/).check()
  await page.getByRole('button', { name: 'Ký cam kết' }).click()
  await expect(page.getByText('Đã ký cam kết.')).toBeVisible()
  await page.goto('/nghia-vu/phone_4g')
  await page.getByLabel(/Hãng điện thoại/).fill('Samsung')
  await page.getByLabel(/Kiểu máy/).fill('Galaxy A15')
  await page.getByLabel(/Điện thoại kết nối được 4G/).check()
  await page.getByRole('button', { name: 'Gửi kê khai' }).click()
  await expect(page.getByText('Chờ xác nhận').first()).toBeVisible()
  expect((await page.goto('/nghia-vu/portal_national'))?.status()).toBe(404)
  for (const n of [0, 1]) {
    await page.goto('/ho-tro/moi')
    await expect(page.getByText('Tài khoản dịch vụ công trực tuyến')).toHaveCount(0)
    await page.getByLabel(/Họ và tên/).fill(n === 0 ? 'Điểu Thị Sáng' : 'Hà Văn Bình')
    await page.getByLabel(/Số định danh/).fill(`0750900${serial}${n}7`)
    await page.getByLabel(/Nơi ở/).selectOption(COMMUNE.code)
    await page.getByLabel(/Nơi hỗ trợ/).selectOption('home')
    await choose(page, 'Ứng dụng VNeID phiên bản mới', 'Đạt nhờ hỗ trợ')
    await choose(page, 'Kích hoạt tài khoản định danh điện tử', 'Đạt nhờ hỗ trợ')
    await choose(page, 'Cách thể hiện đồng ý', 'Trên điện thoại của người dân')
    await page.getByLabel(/Người dân đồng ý/).check()
    await page.getByRole('button', { name: 'Lưu trường hợp' }).click()
    await expect(page.getByText('Chờ đơn vị xác nhận').first()).toBeVisible()
  }
}

/** The head confirms what waits, and signs the report that is due. */
async function confirmAndSign({ page }: SetupPerson, unitId: number) {
  await page.goto(`/don-vi/${unitId}/xac-nhan`)
  const waiting = page.getByRole('checkbox')
  await expect(waiting.first()).toBeVisible()
  for (const form of [
    page
      .locator('form')
      .filter({ has: page.getByRole('checkbox') })
      .first(),
  ]) {
    for (const box of await form.getByRole('checkbox').all()) await box.check()
    await form
      .getByRole('button', { name: /^Xác nhận/ })
      .first()
      .click()
  }
  await expect(page.getByText(/Đã xác nhận \d+ mục/)).toBeVisible()
  await page.goto(`/don-vi/${unitId}/bao-cao`)
  await page
    .getByRole('link', { name: /^Báo cáo (tuần|tổng kết)/ })
    .first()
    .click()
  await page.getByRole('link', { name: /Soạn báo cáo|Sửa bản soạn/ }).click()
  await page.getByRole('button', { name: 'Lưu bản soạn' }).click()
  await expect(page.getByText('Đã lưu bản soạn.')).toBeVisible()
  await page.getByRole('link', { name: 'Ký báo cáo' }).click()
  await expect(page.getByRole('heading', { name: 'Ký báo cáo' })).toBeVisible()
  const reason = page.getByLabel(/Lý do ký trước ngày cuối kỳ/)
  if ((await reason.count()) > 0) await reason.fill('Thủ trưởng đi công tác.')
  await page.getByLabel(/Tôi đã xem số liệu/).check()
  await page.getByRole('button', { name: 'Ký báo cáo' }).click()
  await expect(page.getByText('Đã ký. Số liệu của bản này không thay đổi nữa.')).toBeVisible()
}

/**
 * What is said nowhere. Ids are in addresses and in the data of pages, so that a bare 128 is looked for in what people
 * read, with no digit, letter or sign of a longer number or hash beside it; the plan’s number is looked for everywhere.
 */
const IN_ALL: readonly RegExp[] = [/bình phước/gi, /huyện/gi, /128\/KH|KH 128|128-kh/gi]
const IN_WORDS: readonly RegExp[] = [
  /(?<![\p{L}\d.,:/_-])128(?![\p{L}\d.,:_-])/gu,
  // how long the server keeps a remembered device or a job is no term of a plan
  /(?<!\d)(?<!Giữ )90 ngày/g,
  /(?<!\d)10 người/g,
]

/** The places where a text says what is said nowhere. */
const saidIn = (text: string, words: readonly RegExp[]) =>
  words.flatMap(word =>
    [...text.matchAll(word)].map(
      ({ 0: found, index }) => `“${found}”: ${text.slice(Math.max(0, index - 60), index + 60)}`,
    ),
  )

/** Files that are of no campaign: lists of the province, of its people, and templates. */
const OF_NO_CAMPAIGN = /mau|danh-sach\/|nguoi-thuc-hien\.xlsx|openapi/

test('an empty database becomes a province with a campaign of its own, and says nothing of another', async ({
  browser,
}) => {
  test.setTimeout(1_500_000)
  const offices = await openOffices(browser)
  const campaignId = await foundCampaign(offices.office)
  await setTerms(offices.office, campaignId)
  await setIndicators(offices.office, campaignId)
  const people = await openRoster(browser, offices)
  const commune = unitIdOf(committeeOf(COMMUNE))
  const head = people['Đỗ Văn Trưởng']
  const desk = people['Hồ Thị Liên']
  if (!head || !desk) throw new Error('the commune has no head and coordinator')
  await work(desk, 117)
  await confirmAndSign(head, commune)

  await offices.office.open(`/tong-hop?don-vi=${commune}`)
  await expect(offices.office.page.locator('body')).toContainText('Chữ ký số cá nhân')
  await expectWell(offices.office.page)
  const visitor = await browser.newContext()
  const publicPage = await visitor.newPage()
  await expect.poll(async () => (await publicPage.goto(`/cong-khai/${SLUG}`))?.status(), { timeout: 60_000 }).toBe(200)
  await expect(publicPage.locator('body')).toContainText('Mỗi nhà một công dân số')

  const readers: [string, Page][] = [
    ...Object.entries(offices).map(([name, { page }]): [string, Page] => [name, page]),
    ['head', head.page],
    ['desk', desk.page],
    ['visitor', publicPage],
  ]
  const said: string[] = []
  const unnamed: string[] = []
  const counts: Record<string, number> = {}
  for (const [who, page] of readers)
    for await (const { path, isFile, name, text, whole } of crawl(page, ['/', '/cong-khai', '/huong-dan'])) {
      counts[who] = (counts[who] ?? 0) + 1
      said.push(...[...saidIn(whole, IN_ALL), ...saidIn(text, IN_WORDS)].map(found => `${who} ${path} ${found}`))
      if (isFile && !OF_NO_CAMPAIGN.test(path) && !`${name} ${whole}`.includes(SLUG) && !whole.includes(PLAN))
        unnamed.push(`${who} ${path}`)
    }
  process.stdout.write(`pages and files read: ${JSON.stringify(counts)}\n`)
  expect(said).toEqual([])
  expect(unnamed).toEqual([])
  for (const [who, least] of [
    ['office', 60],
    ['head', 40],
    ['desk', 40],
    ['visitor', 3],
  ] as const)
    expect(counts[who] ?? 0, who).toBeGreaterThan(least)
  for (const [, page] of readers) await page.context().close()
})
