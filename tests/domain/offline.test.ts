import { describe, expect, it, test } from 'vitest'
import { boundedEntry, doubtsClock, isSheetOver } from '#app/domain/offline.ts'
import { refusePin } from '#app/domain/pin.ts'

const NOW = Date.parse('2024-06-12T09:00+07:00')
const HOUR = 3_600_000

describe('a phone’s clock', () => {
  it.each([
    ['agrees, sent at once', { enteredAt: NOW, sentAt: NOW, contactAt: NOW - HOUR }, false],
    ['agrees, typed the day before', { enteredAt: NOW - 24 * HOUR, sentAt: NOW, contactAt: NOW - 30 * HOUR }, false],
    ['runs two hours fast', { enteredAt: NOW + 2 * HOUR, sentAt: NOW + 2 * HOUR, contactAt: NOW }, false],
    ['runs a day fast', { enteredAt: NOW + 24 * HOUR, sentAt: NOW + 24 * HOUR, contactAt: null }, true],
    ['runs a day slow', { enteredAt: NOW - 24 * HOUR, sentAt: NOW - 24 * HOUR, contactAt: null }, true],
    [
      'ran a day fast when it was typed, right since',
      { enteredAt: NOW + 24 * HOUR, sentAt: NOW, contactAt: NOW - HOUR },
      true,
    ],
    [
      'ran a day slow when it was typed, right since',
      { enteredAt: NOW - 24 * HOUR, sentAt: NOW, contactAt: NOW - HOUR },
      true,
    ],
    ['knows of no contact', { enteredAt: NOW - 48 * HOUR, sentAt: NOW, contactAt: null }, false],
  ])('%s', (_, times, isDoubted) => {
    expect(doubtsClock(times, NOW)).toBe(isDoubted)
  })
})

describe('a sheet that was taken along', () => {
  it.each([
    ['is kept for its day', 24 * HOUR - 1, false],
    ['goes after 24 hours', 24 * HOUR, true],
    ['outlives a clock that is set right by minutes', -4 * 60_000, false],
    ['goes where the clock is put back before its taking', -HOUR, true],
  ])('%s', (_, passed, isOver) => {
    expect(isSheetOver(NOW, NOW + passed)).toBe(isOver)
  })
})

describe('a PIN', () => {
  it.each([
    ['000000', 'pin_guessable'],
    ['123456', 'pin_guessable'],
    ['654321', 'pin_guessable'],
    ['890123', 'pin_guessable'],
    ['121212', 'pin_guessable'],
    ['123123', 'pin_guessable'],
    ['198507', 'pin_guessable'],
    ['121985', 'pin_guessable'],
    ['112233', 'pin_guessable'],
    ['12345', 'pin_form'],
    ['12345a', 'pin_form'],
    ['407283', null],
    ['198607', null],
  ])('%s of somebody born in 1985: %s', (pin, problem) => {
    expect(refusePin(pin, 1985)).toBe(problem)
  })

  it('holds no birth year where none is known', () => {
    expect(refusePin('198507', null)).toBeNull()
  })
})

describe('when a phone claims that a record was typed (L9)', () => {
  const DAY = 24 * HOUR
  const now = Date.parse('2024-06-12T17:00+07:00')
  test.each([
    { label: 'within the absence it holds', claimed: now - 3 * HOUR, contactAt: now - 9 * HOUR, is: now - 3 * HOUR },
    { label: 'not before the last contact', claimed: now - 50 * DAY, contactAt: now - 9 * HOUR, is: now - 9 * HOUR },
    { label: 'not after now', claimed: now + HOUR, contactAt: now - 9 * HOUR, is: now },
    { label: 'no contact known: no older than a copy', claimed: now - 50 * DAY, contactAt: null, is: now - 8 * DAY },
  ])('$label', ({ claimed, contactAt, is }) => {
    expect(boundedEntry(claimed, { contactAt, startedAt: now - DAY, now })).toBe(is)
  })
})
