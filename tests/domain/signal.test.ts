import { describe, expect, test } from 'vitest'
import { PLAN_128, regulationParameters } from '#app/domain/regulation.ts'
import {
  dealSignals,
  findBursts,
  findDeadlineEntries,
  findPerfect,
  findSequences,
  findSharedPhones,
  findStaff,
  findTargetStop,
  type Signal,
} from '#app/domain/signal.ts'
import type { OutcomeValue } from '#app/domain/vocabulary.ts'

/** Records of official 7 received at these minutes, numbered from 1. */
function received(...minutes: number[]) {
  return minutes.map((minute, index) => ({ helpId: index + 1, officialId: 7, receivedAt: minute * 60_000 }))
}

describe('bursts: 5 records within 10 minutes', () => {
  test.each([
    {
      label: 'five in eight minutes',
      records: received(0, 2, 4, 6, 8),
      burst: { helpIds: [1, 2, 3, 4, 5], figures: { count: 5, minutes: 8 } },
    },
    {
      label: 'five in exactly ten',
      records: received(0, 2, 4, 6, 10),
      burst: { helpIds: [1, 2, 3, 4, 5], figures: { count: 5, minutes: 10 } },
    },
    { label: 'the fifth a minute late', records: received(0, 2, 4, 6, 11), burst: undefined },
    { label: 'four at once', records: received(0, 0, 0, 0), burst: undefined },
    {
      label: 'five in one second: at least a minute is said',
      records: received(0, 0, 0, 0, 0),
      burst: { helpIds: [1, 2, 3, 4, 5], figures: { count: 5, minutes: 1 } },
    },
    {
      label: 'a lone one before stays out',
      records: received(0, 60, 61, 62, 63, 64),
      burst: { helpIds: [2, 3, 4, 5, 6], figures: { count: 5, minutes: 4 } },
    },
    {
      label: 'a long run: the densest ten minutes are told, all its records named',
      records: received(0, 3, 6, 8, 10, 12, 13, 14),
      burst: { helpIds: [1, 2, 3, 4, 5, 6, 7, 8], figures: { count: 6, minutes: 8 } },
    },
  ])('$label', ({ records, burst }) => {
    const expected = burst === undefined ? [] : [{ kind: 'burst', officialId: 7, ...burst }]
    expect(findBursts(records, PLAN_128)).toEqual(expected)
    expect(findBursts(records.toReversed(), PLAN_128)).toEqual(expected)
  })

  test('two officials at once are no burst of either', () => {
    const records = received(0, 1, 2, 3, 4, 5).map((record, index) => ({ ...record, officialId: index % 2 }))
    expect(findBursts(records, PLAN_128)).toEqual([])
  })
})

describe('numbers in sequence: 3 citizens of one official', () => {
  /** Records of these officials for citizens with these personal numbers, numbered from 1. */
  const numbered = (...rows: [officialId: number, number: string][]) =>
    rows.map(([officialId, number], index) => ({ helpId: index + 1, officialId, number }))
  test.each([
    {
      label: 'three that follow each other',
      records: numbered([7, '070090000011'], [7, '070090000013'], [7, '070090000012']),
      found: { helpIds: [1, 3, 2], count: 3 },
    },
    {
      label: 'the year of birth may differ: the serial is compared',
      records: numbered([7, '070090000011'], [7, '070185000012'], [7, '070301000013']),
      found: { helpIds: [1, 2, 3], count: 3 },
    },
    {
      label: 'a gap between',
      records: numbered([7, '070090000011'], [7, '070090000012'], [7, '070090000014']),
      found: null,
    },
    {
      label: 'one citizen twice is one',
      records: numbered([7, '070090000011'], [7, '070090000011'], [7, '070090000012']),
      found: null,
    },
    {
      label: 'a run of two officials',
      records: numbered([7, '070090000011'], [8, '070090000012'], [7, '070090000013']),
      found: null,
    },
    {
      label: 'what lies outside the run stays out',
      records: numbered([7, '070090000500'], [7, '070090000011'], [7, '070090000012'], [7, '070090000013']),
      found: { helpIds: [2, 3, 4], count: 3 },
    },
  ])('$label', ({ records, found }) => {
    expect(findSequences(records, PLAN_128)).toEqual(
      found === null
        ? []
        : [{ kind: 'sequence', officialId: 7, helpIds: found.helpIds, figures: { count: found.count } }],
    )
  })
})

test('a phone of several citizens is told to each official, one of a citizen helped twice is not', () => {
  const shared = findSharedPhones(
    [
      { helpId: 1, officialId: 7, citizen: 'a', phone: '0912345678' },
      { helpId: 2, officialId: 8, citizen: 'b', phone: '0912345678' },
      { helpId: 3, officialId: 7, citizen: 'c', phone: '0987654321' },
      { helpId: 4, officialId: 7, citizen: 'c', phone: '0987654321' },
      { helpId: 5, officialId: 7, citizen: 'd', phone: null },
      { helpId: 6, officialId: 7, citizen: 'e', phone: null },
    ],
    PLAN_128,
  )
  expect(shared).toEqual([
    { kind: 'shared_phone', officialId: 7, helpIds: [1], figures: { count: 1 } },
    { kind: 'shared_phone', officialId: 8, helpIds: [2], figures: { count: 1 } },
  ])
})

