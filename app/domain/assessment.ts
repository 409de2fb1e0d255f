import type { Regulation } from './regulation.ts'
import { isOpen, type Standing, underOtherReading } from './standing.ts'
import {
  type Article,
  type CollectiveResult,
  type Gate,
  OBLIGATIONS,
  type Obligation,
  type OfficialResult,
  type PartStanding,
} from './vocabulary.ts'

/**
 * The steps before anyone may be reviewed for responsibility; each is a recorded decision of a person. `explanation`
 * is pending from the notice until the head decides; `appeal` is pending while lodged, or while it may still be lodged.
 */
export type DueProcess = {
  explanation: 'none' | 'pending' | 'accepted' | 'rejected'
  finding: 'none' | 'pending' | 'made'
  appeal: 'none' | 'pending' | 'upheld' | 'rejected'
}

/** Why an assessment came out as it did, with its figures: what is missing, what was reached, which step is open. */
export type AssessmentReason =
  | { code: 'bears_nothing' | 'exempt_from_all' | 'exempt_from_quota' | 'obligations_met' | 'collective_barred' }
  | { code: 'target_short' | 'target_reached' | 'target_exceeded'; counted: number; target: number }
  /** `isSignatureProven`: of the SIM and its signature the SIM's own name alone is open */
  | { code: 'obligation_unmet'; obligation: Obligation; standing: PartStanding; isSignatureProven?: true }
  | { code: 'inspections_failed'; count: number }
  | { code: 'gate'; gate: Gate }
  | { code: 'explanation_pending' | 'explanation_accepted' | 'explanation_rejected' }
  | { code: 'finding_pending' | 'finding_made' | 'appeal_pending' | 'appeal_upheld' | 'appeal_rejected' }
  | { code: 'final_report_missing' | 'untrue_report_found' | 'never_inspected' }
  | { code: 'members_short' | 'targets_lowered'; count: number }
  | { code: 'indicator_short'; indicator: string; done: number; target: number }
  | { code: 'obligation_share'; obligation: Obligation; met: number; bearers: number }
  | { code: 'reports_late'; inTime: number; due: number }
  | { code: 'inspection_share'; untrue: number; drawn: number }

export type Assessment<Result> = { result: Result; reasons: AssessmentReason[]; articles: readonly Article[] }

export type OfficialFacts = {
  standing: Standing
  dueProcess: DueProcess
  gates: readonly Gate[]
  /** Their records found untrue by an inspection, no appeal upheld; those since withdrawn included. */
  failedInspections: number
  /** Their collective is out of consideration; matters only where the regulation lets that bar its people. */
  isCollectiveBarred: boolean
}

const OFFICIAL_ARTICLES: Record<OfficialResult, readonly Article[]> = {
  exempt: ['IV.1'],
  responsibility_review: ['IV.1', 'V.4'],
  not_completed_excused: ['IV.1', 'V.4'],
  not_completed_open: ['IV.1', 'V.4'],
  not_completed: ['IV.1', 'V.4'],
  eligible: ['IV.1', 'IV.2', 'V.4'],
  completed: ['IV.1'],
}

const COLLECTIVE_ARTICLES: Record<CollectiveResult, readonly Article[]> = {
  no_consideration: ['IV.2', 'V.1'],
  responsibility_review: ['IV.2', 'V.4'],
  emulation_criterion: ['IV.2'],
  eligible: ['IV.1', 'IV.2', 'V.4'],
  completed: ['IV.1', 'IV.2'],
}

/** The same facts under the other reading of the quota than the regulation's. */
export const underAnyReading = (facts: OfficialFacts): OfficialFacts => ({
  ...facts,
  standing: underOtherReading(facts.standing),
})

/**
 * Gives the evidence on one official at the close of a campaign, or as a preview before it (plan IV.1, IV.2, V.4). It
 * says who is eligible to be considered, who completed, and what is missing. It grades and penalises nobody. A review
 * needs a person's finding after every step of due process, with no appeal upheld or open.
 */
