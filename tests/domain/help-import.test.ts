import { describe, expect, it } from 'vitest'
import { type HelpPlanContext, type HelpRow, mendedBy, planHelp } from '#app/domain/help-import.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'

const fields = {
  citizenName: 'Điểu Thị Ngễnh',
  citizenNumber: '070190000001',
  birthOn: '',
  birthYear: '1990',
  phone: '',
  carrier: '',
  hamlet: '',
  helpedOn: '2024-04-10',
  place: 'home',
  consentChannel: 'paper',
  consent: 'on',
  note: '',
  outcome_vneid_installed: 'achieved',
  outcome_vneid_installed_on: '2024-04-10',
  outcome_eid_activated: 'achieved',
  outcome_eid_activated_on: '2024-04-12',
  outcome_sim_signature: 'already_had',
}

function row(cells: HelpRow['cells'], changes: Record<string, string> = {}, at = 2): HelpRow {
  return { row: at, cells: { commune: 'Tân Thành', ...cells }, fields: { ...fields, ...changes }, unread: [] }
}

const context: HelpPlanContext = {
  today: '2024-06-12',
  regulation: PLAN_128,
  ownOfficialId: 9,
  ownLocality: null,
  helpers: [
    { officialId: 1, staffCode: 'CB01', formerCodes: [], name: 'Nguyễn Văn Mẫn', unitNames: ['UBND xã Tân Thành'] },
    { officialId: 2, staffCode: 'CB02', formerCodes: [], name: 'Trần Thị Hoa', unitNames: ['UBND xã Tân Thành'] },
    { officialId: 3, staffCode: 'CB03', formerCodes: [], name: 'Trần Thị Hoa', unitNames: ['Trạm y tế'] },
    { officialId: 9, staffCode: 'CB09', formerCodes: [], name: 'Hoàng Thị Đầu Mối', unitNames: ['UBND xã Tân Thành'] },
  ],
  communes: [
    { code: '25195', name: 'Xã Tân Thành', district: 'Thành phố Đồng Xoài' },
    { code: '25300', name: 'Xã Tân Thành', district: 'Huyện Bù Đốp' },
    { code: '25198', name: 'Phường Tân Phú', district: 'Thành phố Đồng Xoài' },
  ],
  isSelf: (officialId, number) => officialId === 2 && number === '070190000001',
  recordOf: (officialId, number) => (officialId === 3 && number === '070190000001' ? 12 : undefined),
  checkedDaysOf: (officialId, number) => (officialId === 1 && number === '070190000009' ? ['2024-04-20'] : []),
  written: () => undefined,
  keyOf: at => `00000000-0000-8000-8000-${String(at).padStart(12, '0')}`,
}
const district = 'Đồng Xoài'
const plan = (rows: HelpRow[]) => planHelp(rows, context)
const problems = (rows: HelpRow[]) =>
  plan(rows).problems.map(({ row: at, column, reason }) => `${at} ${column}: ${reason}`)

