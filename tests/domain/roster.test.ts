import { describe, expect, it } from 'vitest'
import { foldWords } from '#app/domain/name.ts'
import { choiceWord, readChoices, rowWord } from '#app/domain/roster/choice.ts'
import type { RosterChange, RosterOptions } from '#app/domain/roster/columns.ts'
import type { KnownOfficial, PlanRow } from '#app/domain/roster/identity.ts'
import { chapterToWrite } from '#app/domain/roster/membership.ts'
import { planRoster, type RosterPlan } from '#app/domain/roster/plan.ts'
import { type RosterColumn, type RosterReason, WORDS_COLUMNS } from '#app/domain/roster/row.ts'
import { unitLabels } from '#app/domain/roster/units.ts'

const UNITS = [
  { unitId: 1, name: 'Sở Nội vụ', path: '/1/' },
  { unitId: 2, name: 'Văn phòng', path: '/1/2/' },
  { unitId: 3, name: 'Ban Thi đua – Khen thưởng', path: '/1/3/' },
  { unitId: 4, name: 'Văn phòng', path: '/1/3/4/' },
]
const STAFF: RosterOptions = { unitId: 1, units: UNITS }
const WOMEN: RosterOptions = { ...STAFF, association: 'women' }

/** Makes a planned row; its keys replace hashes: the number itself with a mark before it. */
function row(n: number, said: Partial<PlanRow> = {}): PlanRow {
  const { number = null, phone = null } = said
  return {
    sheet: 'Danh sách',
    row: n,
    name: 'Trần Thị Hồng Đào',
    birthOn: null,
    birthYear: 1990,
    sex: null,
    number,
    numberKey: number && `#${number}`,
    staffCode: null,
    position: null,
    unit: null,
    section: null,
    category: 'civil_servant',
    isLeader: null,
    associations: {},
    phone,
    phoneKey: phone && `#${phone}`,
    hamlet: null,
    chapter: null,
    ...said,
  }
}

const DAO_NUMBER = '070190000002'
const OTHER_NUMBER = '070190000003'

const DAO: KnownOfficial = {
  officialId: 7,
  numberKey: `#${DAO_NUMBER}`,
  phoneKey: '#0900000002',
  staffCode: 'CB07',
  name: 'Trần Thị Hồng Đào',
  birthOn: '1990-12-25',
  birthYear: 1990,
  sex: 'female',
  unitId: 2,
  lastUnitId: 2,
  mayMove: true,
  movingTo: null,
  position: 'Chuyên viên',
  category: 'civil_servant',
  isLeader: false,
  hamlet: 'Ấp 1',
  isReached: true,
  memberships: [{ association: 'union', chapter: 'Công đoàn Sở Nội vụ' }],
  offered: [],
}
const OUT_NUMBER = '070190000009'
const OUT: KnownOfficial = { ...DAO, officialId: 9, numberKey: `#${OUT_NUMBER}`, staffCode: 'CB09', isReached: false }
const HUNG: KnownOfficial = {
  ...DAO,
  officialId: 8,
  numberKey: '#070085000008',
  staffCode: 'CB08',
  name: 'Lê Văn Hùng',
  birthOn: null,
  birthYear: 1985,
  sex: 'male',
}
const MEMBER: KnownOfficial = {
  ...DAO,
  officialId: 9,
  numberKey: null,
  phoneKey: null,
  staffCode: 'TV09',
  birthOn: null,
  unitId: 99,
  lastUnitId: 99,
  position: '',
  category: 'member',
  memberships: [{ association: 'women', chapter: 'Chi hội ấp 1' }],
}

/** The fate of each row, by its number: create, update, unchanged, proposal or the problems' reasons. */
function fates(plan: RosterPlan): Record<number, string> {
  const fate: Record<number, string> = {}
  for (const { row: n } of plan.creates) fate[n] = 'create'
  for (const { row: n } of plan.updates) fate[n] = 'update'
  for (const { row: n } of plan.unchanged) fate[n] = 'unchanged'
  for (const { row: n } of plan.proposals) fate[n] = 'proposal'
  for (const { row: n, column, reason } of plan.problems)
    fate[n] = [fate[n], `${column} ${reason}`].filter(Boolean).join(', ')
  return fate
}

