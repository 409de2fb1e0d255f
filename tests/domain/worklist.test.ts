import { describe, expect, it } from 'vitest'
import { PLAN_128 } from '#app/domain/regulation.ts'
import {
  hadBefore,
  isOutsideQuota,
  lacksInTitle,
  planWorklist,
  readWorklistRow,
  WORKLIST_COLUMNS,
  type WorklistCommune,
  type WorklistRow,
} from '#app/domain/worklist.ts'
import { mendWorklistRows } from '#app/domain/worklist-mending.ts'

const TAN_THANH: WorklistCommune = { code: '25207', name: 'Tân Thành', type: 'xã' }
const OTHER: WorklistCommune = { code: '25195', name: 'Tân Phú', type: 'phường' }

const context = {
  communes: [TAN_THANH],
  allCommunes: [TAN_THANH, OTHER],
  minimumAge: 14,
  endsOn: '2024-07-03',
}
const LINE = {
  name: 'Trần Thị Ước',
  number: '070190000001',
  birth: '1990',
  phone: '0901234567',
  commune: '',
  hamlet: 'Ấp 3',
  address: 'Tổ 2',
  eid_activation: 'x',
}
const read = (changes: Partial<Record<(typeof WORKLIST_COLUMNS)[number], string>>) =>
  readWorklistRow(5, { ...LINE, ...changes }, context)

it('asks for what tells two communes of one name apart: the district, or the kind where there is none', () => {
  const communes = [TAN_THANH, { ...TAN_THANH, code: '25300' }]
  const reasonOf = (isUndivided: boolean) => {
    const found = readWorklistRow(
      5,
      { ...LINE, commune: 'Tân Thành' },
      { ...context, communes, allCommunes: communes, isUndivided },
    )
    return found && !found.ok && found.problems[0]?.reason
  }
  expect([reasonOf(false), reasonOf(true)]).toEqual(['commune_ambiguous', 'commune_kind_needed'])
})

describe('the title of a list', () => {
  it.each([
    ['DANH SÁCH CÔNG DÂN CHƯA KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ', 'kích hoạt'],
    ['Danh sách người chưa có căn cước và chưa có SIM chính chủ', 'căn cước; SIM'],
    ['Danh sách người đã kích hoạt tài khoản', ''],
  ])('%s says that all lack: %s', (title, lacks) => expect(lacksInTitle(title)).toBe(lacks))
})

