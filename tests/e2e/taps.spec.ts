import type { Browser, Locator } from '@playwright/test'
import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { fillHelp, saveHelp } from './help-entry.ts'
import { contextOf, expect, expectSound, type Page, query, takenOver, test, watch } from './person.ts'
import { citizen } from './phone.ts'

/*
 * How many taps a task takes on a phone, from where its user begins (home, the page of a code, or the list that the
 * task is about) to what tells that it is done. Typing, scrolling and choosing a file are no taps; choosing from a list
 * is two. Whatever a page gains, no task may come to need more taps than when it was first walked, unless it asks
 * before something weighty.
 */

/** The worker reads one list at a time (ms). */
const LIST_MS = 60_000
const SMALL = { viewport: { width: 360, height: 740 } }
const CARD = 'tests/fixtures/cards/clean-05.jpg'
const PASSWORD = 'Hai con trâu bốn phủ 37'
const HAMLET = 'Ấp Đếm Chạm'

/** The one finger on the phone: everything that is touched goes through it, and counts. */
function tapping() {
  let taps = 0
  return {
    count: () => taps,
    tap: async (target: Locator) => {
      taps += 1
      await target.click()
    },
    choose: async (list: Locator, option: string) => {
      taps += 2
      await list.selectOption(option)
    },
  }
}

type Finger = ReturnType<typeof tapping>

type Task = {
  task: string
  who: string
  /** the taps that it took when it was first walked */
  before: number
  /** the most that it may take now */
  most: number
  /** why it may take more than before: it asks first, so that nothing weighty happens by one slip */
  asks?: string
  /** prepares what it needs, not counted */
  begin: (browser: Browser) => Start | Promise<Start>
  /** does it, and waits for what tells that it is done; `id`: what it is about */
  walk: (page: Page, finger: Finger, id: number) => Promise<void>
}

/** Who begins ('' nobody signed in), on which page; `id`: what the task is about, where it is about one thing. */
type Start = { login: string; at: string; id?: number }

const only = <Row>(text: string, ...values: unknown[]): Row => {
  const [row] = query<Row>(text, ...values)
  if (row === undefined) throw new Error(`the synthetic province has none: ${text}`)
  return row
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name })

/** A commune of the plan that no other journey goes to, with its head and coordinator. */
const commune = () =>
  only<{ id: number; name: string; district: string; head: string; coordinator: string }>(
    `select u.id, u.name, d.name as district, min(case g.role when 'head' then a.login end) as head,
            min(case g.role when 'coordinator' then a.login end) as coordinator
       from unit u join unit d on d.id = u.parent_id
       join role_grant g on g.unit_id = u.id and g.to_on is null join account a on a.id = g.account_id
      where u.kind = 'commune' and u.closed_on is null and u.name not in ('UBND xã Tân Thành', 'UBND xã Lộc Hiệp')
        and (select count(*) from posting p where p.unit_id = u.id and p.to_on is null) >= 15
      group by u.id having head is not null and coordinator is not null order by u.id desc limit 1`,
  )

/** An official of that commune who holds no role; another one for each place in the order. */
const official = (place: number) =>
  only<{ id: number; login: string; name: string; code: string }>(
    `select o.id, a.login, o.name, o.staff_code as code from official o join account a on a.official_id = o.id
       join posting p on p.official_id = o.id and p.to_on is null
      where p.unit_id = ? and p.category <> 'member' and not exists (select 1 from role_grant g where g.account_id = a.id)
        and not exists (select 1 from exemption e where e.official_id = o.id)
      order by o.id limit 1 offset ?`,
    commune().id,
    place,
  )

/** A citizen who was not met yet, by the item of a list, and whose it is. */
const assigned = () =>
  only<{ id: number; login: string }>(
    `select min(s.id) as id, a.login from assignment s join account a on a.official_id = s.official_id
      where s.state = 'not_contacted' and s.closed_on is null
        and s.unit_id <> (select id from unit where name = 'UBND xã Tân Thành')
        and not exists (select 1 from role_grant g where g.account_id = a.id)
        and (select count(*) from assignment o where o.official_id = s.official_id) <= 4
      group by a.login order by 1 limit 1`,
  )

