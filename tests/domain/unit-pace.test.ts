import { describe, expect, it } from 'vitest'
import { paceDays, unitPace } from '#app/domain/unit-pace.ts'

const PERIOD = { startsOn: '2024-04-04', endsOn: '2024-07-03' }
const TODAY = '2024-06-12'
const each = (count: number, days = 14) => Array.from({ length: days }, () => count)

describe("a unit's pace", () => {
  it('is found from the last fourteen days, none before the first day and none after the last', () => {
    expect(paceDays(TODAY, PERIOD)).toHaveLength(14)
    expect([paceDays(TODAY, PERIOD)[0], paceDays(TODAY, PERIOD).at(-1)]).toEqual(['2024-05-30', TODAY])
    expect(paceDays('2024-04-06', PERIOD)).toEqual(['2024-04-04', '2024-04-05', '2024-04-06'])
    expect(paceDays('2024-08-01', PERIOD).at(-1)).toBe('2024-07-03')
  })

  it.each([
    [
      'enough a day: on time',
      { counted: 268, byDay: each(7) },
      { missing: 142, neededPerDay: 7, lastWeekPerDay: 7, word: 'on_time' },
    ],
    [
      'too little a day',
      { counted: 268, byDay: each(5) },
      { missing: 142, neededPerDay: 7, lastWeekPerDay: 5, word: 'will_miss' },
    ],
    [
      'on good days enough, on bad ones not',
      { counted: 268, byDay: [4, 9, 4, 9, 4, 9, 4, 9, 4, 9, 4, 9, 4, 9] },
      { missing: 142, neededPerDay: 7, lastWeekPerDay: 6.9, word: 'may_miss' },
    ],
    [
      'nothing for two weeks',
      { counted: 268, byDay: each(0) },
      { missing: 142, neededPerDay: 7, lastWeekPerDay: 0, word: 'will_miss' },
    ],
    [
      'reached',
      { counted: 412, byDay: each(3) },
      { missing: 0, neededPerDay: null, lastWeekPerDay: 3, word: 'reached' },
    ],
  ])('%s', (_, facts, pace) => {
    expect(unitPace({ total: 410, ...facts }, TODAY, PERIOD)).toMatchObject(pace)
  })

  it('says nothing where there is no target, and that it was missed once the last day is over', () => {
    expect(unitPace({ total: 0, counted: 3, byDay: each(1) }, TODAY, PERIOD).word).toBeNull()
    expect(unitPace({ total: 10, counted: 9, byDay: each(1) }, '2024-07-04', PERIOD)).toMatchObject({
      missing: 1,
      neededPerDay: null,
      word: 'will_miss',
    })
  })
})
