import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCard } from '#app/domain/card.ts'
import { readCount } from '#app/domain/count.ts'
import { readRow } from '#app/domain/extract.ts'
import { figuresOfTable } from '#app/domain/figure-table.ts'
import { readIdCell, readIdNumber } from '#app/domain/id-number.ts'
import { readListedName } from '#app/domain/listed-name.ts'
import { foldName, named, peopleNamed } from '#app/domain/name.ts'
import { titleCase } from '#app/domain/person-name.ts'
import { readPhone } from '#app/domain/phone.ts'
import { type Place, placesNamed } from '#app/domain/place-name.ts'
import { readLevel, UnknownWords } from '#app/domain/police-word.ts'
import { unitFinder, unitLabels } from '#app/domain/roster/units.ts'
import { convertLegacy, isLostFont } from '#app/domain/vietnamese-encoding.ts'
import { planWorklist, type WorklistRow } from '#app/domain/worklist.ts'
import { DayColumn, dayOfSerial, readDay } from '#app/domain/written-day.ts'
import { readRoster } from '#app/imports/roster.ts'
import { readTable } from '#app/imports/table.ts'
import { lookupWords } from '#app/text/extract.ts'

async function rosterOf(rows: ExcelJS.CellValue[][]) {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('DS').addRows(rows)
  const roster = await readRoster(new Uint8Array(await workbook.xlsx.writeBuffer()))
  if (!roster.ok) throw new Error(roster.reason)
  return roster
}

const TODAY = '2024-06-12'
const POLICE = { number: 0, level: 1, activatedOn: 2 }

/** The rows of a police file as they are read: number and day, or why not. */
async function police(text: string, more: Partial<Parameters<typeof readRow>[1]> = {}) {
  const found: string[] = []
  for await (const { number, cells } of readTable(new TextEncoder().encode(text))) {
    if (number === 1) continue
    const reading = readRow(cells, { source: 'police', columns: POLICE, asOfOn: TODAY, today: TODAY, ...more })
    if (reading?.ok) found.push(`${reading.facts.subject.value} ${reading.facts.shown[0]?.on ?? '-'}`)
    else if (reading) found.push(...reading.reasons)
  }
  return found
}

const HEAD = 'Số định danh;Trạng thái;Ngày kích hoạt\n'

