import { describe, expect, test } from 'vitest'
import { startOf } from '#app/domain/calendar.ts'
import {
  formatAsOf,
  formatDay,
  formatInstant,
  formatLongDay,
  formatNumber,
  formatParts,
  formatShare,
  formatShortDay,
  maskNumber,
} from '#app/text/format.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

describe('numbers', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1234, '1.234'],
    [357048, '357.048'],
    [1304440, '1.304.440'],
    [-12, '-12'],
  ])('%d reads %s', (value, text) => expect(formatNumber(value)).toBe(text))

  test('decimals follow a comma', () => {
    expect(formatNumber(1.254, 2)).toBe('1,25')
    expect(formatNumber(1234.5, 1)).toBe('1.234,5')
  })
})

describe('shares', () => {
  test.each([
    ['activated accounts in the plan', 515959, 600803, '85,88%'],
    ['a whole percent has no decimals', 84, 100, '84%'],
    ['all', 41, 41, '100%'],
    ['none', 0, 41, '0%'],
    ['more than all', 324, 268, '120,9%'],
    ['one missing out of very many is not all', 299_999, 300_000, '99,99%'],
    ['one out of very many is not none', 1, 300_000, '0,01%'],
    ['nothing to share', 0, 0, '–'],
  ])('%s', (_, part, whole, text) => expect(formatShare(part, whole)).toBe(text))

  test('a share shows its parts', () => {
    expect(formatParts(34, 41)).toBe('34/41 (82,93%)')
    expect(formatParts(1234, 4100)).toBe('1.234/4.100 (30,1%)')
    expect(formatParts(0, 0)).toBe('0/0')
  })
})

describe('days and instants', () => {
  test.each([
    ['2024-06-12', '12/6/2024'],
    ['2024-04-04', '04/4/2024'],
    ['2024-01-23', '23/01/2024'],
    ['2024-02-29', '29/02/2024'],
    ['2024-12-05', '05/12/2024'],
  ])('%s reads %s', (day, text) => expect(formatDay(day)).toBe(text))

  test('as documents are dated', () => expect(formatLongDay('2024-04-04')).toBe('ngày 04 tháng 4 năm 2024'))

  test('without the year', () => expect(formatShortDay('2024-07-03')).toBe('03/7'))

  test.each([
    ['morning', startOf('2024-06-12') + 9 * HOUR + 15 * MINUTE, '12/6/2024, 09:15'],
    ['first minute of a day in Hồ Chí Minh, still the day before in UTC', startOf('2024-06-12'), '12/6/2024, 00:00'],
    ['last second', startOf('2024-06-13') - 1, '12/6/2024, 23:59'],
  ])('%s', (_, at, text) => expect(formatInstant(at)).toBe(text))

  test('as of', () => expect(formatAsOf(startOf('2024-06-12') + 9 * HOUR)).toBe('Tính đến 12/6/2024, 09:00'))
})

describe('names and personal numbers', () => {
  test.each([
    ['070204012345', '•••345'],
    ['345', '•••345'],
  ])('%s shows as %s', (number, text) => expect(maskNumber(number)).toBe(text))
})
