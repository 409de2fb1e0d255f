import { describe, expect, it, test } from 'vitest'
import {
  authorityInFull,
  type IssuingUnit,
  letterheadOf,
  placeOfPapers,
  titleInCommittee,
} from '#app/domain/letterhead.ts'
import type { Block, UnitKind } from '#app/domain/vocabulary.ts'
import { readReference } from '#db/reference.server.ts'

const PROVINCE = { type: 'province', name: 'Bình Phước' } as const

const unit = (
  name: string,
  block: Block = 'state',
  kind: UnitKind = 'provincial_agency',
  entered: Partial<IssuingUnit> = {},
): IssuingUnit => ({
  name,
  block,
  kind,
  headTitle: 'Giám đốc',
  superiorName: null,
  issuerName: null,
  sign: null,
  ...entered,
})
const ROOT = unit('Tỉnh Bình Phước', 'state', 'province')
const CITY = unit('Thành phố Đồng Xoài', 'state', 'district')
const COMMUNE = unit('UBND xã Tân Thành', 'state', 'commune')
const POLICE = unit('Công an tỉnh (thường trực Tổ công tác Đề án 06)', 'armed_forces')
const DISTRICT_POLICE = unit('Công an thành phố Đồng Xoài', 'armed_forces', 'department')

/** [unit, those above it, the line above, the issuer, right side of the head] */
const LINES: readonly [IssuingUnit, IssuingUnit[], string | null, string, 'state' | 'party'][] = [
  [ROOT, [], null, 'Ủy ban nhân dân tỉnh Bình Phước', 'state'],
  [CITY, [ROOT], null, 'Ủy ban nhân dân thành phố Đồng Xoài', 'state'],
  [COMMUNE, [ROOT, CITY], null, 'Ủy ban nhân dân xã Tân Thành', 'state'],
  [unit('Sở Nội vụ'), [ROOT], 'Ủy ban nhân dân tỉnh Bình Phước', 'Sở Nội vụ', 'state'],
  [
    unit('Phòng Nội vụ', 'state', 'department'),
    [ROOT, CITY],
    'Ủy ban nhân dân thành phố Đồng Xoài',
    'Phòng Nội vụ',
    'state',
  ],
  [unit('Thanh tra Sở', 'state', 'department'), [ROOT, unit('Sở Y tế')], 'Sở Y tế', 'Thanh tra Sở', 'state'],
  [POLICE, [ROOT], 'Bộ Công an', 'Công an tỉnh Bình Phước', 'state'],
  [
    unit('Phòng Tham mưu Công an tỉnh', 'armed_forces', 'department'),
    [ROOT, POLICE],
    'Công an tỉnh Bình Phước',
    'Phòng Tham mưu',
    'state',
  ],
  [DISTRICT_POLICE, [ROOT, CITY], 'Công an tỉnh Bình Phước', 'Công an thành phố Đồng Xoài', 'state'],
  [
    unit('Công an xã Tân Thành', 'armed_forces', 'department'),
    [ROOT, CITY, COMMUNE],
    'Công an thành phố Đồng Xoài',
    'Công an xã Tân Thành',
    'state',
  ],
  [
    unit('Bộ Chỉ huy Quân sự tỉnh', 'armed_forces'),
    [ROOT],
    'Bộ Quốc phòng',
    'Bộ Chỉ huy Quân sự tỉnh Bình Phước',
    'state',
  ],
  [unit('Ban Tổ chức Tỉnh ủy', 'party'), [ROOT], 'Tỉnh ủy Bình Phước', 'Ban Tổ chức', 'party'],
  [unit('Văn phòng Tỉnh ủy', 'party'), [ROOT], 'Tỉnh ủy Bình Phước', 'Văn phòng', 'party'],
  [unit('Viettel Bình Phước', 'enterprise'), [ROOT], null, 'Viettel Bình Phước', 'state'],
  [unit('Liên đoàn Lao động tỉnh', 'front'), [ROOT], '', 'Liên đoàn Lao động tỉnh Bình Phước', 'state'],
  [unit('Tòa án nhân dân tỉnh'), [ROOT], '', 'Tòa án nhân dân tỉnh Bình Phước', 'state'],
  [unit('Văn phòng Đoàn ĐBQH và HĐND tỉnh'), [ROOT], '', 'Văn phòng Đoàn ĐBQH và HĐND tỉnh Bình Phước', 'state'],
  [
    unit('Cục Thuế tỉnh', 'state', 'provincial_agency', { superiorName: 'Tổng cục Thuế', issuerName: 'Cục Thuế' }),
    [ROOT],
    'Tổng cục Thuế',
    'Cục Thuế',
    'state',
  ],
]