describe('who a row is', () => {
  it.each<
    [
      situation: string,
      rows: PlanRow[],
      known: KnownOfficial[],
      options: RosterOptions,
      expected: Record<number, string>,
    ]
  >([
    ['nobody known', [row(1, { number: DAO_NUMBER })], [], STAFF, { 1: 'create' }],
    ['known by number, nothing new', [row(1, { number: DAO_NUMBER })], [DAO], STAFF, { 1: 'unchanged' }],
    [
      'known by number, new position',
      [row(1, { number: DAO_NUMBER, position: 'Trưởng phòng' })],
      [DAO],
      STAFF,
      { 1: 'update' },
    ],
    ['known by staff code, in any case', [row(1, { staffCode: 'cb07' })], [DAO], STAFF, { 1: 'unchanged' }],
    [
      'known by staff code, brings the number',
      [row(1, { staffCode: 'CB07', number: DAO_NUMBER })],
      [{ ...DAO, numberKey: null }],
      STAFF,
      { 1: 'update' },
    ],
    ['name in capitals', [row(1, { number: DAO_NUMBER, name: 'TRẦN THỊ HỒNG ĐÀO' })], [DAO], STAFF, { 1: 'unchanged' }],
    [
      'tone placed otherwise',
      [row(1, { number: DAO_NUMBER, name: 'Lê Thị Hoà' })],
      [{ ...DAO, name: 'Lê Thị Hòa' }],
      STAFF,
      { 1: 'unchanged' },
    ],
    [
      'known without marks, now with marks',
      [row(1, { number: DAO_NUMBER })],
      [{ ...DAO, name: 'Tran Thi Hong Dao' }],
      STAFF,
      { 1: 'update' },
    ],
    [
      'typed without marks',
      [row(1, { number: DAO_NUMBER, name: 'Tran Thi Hong Dao' })],
      [DAO],
      STAFF,
      { 1: 'unchanged' },
    ],
    ['neither number nor code, a match by name and year', [row(1)], [DAO, HUNG], STAFF, { 1: 'proposal' }],
    ['neither, another year', [row(1, { birthYear: 1991 })], [DAO], STAFF, { 1: 'create' }],
    ['neither, another name', [row(1, { name: 'Trần Thị Hồng Đào Lan' })], [DAO], STAFF, { 1: 'create' }],
    ['neither, but the other sex', [row(1, { sex: 'male' })], [DAO], STAFF, { 1: 'create' }],
    [
      'a number where the known person has none yet',
      [row(1, { number: DAO_NUMBER })],
      [MEMBER],
      STAFF,
      { 1: 'proposal' },
    ],
    ['a number where the known person has another', [row(1, { number: OTHER_NUMBER })], [DAO], STAFF, { 1: 'create' }],
    ['a new staff code where name and year are known', [row(1, { staffCode: 'X1' })], [DAO], STAFF, { 1: 'proposal' }],
    [
      'the same person on two sheets',
      [
        row(1, { number: DAO_NUMBER }),
        row(2, { sheet: 'Đoàn viên', number: DAO_NUMBER, associations: { youth: true } }),
      ],
      [],
      STAFF,
      { 1: 'create', 2: 'unchanged' },
    ],
    [
      'a second sheet without numbers',
      [row(1, { number: DAO_NUMBER }), row(2, { sheet: 'Hội viên' })],
      [],
      STAFF,
      { 1: 'create', 2: 'proposal' },
    ],
    ['two of a name in one list', [row(1), row(2)], [], WOMEN, { 1: 'create', 2: 'proposal' }],
  ])('%s', (_, rows, known, options, expected) => {
    expect(fates(planRoster(rows, known, options))).toEqual(expected)
  })
})

