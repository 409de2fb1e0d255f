import {
  type Assessment,
  assessCollective,
  assessOfficial,
  type CollectiveFacts,
  type DueProcess,
  type OfficialFacts,
} from './assessment.ts'
import type { Day } from './calendar.ts'
import type { Regulation } from './regulation.ts'
import { isBorne, isMetStanding, otherReading, type Standing, type StandingFacts, standingOf } from './standing.ts'
import { effectiveTarget } from './target.ts'
import {
  type Category,
  type ClosingReason,
  type CollectiveResult,
  type Gate,
  OBLIGATIONS,
  type Obligation,
  type OfficialResult,
  recordOf,
  type Sex,
} from './vocabulary.ts'

/**
 * The facts of one official that are frozen at the close (plan IV, V.4). They suffice to compute the assessment again,
 * under the same parameters or others. `decided` is the target that a decision gave; null: the quota.
 */
export type FrozenOfficial = {
  unitId: number
  category: Category
  isLeader: boolean
  sex: Sex | null
  decided: number | null
  counts: StandingFacts['counts']
  parts: StandingFacts['parts']
  exemptParts: StandingFacts['exemptParts']
  failedInspections: number
  dueProcess: DueProcess
  gates: readonly Gate[]
}

/** The facts of one collective that are frozen, apart from its people. */
export type FrozenCollective = Pick<
  CollectiveFacts,
  | 'isFinalReportMissing'
  | 'isUntrueReportFound'
  | 'indicators'
  | 'reports'
  | 'inspection'
  | 'lowered'
  | 'dueProcess'
  | 'gates'
>

/** Parameters of an assessment: a regulation; `countsAny`: records count by the other reading of the quota than its own. */
export type Reading = { regulation: Regulation; countsAny: boolean }

/** One official's assessment from what was frozen. */
export function assessFrozenOfficial(
  frozen: FrozenOfficial,
  { regulation, countsAny }: Reading,
  isCollectiveBarred: boolean,
): Assessment<OfficialResult> & { standing: Standing } {
  const { category, decided, counts, parts, exemptParts, failedInspections, dueProcess, gates } = frozen
  const standing = standingOf(
    {
      posting: { category },
      target: effectiveTarget(decided, regulation),
      counts: countsAny ? otherReading(counts) : counts,
      parts,
      exemptParts,
    },
    regulation,
  )
  const facts: OfficialFacts = { standing, dueProcess, gates, failedInspections, isCollectiveBarred }
  return { standing, ...assessOfficial(facts, regulation) }
}

/** A collective's people in sums: those posted in its subtree at the cut-off. */
export type MemberSums = {
  officials: number
  women: number
  reported: number
  counted: number
  verified: number
  target: number
  short: number
  met: Record<Obligation, number>
  bearers: Record<Obligation, number>
}

export const noMembers = (): MemberSums => ({
  officials: 0,
  women: 0,
  reported: 0,
  counted: 0,
  verified: 0,
  target: 0,
  short: 0,
  met: recordOf(OBLIGATIONS, () => 0),
  bearers: recordOf(OBLIGATIONS, () => 0),
})

/**
 * Adds one official to the sums of a collective, or with `sign` −1 removes them again. Their records count for it even
 * if they are exempt: an exemption takes somebody out of a denominator only (domain 9).
 */
export function addMember(
  sums: MemberSums,
  { sex }: Pick<FrozenOfficial, 'sex'>,
  { target, reachedTarget, counts, obligations }: Standing,
  sign: 1 | -1,
) {
  sums.officials += sign
  if (sex === 'female') sums.women += sign
  sums.reported += sign * counts.reported
  sums.counted += sign * counts.counted
  sums.verified += sign * counts.verified
  if (target !== null) {
    sums.target += sign * target
    if (!reachedTarget) sums.short += sign
  }
  for (const obligation of OBLIGATIONS) {
    const standing = obligations[obligation]
    if (!isBorne(standing)) continue
    sums.bearers[obligation] += sign
    if (isMetStanding(standing)) sums.met[obligation] += sign
  }
}

/** Adds the sums of one part to those of the whole. */
export function addSums(whole: MemberSums, part: MemberSums) {
  const { met, bearers, ...counts } = part
  for (const key of Object.keys(counts) as (keyof typeof counts)[]) whole[key] += counts[key]
  for (const obligation of OBLIGATIONS) {
    whole.met[obligation] += met[obligation]
    whole.bearers[obligation] += bearers[obligation]
  }
}

/** What is stored of one collective at the close: its own facts, and its people in sums under the regulation then. */
export type StoredCollective = FrozenCollective & { sums: MemberSums }

/** What the assessment of a collective reads of its people in sums. */
export type AssessedSums = Pick<MemberSums, 'counted' | 'target' | 'short' | 'met' | 'bearers'>

/** Of each obligation: those who met it, and its bearers. */
export const sharesOf = ({ met, bearers }: Pick<MemberSums, 'met' | 'bearers'>) =>
  recordOf(OBLIGATIONS, obligation => ({ met: met[obligation], bearers: bearers[obligation] }))

