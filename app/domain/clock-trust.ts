const HOUR_MS = 3_600_000
/** A server without any event for so long was off, or its clock was set ahead: from the log the two look the same. */
const LONGEST_SILENCE_MS = 48 * HOUR_MS
/** After such a silence the clock is believed again when events have followed it for so long. */
const PROBATION_MS = 24 * HOUR_MS
/** A clock that is kept by the network may be set back by less. */
const TOLERANCE_MS = 5 * 60_000

/** The span of instants (ms) of which one must have an event, for the clock to be believed at the instant `at` (ms). */
export function witnessSpan(at: number): { from: number; to: number } {
  return { from: at - LONGEST_SILENCE_MS, to: at - PROBATION_MS }
}

/**
 * Whether data may be destroyed by a clock that shows `at` (ms). The newest event must not lie ahead of it, and an event
 * must bear witness that the clock stood between 48 and 24 hours before: what is written while it is set ahead for an
 * hour proves nothing. A log that is younger than that has nothing to compare, and nothing to destroy. `newest`: when
 * the event of the highest id was written; null: there is none.
 */
export function isClockBelieved(
  at: number,
  { newest, hasWitness, hasOlder }: { newest: number | null; hasWitness: boolean; hasOlder: boolean },
): boolean {
  if (newest !== null && newest > at + TOLERANCE_MS) return false
  return hasWitness || !hasOlder
}
