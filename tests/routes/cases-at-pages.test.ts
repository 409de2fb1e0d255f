import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prepared } from '#db/client.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import { csvOf, type Line, type MadeSheet, workbookOf } from '#tests/fixtures/sheets.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'
import { type Answers, type Page, plainBrowser } from '#tests/plain-browser.ts'
import { renderedSite } from '#tests/rendered.ts'

/**
 * Lists as agencies, police and officials really keep them, each sent through the pages by a browser without scripts:
 * what the page says, and what is saved once it is taken. The files are our own.
 */

let site: Awaited<ReturnType<typeof renderedSite>>
// the first one loads every page
beforeAll(() => renderedSite(), 300_000)
beforeEach(async () => {
  makeProvince()
  site = await renderedSite()
})
afterEach(dropProvince)

type List = 'roster' | 'help' | 'worklist'
const PAGES: Record<List, (unitId: number) => string> = {
  roster: unitId => `don-vi/${unitId}/nguoi-thuc-hien/nhap`,
  help: unitId => `don-vi/${unitId}/truong-hop/nhap`,
  worklist: unitId => `don-vi/${unitId}/phan-cong/nhap`,
}
const ABOUT: Record<List, Answers> = {
  roster: { list: 'staff', fromOn: '2024-04-04' },
  help: {},
  worklist: { name: 'Đợt 1', legalBasis: 'Kế hoạch 128/KH-UBND' },
}
const COMMUNE = 'UBND xã Tân Thành'

/** Somebody who keeps the lists of a unit. */
function keeperOf(name = COMMUNE) {
  const { id } = unitNamed(name)
  const { actor } = makeOfficial(id, { name: 'Hoàng Thị Thử Mối' })
  const keeper = grantTo(grantTo(actor, 'head', id), 'coordinator', id)
  return { unitId: id, browser: plainBrowser(site, keeper.accountId) }
}
type Keeper = ReturnType<typeof keeperOf>

/** Uploads a file and answers, as often as it is asked, the page of columns; returns what is shown then. */
async function uploaded(keeper: Keeper, list: List, { bytes, name = 'ds.xlsx', answers = {} }: Sent) {
  const upload = await keeper.browser.open(PAGES[list](keeper.unitId))
  const file = new File([new Uint8Array(bytes)], name)
  let page = await upload.send('file', { ...ABOUT[list], file })
  const asked: string[] = []
  while (page.path.endsWith('/cot')) {
    asked.push(page.text)
    if (asked.length > 2) throw new Error(page.text)
    page = await page.send(columnsField(page), answers)
  }
  return { page, asked }
}
type Sent = { bytes: Uint8Array; name?: string; answers?: Answers }

const columnsField = (page: Page) =>
  page.root.querySelectorAll('select[name^="cot-"]')[0]?.getAttribute('name') ?? 'cot-0'

/** Takes what a preview shows. */
const taken = (page: Page, more: Answers = {}) => page.send('planKey', more)

/* ---------- what is saved ---------- */

type Official = { name: string; birthOn: string | null; birthYear: number | null; sex: string | null }
/** Officials whose names hold `Thử`, as they are stored. */
function officials() {
  const rows = prepared<Official & { id: number; number: Buffer | null; phone: Buffer | null }>(
    `select id, name, birth_on as birthOn, birth_year as birthYear, sex, number_cipher as number, phone_cipher as phone
       from official where name like '%Thử%' and name <> 'Hoàng Thị Thử Mối' order by id`,
  ).all()
  return rows.map(({ id, number, phone, ...row }) => ({
    ...row,
    number: unsealText({ table: 'official', column: 'number', rowId: id }, number),
    phone: unsealText({ table: 'official', column: 'phone', rowId: id }, phone),
  }))
}
const names = () => officials().map(({ name }) => name)

function records() {
  const rows = prepared<{ id: number; name: Buffer; number: Buffer; place: string; helpedOn: string; by: string }>(
    `select h.id, citizen_name_cipher as name, citizen_number_cipher as number, locality_code as place,
            helped_on as helpedOn, o.name as by from help h join official o on o.id = h.official_id order by h.id`,
  ).all()
  return rows.map(({ id, ...row }) => ({
    ...row,
    name: unsealText({ table: 'help', column: 'citizenName', rowId: id }, row.name),
    number: unsealText({ table: 'help', column: 'citizenNumber', rowId: id }, row.number),
  }))
}