/** A record that its unit sent back, the only one of its official. */
const returned = () =>
  only<{ id: number; login: string }>(
    `select min(h.id) as id, a.login from help h join account a on a.official_id = h.official_id
       join posting p on p.official_id = h.official_id and p.to_on is null
      where h.verdict_reason = 'returned' and h.withdrawn_at is null and p.category <> 'member'
        and not exists (select 1 from role_grant g where g.account_id = a.id)
        and p.unit_id not in (select id from unit where name in ('UBND xã Tân Thành', 'UBND xã Lộc Hiệp'))
      group by a.login having count(*) = 1 order by 1 limit 1`,
  )

/** Does something beside the counted walk, as this account; what `act` returns. */
async function aside<Found>(browser: Browser, login: string, act: (page: Page) => Promise<Found>): Promise<Found> {
  const context = await contextOf(browser, login, SMALL)
  const found = await act(await context.newPage())
  await context.close()
  return found
}

/** A record of this official, just saved: its page. */
const saved = (browser: Browser, login: string) =>
  aside(browser, login, async page => {
    const who = citizen()
    await fillHelp(page, who)
    await saveHelp(page, who.name)
    return new URL(page.url()).pathname
  })

/** Takes a list of two citizens of one hamlet into the form that is open; `touch` presses. */
async function takeInList(page: Page, touch: (target: Locator) => Promise<void>) {
  const rows = [citizen(), citizen()].map(({ name, number }) => ({
    ...{ name, number, birth: '1990', phone: '', commune: '', hamlet: HAMLET, address: '' },
    lacks: ['eid_activation' as const],
  }))
  await page.getByLabel(/Tệp danh sách/).setInputFiles({
    name: 'danh-sach.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await writeWorklistTemplate(rows)),
  })
  await page.getByLabel(/Tên danh sách/).fill('Danh sách để đếm chạm')
  await page.getByLabel(/^Căn cứ/).fill('Mục III.3 Kế hoạch 128/KH-UBND')
  await touch(button(page, 'Tải lên và xem trước'))
  await touch(button(page, 'Nhập 2 người dân'))
  await expect(page.getByText(/^Đã nhập 2 dòng của danh sách\.|^Đã đưa 2 người dân vào danh sách\./)).toBeVisible({
    timeout: LIST_MS,
  })
}

const table = (...rows: string[][]) => rows.map(row => row.join('\t')).join('\n')

/** What a record needs beyond name and number: three taps, of which consent has two. */
async function completeRecord(page: Page, { tap }: Finger) {
  const all = button(page, 'Cả ba đều đạt trong ngày hỗ trợ')
  await takenOver(all)
  await tap(all)
  await tap(page.getByRole('radio', { name: 'Trên điện thoại của người dân' }))
  await tap(page.getByRole('checkbox', { name: /Người dân đồng ý/ }))
}

