import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { type RosterEntry, writeRoster, writeRosterTemplate } from '#app/documents/roster-template.ts'
import type { KnownOfficial } from '#app/domain/roster/identity.ts'
import { planRoster } from '#app/domain/roster/plan.ts'
import { ROSTER_COLUMNS } from '#app/domain/roster/row.ts'
import { unitLabels } from '#app/domain/roster/units.ts'
import { CATEGORIES } from '#app/domain/vocabulary.ts'
import { readRoster } from '#app/imports/roster.ts'
import { rosterHeaders } from '#app/text/roster.ts'

const UNITS = [
  { unitId: 1, name: 'UBND huyện Bù Đăng', path: '/1/' },
  { unitId: 2, name: 'Văn phòng HĐND&UBND', path: '/1/2/' },
  { unitId: 3, name: 'UBND xã Đường 10', path: '/1/3/' },
  { unitId: 4, name: 'Văn phòng HĐND&UBND', path: '/1/3/4/' },
]

/** People of every category, with everything known of them or next to nothing. */
const PEOPLE: (Omit<
  KnownOfficial,
  'numberKey' | 'phoneKey' | 'isReached' | 'offered' | 'lastUnitId' | 'mayMove' | 'movingTo'
> & {
  number: string | null
  phone: string | null
})[] = CATEGORIES.flatMap((category, n) => [
  {
    officialId: 10 + n,
    staffCode: `0${n}`,
    name:
      ['Nguyễn Văn Mẫn', 'TRẦN THỊ ĐÀO', 'Điểu K’Rứ', "H'Bé Niê", 'Tống Công Minh', 'Công Thị Nam', 'Lê Hoàng'][n] ??
      '',
    birthOn: '1985-02-01',
    birthYear: 1985,
    sex: 'male',
    unitId: (n % 4) + 1,
    position: '=Chuyên viên',
    category,
    isLeader: n % 2 === 0,
    hamlet: 'Ấp 1',
    memberships: [
      { association: 'union', chapter: null },
      { association: 'youth', chapter: n % 2 === 0 ? 'Chi đoàn UBND xã' : 'Tổ 1' },
    ],
    number: `07008500000${n}`,
    phone: `090000000${n}`,
  },
  {
    officialId: 20 + n,
    staffCode: `TV${n}`,
    name: `Thị ${'ABCDEGH'[n]}a`,
    birthOn: null,
    birthYear: 1990,
    sex: null,
    unitId: 1,
    position: '',
    category,
    isLeader: false,
    hamlet: null,
    memberships: n % 2 === 0 ? [{ association: 'women', chapter: 'Tổ 2' }] : [],
    number: null,
    phone: null,
  },
])

const key = (text: string | null) => text && `#${text}`

describe('the export', () => {
  const labels = unitLabels(UNITS)
  const entries = PEOPLE.map(
    (person): RosterEntry => ({ ...person, role: null, unit: labels.get(person.unitId ?? 0) ?? null }),
  )

  it('imported again plans all unchanged', async () => {
    const roster = await readRoster(await writeRoster({ title: 'DANH SÁCH', asOf: 0, entries }))
    if (!roster.ok) throw new Error(roster.reason)
    expect(roster.problems).toEqual([])
    expect(roster.conversions).toEqual([])
    expect(roster.notices).toEqual([])
    const rows = roster.rows.map(row => ({ ...row, numberKey: key(row.number), phoneKey: key(row.phone) }))
    const known = PEOPLE.map(({ number, phone, ...person }) => ({
      ...person,
      numberKey: key(number),
      phoneKey: key(phone),
      isReached: true,
      lastUnitId: person.unitId,
      mayMove: true,
      movingTo: null,
      offered: [],
    }))
    const plan = planRoster(rows, known, { unitId: 1, units: UNITS })
    expect({ ...plan, unchanged: plan.unchanged.map(({ officialId }) => officialId) }).toEqual({
      creates: [],
      updates: [],
      proposals: [],
      problems: [],
      unchanged: PEOPLE.map(({ officialId }) => officialId),
    })
  })
})

describe('the template', () => {
  it('has every column, and its example row is left out by the import', async () => {
    const bytes = await writeRosterTemplate()
    const roster = await readRoster(bytes)
    if (!roster.ok) throw new Error(roster.reason)
    expect([roster.rows, roster.problems]).toEqual([[], []])
    expect(roster.notices.map(({ sheet, kind }) => [sheet, kind])).toContainEqual(['Danh sách', 'example_row'])
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(bytes.slice().buffer)
    const sheet = workbook.worksheets[0]
    expect(ROSTER_COLUMNS.map((_, n) => sheet?.getCell(2, n + 1).value)).toEqual(
      ROSTER_COLUMNS.map(column => rosterHeaders[column].header),
    )
  })

  it('offers the categories and the mark in blank rows, which hold text', async () => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await writeRosterTemplate()).slice().buffer)
    const [sheet, guidance, choices] = workbook.worksheets
    const at = (column: (typeof ROSTER_COLUMNS)[number]) => ROSTER_COLUMNS.indexOf(column) + 1
    const offered = (column: (typeof ROSTER_COLUMNS)[number]) =>
      sheet?.getCell(100, at(column)).dataValidation?.formulae
    expect(offered('category')).toEqual(["'Danh mục'!$B$1:$B$7"])
    expect(offered('isLeader')).toEqual(offered('women'))
    expect(offered('name')).toBeUndefined()
    expect(choices?.getColumn(2).values.slice(1)).toContain('Không chuyên trách')
    expect(sheet?.getColumn(at('number')).numFmt).toBe('@')
    expect(guidance?.name).toBe('Hướng dẫn')
  })
})
