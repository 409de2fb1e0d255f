import type { Day } from './calendar.ts'
import type { AwardForm } from './vocabulary.ts'

/**
 * A meeting of the council on one round (domain 9): who was there, and the votes on each candidate. Its minutes are
 * frozen as it is recorded; what changes later is a supplement.
 */

/** Where and when the council met, and who was there; names as they were typed. */
export type CouncilSitting = {
  metOn: Day
  /** milliseconds since midnight */
  startedAt: number
  endedAt: number
  place: string
  chair: string
  secretary: string
  /** members present, chair and secretary among them where they vote */
  present: readonly string[]
  absent: readonly string[]
}

/** The council's word on one candidate, as the minutes keep it. */
export type CouncilVote = {
  candidateId: number
  name: string
  unitName: string
  isCollective: boolean
  form: AwardForm | null
  votesFor: number
  votesTotal: number
  isKept: boolean
  /** why it is not proposed; '' where it is */
  reason: string
}

/** The council's word on one sealed annex as a whole; its minutes count its people and name none of them. */
export type AnnexVote = Pick<CouncilVote, 'votesFor' | 'votesTotal' | 'isKept' | 'reason'> & {
  commandId: number
  command: string
  count: number
}

/** What is frozen of a meeting. `annexes` is missing where none was before the council. */
export type CouncilMinutes = CouncilSitting & { votes: readonly CouncilVote[]; annexes?: readonly AnnexVote[] }

/** Members of whom the present vote: at most so many votes on one candidate. */
export const MOST_MEMBERS = 99

/** One line of the table of votes; `place` is the number of a candidate in the list, from 1; sealed annexes follow. */
export type VoteLine = { place: number; votesFor: number; reason: string }

/** What keeps the votes from being taken, and of which line or candidate. */
export type VoteProblem =
  | { code: 'line_unread'; line: number; text: string }
  | { code: 'place_unknown' | 'place_twice' | 'too_many_votes'; line: number; place: number }
  | { code: 'votes_missing'; places: readonly number[] }

const LINE = /^\s*(\d{1,4})\s*[\t;,.:|]\s*(\d{1,2})\s*(?:[\t;,.:|]\s*(.*))?$/

/**
 * Reads the table of votes, typed or pasted: a line for each candidate with its number in the list, the votes for it,
 * and where it is not proposed the reason. `isUnanimous`: who is on no line has the votes of all members present.
 * `total`: those who vote; `count`: candidates on the list.
 */
export function readVotes(
  text: string,
  { total, count, isUnanimous }: { total: number; count: number; isUnanimous: boolean },
): { lines: Map<number, VoteLine>; problems: VoteProblem[] } {
  const lines = new Map<number, VoteLine>()
  const problems: VoteProblem[] = []
  for (const [n, row] of text.split('\n').entries()) {
    if (row.trim() === '') continue
    const [, place = '', votes = '', reason = ''] = LINE.exec(row) ?? []
    const line = { place: Number(place), votesFor: Number(votes), reason: reason.trim() }
    const at = { line: n + 1, place: line.place }
    if (place === '') problems.push({ code: 'line_unread', line: n + 1, text: row.trim() })
    else if (line.place < 1 || line.place > count) problems.push({ code: 'place_unknown', ...at })
    else if (lines.has(line.place)) problems.push({ code: 'place_twice', ...at })
    else if (line.votesFor > total) problems.push({ code: 'too_many_votes', ...at })
    else lines.set(line.place, line)
  }
  const places = Array.from({ length: count }, (_, n) => n + 1).filter(place => !lines.has(place))
  if (isUnanimous) for (const place of places) lines.set(place, { place, votesFor: total, reason: '' })
  else if (places.length > 0 && problems.length === 0) problems.push({ code: 'votes_missing', places })
  return { lines, problems }
}
