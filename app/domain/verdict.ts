import { addDays, type Day, daysBetween } from './calendar.ts'
import { outcomeMarks } from './outcome-marks.ts'
import { PARAMETERS, type Regulation } from './regulation.ts'
import type {
  Article,
  CountingBasis,
  ExtractSource,
  Outcome,
  OutcomeValue,
  VerdictKind,
  VerdictReason,
} from './vocabulary.ts'

/** One outcome of a help record; `on` is null where no date was given (an outcome not_yet never has one). */
export type OutcomeFact = { value: OutcomeValue; on: Day | null }
export type Outcomes = Partial<Record<Outcome, OutcomeFact>>

/**
 * What one applied extract says about one outcome of this citizen. `shows`: the citizen is in the extract with the
 * outcome. Otherwise the extract has the outcome's column and lacks the citizen, though it is a full list for their
 * locality (and carrier). The caller leaves out extracts of neither kind.
 */
export type ExtractEvidence = {
  source: ExtractSource
  asOfOn: Day
  outcome: Outcome
  shows: boolean
  /** Day of the outcome by the extract; null where it gives none. */
  happenedOn: Day | null
  /** The extract's id; absent where nothing is to be stored about it. */
  extractId?: number
  /** A contradiction kept with the citizen's number: it holds whatever day or place the record gives now. */
  isKept?: boolean
}

/** The facts of one help record that decide its verdict. Instants are milliseconds, the server's. */
export type HelpFacts = {
  helpId: number
  officialId: number
  helpedOn: Day
  /** Receipt of the change that gave the record its present citizen. */
  citizenAt: number
  /** Receipt of the change that first made the must-achieve outcome achieved (`claimedAtAfter`). */
  claimedAt: number | null
  receivedAt: number
  isWithdrawn: boolean
  isSelf: boolean
  /** The citizen said no (`queries/citizen-answer`), and no finding (`queries/inspection-check`) set it aside. */
  isDenied: boolean
  /** The citizen said yes to the current version of the record, on a device of their own. */
  isAffirmed: boolean
  isReturned: boolean
  isConfirmed: boolean
  /** The citizen was an official of a category other than `member` on the day helped. */
  isRosterMember: boolean
  /** `failed`: found untrue, no appeal upheld. */
  inspection: 'none' | 'passed' | 'failed'
  /** The citizen's data was erased at their request: nobody can ask them any more. */
  isErased: boolean
  outcomes: Outcomes
  evidence: readonly ExtractEvidence[]
}

/** `outcome`: the one that is missing or contradicted, where the reason names one. */
export type Verdict = { kind: VerdictKind; reason: VerdictReason; article: Article; outcome: Outcome | null }

export type Judgement = {
  verdict: Verdict
  holdsCredit: boolean
  /** The widest of the three figures: not withdrawn and not outside the period. */
  isReported: boolean
  /** Counts under the other reading of the quota than the regulation's. */
  countsAny: boolean
  /** The strongest thing that a counted record rests on; null: it does not count. */
  basis: CountingBasis | null
  /** With which outcomes it counts (`outcomeMarks`); null: it does not count. */
  countedOutcomes: string | null
}

const BASIS: Record<VerdictReason, { kind: VerdictKind; article: Article }> = {
  withdrawn: { kind: 'rejected', article: 'IV.2' },
  outside_period: { kind: 'rejected', article: 'IV.1' },
  self_claim: { kind: 'rejected', article: 'IV.1' },
  citizen_denied: { kind: 'rejected', article: 'IV.2' },
  inspection_failed: { kind: 'rejected', article: 'IV.2' },
  returned: { kind: 'rejected', article: 'V.1' },
  roster_member: { kind: 'rejected', article: 'IV.1' },
  duplicate_claim: { kind: 'rejected', article: 'IV.1' },
  outcome_missing: { kind: 'pending', article: 'IV.1' },
  activated_before: { kind: 'rejected', article: 'IV.1' },
  activated_after: { kind: 'pending', article: 'IV.2' },
  not_in_extract: { kind: 'rejected', article: 'IV.2' },
  awaiting_confirmation: { kind: 'pending', article: 'V.1' },
  verified: { kind: 'counts', article: 'IV.2' },
  confirmed: { kind: 'counts', article: 'IV.1' },
}

function verdictOf(reason: VerdictReason, regulation: Regulation, outcome: Outcome | null = null): Verdict {
  return { ...BASIS[reason], article: articleOf(reason, outcome, regulation), reason, outcome }
}

function isAchieved(facts: HelpFacts, outcome: Outcome): boolean {
  return facts.outcomes[outcome]?.value === 'achieved'
}