export function assessOfficial(facts: OfficialFacts, regulation: Regulation): Assessment<OfficialResult> {
  const { standing, dueProcess, gates, failedInspections } = facts
  const { target, counts, allMet, reachedTarget } = standing
  const conclude = (result: OfficialResult, reasons: AssessmentReason[]) => ({
    result,
    reasons,
    articles: OFFICIAL_ARTICLES[result],
  })

  if (allMet === null && target === null) {
    const bearsNothing = !standing.bearsQuota && !standing.bearsObligations
    return conclude('exempt', [{ code: bearsNothing ? 'bears_nothing' : 'exempt_from_all' }])
  }

  const hindrances: AssessmentReason[] = gates.map(gate => ({ code: 'gate', gate }))
  if (failedInspections > 0) hindrances.push({ code: 'inspections_failed', count: failedInspections })
  if (facts.isCollectiveBarred && regulation.collectiveBarsMembers) hindrances.push({ code: 'collective_barred' })

  if (allMet === false || reachedTarget === false) {
    const reasons = [...targetReasons(counts.counted, target), ...unmetObligations(standing), ...hindrances]
    return conclude(resultOfUncompleted(dueProcess), [...reasons, ...stepsOf(dueProcess)])
  }

  const reasons: AssessmentReason[] = targetReasons(counts.counted, target)
  if (standing.bearsQuota && target === null) reasons.push({ code: 'exempt_from_quota' })
  // an exemption lifts a duty and never bars: maternity counts as worked, and more than the common quota is more
  const isBeyondQuota = standing.bearsQuota && target === null && counts.counted > regulation.quota
  if (isBeyondQuota) reasons.push({ code: 'target_exceeded', counted: counts.counted, target: regulation.quota })
  if (allMet) reasons.push({ code: 'obligations_met' })
  const isExceeded = isBeyondQuota || (target !== null && counts.counted > target)
  return conclude(isExceeded && hindrances.length === 0 ? 'eligible' : 'completed', [...reasons, ...hindrances])
}

function targetReasons(counted: number, target: number | null): AssessmentReason[] {
  if (target === null) return []
  if (counted < target) return [{ code: 'target_short', counted, target }]
  return [{ code: counted === target ? 'target_reached' : 'target_exceeded', counted, target }]
}

function unmetObligations({ obligations, isSignatureProven }: Standing): AssessmentReason[] {
  return OBLIGATIONS.filter(obligation => isOpen(obligations[obligation])).map(obligation => ({
    code: 'obligation_unmet',
    obligation,
    standing: obligations[obligation],
    ...(isSignatureProven && obligation === 'sim_signature' ? { isSignatureProven } : {}),
  }))
}

/** True where every step is on record and closed: explanation rejected, finding made, appeal not lodged in time or rejected. */
function isReviewDue({ explanation, finding, appeal }: DueProcess): boolean {
  return explanation === 'rejected' && finding === 'made' && (appeal === 'none' || appeal === 'rejected')
}

function resultOfUncompleted(dueProcess: DueProcess): OfficialResult {
  const { explanation, finding, appeal } = dueProcess
  if (isReviewDue(dueProcess)) return 'responsibility_review'
  if (explanation === 'accepted' || appeal === 'upheld') return 'not_completed_excused'
  return explanation === 'rejected' && finding === 'none' ? 'not_completed' : 'not_completed_open'
}

/** Lists the steps that were taken; a step that has not begun adds nothing. */
function stepsOf({ explanation, finding, appeal }: DueProcess): AssessmentReason[] {
  const steps: AssessmentReason[] = []
  if (explanation !== 'none') steps.push({ code: `explanation_${explanation}` })
  if (finding !== 'none') steps.push({ code: `finding_${finding}` })
  if (appeal !== 'none') steps.push({ code: `appeal_${appeal}` })
  return steps
}

