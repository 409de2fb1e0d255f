import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expect, expectWell, type Page, queryIn, test, watch } from './person.ts'
import { MASTER_KEY, type ServerProcess, startServer } from './server-process.ts'

/*
 * The demo asks for no second factor, so this journey begins where a province does. It is a server outside the demo on
 * an empty database, whose first administrator the operator creates.
 */
const PORT = Number(process.env.E2E_PORT ?? '3187') + 1
const ORIGIN = `http://127.0.0.1:${PORT}`
const PASSWORD = 'một câu dễ nhớ'
const dataDir = mkdtempSync(join(tmpdir(), 'e2e-factor-'))
const env = { ...process.env, DATA_DIR: dataDir, MASTER_KEY }
let server: ServerProcess

const operate = (...args: string[]) =>
  execFileSync(process.execPath, ['build/server/command.js', ...args], { env, encoding: 'utf8' })

/** Makes an administrator; the code with which they activate. */
const makeAdministrator = (login: string) =>
  operate('account:create', login, 'Quản trị thử').trim().split(' ').at(-1) ?? ''

const query = <Row>(text: string, ...values: unknown[]): Row[] =>
  queryIn(join(dataDir, 'campaign.sqlite'), text, ...values)

const accountId = (login: string) => query<{ id: number }>('select id from account where login = ?', login)[0]?.id ?? 0

test.describe.configure({ mode: 'serial' })
test.use({ baseURL: ORIGIN })

test.beforeAll(async () => {
  operate('check:events')
  server = await startServer({}, dataDir)
})
test.afterAll(() => server.drop())

const open = async (browser: Browser) => watch(await (await browser.newContext({ baseURL: ORIGIN })).newPage())

async function activate(page: Page, code: string) {
  await page.goto('/kich-hoat')
  await page.getByLabel('Mã kích hoạt').fill(code)
  await page.getByLabel('Mật khẩu mới', { exact: false }).first().fill(PASSWORD)
  await page.getByLabel('Nhập lại mật khẩu mới').fill(PASSWORD)
  await page.getByRole('button', { name: 'Kích hoạt và đăng nhập' }).click()
  await expect(page).not.toHaveURL(/kich-hoat/)
}

async function signIn(page: Page, login: string) {
  await page.goto('/dang-nhap')
  await page.getByLabel('Mã cán bộ hoặc số điện thoại').fill(login)
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
}

const codeOf = (secret: string, stepsOn = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsOn * 30_000 })

/** Sets the application up on the page that asks for it; its secret and the recovery codes. */
async function setUp(page: Page) {
  await expect(page.getByRole('heading', { name: 'Cài đặt xác thực hai lớp' })).toBeVisible()
  const secret = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('Mã trong ứng dụng').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Hoàn tất cài đặt' }).click()
  await expect(page.getByRole('heading', { name: 'Mã dự phòng' })).toBeVisible()
  const codes = await page.locator('li code').allTextContents()
  return { secret, codes }
}

/** True where a page for people who are signed in leads elsewhere. */
const isOutside = (page: Page) =>
  page.evaluate(async () => (await fetch('/quan-tri', { redirect: 'manual' })).type === 'opaqueredirect')

let admin: Page
let secret = ''
let codes: string[] = []

test('the first administrator activates, sets the application up, and is in only then', async ({ browser }) => {
  admin = await open(browser)
  await activate(admin, makeAdministrator('quantri.mot'))
  await expect(admin).toHaveURL(/dang-nhap\/cai-dat/)
  expect(await isOutside(admin)).toBe(true)
  await expectWell(admin)
  await admin.getByLabel('Mã trong ứng dụng').fill('000000')
  await admin.getByRole('button', { name: 'Hoàn tất cài đặt' }).click()
  await expect(admin.getByText('Mã chưa đúng hoặc đã dùng', { exact: false }).first()).toBeVisible()
  ;({ secret, codes } = await setUp(admin))
  expect(codes).toHaveLength(8)
  await expectWell(admin)
  await admin.getByRole('link', { name: 'Đã lưu mã, tiếp tục' }).click()
  expect(await isOutside(admin)).toBe(false)
})

