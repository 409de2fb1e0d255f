import { expect, type Page, query } from './person.ts'

async function choose(page: Page, group: string, option: string) {
  await page.getByRole('group', { name: group }).getByRole('radio', { name: option, exact: true }).check()
}

type Citizen = { name: string; number: string }

/** Opens the form of a new record and fills it; leaves it unsent. */
export async function fillHelp(page: Page, citizen: Citizen) {
  await page.goto('/ho-tro/moi')
  await fillOpenForm(page, citizen)
}

/** Fills the form that is open, all three outcomes achieved today; leaves it unsent. */
export async function fillOpenForm(page: Page, citizen: Citizen) {
  await page.getByLabel(/Họ và tên/).fill(citizen.name)
  await page.getByLabel(/Số định danh/).fill(citizen.number)
  await page.getByLabel(/Nơi hỗ trợ/).selectOption('home')
  for (const outcome of [
    'Cài đặt ứng dụng VNeID',
    'Kích hoạt tài khoản định danh điện tử',
    'SIM chính chủ tích hợp chữ ký số',
  ])
    await choose(page, outcome, 'Đạt nhờ hỗ trợ')
  await choose(page, 'Cách thể hiện đồng ý', 'Trên điện thoại của người dân')
  await page.getByLabel(/Người dân đồng ý/).check()
}

/** Sends the filled form, and waits for the record's own page. */
export async function saveHelp(page: Page, heading: string) {
  await page.getByRole('button', { name: 'Lưu trường hợp' }).click()
  await expect(page.getByRole('heading', { name: heading })).toBeVisible()
}

/** Confirms a record on the queue of its unit, that of its official, as a head or coordinator. */
export async function confirmOnQueue(page: Page, unitId: number, { citizen, official }: Record<string, string>) {
  const [row] = query<{ id: number }>('select official_id as id from account where display_name = ?', official)
  await page.goto(`/don-vi/${unitId}/xac-nhan?nguoi=${row?.id}`)
  await page.getByRole('checkbox', { name: new RegExp(`${citizen} *${official}`) }).check()
  await page
    .locator('form')
    .filter({ hasText: official })
    .filter({ hasText: citizen })
    .getByRole('button', { name: /^Xác nhận/ })
    .first()
    .click()
  await expect(page.getByText('Đã xác nhận 1 mục.')).toBeVisible()
}
