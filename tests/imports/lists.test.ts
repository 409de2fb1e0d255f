import { describe, expect, it } from 'vitest'
import { maskSample, openColumns, questionsOf } from '#app/domain/list.ts'
import { readHelpTable } from '#app/imports/help-table.ts'
import { readRoster } from '#app/imports/roster.ts'
import { refuseTable } from '#app/imports/table.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { csvOf, type Line, type MadeSheet, workbookOf } from '../fixtures/sheets.ts'

const COMMUNES = [{ code: '25207', name: 'Tân Thành', type: 'xã' }]
const CONTEXT = { communes: COMMUNES, allCommunes: COMMUNES, minimumAge: 14, endsOn: '2024-07-03' }

async function worklistOf(bytes: Uint8Array, options?: Parameters<typeof readWorklistTable>[2]) {
  const table = await readWorklistTable(bytes, CONTEXT, options)
  if (!table.ok) throw new Error(table.reason)
  const people = table.rows.map(({ name, number, hamlet, lacks, phone }) => ({ name, number, hamlet, lacks, phone }))
  return { people, unread: table.unread, view: table.view }
}

async function helpOf(bytes: Uint8Array, options?: Parameters<typeof readHelpTable>[1]) {
  const table = await readHelpTable(bytes, options)
  if (!table.ok) throw new Error(table.reason)
  return table
}

const HELP_HEAD = ['TT', 'Người thực hiện', 'Họ tên người dân', 'Số định danh', 'Năm sinh', 'Xã', 'Ngày hỗ trợ']
const HELP_MORE = ['Nơi hỗ trợ', 'Kích hoạt tài khoản', 'Cách thể hiện đồng ý', 'Người dân đồng ý']
const HEAD = [...HELP_HEAD, ...HELP_MORE]
const visit = (n: number, changes: Record<number, Line[number]> = {}): Line => {
  const line = [n, 'Lê Thị Ánh', `Thị Thử ${'ABCDEGH'[n]}n`, `07018580430${n}`, 1985, 'Tân Thành', '05/06/2024']
  return [...line, 'Tại nhà', 'x', 'Bằng văn bản', 'x'].map((cell, at) =>
    changes[at] === undefined ? cell : changes[at],
  )
}

const LIST_HEAD = ['TT', 'Họ và tên', 'Số định danh', 'Xã', 'Ấp', 'Nội dung còn thiếu']
const citizen = (n: number, hamlet: string | null = 'Ấp 1'): Line => [
  n,
  `Thị Thử ${'ABCDEGH'[n]}n`,
  `07018580129${n}`,
  null,
  hamlet,
  'kích hoạt',
]

describe('the sheet with the best head is read, the others are told', () => {
  const COVER: MadeSheet = { name: 'Export Summary', lines: [['Export Summary'], ['This document was exported.']] }
  const SUMS: MadeSheet = { name: 'Tổng hợp', lines: [['TỔNG HỢP'], ['Ấp', 'Số người'], ['Ấp 1', 1]] }
  const GUIDE: MadeSheet = {
    name: 'Hướng dẫn',
    lines: [
      ['Cột', 'Nội dung ghi'],
      ['Họ và tên', 'Ghi đủ họ tên'],
    ],
  }

  it.each([
    ['after a cover', [COVER]],
    ['after a sum', [SUMS]],
    ['after guidance and a sum', [GUIDE, SUMS]],
  ])('of a worklist %s', async (_, before) => {
    const bytes = await workbookOf(...before, { name: 'Danh sách', lines: [LIST_HEAD, citizen(1)] })
    const { people, view } = await worklistOf(bytes)
    expect(people).toMatchObject([{ name: 'Thị Thử Bn', hamlet: 'Ấp 1' }])
    expect([view.sheet, view.others.map(({ sheet }) => sheet)]).toEqual(['Danh sách', before.map(({ name }) => name)])
  })

  it.each([
    ['after a cover', [COVER]],
    ['after a sum', [SUMS]],
    ['after guidance', [GUIDE]],
  ])('of help records %s', async (_, before) => {
    const bytes = await workbookOf(...before, { name: 'Tháng 6', lines: [HEAD, visit(1)] })
    const { rows, view } = await helpOf(bytes)
    expect(rows).toHaveLength(1)
    expect([view.sheet, view.others.length]).toEqual(['Tháng 6', before.length])
  })
})