test('signing in takes a code of the application that was not used yet', async ({ browser }) => {
  const page = await open(browser)
  await signIn(page, 'quantri.mot')
  await expect(page).toHaveURL(/dang-nhap\/xac-thuc/)
  expect(await isOutside(page)).toBe(true)
  await expectWell(page)
  const field = page.getByLabel('Mã trong ứng dụng xác thực')
  await field.fill(codeOf(secret, -1))
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page.getByText('Mã chưa đúng hoặc đã dùng', { exact: false }).first()).toBeVisible()
  await field.fill(codeOf(secret, 1))
  await page.getByRole('button', { name: 'Tiếp tục' }).click()
  await expect(page).not.toHaveURL(/dang-nhap/)
  expect(await isOutside(page)).toBe(false)
  await page.context().close()
})

test('a recovery code stands in for the phone, once', async ({ browser }) => {
  for (const isGood of [true, false]) {
    const page = await open(browser)
    await signIn(page, 'quantri.mot')
    await page.getByLabel('Mã trong ứng dụng xác thực').fill(codes[0] ?? '')
    await page.getByRole('button', { name: 'Tiếp tục' }).click()
    if (isGood) await expect(page).not.toHaveURL(/dang-nhap/)
    else await expect(page.getByText('Mã chưa đúng hoặc đã dùng', { exact: false }).first()).toBeVisible()
    expect(await isOutside(page)).toBe(!isGood)
    await page.context().close()
  }
})

test('another administrator resets a lost one: its sessions end, and it is set up anew', async ({ browser }) => {
  const lost = await open(browser)
  await activate(lost, makeAdministrator('quantri.hai'))
  const before = await setUp(lost)
  await lost.getByRole('link', { name: 'Đã lưu mã, tiếp tục' }).click()
  expect(await isOutside(lost)).toBe(false)

  await admin.goto(`/quan-tri/tai-khoan/${accountId('quantri.hai')}`)
  await admin.getByText('Đặt lại xác thực hai lớp', { exact: true }).click()
  await expectWell(admin)
  await admin.getByRole('button', { name: 'Đặt lại', exact: true }).click()
  await expect(admin.getByText('Đặt lại xác thực hai lớp', { exact: true })).toHaveCount(0)

  expect(await isOutside(lost)).toBe(true)
  await signIn(lost, 'quantri.hai')
  const after = await setUp(lost)
  expect(after.secret).not.toBe(before.secret)
  await lost.context().close()
})

test('a role that is given later is used only after the application is set up', async ({ browser }) => {
  const code = makeAdministrator('quantri.ba')
  const id = accountId('quantri.ba')
  query("update role_grant set role = 'province_leader' where account_id = ?", id)
  const page = await open(browser)
  await activate(page, code)
  await page.goto('/tai-khoan')
  await expect(page.getByRole('heading', { name: 'Tài khoản' })).toBeVisible()

  query("update role_grant set role = 'admin' where account_id = ?", id)
  await page.goto('/quan-tri')
  await expect(page).toHaveURL(/dang-nhap\?.*hai-lop/)
  await expect(page.getByText('Vai trò của anh/chị cần xác thực hai lớp')).toBeVisible()
  await expectWell(page)
  await page.getByLabel('Mã cán bộ hoặc số điện thoại').fill('quantri.ba')
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await setUp(page)
  await page.getByRole('link', { name: 'Đã lưu mã, tiếp tục' }).click()
  await expect(page).toHaveURL(`${ORIGIN}/quan-tri`)

  await page.goto('/tai-khoan/xac-thuc')
  await expect(page.getByText('Mã dự phòng còn lại')).toBeVisible()
  await expectWell(page)

  // disabled: the next request is refused
  query('update account set disabled_at = 1 where id = ?', id)
  expect(await isOutside(page)).toBe(true)
  await page.context().close()
})