function citizens() {
  const rows = prepared<{ id: number; name: Buffer; number: Buffer; place: string; hamlet: string; lacks: string }>(
    `select id, citizen_name_cipher as name, citizen_number_cipher as number, locality_code as place, hamlet, lacks
       from assignment order by id`,
  ).all()
  return rows.map(({ id, lacks, ...row }) => ({
    ...row,
    name: unsealText({ table: 'assignment', column: 'citizenName', rowId: id }, row.name),
    number: unsealText({ table: 'assignment', column: 'citizenNumber', rowId: id }, row.number),
    lacks: JSON.parse(lacks) as string[],
  }))
}

const numberOf = (n: number) => `0701858${String(20_000 + n)}`

/* ---------- rosters ---------- */

const STAFF = ['TT', 'Mã cán bộ', 'Họ và tên', 'Năm sinh', 'Giới tính', 'Loại']
const roster = (head: Line, ...lines: Line[]) => workbookOf({ name: 'Danh sách', lines: [head, ...lines] })

describe('a roster', () => {
  it('with numbers that a program broke says which and why, and gives back a zero only where one was lost', async () => {
    const keeper = keeperOf()
    const numbers = ['8.00861012E+10', '1085861234.0', '01008610O124', '08208610125', '01661234567']
    const lines = numbers.map((number, n): Line => [n, `Lê Văn Thử ${'ABCDE'[n]}n`, number, 'Công chức'])
    const { page } = await uploaded(keeper, 'roster', {
      bytes: await roster(['TT', 'Họ và tên', 'Số CCCD', 'Loại'], ...lines),
    })
    expect(page.text).toContain('Excel đã rút gọn')
    expect(page.text).toContain('chữ hoặc ký tự lạ')
    expect(page.text).toContain('12 chữ số')
    expect(page.text).toContain('số điện thoại')
    expect(officials()).toEqual([])
    const good = await uploaded(keeper, 'roster', {
      bytes: await roster(['TT', 'Họ và tên', 'Số CCCD', 'Loại'], lines[1] ?? []),
    })
    await taken(good.page)
    expect(officials()).toMatchObject([{ number: '001085861234', birthYear: 1985, sex: 'male' }])
  })

  it('with two phones in a cell, a landline or a dot says so; a remark in brackets is dropped', async () => {
    const keeper = keeperOf()
    const head = ['TT', 'Mã cán bộ', 'Họ và tên', 'Năm sinh', 'Điện thoại', 'Loại']
    const phones = [
      '0912345821 0987654821',
      '0912345822\n0987654822',
      '0271.3879.222',
      '0912345.8238',
      '0912 345 824 (Zalo)',
    ]
    const lines = phones.map(
      (phone, n): Line => [n, `thud${n}`, `Lê Văn Thử ${'ABCDE'[n]}n`, 1960 + n, phone, 'Công chức'],
    )
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(head, ...lines) })
    expect(page.text).toContain('hai số')
    expect(page.text).toContain('máy bàn')
    expect(page.text).toContain('10 chữ số')
    const good = await uploaded(keeper, 'roster', { bytes: await roster(head, lines[4] ?? []) })
    await taken(good.page)
    expect(officials()).toMatchObject([{ phone: '0912345824' }])
  })

  it('with the other Đ is stored with ours, and found by any spelling', async () => {
    const keeper = keeperOf()
    const line: Line = [1, 'thue1', 'Ðinh Thị Thử Ðào', 1985, 'Nữ', 'Công chức']
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(STAFF, line) })
    await taken(page)
    expect(names()).toEqual(['Đinh Thị Thử Đào'])
    for (const sought of ['Ðinh Thị Thử', 'Đinh Thị Thử', 'dinh thi thu']) {
      const found = await keeper.browser.open(
        `don-vi/${keeper.unitId}/nguoi-thuc-hien?tim=${encodeURIComponent(sought)}`,
      )
      expect(found.text).toContain('Đinh Thị Thử Đào')
    }
  })

  it('with the birth in three columns has its day and no sex from the year', async () => {
    const keeper = keeperOf()
    const head = ['TT', 'Mã cán bộ', 'Họ và tên', 'Ngày', 'Tháng', 'Năm', 'Loại']
    const lines: Line[] = [
      [1, 'thub1', 'Lê Thị Thử Hường', 12, 3, 1985, 'Công chức'],
      [2, 'thub2', 'Lê Thị Thử Liên', 25, 12, 1979, 'Công chức'],
    ]
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(head, ...lines) })
    expect(page.text).toContain('12/3/1985')
    await taken(page)
    expect(officials()).toMatchObject([
      { birthOn: '1985-03-12', sex: null },
      { birthOn: '1979-12-25', sex: null },
    ])
  })

  it('with days before 1975 that a web export wrote has the nearest day', async () => {
    const keeper = keeperOf()
    const at = (text: string) => new Date(text)
    const head = ['TT', 'Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Loại']
    const lines: Line[] = [
      [1, 'thuf1', 'Lê Văn Thử Giờ', at('1971-04-11T23:59:34.080Z'), 'Nam', 'Công chức'],
      [2, 'thuf2', 'Lê Văn Thử Khắc', at('1970-12-31T23:00:00.006Z'), 'Nam', 'Công chức'],
    ]
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(head, ...lines) })
    await taken(page)
    expect(officials().map(({ birthOn }) => birthOn)).toEqual(['1971-04-12', '1971-01-01'])
  })

  it('with formulas without a saved value says that of them, and not that the name is missing', async () => {
    const keeper = keeperOf()
    const formula = { formula: 'C2&"x"' } as Line[number]
    const head = ['TT', 'Mã cán bộ', 'Họ và tên', 'Năm sinh', 'Loại', 'Điện thoại']
    const lines: Line[] = [
      [1, 'thug1', formula, 1985, 'Công chức', formula],
      [2, 'thug2', 'Lê Văn Thử Hải', 1986, 'Công chức', formula],
    ]
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(head, ...lines) })
    expect(page.text).toContain('công thức')
    expect(page.text).not.toContain('Chưa có họ và tên')
    expect(page.forms.some(form => form.getAttribute('action')?.endsWith('/ap-dung'))).toBe(false)
  })

  it('takes every name of a person; a digit or a star is told of that row alone, which is left out', async () => {
    const keeper = keeperOf()
    const given = [
      'Điểu Thử K‘Rưt',
      'Điểu Thử K´Bưt',
      'H′Thử Niê',
      'Y Thử',
      'Lê Văn Thử (Bí thư)',
      'Trần Thị Thử 2',
      'Trần Thử *',
    ]
    const lines = given.map((name, n): Line => [n, `thuh${n}`, name, 1985, null, 'Công chức'])
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(STAFF, ...lines) })
    expect(page.text).toContain('2 dòng')
    const left = page.root.querySelectorAll('input[name^="bo-"]').map(box => box.getAttribute('name') ?? '')
    expect(left).toHaveLength(2)
    const mended = await page.send(left[0] ?? '', Object.fromEntries(left.map(name => [name, 'on'])))
    await taken(mended)
    expect(names()).toEqual(['Điểu Thử K’Rưt', 'Điểu Thử K’Bưt', 'H’Thử Niê', 'Y Thử', 'Lê Văn Thử'])
  })

  it('with two names that differ in a mark makes two people, and records by name find theirs', async () => {
    const keeper = keeperOf()
    const lines: Line[] = [
      [1, 'thui1', 'Lê Văn Thử Toàn', 1985, 'Nam', 'Công chức'],
      [2, 'thui2', 'Lê Văn Thử Toán', 1986, 'Nam', 'Công chức'],
    ]
    await taken((await uploaded(keeper, 'roster', { bytes: await roster(STAFF, ...lines) })).page)
    const visits = ['Lê Văn Thử Toàn', 'Lê Văn Thử Toán'].map((by, n) => visit(n + 1, { 0: by }))
    await taken((await uploaded(keeper, 'help', { bytes: csvOf([HELP, ...visits]), name: 'ds.csv' })).page)
    expect(records().map(({ by }) => by)).toEqual(['Lê Văn Thử Toàn', 'Lê Văn Thử Toán'])
  })

  it('that says otherwise of people whom it knows proposes corrections, which take effect or wait', async () => {
    const keeper = keeperOf()
    const head = ['TT', 'Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Số định danh', 'Loại']
    const before: Line[] = [
      [1, 'thuk1', 'Lê Thị Thử Hưong', '12/03/1985', 'Nữ', '070185864511', 'Công chức'],
      [2, 'thuk2', 'Lê Văn Thử Sinh', '12/03/1985', 'Nam', null, 'Công chức'],
      [3, 'thuk3', 'Lê Văn Thử Giới', '12/03/1985', 'Nam', null, 'Công chức'],
    ]
    const after: Line[] = [
      [1, 'thuk1', 'Lê Thị Thử Hương', '12/03/1985', 'Nữ', '070185864511', 'Công chức'],
      [2, 'thuk2', 'Lê Văn Thử Sinh', '21/03/1985', 'Nam', null, 'Công chức'],
      [3, 'thuk3', 'Lê Văn Thử Giới', '12/03/1985', 'Nữ', null, 'Công chức'],
    ]
    await taken((await uploaded(keeper, 'roster', { bytes: await roster(head, ...before) })).page)
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(head, ...after) })
    expect(page.text).toContain('Lê Thị Thử Hưong')
    await taken(page)
    expect(officials()).toMatchObject([{ name: 'Lê Thị Thử Hương' }, { birthOn: '1985-03-21' }, { sex: 'female' }])
    const [first] = prepared<number>("select id from official where staff_code like 'thuk%' order by id").pluck().all()
    expect((await keeper.browser.open(`can-bo/${first}`)).text).toContain('Lê Thị Thử Hưong')
  })

  it('names two communes that differ in a mark apart, each with or without its district', async () => {
    const keeper = keeperOf('Huyện Lộc Ninh')
    const head = ['TT', 'Họ và tên', 'Số định danh', 'Năm sinh', 'Đơn vị', 'Loại']
    const lines: Line[] = [
      [1, 'Lê Văn Thử Lộc', '070085865341', 1985, 'UBND xã Lộc Thành', 'Công chức'],
      [2, 'Lê Văn Thử Thạnh', '070085865342', 1985, 'UBND xã Lộc Thạnh', 'Công chức'],
    ]
    const { page } = await uploaded(keeper, 'roster', { bytes: await roster(head, ...lines) })
    await taken(page)
    const places = prepared<string>(
      `select o.name || ' ' || u.name from posting p join official o on o.id = p.official_id join unit u on u.id = p.unit_id
        where o.name like 'Lê Văn Thử%' order by o.id`,
    )
    expect(places.pluck().all()).toEqual(['Lê Văn Thử Lộc UBND xã Lộc Thành', 'Lê Văn Thử Thạnh UBND xã Lộc Thạnh'])
  })
})