const TASKS: readonly Task[] = [
  {
    task: 'activate an account from the slip’s QR code',
    who: 'official',
    before: 4,
    most: 2,
    begin: async browser => {
      const { coordinator, id } = commune()
      const code = await aside(browser, coordinator, async page => {
        await page.goto(`/don-vi/${id}/ma-kich-hoat?nguoi=${official(0).id}`)
        await button(page, 'Tạo phiếu cho người đã chọn').click()
        return page.locator('code').first().textContent()
      })
      return { login: '', at: `/kich-hoat#${code}` }
    },
    walk: async (page, { tap }) => {
      await page.getByLabel(/^Mật khẩu mới/).fill(PASSWORD)
      await page.getByLabel(/Nhập lại mật khẩu mới/).fill(PASSWORD)
      await tap(button(page, 'Kích hoạt và đăng nhập'))
      await tap(link(page, 'Vào trang chính'))
      await expect(page.getByRole('heading', { name: 'Nội dung bản thân thực hiện' })).toBeVisible()
    },
  },
  {
    task: 'make activation slips for two people',
    who: 'coordinator',
    before: 5,
    most: 4,
    begin: () => ({ login: commune().coordinator, at: '/' }),
    walk: async (page, { tap }) => {
      await tap(link(page, /chưa đăng nhập lần nào.*In phiếu/))
      for (const place of [1, 2]) await tap(page.getByRole('checkbox', { name: official(place).name, exact: true }))
      await tap(button(page, 'Tạo phiếu cho người đã chọn'))
      await expect(page.locator('code')).toHaveCount(2)
    },
  },
  {
    task: 'declare a SIM with its signature, and the evidence',
    who: 'official',
    before: 15,
    most: 7,
    begin: () => ({ login: official(3).login, at: '/' }),
    walk: async (page, { tap, choose }) => {
      await tap(link(page, 'SIM chính chủ kèm chữ ký số'))
      await page.getByLabel(/Số điện thoại/).fill('0912 345 678')
      await choose(page.getByLabel(/Nhà mạng/), 'vinaphone')
      await tap(page.getByRole('checkbox', { name: /SIM đăng ký chính chủ/ }))
      await choose(page.getByLabel(/Loại chữ ký số/), 'sim')
      await page.getByLabel(/Đơn vị cấp chứng thư số/).fill('VNPT-CA')
      await page.getByLabel(/Hiệu lực từ/).fill('2024-01-01')
      await page.getByLabel(/Đến ngày/).fill('2026-01-01')
      await page.getByLabel(/Tệp minh chứng/).setInputFiles(CARD)
      await tap(button(page, 'Gửi kê khai'))
      await expect(page.getByText('Chờ xác nhận').first()).toBeVisible()
    },
  },
  {
    task: 'declare a 4G phone',
    who: 'official',
    before: 7,
    most: 3,
    begin: () => ({ login: official(3).login, at: '/' }),
    walk: async (page, { tap }) => {
      await tap(link(page, 'Điện thoại thông minh 4G'))
      await page.getByLabel(/Hãng điện thoại/).fill('Vsmart')
      await page.getByLabel(/Kiểu máy/).fill('Joy 4')
      await tap(page.getByRole('checkbox', { name: /kết nối được 4G/ }))
      await tap(button(page, 'Gửi kê khai'))
      await expect(page.getByText('Chờ xác nhận').first()).toBeVisible()
    },
  },
  {
    task: 'record a citizen by typing',
    who: 'official',
    before: 9,
    most: 5,
    begin: () => ({ login: official(4).login, at: '/' }),
    walk: async (page, finger) => {
      const who = citizen()
      await finger.tap(link(page, 'Thêm người dân đã hỗ trợ'))
      await page.getByLabel(/Họ và tên/).fill(who.name)
      await page.getByLabel(/Số định danh/).fill(who.number)
      await completeRecord(page, finger)
      await finger.tap(button(page, 'Lưu trường hợp'))
      await expect(page.getByRole('heading', { name: who.name })).toBeVisible()
    },
  },
  {
    task: 'record a citizen by a picture of their card',
    who: 'official',
    before: 7,
    most: 5,
    begin: () => ({ login: official(4).login, at: '/' }),
    walk: async (page, finger) => {
      await finger.tap(link(page, 'Thêm người dân đã hỗ trợ'))
      await page.locator('.card-scan input[type="file"]').first().setInputFiles(CARD)
      await expect(page.getByText(/^Đã điền theo thẻ của/)).toBeVisible()
      const name = await page.getByLabel(/Họ và tên/).inputValue()
      await completeRecord(page, finger)
      await finger.tap(button(page, 'Lưu trường hợp'))
      await expect(page.getByRole('heading', { name })).toBeVisible()
    },
  },
  {
    task: 'go on to the next person after saving',
    who: 'official',
    before: 2,
    most: 1,
    begin: async browser => ({ login: official(5).login, at: await saved(browser, official(5).login) }),
    walk: async (page, { tap }) => {
      await tap(link(page, 'Thêm người khác'))
      await expect(page.getByLabel(/Họ và tên/)).toHaveValue('')
    },
  },
  {
    task: 'answer that the help was given',
    who: 'citizen',
    before: 2,
    most: 2,
    begin: async browser => {
      const { login } = official(5)
      const record = await saved(browser, login)
      const url = await aside(browser, login, async page => {
        await page.goto(record)
        return link(page, /\/x\//).getAttribute('href')
      })
      return { login: '', at: new URL(url ?? '').pathname }
    },
    walk: async (page, { tap }) => {
      const consent = page.getByRole('checkbox').and(page.locator('[name="consent"]'))
      if (await consent.isVisible()) await tap(consent)
      await tap(button(page, /^Đúng, tôi đã được hỗ trợ/))
      await expect(page.getByRole('heading', { name: 'Cảm ơn bác, anh, chị' })).toBeVisible()
    },
  },
  {
    task: 'withdraw a record',
    who: 'official',
    before: 2,
    most: 2,
    begin: async browser => ({ login: official(6).login, at: await saved(browser, official(6).login) }),
    walk: async (page, { tap }) => {
      await tap(page.locator('summary').filter({ hasText: 'Rút trường hợp này' }))
      await tap(button(page, 'Rút trường hợp này'))
      await expect(button(page, 'Khôi phục trường hợp')).toBeVisible()
    },
  },
  {
    task: 'restore a record',
    who: 'official',
    before: 1,
    most: 1,
    begin: async browser => {
      const { login } = official(6)
      const record = await saved(browser, login)
      await aside(browser, login, async page => {
        await page.goto(record)
        await page.locator('summary').filter({ hasText: 'Rút trường hợp này' }).click()
        await button(page, 'Rút trường hợp này').click()
        await expect(button(page, 'Khôi phục trường hợp')).toBeVisible()
      })
      return { login, at: record }
    },
    walk: async (page, { tap }) => {
      await tap(button(page, 'Khôi phục trường hợp'))
      await expect(page.getByText('Chờ đơn vị xác nhận').first()).toBeVisible()
    },
  },
  {
    task: 'mend a record that the unit returned',
    who: 'official',
    before: 4,
    most: 3,
    begin: () => ({ ...returned(), at: '/' }),
    walk: async (page, { tap }, id) => {
      await tap(page.locator(`main a[href="/ho-tro/${id}"]`).first())
      await tap(link(page, 'Bổ sung, sửa'))
      await page.getByLabel('Ghi chú').fill('Đã xem lại sổ của ấp.')
      await tap(button(page, 'Lưu thay đổi'))
      await expect(page.getByText('Lý do đơn vị trả lại')).toHaveCount(0)
      await expect(page.getByText('Chờ đơn vị xác nhận').first()).toBeVisible()
    },
  },
  {
    task: 'print twenty slips for citizens',
    who: 'official',
    before: 2,
    most: 2,
    begin: () => ({ login: official(7).login, at: '/ho-tro' }),
    walk: async (page, { tap }) => {
      await tap(link(page, 'Phiếu xác nhận'))
      await tap(button(page, 'Tạo đủ 20 phiếu'))
      await expect(page.locator('code')).toHaveCount(20)
    },
  },
  {
    task: 'note an appointment with an assigned citizen',
    who: 'official',
    before: 3,
    most: 3,
    begin: () => ({ ...assigned(), at: '/' }),
    walk: async (page, { tap }, id) => {
      await tap(page.locator(`main a[href="/phan-cong/${id}"]`).first())
      await tap(page.getByRole('radio', { name: 'Đã hẹn' }))
      await page.getByLabel('Ngày hẹn').fill('2024-06-30')
      await page.getByLabel('Giờ hẹn').fill('17h30')
      await tap(button(page, 'Lưu'))
      await expect(page.getByText('Đã lưu kết quả liên hệ.')).toBeVisible()
    },
  },
  {
    task: 'note that an assigned citizen does not agree',
    who: 'official',
    before: 3,
    most: 3,
    begin: () => ({ ...assigned(), at: '/' }),
    walk: async (page, { tap }, id) => {
      await tap(page.locator(`main a[href="/phan-cong/${id}"]`).first())
      await tap(page.getByRole('radio', { name: /^Không đồng ý/ }))
      await tap(button(page, 'Lưu'))
      await expect(page.getByText('Không liên hệ lại')).toBeVisible()
    },
  },
  {
    task: 'record an assigned citizen as helped',
    who: 'official',
    before: 8,
    most: 6,
    begin: () => ({ ...assigned(), at: '/' }),
    walk: async (page, finger, id) => {
      await finger.tap(page.locator(`main a[href="/phan-cong/${id}"]`).first())
      await finger.tap(link(page, 'Đã hỗ trợ xong'))
      await page.getByLabel(/Số định danh/).fill(citizen().number)
      await completeRecord(page, finger)
      await finger.tap(button(page, 'Lưu trường hợp'))
      await expect(page.getByText('Chờ đơn vị xác nhận').first()).toBeVisible()
    },
  },
  {
    task: 'take in a police list',
    who: 'coordinator',
    before: 4,
    most: 3,
    begin: () => ({ login: commune().coordinator, at: `/don-vi/${commune().id}/phan-cong` }),
    walk: async (page, { tap }) => {
      await tap(link(page, 'Nhập danh sách'))
      await takeInList(page, tap)
    },
  },
  {
    task: 'share out a hamlet’s list',
    who: 'coordinator',
    before: 3,
    most: 3,
    begin: async browser => {
      const { coordinator, id } = commune()
      await aside(browser, coordinator, async page => {
        await page.goto(`/don-vi/${id}/phan-cong/nhap`)
        await takeInList(page, target => target.click())
      })
      return { login: coordinator, at: `/don-vi/${id}/phan-cong?ap=${encodeURIComponent(HAMLET)}` }
    },
    walk: async (page, { tap }) => {
      await tap(link(page, `Chia người chưa phân công của ${HAMLET}`))
      await tap(button(page, 'Xem trước'))
      await tap(button(page, /^Phân công \d+ người dân$/))
      await expect(page.getByText(/^Đã phân công \d+ người dân\.$/)).toBeVisible()
    },
  },
  {
    task: 'take in a roster',
    who: 'coordinator',
    before: 3,
    most: 3,
    begin: () => ({ login: commune().coordinator, at: `/don-vi/${commune().id}/nguoi-thuc-hien/nhap` }),
    walk: async (page, { tap }) => {
      const who = citizen()
      const text = table(
        ['Họ tên', 'Ngày sinh', 'Giới tính', 'Số CCCD', 'Chức vụ', 'Đơn vị', 'Loại'],
        [who.name, '12/3/1990', 'Nam', who.number, 'Công chức', commune().name, 'Công chức'],
      )
      await page.getByLabel(/Tệp danh sách/).setInputFiles({
        name: 'danh-sach.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text.replaceAll('\t', ';')),
      })
      await tap(page.getByText('Cán bộ, công chức, viên chức, người lao động của đơn vị'))
      await tap(button(page, 'Tải lên và xem trước'))
      await tap(button(page, /^Nhập/))
      await expect(page.getByText(/Đã nhập danh sách/)).toBeVisible({ timeout: LIST_MS })
    },
  },
  {
    task: 'take in records that were kept in a table',
    who: 'coordinator',
    before: 3,
    most: 3,
    begin: () => ({ login: commune().coordinator, at: `/don-vi/${commune().id}/truong-hop` }),
    walk: async (page, { tap }) => {
      const { code, name } = official(7)
      const places = [commune().district, commune().name].map(place => place.replace(/^UBND /, ''))
      const rows = [citizen(), citizen()].map(who => [
        ...[code, name, who.name, who.number, '1990', ...places, '10/4/2024', 'Tại nhà', 'x', '12/4/2024', 'x'],
        ...['Bằng văn bản', 'x'],
      ])
      const heads =
        'Mã cán bộ,Người thực hiện,Họ tên người dân,Số định danh,Năm sinh,Huyện,Xã,Ngày hỗ trợ,Nơi hỗ trợ,VNeID,Kích hoạt,SIM,Cách đồng ý,Đồng ý'
      await tap(link(page, 'Nhập hộ nhiều trường hợp'))
      await page.getByLabel('Hoặc dán bảng từ Excel, Zalo').fill(table(heads.split(','), ...rows))
      await tap(button(page, 'Tải lên và xem trước'))
      await tap(button(page, 'Nhập 2 dòng đúng'))
      await expect(page.getByText('Đã ghi 2 trường hợp nhập hộ')).toBeVisible({ timeout: LIST_MS })
    },
  },
  {
    task: 'confirm everything of one official',
    who: 'head',
    before: 1,
    most: 2,
    asks: 'one tap confirmed 23 records, with no question and no way back',
    begin: async browser => {
      const { login, id } = official(8)
      for (const _ of [1, 2]) await saved(browser, login)
      return { login: commune().head, at: `/don-vi/${commune().id}/xac-nhan?nguoi=${id}` }
    },
    walk: async (page, { tap }) => {
      await tap(page.getByText(/^Chọn cả \d+ mục dưới đây$/).first())
      await tap(button(page, 'Xác nhận các mục đã chọn').first())
      await expect(page.getByText(/^Đã xác nhận \d+ mục\./)).toBeVisible()
    },
  },
  {
    task: 'return two records with a reason',
    who: 'head',
    before: 4,
    most: 4,
    begin: async browser => {
      const { login, id } = official(9)
      for (const _ of [1, 2]) await saved(browser, login)
      return { login: commune().head, at: `/don-vi/${commune().id}/xac-nhan?nguoi=${id}` }
    },
    walk: async (page, { tap }) => {
      for (const place of [0, 1]) await tap(page.locator('input[name=chon]').nth(place))
      await tap(button(page, 'Trả lại các mục đã chọn').first())
      await page.getByLabel(/Lý do/).fill('Ngày kích hoạt chưa khớp với sổ của ấp.')
      await tap(button(page, /^Trả lại/))
      await expect(page.getByText(/Đã trả lại 2/)).toBeVisible()
    },
  },
  {
    task: 'give one person another target',
    who: 'head',
    before: 4,
    most: 4,
    begin: () => ({ login: commune().head, at: '/' }),
    walk: async (page, { tap }) => {
      await tap(page.getByRole('navigation', { name: 'Các trang chính' }).getByText('Đơn vị'))
      await tap(page.getByRole('navigation', { name: 'Các trang của đơn vị' }).getByText('Chỉ tiêu'))
      await tap(page.getByRole('checkbox', { name: official(7).name, exact: true }))
      await page.getByLabel(/^Chỉ tiêu \(người dân mỗi người\)/).fill('11')
      await tap(button(page, 'Giao chỉ tiêu'))
      await expect(page.getByText(/Đã giao chỉ tiêu/)).toBeVisible()
    },
  },
  {
    task: 'sign the report that is due',
    who: 'head',
    before: 2,
    most: 4,
    asks: 'one tap signed and froze the figures, two days before the period ended',
    begin: () => ({ login: commune().head, at: '/' }),
    walk: async (page, { tap }) => {
      await tap(link(page, /^1 báo cáo .*chưa ký gửi/).first())
      await tap(link(page, 'Ký báo cáo'))
      const reason = page.getByLabel(/Lý do ký trước ngày cuối kỳ/)
      await expect(page.getByLabel(/Tôi đã xem số liệu/)).toBeVisible()
      if (await reason.isVisible()) await reason.fill('Thủ trưởng đi công tác.')
      await tap(page.getByLabel(/Tôi đã xem số liệu/))
      await tap(button(page, 'Ký báo cáo'))
      await expect(page.getByText('Đã ký. Số liệu của bản này không thay đổi nữa.')).toBeVisible()
    },
  },
  {
    task: 'see which units have not reported',
    who: 'head of a district',
    before: 3,
    most: 1,
    begin: () => ({ login: 'truonghuyen', at: '/' }),
    walk: async (page, { tap }) => {
      await tap(link(page, /đơn vị trực thuộc chưa gửi báo cáo/))
      await expect(page.getByText('Quá hạn').first()).toBeVisible()
    },
  },
  {
    task: 'hand the annex’s target down',
    who: 'head of a district',
    before: 4,
    most: 4,
    begin: () => ({ login: 'truonghuyen', at: '/' }),
    walk: async (page, { tap }) => {
      await tap(page.getByRole('navigation', { name: 'Các trang chính' }).getByText('Đơn vị'))
      await tap(page.getByRole('navigation', { name: 'Các trang của đơn vị' }).getByText('Chỉ tiêu'))
      await tap(link(page, 'Giao xuống'))
      // some more for one commune, as many less for another: the same shares are no new decision
      for (const [place, more] of [7, -7].entries()) {
        const share = page.getByRole('textbox', { name: /^Giao cho UBND/ }).nth(place)
        await share.fill(String(Number(await share.inputValue()) + more))
      }
      await page.getByLabel(/Số văn bản giao chỉ tiêu/).fill('91/QĐ-UBND')
      await tap(button(page, 'Giao chỉ tiêu'))
      await expect(page.getByText('Đã giao chỉ tiêu.')).toBeVisible()
    },
  },
  {
    task: 'decide who a citizen counts for',
    who: 'head of a district',
    before: 4,
    most: 4,
    begin: () => ({ login: 'truonghuyen', at: '/' }),
    walk: async (page, { tap }) => {
      await tap(link(page, /đề nghị xem xét lại người được tính/))
      await tap(link(page, /^Xem và quyết định/).first())
      await tap(page.getByRole('radio', { name: /giữ nguyên/ }))
      await page.getByLabel(/Lý do/).fill('Đã hỏi người dân.')
      await tap(button(page, 'Ghi quyết định'))
      await expect(page.getByText('Đã quyết định').first()).toBeVisible()
    },
  },
  {
    task: 'fill one inspection sheet, the citizen met',
    who: 'inspector',
    before: 5,
    most: 5,
    begin: () => ({
      login: 'kiemtra',
      at: `/kiem-tra/${only<{ id: number }>('select id from inspection where concluded_at is null order by id').id}`,
    }),
    walk: async (page, { tap }) => {
      await tap(link(page, /^Mở phiếu|^Phiếu tiếp theo/).first())
      await tap(page.getByRole('radio', { name: 'Gặp trực tiếp người dân' }))
      await tap(button(page, 'Mở thông tin người dân'))
      await expect(page.getByText(/Đã mở để/)).toBeVisible()
      await tap(page.getByRole('radio', { name: /^Đúng thực tế/ }))
      await expect(page.getByRole('radio', { name: 'Gặp trực tiếp', exact: true })).toBeChecked()
      await tap(button(page, 'Ghi kết quả'))
      await expect(page.getByText('Đã ghi kết quả.')).toBeVisible()
    },
  },
]

for (const { task, who, before, most, asks, begin, walk } of TASKS)
  test(`taps of ${who}: ${task}, at most ${most}`, async ({ browser }) => {
    test.setTimeout(180_000)
    const { login, at, id = 0 } = await begin(browser)
    const context = login === '' ? await browser.newContext(SMALL) : await contextOf(browser, login, SMALL)
    const page = watch(await context.newPage())
    await page.goto(at)
    const finger = tapping()
    await walk(page, finger, id)
    expect(finger.count(), `${task}: taps`).toBeLessThanOrEqual(most)
    if (asks === undefined) expect(most, `${task}: more than before`).toBeLessThanOrEqual(before)
    await expectSound(page)
    await context.close()
  })