describe('problems', () => {
  const cases: [
    situation: string,
    said: Partial<PlanRow>,
    column: RosterColumn,
    reason: RosterReason,
    options?: RosterOptions,
  ][] = [
    ['birth year against the number', { number: DAO_NUMBER, birthYear: 1991 }, 'birth', 'number_birth_mismatch'],
    ['sex against the number', { number: DAO_NUMBER, sex: 'male' }, 'sex', 'number_sex_mismatch'],
    ['a number of a century to come', { number: '070690000002' }, 'number', 'id_number_century'],
    ['same number, other name', { number: DAO_NUMBER, name: 'Trần Thị Hồng Đáo' }, 'name', 'name_clash'],
    ['same staff code, other name', { staffCode: 'CB07', name: 'Trần Thị Hồng Đáo' }, 'name', 'name_clash'],
    [
      'same number and birth date of somebody out of reach, other name',
      { number: OUT_NUMBER, birthOn: '1990-12-25', name: 'Trần Thị Hồng Đáo' },
      'name',
      'name_clash',
      { ...STAFF, association: 'union' },
    ],
    ['same staff code, other sex', { staffCode: 'CB07', sex: 'male' }, 'sex', 'sex_clash'],
    [
      'one person’s number, another’s staff code',
      { number: DAO_NUMBER, staffCode: 'CB08' },
      'staffCode',
      'staff_code_of_other',
    ],
    [
      'known staff code, another number and name',
      { number: OTHER_NUMBER, staffCode: 'CB07', birthOn: '1990-12-25', name: 'Trần Thị Hồng Đáo' },
      'number',
      'number_clash',
    ],
    ['a unit nobody knows', { number: DAO_NUMBER, unit: 'Phòng Lạ' }, 'unit', 'unit_unknown'],
    ['a unit of which there are two', { number: DAO_NUMBER, unit: 'Văn phòng' }, 'unit', 'unit_ambiguous'],
    ['a new person without category', { number: OTHER_NUMBER, category: null }, 'category', 'category_missing'],
    ['nothing to tell by', { birthYear: null }, 'birth', 'identity_missing'],
    [
      'a chapter that could be of either',
      { number: DAO_NUMBER, associations: { youth: true, women: true }, chapter: 'Chi hội ấp 1' },
      'chapter',
      'chapter_unclear',
    ],
    [
      'posted outside the importing unit',
      { number: DAO_NUMBER },
      'unit',
      'posted_elsewhere',
      { unitId: 3, units: UNITS.slice(2) },
    ],
    [
      'a phone that somebody else holds',
      { number: DAO_NUMBER, phone: '0911111111' },
      'phone',
      'phone_taken',
      { ...STAFF, phoneHolders: new Map([['#0911111111', [8]]]) },
    ],
    [
      'a new person with a phone that somebody holds',
      { number: OTHER_NUMBER, phone: '0911111111' },
      'phone',
      'phone_taken',
      { ...STAFF, phoneHolders: new Map([['#0911111111', [8]]]) },
    ],
  ]
  it.each(cases)('%s', (_, said, column, reason, options = STAFF) => {
    const plan = planRoster([row(5, said)], [DAO, HUNG, OUT], options)
    expect(plan.problems.map(problem => [problem.sheet, problem.row, problem.column, problem.reason])).toEqual([
      ['Danh sách', 5, column, reason],
    ])
    expect([plan.creates, plan.updates, plan.unchanged, plan.proposals].flat()).toEqual([])
  })

  it('a unit of which there are two says how one of them would be written', () => {
    const { problems } = planRoster([row(5, { number: DAO_NUMBER, unit: 'Văn phòng' })], [DAO, HUNG, OUT], STAFF)
    expect(problems[0]?.example).toBe('Văn phòng – Sở Nội vụ')
  })

  /* what surely means a known person corrects them (domain 3) */
  const corrections: [name: string, said: Partial<PlanRow>, known: Partial<KnownOfficial>, changes: RosterChange[]][] =
    [
      [
        'a name, by number and birth date',
        { number: DAO_NUMBER, birthOn: '1990-12-25', name: 'Trần Thị Hồng Đáo' },
        {},
        [{ field: 'name', from: 'Trần Thị Hồng Đào', to: 'Trần Thị Hồng Đáo' }],
      ],
      [
        'a birth date, by number and name',
        { number: DAO_NUMBER, birthOn: '1990-12-26' },
        {},
        [{ field: 'birthOn', from: '1990-12-25', to: '1990-12-26' }],
      ],
      [
        'a birth year and a sex, by staff code and name, of somebody without a number',
        { staffCode: 'CB07', birthOn: '1991-12-25', birthYear: 1991, sex: 'male' },
        { numberKey: null },
        [
          { field: 'birthOn', from: '1990-12-25', to: '1991-12-25' },
          { field: 'birthYear', from: 1990, to: 1991 },
          { field: 'sex', from: 'female', to: 'male' },
        ],
      ],
      [
        'a number, by staff code and name: it waits',
        { number: OTHER_NUMBER, staffCode: 'CB07' },
        {},
        [{ field: 'number', from: null, to: OTHER_NUMBER, waits: true }],
      ],
      [
        'nothing, where the same number waits already, and birth with it',
        { number: OTHER_NUMBER, staffCode: 'CB07', birthOn: '1990-12-26' },
        { waiting: { numberKey: `#${OTHER_NUMBER}`, phoneKey: null } },
        [],
      ],
      [
        'a phone that signs them in: it waits',
        { staffCode: 'CB07', phone: '0911111111' },
        { isOpened: true },
        [{ field: 'phone', from: null, to: '0911111111', waits: true }],
      ],
      [
        'a phone that signs nobody in yet',
        { staffCode: 'CB07', phone: '0911111111' },
        {},
        [{ field: 'phone', from: null, to: '0911111111' }],
      ],
    ]
  it.each(corrections)('corrects %s', (_, said, known, changes) => {
    const plan = planRoster([row(5, said)], [{ ...DAO, ...known }, HUNG], STAFF)
    expect(plan.problems).toEqual([])
    expect(plan.updates.flatMap(update => update.changes)).toEqual(changes)
  })

  it('asks whether one name and birth date under another number is the person', () => {
    const said = row(5, { number: OTHER_NUMBER, birthOn: '1990-12-25' })
    expect(planRoster([said], [DAO, HUNG], STAFF).proposals).toMatchObject([{ candidates: [{ officialId: 7 }] }])
    const choices = [{ sheet: 'Danh sách', row: 5, choice: { officialId: 7 } }]
    expect(planRoster([said], [DAO, HUNG], { ...STAFF, choices }).updates).toMatchObject([
      { officialId: 7, changes: [{ field: 'number', waits: true }] },
    ])
  })

  it('two rows of one number that disagree are both problems and name each other', () => {
    const plan = planRoster(
      [row(1, { number: DAO_NUMBER, position: 'Kế toán' }), row(2, { number: DAO_NUMBER, position: 'Thủ quỹ' })],
      [],
      STAFF,
    )
    expect(plan.problems.map(({ row: n, column, reason, other }) => [n, column, reason, other?.row])).toEqual([
      [1, 'position', 'rows_disagree', 2],
      [2, 'position', 'rows_disagree', 1],
    ])
    expect(plan.creates).toEqual([])
  })

  it('one staff code for two numbers', () => {
    const plan = planRoster(
      [
        row(1, { number: DAO_NUMBER, staffCode: 'A1' }),
        row(2, { number: OTHER_NUMBER, staffCode: 'A1', name: 'Trần Thị Na' }),
      ],
      [],
      STAFF,
    )
    expect(fates(plan)).toEqual({ 1: 'create', 2: 'staffCode staff_code_repeated' })
  })
})