describe('numbers of people in lists', () => {
  it('gives a float its number, with its zeros', async () => {
    const rows = ['1185901231.0', '1085901232.0', '70085901233.0', '70085901234,00', '070085901235.0']
    expect(await police(HEAD + rows.map(row => `${row};Mức 2;05/06/2024`).join('\n'))).toEqual([
      '001185901231 2024-06-05',
      '001085901232 2024-06-05',
      '070085901233 2024-06-05',
      '070085901234 2024-06-05',
      '070085901235 2024-06-05',
    ])
  })

  it('tells what a spreadsheet shortened, and takes none', async () => {
    const rows = ['7.00859012E+10', '7,00859E+10', '7.01E+10', '1.085901232E9', '7E10', '70085901233.5']
    expect(await police(HEAD + rows.map(row => `${row};Mức 2;05/06/2024`).join('\n'))).toEqual(
      rows.map(() => 'id_number_shortened'),
    )
  })

  it('puts no zero back where none was lost', async () => {
    const { rows, problems } = await rosterOf([
      ['TT', 'Họ và tên', 'Số CCCD', 'Loại'],
      [1, 'Nguyễn Văn Thử Khoa', '7.00858012E+10', 'Công chức'],
      [2, 'Nguyễn Văn Thử Phẩy', '1085801234.0', 'Công chức'],
      [3, 'Nguyễn Văn Thử Chữ', '01008580O124', 'Công chức'],
      [4, 'Nguyễn Văn Thử Thiếu', '08208580125', 'Công chức'],
      [5, 'Nguyễn Văn Thử Máy', '01651234567', 'Công chức'],
      [6, 'Nguyễn Văn Thử Sau', '070685801234', 'Công chức'],
      [7, 'Nguyễn Văn Thử Xa', '116185801234', 'Công chức'],
      [8, 'Nguyễn Văn Thử Trẻ', '070285801234', 'Công chức'],
    ])
    expect(rows.map(({ row, number }) => [row, number])).toEqual([
      [3, '001085801234'],
      [8, '116185801234'],
    ])
    expect(problems.map(({ row, reason }) => [row, reason])).toEqual([
      [2, 'id_number_shortened'],
      [4, 'id_number_characters'],
      [5, 'id_number_length'],
      [6, 'id_number_phone'],
      [7, 'id_number_century'],
      [9, 'id_number_century'],
    ])
  })

  it('warns of a number that begins with no province, and takes it', async () => {
    const { notices } = await rosterOf([
      ['TT', 'Họ và tên', 'Số CCCD', 'Loại'],
      [1, 'Nguyễn Văn Thử Xa', '116185801234', 'Công chức'],
    ])
    expect(notices.map(({ kind, row }) => [kind, row])).toEqual([['number_abroad', 2]])
    expect(readIdNumber('116185801234')).toMatchObject({ ok: true, isAbroad: true, birthYear: 1985 })
    expect(readCard('116185801234||Nguyễn Văn Thử Xa|12031985|Nữ|Bình Phước|01012022')).toMatchObject({ ok: true })
  })

  it.each([
    '\u202A070185901244\u202C',
    '\u2068070185901244\u2069',
    '070185901244\u200B',
    '070\u2011185\u2011901\u2011244',
    '070.185.901.244',
    '070\u00A0185\u00A0901\u00A0244',
    '070 185–901—244',
    '07018590\uFE0F1244',
    '\uFEFF070185901244\u200E',
  ])('passes over what is not seen: %j', text => {
    expect(readIdNumber(text)).toMatchObject({ ok: true, number: '070185901244' })
    expect(readIdCell(text)).toMatchObject({ ok: true, number: '070185901244', isRestored: false })
  })

  it('reads every disturbed number as itself, or says what is wrong', () => {
    const provinces = ['001', '008', '010', '038', '070', '096']
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
    const number = fc
      .tuple(fc.constantFrom(...provinces), fc.constantFrom('0', '1'), digits(2), digits(6))
      .map(parts => parts.join(''))
    const clean = fc.constantFrom<(text: string) => string>(
      text => text,
      text => text.replace(/^0+/, ''),
    )
    const spoil = fc.constantFrom<(text: string) => string>(
      text => text,
      text => `${text}.0`,
      text => `\u202A${text}\u202C`,
      text => text.replace(/(\d{3})(?=\d)/g, '$1 '),
      text => text.replace(/(\d{3})(?=\d)/g, '$1.'),
      text => text.replace(/(\d{4})(?=\d)/g, '$1\u2011'),
      text => `'${text}`,
      text => Number(text).toExponential(6).replace('e', 'E'),
      text => text.replace('0', 'O'),
    )
    fc.assert(
      fc.property(number, clean, spoil, (whole, lose, disturb) => {
        const reading = readIdCell(disturb(lose(whole)), TODAY)
        if (reading.ok) expect(reading.number).toBe(whole)
      }),
    )
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 11 }), (whole, at) => {
        const reading = readIdCell(whole.slice(0, at) + whole.slice(at + 1), TODAY)
        expect(reading.ok && reading.number !== whole).toBe(false)
      }),
    )
  })
})

describe('phones in lists', () => {
  it.each([
    ['0912345611/0987654311', 'phone_two'],
    ['0912345612 0987654312', 'phone_two'],
    ['0912345613 - 0987654313', 'phone_two'],
    ['0912345614\n0987654314', 'phone_two'],
    ['0912345615; 0987654315', 'phone_two'],
    ['0912345615 hoặc 0987654315', 'phone_two'],
    ['912345615 987654315', 'phone_two'],
    ['0912 345 616 (Zalo)', '0912345616'],
    ['ĐT: 0912345618', '0912345618'],
    ['zalo 0912345618', '0912345618'],
    ['912345618.0', '0912345618'],
    ['+84-(0)91.234.5619', '0912345619'],
    ['0912\u2011345\u2011678\u202C', '0912345678'],
    ['0271.3879.111', 'phone_landline'],
    ['02713879111', 'phone_landline'],
    ['0912345.6178', 'phone_length'],
    ['1900 1234', 'phone_not_mobile'],
    ['chưa có', 'phone_characters'],
  ])('%j is %s', (text, meant) => {
    const reading = readPhone(text)
    expect(reading.ok ? reading.phone : reading.reason).toBe(meant)
  })
})

