import type { Day } from './calendar.ts'
import type { Outcome } from './vocabulary.ts'

/**
 * How many citizens' numbers an account may ask about in one day that become no claim of its own: an answer about others
 * tells that somebody was helped (domain 5).
 */
export const MOST_EARLY_CHECKS = 30

/** What the server knows of a citizen before the form is filled in. */
export type EarlyAnswer = {
  /** the official's own record; then nothing is said of others */
  own: { helpId: number; helpedOn: Day; lacks: Outcome[] } | null
  /** what the official's worklist says of the citizen, as fields of the help form */
  assigned: Record<string, string> | null
  /** somebody else recorded the citizen; null: not asked, or the day's limit is reached */
  isRecorded: boolean | null
}