describe('lost fonts are read and asked about', () => {
  it.each([
    ['Hoµng ThÞ Thö Toµn', 'Êp §ång T©m', 'Hoàng Thị Thử Toàn', 'ấp Đồng Tâm'],
    ['NguyÔn V¨n Thö Hïng', 'Khu phè T©y', 'Nguyễn Văn Thử Hùng', 'Khu phố Tây'],
    ['Nguyeãn Vaên Maãn', 'AÁp 2', 'Nguyễn Văn Mẫn', 'Ấp 2'],
  ])('a worklist with %s', async (name, hamlet, rightName, rightHamlet) => {
    const lines: Line[] = [LIST_HEAD, [1, name, '070185801211', null, hamlet, 'kích hoạt']]
    const { people, view } = await worklistOf(await workbookOf({ lines }))
    expect(people).toMatchObject([{ name: rightName, hamlet: rightHamlet }])
    expect(questionsOf(view)).toEqual(['fonts'])
    expect(view.conversions).toContainEqual({ from: name, to: rightName })
    const choice = { sheet: view.sheet, headRow: 1, columns: {}, values: {}, converts: true }
    expect(questionsOf(view, choice)).toEqual([])
  })

  it.each([
    ['Hoµng ThÞ Thö Toµn', 'Hoàng Thị Thử Toàn'],
    ['TrÇn ThÞ Thö §µo', 'Trần Thị Thử Đào'],
  ])('help records with %s', async (name, right) => {
    const { rows, view } = await helpOf(await workbookOf({ lines: [HEAD, visit(1, { 2: name })] }))
    expect(rows[0]?.fields.citizenName).toBe(right)
    expect(questionsOf(view)).toEqual(['fonts'])
  })
})

describe('heads', () => {
  const people = ['Điểu Thử Chủ', 'Thị Thử Con']
  it.each([
    [
      'the hamlet’s name before the person’s',
      ['TT', 'Tên ấp', 'Họ tên chủ hộ', 'Họ và tên', 'Số CCCD', 'Nội dung còn thiếu'],
      [1, 'Ấp 1', ...people, '070185801291', 'kích hoạt'],
    ],
    [
      'the head of household first',
      ['TT', 'Họ tên chủ hộ', 'Họ và tên', 'Ấp', 'Số CCCD', 'Nội dung còn thiếu'],
      [1, ...people, 'Ấp 1', '070185801291', 'kích hoạt'],
    ],
    [
      'the head of household’s number and a relative’s phone',
      [
        'Số CCCD của chủ hộ',
        'Họ và tên chủ hộ',
        'Họ tên người dân',
        'Số CCCD',
        'SĐT người thân',
        'Ấp',
        'Nội dung còn thiếu',
      ],
      ['070085801277', ...people, '070185801291', '0912345678', 'Ấp 1', 'kích hoạt'],
    ],
    [
      'the husband or wife beside',
      ['Họ tên vợ/chồng', 'Họ và tên', 'Số định danh vợ/chồng', 'Số định danh', 'Ấp', 'Nội dung'],
      [...people, '070085801277', '070185801291', 'Ấp 1', 'Chưa kích hoạt'],
    ],
    ['two rows, the household’s merged above', ['Chủ hộ', null, 'Người dân', null, 'Ấp', 'Nội dung còn thiếu'], []],
  ] as [string, Line, Line][])('%s: the citizen’s own are taken', async (what, head, line) => {
    const lines: Line[] = what.startsWith('two rows')
      ? ([
          head,
          ['Họ và tên', 'Số CCCD', 'Họ và tên', 'Số CCCD'],
          [people[0], '070085801277', people[1], '070185801291', 'Ấp 1', 'kích hoạt'],
        ] as Line[])
      : [head, line]
    const merges = what.startsWith('two rows') ? ['A1:B1', 'C1:D1', 'E1:E2', 'F1:F2'] : []
    const { people: read, view } = await worklistOf(await workbookOf({ lines, merges }))
    expect(read).toEqual([
      { name: 'Thị Thử Con', number: '070185801291', hamlet: 'Ấp 1', lacks: ['eid_activation'], phone: null },
    ])
    expect(view.heads.filter(({ words, column }) => /chủ hộ|người thân|vợ/i.test(words) && column !== null)).toEqual([])
    expect(questionsOf(view)).toEqual([])
  })

  it('under other words, below lines of title', async () => {
    const lines: Line[] = [
      ['CÔNG AN XÃ TÂN THÀNH'],
      ['STT', 'Họ tên', 'Số CCCD', 'SĐT', 'Thôn/ấp', 'Chưa kích hoạt ĐDĐT'],
      [1, 'Thị Thử An', '070185801291', '0912345678', 'Ấp 1', 'x'],
    ]
    for (const bytes of [await workbookOf({ lines }), csvOf(lines)])
      expect((await worklistOf(bytes)).people).toMatchObject([{ hamlet: 'Ấp 1', lacks: ['eid_activation'] }])
  })

  it('that say nothing of what is lacking are asked about', async () => {
    const { view } = await worklistOf(await workbookOf({ lines: [LIST_HEAD.slice(0, 5), citizen(1).slice(0, 5)] }))
    expect(openColumns(view)).toEqual(['lacks'])
    expect(questionsOf(view)).toEqual(['columns'])
  })

  it('that a person explained before are known', async () => {
    const lines: Line[] = [
      ['TT', 'Quý danh', 'Số định danh', 'Khóm', 'Nội dung còn thiếu'],
      [1, 'Thị Thử An', '070185801291', 'Ấp 1', 'SIM'],
    ]
    const bytes = await workbookOf({ lines })
    expect(questionsOf((await worklistOf(bytes)).view)).toEqual(['columns'])
    const { people: read, view } = await worklistOf(bytes, { remembered: { 'quy danh': 'name', khom: 'hamlet' } })
    expect(read).toMatchObject([{ name: 'Thị Thử An', hamlet: 'Ấp 1' }])
    expect(questionsOf(view)).toEqual([])
  })
})