describe('what changes', () => {
  it('from what to what', () => {
    const said = {
      number: DAO_NUMBER,
      position: 'Phó Trưởng phòng',
      unit: 'Ban Thi đua - Khen thưởng',
      isLeader: true,
      category: 'cadre',
      phone: '0900000009',
    } as const
    const [update] = planRoster([row(1, said)], [DAO], STAFF).updates
    const posting: RosterChange[] = [
      { field: 'position', from: 'Chuyên viên', to: 'Phó Trưởng phòng' },
      { field: 'category', from: 'civil_servant', to: 'cadre' },
      { field: 'isLeader', from: false, to: true },
    ]
    const phone = { field: 'phone', from: null, to: '0900000009' } as const
    // a move takes its new posting with it, and waits for the receiving unit
    expect(update).toMatchObject({
      changes: [phone],
      move: { unitId: 3, position: 'Phó Trưởng phòng', category: 'cadre', isLeader: true },
    })
    const [here] = planRoster([row(1, { ...said, unit: null })], [DAO], STAFF).updates
    expect(here?.changes).toEqual([...posting, phone])
    expect(here?.move).toBeUndefined()
  })

  it('asks once for a move, never for one of a head from their own level, and begins a first posting at once', () => {
    const rows = [row(1, { number: DAO_NUMBER, unit: 'Ban Thi đua - Khen thưởng' })]
    const planned = (known: Partial<KnownOfficial>) => planRoster(rows, [{ ...DAO, ...known }], STAFF)
    expect(fates(planned({}))).toEqual({ 1: 'update' })
    expect(fates(planned({ movingTo: 3 }))).toEqual({ 1: 'unchanged' })
    expect(fates(planned({ movingTo: 4 }))).toEqual({ 1: 'unit transfer_waits' })
    expect(fates(planned({ mayMove: false }))).toEqual({ 1: 'unit moved_from_above' })
    const [first] = planned({ unitId: null, lastUnitId: null }).updates
    expect(first).toMatchObject({ changes: [{ field: 'unitId', from: null, to: 3 }] })
    expect(first?.move).toBeUndefined()
  })

  it('what a row leaves blank stays as it is', () => {
    const said = { number: DAO_NUMBER, category: null, birthYear: null }
    expect(planRoster([row(1, said)], [{ ...DAO, isLeader: true }], STAFF).unchanged).toEqual([
      { sheet: 'Danh sách', row: 1, officialId: 7 },
    ])
  })

  it('memberships are joined, given a chapter, and left only where the row says so', () => {
    const said = { number: DAO_NUMBER, associations: { youth: true, union: false }, chapter: 'Chi đoàn Sở Nội vụ' }
    const [update] = planRoster([row(1, said)], [DAO], STAFF).updates
    expect(update?.joins).toEqual([{ association: 'youth', chapter: 'Chi đoàn Sở Nội vụ' }])
    expect(update?.leaves).toEqual(['union'])
  })

  it('a new person gets what the number tells, and the importing unit', () => {
    const [create] = planRoster([row(1, { number: DAO_NUMBER, birthYear: null })], [], STAFF).creates
    expect(create?.official).toMatchObject({
      birthYear: 1990,
      sex: 'female',
      unitId: 1,
      category: 'civil_servant',
      isLeader: false,
      memberships: [],
    })
  })

  it.each<[situation: string, said: Partial<PlanRow>, unitId: number]>([
    ['by name', { unit: 'ban thi đua, khen thưởng' }, 3],
    ['by name and parent', { unit: 'Văn phòng – Ban Thi đua – Khen thưởng' }, 4],
    ['by the heading above', { section: 'Ban Thi đua – Khen thưởng' }, 3],
    ['a heading that names no unit', { section: 'Lãnh đạo Sở' }, 1],
    ['a heading of which there are two', { section: 'Văn phòng' }, 1],
  ])('unit %s', (_, said, unitId) => {
    expect(planRoster([row(1, said)], [], STAFF).creates[0]?.official.unitId).toBe(unitId)
  })
})

