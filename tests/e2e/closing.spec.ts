import type { Browser } from '@playwright/test'
import { contextOf, expect, expectWell, type Page, passTheEnd, query, sessionCookie, test, watch } from './person.ts'

const idOf = (text: string, ...values: unknown[]) => query<{ id: number }>(text, ...values)[0]?.id ?? 0
const nameOf = (login: string) =>
  query<{ name: string }>('select display_name as name from account where login = ?', login)[0]?.name ?? ''

/** A page of its own for each of those who have a part; the official and home affairs hold a phone. */
async function openAs(browser: Browser, login: string): Promise<Page> {
  const isPhone = login === 'canbo' || login === 'noivu'
  const options = isPhone ? { viewport: { width: 360, height: 780 } } : {}
  return watch(await (await contextOf(browser, login, options)).newPage())
}

async function waitForVersion(page: Page, heading: string | RegExp) {
  await expect(page).toHaveURL(/\/ket-thuc$/, { timeout: 60_000 })
  await expect(page.getByText(heading).first()).toBeVisible({ timeout: 60_000 })
}

/** Fills and sends the step that the page asks for. */
async function send(page: Page, field: RegExp, words: string, button: string, decision?: string) {
  if (decision) await page.getByLabel(decision, { exact: true }).check()
  await page.getByLabel(field).fill(words)
  await expectWell(page)
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByText('Đã ghi vào hồ sơ.')).toBeVisible()
}

