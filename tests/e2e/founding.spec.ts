import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, expectWell, type Page, queryIn, test, watch } from './person.ts'
import { MASTER_KEY, type ServerProcess, startServer } from './server-process.ts'

/*
 * Starts where a province begins: outside the demo, on an empty database, long after plan 128. The operator creates the
 * first administrator.
 */
const PORT = Number(process.env.E2E_PORT ?? '3187') + 2
const PASSWORD = 'một câu dễ nhớ'
const ENDED = /đã kết thúc/
let server: ServerProcess
let folder = ''

test.use({ baseURL: `http://127.0.0.1:${PORT}` })

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-founding-'))
  server = await startServer({ PORT: String(PORT), SECOND_FACTOR: 'off' }, folder)
})
test.afterEach(() => server.drop())

/** Makes an account that the operator's command can make, with a role in place of the administrator's where one is given. */
function makeAccount(login: string, role?: 'campaign_office' | 'head'): string {
  const env = { ...process.env, DATA_DIR: folder, MASTER_KEY }
  const said = execFileSync(process.execPath, ['build/server/command.js', 'account:create', login, 'Người thử'], {
    env,
    encoding: 'utf8',
  })
  if (role)
    queryIn(
      join(folder, 'campaign.sqlite'),
      'update role_grant set role = ? where account_id = (select id from account where login = ?)',
      role,
      login,
    )
  return said.trim().split(' ').at(-1) ?? ''
}

async function activate(page: Page, code: string) {
  await page.goto('/kich-hoat')
  await page.getByLabel('Mã kích hoạt').fill(code)
  await page.getByLabel('Mật khẩu mới', { exact: false }).first().fill(PASSWORD)
  await page.getByLabel('Nhập lại mật khẩu mới').fill(PASSWORD)
  await page.getByRole('button', { name: 'Kích hoạt và đăng nhập' }).click()
  await expect(page).not.toHaveURL(/kich-hoat/)
}

test('an administrator reads who chooses the campaign; the office makes a new one; no head is greeted by an end', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const as = async (login: string, role?: 'campaign_office' | 'head') => {
    const page = watch(await (await browser.newContext()).newPage())
    await activate(page, makeAccount(login, role))
    return page
  }
  const admin = await as('quantri')
  await admin.goto('/')
  await expect(admin.getByText('Chưa có đợt cao điểm nào được mở')).toBeVisible()
  await expect(admin.getByText('Cấp vai trò cơ quan thường trực')).toBeVisible()
  await expect(admin.locator('body')).not.toContainText(ENDED)
  await expectWell(admin)
  await admin.goto('/cong-khai')
  await expect(admin.locator('body')).not.toContainText(ENDED)

  const head = await as('thutruong', 'head')
  await head.goto('/')
  await expect(head.getByText('Anh/chị quay lại sau khi có thông báo.')).toBeVisible()
  await expect(head.locator('body')).not.toContainText(ENDED)

  const office = await as('congan', 'campaign_office')
  await office.goto('/')
  await expect(office.getByRole('heading', { name: 'Mở đợt cao điểm nào?' })).toBeVisible()
  await expectWell(office)
  await office.getByRole('link', { name: 'Tạo đợt mới' }).click()
  const today = new Date().toISOString().slice(0, 10)
  const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  await office.getByLabel('Số kế hoạch').fill('250/KH-UBND')
  await office.getByLabel('Ngày ban hành').fill(today)
  await office.getByLabel('Tên đợt').fill('Đợt cao điểm của tỉnh')
  await office.locator('[name="startsOn"]').fill(later(-1))
  await office.locator('[name="endsOn"]').fill(later(88))
  await office.locator('[name="finalReportOn"]').fill(later(100))
  await office.getByRole('button', { name: 'Tạo đợt' }).click()
  await expect(office).toHaveURL(/\/quan-tri\/dot\/2/)

  for (const page of [head, office, admin]) {
    await page.goto('/')
    await expect(page).not.toHaveURL(/khoi-dau/)
    await expect(page.locator('body')).toContainText(/KH 250\/KH-UBND · ngày thứ \d+/)
    await expect(page.locator('body')).not.toContainText(ENDED)
    await page.context().close()
  }
})

test('the office may keep plan 128 as it was', async ({ browser }) => {
  const page = watch(await (await browser.newContext()).newPage())
  await activate(page, makeAccount('congan', 'campaign_office'))
  await page.goto('/')
  await page.getByRole('button', { name: 'Dùng KH 128/KH-UBND' }).click()
  await expect(page).not.toHaveURL(/khoi-dau/)
  await expect(page.locator('body')).toContainText(/KH 128\/KH-UBND · đã kết thúc/)
  await page.context().close()
})
