import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { PLAN_128 } from '#app/domain/regulation.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { findBoard, findChapterBoard, runningTotals, scopeUnits } from '#app/queries/aggregate.server.ts'
import { chapterAt } from '#app/queries/founding.server.ts'
import { changePeople } from '#app/queries/judging/index.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { prepared } from '#db/client.server.ts'
import { membership } from '#db/schema.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  makeReader,
  recordMany,
  unitNamed,
} from '#tests/make.ts'

const RULES = { regulation: PLAN_128, today: '2024-06-12' }
const PLAN = { id: CAMPAIGN, code: '128/KH-UBND' }

beforeEach(() => makeProvince())
afterEach(dropProvince)

const reader = (role: Role, place: string) => makeReader(role, place, { category: 'contract' })
const leader = () => reader('province_leader', 'Tỉnh Bình Phước')

/** An official at a place with `counted` confirmed records of citizens living in `localityCode`, and one more waiting. */
function busyOfficial(place: string, counted: number, localityCode = '25195') {
  const person = makeOfficial(unitNamed(place).id, { sex: 'female' })
  const head = grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'head', 1)
  const helpIds = recordMany(person, counted + 1, { citizen: { localityCode } })
  confirmNow(head, CAMPAIGN, helpIds.slice(0, counted))
  return person
}

function join(officialId: number, chapterId: number) {
  changePeople([officialId], tx => {
    tx.insert(membership).values({ officialId, chapterId, fromOn: '2020-01-01' }).run()
  })
}

const figures = (row: { help: { reported: number; counted: number }; people: { officials: number } } | undefined) => [
  row?.help.reported,
  row?.help.counted,
  row?.people.officials,
]

