import { describe, expect, it } from 'vitest'
import { monthsOf, type WorkTrace, workDaysOf } from '#app/domain/timesheet.ts'

const PERIOD = { fromOn: '2024-06-01', toOn: '2024-06-30' }
const trace = (on: string, kind: WorkTrace['kind'] = 'record', place = 'Ấp 3', officialId = 1): WorkTrace => ({
  officialId,
  on,
  place,
  kind,
})
const member = { officialId: 1, fromOn: '2024-06-05', toOn: '2024-06-20' }

describe('days of a member', () => {
  it('count once, however much was done, with every place', () => {
    const days = workDaysOf(
      [member],
      [
        trace('2024-06-10'),
        trace('2024-06-10', 'companion', 'Ấp 5'),
        trace('2024-06-10', 'contact'),
        trace('2024-06-08'),
      ],
      PERIOD,
    )
    expect(days.get(1)).toEqual([
      { on: '2024-06-08', places: ['Ấp 3'], records: 1, companions: 0, contacts: 0 },
      { on: '2024-06-10', places: ['Ấp 3', 'Ấp 5'], records: 1, companions: 1, contacts: 1 },
    ])
  })
  it.each([
    ['before the membership', '2024-06-04'],
    ['after it', '2024-06-21'],
    ['outside the period', '2024-07-01'],
  ])('%s are not counted', (_, on) => expect(workDaysOf([member], [trace(on)], PERIOD).size).toBe(0))
  it('of somebody who is no member are not counted', () => {
    expect(workDaysOf([member], [trace('2024-06-10', 'record', 'Ấp 3', 2)], PERIOD).size).toBe(0)
  })
  it('of a second membership are', () => {
    const again = { officialId: 1, fromOn: '2024-06-25', toOn: null }
    expect(workDaysOf([member, again], [trace('2024-06-26')], PERIOD).get(1)).toHaveLength(1)
  })
})

it('a period is cut into its months', () => {
  expect(monthsOf('2024-05-30', '2024-06-02')).toEqual([
    { month: '2024-05', days: ['2024-05-30', '2024-05-31'] },
    { month: '2024-06', days: ['2024-06-01', '2024-06-02'] },
  ])
})