/* ---------- records ---------- */

const HELP = [
  'Người thực hiện',
  'Họ tên người dân',
  'Số định danh',
  'Năm sinh',
  'Xã',
  'Huyện',
  'Ngày hỗ trợ',
  'Nơi hỗ trợ',
  'Cài đặt VNeID',
  'Kích hoạt tài khoản',
  'SIM chính chủ',
  'Cách thể hiện đồng ý',
  'Người dân đồng ý',
]
const VISIT = [
  'Lê Thị Thử Ánh',
  'Thị Thử Dân',
  '',
  '1985',
  'Xã Tân Thành',
  'Đồng Xoài',
  '05/06/2024',
  'Tại nhà',
  'x',
  'x',
  'x',
  'Bằng văn bản',
  'x',
]
const visit = (n: number, changes: Record<number, Line[number]> = {}): Line =>
  VISIT.map((cell, at) => (at in changes ? (changes[at] ?? null) : at === 2 ? numberOf(n) : cell))

describe('records', () => {
  const withHelper = (unit = COMMUNE) => {
    const keeper = keeperOf(unit)
    makeOfficial(keeper.unitId, { name: 'Lê Thị Thử Ánh' })
    return keeper
  }

  it('with marks that nobody sees are good', async () => {
    const keeper = withHelper()
    const lines = [
      visit(1, { 2: `\u202a${numberOf(1)}\u202c` }),
      visit(2, { 1: 'Thị\u2060 Thử Dân', 2: `\u2068${numberOf(2)}\u2069` }),
      visit(3, { 2: `${numberOf(3)}\u200b` }),
    ]
    const { page, asked } = await uploaded(keeper, 'help', { bytes: csvOf([HELP, ...lines]), name: 'ds.csv' })
    expect(asked).toEqual([])
    await taken(page)
    expect(records().map(({ number, name }) => `${number} ${name}`)).toEqual(
      [1, 2, 3].map(n => `${numberOf(n)} Thị Thử Dân`),
    )
  })

  it('tell communes that differ in a mark apart, by name or code', async () => {
    const keeper = withHelper('Huyện Lộc Ninh')
    const places = ['Lộc Thành', 'Xã Lộc Thạnh', '25294']
    const lines = places.map((place, n) => visit(n + 1, { 4: place, 5: 'Lộc Ninh' }))
    const { page } = await uploaded(keeper, 'help', { bytes: csvOf([HELP, ...lines]), name: 'ds.csv' })
    await taken(page)
    expect(records().map(({ place }) => place)).toEqual(['25294', '25280', '25294'])
  })

  it('find communes by the short words for their kind', async () => {
    const keeper = withHelper()
    const places = [
      ['P. Tân Phú', 'Đồng Xoài'],
      ['X. Tân Thành', 'TP Đồng Xoài'],
      ['TT. Tân Phú', 'H. Đồng Phú'],
      ['Thị trấn Tân Phú', 'Đồng Phú'],
      ['Xã Tân Thành, TP Đồng Xoài', ''],
    ]
    const lines = places.map(([place = '', district = ''], n) => visit(n + 1, { 4: place, 5: district }))
    const { page } = await uploaded(keeper, 'help', { bytes: csvOf([HELP, ...lines]), name: 'ds.csv' })
    await taken(page)
    const town = prepared<string>("select code from locality where type = 'thị trấn' and name = 'Tân Phú'")
      .pluck()
      .one()
    expect(records().map(({ place }) => place)).toEqual(['25195', '25207', town, town, '25207'])
  })

  it('in a lost font are shown converted, asked about, then taken', async () => {
    const keeper = withHelper()
    const lines = ['Hoµng ThÞ Thö Toµn', 'TrÇn ThÞ Thö §µo'].map((name, n) => visit(n + 1, { 1: name }))
    const { page, asked } = await uploaded(keeper, 'help', {
      bytes: await workbookOf({ lines: [HELP, ...lines] }),
      answers: { 'phong-chu': ['on'] },
    })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain('Hoàng Thị Thử Toàn')
    await taken(page)
    expect(records().map(({ name }) => name)).toEqual(['Hoàng Thị Thử Toàn', 'Trần Thị Thử Đào'])
  })

  it('behind another sheet are read, and the other is named', async () => {
    const keeper = withHelper()
    const cover: MadeSheet = { name: 'Export Summary', lines: [['Export Summary'], ['This document was exported.']] }
    const bytes = await workbookOf(cover, { name: 'Tháng 6', lines: [HELP, visit(1)] })
    const { page } = await uploaded(keeper, 'help', { bytes })
    expect(page.text).toContain('Export Summary')
    await taken(page)
    expect(records()).toHaveLength(1)
  })

  it('with cells merged downwards have their helper and day; a total and a place with its day are no rows', async () => {
    const keeper = withHelper()
    const blank = { 0: null, 6: null }
    const lines: Line[] = [
      ['DANH SÁCH NGƯỜI DÂN ĐƯỢC HỖ TRỢ'],
      HELP,
      visit(1),
      visit(2, blank),
      visit(3, blank),
      [null, 'Tổng cộng: 3 người'],
      [null, null, null, null, null, null, 'Tân Thành, ngày 05 tháng 6 năm 2024'],
    ]
    const { page } = await uploaded(keeper, 'help', {
      bytes: await workbookOf({ lines, merges: ['A1:M1', 'A3:A5', 'G3:G5'] }),
    })
    expect(page.text).toContain('bỏ qua 2 dòng tổng cộng, ký tên từ dòng 6')
    await taken(page)
    expect(records().map(({ by, helpedOn }) => `${by} ${helpedOn}`)).toEqual(Array(3).fill('Lê Thị Thử Ánh 2024-06-05'))
  })

  it('as an official keeps them for months go in at the first try, with one page of values for the whole list', async () => {
    const keeper = withHelper()
    const head = [
      'STT',
      'Cán bộ hỗ trợ',
      'Họ tên người dân',
      'CCCD',
      'Năm sinh',
      'Ấp',
      'Ngày hỗ trợ',
      'Cài VNeID',
      'Kích hoạt',
      'SIM CKS',
    ]
    const kept = Array.from(
      { length: 60 },
      (_, n): Line => [
        n + 1,
        'Lê Thị Thử Ánh',
        'Thị Thử Dân',
        Number(numberOf(n)),
        1985,
        `Ấp ${(n % 3) + 1}`,
        n % 2 === 0 ? '5/6/2024' : new Date(Date.UTC(2024, 5, 6)),
        'x',
        'x',
        n % 5 === 0 ? '' : 'x',
      ],
    )
    const lines: Line[] = [['KẾT QUẢ HỖ TRỢ – XÃ TÂN THÀNH'], head, ...kept, [null, 'Tổng cộng', '60 người']]
    const { page, asked } = await uploaded(keeper, 'help', {
      bytes: await workbookOf({ lines, merges: ['A1:J1'] }),
      answers: {
        'chung-place': 'Tại nhà',
        'chung-consentChannel': 'Bằng văn bản',
        'chung-consent': 'x',
      },
    })
    expect(asked).toHaveLength(1)
    expect(page.text).toContain('60')
    await taken(page)
    expect(records()).toHaveLength(60)
  })
})