describe('a board', () => {
  it('splits a district into its communes and the people posted at the district itself', () => {
    busyOfficial('UBND xã Tân Thành', 2)
    busyOfficial('Thành phố Đồng Xoài', 1)
    const board = findBoard(leader(), CAMPAIGN, { unitId: unitNamed('Thành phố Đồng Xoài').id, dimension: 'unit' })
    expect(figures(board?.total)).toEqual([5, 3, 2])
    expect(figures(board?.rows.find(row => row.name === 'UBND xã Tân Thành'))).toEqual([3, 2, 1])
    expect(figures(board?.rest ?? undefined)).toEqual([2, 1, 1])
    expect(board?.above.map(row => row.name)).toEqual(['Tỉnh Bình Phước'])
  })

  it('holds in the categories of a unit what the unit holds', () => {
    busyOfficial('UBND xã Tân Thành', 2)
    makeOfficial(unitNamed('UBND xã Tân Thành').id, { category: 'part_time' })
    const unitId = unitNamed('Thành phố Đồng Xoài').id
    const board = findBoard(leader(), CAMPAIGN, { unitId, dimension: 'category' })
    expect(board?.rows.filter(row => row.people.officials > 0).map(row => [row.key, ...figures(row)])).toEqual([
      ['civil_servant', 3, 2, 1],
      ['part_time', 0, 0, 1],
    ])
    expect(figures(board?.total)).toEqual([3, 2, 2])
  })

  it('counts a person once in the tree, and as a member in each association (case 19)', () => {
    const person = busyOfficial('UBND xã Tân Thành', 1)
    const communeId = unitNamed('UBND xã Tân Thành').id
    for (const association of ['union', 'youth'] as const)
      join(person.officialId, chapterAt(association, communeId)?.id ?? 0)
    busyOfficial('UBND xã Tân Thành', 0)
    const board = findBoard(leader(), CAMPAIGN, { unitId: communeId, dimension: 'chapter' })
    expect(figures(board?.total)).toEqual([3, 1, 2])
    expect(board?.rows.filter(row => row.people.officials > 0).map(figures)).toEqual([
      [2, 1, 1],
      [2, 1, 1],
    ])
    const youth = chapterAt('youth', unitNamed('Tỉnh đoàn Bình Phước').id)
    expect(figures(findChapterBoard(leader(), CAMPAIGN, youth?.id ?? 0)?.total)).toEqual([2, 1, 1])
  })

  it('puts a record under the locality where the citizen lives, wherever the official works', () => {
    busyOfficial('Sở Nội vụ', 2, '25195')
    const board = findBoard(leader(), CAMPAIGN, { unitId: 1, dimension: 'locality' })
    expect(board?.rows.filter(row => row.help.reported > 0).map(row => [row.key, row.help.reported])).toEqual([
      ['689', 3],
    ])
    expect(figures(board?.rows.find(row => row.key === '689'))).toEqual([3, 2, 0])
  })

  test.each([
    { role: 'head', place: 'UBND xã Tân Thành', of: 'UBND xã Tân Thành', dimension: 'unit', isSeen: true },
    { role: 'head', place: 'UBND xã Tân Thành', of: 'UBND phường Tân Phú', dimension: 'unit', isSeen: false },
    { role: 'head', place: 'UBND xã Tân Thành', of: 'Thành phố Đồng Xoài', dimension: 'unit', isSeen: false },
    { role: 'head', place: 'Thành phố Đồng Xoài', of: 'UBND xã Tân Thành', dimension: 'category', isSeen: true },
    { role: 'head', place: 'Thành phố Đồng Xoài', of: 'Thành phố Đồng Xoài', dimension: 'block', isSeen: false },
    { role: 'province_leader', place: 'Tỉnh Bình Phước', of: 'Tỉnh Bình Phước', dimension: 'block', isSeen: true },
    { role: 'auditor', place: 'Tỉnh Bình Phước', of: 'Tỉnh Bình Phước', dimension: 'unit', isSeen: false },
    { role: 'head', place: 'Sở Nội vụ', of: 'Sở Nội vụ', dimension: 'locality', isSeen: false },
  ] as const)('$role of $place opens $of by $dimension: $isSeen', ({ role, place, of, dimension, isSeen }) => {
    const board = findBoard(reader(role, place), CAMPAIGN, { unitId: unitNamed(of).id, dimension })
    expect(board !== undefined).toBe(isSeen)
  })

  it('begins with the largest unit of the reader, and leaves out a grant inside another', () => {
    const both = grantTo(reader('coordinator', 'UBND xã Tân Thành'), 'head', unitNamed('Thành phố Đồng Xoài').id)
    expect(scopeUnits(both, 'unit.view').map(row => row.name)).toEqual(['Thành phố Đồng Xoài'])
  })
})

test.each([
  { place: 'UBND xã Tân Thành', of: 'UBND xã Tân Thành', isSeen: true },
  { place: 'Tỉnh đoàn Bình Phước', of: 'UBND xã Tân Thành', isSeen: true },
  { place: 'Thành phố Đồng Xoài', of: 'UBND xã Tân Thành', isSeen: true },
  { place: 'UBND xã Tân Thành', of: 'Thành phố Đồng Xoài', isSeen: false },
  { place: 'Sở Nội vụ', of: 'UBND xã Tân Thành', isSeen: false },
])('the head of $place opens the youth chapter of $of: $isSeen', ({ place, of, isSeen }) => {
  const chapterId = chapterAt('youth', unitNamed(of).id)?.id ?? 0
  expect(findChapterBoard(reader('head', place), CAMPAIGN, chapterId) !== undefined).toBe(isSeen)
})

