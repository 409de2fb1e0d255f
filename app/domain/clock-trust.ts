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
 * Decides whether a clock that shows `at` (ms) can be trusted enough to destroy data. The newest event must not be
 * later than `at`. Some event must prove that the clock showed a time between 48 and 24 hours earlier. So events
 * written while the clock is set ahead for an hour prove nothing. A younger log has nothing to compare, and nothing to
 * destroy. `newest`: when the event with the highest id was written; null: there is no event.
 */
export function isClockBelieved(
  at: number,
  { newest, hasWitness, hasOlder }: { newest: number | null; hasWitness: boolean; hasOlder: boolean },
): boolean {
  if (newest !== null && newest > at + TOLERANCE_MS) return false
  return hasWitness || !hasOlder
}
