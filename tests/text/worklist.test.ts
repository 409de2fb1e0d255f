import { describe, expect, it } from 'vitest'
import { describeCall, describeListed, standingOf } from '#app/text/worklist.ts'

const calledAt = Date.parse('2024-06-12T09:15:00+07:00')
const appointment = { appointmentOn: '2024-06-14', appointmentTime: '18:30', appointmentPlace: 'nhà văn hóa' }
const none = { appointmentOn: null, appointmentTime: '', appointmentPlace: null }

describe('what a list says of a citizen beside the state', () => {
  it('an appointment without the word of the state', () => {
    expect(standingOf({ state: 'appointment', changedAt: calledAt, ...appointment })).toBe(
      '14/6, 18:30, tại nhà văn hóa',
    )
  })

  it('a call in vain: when it was, and from when to call again', () => {
    expect(describeCall({ state: 'no_answer', changedAt: calledAt })).toBe('gọi 12/6/2024, 09:15; gọi lại từ 13/6')
  })

  it('a wrong number: what to do instead', () => {
    expect(describeCall({ state: 'wrong_number', changedAt: calledAt })).toBe(
      'gọi 12/6/2024, 09:15; cần số điện thoại khác hoặc đến tận nơi',
    )
  })

  it('nothing in any other state', () => {
    expect(standingOf({ state: 'away', changedAt: calledAt, ...none })).toBe('')
  })

  it('a phone’s copy has the house, the state and the note too', () => {
    const row = { state: 'appointment', changedAt: null, address: 'Tổ 5', note: 'gọi trước', ...appointment } as const
    expect(describeListed(row)).toBe('Tổ 5 · Đã hẹn · 14/6, 18:30, tại nhà văn hóa · gọi trước')
  })
})
