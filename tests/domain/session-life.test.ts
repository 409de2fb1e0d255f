import { expect, it } from 'vitest'
import { isOverForPrivileged, sessionEnd } from '#app/domain/session-life.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

it.each([
  ['just begun', 0, 0, 7 * DAY],
  ['used after five days', 0, 5 * DAY, 12 * DAY],
  ['used after twenty-eight days', 0, 28 * DAY, 30 * DAY],
])('an ordinary session, %s', (_, startedAt, seenAt, ends) => {
  expect(sessionEnd(startedAt, seenAt)).toBe(ends)
})

it.each([
  ['used an hour ago', 0, 5 * HOUR, 6 * HOUR, false],
  ['left for a night', 0, 5 * HOUR, 17 * HOUR, true],
  ['in use for a week', 0, 7 * DAY - 1, 7 * DAY, true],
  ['in use for six days', 0, 6 * DAY - HOUR, 6 * DAY, false],
])('a session of a privileged role, %s', (_, startedAt, seenAt, at, isOver) => {
  expect(isOverForPrivileged({ startedAt, seenAt }, at)).toBe(isOver)
})
