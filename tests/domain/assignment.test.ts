import { describe, expect, it } from 'vitest'
import {
  callAgainOn,
  checkContact,
  compareStops,
  dailyQuota,
  figuresOfStates,
  isOpenState,
  mayCall,
  type RoadStop,
  reopenedState,
} from '#app/domain/assignment.ts'
import { contactInput } from '#app/domain/assignment-input.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { ASSIGNMENT_STATES } from '#app/domain/vocabulary.ts'

describe('the daily quota: what is open over the days left, rounded up', () => {
  it.each([
    ['22 days are left on 12/6, 22 open', 22, '2024-06-12', 1],
    ['23 open: one day needs two', 23, '2024-06-12', 2],
    ['the last day asks for all', 7, '2024-07-03', 7],
    ['nothing open', 0, '2024-06-12', 0],
    ['after the close there is none', 7, '2024-07-04', null],
    ['before it begins the whole campaign is left', 91, '2024-03-01', 1],
  ] as const)('%s', (_, open, today, quota) => {
    expect(dailyQuota(open, today, PLAN_128)).toBe(quota)
  })
})

describe('states', () => {
  it('six are open, and everybody is counted once', () => {
    expect(ASSIGNMENT_STATES.filter(isOpenState)).toEqual([
      'not_contacted',
      'appointment',
      'no_answer',
      'wrong_number',
      'submitted',
      'away',
    ])
    const counts = Object.fromEntries(ASSIGNMENT_STATES.map(state => [state, 1]))
    expect(figuresOfStates(counts)).toEqual({ total: 11, open: 6, done: 1, refused: 1, outOfReach: 3 })
  })
  it('after a refusal nobody calls, and only the unit opens it again', () => {
    expect(mayCall('refused')).toBe(false)
    expect(checkContact('refused', { isUnit: false })).toBe('refusal_stands')
    expect(checkContact('refused', { isUnit: true })).toBeNull()
  })
  it('who did not answer is called again from the next day on; a wrong number is not called', () => {
    const calledAt = Date.parse('2024-06-12T23:30:00+07:00')
    expect(callAgainOn({ state: 'no_answer', calledAt })).toBe('2024-06-13')
    expect(callAgainOn({ state: 'away', calledAt })).toBeNull()
    expect([mayCall('no_answer'), mayCall('wrong_number')]).toEqual([true, false])
  })
  it('being done comes of a record alone', () => {
    expect(checkContact('done', { isUnit: true })).toBe('already_done')
    expect(contactInput.safeParse({ revision: '1', state: 'done' }).success).toBe(false)
  })
  it('a citizen open again keeps an appointment that is still to come', () => {
    expect(reopenedState('2024-06-12', '2024-06-12')).toBe('appointment')
    expect(reopenedState('2024-06-11', '2024-06-12')).toBe('not_contacted')
    expect(reopenedState(null, '2024-06-12')).toBe('not_contacted')
  })
})

describe('a contact as it is typed', () => {
  const typed = { revision: '3', state: 'appointment', appointmentOn: '2024-06-14', appointmentTime: '8:30' }
  it('an appointment needs its day; hours are written in full', () => {
    expect(contactInput.parse(typed)).toMatchObject({ revision: 3, appointmentTime: '08:30', appointmentPlace: null })
    expect(contactInput.safeParse({ ...typed, appointmentOn: '' }).error?.issues).toMatchObject([
      { path: ['appointmentOn'], message: 'required' },
    ])
    expect(contactInput.safeParse({ ...typed, appointmentTime: '25:00' }).error?.issues).toMatchObject([
      { message: 'not_a_time' },
    ])
  })
})

it('another phone takes a wrong number back to who waits to be contacted', () => {
  const typed = { revision: '3', state: 'wrong_number', phone: '0912 345 678' }
  expect(contactInput.parse(typed)).toMatchObject({ state: 'not_contacted', phone: '0912345678' })
  expect(contactInput.parse({ ...typed, phone: '' })).toMatchObject({ state: 'wrong_number', phone: null })
})

it('stops on the road: appointments by time, then who is open, then the rest, by name', () => {
  const stop = (name: string, state: RoadStop['state'], on: string | null = null, time = ''): RoadStop => ({
    state,
    appointmentOn: on,
    appointmentTime: time,
    hamlet: 'Ấp 1',
    sortName: name,
  })
  const stops = [
    stop('g', 'done'),
    stop('f', 'refused'),
    stop('c', 'not_contacted'),
    stop('e', 'appointment', '2024-06-14', '18:30'),
    stop('b', 'appointment', '2024-06-14', '08:00'),
    stop('a', 'away'),
    { ...stop('0', 'no_answer'), isLater: true },
    stop('d', 'no_answer'),
  ]
  expect(stops.sort(compareStops).map(row => row.sortName)).toEqual(['b', 'e', 'a', 'c', 'd', '0', 'f', 'g'])
})
