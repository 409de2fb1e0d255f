import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { csvOf, type Line, type MadeSheet, workbookOf } from '../fixtures/sheets.ts'

/*
 * A right list is disturbed in the ways of real files, several at once. Every person comes out as they were, or their row
 * has a problem; nobody becomes another person, and no row is lost.
 */

const COMMUNES = [{ code: '25207', name: 'Tân Thành', type: 'xã' }]
const CONTEXT = { communes: COMMUNES, allCommunes: COMMUNES, minimumAge: 14, endsOn: '2024-07-03' }
const FAMILIES = ['Điểu', 'Nguyễn Thị', 'Thị', 'Lê Đình', 'H’Nê', 'Y Ơ']
const GIVEN = ['Hoà', 'Thạnh', 'Ngễnh', 'K’Rưt', 'Toàn', 'Toán', 'Đông']

type Citizen = { name: string; number: string; phone: string; hamlet: string }
const citizens: fc.Arbitrary<Citizen[]> = fc
  .array(
    fc.record({
      family: fc.constantFrom(...FAMILIES),
      given: fc.constantFrom(...GIVEN),
      year: fc.integer({ min: 40, max: 99 }),
      sex: fc.constantFrom('0', '1'),
      serial: fc.integer({ min: 0, max: 999_999 }),
      province: fc.constantFrom('070', '001', '038', '096'),
      phone: fc.integer({ min: 0, max: 9_999_999 }),
      hamlet: fc.constantFrom('Ấp 1', 'Ấp Thành Tâm', 'Ấp Thạnh Tâm', 'Khu phố Tân Trà 1'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map(people =>
    people.map(({ family, given, year, sex, serial, province, phone, hamlet }, n) => ({
      name: `${family} ${given}`,
      number: `${province}${sex}${year}${String((serial + n * 7919) % 1_000_000).padStart(6, '0')}`,
      phone: `098${String(phone).padStart(7, '0')}`,
      hamlet,
    })),
  )
  .filter(people => new Set(people.map(({ number }) => number)).size === people.length)

const grouped = (digits: string, mark: string) => digits.replace(/(\d{3})(?=\d)/g, `$1${mark}`)
/** Ways to write a number that lose nothing; the last is a number cell, which loses the zeros in front. */
const NUMBERS: readonly ((number: string) => string | number)[] = [
  number => number,
  number => grouped(number, '.'),
  number => grouped(number, ' '),
  number => grouped(number, '\u00a0'),
  number => grouped(number, '\u2011'),
  number => `\u202a${number}\u202c`,
  number => `${number}.0`,
  number => Number(number),
]
/** Slips after which nobody can know the number. */
const SLIPS: readonly ((number: string) => string)[] = [
  number => number.replace('0', 'O'),
  number => number.slice(0, -1),
  number => `${number}1`,
  number => Number(number).toExponential(4).toUpperCase(),
]
const NAMES: readonly ((name: string) => string)[] = [
  name => name,
  name => name.normalize('NFD'),
  name => name.toLocaleUpperCase('vi'),
  name => name.replaceAll('’', '´'),
  name => name.replaceAll('Đ', 'Ð'),
  name => `  ${name.replaceAll(' ', '\u00a0 ')}\u200b`,
]
const HEADS = {
  name: ['Họ và tên', 'HỌ, CHỮ ĐỆM VÀ TÊN', 'Họ tên'],
  number: ['Số định danh', 'Số CCCD', 'Số ĐDCN'],
  phone: ['Số điện thoại', 'Điện thoại'],
  hamlet: ['Ấp', 'Ấp, thôn, khu phố'],
  lacks: ['Nội dung còn thiếu', 'Còn thiếu'],
} as const
type Column = keyof typeof HEADS
const COLUMNS = Object.keys(HEADS) as Column[]

const disturbances = fc.record({
  columns: fc.shuffledSubarray(COLUMNS, { minLength: COLUMNS.length }),
  heads: fc.nat({ max: 11 }),
  numbers: fc.array(fc.nat({ max: NUMBERS.length - 1 }), { minLength: 8, maxLength: 8 }),
  names: fc.array(fc.nat({ max: NAMES.length - 1 }), { minLength: 8, maxLength: 8 }),
  slips: fc.array(fc.option(fc.nat({ max: SLIPS.length - 1 }), { freq: 4 }), { minLength: 8, maxLength: 8 }),
  hasTitle: fc.boolean(),
  hasNumbering: fc.boolean(),
  hasBlankLines: fc.boolean(),
  hasTotal: fc.boolean(),
  hasSignature: fc.boolean(),
  hasCover: fc.boolean(),
  isText: fc.boolean(),
})
type Disturbance = typeof disturbances extends fc.Arbitrary<infer T> ? T : never

function linesOf(people: readonly Citizen[], how: Disturbance): Line[] {
  const head = how.columns.map(column => HEADS[column][how.heads % HEADS[column].length] ?? '')
  const lineOf = (person: Citizen, n: number): Line => {
    const slip = how.slips[n]
    const number =
      typeof slip === 'number' ? SLIPS[slip]?.(person.number) : NUMBERS[how.numbers[n] ?? 0]?.(person.number)
    const cells: Record<Column, Line[number]> = {
      name: NAMES[how.names[n] ?? 0]?.(person.name) ?? '',
      number: number ?? '',
      phone: person.phone,
      hamlet: person.hamlet,
      lacks: 'kích hoạt',
    }
    return [n + 1, ...how.columns.map(column => cells[column])]
  }
  return [
    ...(how.hasTitle ? [['CÔNG AN XÃ TÂN THÀNH'], ['DANH SÁCH CÔNG DÂN'], []] : []),
    ['STT', ...head],
    ...(how.hasNumbering ? [['(1)', ...how.columns.map((_, n) => `(${n + 2})`)]] : []),
    ...people.flatMap((person, n) => (how.hasBlankLines ? [lineOf(person, n), []] : [lineOf(person, n)])),
    ...(how.hasTotal ? [[null, `Tổng cộng: ${people.length} người`]] : []),
    ...(how.hasSignature
      ? [[], [null, null, 'Tân Thành, ngày 01 tháng 6 năm 2024'], [null, null, 'TRƯỞNG CÔNG AN XÃ']]
      : []),
  ]
}

const plain = (text: string) => text.normalize('NFC').toLocaleLowerCase('vi')

it('a disturbed list gives the same people, or tells of a problem, and never another person', async () => {
  await fc.assert(
    fc.asyncProperty(citizens, disturbances, async (people, how) => {
      const sheet: MadeSheet = { name: 'Danh sách', lines: linesOf(people, how) }
      const cover: MadeSheet = { name: 'Bìa', lines: [['Báo cáo'], ['Công an xã Tân Thành']] }
      const bytes = how.isText ? csvOf(sheet.lines) : await workbookOf(...(how.hasCover ? [cover] : []), sheet)
      const table = await readWorklistTable(bytes, CONTEXT)
      if (!table.ok) throw new Error(table.reason)
      const right = people.filter((_, n) => how.slips[n] === null)
      const read = new Map(table.rows.map(row => [row.number, row]))
      for (const person of right) {
        const row = read.get(person.number)
        expect(row, `${person.number} in ${JSON.stringify(sheet.lines)}`).toBeDefined()
        expect([plain(row?.name ?? ''), row?.phone, row?.hamlet]).toEqual([
          plain(person.name),
          person.phone,
          person.hamlet,
        ])
      }
      expect([...read.keys()].sort()).toEqual(right.map(({ number }) => number).sort())
      expect(table.unread).toHaveLength(people.length - right.length)
    }),
    { numRuns: Number(process.env.LISTS ?? 60) },
  )
})