describe('a birth in columns for its day, month and year', () => {
  it('is that of a worklist’s citizen', async () => {
    const head = ['TT', 'Họ và tên', 'Ngày', 'Tháng', 'Năm', 'Số định danh', 'Ấp', 'Nội dung còn thiếu']
    const line = (year: number) => [1, 'Thị Thử An', 12, 3, year, '070185801291', 'Ấp 1', 'kích hoạt']
    const { people, unread } = await worklistOf(await workbookOf({ lines: [head, line(1985)] }))
    expect([people.length, unread]).toEqual([1, []])
    const other = await worklistOf(await workbookOf({ lines: [head, line(1986)] }))
    expect(other.unread.map(({ reason }) => reason)).toEqual(['birth_disagrees'])
  })

  it('is that of a helped citizen', async () => {
    const split = (line: Line, parts: Line) => [...line.slice(0, 4), ...parts, ...line.slice(5)]
    const lines = [split(HEAD, ['Sinh ngày', 'Tháng', 'Năm']), split(visit(1), [12, 3, 1985])]
    const { rows } = await helpOf(await workbookOf({ lines }))
    expect(rows.map(({ fields }) => [fields.birthOn, fields.helpedOn])).toEqual([['1985-03-12', '2024-06-05']])
  })
})

describe('heads over two rows', () => {
  const upper = ['TT', 'Họ và tên', 'Số định danh', 'Xã', 'Ấp', 'Chưa có', null]
  const merges = ['F1:G1', ...[...'ABCDE'].map(at => `${at}1:${at}2`)]
  const lower = [null, null, null, null, null, 'thẻ căn cước', 'SIM chữ ký số']
  const line = (card: string | null, sim: string | null) => [1, 'Thị Thử Hai', '070185804412', null, 'Ấp 1', card, sim]
  it.each([
    ['x', null, ['id_card']],
    [null, 'x', ['sim_signature']],
    ['x', 'x', ['id_card', 'sim_signature']],
  ])('of a worklist: %s, %s', async (card, sim, lacks) => {
    const lines: Line[] = [upper, lower, line(card, sim)]
    for (const bytes of [await workbookOf({ lines, merges }), csvOf(lines)])
      expect((await worklistOf(bytes)).people).toMatchObject([{ lacks }])
  })

  it('and a row of numbers, of help records', async () => {
    const top = ['TT', 'Cán bộ hỗ trợ', 'Họ tên người dân', 'CCCD', 'Năm sinh', 'Kết quả', null, null]
    const below = [null, null, null, null, null, 'VNeID', 'Kích hoạt', 'SIM']
    const lines: Line[] = [
      top,
      below,
      ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)'],
      [1, 'Lê Thị Ánh', 'Thị Thử An', '070185804412', 1985, 'x', 'x', null],
    ]
    const { rows } = await helpOf(
      await workbookOf({ lines, merges: ['F1:H1', ...[...'ABCDE'].map(at => `${at}1:${at}2`)] }),
    )
    expect(rows.map(({ cells }) => cells)).toEqual([
      {
        officialName: 'Lê Thị Ánh',
        citizenName: 'Thị Thử An',
        citizenNumber: '070185804412',
        birth: '1985',
        vneid_installed: 'x',
        eid_activated: 'x',
      },
    ])
  })
})