describe('days in lists', () => {
  it.each([
    ['2024-06-04T18:30:00Z', '2024-06-05'],
    ['2024-06-04T18:30:00.000Z', '2024-06-05'],
    ['2024-06-05T01:30:00+07:00', '2024-06-05'],
    ['2024-06-04 18:30 +0000', '2024-06-05'],
    ['2024-06-04T16:59:59Z', '2024-06-04'],
    ['2024-06-05T00:10:00', '2024-06-05'],
    ['05/6/2024 23:10', '2024-06-05'],
    ['5-6-24', '2024-06-05'],
    ['31/02/2024', undefined],
  ])('%s is %s', (text, day) => {
    expect(readDay(text)).toBe(day)
  })

  it.each<[cells: string[], isAsked: boolean, why: string]>([
    [['2024-05-06', '2024-04-06', '25/05/2024'], true, 'dates that could be turned, beside a text that could not'],
    [['6/5/2024 8:10:00 AM', '6/5/2024 9:10:00 AM', '5/25/2024 3:10:00 PM'], true, 'a second part beyond 12'],
    [['6/5/2024 8:10:00 AM'], true, 'AM and PM'],
    [['05/06/2024', '5/25/2024'], true, 'one text that cannot be day first'],
    [['05/06/2024', '25/05/2024'], false, 'texts with the day first'],
    [['2024-05-25', '2024-04-06', '25/05/2024'], false, 'a date that could not be turned'],
    [['2024-05-06', '2024-04-06'], false, 'dates alone'],
    [['25/05/2024 8:10 AM'], false, 'AM beside a day that cannot be a month'],
    [['', 'chưa'], false, 'no days'],
  ])('%j asks: %s (%s)', (cells, isAsked) => {
    const column = new DayColumn()
    for (const cell of cells) column.see(cell)
    expect(column.isAsked).toBe(isAsked)
  })

  it('reads by the order that was said', async () => {
    const american = `${HEAD}001185901231;Mức 2;6/5/2024 8:10:00 AM\n070085901233;Mức 2;5/25/2024 3:10:00 PM\n`
    expect(await police(american, { dayOrder: 'month_first' })).toEqual([
      '001185901231 2024-06-05',
      '070085901233 2024-05-25',
    ])
    expect(['2024-05-06', '2024-04-06', '25/05/2024'].map(text => readDay(text, 'month_first'))).toEqual([
      '2024-06-05',
      '2024-06-04',
      '2024-05-25',
    ])
  })

  it.each([
    [25638.9997, '1970-03-12'],
    [25568.958, '1970-01-01'],
    [25639, '1970-03-12'],
    [25639.5, '1970-03-12'],
    [45448.9997, '2024-06-06'],
    [45448.95, '2024-06-05'],
  ])('serial %d is %s', (serial, day) => {
    expect(dayOfSerial(serial)).toBe(day)
    expect(dayOfSerial(serial, { hasTime: true })).toBe(dayOfSerial(Math.floor(serial)))
  })

  it('takes births from before 1975 and from three columns', async () => {
    const early = await rosterOf([
      ['TT', 'Mã cán bộ', 'Họ và tên', 'Ngày sinh', 'Giới tính', 'Loại'],
      [1, 'thu931', 'Nguyễn Văn Thử Giờ', 25638.9997, 'Nam', 'Công chức'],
      [2, 'thu932', 'Nguyễn Văn Thử Khắc', 25568.958, 'Nam', 'Công chức'],
    ])
    expect(early.rows.map(({ birthOn }) => birthOn)).toEqual(['1970-03-12', '1970-01-01'])
    const parts = await rosterOf([
      ['TT', 'Mã cán bộ', 'Họ và tên', 'Ngày', 'Tháng', 'Năm', 'Chức vụ', 'Loại'],
      [1, 'thu903', 'Nguyễn Thị Thử Hường', 12, 3, 1985, 'Chuyên viên', 'Công chức'],
      [2, 'thu904', 'Trần Thị Thử Liên', 25, 12, 1979, 'Chuyên viên', 'Công chức'],
      [3, 'thu905', 'Trần Thị Thử Năm', null, null, 1979, 'Chuyên viên', 'Công chức'],
    ])
    expect(parts.rows.map(({ birthOn, birthYear, sex }) => [birthOn, birthYear, sex])).toEqual([
      ['1985-03-12', 1985, null],
      ['1979-12-25', 1979, null],
      [null, 1979, null],
    ])
    const unmarked = await rosterOf([
      ['TT', 'MA CAN BO', 'HO VA TEN', 'NGAY', 'THANG', 'NAM', 'LOAI'],
      [1, 'thu906', 'Nguyễn Thị Thử Hường', 12, 3, 1985, 'Công chức'],
    ])
    expect(unmarked.rows.map(({ birthOn, sex }) => [birthOn, sex])).toEqual([['1985-03-12', null]])
  })
})

