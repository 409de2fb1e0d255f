import type { Browser } from '@playwright/test'
import { closeDatabase, openUnchanged, prepared } from '#db/client.server.ts'
import { unsealText, useMasterKey } from '#db/keys.server.ts'
import { readDocx } from '../documents/docx.ts'
import { PROVIDER_SECRET, startProvider, type TestProvider } from '../oidc-provider.ts'
import {
  contextOf,
  expect,
  expectSound,
  expectWell,
  ON_DESKTOP,
  ON_PHONE,
  type Page,
  query,
  takenOver,
  test,
  watch,
} from './person.ts'
import { MASTER_KEY } from './server-process.ts'

/*
 * A portal's part is proven by signing in at the portal's own issuer, which two administrators recorded: provider and
 * people are the test's, the browser walks there and back.
 */

const ORIGIN = `http://127.0.0.1:${process.env.E2E_PORT ?? '3187'}`
const PAGE = '/quan-tri/cong-dich-vu-cong'

let national: TestProvider
let provincial: TestProvider

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  national = await startProvider([`${ORIGIN}/nghia-vu/cong/tra-ve`])
  provincial = await startProvider([`${ORIGIN}/nghia-vu/cong/tra-ve`])
})
test.afterAll(() => {
  national.stop()
  provincial.stop()
})

/** The whole personal number of an account's person, as the portal knows it. */
function numberOf(login: string): string {
  useMasterKey(MASTER_KEY)
  openUnchanged(process.env.E2E_DATABASE ?? '')
  const row = prepared<{ id: number; cipher: Buffer }>(
    'select o.id, o.number_cipher as cipher from official o join account a on a.official_id = o.id where a.login = ?',
  ).one(login)
  const number = unsealText({ table: 'official', column: 'number', rowId: row.id }, row.cipher) ?? ''
  closeDatabase()
  return number
}

const open = async (browser: Browser, login: string, way: typeof ON_PHONE = ON_DESKTOP) =>
  watch(await (await contextOf(browser, login, way)).newPage())

/** Records an issuer as a portal's own, by two administrators. */
async function record(
  browser: Browser,
  { issuer, part, levels = '' }: Record<'issuer' | 'part', string> & { levels?: string },
) {
  const first = await open(browser, 'quantri', ON_PHONE)
  await first.goto(PAGE)
  await takenOver(first.getByLabel(/Nguồn/))
  await first.getByLabel(/^Cổng/).selectOption(part)
  await first.getByLabel(/Địa chỉ của trang đăng nhập/).fill(issuer)
  await first.getByLabel(/Mã ứng dụng/).fill('4phu')
  await first.getByLabel(/Khóa bí mật/).fill(PROVIDER_SECRET)
  await first.getByLabel(/Tên thông tin chứa số định danh/).fill('so_dinh_danh')
  await first.getByLabel(/Mức xác thực được chấp nhận/).fill(levels)
  await first.getByLabel(/Hiệu lực từ/).fill('2024-04-04')
  await first.getByRole('button', { name: 'Thêm, chờ quản trị thứ hai' }).click()
  // the source was left out: all but the secret is given back
  await expect(first.getByLabel(/Địa chỉ của trang đăng nhập/)).toHaveValue(issuer)
  await expect(first.getByLabel(/Khóa bí mật/)).toHaveValue(/^$|long enough/)
  await first.getByLabel(/Khóa bí mật/).fill(PROVIDER_SECRET)
  await first.getByLabel(/Nguồn/).fill('Văn bản thử nghiệm')
  await expectWell(first)
  await first.getByRole('button', { name: 'Thêm, chờ quản trị thứ hai' }).click()
  await expect(first.getByText('Chờ quản trị thứ hai đồng ý', { exact: true })).toBeVisible()
  await expect(first.getByRole('button', { name: 'Đã đối chiếu, đồng ý' })).toHaveCount(0)
  await expectWell(first)
  const second = await open(browser, 'quantri2')
  await second.goto(PAGE)
  await second.getByRole('button', { name: 'Đã đối chiếu, đồng ý' }).click()
  await expect(second.getByText('Đang có hiệu lực').first()).toBeVisible()
  await expectSound(second)
}

const proofs = (part: string) =>
  query<{ count: number }>(
    "select count(*) as count from obligation where part = ? and state = 'verified' and campaign_id = 1",
    part,
  )[0]?.count ?? 0

const unitOf = (login: string) =>
  query<{ unitId: number }>(
    `select p.unit_id as unitId from posting p join account a on a.official_id = p.official_id
      where a.login = ? and p.to_on is null`,
    login,
  )[0]?.unitId ?? 0

/** How many of a unit rest on a proof for a part, as its board says. */
async function provenOnBoard(page: Page, unitId: number, part: string): Promise<number> {
  await page.goto(`/don-vi/${unitId}`)
  const cells = await page.locator('tr', { hasText: part }).first().locator('td, th').allTextContents()
  // the last three say what the met rest on: proof, extract, unit
  return Number(/\d+/.exec(cells.at(-3) ?? '')?.[0])
}

