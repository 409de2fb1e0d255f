import type { Day } from './calendar.ts'
import type { Outcome } from './vocabulary.ts'

/**
 * How many citizens' numbers an account may ask about in one day that become no claim of its own: an answer about others
 * tells that somebody was helped (domain 5).
 */
export const MOST_EARLY_CHECKS = 30

/** A record of the citizen by the same official, and the outcomes that it lacks. */
export type OwnRecord = { helpId: number; helpedOn: Day; lacks: Outcome[] }

/** What the server knows of a citizen before the form is filled in. */
export type EarlyAnswer = {
  /** the official's own record; then nothing is said of others */
  own: OwnRecord | null
  /** what the official's worklist says of the citizen, as fields of the help form */
  assigned: Record<string, string> | null
  /** somebody else recorded the citizen; null: not asked, or the day's limit is reached */
  isRecorded: boolean | null
}

/** What was asked of others' records for a list: how many rows were answered, and those whose citizens are recorded. */
export type AskedRows = { asked: number; recorded: number[] }