test.each(LINES)('papers of $name come by its real line of command', (of, chain, above, issuer, form) => {
  expect(letterheadOf(of, chain, PROVINCE)).toMatchObject({ above, issuer, form })
})

describe('of the agencies of plan 128', () => {
  const heads = readReference('db/reference').agencies.map(({ name, block }) => ({
    name,
    block,
    head: letterheadOf(unit(name, block as Block, 'provincial_agency'), [ROOT], PROVINCE),
  }))

  it('only the province’s own agencies stand below its committee', () => {
    const below = heads.filter(({ head }) => head.above === 'Ủy ban nhân dân tỉnh Bình Phước').map(({ name }) => name)
    expect(below).toHaveLength(22)
    expect(
      below.filter(name => !/^(Văn phòng UBND|Sở |Thanh tra|Ban (Dân tộc|Quản lý)|Đài |Trung tâm )/.test(name)),
    ).toEqual([])
  })

  it('front and vertical branches have dots for a superior that nobody entered', () => {
    const open = heads.filter(({ head }) => head.above === '')
    expect(open.filter(({ block }) => block === 'front')).toHaveLength(8)
    expect(open.filter(({ block }) => block === 'state').map(({ name }) => name.split(' ')[0])).toEqual([
      'Văn',
      'Tòa',
      'Viện',
      'Cục',
      'Cục',
      'Kho',
      'Bảo',
      'Cục',
      'Cục',
      'Cục',
    ])
  })

  it('a party body has the party’s form, and no other has', () => {
    for (const { block, head } of heads) expect(head.form).toBe(block === 'party' ? 'party' : 'state')
  })

  it('an enterprise has nothing above it', () => {
    for (const { head } of heads.filter(({ block }) => block === 'enterprise')) expect(head.above).toBeNull()
  })
})

it('signs a committee’s papers UBND, an agency’s by its initials, others only as entered', () => {
  const signOf = (of: IssuingUnit) => letterheadOf(of, [ROOT], PROVINCE).sign
  expect([CITY, unit('Sở Giáo dục và Đào tạo'), unit('Tỉnh đoàn', 'front'), POLICE].map(signOf)).toEqual([
    'UBND',
    'SGDĐT',
    null,
    null,
  ])
  expect(signOf(unit('Sở Y tế', 'state', 'provincial_agency', { sign: 'SYT' }))).toBe('SYT')
})

it('names authorities in full, a chairman without the committee, a place named by a number with its kind', () => {
  expect(authorityInFull('UBND xã Tân Thành')).toBe('Ủy ban nhân dân xã Tân Thành')
  expect(authorityInFull('Thành phố Đồng Xoài')).toBe('Ủy ban nhân dân thành phố Đồng Xoài')
  expect(authorityInFull('Tỉnh đoàn Bình Phước')).toBe('Tỉnh đoàn Bình Phước')
  expect(titleInCommittee('Phó Chủ tịch UBND xã')).toBe('Phó Chủ tịch')
  expect(placeOfPapers({ name: '1', type: 'phường' })).toBe('Phường 1')
  expect(placeOfPapers(null)).toBeNull()
})
