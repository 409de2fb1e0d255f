import { describe, expect, it } from 'vitest'
import { appealsEndOn, destructionBar, isTooOld, lineState } from '#app/domain/closing-check.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'

describe('a line before the close', () => {
  it.each([
    [0, null, 'done'],
    [0, { count: 5 }, 'done'],
    [3, null, 'open'],
    [3, { count: 3 }, 'left'],
    [2, { count: 3 }, 'left'],
    [4, { count: 3 }, 'open'],
  ] as const)('with %i waiting and the tick %j is %s', (count, tick, state) => {
    expect(lineState({ count }, tick)).toBe(state)
  })

  it.each([
    [null, '2024-07-10', true],
    ['2024-06-25', '2024-07-10', true],
    ['2024-06-26', '2024-07-10', false],
    ['2024-06-05', '2024-06-12', false],
    ['2024-06-04', '2024-06-12', true],
  ])('an extract of %s is too old on %s: %s', (asOfOn, today, isOld) => {
    expect(isTooOld(asOfOn, today, PLAN_128)).toBe(isOld)
  })
})

describe('the worklists', () => {
  it('stay for the explanation and the appeal, each ending on a working day', () => {
    // 10 days from Wednesday 10/7 end on Saturday 20/7, so on Monday 22/7; 5 more on Saturday 27/7, so on Monday 29/7
    expect(appealsEndOn('2024-07-10', PLAN_128)).toBe('2024-07-29')
  })

  it.each([
    ['2024-08-01', null, 0, 'not_closed_yet'],
    ['2024-07-29', '2024-07-10', 0, 'appeals_run'],
    ['2024-07-30', '2024-07-10', 2, 'appeals_open'],
    ['2024-07-30', '2024-07-10', 0, null],
  ])('on %s, closed on %s with %i open: %s', (today, closedOn, open, bar) => {
    expect(destructionBar(today, { closedOn, open }, PLAN_128)).toBe(bar)
  })
})