describe('a row', () => {
  it('tells of one citizen', () => {
    expect(read({})).toEqual({
      ok: true,
      row: {
        row: 5,
        name: 'Trần Thị Ước',
        number: '070190000001',
        birthYear: 1990,
        phone: '0901234567',
        localityCode: '25207',
        hamlet: 'Ấp 3',
        address: 'Tổ 2',
        lacks: ['eid_activation'],
      },
    })
  })
  it('a blank line is passed over', () =>
    expect(read(Object.fromEntries(WORKLIST_COLUMNS.map(column => [column, ''])))).toBeUndefined())
  it.each([
    ['Ấp 1, xã Tân Thành', 'Ấp 1'],
    ['Tổ 5, khu phố Phú Cường, phường Tân Phú', 'khu phố Phú Cường'],
  ])('a hamlet is read out of the address %s', (address, hamlet) =>
    expect(read({ hamlet: '', address })).toMatchObject({ row: { hamlet, address } }),
  )
  it.each([
    ['a number whose first zero the sheet cut off', { number: '70190000001' }],
    ['a birth date as the sheet keeps it', { birth: '1990-03-12' }],
    ['the commune with its type, or its code', { commune: 'Xã Tân Thành' }],
    ['the commune by code', { commune: '25207' }],
    ['the commune with its type in short', { commune: 'X. Tân Thành' }],
    ['what is lacking in words', { eid_activation: '', lacks: 'kích hoạt' }],
  ])('%s is read', (_, changes) => {
    expect(read(changes)).toMatchObject({ ok: true, row: { number: '070190000001', lacks: ['eid_activation'] } })
  })
  it('lacks in words and marks add up, in the order of the vocabulary', () => {
    expect(read({ lacks: 'SIM chính chủ; chưa có căn cước' })).toMatchObject({
      row: { lacks: ['id_card', 'eid_activation', 'sim_signature'] },
    })
  })
  it.each([
    ['no name', { name: '' }, 'name_missing'],
    ['no number', { number: '' }, 'number_missing'],
    ['an old card', { number: '285123456' }, 'id_number_old_card'],
    ['eleven digits that are no number', { number: '99990000001' }, 'id_number_length'],
    ['a century to come', { number: '070690000001' }, 'id_number_century'],
    ['another birth year than the number says', { birth: '1991' }, 'birth_disagrees'],
    ['a birth that is no date', { birth: 'khoảng 1990' }, 'birth_unreadable'],
    ['13 at the close', { number: '070311000001', birth: '2011' }, 'too_young'],
    ['14 on the last day', { number: '070310000001', birth: '03/7/2010' }, null],
    ['14 one day too late', { number: '070310000001', birth: '04/7/2010' }, 'too_young'],
    ['13 or 14, the year alone', { number: '070310000001', birth: '' }, 'birth_date_needed'],
    ['a landline', { phone: '02713888888' }, 'phone_landline'],
    ['no hamlet', { hamlet: '' }, 'hamlet_missing'],
    ['a commune of another unit', { commune: 'phường Tân Phú' }, 'commune_outside'],
    ['such a commune with its type in short', { commune: 'P.Tân Phú' }, 'commune_outside'],
    ['a commune that is none', { commune: 'Xã Không Có' }, 'commune_unknown'],
    ['a formula without its result', { name: '=…' }, 'formula_unsaved'],
    ['a mark that is none', { eid_activation: 'hỏi lại' }, 'mark_unreadable'],
    ['words that name nothing lacking', { lacks: 'bảo hiểm' }, 'lack_unknown'],
    ['nothing lacking', { eid_activation: 'không' }, 'nothing_lacking'],
  ] as const)('%s: %j → %s', (_, changes, reason) => {
    const reading = read(changes)
    expect(reading?.ok ? [] : reading?.problems.map(one => one.reason)).toEqual(reason === null ? [] : [reason])
  })
})

describe('a row with several problems', () => {
  const reasonsOf = (changes: Parameters<typeof read>[0]) => {
    const reading = read(changes)
    return reading?.ok ? [] : reading?.problems.map(({ reason }) => reason)
  }
  it('tells all of them at once', () => {
    const changes = {
      name: '',
      number: '285123456',
      birth: 'khoảng 1990',
      phone: '02713888888',
      address: '',
      hamlet: '',
    }
    expect(reasonsOf({ ...changes, commune: 'Xã Không Có', eid_activation: 'hỏi lại', lacks: 'bảo hiểm' })).toEqual([
      'name_missing',
      'hamlet_missing',
      'birth_unreadable',
      'id_number_old_card',
      'phone_landline',
      'commune_unknown',
      'mark_unreadable',
      'lack_unknown',
    ])
  })
  it('says of a formula without its result that alone, and the rest of the row besides', () =>
    expect(reasonsOf({ number: '=…', eid_activation: '=…', phone: '02713888888' })).toEqual([
      'formula_unsaved',
      'phone_landline',
    ]))

  it('is mended in all of them by one form; what is mended by halves tells the rest', () => {
    const cells = { ...LINE, number: '0701900000012', phone: '02713888888', hamlet: '' }
    const problems = read(cells)
    if (!problems || problems.ok) throw new Error('taken')
    const reading = { rows: [], unread: problems.problems, cells: { 5: cells } }
    const shared = [{ word: '-hamlet_missing', column: 'hamlet' as const, text: 'Ấp 4' }]
    const cell = (column: 'number' | 'phone', text: string) => ({ key: '5', column, text })
    const half = mendWorklistRows(reading, reading.unread, { shared, cells: [cell('number', '070190000001')] }, context)
    expect([half.mended, half.unread.map(({ reason }) => reason)]).toEqual([1, ['phone_landline']])
    const whole = mendWorklistRows(half, half.unread, { shared: [], cells: [cell('phone', '0901234567')] }, context)
    expect(whole).toMatchObject({ mended: 1, unread: [], rows: [{ row: 5, hamlet: 'Ấp 4', phone: '0901234567' }] })
  })
})