function isClaimed(facts: HelpFacts, outcome: Outcome): boolean {
  return isAchieved(facts, outcome) || facts.outcomes[outcome]?.value === 'already_had'
}

/** The day by which the record says that the outcome was there; an undated one was there on the day helped. */
function claimedDay(facts: HelpFacts, outcome: Outcome): Day {
  return facts.outcomes[outcome]?.on ?? facts.helpedOn
}

function isInPeriod(day: Day, regulation: Regulation): boolean {
  return regulation.startsOn <= day && day <= regulation.endsOn
}

/** Helped outside the campaign, or the must-achieve outcome achieved outside it. Plan IV.1. */
function isOutsidePeriod(facts: HelpFacts, regulation: Regulation): boolean {
  if (!isInPeriod(facts.helpedOn, regulation)) return true
  const { mustAchieve } = regulation
  return isAchieved(facts, mustAchieve) && !isInPeriod(claimedDay(facts, mustAchieve), regulation)
}

/**
 * Returns what extracts show about an outcome. An extract that lacks it counts only from the outcome's day + grace on, a
 * kept contradiction always. The latest as-of date that shows or lacks it decides; on the same date showing wins. Plan
 * IV.2.
 */
function knownOf(facts: HelpFacts, outcome: Outcome, regulation: Regulation): 'shown' | 'lacking' | 'unknown' {
  let decidingOn: Day | null = null
  let isShown = false
  let lackingFrom: Day | null = null
  for (const { outcome: of, asOfOn, shows, isKept = false } of facts.evidence) {
    if (of !== outcome || (decidingOn !== null && asOfOn < decidingOn)) continue
    if (!shows && !isKept) {
      lackingFrom ??= addDays(claimedDay(facts, outcome), regulation.graceDays)
      if (asOfOn < lackingFrom) continue
    }
    isShown = shows || (asOfOn === decidingOn && isShown)
    decidingOn = asOfOn
  }
  if (decidingOn === null) return 'unknown'
  return isShown ? 'shown' : 'lacking'
}

function latestAsOf(evidence: readonly { asOfOn: Day }[]): Day | null {
  return evidence.reduce<Day | null>((on, { asOfOn }) => (on === null || asOfOn > on ? asOfOn : on), null)
}

function firstOf(days: readonly Day[]): Day | null {
  return days.reduce<Day | null>((first, day) => (first === null || day < first ? day : first), null)
}

/**
 * Returns the extracts that contradict what a record claims as it is written now, outcome by outcome; those kept from
 * before are not repeated. What is written later of the citizen's number does not undo them (plan IV.2).
 */
export function contradictionsOf(facts: HelpFacts, regulation: Regulation): { outcome: Outcome; extractId: number }[] {
  return facts.evidence.flatMap(({ outcome, shows, isKept = false, asOfOn, extractId }) => {
    if (shows || isKept || extractId === undefined || !isClaimed(facts, outcome)) return []
    if (asOfOn < addDays(claimedDay(facts, outcome), regulation.graceDays)) return []
    return knownOf(facts, outcome, regulation) === 'lacking' ? [{ outcome, extractId }] : []
  })
}

/**
 * Returns the day that a record gives for the must-achieve outcome, if extracts verified or contradicted that outcome.
 * Such a day is changed by request (plan IV.2). Null: extracts say nothing about it, or the record does not claim it.
 */
export function checkedDayOf(facts: HelpFacts, regulation: Regulation): Day | null {
  const { mustAchieve } = regulation
  if (!isAchieved(facts, mustAchieve) || knownOf(facts, mustAchieve, regulation) === 'unknown') return null
  return claimedDay(facts, mustAchieve)
}

/** True where extracts show the must-achieve outcome of the citizen. */
export function isAchievedShown(facts: HelpFacts, regulation: Regulation): boolean {
  return knownOf(facts, regulation.mustAchieve, regulation) === 'shown'
}

/** The first required outcome that the record claims and extracts contradict. */
function contradictedOutcome(facts: HelpFacts, regulation: Regulation): Outcome | null {
  const contradicted = regulation.requiredOutcomes.find(
    outcome => isClaimed(facts, outcome) && knownOf(facts, outcome, regulation) === 'lacking',
  )
  return contradicted ?? null
}

/**
 * Returns the day of the must-achieve outcome by the police's extracts: that of the latest dated one (the earlier day,
 * if two of one date differ). If none is dated, the first as-of date that shows it is the latest possible day.
 */
