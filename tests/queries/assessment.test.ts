import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import type { Category } from '#app/domain/vocabulary.ts'
import { listCollectives } from '#app/queries/collective-assessment.server.ts'
import { guardedUnits } from '#app/queries/frozen-figures.server.ts'
import { change } from '#app/queries/judging/index.server.ts'
import {
  collectAssessments,
  countAssessments,
  listAssessments,
  ownAssessment,
} from '#app/queries/official-assessment.server.ts'
import { prepared } from '#db/client.server.ts'
import { inspection, inspectionPick } from '#db/schema.ts'
import {
  ACCOUNT_ONLY,
  CAMPAIGN,
  confirmNow,
  dropProvince,
  makeOfficial,
  makeProvince,
  makeReader,
  meetObligations,
  NOW,
  recordMany,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const ROOT = '/1/'
const POLICE = 'Công an tỉnh (thường trực Tổ công tác Đề án 06)'
const reader = makeReader
const homeAffairs = () => reader('home_affairs', 'Tỉnh Bình Phước')

/** An official with `counted` confirmed records; `simOnly` more count under the other reading alone; all met if `met`. */
function official(
  place: string,
  counted: number,
  options: { met?: boolean; other?: number; name?: string; category?: Category } = {},
) {
  const person = makeOfficial(unitNamed(place).id, { name: options.name, category: options.category })
  const whole = recordMany(person, counted)
  const partial = recordMany(person, options.other ?? 0, { outcomes: ACCOUNT_ONLY })
  confirmNow(makeReader('head'), CAMPAIGN, [...whole, ...partial])
  if (options.met !== false) meetObligations(person.officialId)
  return { ...person, helpIds: whole }
}

/** The commune as lists name it: another district has one of that name too. */
const COMMUNE_TITLE = 'UBND xã Tân Thành, Thành phố Đồng Xoài'

const list = (actor: Person, filter: Partial<Parameters<typeof listAssessments>[2]> = {}) =>
  listAssessments(actor, CAMPAIGN, { unitPath: ROOT, limit: 100, ...filter }).rows.filter(
    row => row.name !== 'Người Đọc',
  )

describe('the list of officials', () => {
  it('tells each result with what is there or missing', () => {
    official('Sở Nội vụ', 11, { name: 'An Vượt Mức' })
    official('Sở Nội vụ', 10, { name: 'An Vừa Đủ' })
    official('Sở Nội vụ', 9, { name: 'An Còn Thiếu', met: false })
    const rows = list(homeAffairs(), { search: 'an' })
    expect(rows.map(row => [row.name, row.result, row.reasons.map(reason => reason.code)])).toEqual([
      ['An Vừa Đủ', 'completed', ['target_reached', 'obligations_met']],
      ['An Vượt Mức', 'eligible', ['target_exceeded', 'obligations_met']],
      [
        'An Còn Thiếu',
        'not_completed_open',
        ['target_short', 'obligation_unmet', 'obligation_unmet', 'obligation_unmet'],
      ],
    ])
    expect(list(homeAffairs(), { search: 'an vuot' }).map(row => row.name)).toEqual(['An Vượt Mức'])
    expect(list(homeAffairs(), { result: 'eligible' }).map(row => row.name)).toEqual(['An Vượt Mức'])
  })

  it('shows both readings of the quota, and who would enter the list of those eligible', () => {
    official('Sở Nội vụ', 9, { other: 2, name: 'An Hai Cách' })
    official('Sở Nội vụ', 11)
    const [row, ...others] = list(homeAffairs(), { isApart: true })
    expect([row?.name, row?.result, row?.resultAny, others.length]).toEqual([
      'An Hai Cách',
      'not_completed_open',
      'eligible',
      0,
    ])
    expect(row?.counts).toMatchObject({ counted: 9, countedAny: 11 })
    const counts = countAssessments(homeAffairs(), CAMPAIGN, { unitPath: ROOT })
    expect(counts).toMatchObject({ entering: 1, leaving: 0, apart: 1 })
    expect(counts.results.find(({ result }) => result === 'eligible')).toEqual({
      result: 'eligible',
      count: 1,
      countAny: 2,
    })
  })

  it('narrows by block and category', () => {
    official('Sở Nội vụ', 1, { name: 'An Nhà Nước' })
    official('Tỉnh đoàn Bình Phước', 1, { name: 'An Đoàn Thể', category: 'cadre' })
    expect(list(homeAffairs(), { block: 'front' }).map(row => row.name)).toEqual(['An Đoàn Thể'])
    expect(list(homeAffairs(), { category: 'cadre' }).map(row => row.name)).toEqual(['An Đoàn Thể'])
  })

  it('pages through everybody once, in the order of units and names', async () => {
    for (const place of ['UBND xã Tân Thành', 'Sở Nội vụ', 'UBND xã Tân Thành', 'Sở Nội vụ', 'Sở Nội vụ'])
      makeOfficial(unitNamed(place).id)
    const actor = homeAffairs()
    const whole = listAssessments(actor, CAMPAIGN, { unitPath: ROOT, limit: 100 }).rows.map(row => row.officialId)
    const paged: number[] = []
    let after: number | undefined
    do {
      const page = listAssessments(actor, CAMPAIGN, { unitPath: ROOT, limit: 2, after })
      paged.push(...page.rows.map(row => row.officialId))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(whole).toHaveLength(6)
    expect(paged).toEqual(whole)
    const collected = await collectAssessments(actor, CAMPAIGN, { unitPath: ROOT, limit: 3 })
    expect(collected.map(row => row.officialId)).toEqual(whole.slice(0, 3))
  })

  test.each([
    { role: 'home_affairs', place: 'Tỉnh Bình Phước', sees: ['Sở Nội vụ', COMMUNE_TITLE] },
    { role: 'head', place: 'UBND xã Tân Thành', sees: [COMMUNE_TITLE] },
    { role: 'head', place: 'Thành phố Đồng Xoài', sees: [COMMUNE_TITLE] },
    { role: 'head', place: POLICE, sees: [POLICE] },
    { role: 'campaign_office', place: 'Tỉnh Bình Phước', sees: ['Sở Nội vụ', COMMUNE_TITLE] },
    { role: 'province_leader', place: 'Tỉnh Bình Phước', sees: [] },
    { role: 'telecom_office', place: 'Tỉnh Bình Phước', sees: [] },
    { role: 'auditor', place: 'Tỉnh Bình Phước', sees: [] },
  ] as const)('$role of $place sees people of: $sees', ({ role, place, sees }) => {
    for (const name of ['Sở Nội vụ', 'UBND xã Tân Thành', POLICE]) makeOfficial(unitNamed(name).id)
    const actor = { ...reader(role, place), officialId: null }
    const rows = list(actor)
    expect(rows.map(row => row.unitName).sort()).toEqual([...sees].sort())
    expect(countAssessments(actor, CAMPAIGN, { unitPath: ROOT, search: 'nguyen' }).total).toBe(sees.length)
    // the sums kept by unit count whom the list names, oneself included
    for (const who of [actor, reader(role, place)]) {
      const all = listAssessments(who, CAMPAIGN, { unitPath: ROOT, limit: 100 }).rows
      expect(countAssessments(who, CAMPAIGN, { unitPath: ROOT }).total).toBe(all.length)
    }
  })
})

describe('armed-forces units', () => {
  it('stand as sums before those outside, and not before their own head', () => {
    makeOfficial(unitNamed(POLICE).id, { category: 'soldier' })
    makeOfficial(unitNamed('Phòng Tham mưu Công an tỉnh').id, { category: 'soldier' })
    expect(
      guardedUnits(homeAffairs(), CAMPAIGN, { unitPath: ROOT }).map(row => [row.name, row.people.officials]),
    ).toEqual([[POLICE, 2]])
    expect(
      guardedUnits(homeAffairs(), CAMPAIGN, { unitPath: unitNamed('Phòng Tham mưu Công an tỉnh').path }).map(
        row => row.people.officials,
      ),
    ).toEqual([1])
    expect(guardedUnits(reader('head', POLICE), CAMPAIGN, { unitPath: unitNamed(POLICE).path })).toEqual([])
  })
})

describe('the list of collectives', () => {
  const named = (name: string, actor = homeAffairs()) =>
    listCollectives(actor, CAMPAIGN, { unitPath: ROOT }).find(row => row.name === name)

  it('holds a district with its communes, and neither the province nor units without people', () => {
    official('UBND xã Tân Thành', 11)
    const rows = listCollectives(homeAffairs(), CAMPAIGN, { unitPath: ROOT })
    expect(rows.map(row => row.name)).toEqual(['Sở Y tế', 'Thành phố Đồng Xoài', COMMUNE_TITLE])
    expect(named('Thành phố Đồng Xoài')).toMatchObject({ result: 'eligible', people: { counted: 11, targets: 10 } })
    expect(named('Thành phố Đồng Xoài')?.reasons.map(reason => reason.code)).toEqual([
      'target_exceeded',
      'obligations_met',
      'never_inspected',
    ])
  })

  it('adds up its people: one far above makes good for one below, unless every member has to reach', () => {
    official('UBND xã Tân Thành', 14)
    official('UBND xã Tân Thành', 7)
    expect(named(COMMUNE_TITLE)).toMatchObject({ result: 'eligible', resultOtherTarget: 'emulation_criterion' })
  })

  it('is short of its target in one reading of the quota and not in the other', () => {
    official('UBND xã Tân Thành', 9, { other: 2 })
    expect(named(COMMUNE_TITLE)).toMatchObject({ result: 'emulation_criterion', resultAny: 'eligible' })
  })

  it('meets the portal obligation only where both portals are met', () => {
    const person = official('UBND xã Tân Thành', 11)
    change(CAMPAIGN, { standings: [person.officialId] }, () =>
      prepared(`update obligation set state = 'declared' where official_id = ? and part = 'portal_national'`).run(
        person.officialId,
      ),
    )
    expect(named(COMMUNE_TITLE)).toMatchObject({
      result: 'completed',
      reasons: expect.arrayContaining([{ code: 'obligation_share', obligation: 'portal_login', met: 0, bearers: 1 }]),
    })
  })

  test.each([
    { label: 'not concluded', concludedAt: null, overturnedAt: null, result: 'eligible' },
    { label: 'concluded', concludedAt: NOW, overturnedAt: null, result: 'completed' },
    { label: 'overturned on appeal', concludedAt: NOW, overturnedAt: NOW, result: 'eligible' },
  ])('with an untrue record, $label: $result', ({ concludedAt, overturnedAt, result }) => {
    const person = official('UBND xã Tân Thành', 13)
    const helpId = person.helpIds[0] ?? 0
    const { hash } = prepared('select citizen_hash as hash from help where id = ?').get(helpId) as { hash: string }
    change(CAMPAIGN, { citizens: [hash] }, tx => {
      const unitId = unitNamed('UBND xã Tân Thành').id
      const made = tx
        .insert(inspection)
        .values({ campaignId: CAMPAIGN, unitId, seed: '1', drawnAt: NOW, concludedAt })
        .returning()
        .get()
      tx.insert(inspectionPick).values({ inspectionId: made.id, helpId, result: 'untrue', overturnedAt }).run()
    })
    expect(named(COMMUNE_TITLE)?.result).toBe(result)
    expect(named('Thành phố Đồng Xoài')?.result).toBe(result)
  })

  test.each([
    { role: 'head', place: 'UBND xã Tân Thành', sees: [COMMUNE_TITLE] },
    {
      role: 'province_leader',
      place: 'Tỉnh Bình Phước',
      sees: [POLICE, 'Sở Y tế', 'Thành phố Đồng Xoài', COMMUNE_TITLE],
    },
    { role: 'telecom_office', place: 'Tỉnh Bình Phước', sees: [] },
  ] as const)('$role of $place sees: $sees', ({ role, place, sees }) => {
    makeOfficial(unitNamed('UBND xã Tân Thành').id)
    makeOfficial(unitNamed(POLICE).id, { category: 'soldier' })
    const rows = listCollectives(reader(role, place), CAMPAIGN, { unitPath: ROOT })
    expect(rows.map(row => row.name).sort()).toEqual([...sees].sort())
  })
})

describe('one’s own assessment', () => {
  it('is there for every official without any grant, and not for an office’s account', () => {
    const person = official('Sở Nội vụ', 12)
    expect(ownAssessment(person.actor, CAMPAIGN)).toMatchObject({ result: 'eligible', target: PLAN_128.quota })
    expect(ownAssessment({ ...person.actor, officialId: null }, CAMPAIGN)).toBeUndefined()
  })
})
