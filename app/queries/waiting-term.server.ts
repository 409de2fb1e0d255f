import { type Day, dayOf, startOf } from '#app/domain/calendar.ts'
import { firstInTime, waitsUntil } from '#app/domain/waiting.ts'
import { campaignToday } from './clock.server.ts'
import { campaignIds, rulesOf } from './judging/index.server.ts'

/** The term of something that was asked for: its last day, and whether that has passed. */
type Term = { dueOn: Day; isOverdue: boolean }

/** Returns a function that finds the term of what was asked for at an instant (campaign clock, ms). */
export function readTerms(): (askedAt: number) => Term {
  const holidays = { daysOff: daysOff() }
  const today = campaignToday()
  return askedAt => {
    const dueOn = waitsUntil(dayOf(askedAt), holidays)
    return { dueOn, isOverdue: today > dueOn }
  }
}

/** The instant (campaign clock, ms) before which what was asked for is overdue today. */
export const overdueBefore = (): number => startOf(firstInTime(campaignToday(), { daysOff: daysOff() }))

/** The holidays of the newest campaign; none before the first. */
export function daysOff(): readonly Day[] {
  const newest = campaignIds().at(-1)
  return newest === undefined ? [] : rulesOf(newest).regulation.daysOff
}