/* ---------- worklists ---------- */

const LIST = ['TT', 'Họ và tên', 'Số định danh', 'Xã', 'Ấp', 'Nội dung còn thiếu']
const citizen = (n: number, changes: Record<number, Line[number]> = {}): Line =>
  [n, 'Thị Thử Dân', numberOf(n), 'Xã Tân Thành', 'Ấp 1', 'kích hoạt'].map((cell, at) =>
    at in changes ? (changes[at] ?? null) : cell,
  )

describe('a worklist', () => {
  const listed = async (sent: Sent, unit?: string) => {
    const { page, asked } = await uploaded(keeperOf(unit), 'worklist', sent)
    return { page, asked }
  }

  it('of the communes of a district tells those that differ in a mark apart', async () => {
    const places = ['Lộc Thành', 'Xã Lộc Thạnh', '25280', 'Lộc Thịnh']
    const bytes = await workbookOf({ lines: [LIST, ...places.map((place, n) => citizen(n, { 3: place }))] })
    await taken((await listed({ bytes }, 'Huyện Lộc Ninh')).page)
    expect(
      citizens()
        .map(({ place }) => place)
        .slice(0, 3),
    ).toEqual(['25294', '25280', '25280'])
    expect(citizens()).toHaveLength(4)
  })

  it('behind a sheet of sums is read, and the other is named', async () => {
    const sums: MadeSheet = { name: 'Tổng hợp', lines: [['TỔNG HỢP'], ['Ấp', 'Số người'], ['Ấp 1', 1]] }
    const { page } = await listed({ bytes: await workbookOf(sums, { name: 'DS', lines: [LIST, citizen(1)] }) })
    expect(page.text).toContain('Tổng hợp')
    await taken(page)
    expect(citizens()).toHaveLength(1)
  })

  it('in a lost font is shown converted, asked about, then taken', async () => {
    const bytes = await workbookOf({ lines: [LIST, citizen(1, { 1: 'NguyÔn V¨n Thö Hïng', 4: 'Êp §ång T©m' })] })
    const { page, asked } = await listed({ bytes, answers: { 'phong-chu': ['on'] } })
    expect(asked[0]).toContain('Nguyễn Văn Thử Hùng')
    await taken(page)
    expect(citizens()).toMatchObject([{ name: 'Nguyễn Văn Thử Hùng', hamlet: expect.stringMatching(/Đồng Tâm$/) }])
  })

  it.each([
    ['the hamlet first', ['TT', 'Tên ấp', 'Họ tên chủ hộ', 'Họ và tên', 'Số CCCD', 'Nội dung còn thiếu'], [1, 3, 2, 0]],
    ['the household first', ['TT', 'Họ tên chủ hộ', 'Họ và tên', 'Ấp', 'Số CCCD', 'Nội dung còn thiếu'], [3, 2, 1, 0]],
  ] as const)(
    'with the head of the household beside the citizen takes the citizen: %s',
    async (_, head, [hamlet, own, other]) => {
      const line: Line = [1, null, null, null, numberOf(1), 'kích hoạt']
      line[hamlet] = 'Ấp 2'
      line[own] = 'Thị Thử Con'
      line[other] = 'Điểu Thử Chủ'
      const { page } = await listed({ bytes: await workbookOf({ lines: [[...head], line] }) })
      expect(page.text).toContain('không dùng cột “Họ tên chủ hộ”')
      await taken(page)
      expect(citizens()).toMatchObject([{ name: 'Thị Thử Con', hamlet: 'Ấp 2', number: numberOf(1) }])
    },
  )

  it('with its heads over two rows is read', async () => {
    const lines: Line[] = [
      ['TT', 'Họ và tên', 'Số định danh', 'Xã', 'Ấp', 'Chưa có', null],
      [null, null, null, null, null, 'thẻ căn cước', 'SIM chữ ký số'],
      [1, 'Thị Thử Dân', numberOf(1), 'Xã Tân Thành', 'Ấp 1', 'x', null],
    ]
    const merges = ['F1:G1', ...[...'ABCDE'].map(at => `${at}1:${at}2`)]
    await taken((await listed({ bytes: await workbookOf({ lines, merges }) })).page)
    expect(citizens()).toMatchObject([{ lacks: ['id_card'] }])
  })

  it('of the police goes in at the first try; its title says what is lacking', async () => {
    const head = [
      'STT',
      'Họ, chữ đệm và tên',
      'Số ĐDCN',
      'Ngày, tháng, năm sinh',
      'Giới tính',
      'SĐT liên hệ',
      'Nơi cư trú',
    ]
    const people = Array.from(
      { length: 20 },
      (_, n): Line => [
        n + 1,
        'NGUYỄN VĂN THỬ',
        Number(`70085${String(600_000 + n).padStart(6, '0')}`),
        '17/09/1985',
        'Nam',
        978_082_100 + n,
        `Ấp ${(n % 2) + 1}`,
      ],
    )
    const lines: Line[] = [
      ['CÔNG AN XÃ TÂN THÀNH'],
      [],
      ['DANH SÁCH CÔNG DÂN CHƯA KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ'],
      [],
      head,
      ...people,
      [null, 'Tổng cộng: 20 người'],
      [null, null, null, null, 'Tân Thành, ngày 01 tháng 6 năm 2024'],
      [null, null, null, null, 'TRƯỞNG CÔNG AN XÃ'],
    ]
    const { page, asked } = await listed({ bytes: await workbookOf({ lines, merges: ['A1:D1', 'A3:G3'] }) })
    expect(asked).toEqual([])
    await taken(page)
    expect(citizens()).toHaveLength(20)
    expect(citizens()[0]).toMatchObject({ name: 'Nguyễn Văn Thử', lacks: ['eid_activation'], hamlet: 'Ấp 1' })
  })
})

