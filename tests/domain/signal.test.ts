import { describe, expect, test } from 'vitest'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { findBursts, findSharedPhones } from '#app/domain/signal.ts'

/** Records of official 7 received at these minutes, numbered from 1. */
function received(...minutes: number[]) {
  return minutes.map((minute, index) => ({ helpId: index + 1, officialId: 7, receivedAt: minute * 60_000 }))
}

describe('bursts: 5 records within 10 minutes', () => {
  test.each([
    {
      label: 'five in eight minutes',
      records: received(0, 2, 4, 6, 8),
      burst: { count: 5, minutes: 8, helpIds: [1, 2, 3, 4, 5] },
    },
    {
      label: 'five in exactly ten',
      records: received(0, 2, 4, 6, 10),
      burst: { count: 5, minutes: 10, helpIds: [1, 2, 3, 4, 5] },
    },
    { label: 'the fifth a minute late', records: received(0, 2, 4, 6, 11), burst: undefined },
    { label: 'four at once', records: received(0, 0, 0, 0), burst: undefined },
    {
      label: 'five in one second: at least a minute is said',
      records: received(0, 0, 0, 0, 0),
      burst: { count: 5, minutes: 1, helpIds: [1, 2, 3, 4, 5] },
    },
    {
      label: 'a lone one before stays out',
      records: received(0, 60, 61, 62, 63, 64),
      burst: { count: 5, minutes: 4, helpIds: [2, 3, 4, 5, 6] },
    },
    {
      label: 'a long run: the densest ten minutes are told, all its records named',
      records: received(0, 3, 6, 8, 10, 12, 13, 14),
      burst: { count: 6, minutes: 8, helpIds: [1, 2, 3, 4, 5, 6, 7, 8] },
    },
  ])('$label', ({ records, burst }) => {
    expect(findBursts(records, PLAN_128).get(7)).toEqual(burst)
    expect(findBursts(records.toReversed(), PLAN_128).get(7)).toEqual(burst)
  })

  test('two officials at once are no burst of either', () => {
    const records = received(0, 1, 2, 3, 4, 5).map((record, index) => ({ ...record, officialId: index % 2 }))
    expect(findBursts(records, PLAN_128).size).toBe(0)
  })
})

test('a phone of several citizens is told, one of a citizen helped twice is not', () => {
  const shared = findSharedPhones([
    { helpId: 1, citizen: 'a', phone: '0912345678' },
    { helpId: 2, citizen: 'b', phone: '0912345678' },
    { helpId: 3, citizen: 'c', phone: '0987654321' },
    { helpId: 4, citizen: 'c', phone: '0987654321' },
    { helpId: 5, citizen: 'd', phone: null },
    { helpId: 6, citizen: 'e', phone: null },
  ])
  expect([...shared]).toEqual([['0912345678', [1, 2]]])
})