/** One collective's assessment from its own facts and its people in sums: before the close, at it and in replays. */
export function assessFrozenCollective(
  frozen: FrozenCollective,
  sums: AssessedSums,
  { regulation }: Pick<Reading, 'regulation'>,
): Assessment<CollectiveResult> {
  return assessCollective(
    {
      ...frozen,
      counted: sums.counted,
      target: sums.target,
      membersShort: sums.short,
      obligations: sharesOf(sums),
    },
    regulation,
  )
}

/**
 * True for a version computed before the last day of the final reports was over: it prepares a round, and decides
 * nothing (plan IV.2, V.1). `on`: the day that the version weighs. A rehearsal (version 0) is no version.
 */
export function isProvisional(
  { version, on }: { version: number; on: Day },
  { finalReportOn }: Pick<Regulation, 'finalReportOn'>,
): boolean {
  return version > 0 && on <= finalReportOn
}

/**
 * Why a campaign cannot be closed yet, or computed again. A provisional version comes after the cut-off, the close
 * after the last day of the final reports and by two people; a later version only after it; a rehearsal always (plan
 * IV.1, IV.2, V.1, V.4).
 */
export type ClosingProblem =
  | 'campaign_runs'
  | 'closed_already'
  | 'not_closed_yet'
  | 'close_first'
  | 'close_needs_two'
  | 'being_computed'
  | 'late_entries_unseen'
  | 'role_too_new'

type ClosingFacts = {
  today: Day
  endsOn: Day
  finalReportOn: Day
  /** the newest frozen version; null: none */
  last: { version: number; isProvisional: boolean } | null
  isComputing: boolean
  /** two independent people agreed to the close */
  isAgreed: boolean
  /** counted entries after the last day, now and in the last version; whether who closes has ticked their list */
  late: { now: number; before: number; isSeen: boolean }
}

/**
 * Returns why a closing cannot be computed now; null if it can. Entries after the last day come into a version only
 * where their list was ticked (domain 5).
 */
export function checkClosing(reason: ClosingReason, facts: ClosingFacts): ClosingProblem | null {
  if (facts.isComputing) return 'being_computed'
  if (reason === 'rehearsal') return null
  const problem = reason === 'close' ? checkClose(facts) : checkLater(facts)
  if (problem !== null) return problem
  const { late } = facts
  return late.now > late.before && !late.isSeen ? 'late_entries_unseen' : null
}

function checkClose({ today, endsOn, finalReportOn, last, isAgreed }: ClosingFacts): ClosingProblem | null {
  if (today <= endsOn) return 'campaign_runs'
  if (today <= finalReportOn) return last === null ? null : 'closed_already'
  if (last !== null && !last.isProvisional) return 'closed_already'
  return isAgreed ? null : 'close_needs_two'
}

function checkLater({ today, finalReportOn, last }: ClosingFacts): ClosingProblem | null {
  if (last === null) return 'not_closed_yet'
  return last.isProvisional && today > finalReportOn ? 'close_first' : null
}

/** A frozen fact of an official that a later version has otherwise; `counted` with its figures. */
export type FrozenChange =
  | { code: 'counted' | 'verified' | 'failed_inspections'; from: number; to: number }
  | { code: 'posting' | 'target' | 'obligations' | 'exemptions' | 'due_process' | 'gates' | 'person' | 'reported' }

/** Lists what differs between an official's facts in two versions; empty if only the regulation made the difference. */
export function changesBetween(before: FrozenOfficial, after: FrozenOfficial): FrozenChange[] {
  const isSame = (key: keyof FrozenOfficial) => canonical(before[key]) === canonical(after[key])
  const changes: FrozenChange[] = []
  const figure = (code: 'counted' | 'verified' | 'failed_inspections', from: number, to: number) => {
    if (from !== to) changes.push({ code, from, to })
  }
  figure('counted', before.counts.counted, after.counts.counted)
  figure('verified', before.counts.verified, after.counts.verified)
  figure('failed_inspections', before.failedInspections, after.failedInspections)
  if (changes.length === 0 && !isSame('counts')) changes.push({ code: 'reported' })
  if (!isSame('unitId') || !isSame('category') || !isSame('isLeader')) changes.push({ code: 'posting' })
  if (!isSame('decided')) changes.push({ code: 'target' })
  if (!isSame('parts')) changes.push({ code: 'obligations' })
  if (!isSame('exemptParts')) changes.push({ code: 'exemptions' })
  if (!isSame('dueProcess')) changes.push({ code: 'due_process' })
  if (!isSame('gates')) changes.push({ code: 'gates' })
  if (!isSame('sex')) changes.push({ code: 'person' })
  return changes
}

/** True if a collective is out of consideration, whatever its people did (plan IV.2). */
export function isBarred({ isFinalReportMissing, isUntrueReportFound }: FrozenCollective): boolean {
  return isFinalReportMissing || isUntrueReportFound
}

/**
 * A frozen fact as text of one shape only: keys in their order, so that equal facts are equal texts and hash alike.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`
}