/* ---------- the police ---------- */

describe('what the police give', () => {
  const office = () => {
    const { actor } = makeOfficial(unitNamed('Sở Nội vụ').id)
    return plainBrowser(site, grantTo(actor, 'campaign_office', unitNamed('Tỉnh Bình Phước').id).accountId)
  }
  const HEAD = 'Số định danh;Trạng thái;Ngày kích hoạt'
  /** Uploads a file, answers the page of columns as often as it is asked, and applies what is read. */
  async function given(
    bytes: Uint8Array,
    { name = 'ds.csv', answers = {} }: { name?: string; answers?: Answers } = {},
  ) {
    const upload = await office().open('doi-chieu/moi')
    const file = new File([new Uint8Array(bytes)], name)
    let page = await upload.send('file', { source: 'police', asOfOn: '2024-06-11', file })
    const asked: string[] = []
    while (page.path.endsWith('/cot') && asked.length < 3) {
      asked.push(page.text)
      page = await page.send('cot-0', asked.length > 1 ? answers : {})
    }
    return { page, asked }
  }
  const csv = (...rows: string[]) => new TextEncoder().encode([HEAD, ...rows].join('\n'))
  /** The days that these numbers got, in their order; other numbers are named as such. */
  const facts = (...numbers: string[]) => {
    const hashes = numbers.map(number => matchHash({ campaignId: CAMPAIGN }, 'number', number))
    const rows = prepared<{ hash: string; day: string | null }>(
      "select subject_hash as hash, happened_on as day from extract_fact where outcome = 'eid_activated'",
    ).all()
    const days = new Map(rows.map(({ hash, day }) => [hash, day]))
    const others = rows.filter(({ hash }) => !hashes.includes(hash)).map(() => 'other')
    return [...numbers.map((number, n) => `${number} ${days.get(hashes[n] ?? '')}`), ...others]
  }

  it('as floats are the numbers that they were', async () => {
    const { page } = await given(csv('1185961231.0;Mức 2;05/06/2024', '70085961233.0;Mức 2;05/06/2024'))
    expect(page.text).toContain('Lấy được 2')
    expect(facts('001185961231', '070085961233')).toEqual(['001185961231 2024-06-05', '070085961233 2024-06-05'])
  })

  it('shortened by Excel are told, and none is taken', async () => {
    const rows = ['7.00869012E+10', '7,00869E+10', '1.085961232E9'].map(number => `${number};Mức 2;05/06/2024`)
    const { page } = await given(csv(...rows))
    expect(page.text).toContain('3 dòng không lấy được')
    expect(page.text).toContain('Excel')
    expect(facts()).toEqual([])
  })

  it('with marks that nobody sees are good', async () => {
    await given(csv('\u202a001185961231\u202c;Mức 2;05/06/2024', '\u2068070085961233\u200e;Mức 2;05/06/2024'))
    expect(facts('001185961231', '070085961233').map(text => text.slice(0, 12))).toEqual([
      '001185961231',
      '070085961233',
    ])
  })

  it('with stamps in UTC have the Vietnamese day', async () => {
    await given(csv('001185961231;Mức 2;2024-06-04T19:30:00Z', '070085961233;Mức 2;2024-06-05T02:30:00+07:00'))
    expect(facts('001185961231', '070085961233').map(text => text.slice(13))).toEqual(['2024-06-05', '2024-06-05'])
  })

  it.each([
    ['a workbook', 'ds.xlsx'],
    ['a csv', 'ds.csv'],
  ])('with the month before the day, as %s, are asked about before anything is applied', async (_, name) => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`)
    const bytes =
      name === 'ds.csv'
        ? csv('001185961231;Mức 2;6/5/2024 8:10:00 AM', '070085961233;Mức 2;5/25/2024 3:10:00 PM')
        : await workbookOf({
            lines: [
              HEAD.split(';'),
              ['001185961231', 'Mức 2', day('2024-05-06')],
              ['070085961233', 'Mức 2', '25/05/2024'],
            ],
          })
    const { asked } = await given(bytes, { name, answers: { 'thu-tu-activatedOn': 'month_first' } })
    expect(asked).toHaveLength(2)
    expect(asked[1]).toMatch(/tháng/)
    expect(facts('001185961231', '070085961233')).toEqual(['001185961231 2024-06-05', '070085961233 2024-05-25'])
  })

  it('as a web page by the name of a workbook is named as that, with what to do', async () => {
    const html =
      '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>1</td></tr></table></body></html>'
    const { page } = await given(new TextEncoder().encode(html), { name: 'ds.xls' })
    expect(page.text).toContain('trang web')
    expect(page.text).toContain('.xlsx')
  })

  it('in a lost font are shown as they are understood, and read with consent alone', async () => {
    const lines: Line[] = [
      ['Sè ®Þnh danh', 'Tr¹ng th¸i', 'Ngµy kÝch ho¹t'],
      ['001185961231', '§· kÝch ho¹t møc 2', '05/06/2024'],
      ['070085961233', 'Ch\u00ADa kÝch ho¹t', null],
    ]
    const answers = { 'phong-chu': ['on'] }
    const { page, asked } = await given(await workbookOf({ lines }), { name: 'ds.xlsx', answers })
    expect(asked).toHaveLength(2)
    expect(asked[0]).toContain('Sè ®Þnh danh → Số định danh')
    expect(asked[1]).toContain('Anh/chị xem các chữ đã chuyển và đánh dấu nếu đúng.')
    expect(page.text).toContain('Lấy được 2')
    expect(facts('001185961231')).toEqual(['001185961231 2024-06-05'])
  })

  it.each([
    { answer: 'bo', taken: 'Lấy được 1', days: ['2024-06-05', 'undefined'] },
    { answer: 'lay', taken: 'Lấy được 2', days: ['2024-06-05', '2024-06-06'] },
  ])('with hidden rows are asked about, with how many: $answer', async ({ answer, taken, days }) => {
    const lines: Line[] = [
      HEAD.split(';'),
      ['001185961231', 'Mức 2', '05/06/2024'],
      ['070085961233', 'Mức 2', '06/06/2024'],
    ]
    const bytes = await workbookOf({ lines, hidden: [3] })
    const { page, asked } = await given(bytes, { name: 'ds.xlsx', answers: { 'dong-an': answer } })
    expect(asked).toHaveLength(2)
    expect(asked[1]).toContain('1 dòng đang bị ẩn trong tệp')
    expect(page.text).toContain(taken)
    expect(page.text.includes('1 dòng: đang bị ẩn trong tệp, được bỏ qua như anh/chị chọn Dòng 3')).toBe(
      answer === 'bo',
    )
    expect(facts('001185961231', '070085961233').map(text => text.slice(13))).toEqual(days)
  })

  it('say which rows are heads of pages, totals and signatures, and take the others', async () => {
    const rows = ['001185961231;Mức 2;05/06/2024', HEAD, '070085961233;Mức 2;05/06/2024', 'Tổng cộng;2;', ';;Người lập']
    const { page } = await given(csv(...rows))
    expect(page.text).toContain('Lấy được 2')
    expect(page.text).not.toContain('không lấy được')
    expect(page.text).toContain('1 dòng: lặp lại tiêu đề của bảng Dòng 3')
    expect(page.text).toContain('2 dòng: tổng cộng, nơi và ngày lập, người ký Dòng 5, 6')
  })
})