describe('a row names its official', () => {
  it.each([
    ['by staff code', { staffCode: 'cb01' }, 1],
    ['by staff code and name', { staffCode: 'CB01', officialName: 'nguyễn văn mẫn' }, 1],
    ['by a name that is alone', { officialName: 'Nguyễn Văn Mẫn' }, 1],
    ['by name and unit', { officialName: 'Trần Thị Hoa', unit: 'Trạm y tế' }, 3],
  ])('%s', (_, cells, officialId) => {
    const changed: Record<string, string> = officialId === 3 ? { citizenNumber: '070190000002' } : {}
    expect(plan([row({ ...cells, district }, changed)]).creates).toMatchObject([{ row: 2, officialId }])
  })

  it('by the marks of a name, where two differ in nothing else; without marks it is one of two', () => {
    const helpers = ['Nguyễn Văn Toàn', 'Nguyễn Văn Toán'].map((name, n) => ({
      officialId: n + 5,
      staffCode: `CB0${n + 5}`,
      formerCodes: [],
      name,
      unitNames: ['UBND xã Tân Thành'],
    }))
    const planned = (officialName: string) => planHelp([row({ officialName, district })], { ...context, helpers })
    expect(planned('Nguyễn Văn Toán').creates).toMatchObject([{ officialId: 6 }])
    expect(planned('NGUYỄN VĂN TOÀN').creates).toMatchObject([{ officialId: 5 }])
    expect(planned('nguyen van toan').problems).toMatchObject([{ reason: 'official_ambiguous' }])
  })

  it.each([
    ['nobody', {}, 'officialName: official_missing'],
    ['a code that nobody has', { staffCode: 'CB77' }, 'staffCode: official_unknown'],
    ['a code of somebody else', { staffCode: 'CB01', officialName: 'Trần Thị Hoa' }, 'staffCode: official_disagrees'],
    ['one of two of a name', { officialName: 'Trần Thị Hoa' }, 'officialName: official_ambiguous'],
    [
      'somebody of another unit',
      { officialName: 'Nguyễn Văn Mẫn', unit: 'Trạm y tế' },
      'officialName: official_unknown',
    ],
    ['the coordinator', { staffCode: 'CB09' }, 'staffCode: official_self'],
    ['who is the citizen', { staffCode: 'CB02' }, 'citizenNumber: self_claim'],
  ])('not %s', (_, cells, expected) => expect(problems([row({ ...cells, district })])).toEqual([`2 ${expected}`]))
})

describe('a row names the commune', () => {
  it.each([
    ['with its district', { commune: 'Tân Thành', district: 'Bù Đốp' }, '25300'],
    ['with its kind', { commune: 'xã Tân Thành', district: 'TP Đồng Xoài' }, '25195'],
    ['alone', { commune: 'Tân Phú' }, '25198'],
    ['by code', { commune: '25195' }, '25195'],
  ])('%s', (_, cells, localityCode) =>
    expect(plan([row({ staffCode: 'CB01', ...cells })]).creates[0]?.input.citizen.localityCode).toBe(localityCode),
  )

  it.each([
    ['one of two of a name', { commune: 'Tân Thành' }, 'commune_ambiguous'],
    ['an unknown one', { commune: 'Bến Nghé' }, 'commune_unknown'],
    ['none', { commune: '' }, 'required'],
  ])('not %s', (_, cells, reason) =>
    expect(problems([row({ staffCode: 'CB01', ...cells })])).toEqual([`2 commune: ${reason}`]),
  )

  it.each([
    ['by its kind, whatever is written as its district', { commune: 'xã Phú Lâm', district: 'Tân Phú' }, '26254'],
    ['not by a name of two', { commune: 'Phú Lâm' }, 'commune_kind_needed'],
    ['not by an unknown name', { commune: 'Bến Nghé' }, 'commune_unlisted'],
  ])('without districts %s', (_, cells, expected) => {
    const communes = [
      { code: '26254', name: 'xã Phú Lâm' },
      { code: '26257', name: 'phường Phú Lâm' },
    ]
    const { creates, problems: found } = planHelp([row({ staffCode: 'CB01', ...cells })], { ...context, communes })
    expect(creates[0]?.input.citizen.localityCode ?? found[0]?.reason).toBe(expected)
    for (const problem of found) expect(mendedBy(problem)).toEqual(['commune'])
  })
})

