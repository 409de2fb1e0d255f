import type { Regulation } from './regulation.ts'
import { type HelpFacts, judge, type Verdict } from './verdict.ts'

/** What a record that is not stored yet would be judged as; `isDayCompared`: extracts hold a day to compare with. */
export type Foresight = Pick<Verdict, 'kind' | 'reason' | 'outcome'> & { isDayCompared: boolean }

/**
 * Returns the verdict that a record would get as it is received, unconfirmed (domain 5, foresight). It rests on the
 * record's own words and on extracts alone. It says nothing of other records of the citizen, of what the citizen or an
 * inspection said, of whether the citizen is an official, and nothing of the day that an extract gives: a preview is no
 * place to try days or people. Where extracts hold such a day, it says that the day will be compared.
 */
export function foresee(facts: HelpFacts, regulation: Regulation): Foresight {
  const isDay = ({ shows, outcome }: HelpFacts['evidence'][number]) => shows && outcome === regulation.mustAchieve
  const alone: HelpFacts = {
    ...facts,
    isConfirmed: false,
    isDenied: false,
    isReturned: false,
    isRosterMember: false,
    inspection: 'none',
    evidence: facts.evidence
      .filter(({ isKept = false }) => !isKept)
      .map(one => (isDay(one) ? { ...one, happenedOn: null } : one)),
  }
  const { kind, reason, outcome } = judge(alone, regulation, null)
  const isDated = facts.evidence.some(one => isDay(one) && one.happenedOn !== null)
  return { kind, reason, outcome, isDayCompared: isDated && reason === 'awaiting_confirmation' }
}
