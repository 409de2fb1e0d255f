import { OUTCOMES, type Outcome } from './vocabulary.ts'

/** Letters that a citizen's own words beside "not quite" take at most. Domain 6.1. */
export const ANSWER_LETTERS = 300

/** Writes the outcomes that an answer says did not happen as one text; null for none. */
export function writeDenied(outcomes: readonly Outcome[]): string | null {
  return OUTCOMES.filter(outcome => outcomes.includes(outcome)).join(' ') || null
}

/** Reads what `writeDenied` wrote, in the order of the form; words that are no outcome are passed over. */
export function readDenied(text: string | null): Outcome[] {
  const words = text?.split(' ') ?? []
  return OUTCOMES.filter(outcome => words.includes(outcome))
}
