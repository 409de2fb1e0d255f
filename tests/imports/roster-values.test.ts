import { describe, expect, it } from 'vitest'
import { readIdCell } from '#app/domain/id-number.ts'
import { readName } from '#app/domain/person-name.ts'
import { capitaliseName, readBirth, readCategory, readMark, readSex } from '#app/imports/roster-values.ts'

const text = (value: string) => ({ kind: 'text' as const, text: value })

describe('birth dates', () => {
  it.each<[written: string, birthOn: string | null, birthYear: number]>([
    ['12/3/1985', '1985-03-12', 1985],
    ['12/03/1985', '1985-03-12', 1985],
    ['12-03-1985', '1985-03-12', 1985],
    ['12.3.85', '1985-03-12', 1985],
    ['05.6.01', '2001-06-05', 2001],
    ['12 / 3 / 1985', '1985-03-12', 1985],
    ["'12/3/1985", '1985-03-12', 1985],
    ['12031985', '1985-03-12', 1985],
    ['1985-03-12', '1985-03-12', 1985],
    ['1985-03-12 00:00:00', '1985-03-12', 1985],
    ['12/03/1985 00:00', '1985-03-12', 1985],
    ['ngày 12 tháng 3 năm 1985', '1985-03-12', 1985],
    ['31118', '1985-03-12', 1985],
    ['29/02/1996', '1996-02-29', 1996],
    ['1985', null, 1985],
    ['3/1985', null, 1985],
    ['00/00/1985', null, 1985],
    ['Sinh năm 1985', null, 1985],
  ])('%s', (written, birthOn, birthYear) => {
    expect(readBirth(text(written))).toEqual({ birthOn, birthYear })
  })

  it.each([
    '31/2/1985',
    '29/02/1995',
    '12/13/1985',
    '13/1985',
    '12/3/15',
    '1885',
    '2024',
    '12/3/2024',
    '85',
    '12/3',
    '99999',
    'không rõ',
    '',
  ])('%s cannot be read', written => {
    expect(readBirth(text(written))).toBeUndefined()
  })
})

describe('marks', () => {
  it.each(['x', 'X', 'xx', 'có', 'Có', '1', 'v', 'V', '✓', '√', 'true', '26/3/2003', '2010', '15/5/2021'])(
    '%s is yes',
    mark => {
      expect(readMark(text(mark))).toBe(true)
    },
  )
  it.each(['không', 'Không', '0', 'false'])('%s is no', mark => {
    expect(readMark(text(mark))).toBe(false)
  })
  it.each(['-', '–', '...'])('%s says nothing', mark => {
    expect(readMark(text(mark))).toBeNull()
  })
  it.each(['Phó', 'Bí thư', '5'])('%s is no mark', mark => {
    expect(readMark(text(mark))).toBeUndefined()
  })
})

it.each([
  ['Nam', 'male'],
  ['NỮ', 'female'],
  ['nu', 'female'],
  ['N', undefined],
])('sex %s is %s', (written, sex) => {
  expect(readSex(written)).toBe(sex)
})

it.each([
  ['Cán bộ', 'cadre'],
  ['công chức', 'civil_servant'],
  ['VC', 'public_employee'],
  ['Chiến sĩ', 'soldier'],
  ['Chiến sỹ', 'soldier'],
  ['Cán bộ chiến sỹ lực lượng vũ trang', 'soldier'],
  ['Không chuyên trách', 'part_time'],
  ['Người hoạt động không chuyên trách', 'part_time'],
  ['HĐ 68', 'contract'],
  ['Hợp đồng lao động', 'contract'],
  ['Đoàn viên, hội viên', 'member'],
  ['Chuyên gia', undefined],
])('category %s is %s', (written, category) => {
  expect(readCategory(written)).toBe(category)
})

describe('numbers that lost their zeros', () => {
  it.each<[written: string, number: string | undefined, why: string]>([
    ['70085000001', '070085000001', 'one, 070 Bình Phước'],
    ['1085000001', '001085000001', 'two, 001 Hà Nội'],
    ['99085000001', undefined, '099 is no province'],
    ['285123456', undefined, 'an old card of 9 digits'],
  ])('%s → %s: %s', (written, number) => {
    const reading = readIdCell(written)
    expect(reading.ok ? reading.number : undefined).toBe(number)
  })
})

describe('names', () => {
  it.each(['Nguyễn Văn Mẫn', 'Điểu K’Rứ', "H'Bé Niê", 'Y-Blăm', 'Trần Thị B.'])('%s is a name', name => {
    expect(readName(name).ok).toBe(true)
  })
  it.each(['Nguy?n V?n M?n', 'Lª V¨n', 'A', 'Nguyễn Văn 2', '#N/A', ''])('%s is none', name => {
    expect(readName(name).ok).toBe(false)
  })
  it.each([
    ['nguyễn văn mẫn', 'Nguyễn Văn Mẫn'],
    ['điểu k’rứ', 'Điểu K’Rứ'],
    ['NGUYỄN VĂN MẪN', 'NGUYỄN VĂN MẪN'],
  ])('%s is written %s', (written, capitalised) => {
    expect(capitaliseName(written)).toBe(capitalised)
  })
})