test('citizens who are staff are told by official', () => {
  const records = [
    { helpId: 1, officialId: 7, isStaff: true },
    { helpId: 2, officialId: 7, isStaff: false },
    { helpId: 3, officialId: 8, isStaff: false },
  ]
  expect(findStaff(records)).toEqual([{ kind: 'staff', officialId: 7, helpIds: [1], figures: { count: 1 } }])
})

describe('stopping exactly at the target: half of those who reached it, of 5 or more', () => {
  const people = (...pairs: [counted: number, target: number | null][]) =>
    pairs.map(([counted, target]) => ({ counted, target }))
  test.each([
    {
      label: 'three of five',
      officials: people([10, 10], [10, 10], [15, 15], [11, 10], [14, 10]),
      figures: { count: 3, of: 5 },
    },
    {
      label: 'exactly half',
      officials: people([10, 10], [10, 10], [10, 10], [11, 10], [14, 10], [12, 10]),
      figures: { count: 3, of: 6 },
    },
    { label: 'two of five', officials: people([10, 10], [10, 10], [13, 10], [11, 10], [14, 10]), figures: null },
    {
      label: 'only four reached it',
      officials: people([10, 10], [10, 10], [10, 10], [10, 10], [3, 10]),
      figures: null,
    },
    {
      label: 'who has no target is no part of it',
      officials: people([10, 10], [10, 10], [10, 10], [10, 10], [0, null]),
      figures: null,
    },
  ])('$label', ({ officials, figures }) => {
    expect(findTargetStop(officials, PLAN_128)?.figures ?? null).toEqual(figures)
  })
})

describe('entries at the deadline: half of 5 or more records in the last 5 days (29/6 to 03/7/2024)', () => {
  /** Records of official 7 received in the last minute of these days, numbered from 1. */
  const on = (...days: string[]) =>
    days.map((day, index) => ({ helpId: index + 1, officialId: 7, receivedAt: Date.parse(`${day}T23:59+07:00`) }))
  test.each([
    {
      label: 'three of five, and one that was sent in after the end',
      records: on('2024-04-04', '2024-06-28', '2024-06-29', '2024-07-03', '2024-07-05'),
      found: { helpIds: [3, 4, 5], count: 3, of: 5 },
    },
    {
      label: 'the day before the last five',
      records: on('2024-06-28', '2024-06-28', '2024-06-28', '2024-06-28', '2024-06-28'),
      found: null,
    },
    {
      label: 'two of five',
      records: on('2024-04-04', '2024-05-04', '2024-06-04', '2024-07-01', '2024-07-02'),
      found: null,
    },
    {
      label: 'four records are too few',
      records: on('2024-07-01', '2024-07-01', '2024-07-02', '2024-07-02'),
      found: null,
    },
  ])('$label', ({ records, found }) => {
    expect(findDeadlineEntries(records, PLAN_128)).toEqual(
      found === null
        ? []
        : [
            {
              kind: 'deadline',
              officialId: 7,
              helpIds: found.helpIds,
              figures: { count: found.count, of: found.of, days: 5 },
            },
          ],
    )
  })
})

describe('always perfect: 10 records, each with every outcome achieved in the one visit', () => {
  /** A record helped on 04/4/2024 whose activation is this. */
  const record = (helpId: number, value: OutcomeValue = 'achieved', on: string | null = '2024-04-04') => ({
    helpId,
    officialId: 7,
    helpedOn: '2024-04-04',
    outcomes: {
      vneid_installed: { value: 'achieved' as const, on: '2024-04-04' },
      eid_activated: { value, on },
      sim_signature: { value: 'achieved' as const, on: null },
    },
  })
  const perfect = (count: number) => Array.from({ length: count }, (_, n) => record(n + 1))
  test.each([
    { label: 'ten perfect ones', records: perfect(10), count: 10 },
    { label: 'nine are too few', records: perfect(9), count: null },
    {
      label: 'one of twelve needed a second visit',
      records: [...perfect(11), record(12, 'achieved', '2024-04-09')],
      count: null,
    },
    { label: 'one had it before', records: [...perfect(11), record(12, 'already_had', null)], count: null },
  ])('$label', ({ records, count }) => {
    expect(findPerfect(records, PLAN_128).map(signal => signal.figures.count)).toEqual(count === null ? [] : [count])
  })
})

test('a record stands in the most telling question only; what has none left is dropped', () => {
  const burst: Signal = { kind: 'burst', officialId: 7, helpIds: [1, 2, 3, 4], figures: { count: 8, minutes: 6 } }
  const staff: Signal = { kind: 'staff', officialId: 7, helpIds: [2, 5], figures: { count: 2 } }
  const sequence: Signal = { kind: 'sequence', officialId: 7, helpIds: [1, 2, 9], figures: { count: 3 } }
  const phone: Signal = { kind: 'shared_phone', officialId: 8, helpIds: [9], figures: { count: 1 } }
  expect(dealSignals([staff, phone, burst, sequence], [1, 2, 3, 5])).toEqual([
    { ...sequence, helpIds: [1, 2] },
    { ...burst, helpIds: [3] },
    { ...staff, helpIds: [5] },
  ])
})

test('a regulation stored before the signals joined reads with their defaults', () => {
  const { sequence, sharedPhone, targetStop, deadline, perfect, ...before } = PLAN_128
  expect(regulationParameters.parse(before)).toEqual(PLAN_128)
})