describe('cells merged downwards', () => {
  it('give their helper and day to each citizen; the total and the place and date are no rows', async () => {
    const blank = { 1: null, 6: null }
    const lines: Line[] = [
      ['DANH SÁCH NGƯỜI DÂN ĐƯỢC HỖ TRỢ'],
      HEAD,
      visit(1),
      visit(2, blank),
      visit(3, blank),
      visit(4),
      [null, null, 'Tổng cộng: 4 người'],
      [null, null, null, null, null, null, 'Tân Thành, ngày 05 tháng 6 năm 2024'],
    ]
    const { rows } = await helpOf(await workbookOf({ lines, merges: ['A1:K1', 'B3:B5', 'G3:G5'] }))
    expect(rows.map(({ row, cells, fields }) => [row, cells.officialName, fields.helpedOn])).toEqual(
      [3, 4, 5, 6].map(row => [row, 'Lê Thị Ánh', '2024-06-05']),
    )
  })

  it.each([
    ['a hamlet over three', ['E2:E4'], [citizen(1), citizen(2, null), citizen(3, null)]],
    ['two hamlets over two', ['E2:E3', 'E4:E5'], [citizen(1), citizen(2, null), citizen(3), citizen(4, null)]],
  ])('of a worklist: %s', async (_, merges, lines) => {
    const { people: read, unread } = await worklistOf(await workbookOf({ lines: [LIST_HEAD, ...lines], merges }))
    expect(read.map(({ hamlet }) => hamlet)).toEqual(lines.map(() => 'Ấp 1'))
    expect(unread).toEqual([])
  })

  it('a hamlet as the heading of a part of the list', async () => {
    const lines: Line[] = [LIST_HEAD, ['I', 'Ấp 1'], citizen(1, null), ['II', 'Ấp 2'], citizen(2, null)]
    const { people: read } = await worklistOf(await workbookOf({ lines }))
    expect(read.map(({ hamlet }) => hamlet)).toEqual(['Ấp 1', 'Ấp 2'])
  })
})

describe('formulas without a saved result', () => {
  const unsaved = { formula: 'C2&" "&D2' } as Line[number]
  it('of a roster are told for the name and the phone', async () => {
    const lines: Line[] = [
      ['TT', 'Mã cán bộ', 'Họ và tên', 'Năm sinh', 'Loại', 'Điện thoại'],
      [1, 'thu921', unsaved, 1985, 'Công chức', unsaved],
      [2, 'thu922', 'Lê Văn Thử Hải', 1986, 'Công chức', unsaved],
    ]
    const roster = await readRoster(await workbookOf({ lines }))
    expect(roster.ok && roster.problems.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, 'name', 'formula_unsaved'],
      [2, 'phone', 'formula_unsaved'],
      [3, 'phone', 'formula_unsaved'],
    ])
  })
  it('of help records are told for their column', async () => {
    const { rows } = await helpOf(await workbookOf({ lines: [HEAD, visit(1, { 2: unsaved })] }))
    expect(rows[0]?.unread).toContainEqual({ column: 'citizenName', reason: 'formula_unsaved' })
  })
  it('of a worklist are told for the row', async () => {
    const line = citizen(1)
    line[4] = unsaved
    const { unread } = await worklistOf(await workbookOf({ lines: [LIST_HEAD, line] }))
    expect(unread).toMatchObject([{ row: 2, reason: 'formula_unsaved' }])
  })
})

describe('files that are no tables say what they are', () => {
  const page =
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><th>Số định danh</th></tr></table></body></html>'
  it.each([
    ['a web page', page],
    ['a web page with a mark before it', `\uFEFF<!DOCTYPE html>\n${page}`],
    [
      'the XML of Excel 2003',
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    ],
    ['a page in one file', 'MIME-Version: 1.0\nContent-Type: multipart/related'],
  ])('%s', async (_, text) => {
    const bytes = new TextEncoder().encode(text)
    expect(refuseTable(bytes)).toBe('web_page')
    expect(await readHelpTable(bytes)).toEqual({ ok: false, reason: 'web_page' })
    expect(await readRoster(bytes)).toEqual({ ok: false, reason: 'web_page' })
  })
})

describe('hidden rows', () => {
  const lines: Line[] = [LIST_HEAD, citizen(1), citizen(2), citizen(3)]
  it('are counted and asked about, then taken or left out', async () => {
    const bytes = await workbookOf({ lines, hidden: [3] })
    const { view } = await worklistOf(bytes)
    expect([view.hidden, questionsOf(view)]).toEqual([1, ['hidden']])
    const columns = Object.fromEntries(view.heads.flatMap(({ column, at }) => (column ? [[column, at]] : [])))
    const choice = { sheet: view.sheet, headRow: view.headRow, columns, values: {} }
    const read = async (withHidden: boolean) =>
      (await worklistOf(bytes, { choice: { ...choice, withHidden } })).people.map(({ number }) => number.slice(-1))
    expect(await read(true)).toEqual(['1', '2', '3'])
    expect(await read(false)).toEqual(['1', '3'])
  })
})

