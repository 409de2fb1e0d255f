import type { Day } from './calendar.ts'
import type { OutsiderBar } from './outsider.ts'
import type {
  CandidateAction,
  CandidateKind,
  CollectiveResult,
  Gate,
  OfficialResult,
  RoundKind,
  RoundStage,
} from './vocabulary.ts'

/** The stage of a candidate, and the action that ended the candidacy; null: under way. */
type CandidatePlace = { stage: RoundStage; ended: CandidateAction | null }

/** The facts of a round that decide which steps are open. */
type RoundState = { kind: RoundKind; isFrozen: boolean; isDecided: boolean }

/**
 * The stations of a candidate, in order (domain 9): the unit that proposes, its district or agency (not where the unit is
 * one itself), home affairs, the council, the decision. A proposal for review comes from the frozen list alone, so it
 * begins with home affairs and goes to those who decide (plan V.4).
 */
export function stationsOf(kind: RoundKind, { hasAgency }: { hasAgency: boolean }): readonly RoundStage[] {
  if (kind === 'review') return ['home_affairs', 'decision']
  return hasAgency
    ? ['unit', 'agency', 'home_affairs', 'council', 'decision']
    : ['unit', 'home_affairs', 'council', 'decision']
}

/**
 * Returns where an action leads; null if there is no such station. Dropping, deciding and revoking end where they
 * happen.
 */
export function placeAfter(
  action: CandidateAction,
  { stage }: Pick<CandidatePlace, 'stage'>,
  stations: readonly RoundStage[],
): CandidatePlace | null {
  const at = stations.indexOf(stage)
  const to = (next: RoundStage | undefined) => (at < 0 || next === undefined ? null : { stage: next, ended: null })
  if (action === 'propose' || action === 'pass') return to(stations[at + 1])
  if (action === 'return') return to(stations[at - 1])
  return { stage, ended: action }
}

/** Why a step cannot be taken now. */
export type StepProblem = 'candidate_step_closed' | 'round_frozen' | 'round_not_frozen' | 'round_decided'

/** The actions that each station has. */
const ACTIONS: Record<RoundStage, readonly CandidateAction[]> = {
  unit: ['propose', 'drop'],
  agency: ['pass', 'return'],
  home_affairs: ['pass', 'return', 'drop'],
  council: ['pass', 'return', 'drop'],
  decision: ['decide', 'return', 'drop'],
}

/**
 * Returns why an action is not open, whichever role takes it; null if it is open. Until the list is frozen, home
 * affairs may take back what it passed on. From then on nothing enters from below, and the council and the decision
 * begin. A decided candidate can only be revoked; a candidate dropped at its unit can be proposed again.
 */
export function checkCandidateStep(
  action: CandidateAction,
  { stage, ended }: CandidatePlace,
  { isFrozen, isDecided }: RoundState,
): StepProblem | null {
  if (action === 'revoke') return ended === 'decide' ? null : 'candidate_step_closed'
  if (isDecided) return 'round_decided'
  if (ended !== null && !(action === 'propose' && ended === 'drop' && stage === 'unit')) return 'candidate_step_closed'
  if (!ACTIONS[stage].includes(action)) return 'candidate_step_closed'
  if (isFrozen) return stage === 'unit' || stage === 'agency' ? 'round_frozen' : null
  return (stage === 'council' || stage === 'decision') && action !== 'return' ? 'round_not_frozen' : null
}

/**
 * True while the unit that proposed may still correct or withdraw: nobody above has passed the proposal on. A review is
 * no proposal of a unit.
 */
export function isWithUnit(
  { stage, ended }: CandidatePlace,
  { kind, isFrozen, isDecided }: RoundState,
  stations: readonly RoundStage[],
): boolean {
  const at = stations.indexOf(stage)
  return kind === 'commendation' && ended === null && !isFrozen && !isDecided && (at === 0 || at === 1)
}

/** True while units may still propose: freezing a list then ends what has not arrived. A review takes no proposals. */
export function takesProposals(
  { kind, proposalsDueOn }: { kind: RoundKind; proposalsDueOn: Day },
  today: Day,
): boolean {
  return kind === 'commendation' && today <= proposalsDueOn
}

/**
 * True while what a round's papers say may still change: until the council has voted on everybody of a frozen list, of a
 * review until the freeze. From then on only number, day and signature are missing, and no paper is a draft (NĐ 30/2020).
 * `waiting`: candidates under way who have not reached the decision.
 */
export function arePapersDraft({ kind, isFrozen, isDecided }: RoundState, waiting: number): boolean {
  if (isDecided) return false
  return !isFrozen || (kind === 'commendation' && waiting > 0)
}

/** True while a unit's own papers may still change: it proposes nobody yet, or somebody is with it again. */
export const areUnitPapersDraft = (stages: readonly RoundStage[]): boolean =>
  stages.length === 0 || stages.includes('unit')