describe.each(WORDS_COLUMNS)('the column %s', column => {
  it('offers what is written otherwise for a known person', () => {
    const [update] = planRoster([row(1, { number: DAO_NUMBER, [column]: 'Khác' })], [DAO], STAFF).updates
    expect(update?.changes).toEqual([{ field: column, from: DAO[column], to: 'Khác' }])
  })

  it('is compared between two rows of one person', () => {
    const rows = ['Một', 'Hai'].map((said, n) => row(n, { number: DAO_NUMBER, [column]: said }))
    expect(planRoster(rows, [], STAFF).problems.map(problem => problem.column)).toEqual([column, column])
  })
})

describe('an association’s list', () => {
  it('adds a membership to whom it names, and moves nobody', () => {
    const said = {
      number: DAO_NUMBER,
      position: 'Chi hội trưởng',
      category: 'member',
      chapter: 'Chi hội ấp 1',
      unit: 'Hội LHPN xã',
    } as const
    const [update] = planRoster([row(1, said)], [DAO], WOMEN).updates
    expect(update).toEqual({
      sheet: 'Danh sách',
      row: 1,
      officialId: 7,
      changes: [],
      joins: [{ association: 'women', chapter: 'Chi hội ấp 1' }],
      leaves: [],
    })
  })

  it('offers a membership to whom the importer does not reach, and changes nothing else', () => {
    const said = {
      number: DAO_NUMBER,
      phone: '0922222222',
      hamlet: 'Ấp 9',
      associations: { youth: false },
      chapter: 'Chi hội ấp 1',
    } as const
    const far = { ...DAO, isReached: false, phoneKey: null, hamlet: null, sex: null, numberKey: `#${DAO_NUMBER}` }
    const women = { association: 'women', chapter: 'Chi hội ấp 1' } as const
    expect(planRoster([row(1, said)], [far], WOMEN).updates).toEqual([
      { sheet: 'Danh sách', row: 1, officialId: 7, changes: [], joins: [], leaves: [], offers: [women] },
    ])
    expect(fates(planRoster([row(1, said)], [{ ...far, offered: [women] }], WOMEN))).toEqual({ 1: 'unchanged' })
  })

  it('somebody only there is a member', () => {
    const [create] = planRoster([row(1, { category: null, chapter: 'Chi hội ấp 1' })], [], WOMEN).creates
    expect(create?.official).toMatchObject({
      category: 'member',
      memberships: [{ association: 'women', chapter: 'Chi hội ấp 1' }],
    })
  })

  it('civil servant, union and youth member on three rosters: one official', () => {
    const staff = planRoster([row(1, { number: DAO_NUMBER })], [], STAFF)
    expect(staff.creates.length).toBe(1)
    for (const association of ['youth', 'women'] as const) {
      const plan = planRoster([row(1, { number: DAO_NUMBER, category: null })], [DAO], { ...STAFF, association })
      expect(plan.creates).toEqual([])
      expect(plan.updates.map(({ officialId, joins }) => [officialId, joins])).toEqual([
        [7, [{ association, chapter: null }]],
      ])
    }
  })

  it('an agency takes over a person known only as member, once confirmed', () => {
    const choices = [{ sheet: 'Danh sách', row: 1, choice: { officialId: 9 } }]
    const [update] = planRoster([row(1, { number: DAO_NUMBER, unit: 'Sở Nội vụ' })], [MEMBER], {
      ...STAFF,
      choices,
    }).updates
    expect(update?.officialId).toBe(9)
    expect(update?.changes).toContainEqual({ field: 'number', from: null, to: DAO_NUMBER })
    expect(update?.move).toEqual({ unitId: 1, position: '', category: 'civil_servant', isLeader: false })
  })

  it('is refused where the importer does not reach them', () => {
    const choices = [{ sheet: 'Danh sách', row: 1, choice: { officialId: 9 } }]
    const plan = planRoster([row(1, { number: DAO_NUMBER })], [{ ...MEMBER, isReached: false }], { ...STAFF, choices })
    expect(fates(plan)).toEqual({ 1: 'unit posted_elsewhere' })
  })

  it('two people of a file who give one phone are problems of the later row', () => {
    const phone = '0911111111'
    const plan = planRoster([row(1, { number: DAO_NUMBER, phone }), row(2, { number: OTHER_NUMBER, phone })], [], STAFF)
    expect(fates(plan)).toEqual({ 1: 'create', 2: 'phone phone_taken' })
  })

  it('without a word about the unit, that person comes to the importing one', () => {
    const choices = [{ sheet: 'Danh sách', row: 1, choice: { officialId: 9 } }]
    const [update] = planRoster([row(1, { number: DAO_NUMBER })], [MEMBER], { ...STAFF, choices }).updates
    expect(update?.move?.unitId).toBe(1)
  })
})

