import { readFileSync } from 'node:fs'
import type { Browser } from '@playwright/test'
import { openZip } from '#app/imports/zip-archive.ts'
import {
  closeForGood,
  contextOf,
  expect,
  expectWell,
  type Page,
  passTheEnd,
  query,
  sessionCookie,
  test,
  watch,
} from './person.ts'

const idOf = (text: string, ...values: unknown[]) => query<{ id: number }>(text, ...values)[0]?.id ?? 0

async function openAs(browser: Browser, login: string): Promise<Page> {
  return watch(await (await contextOf(browser, login)).newPage())
}

const hasVersion = () => query('select id from closing where version > 0 and frozen_at is not null').length > 0

/** The last step of a case that waits for the district's word, so that somebody is proposed for review at the close. */
async function decideAppeal(district: Page) {
  const caseId = idOf(
    "select c.id from review_case c where (select kind from review_step s where s.case_id = c.id order by s.id desc limit 1) = 'appeal'",
  )
  await district.goto(`/xem-xet/${caseId}`)
  await district.getByRole('link', { name: 'Giải quyết kiến nghị' }).click()
  await district.getByLabel('Không chấp nhận kiến nghị', { exact: true }).check()
  await district.getByLabel(/Lý do/).fill('Đã đối chiếu lịch trực.')
  await district.getByRole('button', { name: 'Ghi quyết định' }).click()
  await expect(district.getByText('Đã ghi vào hồ sơ.')).toBeVisible()
}

/** Freezes a list while proposals may still come. */
async function freeze(homeAffairs: Page) {
  await homeAffairs.locator('summary').filter({ hasText: 'Chốt danh sách' }).click()
  await homeAffairs.getByRole('checkbox', { name: /tôi vẫn chốt/ }).check()
  await homeAffairs.getByRole('button', { name: 'Chốt danh sách' }).click()
  await expect(homeAffairs.getByText('Đã chốt danh sách.')).toBeVisible()
}

type Person = { id: number; name: string }
/** People with a frozen result who hold no role, for whose proposal one need not go higher. */
const peopleWith = (result: string, more = '') =>
  query<Person>(
    `select o.id, o.name from official_assessment a join official o on o.id = a.official_id join unit u on u.id = a.unit_id
      where a.to_version is null and a.result = ? and u.guard_path is null
        and o.id not in (select a.official_id from role_grant g join account a on a.id = g.account_id where a.official_id is not null) ${more}
      order by o.id`,
    result,
  )
const IN_DISTRICT =
  "and u.kind = 'commune' and u.path like (select path from unit where name = 'Thành phố Đồng Xoài') || '%'"

/** Everything that a docx says, in one line. */
async function wordsOf(file: string): Promise<string> {
  const zip = await openZip(new Uint8Array(readFileSync(file)), 20_000_000)
  return String(await zip.read('word/document.xml'))
    .split('</w:p>')
    .map(paragraph => [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g)].map(([, text]) => text).join(''))
    .join('\n')
}

async function download(page: Page, link: string): Promise<string> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  return (await waiting).path()
}