function activationDay(facts: HelpFacts, regulation: Regulation): { on: Day; isExact: boolean } | null {
  if (knownOf(facts, regulation.mustAchieve, regulation) !== 'shown') return null
  const showing = facts.evidence.filter(
    ({ source, outcome, shows }) => source === 'police' && outcome === regulation.mustAchieve && shows,
  )
  const dated = showing.flatMap(({ asOfOn, happenedOn }) => (happenedOn === null ? [] : [{ asOfOn, happenedOn }]))
  const decidingOn = latestAsOf(dated)
  const exactOn = firstOf(dated.filter(({ asOfOn }) => asOfOn === decidingOn).map(({ happenedOn }) => happenedOn))
  if (exactOn !== null) return { on: exactOn, isExact: true }
  const seenOn = firstOf(showing.map(({ asOfOn }) => asOfOn))
  return seenOn === null ? null : { on: seenOn, isExact: false }
}

/** Active before the campaign began, or more than the grace before the day that the record claims. */
function isActivatedBefore(facts: HelpFacts, regulation: Regulation): boolean {
  const activation = activationDay(facts, regulation)
  if (activation === null) return false
  const claimedOn = claimedDay(facts, regulation.mustAchieve)
  return activation.on < regulation.startsOn || daysBetween(activation.on, claimedOn) > regulation.graceDays
}

/** Activated more than the grace after the day that the record claims. */
function isActivatedAfter(facts: HelpFacts, regulation: Regulation): boolean {
  const activation = activationDay(facts, regulation)
  if (!activation?.isExact) return false
  return daysBetween(claimedDay(facts, regulation.mustAchieve), activation.on) > regulation.graceDays
}

/** Reasons 1–7: what bars a record whatever its outcomes and whatever other records say. */
function barOf(facts: HelpFacts, regulation: Regulation): VerdictReason | null {
  if (facts.isWithdrawn) return 'withdrawn'
  if (isOutsidePeriod(facts, regulation)) return 'outside_period'
  if (facts.isSelf) return 'self_claim'
  if (facts.isDenied) return 'citizen_denied'
  if (facts.inspection === 'failed') return 'inspection_failed'
  if (facts.isReturned) return 'returned'
  if (facts.isRosterMember && regulation.refusesRosterMembers) return 'roster_member'
  return null
}

/**
 * The outcome that is still missing. Plan IV.2 (quoted in `db/reference/plan-128-articles.json`) takes only accounts that were activated
 * successfully: `mustAchieve` of `PLAN_128`; already_had is not enough. A must-achieve outcome that the citizen already had comes first, since no further
 * visit can mend it; then the required ones not_yet there, in the regulation's order.
 */
function missingOutcome(facts: HelpFacts, regulation: Regulation): Outcome | null {
  const { mustAchieve, requiredOutcomes } = regulation
  if (facts.outcomes[mustAchieve]?.value === 'already_had') return mustAchieve
  const missing = requiredOutcomes.find(outcome => !isClaimed(facts, outcome))
  return missing ?? (isAchieved(facts, mustAchieve) ? null : mustAchieve)
}

/** A reason and the outcome that it names, if any. */
type Finding = { reason: VerdictReason; outcome?: Outcome }

/** Returns what keeps a record from counting when every required outcome is wanted; null: nothing. */
function lackUnderAll(facts: HelpFacts, regulation: Regulation): Finding | null {
  const { mustAchieve } = regulation
  const missing = missingOutcome(facts, regulation)
  if (missing !== null) return { reason: 'outcome_missing', outcome: missing }
  if (isActivatedBefore(facts, regulation)) return { reason: 'activated_before', outcome: mustAchieve }
  if (isActivatedAfter(facts, regulation)) return { reason: 'activated_after', outcome: mustAchieve }
  const contradicted = contradictedOutcome(facts, regulation)
  return contradicted === null ? null : { reason: 'not_in_extract', outcome: contradicted }
}

/** The same where any one outcome achieved is enough: of the achieved ones that are not sound, the first says why. */
function lackUnderAny(facts: HelpFacts, regulation: Regulation): Finding | null {
  const { mustAchieve, requiredOutcomes } = regulation
  const achieved = requiredOutcomes.filter(outcome => isAchieved(facts, outcome))
  if (achieved.some(outcome => isSoundlyAchieved(facts, outcome, regulation))) return null
  if (achieved.includes(mustAchieve) && isActivatedBefore(facts, regulation))
    return { reason: 'activated_before', outcome: mustAchieve }
  if (achieved.includes(mustAchieve) && isActivatedAfter(facts, regulation))
    return { reason: 'activated_after', outcome: mustAchieve }
  const lacking = achieved.find(outcome => knownOf(facts, outcome, regulation) === 'lacking')
  if (lacking !== undefined) return { reason: 'not_in_extract', outcome: lacking }
  const [first = mustAchieve] = requiredOutcomes
  return { reason: 'outcome_missing', outcome: achieved[0] ?? first }
}

