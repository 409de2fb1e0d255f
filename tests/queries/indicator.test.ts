import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { findFigureHistory } from '#app/queries/figure-history.server.ts'
import { indicatorLines, indicatorsOf, listFigureVersions } from '#app/queries/indicator.server.ts'
import { indicatorEvidence, newestFigureOn } from '#app/queries/indicator-evidence.server.ts'
import { findFigureForm, recordFigures } from '#app/queries/indicator-figure.server.ts'
import { findLocality } from '#app/queries/locality.server.ts'
import { CAMPAIGN, dropProvince, grantTo, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const TODAY = '2024-06-12'
const DONG_XOAI = '689'
const TAN_THANH = '25207'

const office = () => grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, 'campaign_office', 1)
const told = (actor: Actor, figures: readonly [string, string, number | null][], changes = {}) =>
  recordFigures(actor, CAMPAIGN, {
    asOfOn: TODAY,
    source: 'Công an tỉnh',
    reason: '',
    origin: 'typed',
    figures: figures.map(([localityCode, indicator, value]) => ({ localityCode, indicator, value })),
    ...changes,
  })
const rowsOf = (code: string) => {
  const locality = findLocality(code, campaignToday())
  if (!locality) throw new Error(code)
  return indicatorsOf(CAMPAIGN, [locality], { regulation: PLAN_128, today: TODAY })[0]?.indicators ?? []
}
const rowOf = (code: string, indicator: string) => rowsOf(code).find(row => row.indicator === indicator)

describe('an indicator’s figures', () => {
  it('stand beside the annex’s target, pace and forecast', () => {
    told(office(), [[DONG_XOAI, 'eid_activated', 20_000]])
    expect(rowOf(DONG_XOAI, 'eid_activated')).toMatchObject({
      total: 27_547,
      daily: 307,
      value: 20_000,
      asOfOn: TODAY,
      basis: { kind: 'own', source: 'Công an tỉnh' },
      status: 'behind',
      dueToday: 70 * 307,
      neededPerDay: Math.ceil(7547 / 22),
    })
    expect(rowOf(DONG_XOAI, 'phone_4g')).toMatchObject({ value: null, basis: null, status: 'no_figures' })
  })

  it('of the province are the sum of its districts’ until it has its own', () => {
    const actor = office()
    told(actor, [
      [DONG_XOAI, 'phone_4g', 100],
      ['688', 'phone_4g', 50],
    ])
    expect(rowOf('70', 'phone_4g')).toMatchObject({
      total: 22_095,
      daily: 253,
      value: 150,
      basis: { kind: 'sum', have: 2, of: 11 },
    })
    told(actor, [['70', 'phone_4g', 160]])
    expect(rowOf('70', 'phone_4g')).toMatchObject({ value: 160, basis: { kind: 'own' } })
  })

  it('that are corrected keep the versions before', () => {
    const actor = office()
    told(actor, [[DONG_XOAI, 'phone_4g', 100]])
    expect(told(actor, [[DONG_XOAI, 'phone_4g', 90]])).toEqual({
      ok: false,
      problems: [{ index: 0, reason: 'figure_reason_needed' }],
    })
    expect(told(actor, [[DONG_XOAI, 'phone_4g', 90]], { reason: 'Nhập nhầm' })).toMatchObject({ ok: true, saved: 1 })
    expect(listFigureVersions(CAMPAIGN, DONG_XOAI).map(row => [row.value, row.reason])).toEqual([
      [90, 'Nhập nhầm'],
      [100, ''],
    ])
    expect(rowOf(DONG_XOAI, 'phone_4g')?.value).toBe(90)
    expect(newestFigureOn(CAMPAIGN)).toBe(TODAY)
    expect(told(actor, [[DONG_XOAI, 'phone_4g', null]], { reason: 'Chưa có số' })).toMatchObject({ saved: 1 })
    expect(rowOf(DONG_XOAI, 'phone_4g')?.value).toBeNull()
    expect(newestFigureOn(CAMPAIGN)).toBeNull()
  })

  it('are told with every version to whoever sees the locality, and to nobody else', () => {
    told(office(), [[DONG_XOAI, 'phone_4g', 100]])
    told(office(), [[DONG_XOAI, 'phone_4g', 90]], { reason: 'Nhập nhầm' })
    const history = findFigureHistory(at('home_affairs', 1), CAMPAIGN, DONG_XOAI)
    expect(history?.versions.map(row => row.value)).toEqual([90, 100])
    const elsewhere = at('coordinator', unitNamed('Huyện Lộc Ninh').id)
    expect(findFigureHistory(elsewhere, CAMPAIGN, DONG_XOAI)).toBeUndefined()
    expect(findFigureHistory(office(), CAMPAIGN, '99999')).toBeUndefined()
  })

  it('are all taken or none, and those that say nothing new are left', () => {
    const actor = office()
    expect(
      told(actor, [
        [DONG_XOAI, 'phone_4g', 100],
        ['99999', 'phone_4g', 5],
        ['688', 'phone_4g', -1],
      ]),
    ).toEqual({
      ok: false,
      problems: [
        { index: 1, reason: 'locality_unknown' },
        { index: 2, reason: 'figure_out_of_range' },
      ],
    })
    expect(rowOf(DONG_XOAI, 'phone_4g')?.value).toBeNull()
    told(actor, [[DONG_XOAI, 'phone_4g', 100]])
    expect(told(actor, [[DONG_XOAI, 'phone_4g', 100]])).toEqual({ ok: true, saved: 0, unchanged: 1 })
  })

  it('draw a line day by day', () => {
    const actor = office()
    told(actor, [[DONG_XOAI, 'phone_4g', 10]], { asOfOn: '2024-06-10' })
    told(actor, [[DONG_XOAI, 'phone_4g', 30]])
    const place = { code: DONG_XOAI, indicator: 'phone_4g' }
    const days = ['2024-06-10', '2024-06-11', '2024-06-12', '2024-06-13']
    expect(indicatorLines(CAMPAIGN, place, { days, today: TODAY }).own).toEqual([10, 10, 30, null])
    expect(indicatorLines(CAMPAIGN, { ...place, code: '70' }, { days, today: TODAY })).toMatchObject({
      own: [10, 10, 30, null],
      below: expect.arrayContaining([
        { code: DONG_XOAI, name: 'thành phố Đồng Xoài', values: [10, 10, 30, null] },
        { code: '688', name: 'thị xã Phước Long', values: [null, null, null, null] },
      ]),
    })
  })
})