describe('names of people', () => {
  it.each([
    ['Điểu K‘Rưt', 'Điểu K’Rưt', null],
    ['Điểu K´Rưt', 'Điểu K’Rưt', null],
    ['Điểu KʼRưt', 'Điểu K’Rưt', null],
    ['Điểu K`Rưt', 'Điểu K’Rưt', null],
    ['Siu H′Nê', 'Siu H’Nê', null],
    ['Y Ơ', 'Y Ơ', null],
    ['Thị Ê', 'Thị Ê', null],
    ['Ðoàn Văn Thử', 'Đoàn Văn Thử', null],
    ['Trần Thị\u2060 Thử Sáu', 'Trần Thị Thử Sáu', null],
    ['Nguyễn Văn Thử (Bí thư)', 'Nguyễn Văn Thử', 'Bí thư'],
  ])('%j is %s', (text, name, post) => {
    expect(readListedName(text)).toEqual({ ok: true, name, post })
  })

  it.each([
    ['Trần Thị Thử 2', 'name_signs'],
    ['Lê Văn Thử*', 'name_signs'],
    ['Hoµng ThÞ Thö Toµn', 'name_lost_font'],
    ['NguyÔn V¨n Thö Hïng', 'name_lost_font'],
    ['TrÇn ThÞ Thö §µo', 'name_lost_font'],
    ['LÃª HÃ', 'name_lost_font'],
    ['Nguyá»…n VÄƒn Thá»­', 'name_lost_font'],
    ['Y', 'name_unreadable'],
  ])('%j is refused: %s', (text, reason) => {
    expect(readListedName(text)).toEqual({ ok: false, reason })
  })

  it.each([
    ['NÔNG THỊ NHÀN', 'Nông Thị Nhàn'],
    ['ĐIỂU K’RỨ', 'Điểu K’Rứ'],
    ['y ơ', 'Y Ơ'],
    ['Điểu K’rứ', 'Điểu K’rứ'],
  ])('%s is stored as %s', (typed, stored) => {
    expect(titleCase(typed)).toBe(stored)
  })

  it('reads a post beside a name, and tells where there is a column for it', async () => {
    const { rows, notices } = await rosterOf([
      ['TT', 'Mã cán bộ', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Loại'],
      [1, 'thu1', 'Nguyễn Văn Thử (Bí thư)', 1985, null, 'Công chức'],
      [2, 'thu2', 'Nguyễn Văn Thừ (Bí thư)', 1985, 'Chủ tịch', 'Công chức'],
    ])
    expect(rows.map(({ name, position }) => [name, position])).toEqual([
      ['Nguyễn Văn Thử', 'Bí thư'],
      ['Nguyễn Văn Thừ', 'Chủ tịch'],
    ])
    expect(notices.map(({ kind, row }) => [kind, row])).toEqual([['post_dropped', 3]])
  })

  it('finds Toàn and Toán each by their own marks, and neither by the other', () => {
    const people = ['Nguyễn Văn Thử Toàn', 'Nguyễn Văn Thử Toán']
    const find = (text: string, among = people) => peopleNamed(among, text, name => name)
    expect(find('Nguyễn Văn Thử Toàn')).toEqual(['Nguyễn Văn Thử Toàn'])
    expect(find('NGUYỄN VĂN THỬ TÓAN')).toEqual(['Nguyễn Văn Thử Toán'])
    expect(find('nguyen van thu toan')).toEqual(people)
    expect(find('Nguyễn Văn Thử Toán', ['Nguyễn Văn Thử Toàn'])).toEqual([])
    expect(find('Nguyen Van Thu Toàn', ['Nguyễn Văn Thử Toàn'])).toEqual(['Nguyễn Văn Thử Toàn'])
  })

  it('searches one letter for Đ and what looks like it', () => {
    expect(foldName('Ðoàn Văn Thử')).toBe('doan van thu')
    expect(foldName('Ɖoàn ɖ')).toBe('doan d')
  })
})

describe('lost fonts', () => {
  it.each([
    ['Hoµng ThÞ Thö Toµn', 'tcvn3', 'Hoàng Thị Thử Toàn'],
    ['Êp §ång T©m', 'tcvn3', 'Ấp Đồng Tâm'],
    ['LÃª HÃ', 'utf8', 'Lê Hà'],
    ['Nguyá»…n VÄƒn Thá»­', 'utf8', 'Nguyễn Văn Thử'],
  ])('%s was %s: %s', (text, encoding, meant) => {
    expect(isLostFont(text)).toBe(true)
    expect(convertLegacy(text)?.encoding).toBe(encoding)
    expect(convertLegacy(text)?.text.toLowerCase()).toBe(meant.toLowerCase())
  })

  it.each(['Hoàng Thị Thử', 'Ðinh Công Hòa', 'Ấp 3', 'Điểu K´Rưt', 'Tổ 1 · Ấp 2', 'Müller'])('%s is none', text => {
    expect(isLostFont(text)).toBe(false)
  })
})

const COMMUNES: Place[] = [
  { code: '25294', name: 'Xã Lộc Thành', district: 'Huyện Lộc Ninh' },
  { code: '25280', name: 'Xã Lộc Thạnh', district: 'Huyện Lộc Ninh' },
  { code: '25207', name: 'Xã Tân Thành', district: 'Thành phố Đồng Xoài' },
  { code: '25195', name: 'Phường Tân Phú', district: 'Thành phố Đồng Xoài' },
  { code: '25198', name: 'Phường Tân Đồng', district: 'Thành phố Đồng Xoài' },
  { code: '25363', name: 'Thị trấn Tân Phú', district: 'Huyện Đồng Phú' },
  { code: '25310', name: 'Xã Tân Thành', district: 'Huyện Bù Đốp' },
]

describe('places', () => {
  it.each([
    ['Lộc Thành', 'Lộc Ninh', '25294'],
    ['Xã Lộc Thạnh', 'Huyện Lộc Ninh', '25280'],
    ['xã Lộc Thạnh', '', '25280'],
    ['25294', 'Lộc Ninh', '25294'],
    ['Lộc Thành (25294)', '', '25294'],
    ['Loc Thanh', 'Lộc Ninh', '25294 25280'],
    ['P. Tân Phú', 'Đồng Xoài', '25195'],
    ['P.Tân Phú', 'TP. Đồng Xoài', '25195'],
    ['X. Tân Thành', 'TP Đồng Xoài', '25207'],
    ['xã Tân Thành', 'TP.Đồng Xoài', '25207'],
    ['TT. Tân Phú', 'H. Đồng Phú', '25363'],
    ['TT Tân Phú', 'huyện Đồng Phú', '25363'],
    ['Xã Tân Thành, TP Đồng Xoài', '', '25207'],
    ['Xã Tân Thành, TP Đồng Xoài, tỉnh Bình Phước', '', '25207'],
    ['phường Tân phú', 'Đồng Xoài', '25195'],
    ['Xã Tân Phú', 'Đồng Xoài', '25195'],
    ['Tân Ðồng', 'Ðồng Xoài', '25198'],
    ['tan dong', '', '25198'],
    ['Tân Thành', '', '25207 25310'],
    ['Tân Lập', '', ''],
  ])('%s, %s is %s', (text, district, codes) => {
    expect(
      placesNamed(COMMUNES, text, district)
        .map(({ code }) => code)
        .join(' '),
    ).toBe(codes)
  })

  it('keeps the figures of neighbours apart', () => {
    const rows = [
      ['Xã Lộc Thành', '1.100'],
      ['Xã Lộc Thạnh', '1 050'],
    ].map(([locality = '', eid_activated = ''], n) => ({ number: n + 2, row: { locality, eid_activated } }))
    expect(figuresOfTable(rows, COMMUNES, [{ code: 'eid_activated' }])).toEqual({
      figures: [
        { code: '25294', indicator: 'eid_activated', value: 1100 },
        { code: '25280', indicator: 'eid_activated', value: 1050 },
      ],
      problems: [],
    })
  })

  it('calls each unit so that it is found again', () => {
    const units = [
      { unitId: 63, name: 'UBND huyện Lộc Ninh', path: '/63/' },
      { unitId: 1, name: 'UBND xã Lộc Thành', path: '/63/1/' },
      { unitId: 2, name: 'UBND xã Lộc Thạnh', path: '/63/2/' },
    ]
    const find = unitFinder(units)
    for (const [id, label] of unitLabels(units)) expect(find(label).map(({ unitId }) => unitId)).toEqual([id])
    expect(find('UBND xã Lộc Thạnh – UBND huyện Lộc Ninh').map(({ unitId }) => unitId)).toEqual([2])
    expect(find('ubnd xa loc thanh')).toHaveLength(2)
    expect(named(units, 'UBND XÃ LỘC THẠNH', ({ name }) => name)).toHaveLength(1)
  })

  it('keeps hamlets of other marks apart, and one written in two ways together', () => {
    const hamlets = [
      'Ấp Thành Tâm',
      'Ấp Thanh Tâm',
      'Ấp Thạnh Tâm',
      'Khu phố Thành Tâm',
      'ấp 03',
      'Ap 3',
      'Ap Dong Tam',
      'Ấp Đồng Tâm',
    ]
    const rows = hamlets.map(
      (hamlet, n): WorklistRow => ({
        row: n + 2,
        name: 'Thị Thử Na',
        number: `07018580160${n}`,
        birthYear: 1985,
        phone: null,
        localityCode: '25207',
        hamlet,
        address: null,
        lacks: ['id_card'],
      }),
    )
    const plan = planWorklist(rows, () => ({ list: null, isHelped: false }), [])
    expect(plan.adds.map(({ hamlet }) => hamlet)).toEqual([
      'Ấp Thành Tâm',
      'Ấp Thanh Tâm',
      'Ấp Thạnh Tâm',
      'Ấp Thành Tâm',
      'ấp 03',
      'ấp 03',
      'Ap Dong Tam',
      'Ap Dong Tam',
    ])
  })
})

describe('words of the police (B7)', () => {
  it.each([
    ...lookupWords.levels.map((word): [string, boolean | null | undefined] => [word, !word.startsWith('Chưa')]),
    ['Mức 1', true],
    ['mức độ 2', true],
    ['2', true],
    ['Tài khoản mức 2', true],
    ['Đã kích hoạt', true],
    ['Đang hoạt động', true],
    ['Kích hoạt thành công', true],
    ['x', true],
    ['CHUA KICH HOAT', false],
    ['Chưa có tài khoản', false],
    ['Đã cấp, chưa kích hoạt', false],
    ['Mức 2 chưa kích hoạt', false],
    ['Không', false],
    ['0', false],
    ['', null],
    ['Đang xử lý', undefined],
    ['Đã đăng ký', undefined],
    ['Đã kích hoạt, chưa đổi mật khẩu', undefined],
    ['Khóa', undefined],
  ])('%s: %s', (text, isActivated) => {
    expect(readLevel(text)).toBe(isActivated)
  })

  it('keeps to what was told of a word', () => {
    expect(readLevel('ĐANG XỬ LÝ', { 'dang xu ly': false })).toBe(false)
    expect(readLevel('Chưa kích hoạt', { 'chua kich hoat': true })).toBe(false)
  })

  it('shows words with their rows, and nothing that looks like people', () => {
    const words = new UnknownWords()
    for (const text of ['Đang xử lý', 'đang xử lý', 'Khóa', 'Nguyễn Văn Thử', '070185901244']) words.see(text)
    expect(words.list).toEqual([
      { word: 'Đang xử lý', rows: 2 },
      { word: 'Khóa', rows: 1 },
    ])
    for (let n = 0; n < 30; n++) words.see(`xa${'b'.repeat(n)}`)
    expect(words.list).toEqual([])
  })
})

it.each([
  ['1.200', 1200],
  ['1 200', 1200],
  ['1\u00A0200', 1200],
  ['1,200', 1200],
  ['1.200.300', 1_200_300],
  ['12.0', 12],
  ['0', 0],
  ['1.2', undefined],
  ['1.200,300', undefined],
  ['-5', undefined],
  ['nhiều', undefined],
])('the count %j is %s', (text, count) => {
  expect(readCount(text)).toBe(count)
})