describe('every row goes through the checks of one record', () => {
  it.each([
    ['a number of eleven digits', { citizenNumber: '07019000000' }, 'citizenNumber: id_number_length'],
    ['a birth that the number denies', { birthYear: '1991' }, 'birth: birth_disagrees'],
    ['no consent', { consent: '' }, 'consent: consent_needed'],
    ['no way of consent', { consentChannel: '' }, 'consentChannel: required'],
    ['a day to come', { helpedOn: '2024-06-13' }, 'helpedOn: in_future'],
    [
      'an outcome before the visit',
      { outcome_vneid_installed_on: '2024-04-01' },
      'vneid_installed: outcome_before_help',
    ],
  ])('%s', (_, changes, expected) =>
    expect(problems([row({ staffCode: 'CB01', district }, changes)])[0]).toBe(`2 ${expected}`),
  )

  it('a blank outcome says that it was not reached', () => {
    const [create] = plan([row({ staffCode: 'CB01', district }, { outcome_sim_signature: '' })]).creates
    expect(create?.input.outcomes.sim_signature).toEqual({ value: 'not_yet', on: null })
  })

  it('another day than the one that extracts have checked in a record of theirs', () => {
    const checked = { citizenNumber: '070190000009' }
    expect(problems([row({ staffCode: 'CB01', district }, checked)])).toEqual(['2 eid_activated: day_checked'])
    const kept = { ...checked, outcome_eid_activated_on: '2024-04-20' }
    expect(problems([row({ staffCode: 'CB01', district }, kept)])).toEqual([])
  })

  it('a child of thirteen', () => {
    const child = { citizenNumber: '070310000123', birthYear: '', birthOn: '2010-05-05' }
    expect(problems([row({ staffCode: 'CB01', district }, child)])).toContain('2 birth: too_young')
  })
})

describe('a row with several problems', () => {
  it('tells all of them at once, each once', () => {
    const cells = { officialName: 'Không Ai Biết', commune: 'Bến Nghé' }
    const changes = {
      citizenName: '',
      birthYear: '1991',
      phone: '123',
      place: '',
      consent: '',
      outcome_vneid_installed_on: '2024-04-01',
    }
    expect(problems([row(cells, changes)])).toEqual([
      '2 officialName: official_unknown',
      '2 commune: commune_unknown',
      '2 citizenName: required',
      '2 phone: phone_not_mobile',
      '2 place: required',
      '2 consent: consent_needed',
      '2 birth: birth_disagrees',
      '2 vneid_installed: outcome_before_help',
    ])
  })
  it('says nothing that rests on a cell with a fault', () => {
    const unread = { column: 'helpedOn' as const, reason: 'unreadable' as const }
    const child = { citizenNumber: '070310000123', birthYear: '', birthOn: '2010-05-05', consent: '' }
    const one = { ...row({ staffCode: 'CB01', district }, { ...child, helpedOn: '' }), unread: [unread] }
    expect(problems([one])).toEqual(['2 helpedOn: unreadable', '2 consent: consent_needed'])
    expect(problems([row({ staffCode: 'CB01', district }, { citizenNumber: '1', birthYear: '1991' })])).toEqual([
      '2 citizenNumber: id_number_length',
    ])
  })
  it('repeats a row above and is told so; it takes no place of its own', () => {
    const helper = { staffCode: 'CB01', district }
    const unsure = { consent: '' }
    expect(problems([row(helper, unsure, 2), row(helper, {}, 3), row(helper, unsure, 4)])).toEqual([
      '2 consent: consent_needed',
      '4 consent: consent_needed',
      '4 citizenNumber: repeated_row',
    ])
  })
})

it('keeps good rows apart from those to be mended, repeated and recorded before', () => {
  const helper = { staffCode: 'CB01', district }
  const result = plan([
    row(helper, {}, 2),
    row(helper, { citizenNumber: '1' }, 3),
    row(helper, {}, 4),
    row({ staffCode: 'CB03', district }, {}, 5),
    {
      ...row(helper, { citizenNumber: '070190000003', helpedOn: '' }, 6),
      unread: [{ column: 'helpedOn', reason: 'unreadable' }],
    },
  ])
  expect(result.creates.map(create => create.row)).toEqual([2])
  expect(result.recorded).toEqual([{ row: 5, helpId: 12 }])
  expect(result.problems.map(({ row: at, reason }) => `${at} ${reason}`)).toEqual([
    '3 id_number_length',
    '4 repeated_row',
    '6 unreadable',
  ])
})

it('gives a row the same submission key whenever it is planned', () => {
  const rows = [row({ staffCode: 'CB01', district })]
  expect(plan(rows)).toEqual(plan(rows))
})
