import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCitizenAge, readIdNumber } from '#app/domain/id-number.ts'

describe('reading a personal number', () => {
  test.each([
    { label: 'male, born 2004 in Bình Phước', text: '070204012345', sex: 'male', birthYear: 2004 },
    { label: 'female, born 2010', text: '070310000123', sex: 'female', birthYear: 2010 },
    { label: 'male, born 1978, registered in Thanh Hóa', text: '038078001234', sex: 'male', birthYear: 1978 },
    { label: 'female, born 1985, typed with spaces', text: ' 070 185 001 234 ', sex: 'female', birthYear: 1985 },
  ])('$label', ({ text, sex, birthYear }) => {
    expect(readIdNumber(text)).toMatchObject({ ok: true, number: text.replaceAll(' ', ''), sex, birthYear })
  })

  test.each([
    { label: 'eleven digits (a leading zero lost)', text: '70204012345', reason: 'id_number_length' },
    { label: 'thirteen digits', text: '0702040123456', reason: 'id_number_length' },
    { label: 'nothing', text: '', reason: 'id_number_length' },
    { label: 'the old nine-digit card', text: '285123456', reason: 'id_number_old_card' },
    { label: 'a letter O for a zero', text: 'O70204012345', reason: 'id_number_characters' },
    { label: 'shortened by a spreadsheet', text: '7.00858012E+10', reason: 'id_number_shortened' },
    { label: 'shortened, with a comma', text: '7,01e10', reason: 'id_number_shortened' },
    { label: 'a number with a fraction', text: '70204012345.5', reason: 'id_number_shortened' },
    { label: 'an old mobile number', text: '01651234567', reason: 'id_number_phone' },
    { label: 'a mobile number', text: '0912345678', reason: 'id_number_phone' },
    { label: 'a century that has not begun', text: '070404012345', reason: 'id_number_century' },
  ])('refused: $label', ({ text, reason }) => {
    expect(readIdNumber(text)).toEqual({ ok: false, reason })
  })

  test('knows every province of the reference data and no other', () => {
    const rows = readFileSync('db/reference/id-number-province-codes.csv', 'utf8').trim().split(/\r?\n/).slice(1)
    const reference = rows.map(row => row.slice(0, 3))
    const known = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0')).filter(code =>
      (reading => reading.ok && !reading.isAbroad)(readIdNumber(`${code}204012345`)),
    )
    expect(reference).toHaveLength(63)
    expect(known).toEqual(reference.toSorted())
  })
})

describe('age on the day helped, 04/4/2024, at least 14', () => {
  test.each([
    { label: 'case 17: born 2010, only the year given', birthYear: 2010, birthOn: null, reason: 'birth_date_needed' },
    { label: 'case 17: born 01/4/2010', birthYear: 2010, birthOn: '2010-04-01', reason: null },
    { label: 'born 04/4/2010: fourteen that day', birthYear: 2010, birthOn: '2010-04-04', reason: null },
    { label: 'case 17: born 05/4/2010', birthYear: 2010, birthOn: '2010-04-05', reason: 'too_young' },
    { label: 'born 2009: fourteen at least', birthYear: 2009, birthOn: null, reason: null },
    { label: 'born 2011: thirteen at most', birthYear: 2011, birthOn: null, reason: 'too_young' },
    { label: 'born in a century to come', birthYear: 2104, birthOn: null, reason: 'too_young' },
  ])('$label', ({ birthYear, birthOn, reason }) => {
    expect(checkCitizenAge({ birthYear, birthOn }, '2024-04-04', 14)).toBe(reason)
  })
})