/** Extracts show an outcome for whose sake the record counts. */
function isShown(facts: HelpFacts, regulation: Regulation): boolean {
  const { quotaReading, requiredOutcomes, mustAchieve } = regulation
  const bearing =
    quotaReading === 'all'
      ? [mustAchieve]
      : requiredOutcomes.filter(outcome => isSoundlyAchieved(facts, outcome, regulation))
  return bearing.some(outcome => knownOf(facts, outcome, regulation) === 'shown')
}

/** Extracts or an inspection support the record. */
function isVerified(facts: HelpFacts, regulation: Regulation): boolean {
  return isShown(facts, regulation) || facts.inspection === 'passed'
}

/**
 * The citizen's data was erased, and the record rests on its unit alone: nobody can ask the citizen any more, so that it
 * no longer counts (plan IV.2).
 */
function isErasedUnsupported(facts: HelpFacts, regulation: Regulation): boolean {
  return facts.isErased && !facts.isAffirmed && !isVerified(facts, regulation)
}

/** The verdict without regard to other records: every reason but duplicate_claim, in order. */
function judgeAlone(facts: HelpFacts, regulation: Regulation): Verdict {
  const bar = barOf(facts, regulation)
  if (bar !== null) return verdictOf(bar, regulation)
  const lack = (regulation.quotaReading === 'all' ? lackUnderAll : lackUnderAny)(facts, regulation)
  if (lack !== null) return verdictOf(lack.reason, regulation, lack.outcome)
  if (isErasedUnsupported(facts, regulation)) return verdictOf('withdrawn', regulation)
  if (!facts.isConfirmed) return verdictOf('awaiting_confirmation', regulation)
  return verdictOf(isVerified(facts, regulation) ? 'verified' : 'confirmed', regulation)
}

/**
 * Returns the verdict on one help record (plan IV.1, IV.2); `creditHolderId` is the record that holds the credit for
 * its citizen. A record's own rejection is reported first. Any other record is a duplicate_claim if another record
 * holds the credit. Until it claims the must-achieve outcome and its unit confirmed it, it says only what it lacks
 * itself: whether others helped the citizen is not for anybody who types a number.
 */
export function judge(facts: HelpFacts, regulation: Regulation, creditHolderId: number | null): Verdict {
  const alone = judgeAlone(facts, regulation)
  if (alone.kind === 'rejected' || creditHolderId === null || creditHolderId === facts.helpId) return alone
  if (alone.kind === 'pending' && !mayLearnOfOthers(facts, regulation)) return alone
  return verdictOf('duplicate_claim', regulation)
}

/** The record claims the must-achieve outcome, and its unit confirmed it. Domain 5. */
function mayLearnOfOthers(facts: HelpFacts, { mustAchieve }: Regulation): boolean {
  return isAchieved(facts, mustAchieve) && facts.isConfirmed
}

function isEligibleForCredit(facts: HelpFacts, regulation: Regulation): boolean {
  if (isErasedUnsupported(facts, regulation)) return false
  if (regulation.quotaReading === 'any')
    return barOf(facts, regulation) === null && lackUnderAny(facts, regulation) === null
  return (
    isAchieved(facts, regulation.mustAchieve) &&
    barOf(facts, regulation) === null &&
    !isActivatedBefore(facts, regulation) &&
    contradictedOutcome(facts, regulation) === null
  )
}

/** The record with the smallest instant, then the lowest id; null of none. */
function earliest(claims: readonly HelpFacts[], instantOf: (facts: HelpFacts) => number): number | null {
  let first: HelpFacts | null = null
  for (const facts of claims) {
    const difference = first === null ? -1 : instantOf(facts) - instantOf(first)
    if (first === null || difference < 0 || (difference === 0 && facts.helpId < first.helpId)) first = facts
  }
  return first?.helpId ?? null
}

/**
 * Decides which of one citizen's records in one campaign holds the credit: at most one. Eligible are those that
 * achieved the must-achieve outcome and are barred by none of reasons 1–7, activated_before and not_in_extract.
 * `pinnedHelpId` (a decided dispute) wins while eligible, else the earliest `claimedAt`, then the lower id. If any one
 * outcome is enough, eligible are those not barred that soundly achieve one, and the first received wins.
 */
