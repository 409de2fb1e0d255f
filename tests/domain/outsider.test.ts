import { describe, expect, it } from 'vitest'
import {
  isPlausibleBirthYear,
  likenessOf,
  type Outsider,
  outsideCollectiveBar,
  outsiderBar,
} from '#app/domain/outsider.ts'

const ANH: Outsider = { name: 'Lê Thị Ánh', birthYear: 1985, numberKey: 'a' }
const asked = (changes: Partial<Outsider>): Outsider => ({ ...ANH, numberKey: null, ...changes })

describe('likenessOf', () => {
  it.each([
    ['one number, whatever the name', { name: 'Khác', birthYear: 1900, numberKey: 'a' }, 'same'],
    ['one name and year, no number', {}, 'unclear'],
    ['the name without marks', { name: 'le thi anh' }, 'unclear'],
    ['a year that is not known', { birthYear: null }, 'unclear'],
    ['one name and year, another number', { numberKey: 'b' }, 'namesake'],
    ['another year', { birthYear: 1986 }, null],
    ['another name', { name: 'Lê Thị Anh Đào' }, null],
  ] as const)('%s', (_, changes, likeness) => {
    expect(likenessOf(asked(changes), ANH)).toBe(likeness)
  })
})

describe('outsiderBar', () => {
  const none = { officials: [], proposals: [] }
  it.each([
    ['nobody alike', {}, none, null],
    ['an official', { numberKey: 'a' }, { ...none, officials: [ANH] }, 'outsider_is_official'],
    ['perhaps an official', {}, { ...none, officials: [ANH] }, 'outsider_number_needed'],
    ['a namesake of an official', { numberKey: 'b' }, { ...none, officials: [ANH] }, null],
    ['the same person again', {}, { ...none, proposals: [asked({})] }, 'proposed_already'],
    ['again, now with a number', { numberKey: 'a' }, { ...none, proposals: [asked({})] }, 'proposed_already'],
    ['a namesake of another', { numberKey: 'b' }, { ...none, proposals: [ANH] }, null],
  ] as const)('%s', (_, changes, others, bar) => {
    expect(outsiderBar(asked(changes), others)).toBe(bar)
  })
})

it('a collective is no unit, and is proposed once', () => {
  const others = { units: ['UBND xã Tân Thành'], proposals: ['Tổ công nghệ số ấp 3'] }
  expect(outsideCollectiveBar('ubnd  xã tân thành', others)).toBe('outsider_is_unit')
  expect(outsideCollectiveBar('Tổ công nghệ số, ấp 3', others)).toBe('proposed_already')
  expect(outsideCollectiveBar('Tổ công nghệ số ấp 4', others)).toBe(null)
})

it('a birth year is one of somebody who may have helped', () => {
  expect([1800, 1923, 1924, 2010, 2011, 2025].map(year => isPlausibleBirthYear(year, 2024))).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
  ])
})
