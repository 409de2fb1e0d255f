import { expect, it } from 'vitest'
import { contactInput } from '#app/domain/assignment-input.ts'
import { readSpokenTime } from '#app/domain/spoken-time.ts'
import { appointmentAt, describeAppointment, describeContact, invitationPurpose } from '#app/text/worklist.ts'

it.each([
  ['17h30', '17:30'],
  ['17 giờ 30', '17:30'],
  ['17 giờ 30 phút', '17:30'],
  ['17:30', '17:30'],
  ['17.30', '17:30'],
  ['9:05', '09:05'],
  ['8h', '08:00'],
  ['18g30', '18:30'],
  ['8 giờ sáng', '08:00'],
  ['8 giờ rưỡi sáng', '08:30'],
  ['5h chiều', '17:00'],
  ['5 rưỡi chiều', '17:30'],
  ['7H15 tối', '19:15'],
  ['12h trưa', '12:00'],
  ['1 giờ trưa', '13:00'],
  ['17h chiều', '17:00'],
  ['0h', '00:00'],
])('reads the time %s (P21)', (typed, time) => {
  expect(readSpokenTime(typed)).toBe(time)
  expect(contactInput.parse({ revision: '1', state: 'away', appointmentTime: typed }).appointmentTime).toBe(time)
})

it.each(['', '25h', '17h60', 'chiều', '17', 'sáng mai', '5h chiều mai', '1730'])('refuses the time “%s”', typed => {
  expect(readSpokenTime(typed)).toBeUndefined()
})

it('says “hẹn” once', () => {
  const row = { appointmentOn: '2024-06-14', appointmentTime: '18:30', appointmentPlace: null }
  expect(appointmentAt(row)).toBe('14/6, 18:30')
  expect(describeAppointment(row)).toBe('hẹn 14/6, 18:30')
  expect(describeContact({ ...row, state: 'appointment', note: null })).toBe('Đã hẹn · 14/6, 18:30')
  expect(describeContact({ ...row, state: 'away', note: null })).toBe('Đi vắng · hẹn 14/6, 18:30')
})

it('invites for what is lacking (F6)', () => {
  expect(invitationPurpose(['sim_signature'])).toBe('đăng ký SIM chính chủ tích hợp chữ ký số')
  expect(invitationPurpose(['id_card', 'eid_activation'])).toBe(
    'làm thẻ căn cước, kích hoạt tài khoản định danh điện tử',
  )
  expect(invitationPurpose([])).toContain('căn cước')
})