describe('a plan', () => {
  const row = (n: number, changes: Partial<WorklistRow> = {}): WorklistRow => ({
    row: n,
    name: `Người ${n}`,
    number: `07019000000${n}`,
    birthYear: 1990,
    phone: null,
    localityCode: '25207',
    hamlet: 'Ấp 3',
    address: null,
    lacks: ['eid_activation'],
    ...changes,
  })
  const plan = (rows: WorklistRow[], known: Record<string, { list?: 'this' | 'other'; isHelped?: boolean }> = {}) =>
    planWorklist(rows, ({ number }) => ({ list: null, isHelped: false, ...known[number] }), ['Ấp 3'])
  it('adds the new, keeps who is listed, tells who is listed elsewhere, helped, or named twice', () => {
    const rows = [row(1), row(2), row(3), row(4), row(5, { number: row(1).number })]
    const { adds, kept, problems } = plan(rows, {
      [row(2).number]: { list: 'this' },
      [row(3).number]: { list: 'other' },
      [row(4).number]: { isHelped: true },
    })
    expect(adds.map(({ row: n }) => n)).toEqual([1])
    expect(kept.map(({ row: n }) => n)).toEqual([2])
    expect(problems).toEqual([
      { row: 3, name: 'Người 3', reason: 'on_other_list' },
      { row: 4, name: 'Người 4', reason: 'helped_already' },
      { row: 5, name: 'Người 5', reason: 'repeated', otherRow: 1 },
    ])
  })
  it('tells rows that could not be read the same of their numbers, and they claim none', () => {
    const known = { [row(3).number]: { list: 'other' }, [row(4).number]: { list: 'this', isHelped: true } } as const
    const unread = [row(2, { number: row(6).number }), row(7, { number: row(1).number }), row(3), row(4), row(5)]
    const { adds, problems } = planWorklist(
      [row(1), row(6)],
      ({ number }) => ({ list: null, isHelped: false, ...known[number] }),
      [],
      unread,
    )
    expect(adds.map(({ row: n }) => n)).toEqual([1, 6])
    expect(problems.map(({ row: n, reason, otherRow }) => [n, reason, otherRow])).toEqual([
      [2, 'repeated', 6],
      [7, 'repeated', 1],
      [3, 'on_other_list', undefined],
    ])
  })
  it('spells hamlets as the list does, or as the file does first', () => {
    const { adds } = plan([
      row(1, { hamlet: 'ấp 03' }),
      row(2, { hamlet: 'Khu phố Bình' }),
      row(3, { hamlet: 'KP bình' }),
    ])
    expect(adds.map(({ hamlet }) => hamlet)).toEqual(['Ấp 3', 'Khu phố Bình', 'Khu phố Bình'])
  })
})

describe('a citizen of a list who lacks only a SIM', () => {
  it('had the account before, so that helping them counts for nobody', () => {
    expect(hadBefore(['sim_signature'])).toEqual(['vneid_installed', 'eid_activated'])
    expect(isOutsideQuota(['sim_signature'], PLAN_128)).toBe(true)
  })

  it('is not taken to have what the list leads to, or a SIM that it does not name', () => {
    expect(hadBefore(['eid_activation'])).toEqual([])
    expect(hadBefore(['id_card', 'sim_signature'])).toEqual([])
    expect(isOutsideQuota(['eid_activation', 'sim_signature'], PLAN_128)).toBe(false)
  })
})