test('from the rehearsal to a later version, with due process between', async ({ browser, baseURL, playwright }) => {
  test.setTimeout(300_000)
  const unitId = idOf(
    "select p.unit_id as id from account a join posting p on p.official_id = a.official_id where a.login = 'canbo' and p.to_on is null",
  )
  const [office, homeAffairs, official, head, district] = await Promise.all(
    ['congan', 'noivu', 'canbo', 'thutruong', 'truonghuyen'].map(login => openAs(browser, login)),
  )
  if (!office || !homeAffairs || !official || !head || !district) throw new Error('nobody is there')

  await test.step('the campaign office rehearses, and cannot close yet', async () => {
    await office.goto('/ket-thuc')
    await expect(office.getByText('Kết thúc được từ ngày sau')).toBeVisible()
    await office.getByRole('button', { name: 'Tính thử' }).click()
    await waitForVersion(office, 'Bản tính thử')
    await expectWell(office)
    await office.getByRole('link', { name: 'Xem danh sách cá nhân' }).click()
    await expect(office.getByText(/Bản tính thử, chưa phải kết quả/)).toBeVisible()
    await expectWell(office)
  })

  await test.step('home affairs replays it: unchanged nobody moves, with another reading some do', async () => {
    const replay = async (name: string, change: () => Promise<unknown>) => {
      await homeAffairs.goto('/danh-gia/phuong-an')
      await homeAffairs.getByLabel(/Tên phương án/).fill(name)
      await change()
      await homeAffairs.getByRole('button', { name: 'Tính phương án' }).click()
      await expect(homeAffairs.getByRole('heading', { name, level: 1 })).toBeVisible({ timeout: 60_000 })
      await expectWell(homeAffairs)
    }
    await replay('Giữ nguyên', async () => undefined)
    await expect(homeAffairs.getByText('Không đổi tham số nào')).toBeVisible()
    await expect(homeAffairs.getByRole('heading', { name: 'Người chuyển danh sách' })).toHaveCount(0)
    await replay('Chỉ tiêu 8', () => homeAffairs.getByLabel(/Chỉ tiêu chung mỗi người/).fill('8'))
    await expect(homeAffairs.getByText('Chỉ tiêu chung mỗi người: 10 người dân → 8 người dân')).toBeVisible()
    await expect(homeAffairs.getByRole('heading', { name: 'Người chuyển danh sách' })).toBeVisible()
  })

  await test.step('no notice goes out while the campaign runs', async () => {
    await homeAffairs.goto(`/xem-xet/moi?don-vi=${unitId}`)
    await expect(homeAffairs.getByText('Gửi thông báo từ ngày 04/7/2024')).toBeVisible()
    await expectWell(homeAffairs)
  })

  await test.step('the day after the campaign home affairs gives notice', async () => {
    await passTheEnd(office)
    await homeAffairs.goto(`/xem-xet/moi?don-vi=${unitId}`)
    await homeAffairs.getByRole('checkbox', { name: nameOf('canbo') }).check()
    await homeAffairs.getByLabel(/Số văn bản thông báo/).fill('77/TB-SNV')
    await homeAffairs.getByLabel(/Nội dung thông báo/).fill('Số người dân được hỗ trợ chưa đạt chỉ tiêu.')
    await homeAffairs.getByRole('button', { name: 'Gửi thông báo' }).click()
    await expect(homeAffairs.getByRole('link', { name: nameOf('canbo') })).toBeVisible()
    await expectWell(homeAffairs)
  })
  const caseId = idOf(
    "select c.id from review_case c join account a on a.official_id = c.official_id where a.login = 'canbo'",
  )

  await test.step('nobody else takes a step, whatever they post', async () => {
    for (const [login, step, decision] of [
      ['thutruong', 'giai-trinh', ''],
      ['thutruong', 'ket-luan', 'made'],
      ['canbo', 'y-kien', 'accepted'],
      ['daumoi', 'ket-luan', 'made'],
      ['congan', 'ket-luan', 'made'],
      ['noivu', 'y-kien', 'rejected'],
    ] as const) {
      const { name, value } = sessionCookie(login)
      const client = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders: { Cookie: `${name}=${value}`, Origin: baseURL ?? '' },
      })
      const response = await client.post(`/xem-xet/${caseId}/${step}`, {
        multipart: { text: 'Đi tắt', ...(decision ? { decision } : {}) },
        maxRedirects: 0,
      })
      expect([400, 403, 404], `${login} ${step}: ${response.status()}`).toContain(response.status())
      await client.dispose()
    }
    expect(query('select id from review_step where case_id = ?', caseId)).toHaveLength(1)
  })

  await test.step('the official explains with an attachment, the head decides and finds', async () => {
    await official.goto('/')
    await official.getByRole('link', { name: /hồ sơ xem xét chờ giải trình/ }).click()
    await official.getByRole('link', { name: 'Giải trình', exact: true }).click()
    await official.getByLabel(/Tệp kèm theo/).setInputFiles({
      name: 'giay.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    })
    await send(official, /Nội dung giải trình/, 'Tôi đi hỗ trợ điểm lưu động.', 'Gửi giải trình')
    await head.goto('/')
    await expect(head.getByRole('link', { name: /hồ sơ xem xét chờ ý kiến, quyết định của anh\/chị/ })).toBeVisible()
    await head.goto(`/xem-xet/${caseId}`)
    await expect(head.getByRole('link', { name: 'Tải tệp kèm theo' })).toBeVisible()
    await head.getByRole('link', { name: 'Ý kiến về giải trình' }).click()
    await send(head, /Lý do/, 'Lịch điểm lưu động không có tên.', 'Ghi ý kiến', 'Không chấp nhận giải trình')
    await head.getByRole('link', { name: 'Kết luận về tinh thần trách nhiệm' }).click()
    await send(head, /Lý do/, 'Đã nhắc hai lần.', 'Ghi kết luận', 'Thiếu tinh thần trách nhiệm')
  })

  await test.step('the official appeals, the district decides', async () => {
    await official.goto('/danh-gia/cua-toi')
    await expectWell(official)
    await official.getByRole('link', { name: 'Kiến nghị xem xét lại' }).click()
    await send(official, /Nội dung kiến nghị/, 'Đề nghị xem lại lịch trực.', 'Gửi kiến nghị')
    await head.goto(`/xem-xet/${caseId}`)
    await expect(head.getByRole('link', { name: 'Giải quyết kiến nghị' })).toHaveCount(0)
    await district.goto(`/xem-xet/${caseId}`)
    await district.getByRole('link', { name: 'Giải quyết kiến nghị' }).click()
    await send(district, /Lý do/, 'Đã đối chiếu lịch trực.', 'Ghi quyết định', 'Không chấp nhận kiến nghị')
    await expect(district.getByText('Đã đủ các bước, kết luận có giá trị')).toBeVisible()
  })

  await test.step('the list before the close says what waits, and takes a reason for what is left', async () => {
    await office.goto('/ket-thuc')
    await expect(office.getByText('Trường hợp chờ đơn vị xác nhận')).toBeVisible()
    await expect(office.getByText(/Báo cáo tổng kết chưa ký/)).toBeVisible()
    await office.getByRole('link', { name: 'Trường hợp chờ đơn vị xác nhận' }).click()
    await expect(office.getByRole('link', { name: 'Thành phố Đồng Xoài' })).toBeVisible()
    await expectWell(office)
    await office.goto('/ket-thuc/de-lai?muc=records')
    await office.getByLabel(/Vì sao để lại/).fill('Đơn vị đã được nhắc hai lần.')
    await expectWell(office)
    await office.getByRole('button', { name: 'Ghi lý do' }).click()
    await expect(office.getByText(/Để lại: Đơn vị đã được nhắc hai lần\./)).toBeVisible()
    // several lines in one form, each with a reason of its own; what is blank stays open
    await office.getByRole('link', { name: 'Ghi lý do để lại cho nhiều dòng' }).click()
    await expect(office.getByLabel('Trường hợp chờ đơn vị xác nhận')).toHaveValue('Đơn vị đã được nhắc hai lần.')
    await office.getByLabel('Báo cáo tổng kết chưa ký').fill('Chưa đến hạn ký.')
    await expectWell(office)
    await office.getByRole('button', { name: 'Ghi lý do' }).click()
    await expect(office.getByText(/Để lại: Chưa đến hạn ký\./)).toBeVisible()
    await expect(office.getByText(/Để lại: Đơn vị đã được nhắc hai lần\./)).toBeVisible()
    await office.setViewportSize({ width: 360, height: 780 })
    await expectWell(office)
    await office.setViewportSize({ width: 1280, height: 720 })
  })

  await test.step('before the final reports are due the office makes a provisional version', async () => {
    await expect(office.getByText(/Kết thúc được từ ngày sau 09\/7\/2024/)).toBeVisible()
    await office.locator('summary').filter({ hasText: 'Lập bản tạm' }).click()
    await office.getByRole('button', { name: 'Lập bản tạm' }).click()
    await waitForVersion(office, 'Phiên bản 1 (bản tạm)')
    await expectWell(office)
  })

  await test.step('the frozen lists stand, with their hash', async () => {
    await homeAffairs.goto(`/danh-gia?ket-qua=responsibility_review&don-vi=${unitId}`)
    await expect(homeAffairs.getByText(/Kết quả xét đã chốt, phiên bản 1/)).toBeVisible()
    await expect(homeAffairs.getByRole('link', { name: nameOf('canbo') })).toBeVisible()
    await expect(homeAffairs.getByText(/[0-9a-f]{64}/)).toBeVisible()
    await expectWell(homeAffairs)
    await homeAffairs.goto('/danh-gia/tap-the')
    await expect(homeAffairs.getByText(/Kết quả xét đã chốt, phiên bản 1/)).toBeVisible()
    await expectWell(homeAffairs)
    await official.goto('/danh-gia/cua-toi')
    await expect(official.getByText(/Đã chốt, phiên bản 1 \(bản tạm\)/)).toBeVisible()
  })

  await test.step('a later fact makes a version that names whom it changed', async () => {
    const eligible = query<{ id: number; name: string }>(
      `select o.id, o.name from official_assessment a join official o on o.id = a.official_id join unit u on u.id = a.unit_id
        where a.from_version = 1 and a.result = 'eligible' and u.guard_path is null
          and o.id not in (select official_id from gate where official_id is not null)
          and o.id <> (select official_id from account where login = 'noivu')
        order by o.id limit 1`,
    )[0]
    await homeAffairs.goto(`/xem-xet/vuong-mac/moi?nguoi=${eligible?.id}`)
    await homeAffairs.getByLabel(/Vướng mắc/).selectOption('pending_discipline')
    await homeAffairs.getByLabel(/Số văn bản/).fill('19/QĐ-SNV')
    await homeAffairs.getByLabel(/Ngày văn bản/).fill('2024-07-04')
    await homeAffairs.getByRole('button', { name: 'Ghi vướng mắc' }).click()
    await expect(homeAffairs.getByText('Đã ghi vướng mắc.')).toBeVisible()
    await office.goto('/ket-thuc')
    await office.getByRole('button', { name: 'Tính thử' }).click()
    await waitForVersion(office, /1 người, 0 tập thể nay khác kết quả đã chốt/)
    await office.getByRole('link', { name: 'Ai, tập thể nào sẽ thay đổi nếu tính lại' }).click()
    await expect(office.getByRole('link', { name: eligible?.name ?? '' })).toBeVisible()
    await expectWell(office)
    await office.goto('/ket-thuc')
    await office.getByRole('link', { name: 'Tính lại', exact: true }).click()
    await office.getByLabel('Đính chính').check()
    await office.getByLabel(/Văn bản hoặc sự việc/).fill('Quyết định 19/QĐ-SNV')
    await expectWell(office)
    await office.getByRole('button', { name: 'Tính lại' }).click()
    await waitForVersion(office, 'Phiên bản 2 (bản tạm): đính chính')
    await office.getByRole('link', { name: 'Phiên bản 2 (bản tạm): đính chính' }).click()
    await expect(office.getByText(/chưa dùng để quyết định/)).toBeVisible()
    await expect(office.getByRole('link', { name: eligible?.name ?? '' })).toBeVisible()
    await expect(office.getByText(/Đủ điều kiện được xem xét → Hoàn thành/).first()).toBeVisible()
    await expect(office.getByText(/· vướng mắc/).first()).toBeVisible()
    await expectWell(office)
    await office.setViewportSize({ width: 360, height: 780 })
    await expectWell(office)
    await office.goto('/ket-thuc')
    await expectWell(office)
  })
})