test('the portal’s own issuer, recorded by two administrators, proves the part on home, board and report', async ({
  browser,
}) => {
  await record(browser, { issuer: national.issuer, part: 'portal_national' })
  const page = await open(browser, 'canbo', ON_PHONE)
  national.person = { number: numberOf('canbo'), sub: 'canbo' }
  await page.goto('/nghia-vu/portal_national')
  await expect(page.getByRole('heading', { name: 'Cách nhanh nhất: đăng nhập để chứng minh' })).toBeVisible()
  await expectWell(page)
  await page.getByRole('link', { name: /Đăng nhập để chứng minh/ }).click()
  await expect(page).toHaveURL(/nghia-vu/)
  await expect(page.getByText('việc đăng nhập chứng minh nội dung này', { exact: false })).toBeVisible()
  await expectWell(page)
  expect(proofs('portal_national')).toBe(1)
  await page.goto('/')
  await expect(page.getByText(/Tự chứng minh ngày 1[23]\/6\/2024/)).toBeVisible()
  await expectWell(page)

  const unitId = unitOf('canbo')
  const desk = await open(browser, 'thutruong')
  expect(await provenOnBoard(desk, unitId, 'Cổng dịch vụ công quốc gia')).toBe(1)
  await expectSound(desk)
  const answer = await desk.request.get(`/don-vi/${unitId}/ket-qua.docx`)
  const { paragraphs } = await readDocx(await answer.body())
  expect(paragraphs.join(' ')).toMatch(/Cổng dịch vụ công quốc gia: tự chứng minh 1, theo xác nhận của đơn vị/)
})

test('an issuer below the level asked for leaves a sign, and proves nothing', async ({ browser }) => {
  await record(browser, { issuer: provincial.issuer, part: 'portal_provincial', levels: 'muc-2' })
  const page = await open(browser, 'canbo', ON_PHONE)
  const before = proofs('portal_provincial')
  provincial.person = { number: numberOf('canbo'), sub: 'canbo', acr: 'muc-1' }
  await page.goto('/nghia-vu')
  await page.getByRole('link', { name: /Đăng nhập để chứng minh.*tỉnh/ }).click()
  await expect(page.getByText('Mức xác thực chưa đủ, nên chưa chứng minh', { exact: false })).toBeVisible()
  await expect(page.getByText('Có dấu hiệu').first()).toBeVisible()
  await expectWell(page)
  expect(proofs('portal_provincial')).toBe(before)
})

test('another number is refused in words; without one, the coordinator’s confirmation makes the proof', async ({
  browser,
}) => {
  // agreed to last, it takes the place of the one that asks for a level
  await record(browser, { issuer: provincial.issuer, part: 'portal_provincial' })
  const before = proofs('portal_provincial')
  provincial.person = { number: numberOf('daumoi'), sub: 'a colleague' }
  const wrong = await open(browser, 'canbo', ON_PHONE)
  await wrong.goto('/nghia-vu')
  await wrong.getByRole('link', { name: /Đăng nhập để chứng minh.*tỉnh/ }).click()
  await expect(wrong.getByText('không trùng số định danh trong hồ sơ', { exact: false })).toBeVisible()
  await expectWell(wrong)
  expect(proofs('portal_provincial')).toBe(before)

  const page = await open(browser, 'canbo')
  await page.goto('/nghia-vu/portal_provincial')
  await page.getByLabel(/Ngày đăng nhập lần đầu/).fill('2024-05-20')
  await page.getByRole('button', { name: 'Gửi kê khai' }).click()
  provincial.person = { sub: 'no number' }
  await page.getByRole('link', { name: /Đăng nhập để chứng minh.*tỉnh/ }).click()
  await expect(page.getByText('đơn vị xác nhận sau lần đăng nhập thì thành chứng minh', { exact: false })).toBeVisible()
  await expectSound(page)
  expect(proofs('portal_provincial')).toBe(before)

  const desk = await open(browser, 'daumoi')
  const unitId = unitOf('canbo')
  await desk.goto(`/don-vi/${unitId}/xac-nhan`)
  const line = desk.locator('li', { hasText: 'thành chứng minh' })
  await line.getByRole('checkbox').check()
  await desk
    .locator('form', { has: line })
    .getByRole('button', { name: /Xác nhận/ })
    .click()
  await expect(desk).toHaveURL(/xac-nhan/)
  expect(proofs('portal_provincial')).toBe(before + 1)
  await page.goto('/')
  await expect(page.getByText(/Tự chứng minh ngày 1[23]\/6\/2024/)).toHaveCount(2)
  expect(await provenOnBoard(desk, unitId, 'Cổng dịch vụ công của tỉnh')).toBe(1)
})
