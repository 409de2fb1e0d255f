import { addDays, type Day, dayOf } from './calendar.ts'
import { daysLeft } from './pace.ts'
import type { Regulation } from './regulation.ts'
import type { AssignmentState } from './vocabulary.ts'

/** States in which there is still something to do for the citizen before the close. */
export const OPEN_STATES = [
  'not_contacted',
  'appointment',
  'no_answer',
  'wrong_number',
  'away',
  'submitted',
] as const satisfies AssignmentState[]

/** States that the official who visits the citizen may note; `done` comes only from a saved record (domain 7). */
export const NOTED_STATES = [
  'not_contacted',
  'appointment',
  'no_answer',
  'wrong_number',
  'submitted',
  'away',
  'abroad',
  'serving_sentence',
  'address_unknown',
  'refused',
] as const satisfies AssignmentState[]
type NotedState = (typeof NOTED_STATES)[number]

/** What is known of the last contact with a citizen; `revision`: the version that shows it. */
export type LastContact = {
  revision: number
  state: AssignmentState
  appointmentOn: Day | null
  appointmentTime: string
  appointmentPlace: string | null
  note: string | null
}

/** Letters that a note of a contact takes at most, in the form and in a list. */
export const CONTACT_LETTERS = { appointmentPlace: 200, note: 500 }

/** True where the citizen still waits to be helped: what daily quotas and loads count. */
export function isOpenState(state: AssignmentState): boolean {
  return OPEN_STATES.some(open => open === state)
}

/**
 * Decides whether the page of an assigned citizen offers a call. After a refusal nobody calls again, and it counts
 * against nobody. A number that is somebody else's is not called again either, until another one is known.
 */
export function mayCall(state: AssignmentState): boolean {
  return state !== 'refused' && state !== 'done' && state !== 'wrong_number'
}

/**
 * Returns the day from which a citizen who did not answer is called again: the one after the call (`calledAt`, ms).
 * Null in any other state, and where no time of the call is known. Domain 7.
 */
export function callAgainOn({ state, calledAt }: { state: AssignmentState; calledAt: number | null }): Day | null {
  return state === 'no_answer' && calledAt !== null ? addDays(dayOf(calledAt), 1) : null
}

const CONTACT_PROBLEMS = ['already_done', 'refusal_stands', 'revision_moved'] as const
export type ContactProblem = (typeof CONTACT_PROBLEMS)[number]

/**
 * Returns why a new state cannot be noted: a record says that the citizen has been helped, or the citizen has refused.
 * Only the unit reopens a refusal. Null if nothing prevents it.
 */
export function checkContact(from: AssignmentState, { isUnit }: { isUnit: boolean }): ContactProblem | null {
  if (from === 'done') return 'already_done'
  return from === 'refused' && !isUnit ? 'refusal_stands' : null
}

/**
 * Returns the state of a citizen whose closing record was withdrawn or turned out to be about somebody else. An
 * appointment from today on applies again; otherwise the citizen waits to be contacted.
 */
export function reopenedState(appointmentOn: Day | null, today: Day): NotedState {
  return appointmentOn !== null && appointmentOn >= today ? 'appointment' : 'not_contacted'
}

type Period = Pick<Regulation, 'startsOn' | 'endsOn'>

/**
 * Computes how many citizens of a list must be done each day so that none is open at the close. It is what is open,
 * divided by the days left, today included, rounded up (plan IV.1). Null once the campaign is over.
 */
export function dailyQuota(open: number, today: Day, period: Period): number | null {
  const days = daysLeft(today, period)
  return days === 0 ? null : Math.ceil(open / days)
}

/** The figures of a list: everyone on it, still open, done, refused, and out of reach until the close. */
export type ListFigures = { total: number; open: number; done: number; refused: number; outOfReach: number }

/** Sums counts by state up; `total` is everybody. */
export function figuresOfStates(counts: Partial<Record<AssignmentState, number>>): ListFigures {
  const figures: ListFigures = { total: 0, open: 0, done: 0, refused: 0, outOfReach: 0 }
  for (const [word, count] of Object.entries(counts)) {
    const state = word as AssignmentState
    figures.total += count
    if (state === 'done') figures.done += count
    else if (state === 'refused') figures.refused += count
    else if (isOpenState(state)) figures.open += count
    else figures.outOfReach += count
  }
  return figures
}

/** The most of two visits' order on the road: by appointment (day, time), then by hamlet and name. */
export type RoadStop = {
  state: AssignmentState
  appointmentOn: Day | null
  appointmentTime: string
  hamlet: string
  sortName: string
  /** called in vain, and not to be called again before another day */
  isLater?: boolean
}

/**
 * Orders the stops of a hamlet: who has an appointment first, then who is open, then who is called again another day,
 * then the rest; by name within.
 */
export function compareStops(a: RoadStop, b: RoadStop): number {
  const rank = ({ state, isLater }: RoadStop) => {
    if (state === 'appointment') return 0
    if (isOpenState(state)) return isLater ? 2 : 1
    return state === 'done' ? 4 : 3
  }
  const at = ({ appointmentOn, appointmentTime }: RoadStop) => `${appointmentOn ?? '9'} ${appointmentTime}`
  const byTime = rank(a) === 0 && rank(b) === 0 ? at(a).localeCompare(at(b)) : 0
  return rank(a) - rank(b) || byTime || (a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : 0)
}
