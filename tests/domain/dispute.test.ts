import { describe, expect, test } from 'vitest'
import { checkDispute, deciderOf, disputeState, nearestCommonPath, type RaisedDispute } from '#app/domain/dispute.ts'

/** Record 2 of official 8, a duplicate of record 1 of official 7; neither changed since revision 1. */
const own = { helpId: 2, officialId: 8, revision: 1 }
const holder = { helpId: 1, officialId: 7, revision: 1 }

const raised = (changes: Partial<RaisedDispute> = {}): RaisedDispute => ({
  helpId: 2,
  holderId: 1,
  helpRevision: 1,
  holderRevision: 1,
  decision: null,
  ...changes,
})

describe('what keeps a dispute from being raised', () => {
  test.each([
    { label: 'the first one', own, holder, earlier: [], problem: null },
    { label: 'nobody else holds the credit', own, holder: null, earlier: [], problem: 'dispute_without_holder' },
    {
      label: 'the other record is the official’s own',
      own,
      holder: { ...holder, officialId: 8 },
      earlier: [],
      problem: 'dispute_without_holder',
    },
    { label: 'one waits for a decision', own, holder, earlier: [raised()], problem: 'dispute_open' },
    {
      label: 'one waits, though a record was changed meanwhile',
      own: { ...own, revision: 2 },
      holder,
      earlier: [raised()],
      problem: 'dispute_open',
    },
    {
      label: 'one waits against a holder who lost the credit since',
      own,
      holder: { ...holder, helpId: 3 },
      earlier: [raised()],
      problem: null,
    },
    {
      label: 'dismissed, nothing new',
      own,
      holder,
      earlier: [raised({ decision: 'dismissed' })],
      problem: 'dispute_decided',
    },
    {
      label: 'dismissed, and the disputing record changed since',
      own: { ...own, revision: 2 },
      holder,
      earlier: [raised({ decision: 'dismissed' })],
      problem: null,
    },
    {
      label: 'dismissed, and the holder’s record changed since',
      own,
      holder: { ...holder, revision: 2 },
      earlier: [raised({ decision: 'dismissed' })],
      problem: null,
    },
    {
      label: 'upheld for the other side, who now holds the credit: the same question',
      own: holder,
      holder: own,
      earlier: [raised({ decision: 'upheld' })],
      problem: 'dispute_decided',
    },
    {
      label: 'upheld for the other side, whose record changed since',
      own: holder,
      holder: { ...own, revision: 2 },
      earlier: [raised({ decision: 'upheld' })],
      problem: null,
    },
  ])('$label', row => {
    expect(checkDispute(row.own, row.holder, row.earlier)).toBe(row.problem)
  })
})

describe('how a dispute stands', () => {
  test.each([
    { label: 'the same record still holds', decision: null, now: 1, state: 'open' },
    { label: 'another record holds', decision: null, now: 3, state: 'lapsed' },
    { label: 'none does: the record is no duplicate any more', decision: null, now: null, state: 'lapsed' },
    { label: 'decided, whatever holds', decision: 'upheld' as const, now: null, state: 'upheld' },
  ])('$label', ({ decision, now, state }) => {
    expect(disputeState(raised({ decision }), { holderId: now })).toBe(state)
  })
})

describe('the nearest common unit', () => {
  test.each([
    { label: 'two people of one unit', one: '/1/12/140/', other: '/1/12/140/', common: '/1/12/140/' },
    { label: 'two communes of a district', one: '/1/12/140/', other: '/1/12/141/', common: '/1/12/' },
    { label: 'a commune and its district', one: '/1/12/', other: '/1/12/140/', common: '/1/12/' },
    { label: 'two districts', one: '/1/12/140/', other: '/1/13/150/', common: '/1/' },
    { label: 'ids that begin alike', one: '/1/12/', other: '/1/120/', common: '/1/' },
    { label: 'the root and a commune', one: '/1/', other: '/1/12/140/', common: '/1/' },
  ])('$label', ({ one, other, common }) => {
    expect(nearestCommonPath(one, other)).toBe(common)
    expect(nearestCommonPath(other, one)).toBe(common)
  })
})

describe('who decides on what lies in /1/12/140/', () => {
  const head = (unitPath: string, officialId: number | null = null) => ({ unitPath, officialId })
  const ofHead = (unitPath: string) => ({ unitPath, by: 'head' })
  const office = { unitPath: '/1/', by: 'campaign_office' }
  test.each([
    { label: 'its own head', heads: [head('/1/'), head('/1/12/140/', 5), head('/1/12/')], is: ofHead('/1/12/140/') },
    { label: 'it has none: the next above', heads: [head('/1/'), head('/1/12/', 5)], is: ofHead('/1/12/') },
    { label: 'its head is a party', heads: [head('/1/12/140/', 7), head('/1/12/', 5)], is: ofHead('/1/12/') },
    {
      label: 'one of its two heads is a party',
      heads: [head('/1/12/140/', 7), head('/1/12/140/', 6), head('/1/12/', 5)],
      is: ofHead('/1/12/140/'),
    },
    { label: 'the head of a unit beside it decides nothing', heads: [head('/1/12/141/', 5)], is: office },
    { label: 'the only head up to the root is a party', heads: [head('/1/', 8)], is: office },
    { label: 'there is no head', heads: [], is: office },
  ])('$label', ({ heads, is }) => {
    expect(deciderOf('/1/12/140/', heads, [7, 8])).toEqual(is)
  })
})