describe('proposals', () => {
  const ref = (n: number) => ({ sheet: 'Danh sách', row: n })

  it('name the candidates, of the same hamlet first', () => {
    const afar = { ...DAO, officialId: 6, hamlet: 'Ấp 2', numberKey: '#1', staffCode: 'CB06' }
    const plan = planRoster([row(1, { hamlet: 'ấp 1' })], [afar, DAO], WOMEN)
    expect(plan.proposals).toEqual([{ ...ref(1), candidates: [{ officialId: 7 }, { officialId: 6 }] }])
  })

  it('the person meant is chosen', () => {
    const options = { ...WOMEN, choices: [{ ...ref(1), choice: { officialId: 7 } }] }
    expect(planRoster([row(1)], [DAO], options).updates.map(({ officialId }) => officialId)).toEqual([7])
  })

  it('somebody new is chosen', () => {
    const options: RosterOptions = { ...WOMEN, choices: [{ ...ref(1), choice: 'new' }] }
    expect(planRoster([row(1)], [DAO], options).creates.length).toBe(1)
  })

  it('another row of the file is chosen', () => {
    const options = { ...WOMEN, choices: [{ ...ref(2), choice: { sameAs: ref(1) } }] }
    const plan = planRoster([row(1), row(2, { hamlet: 'Ấp 1' })], [], options)
    expect(plan.creates.map(({ official }) => official.hamlet)).toEqual(['Ấp 1'])
    expect(plan.unchanged).toEqual([{ ...ref(2), officialId: null, repeats: ref(1) }])
  })

  it('a choice that was not offered leaves the proposal open', () => {
    const options = { ...WOMEN, choices: [{ ...ref(1), choice: { officialId: 8 } }] }
    expect(planRoster([row(1)], [DAO, HUNG], options).proposals.length).toBe(1)
  })
})