export function creditHolder(
  claims: readonly HelpFacts[],
  regulation: Regulation,
  pinnedHelpId: number | null,
): number | null {
  const eligible = claims.filter(facts => isEligibleForCredit(facts, regulation))
  if (eligible.some(facts => facts.helpId === pinnedHelpId)) return pinnedHelpId
  return earliest(eligible, ({ claimedAt, receivedAt }) =>
    regulation.quotaReading === 'any' ? receivedAt : (claimedAt ?? receivedAt),
  )
}

/** An outcome achieved by the help within the campaign, on which extracts raise nothing. */
function isSoundlyAchieved(facts: HelpFacts, outcome: Outcome, regulation: Regulation): boolean {
  if (!isAchieved(facts, outcome) || !isInPeriod(claimedDay(facts, outcome), regulation)) return false
  if (outcome === regulation.mustAchieve) {
    if (isActivatedBefore(facts, regulation) || isActivatedAfter(facts, regulation)) return false
  }
  return knownOf(facts, outcome, regulation) !== 'lacking'
}

/** The same regulation under its other reading of the quota, which is shown beside it before the close. */
function underOtherReading(regulation: Regulation): Regulation {
  return { ...regulation, quotaReading: regulation.quotaReading === 'all' ? 'any' : 'all' }
}

/**
 * Returns the basis of a counted record: an inspection, an extract, the citizen's yes, or its unit's word alone. Plan
 * IV.2.
 */
function basisOf(facts: HelpFacts, { kind, reason }: Verdict): CountingBasis | null {
  if (kind !== 'counts') return null
  if (facts.inspection === 'passed') return 'inspection'
  if (reason === 'verified') return 'extract'
  return facts.isAffirmed ? 'citizen' : 'unit'
}

/** True where a record was given its citizen after another one. */
function isLater(facts: HelpFacts, than: HelpFacts): boolean {
  return facts.citizenAt === than.citizenAt ? facts.helpId > than.helpId : facts.citizenAt > than.citizenAt
}

/**
 * Applies what a citizen's "no" and an inspection's "untrue" mean for later records of that citizen by the same
 * official: they fall with the first, until a finding overrules it. A record that an inspection itself found true does
 * not fall. `claims` are all records of one citizen. Plan IV.2; domain 5, reasons 4 and 5.
 */
function boundByCitizen(claims: readonly HelpFacts[]): readonly HelpFacts[] {
  const denied = claims.filter(({ isDenied }) => isDenied)
  const untrue = claims.filter(({ inspection }) => inspection === 'failed')
  if (denied.length + untrue.length === 0) return claims
  return claims.map(facts => {
    if (facts.inspection === 'passed') return facts
    const isAfter = (first: HelpFacts) => first.officialId === facts.officialId && isLater(facts, first)
    return {
      ...facts,
      isDenied: facts.isDenied || denied.some(isAfter),
      inspection: untrue.some(isAfter) ? 'failed' : facts.inspection,
    }
  })
}

/** Judges all records of one citizen in one campaign together; the key is the record's id. */
export function judgeCitizen(
  records: readonly HelpFacts[],
  regulation: Regulation,
  pinnedHelpId: number | null,
): Map<number, Judgement> {
  const claims = boundByCitizen(records)
  const holder = creditHolder(claims, regulation, pinnedHelpId)
  const other = underOtherReading(regulation)
  const otherHolder = creditHolder(claims, other, pinnedHelpId)
  return new Map(
    claims.map(facts => {
      const verdict = judge(facts, regulation, holder)
      return [
        facts.helpId,
        {
          verdict,
          holdsCredit: facts.helpId === holder,
          isReported: !facts.isWithdrawn && !isOutsidePeriod(facts, regulation),
          countsAny: facts.helpId === otherHolder && judge(facts, other, otherHolder).kind === 'counts',
          basis: basisOf(facts, verdict),
          countedOutcomes: verdict.kind === 'counts' ? outcomeMarks(facts.outcomes) : null,
        },
      ]
    }),
  )
}

/**
 * Returns the article of the plan behind a reason. For a missing outcome it is the article of the parameter that
 * requires it: the must-achieve outcome has another sentence than the merely required ones.
 */
export function articleOf(
  reason: VerdictReason,
  outcome: Outcome | null,
  { mustAchieve }: Pick<Regulation, 'mustAchieve'>,
): Article {
  if (reason !== 'outcome_missing') return BASIS[reason].article
  return PARAMETERS[outcome === mustAchieve ? 'mustAchieve' : 'requiredOutcomes'].article
}