describe('a locality', () => {
  it('has the annex of plan 128: the province’s daily share is the sum of its districts’', () => {
    const board = findLocalityBoard(leader(), PLAN, '70', RULES)
    expect(board?.indicators.map(row => [row.indicator, row.total, row.daily])).toEqual([
      ['id_card_first', 8676, 102],
      ['id_card_mobile', 11_207, 129],
      ['eid_activated', 357_048, 3974],
      ['phone_4g', 22_095, 253],
      ['sim_signature', 374_443, 4165],
    ])
    expect(board?.indicators[2]?.dueToday).toBe(70 * 3974)
    expect(board?.children).toHaveLength(11)
  })

  it('says where the text of the plan and its annex disagree', () => {
    expect(findLocalityBoard(leader(), PLAN, '70', RULES)?.goals).toEqual([
      {
        code: 'part_of_annex',
        indicator: 'id_card_mobile',
        share: 0.8,
        annexTotal: 11_207,
        exceptions: 'người ra nước ngoài, đang chấp hành án hoặc vắng mặt không rõ nơi đến',
        excepted: null,
        wanted: 8966,
      },
      { code: 'no_baseline', indicator: 'phone_4g', share: 0.9 },
      {
        code: 'share_of_adults',
        indicator: 'sim_signature',
        share: 0.5,
        adults: 872_831,
        atStart: 56_943,
        withAnnex: 431_386,
      },
    ])
    expect(findLocalityBoard(leader(), PLAN, '689', RULES)?.goals).toEqual([])
  })

  it('weighs what its officials owe against the citizens still without an account', () => {
    busyOfficial('UBND xã Tân Thành', 2)
    makeOfficial(unitNamed('Thành phố Đồng Xoài').id)
    const city = findLocalityBoard(leader(), PLAN, '689', RULES)
    expect(city?.feasibility).toEqual({ shortage: 18, unactivated: 27_545, ratio: 18 / 27_545, isFeasible: true })
    prepared(`update indicator_target set total = 12 where locality_code = '689' and indicator = 'eid_activated'`).run()
    const crowded = findLocalityBoard(leader(), PLAN, '689', RULES)
    expect(crowded?.feasibility).toEqual({ shortage: 18, unactivated: 10, ratio: 1.8, isFeasible: false })
    expect(crowded?.allowed.lowerTarget).toBe(false)
    const office = reader('campaign_office', 'Tỉnh Bình Phước')
    expect(findLocalityBoard(office, PLAN, '689', RULES)?.allowed.lowerTarget).toBe(true)
  })

  it('has no targets and no feasibility of its own as a commune', () => {
    busyOfficial('Sở Nội vụ', 1)
    const commune = findLocalityBoard(leader(), PLAN, '25195', RULES)
    expect([commune?.help.reported, commune?.indicators, commune?.feasibility]).toEqual([2, [], null])
  })

  test.each([
    { role: 'head', place: 'UBND xã Tân Thành', code: '25195', isSeen: false },
    { role: 'head', place: 'Thành phố Đồng Xoài', code: '25195', isSeen: true },
    { role: 'head', place: 'Thành phố Đồng Xoài', code: '689', isSeen: true },
    { role: 'head', place: 'Thành phố Đồng Xoài', code: '70', isSeen: false },
    { role: 'head', place: 'Thành phố Đồng Xoài', code: '688', isSeen: false },
    { role: 'telecom_office', place: 'Tỉnh Bình Phước', code: '25195', isSeen: true },
    { role: 'admin', place: 'Tỉnh Bình Phước', code: '70', isSeen: false },
    { role: 'head', place: 'Tỉnh Bình Phước', code: '999', isSeen: false },
  ] as const)('$role of $place opens locality $code: $isSeen', ({ role, place, code, isSeen }) => {
    expect(findLocalityBoard(reader(role, place), PLAN, code, RULES) !== undefined).toBe(isSeen)
  })
})

it('runs up the days of the campaign to today, and says nothing of the days to come', () => {
  busyOfficial('UBND xã Tân Thành', 2)
  const { days, reported, counted } = runningTotals(CAMPAIGN, 'unit', 1, RULES)
  expect([days.length, days[0], days.at(-1)]).toEqual([91, '2024-04-04', '2024-07-03'])
  expect([reported[0], counted[0], counted[69], counted[70]]).toEqual([3, 2, 2, null])
})
