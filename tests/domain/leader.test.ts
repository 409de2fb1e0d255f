import { describe, expect, it } from 'vitest'
import { dailyGrowth } from '#app/domain/indicator.ts'
import { heldBack, saidOf, weekRate } from '#app/domain/leader.ts'

const ON = { endsOn: '2024-07-03', today: '2024-06-12' }
const forecast = (earliest: string | null, latest: string | null) => ({ on: latest, earliest, latest, atEnd: 0 })

describe('an indicator in one word', () => {
  const said = (status: 'behind' | 'reached', asOfOn: string | null, range: ReturnType<typeof forecast> | null) =>
    saidOf({ status, forecast: range }, asOfOn, ON)

  it('is whether it will be in time, though it is behind today', () => {
    expect(said('behind', '2024-06-11', forecast('2024-06-20', '2024-06-29'))).toBe('on_time')
    expect(said('behind', '2024-06-11', forecast('2024-08-11', null))).toBe('will_miss')
    expect(said('reached', '2024-06-11', null)).toBe('reached')
  })

  it('is that the figure is old, where it is too old to forecast by', () => {
    expect(said('behind', '2024-06-04', forecast('2024-06-20', '2024-06-29'))).toBe('old_figure')
  })
})

describe('the last two weeks', () => {
  const series = [
    { on: '2024-05-28', value: 100 },
    { on: '2024-06-04', value: 170 },
    { on: '2024-06-11', value: 520 },
  ]

  it('are what each day brought; days without a figure share what came in between', () => {
    const growth = dailyGrowth(series, { startsOn: '2024-04-04' })
    expect(growth).toEqual([...Array.from({ length: 7 }, () => 10), ...Array.from({ length: 7 }, () => 50)])
    expect(dailyGrowth([], { startsOn: '2024-04-04' })).toEqual([])
  })

  it('give the rate of the last seven days', () => {
    expect(weekRate(dailyGrowth(series, { startsOn: '2024-04-04' }))).toBe(50)
    expect(weekRate([])).toBeNull()
  })
})

describe('the places that hold most back', () => {
  const gap = (missing: number, said: 'on_time' | 'will_miss' | 'may_miss') => ({ indicator: 'sim', missing, said })

  it('are those that miss most in number, not in share, and only where it will not surely be in time', () => {
    const places = [
      { code: 'a', name: 'A', gaps: [gap(50, 'will_miss'), gap(40, 'may_miss')] },
      { code: 'b', name: 'B', gaps: [gap(11_954, 'may_miss')] },
      { code: 'c', name: 'C', gaps: [gap(90_000, 'on_time')] },
      { code: 'd', name: 'D', gaps: [gap(60, 'will_miss')] },
    ]
    expect(heldBack(places, 2).map(({ name, missing }) => [name, missing])).toEqual([
      ['B', 11_954],
      ['D', 60],
    ])
    expect(heldBack(places, 9).map(({ name }) => name)).toEqual(['B', 'D', 'A'])
  })
})
