import { describe, expect, test } from 'vitest'
import { guessCarrier, readPhone } from '#app/domain/phone.ts'

describe('reading a mobile number', () => {
  test.each([
    { label: 'ten digits', text: '0912345678', phone: '0912345678' },
    { label: 'dots and spaces', text: ' 091 234.5678 ', phone: '0912345678' },
    { label: 'hyphens and brackets', text: '(0912) 345-678', phone: '0912345678' },
    { label: '+84', text: '+84 912 345 678', phone: '0912345678' },
    { label: '+84 with the zero kept', text: '+84 (0)912 345 678', phone: '0912345678' },
    { label: '0084', text: '0084912345678', phone: '0912345678' },
    { label: '84 without plus', text: '84912345678', phone: '0912345678' },
    { label: 'leading zero lost in a spreadsheet', text: '912345678', phone: '0912345678' },
    { label: 'leading zero lost, prefix 084', text: '841234567', phone: '0841234567' },
    { label: 'Viettel of before 2018: 0168', text: '01681234567', phone: '0381234567' },
    { label: 'MobiFone of before 2018: 0120', text: '0120 123 4567', phone: '0701234567' },
    { label: 'VinaPhone of before 2018: 0123', text: '01231234567', phone: '0831234567' },
    { label: 'Vietnamobile of before 2018: 0188', text: '01881234567', phone: '0581234567' },
    { label: 'Gmobile of before 2018: 0199', text: '+841991234567', phone: '0591234567' },
  ])('$label', ({ text, phone }) => {
    expect(readPhone(text)).toEqual({ ok: true, phone })
  })

  test.each([
    { label: 'letters', text: '09123456ab', reason: 'phone_characters' },
    { label: 'two numbers in one field', text: '0912345678/0987654321', reason: 'phone_two' },
    { label: 'nothing', text: ' ', reason: 'phone_characters' },
    { label: 'a digit short', text: '091234567', reason: 'phone_length' },
    { label: 'a digit too many', text: '09123456789', reason: 'phone_length' },
    { label: 'landline of Bình Phước', text: '02713888888', reason: 'phone_landline' },
    { label: 'an 11-digit prefix that never was', text: '01501234567', reason: 'phone_not_mobile' },
    { label: 'another country', text: '+85512345678', reason: 'phone_not_mobile' },
  ])('refused: $label', ({ text, reason }) => {
    expect(readPhone(text)).toEqual({ ok: false, reason })
  })
})

test.each([
  { phone: '0381234567', carrier: 'viettel' },
  { phone: '0941234567', carrier: 'vinaphone' },
  { phone: '0791234567', carrier: 'mobifone' },
  { phone: '0921234567', carrier: 'vietnamobile' },
  { phone: '0591234567', carrier: 'gmobile' },
  { phone: '0871234567', carrier: 'itel' },
  { phone: '0551234567', carrier: 'wintel' },
  { phone: '0511234567', carrier: null },
])('the prefix of $phone hints at $carrier', ({ phone, carrier }) => {
  expect(guessCarrier(phone)).toBe(carrier)
})
