import type { Browser } from '@playwright/test'
import { closeDatabase, openUnchanged, prepared } from '#db/client.server.ts'
import { unsealText, useMasterKey } from '#db/keys.server.ts'
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
  await first.getByLabel('Cổng', { exact: true }).selectOption(part)
  await first.getByLabel(/Địa chỉ của trang đăng nhập/).fill(issuer)
  await first.getByLabel(/Mã ứng dụng/).fill('4phu')
  await first.getByRole('textbox', { name: /Khóa bí mật/ }).fill(PROVIDER_SECRET)
  await first.getByLabel(/Tên thông tin chứa số định danh/).fill('so_dinh_danh')
  await first.getByLabel(/Mức xác thực được chấp nhận/).fill(levels)
  await first.getByLabel(/Hiệu lực từ/).fill('2024-04-04')
  await first.getByRole('button', { name: 'Thêm, chờ quản trị thứ hai' }).click()
  // the source was left out: all but the secret is given back
  await expect(first.getByLabel(/Địa chỉ của trang đăng nhập/)).toHaveValue(issuer)
  await expect(first.getByRole('textbox', { name: /Khóa bí mật/ })).toHaveValue(/^$|long enough/)
  await first.getByRole('textbox', { name: /Khóa bí mật/ }).fill(PROVIDER_SECRET)
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

/** Says how many of a part rest on a proof in the unit's board. */
const boardRow = (page: Page, name: string) => page.locator('tr', { hasText: name }).first()

test('the portal’s own issuer, recorded by two administrators, proves the part on home, board and report', async ({
  browser,
}) => {
  await record(browser, { issuer: national.issuer, part: 'portal_national' })
  const page = await open(browser, 'canbo', ON_PHONE)
  query(
    "delete from obligation where part = 'portal_national' and official_id = (select official_id from account where login = 'canbo')",
  )
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
  await expect(page.getByText('Tự chứng minh ngày 12/6/2024')).toBeVisible()
  await expectWell(page)

  const [{ unitId } = { unitId: 0 }] = query<{ unitId: number }>(
    "select unit_id as unitId from posting where to_on is null and official_id = (select official_id from account where login = 'canbo')",
  )
  const desk = await open(browser, 'thutruong')
  await desk.goto(`/don-vi/${unitId}?xem=noi-dung`)
  await desk.goto(`/don-vi/${unitId}`)
  await expect(
    boardRow(desk, 'Cổng dịch vụ công quốc gia').getByRole('cell', { name: '1', exact: true }).first(),
  ).toBeVisible()
  await expectSound(desk)
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

test('another number is refused in words; without a number the coordinator’s confirmation makes the proof', async ({
  browser,
}) => {
  query(
    "delete from obligation where part = 'portal_national' and official_id = (select official_id from account where login = 'daumoi')",
  )
  national.person = { number: numberOf('canbo'), sub: 'somebody else' }
  const other = await open(browser, 'daumoi', ON_PHONE)
  await other.goto('/nghia-vu')
  await other.getByRole('link', { name: /Đăng nhập để chứng minh.*quốc gia/ }).click()
  await expect(other.getByText(/số định danh/i).first()).toBeVisible()
  await expectWell(other)
  expect(proofs('portal_national')).toBe(1)

  national.person = { sub: 'no number' }
  const waiting = await open(browser, 'daumoi')
  await waiting.goto('/nghia-vu')
  await waiting.getByRole('link', { name: /Đăng nhập để chứng minh.*quốc gia/ }).click()
  await expect(
    waiting.getByText('đơn vị xác nhận sau lần đăng nhập thì thành chứng minh', { exact: false }),
  ).toBeVisible()
  await expectSound(waiting)
  expect(proofs('portal_national')).toBe(1)
  const [row] = query<{ unitId: number; name: string }>(
    `select p.unit_id as unitId, o.name from posting p join official o on o.id = p.official_id
      join account a on a.official_id = o.id where a.login = 'daumoi' and p.to_on is null`,
  )
  const head = await open(browser, 'thutruong')
  await head.goto(`/don-vi/${row?.unitId}/xac-nhan?xem=noi-dung`)
  await expect(head.getByText(row?.name ?? '').first()).toBeVisible()
})
