import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstBackupLook, isBackupDue } from '#app/domain/backup.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const MIN_MS = 60_000
const due = (now: string, lastOk: string | null, everyHours = 24, lastFailed: string | null = null) =>
  isBackupDue(
    { lastOkAt: lastOk === null ? null : at(lastOk), lastFailedAt: lastFailed === null ? null : at(lastFailed) },
    everyHours,
    at(now),
  )

describe('a backup', () => {
  it.each([
    ['at the first start, whatever the hour', '2024-06-12T01:00', null, 24, null, true],
    ['before 02:00 the one of the night before holds', '2024-06-12T01:59', '2024-06-11T02:00', 24, null, false],
    ['from 02:00 on', '2024-06-12T02:00', '2024-06-11T02:00', 24, null, true],
    ['late, where the machine stood still at night', '2024-06-12T15:00', '2024-06-11T02:05', 24, null, true],
    ['not twice a night', '2024-06-12T23:00', '2024-06-12T02:00', 24, null, false],
    ['every six hours from 02:00 on', '2024-06-12T08:00', '2024-06-12T02:03', 6, null, true],
    ['and not before', '2024-06-12T07:59', '2024-06-12T02:03', 6, null, false],
    ['every hour', '2024-06-12T09:00', '2024-06-12T08:59', 1, null, true],
    ['not within an hour after one failed', '2024-06-12T02:59', '2024-06-11T02:00', 24, '2024-06-12T02:00', false],
    ['an hour after one failed', '2024-06-12T03:00', '2024-06-11T02:00', 24, '2024-06-12T02:00', true],
    ['whatever a clock that was ahead made', '2024-06-12T02:00', '2027-06-11T02:00', 24, '2027-06-12T02:00', true],
  ] as const)('is due %s', (_, now, lastOk, every, lastFailed, expected) => {
    expect(due(now, lastOk, every, lastFailed)).toBe(expected)
  })

  it('is made once in each span, however often somebody looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 3 }), (everyHours, days) => {
        let lastOkAt: number | null = at('2024-06-12T02:00')
        let made = 0
        const end = lastOkAt + days * 24 * 60 * MIN_MS
        for (let now = lastOkAt + MIN_MS; now <= end; now += 10 * MIN_MS) {
          if (!isBackupDue({ lastOkAt, lastFailedAt: null }, everyHours, now)) continue
          lastOkAt = now
          made += 1
        }
        expect(Math.abs(made - (days * 24) / everyHours)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('the first look for a backup after a start', () => {
  it.each([
    ['of a new province: at once', 20_000_000, 0],
    ['of a large one: after the first minutes, which are the busiest', 3_000_000_000, 5 * MIN_MS],
  ] as const)('%s', (_, bytes, expected) => {
    expect(firstBackupLook(bytes)).toBe(expected)
  })
})