test('from the frozen lists to the tờ trình', async ({ browser, baseURL, playwright }) => {
  test.setTimeout(300_000)
  const [office, homeAffairs, district] = await Promise.all(
    ['congan', 'noivu', 'truonghuyen'].map(login => openAs(browser, login)),
  )
  if (!office || !homeAffairs || !district) throw new Error('nobody is there')
  if (!hasVersion()) {
    await passTheEnd(office)
    await decideAppeal(district)
  }
  await closeForGood(office, homeAffairs)

  const [commended, returned] = peopleWith('eligible', IN_DISTRICT)
  const [excused] = peopleWith('not_completed_excused')
  const [reviewed] = query<Person>(
    `select o.id, o.name from official_assessment a join official o on o.id = a.official_id
      where a.to_version is null and a.result = 'responsibility_review' order by o.id`,
  )
  if (!commended || !returned || !excused || !reviewed) throw new Error('the province lacks somebody')

  let roundId = 0
  await test.step('home affairs opens a round, the district proposes', async () => {
    await homeAffairs.goto('/khen-thuong')
    await expectWell(homeAffairs)
    await homeAffairs.getByRole('link', { name: 'Lập đợt xét' }).click()
    await homeAffairs.getByLabel(/Tên đợt xét/).fill('Tổng kết “4 phủ”')
    await homeAffairs.getByLabel(/Nhận đề nghị đến hết ngày/).fill('2025-01-31')
    await homeAffairs.getByLabel(/Số cá nhân tối đa/).fill('5')
    await expectWell(homeAffairs)
    await homeAffairs.getByRole('button', { name: 'Lập đợt xét' }).click()
    await expect(homeAffairs.getByText('Đã lập đợt xét.')).toBeVisible()
    await expectWell(homeAffairs)
    roundId = Number(/\/khen-thuong\/(\d+)/.exec(homeAffairs.url())?.[1])

    await district.goto(`/khen-thuong/${roundId}`)
    await district.getByRole('link', { name: 'Đề nghị từ danh sách đủ điều kiện' }).click()
    for (const person of [commended, returned]) {
      await district.getByLabel('Tìm theo họ tên').fill(person.name)
      await district.getByRole('button', { name: 'Lọc' }).click()
      await district.locator(`input[name="chon"][value="${person.id}"]`).check()
      await district.getByLabel(/Tóm tắt thành tích/).fill(`Đi từng ngõ, gõ từng nhà tại ấp của ${person.name}.`)
      await expectWell(district)
      await district.getByRole('button', { name: 'Đề nghị các hồ sơ đã chọn' }).click()
      await expect(district.getByText('Đã đề nghị 1 hồ sơ.')).toBeVisible()
      await district.getByRole('link', { name: 'Đề nghị từ danh sách đủ điều kiện' }).click()
    }
    await district.getByLabel('Tìm theo họ tên').fill(excused.name)
    await district.getByRole('button', { name: 'Lọc' }).click()
    await expect(district.locator(`input[name="chon"][value="${excused.id}"]`)).toHaveCount(0)
  })
  const candidateOf = (person: Person, round: number) =>
    idOf('select id from candidate where round_id = ? and official_id = ?', round, person.id)
  const choose = (page: Page, person: Person, round: number) =>
    page.locator(`input[name="chon"][value="${candidateOf(person, round)}"]`).check()

  await test.step('a telecom collaborator comes from outside the rosters', async () => {
    await district.goto(`/khen-thuong/${roundId}/ngoai`)
    await district.getByLabel(/Họ và tên, hoặc tên tập thể/).fill('Lâm Thị Cộng Tác')
    await district.getByLabel(/Là ai, ở đâu/).fill('cộng tác viên viễn thông tại xã Tân Thành')
    await district.getByLabel(/^Năm sinh/).fill('1992')
    await district.getByLabel('Chưa có', { exact: true }).check()
    await district.getByLabel(/^Thành tích/).fill('Hỗ trợ 150 người dân đăng ký SIM chính chủ.')
    await expectWell(district)
    await district.getByRole('button', { name: 'Đề nghị' }).click()
    await expect(district.getByText('Đã gửi đề nghị.')).toBeVisible()
    await expectWell(district)
  })

  await test.step('who was excused is not let in, whatever is posted', async () => {
    const { name, value } = sessionCookie('truonghuyen')
    const client = await playwright.request.newContext({
      baseURL,
      extraHTTPHeaders: { Cookie: `${name}=${value}`, Origin: baseURL ?? '' },
    })
    const response = await client.post(`/khen-thuong/${roundId}/de-nghi`, {
      form: { kind: 'official', chon: String(excused.id), form: 'province_certificate', achievement: 'Đi tắt' },
      maxRedirects: 0,
    })
    expect([400, 403, 404]).toContain(response.status())
    expect(candidateOf(excused, roundId)).toBe(0)
    await client.dispose()
  })

  await test.step('the district passes on, home affairs returns one with a reason', async () => {
    await district.goto(`/khen-thuong/${roundId}`)
    for (const person of [commended, returned]) await choose(district, person, roundId)
    await expectWell(district)
    await district.getByRole('button', { name: 'Chuyển tiếp các hồ sơ đã chọn' }).click()
    await expect(district.getByText('Đã chuyển tiếp 2 hồ sơ.')).toBeVisible()

    await homeAffairs.goto(`/khen-thuong/${roundId}`)
    await choose(homeAffairs, returned, roundId)
    await homeAffairs.getByRole('button', { name: 'Trả lại' }).click()
    await homeAffairs.getByLabel(/Lý do/).fill('Chưa rõ thành tích vượt trội.')
    await expectWell(homeAffairs)
    await homeAffairs.getByRole('button', { name: 'Trả lại kèm lý do' }).click()
    await expect(homeAffairs.getByText('Đã trả lại 1 hồ sơ.')).toBeVisible()
    await district.goto(`/khen-thuong/${roundId}/ho-so/${candidateOf(returned, roundId)}`)
    await expect(district.getByText('Chưa rõ thành tích vượt trội.')).toBeVisible()
    await expectWell(district)
  })

  await test.step('home affairs takes the other on, with whoever waits, and freezes the list', async () => {
    await homeAffairs.goto(`/khen-thuong/${roundId}/ho-so/${candidateOf(commended, roundId)}`)
    await expect(homeAffairs.getByText('Đi từng ngõ, gõ từng nhà', { exact: false }).first()).toBeVisible()
    await expectWell(homeAffairs)
    await homeAffairs.goto(`/khen-thuong/${roundId}?buoc=home_affairs`)
    for (const box of await homeAffairs.locator('input[name="chon"]:enabled').all()) await box.check()
    await homeAffairs.getByRole('button', { name: 'Chuyển tiếp các hồ sơ đã chọn' }).click()
    await expect(homeAffairs.getByText(/Đã chuyển tiếp \d+ hồ sơ\./)).toBeVisible()
    await freeze(homeAffairs)
    await homeAffairs.locator('summary').filter({ hasText: 'Mở lại danh sách' }).click()
    await homeAffairs.getByRole('button', { name: 'Mở lại danh sách' }).click()
    await expect(homeAffairs.getByText('Đã mở lại danh sách; nhận đề nghị tiếp.')).toBeVisible()
    await freeze(homeAffairs)
    await expect(homeAffairs.getByText(/[0-9a-f]{64}/)).toBeVisible()
    await expectWell(homeAffairs)
  })

  await test.step('the tờ trình names the commended, not the returned, with the law of its day', async () => {
    await homeAffairs.getByLabel(/Ngày của văn bản/).fill('2024-07-25')
    await homeAffairs.getByRole('button', { name: 'Lọc' }).first().click()
    await expect(homeAffairs).toHaveURL(/ngay=2024-07-25/)
    const words = await wordsOf(await download(homeAffairs, 'Tờ trình, kèm danh sách'))
    expect(words).toContain(commended.name)
    expect(words).toContain('Lâm Thị Cộng Tác')
    expect(words).toContain('Bình Phước, ngày 25 tháng 7 năm 2024')
    expect(words).toContain('15/2024/QĐ-UBND')
    expect(words).toContain('DỰ THẢO')
    expect(words.split('\n')).not.toContain(excused.name)
    if (returned.name !== commended.name) expect(words.split('\n')).not.toContain(returned.name)
    const sheet = await openZip(
      new Uint8Array(readFileSync(await download(homeAffairs, 'Danh sách trong phạm vi của anh/chị'))),
      20_000_000,
    )
    expect(String(await sheet.read('xl/worksheets/_rels/sheet2.xml.rels'))).toContain(`/can-bo/${commended.id}`)
    expect(
      query("select id from event where verb = 'export' and subject = 'round' and subject_id = ?", String(roundId)),
    ).toHaveLength(2)
  })

  await test.step('the council votes, the decision is recorded, the person sees it', async () => {
    await homeAffairs.goto(`/khen-thuong/${roundId}`)
    await homeAffairs.getByRole('link', { name: 'Họp Hội đồng, ghi biểu quyết' }).click()
    const members = Array.from({ length: 11 }, (_, n) => `Ủy viên Mẫu ${n + 1}`)
    await homeAffairs.getByLabel(/Ngày họp/).fill('2024-07-10')
    await homeAffairs.getByLabel(/Bắt đầu/).fill('08:00')
    await homeAffairs.getByLabel(/Kết thúc/).fill('10:30')
    await homeAffairs.getByLabel(/Địa điểm/).fill('Phòng họp số 1')
    await homeAffairs.getByLabel(/Chủ trì/).fill('Trần Thị Mẫu, Chủ tịch Hội đồng')
    await homeAffairs.getByLabel(/Thư ký/).fill('Lê Văn Mẫu, Sở Nội vụ')
    await homeAffairs.getByLabel(/Thành viên dự họp/).fill(members.join('\n'))
    await homeAffairs.getByLabel(/Toàn bộ thành viên dự họp đồng ý/).check()
    await homeAffairs.getByLabel(/Số phiếu từng hồ sơ/).fill('1; 12')
    await expectWell(homeAffairs)
    await homeAffairs.getByRole('button', { name: 'Ghi phiên họp' }).click()
    await expect(homeAffairs.getByText(/Dòng 1: số phiếu đồng ý nhiều hơn/)).toBeVisible()
    await homeAffairs.getByLabel(/Số phiếu từng hồ sơ/).fill('1; 10')
    await homeAffairs.getByRole('button', { name: 'Ghi phiên họp' }).click()
    await expect(homeAffairs.getByText('Đã ghi phiên họp. Biên bản giữ nguyên nội dung này.')).toBeVisible()
    const minutes = await wordsOf(await download(homeAffairs, 'Biên bản họp Hội đồng'))
    expect(minutes).toContain('Phòng họp số 1')
    expect(minutes).toContain('Ủy viên Mẫu 11')
    expect(minutes).toContain('10/11')
    await homeAffairs.goto(`/khen-thuong/${roundId}/quyet-dinh`)
    await homeAffairs.getByLabel(/Số quyết định/).fill('1205/QĐ-UBND')
    await homeAffairs.getByLabel(/Ngày quyết định/).fill('2024-07-30')
    await expectWell(homeAffairs)
    await homeAffairs.getByRole('button', { name: 'Ghi quyết định' }).click()
    await expect(homeAffairs.getByText('Đã ghi quyết định.')).toBeVisible()
    await homeAffairs.goto(`/khen-thuong/${roundId}/ho-so/${candidateOf(commended, roundId)}`)
    await expect(homeAffairs.getByText(/Quyết định 1205\/QĐ-UBND/)).toBeVisible()
  })

  await test.step('a round of review takes only who is there after every step', async () => {
    await homeAffairs.goto('/khen-thuong/moi')
    await homeAffairs.getByLabel('Đề nghị xem xét trách nhiệm').check()
    await homeAffairs.getByLabel(/Tên đợt xét/).fill('Đề nghị xem xét')
    await homeAffairs.getByRole('button', { name: 'Lập đợt xét' }).click()
    await expect(homeAffairs.getByText('Đã lập đợt xét.')).toBeVisible()
    const reviewId = Number(/\/khen-thuong\/(\d+)/.exec(homeAffairs.url())?.[1])
    await homeAffairs.getByRole('link', { name: 'Thêm từ danh sách đã chốt' }).click()
    await expect(homeAffairs.locator(`input[name="chon"][value="${excused.id}"]`)).toHaveCount(0)
    await homeAffairs.locator(`input[name="chon"][value="${reviewed.id}"]`).check()
    await expectWell(homeAffairs)
    await homeAffairs.getByRole('button', { name: 'Đưa vào danh sách' }).click()
    await expect(homeAffairs.getByText('Đã đề nghị 1 hồ sơ.')).toBeVisible()
    await choose(homeAffairs, reviewed, reviewId)
    await homeAffairs.getByRole('button', { name: 'Chuyển tiếp các hồ sơ đã chọn' }).click()
    await homeAffairs.locator('summary').filter({ hasText: 'Chốt danh sách' }).click()
    await homeAffairs.getByRole('button', { name: 'Chốt danh sách' }).click()
    await expect(homeAffairs.getByText('Đã chốt danh sách.')).toBeVisible()
    const words = await wordsOf(await download(homeAffairs, 'Tờ trình, kèm danh sách'))
    expect(words).toContain(reviewed.name)
    expect(words).toContain('DANH SÁCH CÁ NHÂN ĐỀ NGHỊ XEM XÉT TRÁCH NHIỆM')
    expect(words.split('\n')).not.toContain(excused.name)
  })
})
