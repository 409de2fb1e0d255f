import { type Day, daysBetween } from './calendar.ts'

/** A reminder of one person by a unit: the day, and the unit at which it was given. */
export type Nudge = { on: Day; unitName: string }

/** So many days a reminder of one person stays on their pages, while they lack something. */
const SHOWN_DAYS = 7

/** True while the reminded see it: on the day itself and the six days after. */
export const isNudgeShown = (on: Day, today: Day): boolean => on <= today && daysBetween(on, today) < SHOWN_DAYS

/** A person is reminded once a day, by however many units; `last`: the day of the newest reminder, null: none yet. */
export const mayNudge = (last: Day | null, today: Day): boolean => last === null || last < today
