import { addDays, type Day, workingDayAfter } from './calendar.ts'

/**
 * Until when something waits for another person's word (domain 10). Nothing lapses on that day, and nothing is taken as
 * agreed: from the day after, those above are reminded as well, or the page says that it is late.
 */

/** Working days for an answer where neither the plan nor the regulation sets a term of its own. */
const ANSWER_WORKING_DAYS = 5

/** The last day on which who is asked first answers alone, of what was asked for on `askedOn`. */
export function waitsUntil(askedOn: Day, { daysOff }: { daysOff: readonly Day[] }): Day {
  return workingDayAfter(askedOn, ANSWER_WORKING_DAYS, daysOff)
}

/** The first day of asking whose term has not passed by `today`: what was asked before it is overdue. */
export function firstInTime(today: Day, terms: { daysOff: readonly Day[] }): Day {
  let day = today
  while (waitsUntil(addDays(day, -1), terms) >= today) day = addDays(day, -1)
  return day
}
