import type { Outcome, OutcomeValue } from './vocabulary.ts'

/** Outcomes that are summed up by themselves: each is also an indicator of the annex (plan IV.1). */
export const TALLIED_OUTCOMES = ['eid_activated', 'sim_signature', 'phone_4g'] as const satisfies readonly Outcome[]

/** achieved: by the help; had: before it. */
export const OUTCOME_MARKS = { achieved: 'a', had: 'h' } as const

const MARK_OF: Record<OutcomeValue, string> = { achieved: 'a', already_had: 'h', not_yet: '-' }

/** With which outcomes a record counts: a mark for each of `TALLIED_OUTCOMES`, '-' for neither. */
export function outcomeMarks(outcomes: Partial<Record<Outcome, { value: OutcomeValue }>>): string {
  return TALLIED_OUTCOMES.map(outcome => MARK_OF[outcomes[outcome]?.value ?? 'not_yet']).join('')
}
