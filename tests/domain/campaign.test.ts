import { describe, expect, it } from 'vitest'
import { campaignSlug, campaignToShow, isSlugTaken, overlaps, partsToReview, runningOn } from '#app/domain/campaign.ts'

const campaign = (id: number, startsOn: string, endsOn: string) => ({ id, regulation: { startsOn, endsOn } })
const FIRST = campaign(1, '2024-04-04', '2024-07-03')
const SECOND = campaign(2, '2024-06-24', '2024-08-30')

it.each([
  { code: '128/KH-UBND', slug: '128-kh-ubnd' },
  { code: ' 45/KH-BCĐ ', slug: '45-kh-bcd' },
  { code: '7/QĐ.Ủy ban', slug: '7-qd-uy-ban' },
])('$code is $slug in addresses', ({ code, slug }) => expect(campaignSlug(code)).toBe(slug))

it.each([
  { code: '250/KH-UBND', isTaken: false, why: 'its own' },
  { code: '128 KH UBND', isTaken: true, why: 'another campaign has it' },
  { code: 'Nhúng', isTaken: true, why: 'a page has it' },
  { code: '…', isTaken: true, why: 'there would be none' },
])('the address of $code: $why', ({ code, isTaken }) => expect(isSlugTaken(code, ['128/KH-UBND'])).toBe(isTaken))

describe('campaigns at the same time', () => {
  it.each([
    { startsOn: '2024-07-03', endsOn: '2024-07-03', is: true },
    { startsOn: '2024-07-04', endsOn: '2024-09-01', is: false },
    { startsOn: '2024-01-01', endsOn: '2024-04-03', is: false },
    { startsOn: '2024-01-01', endsOn: '2024-12-31', is: true },
  ])('$startsOn–$endsOn overlaps 04/4–03/7: $is', ({ is, ...span }) =>
    expect(overlaps(FIRST.regulation, span)).toBe(is),
  )

  it.each([
    { today: '2024-06-23', ids: [1] },
    { today: '2024-06-24', ids: [1, 2] },
    { today: '2024-07-03', ids: [1, 2] },
    { today: '2024-07-04', ids: [2] },
    { today: '2024-08-31', ids: [] },
  ])('$today: $ids run, the one that began first in front', ({ today, ids }) =>
    expect(runningOn([SECOND, FIRST], today).map(({ id }) => id)).toEqual(ids),
  )

  it.each([
    { today: '2024-06-25', lastId: null, id: 1, why: 'the one that began first' },
    { today: '2024-06-25', lastId: 2, id: 2, why: 'the one used last' },
    { today: '2024-07-04', lastId: 1, id: 2, why: 'the one used last is over' },
    { today: '2024-03-01', lastId: 1, id: 2, why: 'none runs: the newest' },
  ])('on $today after $lastId: $why', ({ today, lastId, id }) =>
    expect(campaignToShow([FIRST, SECOND], { today, lastId })?.id).toBe(id),
  )
})

it('has the annex looked at only where it was copied, the articles always', () => {
  expect(partsToReview({ copiesAnnex: false })).toEqual(['articles', 'indicators', 'weekly_report', 'readings'])
  expect(partsToReview({ copiesAnnex: true })).toContain('annex')
})