describe('lists as they are kept', () => {
  it('the police’s twenty go in at the first try', async () => {
    const head = ['STT', 'Họ, chữ đệm và tên', 'Số ĐDCN', 'Ngày, tháng, năm sinh', 'Giới tính', 'SĐT liên hệ']
    const person = (n: number): Line => [
      n + 1,
      'NGUYỄN VĂN QUYÊN',
      70066500000 + n * 37,
      `17/09/1966`,
      'Nam',
      978082196,
      'Ấp 1',
      n % 3 === 0 ? 'Chưa kích hoạt, chưa có sim chính chủ' : 'Chưa kích hoạt',
    ]
    const lines: Line[] = [
      ['CÔNG AN TP ĐỒNG XOÀI'],
      ['CÔNG AN XÃ TÂN THÀNH'],
      [],
      ['DANH SÁCH CÔNG DÂN CHƯA KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ'],
      [],
      [...head, 'Nơi cư trú', 'Nội dung', 'Ghi chú'],
      ...Array.from({ length: 20 }, (_, n) => person(n)),
      [],
      [null, 'Tổng cộng: 20 công dân'],
      [],
      [null, null, null, null, null, 'TRƯỞNG CÔNG AN XÃ'],
    ]
    const merges = ['A1:D1', 'A2:D2', 'A4:I4']
    const { people: read, unread, view } = await worklistOf(await workbookOf({ lines, merges }))
    expect([read.length, unread, questionsOf(view)]).toEqual([20, [], []])
    expect(read[0]).toMatchObject({ hamlet: 'Ấp 1', lacks: ['eid_activation', 'sim_signature'] })
    expect(read[1]).toMatchObject({ lacks: ['eid_activation'] })
    const untold = lines.map((line, n) => (n >= 5 ? line.filter((_, at) => at !== 7) : line))
    const titled = await worklistOf(await workbookOf({ lines: untold, merges }))
    expect(titled.people.map(({ lacks }) => lacks)).toEqual(Array(20).fill(['eid_activation']))
  })

  it('sixty old records need one page: what the whole list has in common', async () => {
    const head = [
      'STT',
      'Cán bộ hỗ trợ',
      'Họ tên người dân',
      'CCCD',
      'Năm sinh',
      'SĐT',
      'Ấp',
      'Ngày hỗ trợ',
      'Cài VNeID',
      'Kích hoạt',
      'SIM CKS',
      'Ghi chú',
    ]
    const line = (n: number): Line => [
      n + 1,
      'Lê Thị Ánh',
      'Thị Thử An',
      70150507000 + n,
      1950,
      934909263,
      'Ấp 1',
      `${(n % 20) + 5}/5/2024`,
      'x',
      'x',
      n % 5 === 0 ? null : 'x',
    ]
    const lines: Line[] = [
      ['KẾT QUẢ HỖ TRỢ NGƯỜI DÂN'],
      head,
      ...Array.from({ length: 60 }, (_, n) => line(n)),
      [null, 'Tổng cộng', 60],
    ]
    const bytes = await workbookOf({ lines, merges: ['A1:L1'] })
    const given = () => ({ commune: '25207' })
    const first = await helpOf(bytes, { given })
    expect(openColumns(first.view)).toEqual(['place', 'consentChannel', 'consent'])
    expect(first.view.heads.filter(({ column }) => column === null)).toEqual([])
    const columns = Object.fromEntries(first.view.heads.flatMap(({ column, at }) => (column ? [[column, at]] : [])))
    const values = { place: 'Tại nhà', consentChannel: 'Bằng văn bản', consent: 'x' }
    const { rows, view } = await helpOf(bytes, {
      given,
      choice: { sheet: first.view.sheet, headRow: first.view.headRow, columns, values },
    })
    expect([rows.length, questionsOf(view, { sheet: '', headRow: 2, columns, values })]).toEqual([60, []])
    expect(rows[0]).toMatchObject({ unread: [], cells: { commune: '25207' }, fields: { place: 'home', consent: 'on' } })
  })

  it('samples show only the last digits of numbers', () => {
    expect(['070185801291', '0912.345.678', '12/06/2024', 'Ấp 1'].map(maskSample)).toEqual([
      '•••291',
      '•••678',
      '12/06/2024',
      'Ấp 1',
    ])
  })
})