/** The facts of one unit with its subtree at the close: its people are those posted there at the cut-off. */
export type CollectiveFacts = {
  /** Its deadline has passed without one. */
  isFinalReportMissing: boolean
  /** A finding of untrue reporting by the inspecting body, no appeal upheld. */
  isUntrueReportFound: boolean
  /** Σ of its officials' counted records and of their targets, and how many of them are short of their own. */
  counted: number
  target: number
  membersShort: number
  /** How many of them have a target below the quota; shown beside, bars nothing. Left out: none. */
  lowered?: number
  /** Of each obligation: those who met it, and its bearers without an exemption. */
  obligations: Record<Obligation, { met: number; bearers: number }>
  /** The annex indicators of a locality; empty for other units. */
  indicators: readonly { indicator: string; done: number; target: number }[]
  /** Reports whose deadline a numbered document set (the final one is), as far as they have fallen due. */
  reports: { inTime: number; due: number }
  /** Records drawn and found untrue, no appeal upheld; null where never inspected. */
  inspection: { untrue: number; drawn: number } | null
  dueProcess: DueProcess
  gates: readonly Gate[]
}

/**
 * Gives the evidence on one collective at the close of a campaign, or as a preview before it (plan IV.2, V.4). Its
 * target is the regulation's reading: Σ of its officials' targets, or every member reaches theirs. A locality also has
 * the annex indicators. Falling short goes into the 2024 collective emulation criteria.
 */
export function assessCollective(facts: CollectiveFacts, regulation: Regulation): Assessment<CollectiveResult> {
  const conclude = (result: CollectiveResult, reasons: AssessmentReason[]) => ({
    result,
    reasons,
    articles: COLLECTIVE_ARTICLES[result],
  })

  const bars: AssessmentReason[] = []
  if (facts.isFinalReportMissing) bars.push({ code: 'final_report_missing' })
  if (facts.isUntrueReportFound) bars.push({ code: 'untrue_report_found' })
  if (bars.length > 0) return conclude('no_consideration', bars)

  const obstacles = obstaclesOf(facts, regulation)
  const shortfalls = shortfallsOf(facts, regulation)
  if (shortfalls.length > 0) {
    const result = isReviewDue(facts.dueProcess) ? 'responsibility_review' : 'emulation_criterion'
    return conclude(result, [...shortfalls, ...obstacles, ...loweredOf(facts), ...stepsOf(facts.dueProcess)])
  }

  const isEligible = facts.counted > facts.target && obstacles.length === 0
  const reasons: AssessmentReason[] = [...targetReasons(facts.counted, facts.target), ...loweredOf(facts), ...obstacles]
  if (!obstacles.some(({ code }) => code === 'obligation_share')) reasons.push({ code: 'obligations_met' })
  if (facts.inspection === null) reasons.push({ code: 'never_inspected' })
  return conclude(isEligible ? 'eligible' : 'completed', reasons)
}

/** How many targets were lowered by decision, as a reason to look at; empty where none was. */
function loweredOf({ lowered = 0 }: CollectiveFacts): AssessmentReason[] {
  return lowered > 0 ? [{ code: 'targets_lowered', count: lowered }] : []
}

/** By how much the assigned target is missed; empty where it is reached. */
function shortfallsOf(facts: CollectiveFacts, regulation: Regulation): AssessmentReason[] {
  const { counted, target, membersShort, indicators } = facts
  const shortfalls: AssessmentReason[] = []
  if (regulation.collectiveTarget === 'sum') {
    if (counted < target) shortfalls.push({ code: 'target_short', counted, target })
  } else if (membersShort > 0) shortfalls.push({ code: 'members_short', count: membersShort })
  for (const indicator of indicators) {
    if (indicator.done < indicator.target) shortfalls.push({ code: 'indicator_short', ...indicator })
  }
  return shortfalls
}

/** Lists what, besides the target, keeps a collective from being eligible. */
function obstaclesOf(facts: CollectiveFacts, regulation: Regulation): AssessmentReason[] {
  const { obligations, reports, inspection, gates } = facts
  const obstacles: AssessmentReason[] = OBLIGATIONS.filter(
    obligation => obligations[obligation].met < obligations[obligation].bearers,
  ).map(obligation => ({ code: 'obligation_share', obligation, ...obligations[obligation] }))
  if (reports.inTime < reports.due) obstacles.push({ code: 'reports_late', ...reports })
  if (inspection !== null && inspection.untrue > inspection.drawn * regulation.toleratedUntrueShare) {
    obstacles.push({ code: 'inspection_share', ...inspection })
  }
  return [...obstacles, ...gates.map(gate => ({ code: 'gate' as const, gate }))]
}