describe('who tells figures', () => {
  const district = () => unitNamed('Thành phố Đồng Xoài')
  it.each([
    ['the campaign office, of any district', () => office(), '688', 'eid_activated', true],
    [
      'a district’s coordinator, of the district',
      () => at('coordinator', district().id),
      DONG_XOAI,
      'eid_activated',
      true,
    ],
    ['a district’s coordinator, of its communes', () => at('coordinator', district().id), TAN_THANH, 'phone_4g', true],
    ['a district’s coordinator, of another district', () => at('coordinator', district().id), '688', 'phone_4g', false],
    ['the telecom office, of phones', () => at('telecom_office', 1), '688', 'phone_4g', true],
    ['the telecom office, of activations', () => at('telecom_office', 1), '688', 'eid_activated', false],
    ['home affairs', () => at('home_affairs', 1), '688', 'phone_4g', false],
    ['an official', () => makeOfficial(unitNamed('Sở Nội vụ').id).actor, '688', 'phone_4g', false],
  ] as const)('%s', (_, who, code, indicator, may) => {
    const actor = who()
    expect(told(actor, [[code, indicator, 5]]).ok).toBe(may)
    expect(findFigureForm(actor, CAMPAIGN, code, TODAY)?.indicators.some(row => row.code === indicator) ?? false).toBe(
      may,
    )
  })
})

function at(role: 'coordinator' | 'telecom_office' | 'home_affairs', unitId: number) {
  return grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, role, unitId)
}

describe('what a collective is judged by', () => {
  it('is the newest figure beside the target, its own or summed up, and nothing where nothing was told', () => {
    const actor = office()
    told(actor, [['688', 'phone_4g', 40]], { asOfOn: '2024-06-10' })
    told(actor, [['688', 'phone_4g', 50]])
    told(actor, [[TAN_THANH, 'eid_activated', 900]])
    const of = indicatorEvidence(CAMPAIGN, '/1/', '2024-07-03')
    expect(of(unitNamed('Thị xã Phước Long').id)).toEqual([{ indicator: 'phone_4g', done: 50, target: 2716 }])
    expect(of(unitNamed('Thành phố Đồng Xoài').id)).toEqual([{ indicator: 'eid_activated', done: 900, target: 27_547 }])
    expect(of(unitNamed('UBND xã Tân Thành').id)).toEqual([])
    expect(of(unitNamed('Sở Y tế').id)).toEqual([])
  })

  it('is as new as the newest figure that nobody took back', () => {
    const actor = office()
    expect(newestFigureOn(CAMPAIGN)).toBeNull()
    told(actor, [['688', 'phone_4g', 40]], { asOfOn: '2024-06-10' })
    told(actor, [['688', 'phone_4g', 50]])
    expect(newestFigureOn(CAMPAIGN)).toBe(TODAY)
    told(actor, [['688', 'phone_4g', null]], { reason: 'Nhầm ngày' })
    expect(newestFigureOn(CAMPAIGN)).toBe('2024-06-10')
  })
})
