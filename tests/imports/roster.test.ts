import { readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { RosterColumn, RosterReason, RosterRow } from '#app/domain/roster/row.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import { readRoster } from '#app/imports/roster.ts'

const fixture = (name: string) => readFileSync(new URL(`../fixtures/rosters/${name}`, import.meta.url))

async function rosterOf(bytes: Uint8Array, association?: Association) {
  const roster = await readRoster(bytes, { association })
  if (!roster.ok) throw new Error(roster.reason)
  return roster
}

async function sheetOf(rows: ExcelJS.CellValue[][]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.addWorksheet('Danh sách').addRows(rows)
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Summarises a row. */
const brief = ({ row, name, birthOn, birthYear, number }: RosterRow) => [row, name, birthOn ?? birthYear, number]
const MAN: [string, string, string] = ['Nguyễn Văn Mẫn', '1985-03-12', '070085000001']
const DAO: [string, string, string] = ['Trần Thị Hồng Đào', '1990-12-25', '070190000002']
const RU: [string, number, string] = ['Điểu K’Rứ', 1978, '070078000003']

describe('real files', () => {
  it.each<[file: string, rows: ReturnType<typeof brief>[], notices: string[]]>([
    [
      'exceljs.xlsx',
      [
        [2, ...MAN],
        [3, ...DAO],
        [4, ...RU],
      ],
      ['zero_restored'],
    ],
    [
      'excel.xlsx',
      [
        [4, ...MAN],
        [5, ...DAO],
      ],
      ['zero_restored'],
    ],
    [
      'libreoffice.xlsx',
      [
        [3, ...MAN],
        [4, ...DAO],
        [5, ...RU],
      ],
      ['zero_restored'],
    ],
    [
      'reporting-system.xlsx',
      [
        [2, 'Nguyễn Văn Mẫn', '1985-03-12', null],
        [3, 'Trần Thị Hồng Đào', '1990-12-25', null],
      ],
      [],
    ],
    [
      'decomposed.xlsx',
      [
        [2, ...MAN],
        [3, ...DAO],
      ],
      [],
    ],
    [
      'two-row-header.xlsx',
      [
        [11, ...MAN],
        [12, ...DAO],
        [14, 'Lê Hoàng Dũng', '2001-06-05', '070201000004'],
        [16, 'Phạm Thuý Ngân', 1999, '070199000005'],
      ],
      ['footer_skipped', 'section_row', 'section_row'],
    ],
    [
      'tcvn3.xlsx',
      [
        [2, ...MAN],
        [3, ...DAO],
        [4, 'ĐIỂU K’RỨ', 1978, '070078000003'],
        [5, 'Lê Dũng', '2001-06-05', '070201000004'],
        [6, 'Lưu Anh', '1999-01-30', '070199000005'],
      ],
      [],
    ],
    [
      'vni.xlsx',
      [
        [2, ...MAN],
        [3, 'TRẦN THỊ HỒNG ĐÀO', '1990-12-25', '070190000002'],
        [4, ...RU],
        [5, 'Lê Hồng', '2001-06-05', '070201000004'],
      ],
      [],
    ],
  ])('%s', async (file, rows, notices) => {
    const roster = await rosterOf(fixture(file))
    expect(roster.rows.map(brief)).toEqual(rows)
    expect(roster.problems).toEqual([])
    expect(roster.notices.map(notice => notice.kind)).toEqual(notices)
  })

  it('association.xlsx: birth years and chapters; the hidden sheet and the note are told', async () => {
    const roster = await rosterOf(fixture('association.xlsx'), 'women')
    expect(roster.rows.map(({ name, birthYear, hamlet, chapter }) => [name, birthYear, hamlet, chapter])).toEqual([
      ['Trần Thị Hồng Đào', 1990, 'Ấp 1', 'Chi hội ấp 1'],
      ['Thị Bích Phượng', 1972, 'Ấp 1', 'Chi hội ấp 1'],
      ['Lê Thị Lài', 1965, 'Ấp 2', 'Chi hội ấp 2'],
    ])
    expect(roster.problems).toEqual([])
    expect(roster.notices.map(({ sheet, kind }) => [sheet, kind])).toEqual([
      ['foxz', 'sheet_skipped'],
      ['Ghi chú', 'sheet_skipped'],
    ])
  })

  it.each(['legacy.xls', 'password.xlsx', 'truncated.xlsx'])('%s is refused', async file => {
    expect((await readRoster(fixture(file))).ok).toBe(false)
  })

  it('every field of a full row', async () => {
    expect((await rosterOf(fixture('exceljs.xlsx'))).rows[1]).toEqual({
      sheet: 'Danh sách',
      row: 3,
      name: 'Trần Thị Hồng Đào',
      birthOn: '1990-12-25',
      birthYear: 1990,
      sex: 'female',
      number: '070190000002',
      staffCode: null,
      position: 'Chuyên viên',
      unit: 'Phòng Hành chính',
      section: null,
      category: 'civil_servant',
      isLeader: null,
      associations: { union: true, youth: true, women: true },
      phone: '0900000002',
      hamlet: null,
      chapter: null,
    })
  })

  it('a merged unit, men and women in columns of their own, an old phone number', async () => {
    const rows = (await rosterOf(fixture('two-row-header.xlsx'))).rows
    expect(rows.map(({ sex, unit, section, phone }) => [sex, unit, section, phone])).toEqual([
      ['male', null, 'Văn phòng Sở', '0900000001'],
      ['female', null, 'Văn phòng Sở', '0900000002'],
      ['male', 'Phòng Tổ chức biên chế', 'Phòng Tổ chức biên chế', '0360000004'],
      ['female', 'Phòng Tổ chức biên chế', 'Phòng Tổ chức biên chế', null],
    ])
  })
})

describe('conversions for consent', () => {
  it('tell sheet, row, column, what stood there and what it was taken for', async () => {
    const { conversions } = await rosterOf(fixture('vni.xlsx'))
    expect(conversions[0]).toEqual({
      sheet: 'Sheet1',
      row: 2,
      column: 'name',
      encoding: 'vni',
      from: 'Nguyeãn Vaên Maãn',
      to: 'Nguyễn Văn Mẫn',
    })
    expect(conversions.filter(({ column }) => column === 'name').length).toBe(4)
  })

  it('are none where everything is Unicode', async () => {
    expect((await rosterOf(fixture('exceljs.xlsx'))).conversions).toEqual([])
  })
})

describe('problems', () => {
  it('problems.xlsx: one for each row, by row, column and reason', async () => {
    const roster = await rosterOf(fixture('problems.xlsx'))
    const expected: [row: number, column: RosterColumn, reason: RosterReason][] = [
      [2, 'name', 'name_missing'],
      [3, 'name', 'name_unreadable'],
      [4, 'birth', 'birth_unreadable'],
      [5, 'sex', 'sex_unreadable'],
      [6, 'number', 'id_number_old_card'],
      [7, 'number', 'id_number_length'],
      [9, 'number', 'id_number_shortened'],
      [10, 'category', 'category_unknown'],
      [11, 'isLeader', 'mark_unreadable'],
      [12, 'phone', 'phone_two'],
      [13, 'phone', 'phone_landline'],
      [14, 'category', 'cell_error'],
    ]
    expect(roster.problems.map(({ row, column, reason }) => [row, column, reason])).toEqual(expected)
    expect(roster.rows.map(({ row, number }) => [row, number])).toEqual([[8, '999085000007']])
    expect(roster.notices).toContainEqual({ sheet: 'Danh sách', row: 8, kind: 'number_abroad', rows: 1 })
  })

  it('a row that could not be read is told by its name', async () => {
    const { unread } = await rosterOf(fixture('problems.xlsx'))
    expect(unread.slice(0, 3).map(({ row, name }) => [row, name])).toEqual([
      [2, ''],
      [3, 'Nguy?n V?n M?n'],
      [4, 'Nguyễn Văn Ba'],
    ])
  })

  it('missing-columns.xlsx: each missing column by name', async () => {
    const roster = await rosterOf(fixture('missing-columns.xlsx'))
    expect(roster.problems.map(({ column, reason }) => [column, reason])).toEqual([
      ['birth', 'column_missing'],
      ['number', 'column_missing'],
      ['category', 'column_missing'],
    ])
  })

  it('a column given twice', async () => {
    const bytes = await sheetOf([
      ['Họ và tên', 'Ngày sinh', 'CCCD', 'Loại', 'Số CCCD'],
      ['Nguyễn Văn Mẫn', '1985', '070085000001', 'CC', ''],
    ])
    expect((await rosterOf(bytes)).problems).toEqual([
      { sheet: 'Danh sách', row: 1, column: 'number', reason: 'column_repeated' },
    ])
  })

  it('no header anywhere', async () => {
    expect(await readRoster(await sheetOf([['Kính gửi'], ['Nội dung báo cáo']]))).toEqual({
      ok: false,
      reason: 'no_roster',
    })
  })
})

describe('lists as people keep them', () => {
  const HEADER = ['TT', 'Họ và tên', 'Năm sinh', 'CCCD', 'Loại']
  const names = async (rows: ExcelJS.CellValue[][]) =>
    (await rosterOf(await sheetOf(rows))).rows.map(({ name }) => name)

  it.each<[situation: string, rows: ExcelJS.CellValue[][], expected: string[]]>([
    [
      'surnames "Tống" and "Công" are no totals',
      [HEADER, ['', 'Tống Công Minh', 1985, '', 'CC'], ['', 'Công Thị Lan', 1985, '', 'CC'], ['', 'Tổng cộng', 2]],
      ['Tống Công Minh', 'Công Thị Lan'],
    ],
    [
      'a given name "Nam" in a column of its own',
      [
        ['TT', 'Họ đệm', 'Tên', 'Năm sinh', 'CCCD', 'Loại'],
        [1, 'Nguyễn Văn', 'Nam', 1985, '', 'CC'],
        [2, 'Trần', 'Nữ', 1986, '', 'CC'],
      ],
      ['Nguyễn Văn Nam', 'Trần Nữ'],
    ],
    [
      'header repeated at a page break',
      [HEADER, [1, 'Nguyễn Văn Mẫn', 1985, '', 'CC'], HEADER, [2, 'Lê Thị Lài', 1986, '', 'CC']],
      ['Nguyễn Văn Mẫn', 'Lê Thị Lài'],
    ],
    [
      'blank rows between',
      [HEADER, [1, 'Nguyễn Văn Mẫn', 1985, '', 'CC'], [], [], [2, 'Lê Thị Lài', 1986, '', 'CC']],
      ['Nguyễn Văn Mẫn', 'Lê Thị Lài'],
    ],
    [
      'signatures with names below',
      [
        HEADER,
        [1, 'Nguyễn Văn Mẫn', 1985, '', 'CC'],
        [],
        ['', 'Người lập', '', 'Giám đốc'],
        ['', 'Đỗ Thị Lập', '', 'Võ Văn Ký'],
      ],
      ['Nguyễn Văn Mẫn'],
    ],
    [
      'the example row of the template',
      [HEADER, [1, '(Ví dụ) Nguyễn Văn Mẫu', 1985, '', 'CC'], [2, 'Lê Thị Lài', 1986, '', 'CC']],
      ['Lê Thị Lài'],
    ],
    [
      'columns in another order, in capitals, with remarks',
      [
        ['LOẠI (*)', 'SỐ CCCD (12 SỐ)', 'NGÀY, THÁNG, NĂM SINH', 'HỌ VÀ TÊN (*)'],
        ['CC', '070085000001', '12/3/1985', 'Nguyễn Văn Mẫn'],
      ],
      ['Nguyễn Văn Mẫn'],
    ],
  ])('%s', async (_, rows, expected) => {
    expect(await names(rows)).toEqual(expected)
  })

  it('a person at the end without any particulars is not taken for a footer', async () => {
    const { rows } = await rosterOf(
      await sheetOf([HEADER, ['', 'Nguyễn Văn Mẫn', 1985, '', 'CC'], ['', 'Lê Thị Lài', '', '', 'CC']]),
    )
    expect(rows.map(({ name, birthYear }) => [name, birthYear])).toEqual([
      ['Nguyễn Văn Mẫn', 1985],
      ['Lê Thị Lài', null],
    ])
  })

  it('dates that a spreadsheet with American settings may have turned round', async () => {
    const day = (month: number, dayOfMonth: number) => new Date(Date.UTC(1985, month - 1, dayOfMonth))
    const people = [day(3, 12), day(1, 5), day(11, 2), '25/12/1985'].map((born, n) => [
      n + 1,
      `Nguyễn Văn ${'ABCD'[n]}n`,
      born,
      '',
      'CC',
    ])
    const { notices } = await rosterOf(await sheetOf([HEADER, ...people]))
    expect(notices.map(({ kind }) => kind)).toEqual(['dates_may_be_swapped'])
  })
})
