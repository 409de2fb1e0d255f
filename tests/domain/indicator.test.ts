import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#app/domain/calendar.ts'
import { checkFigure, type DayFigure, indicatorState, sumFigures } from '#app/domain/indicator.ts'

const PERIOD = { startsOn: '2024-04-04', endsOn: '2024-07-03' }
const TARGET = { total: 900, daily: 10 }
/** Cumulative figures of the days from the first on; null: none of that day. */
const from = (firstDay: string, values: readonly (number | null)[]): DayFigure[] =>
  values.flatMap((value, n) => (value === null ? [] : [{ on: addDays(firstDay, n), value }]))
const steady = (days: number, perDay: number) =>
  from(
    '2024-04-04',
    Array.from({ length: days }, (_, n) => (n + 1) * perDay),
  )

describe('how an indicator stands', () => {
  it.each([
    {
      when: 'on day 1, without a figure',
      figures: [],
      today: '2024-04-04',
      state: { status: 'no_figures', dueToday: 10, neededPerDay: 10, forecast: null },
    },
    {
      when: 'on day 1, with the day’s share',
      figures: steady(1, 10),
      today: '2024-04-04',
      state: { status: 'on_pace', dueToday: 10, neededPerDay: 10, forecast: { on: '2024-07-02' } },
    },
    {
      when: 'on day 31, ahead',
      figures: steady(30, 20),
      today: '2024-05-04',
      state: {
        status: 'on_pace',
        dueToday: 310,
        neededPerDay: 5,
        forecast: { on: '2024-05-18', latest: '2024-05-18' },
      },
    },
    {
      when: 'on day 31, behind',
      figures: steady(30, 5),
      today: '2024-05-04',
      state: { status: 'behind', dueToday: 310, neededPerDay: 13, forecast: { on: '2024-09-30', atEnd: 455 } },
    },
    {
      when: 'on day 90 the whole total is due',
      figures: steady(89, 10),
      today: '2024-07-02',
      state: { status: 'on_pace', dueToday: 900, neededPerDay: 5 },
    },
    {
      when: 'on day 91 no more than the total is due',
      figures: steady(90, 9),
      today: '2024-07-03',
      state: { status: 'behind', dueToday: 900, neededPerDay: 90 },
    },
    {
      when: 'reached',
      figures: steady(91, 10),
      today: '2024-07-03',
      state: { status: 'reached', dueToday: 900, neededPerDay: null, forecast: null },
    },
    {
      when: 'after the end nothing can be needed per day',
      figures: steady(91, 9),
      today: '2024-07-10',
      state: { status: 'behind', dueToday: 900, neededPerDay: null },
    },
    {
      when: 'before the beginning nothing is due',
      figures: [],
      today: '2024-04-03',
      state: { status: 'no_figures', dueToday: 0, neededPerDay: 10 },
    },
    {
      when: 'standing still it is not reached within a year',
      figures: from('2024-04-04', [100, ...Array(30).fill(100)]),
      today: '2024-05-04',
      state: { forecast: { on: null, earliest: null, latest: null, atEnd: 100 } },
    },
  ])('$when', ({ figures, today, state }) =>
    expect(indicatorState(figures, TARGET, today, PERIOD)).toMatchObject(state),
  )

  it('has no pace where no target was given', () =>
    expect(indicatorState(steady(3, 10), null, '2024-04-06', PERIOD)).toEqual({
      status: 'no_target',
      dueToday: null,
      neededPerDay: null,
      forecast: null,
    }))
})

describe('the forecast', () => {
  const at = (figures: DayFigure[]) => indicatorState(figures, TARGET, '2024-05-04', PERIOD).forecast
  const days = Array.from({ length: 30 }, (_, n) => (n + 1) * 10)

  it('is not moved by missing days', () => {
    const gaps = days.map((value, n) => (n % 3 === 1 ? null : value))
    expect(at(from('2024-04-04', gaps))).toEqual(at(from('2024-04-04', days)))
  })

  it('is not moved by one correction downwards, nor by a week that was entered at once', () => {
    const corrected = days.map((value, n) => (n < 25 ? value : value - 60))
    const late = days.map((value, n) => (n >= 20 && n < 24 ? (days[20] ?? 0) : value))
    expect(at(from('2024-04-04', days))?.on).toBe('2024-07-02')
    expect(at(from('2024-04-04', corrected))?.on).toBe('2024-07-08')
    expect(at(from('2024-04-04', late))?.on).toBe('2024-07-02')
  })

  it('goes by the last two weeks, and gives a range where their days differ', () => {
    const slowThenFast = Array.from({ length: 30 }, (_, n) =>
      n < 16 ? n + 1 : 16 + (n - 15) * (n % 2 === 0 ? 20 : 24),
    )
    const forecast = at(from('2024-04-04', slowThenFast))
    expect(forecast?.earliest?.localeCompare(forecast.on ?? '')).toBe(-1)
    expect((forecast?.on ?? '') <= (forecast?.latest ?? '9999')).toBe(true)
  })

  it('keeps its order and never lies before the newest figure, whatever the figures', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 899 })), { minLength: 1, maxLength: 60 }), values => {
        const figures = from('2024-04-04', values)
        const forecast = indicatorState(figures, TARGET, '2024-06-02', PERIOD).forecast
        if (!forecast) return
        const [earliest, on, latest] = [forecast.earliest, forecast.on, forecast.latest].map(day => day ?? '9999-12-31')
        expect((earliest ?? '') > (figures.at(-1)?.on ?? '')).toBe(true)
        expect((earliest ?? '') <= (on ?? '') && (on ?? '') <= (latest ?? '')).toBe(true)
      }),
    )
  })
})

describe('figures of several localities', () => {
  it('are summed day by day, each with its newest until then', () => {
    expect(sumFigures([from('2024-04-04', [1, null, 4]), from('2024-04-05', [10, null, 12]), []])).toEqual([
      { on: '2024-04-04', value: 1 },
      { on: '2024-04-05', value: 11 },
      { on: '2024-04-06', value: 14 },
      { on: '2024-04-07', value: 16 },
    ])
  })
})

describe('a figure', () => {
  const NONE = { sameDay: null, before: null }
  it.each([
    ['of today is taken', { value: 5 }, NONE, null],
    ['of tomorrow is not', { on: '2024-06-13', value: 5 }, NONE, 'figure_day_outside'],
    ['of before the campaign is not', { on: '2024-04-03', value: 5 }, NONE, 'figure_day_outside'],
    ['below zero is not', { value: -1 }, NONE, 'figure_out_of_range'],
    ['that is no whole number is not', { value: 1.5 }, NONE, 'figure_out_of_range'],
    ['that repeats the day’s is taken', { value: 5 }, { sameDay: 5, before: null }, null],
    ['that changes the day’s needs a reason', { value: 6 }, { sameDay: 5, before: null }, 'figure_reason_needed'],
    [
      'that changes the day’s with a reason is taken',
      { value: 6, reason: 'Nhập nhầm' },
      { sameDay: 5, before: 3 },
      null,
    ],
    ['lower than an earlier one needs a reason', { value: 4 }, { sameDay: null, before: 5 }, 'figure_decreases'],
    ['that is taken back needs a reason', { value: null }, { sameDay: 5, before: null }, 'figure_reason_needed'],
  ] as const)('%s', (_, figure, known, problem) =>
    expect(checkFigure({ on: '2024-06-12', reason: '', ...figure }, known, '2024-06-12', PERIOD)).toBe(problem),
  )
})