it.each<[what: string, field: [string, string], read: ReturnType<typeof readChoices>]>([
  ['an official', ['dong-4-Danh sách', 'nguoi-7'], [{ sheet: 'Danh sách', row: 4, choice: { officialId: 7 } }]],
  [
    'another row',
    ['dong-4-A', rowWord({ sheet: 'Trang-2', row: 3 })],
    [{ sheet: 'A', row: 4, choice: { sameAs: { sheet: 'Trang-2', row: 3 } } }],
  ],
  ['somebody new', [rowWord({ sheet: 'A', row: 4 }), choiceWord('new')], [{ sheet: 'A', row: 4, choice: 'new' }]],
  ['no row', ['planKey', 'moi'], []],
  ['no choice', ['dong-4-A', 'ai-do'], []],
])('a form’s choice of %s', (_, field, read) => {
  expect(readChoices([field])).toEqual(read)
})

it('every row ends in exactly one fate', () => {
  const rows = [
    row(1, { number: DAO_NUMBER }),
    row(2, { number: DAO_NUMBER }),
    row(3),
    row(4, { name: 'Lê Văn Hùng', birthYear: 1985, staffCode: 'CB08', unit: 'Lạ' }),
    row(5, { name: 'Lê Văn Hùng', birthYear: 1985 }),
    row(6, { name: 'Thị Mới', birthYear: 1980 }),
    row(7, { name: 'Thị Mới', birthYear: 1980, number: OTHER_NUMBER }),
  ]
  const plan = planRoster(rows, [DAO, HUNG], STAFF)
  const decided = [plan.creates, plan.updates, plan.unchanged, plan.proposals].flat().map(({ row: n }) => n)
  const refused = [...new Set(plan.problems.map(({ row: n }) => n))]
  expect([...decided, ...refused].sort()).toEqual(rows.map(({ row: n }) => n))
})

it('names of units that an import finds again', () => {
  expect([...unitLabels(UNITS).values()]).toEqual([
    'Sở Nội vụ',
    'Văn phòng – Sở Nội vụ',
    'Ban Thi đua – Khen thưởng',
    'Văn phòng – Ban Thi đua – Khen thưởng',
  ])
})

it.each([
  ['  Phòng  TC–HC ', 'phong tc hc'],
  ['HĐND&UBND', 'hdnd va ubnd'],
  ['Đắk Ơ', 'dak o'],
])('%s folds to %s', (text, folded) => {
  expect(foldWords(text)).toBe(folded)
})

it.each<[string, Parameters<typeof chapterToWrite>[0], string | null]>([
  ['the one membership’s', [{ association: 'women', chapter: 'Chi hội ấp 1' }], 'Chi hội ấp 1'],
  [
    'the one that tells its association',
    [
      { association: 'union', chapter: null },
      { association: 'youth', chapter: 'Chi đoàn 1' },
    ],
    'Chi đoàn 1',
  ],
  [
    'none where it could be either’s',
    [
      { association: 'union', chapter: null },
      { association: 'women', chapter: 'Tổ 1' },
    ],
    null,
  ],
])('the chapter written is %s', (_, memberships, expected) => {
  expect(chapterToWrite(memberships)).toBe(expected)
})
