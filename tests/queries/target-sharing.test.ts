import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { inProportion } from '#app/domain/target-sharing.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { indicatorsOf } from '#app/queries/indicator.server.ts'
import { findLocality } from '#app/queries/locality.server.ts'
import { findSharing, listReceivedShares, shareTarget } from '#app/queries/target-sharing.server.ts'
import {
  CAMPAIGN,
  dropProvince,
  grantTo,
  makeOfficial,
  makeProvince,
  problemOf,
  statusOf,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const district = () => unitNamed('Thành phố Đồng Xoài')
const person = (role: 'head' | 'coordinator' | 'campaign_office', unitId: number) =>
  grantTo(makeOfficial(unitNamed('Sở Nội vụ').id).actor, role, unitId)
const found = (actor: Actor) => {
  const sharing = findSharing(actor, CAMPAIGN, district().id, 'phone_4g')
  if (!sharing) throw new Error('out of sight')
  return sharing
}
function share(actor: Actor, shares: readonly number[], documentNumber = '45/QĐ-UBND') {
  const rows = found(actor).rows
  return problemOf(
    shareTarget(actor, CAMPAIGN, {
      unitId: district().id,
      indicator: 'phone_4g',
      documentNumber,
      basis: 'dân số',
      shares: new Map(rows.map((row, n) => [row.id, shares[n] ?? 0])),
    }),
  )
}

describe('a district’s target', () => {
  it('is handed down in shares that add up, and becomes the communes’ own with its pace', () => {
    const head = person('head', district().id)
    const { total, rows } = found(head)
    expect(total).toBe(2790)
    const shares = inProportion(
      2790,
      rows.map((_, n) => n + 1),
    )
    expect(
      share(
        head,
        shares.map((value, n) => (n === 0 ? value + 1 : value)),
      ),
    ).toBe('sharing_does_not_add_up')
    expect(found(head).decisions).toEqual([])
    expect(share(head, shares)).toBeNull()
    expect(found(head).rows.map(row => row.share)).toEqual(shares)
    const commune = findLocality('25207', campaignToday())
    const place = rows.findIndex(row => row.name === 'UBND xã Tân Thành')
    expect(place).toBeGreaterThanOrEqual(0)
    const [row] = indicatorsOf(CAMPAIGN, commune ? [commune] : [], { regulation: PLAN_128, today: '2024-06-12' })
    const total4g = shares[place] ?? 0
    expect(row?.indicators.find(({ indicator }) => indicator === 'phone_4g')).toMatchObject({
      total: total4g,
      daily: Math.ceil(total4g / 90),
    })
  })

  it('is handed down anew by another decision, the one before stays on record', () => {
    const head = person('head', district().id)
    const { rows } = found(head)
    const even = inProportion(
      2790,
      rows.map(() => 1),
    )
    share(head, even)
    expect(share(head, even)).toBe('sharing_unchanged')
    expect(share(head, [2790], '51/QĐ-UBND')).toBeNull()
    expect(found(head).decisions.map(row => row.documentNumber)).toEqual(['51/QĐ-UBND', '45/QĐ-UBND'])
    expect(found(head).rows[1]?.share).toBe(0)
  })

  it.each([
    ['the campaign office hands it down too', () => person('campaign_office', 1), null],
    ['a coordinator does not', () => person('coordinator', district().id), 403],
    ['another district’s head does not see it', () => person('head', unitNamed('Huyện Lộc Ninh').id), 404],
  ] as const)('%s', (_, who, status) => {
    const actor = who()
    const act = () =>
      shareTarget(actor, CAMPAIGN, {
        unitId: district().id,
        indicator: 'phone_4g',
        documentNumber: '1/QĐ-UBND',
        basis: '',
        shares: new Map([[unitNamed('UBND xã Tân Thành').id, 2790]]),
      })
    if (status === null) expect(act()).toEqual({ ok: true })
    else expect(statusOf(act)).toBe(status)
  })
})

describe('what a commune or department was given', () => {
  const commune = () => unitNamed('UBND xã Tân Thành')
  const received = (actor: Actor) => listReceivedShares(actor, CAMPAIGN, commune().id)

  it('is what the decision in force gives it, with its daily part and document', () => {
    const head = person('head', commune().id)
    expect(received(head)).toEqual([])
    const office = person('campaign_office', 1)
    const { rows } = found(office)
    const allTo = (name: string) => rows.map(row => (row.name === name ? 2790 : 0))
    share(office, allTo('UBND phường Tân Phú'))
    expect(received(head)?.map(({ total }) => total)).toEqual([0])
    share(office, allTo('UBND xã Tân Thành'), '51/QĐ-UBND')
    expect(received(head)).toMatchObject([
      { indicator: 'phone_4g', total: 2790, daily: 31, documentNumber: '51/QĐ-UBND' },
    ])
  })

  it('is out of sight for people of another commune', () => {
    expect(received(person('head', unitNamed('UBND phường Tân Phú').id))).toBeUndefined()
    expect(received(makeOfficial(commune().id).actor)).toBeUndefined()
  })
})