/** Why somebody cannot be a candidate, or go on; each reason is shown. */
export type CandidacyBar =
  | 'not_eligible'
  | 'not_for_review'
  | 'gate_in_force'
  | 'final_report_awaited'
  | 'achievement_used'
  | 'proposed_elsewhere'
  | 'proposals_over'
  | OutsiderBar

/** What is known of a would-be candidate. `result` null: from outside the rosters, or without an assessment. */
export type CandidacyFacts = {
  kind: CandidateKind
  /** as frozen in the round's version, and in the newest one */
  result: OfficialResult | CollectiveResult | null
  newestResult: OfficialResult | CollectiveResult | null
  /** the final report that bars this candidacy is missing today, whatever was frozen (plan IV.2) */
  isFinalReportMissing: boolean
  /** in force today */
  gates: readonly Gate[]
  /** an award for this campaign is in force */
  isAwarded: boolean
  /** under way or decided in another round of this campaign */
  isElsewhere: boolean
  /** how somebody from outside compares with the rosters and with other proposals; null: nothing bars them, or no outsider */
  outsiderBar: OutsiderBar | null
  /** its unit gives reasons why a collective that is not eligible is proposed all the same */
  hasReasons: boolean
}

/**
 * Lists what bars a candidacy (plan V.4, domain 9); empty if nothing does. Commendation needs eligibility in the frozen
 * list, or of a collective reasons; gates bar it while they last, and each achievement is commended once. Review needs a proposal after every step
 * of due process, both in the round's version and in the newest.
 */
export function candidacyBars(round: RoundKind, facts: CandidacyFacts): CandidacyBar[] {
  const isOutside = facts.kind === 'outside_person' || facts.kind === 'outside_collective'
  if (round === 'review')
    return !isOutside && facts.result === 'responsibility_review' && facts.newestResult === 'responsibility_review'
      ? []
      : ['not_for_review']
  const bars: CandidacyBar[] = facts.outsiderBar === null ? [] : [facts.outsiderBar]
  if (!isOutside && !mayBeProposed(facts)) bars.push('not_eligible')
  if (facts.isFinalReportMissing) bars.push('final_report_awaited')
  if (facts.gates.length > 0) bars.push('gate_in_force')
  if (facts.isAwarded) bars.push('achievement_used')
  if (facts.isElsewhere) bars.push('proposed_elsewhere')
  return bars
}

/** Results with which a collective may be proposed with reasons; plan IV.2 bars the others from commendation. */
const WITH_REASONS: readonly string[] = ['completed', 'emulation_criterion'] satisfies CollectiveResult[]

/** Eligible in both versions; a collective also with reasons, unless plan IV.2 or V.4 bars it in one of them. */
function mayBeProposed({ kind, result, newestResult, hasReasons }: CandidacyFacts): boolean {
  const fits = (of: CandidacyFacts['result']) =>
    of === 'eligible' || (of !== null && kind === 'collective' && hasReasons && WITH_REASONS.includes(of))
  return fits(result) && fits(newestResult)
}

/** What candidates are put in order by. */
export type RankFacts = {
  kind: CandidateKind
  isWoman: boolean
  /** of a collective */
  women: number
  officials: number
  /** null: no figures, from outside the rosters */
  counted: number | null
  target: number
  verified: number
  /** the day on which the target was reached; null: unknown */
  completedOn: Day | null
}

/** A collective of whose people this many per cent are women is put first in a tie. */
const WOMEN_PER_CENT = 70

/** True for a woman, or a collective of at least 70 % women. */
export function isPreferred({ kind, isWoman, women, officials }: RankFacts): boolean {
  if (kind === 'official' || kind === 'outside_person') return isWoman
  return officials > 0 && women * 100 >= officials * WOMEN_PER_CENT
}

/**
 * Compares candidates of one kind by the counted share of their target. Ties are broken (domain 9) by women first,
 * collectives of at least 70 % women first, then the verified count, then the earlier completion. Negative: `a` before
 * `b`. Those without figures come last.
 */
export function compareCandidates(a: RankFacts, b: RankFacts): number {
  if (a.counted === null || b.counted === null) {
    const known = Number(a.counted === null) - Number(b.counted === null)
    return known !== 0 ? known : Number(isPreferred(b)) - Number(isPreferred(a))
  }
  return (
    b.counted * Math.max(a.target, 1) - a.counted * Math.max(b.target, 1) ||
    Number(isPreferred(b)) - Number(isPreferred(a)) ||
    b.verified - a.verified ||
    compareDays(a.completedOn, b.completedOn)
  )
}

function compareDays(a: Day | null, b: Day | null): number {
  if (a === b) return 0
  if (a === null) return 1
  return b === null || a < b ? -1 : 1
}

/** Persons and collectives have caps of their own. */
export const isCollective = (kind: CandidateKind) => kind === 'collective' || kind === 'outside_collective'

/** True if so many more fit within a cap; null: no cap. */
export function fitsCap(cap: number | null, { passed, adding }: { passed: number; adding: number }): boolean {
  return cap === null || passed + adding <= cap
}
