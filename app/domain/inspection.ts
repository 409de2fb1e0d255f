import { createHash } from 'node:crypto'
import { type Day, termEnd } from './calendar.ts'
import type { TakenFrom } from './offline.ts'
import type { InputProblem } from './problem.ts'
import type { FindingWay, OpeningPurpose, PickOrigin, PickResult } from './vocabulary.ts'

/** Calendar days that an inspected unit has for its answer. Plan IV.2; domain 6.4. */
const ANSWER_DAYS = 5

/** Of how many a team is made at least: two sign. */
const SIGNERS = 2

/**
 * Computes how large a sample must be to show at least one untrue record with probability `certainty` (0–1). It assumes
 * that `untrueShare` (0–1) of the population, rounded up, are untrue. It is the smallest n with 1 − C(N−U, n)/C(N, n) ≥
 * certainty (hypergeometric, drawn without replacement; N = 400, 5 %, 95 % → 55). At most the whole population. Plan
 * IV.2.
 */
export function sampleSize(population: number, { untrueShare, certainty }: Wanted): number {
  const untrue = Math.max(1, Math.ceil(untrueShare * population - ROUNDING))
  let missed = 1
  for (let n = 0; n < population; n++) {
    if (1 - missed >= certainty - ROUNDING) return n
    missed *= Math.max(0, population - untrue - n) / (population - n)
  }
  return population
}
export type Wanted = { untrueShare: number; certainty: number }

/** What an inspection is formed with: accounts of its team, the sample wanted, and how many records for their risk. */
export type InspectionWish = Wanted & { memberIds: number[]; riskPicks: number }

/** Far below what any share or certainty is given with; takes away the error of binary fractions. */
const ROUNDING = 1e-9

/** Where a drawn citizen lives, as far as a team may see it before anybody is opened; `hamlet` '': not written. */
export type Stop = { helpId: number; place: number; commune: string; hamlet: string }

/** Numbers within names as numbers; capitals alike. */
const AS_COUNTED: Intl.CollatorOptions = { numeric: true, sensitivity: 'accent' }

/**
 * Orders sheets for the road: by commune, by hamlet as people count them (Ấp 2 before Ấp 10), then by place in the draw.
 * Sheets without a hamlet end their commune. Domain 6.4.
 */
export function compareOnRoad(a: Stop, b: Stop): number {
  return (
    a.commune.localeCompare(b.commune, 'vi', AS_COUNTED) ||
    Number(a.hamlet === '') - Number(b.hamlet === '') ||
    a.hamlet.localeCompare(b.hamlet, 'vi', AS_COUNTED) ||
    a.place - b.place
  )
}

/** Returns the sheet to go to from one of the road: the next open one, else the first open one; null where none is. */
export function nextOnRoad<Row extends { helpId: number; result: PickResult | null }>(
  road: readonly Row[],
  helpId: number,
): Row | null {
  const at = road.findIndex(row => row.helpId === helpId)
  const onward = [...road.slice(at + 1), ...road.slice(0, at + 1)]
  return onward.find(row => row.result === null && row.helpId !== helpId) ?? null
}

/** A record that may be drawn, and its stratum. */
export type Drawable = { id: number; stratum: string }

/**
 * Returns the order of the draw, which anyone can replay. Each record's key is the SHA-256, in lower-case hexadecimal,
 * of the text `seed:id` (UTF-8, the id in decimal), as by `printf '%s' "$seed:$id" | sha256sum`. The records are sorted
 * by that key as text. The same seed and population give the same order, however they are listed.
 */
export function drawOrder<Row extends { id: number }>(population: readonly Row[], seed: string): Row[] {
  return population
    .map(row => ({ row, key: drawKey(seed, row.id) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row)
}

/** The key by which one record is sorted in a draw (`drawOrder`). */
export function drawKey(seed: string, id: number): string {
  return createHash('sha256').update(`${seed}:${id}`).digest('hex')
}

/**
 * Draws a sample of `size`. Each stratum gets its share (`allot`) and gives its first records in the order of the draw.
 * Returned in that order; the first has place 1. Plan IV.2.
 */
export function drawSample<Row extends Drawable>(population: readonly Row[], size: number, seed: string): Row[] {
  const left = allot(stratumSizes(population), size)
  return drawOrder(population, seed).filter(({ stratum }) => {
    const open = left.get(stratum) ?? 0
    left.set(stratum, open - 1)
    return open > 0
  })
}

/** Counts the records of each stratum. */
function stratumSizes(population: readonly Drawable[]): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const { stratum } of population) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1)
  return sizes
}

/**
 * Shares `size` out over strata in proportion to theirs. Each gets the whole part of its share; the rest goes one each
 * to the largest remainders. Among equal remainders the stratum whose name sorts first gets it.
 */
export function allot(sizes: ReadonlyMap<string, number>, size: number): Map<string, number> {
  const total = [...sizes.values()].reduce((sum, count) => sum + count, 0)
  const wanted = Math.min(size, total)
  const shares = [...sizes].map(([stratum, count]) => ({
    stratum,
    whole: Math.floor((count * wanted) / total),
    remainder: (count * wanted) % total,
  }))
  const left = wanted - shares.reduce((sum, { whole }) => sum + whole, 0)
  const favoured = new Set(
    shares
      .toSorted((a, b) => b.remainder - a.remainder || (a.stratum < b.stratum ? -1 : 1))
      .slice(0, left)
      .map(({ stratum }) => stratum),
  )
  return new Map(shares.map(({ stratum, whole }) => [stratum, whole + (favoured.has(stratum) ? 1 : 0)]))
}

/**
 * Finds the replacement for a record that was not reached: the next unpicked record of its stratum in the order of the
 * draw. Undefined if the stratum has no more.
 */
export function redraw<Row extends Drawable>(
  population: readonly Row[],
  { seed, stratum, picked }: { seed: string; stratum: string; picked: ReadonlySet<number> },
): Row | undefined {
  const open = population.filter(row => row.stratum === stratum && !picked.has(row.id))
  return drawOrder(open, seed)[0]
}

/**
 * A record that may be drawn: its part of the inspected unit, and whether a signal marks it. `isFirst`: its signal comes
 * before others where records are chosen for their risk.
 */
export type Candidate = { id: number; unitId: number; isMarked: boolean; isFirst?: boolean }

type Stratum = { stratum: string; unitId: number; isMarked: boolean; size: number; drawn: number }

/**
 * How a draw was made, so that it can be replayed; `stratumOf` gives, for each id of the population, its index in
 * `strata`.
 */
export type InspectionDesign = Wanted & { size: number; strata: Stratum[]; stratumOf: number[] }

export type Picked = { helpId: number; origin: PickOrigin; stratum: string; place: number }

/** A draw as it is stored: ids of the population in ascending order, design, and the picked records. */
export type Draw = { population: number[]; design: InspectionDesign; picks: Picked[] }

/**
 * Draws an inspection: a stratum for each part of the unit, split by whether a signal marks the record (domain 6.5).
 * The sample is drawn by lot. `riskPicks` further records that a signal marks come from the end of the order of the
 * draw, so that a redraw reaches them last; those marked `isFirst` come before the others. Plan IV.2.
 */
export function planDraw(
  candidates: readonly Candidate[],
  { riskPicks, ...wanted }: Wanted & { riskPicks: number },
  seed: string,
): Draw {
  const rows = candidates
    .map(row => ({ ...row, stratum: row.isMarked ? `${row.unitId}/signal` : String(row.unitId) }))
    .sort((a, b) => a.id - b.id)
  const size = sampleSize(rows.length, wanted)
  const lot = drawSample(rows, size, seed)
  const drawn = new Set(lot.map(({ id }) => id))
  const risk = drawOrder(rows, seed)
    .filter(row => row.isMarked && !drawn.has(row.id))
    .reverse()
    .sort((a, b) => Number(b.isFirst ?? false) - Number(a.isFirst ?? false))
    .slice(0, riskPicks)
  const shares = stratumSizes(lot)
  const strata = [...stratumSizes(rows)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stratum, count]): Stratum => {
      const unitId = Number(stratum.split('/')[0])
      return { stratum, unitId, isMarked: stratum.includes('/'), size: count, drawn: shares.get(stratum) ?? 0 }
    })
  const places = new Map(strata.map(({ stratum }, n) => [stratum, n]))
  return {
    population: rows.map(({ id }) => id),
    design: { ...wanted, size, strata, stratumOf: rows.map(({ stratum }) => places.get(stratum) ?? 0) },
    picks: [...lot, ...risk].map(({ id, stratum }, n) => ({
      helpId: id,
      origin: n < lot.length ? 'lot' : 'risk',
      stratum,
      place: n + 1,
    })),
  }
}

/** The population of a stored draw, each record with its stratum. */
export function drawablesOf({ population, design }: Pick<Draw, 'population' | 'design'>): Drawable[] {
  return population.map((id, n) => ({ id, stratum: design.strata[design.stratumOf[n] ?? 0]?.stratum ?? '' }))
}

/** A share between 0 and 1, with its exact interval. */
export type Interval = { low: number; high: number }

/**
 * Computes the exact (Clopper–Pearson) interval of the untrue share, two-sided at `certainty` (0–1). It holds the
 * shares under which seeing so many or more, and so many or fewer, each have at least the probability (1 −
 * certainty)/2. Found by bisection. If nothing was reached, the interval is 0 to 1.
 */
export function clopperPearson(untrue: number, reached: number, certainty: number): Interval {
  const tail = (1 - certainty) / 2
  return {
    low: untrue === 0 ? 0 : shareAt(share => 1 - atMost(untrue - 1, reached, share) >= tail),
    high: untrue === reached ? 1 : shareAt(share => atMost(untrue, reached, share) < tail),
  }
}

/** The smallest share at which a condition holds that, once true, stays so. */
function shareAt(holds: (share: number) => boolean): number {
  let low = 0
  let high = 1
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** P(X ≤ seen) of a binomial with `trials` and `share`, summed in logarithms, so that large samples do not underflow. */
function atMost(seen: number, trials: number, share: number): number {
  let logTerm = trials * Math.log1p(-share)
  let sum = Math.exp(logTerm)
  for (let k = 0; k < seen; k++) {
    logTerm += Math.log((trials - k) / (k + 1)) + Math.log(share) - Math.log1p(-share)
    sum += Math.exp(logTerm)
  }
  return sum
}

export type PickFacts = { origin: PickOrigin; result: PickResult | null; isOverturned: boolean }

/** What a sample says: `reached` and `untrue` of those drawn by lot, `share` with its interval (null: none reached). */
export type Estimate = Interval & { reached: number; untrue: number; notReached: number; share: number | null }

/**
 * Computes the estimate from the records drawn by lot and redrawn. Records chosen for their risk are left out, because
 * they were chosen for being odd. An 'untrue' with an appeal upheld counts as reached and not untrue.
 */
export function estimateOf(picks: readonly PickFacts[], certainty: number): Estimate {
  const drawn = picks.filter(({ origin }) => origin !== 'risk')
  const reached = drawn.filter(({ result }) => result === 'true' || result === 'untrue').length
  const untrue = drawn.filter(({ result, isOverturned }) => result === 'untrue' && !isOverturned).length
  return {
    reached,
    untrue,
    notReached: drawn.filter(({ result }) => result === 'not_reached').length,
    share: reached === 0 ? null : untrue / reached,
    ...clopperPearson(untrue, reached, certainty),
  }
}

/** How one account is related to the unit that it would inspect. */
export type Inspector = {
  /** holds an inspector grant that covers the unit */
  isInspector: boolean
  /** is posted in the unit or below it */
  isOfUnit: boolean
  /** holds any other grant over the unit or within it */
  holdsOtherGrant: boolean
}

/** Returns why an account may not inspect a unit; null if it may. No one inspects their own unit. Domain 6.4. */
export function checkInspector({ isInspector, isOfUnit, holdsOtherGrant }: Inspector): InputProblem | null {
  if (!isInspector) return 'not_inspector'
  if (isOfUnit) return 'inspector_of_unit'
  return holdsOtherGrant ? 'inspector_holds_grant' : null
}

/** Returns why this team cannot inspect; null if it can. */
export function checkTeam(members: readonly Inspector[]): InputProblem | null {
  if (members.length < SIGNERS) return 'team_too_small'
  return members.map(checkInspector).find(problem => problem !== null) ?? null
}

/** What is known as a result is recorded: instants in ms; `checkedAt`, `openedAt` null: not yet. */
type RecordingFacts = {
  result: PickResult
  foundBy: FindingWay | null
  openedAt: number | null
  checkedAt: number | null
  /** the record was changed after its last result */
  isSetAside: boolean
}

/**
 * Returns why a result cannot be recorded; null if it can. The team has opened the citizen's data for this check, again
 * where the record changed since. A result other than not reached says how it was found. Plan IV.2.
 */
export function checkRecording(facts: RecordingFacts): 'sheet_not_opened' | 'finding_way_needed' | null {
  const { result, foundBy, openedAt, checkedAt, isSetAside } = facts
  if (openedAt === null || (isSetAside && openedAt < (checkedAt ?? 0))) return 'sheet_not_opened'
  return result !== 'not_reached' && foundBy === null ? 'finding_way_needed' : null
}

/**
 * Returns why a result that a phone noted along the road is not recorded; null if it may be. Since its sheet was taken
 * along, nobody else recorded a result, and the record is as it was. Plan IV.2.
 */
export function checkTaken(
  taken: TakenFrom,
  now: TakenFrom,
): 'sheet_checked_meanwhile' | 'sheet_record_changed' | null {
  if (taken.checkedAt !== now.checkedAt) return 'sheet_checked_meanwhile'
  return taken.revision === now.revision ? null : 'sheet_record_changed'
}

const WAY_OF: Record<OpeningPurpose, FindingWay> = { meet: 'met', call: 'called', compare: 'papers' }

/**
 * Returns the way of finding that a sheet proposes: the one that its inspector named when opening it. The inspector
 * may choose another one. Plan IV.2.
 */
export function proposedWay(purpose: OpeningPurpose): FindingWay {
  return WAY_OF[purpose]
}

/** Counts the results by how they were found; `unknown`: recorded before this was asked. Not reached is none. */
export function countWays(picks: readonly { result: PickResult | null; foundBy: FindingWay | null }[]) {
  const counts = { met: 0, called: 0, papers: 0, unknown: 0 }
  for (const { result, foundBy } of picks)
    if (result !== null && result !== 'not_reached') counts[foundBy ?? 'unknown'] += 1
  return counts
}

/** `isSecond`: the member and those who signed before are two people (domain 10). */
type SigningFacts = { openPicks: number; hasSigned: boolean; isConcluded: boolean; isSecond: boolean }

/** Returns why a member cannot sign the results; null if they can: all have a result, nobody signs twice. */
export function checkSigning({ openPicks, hasSigned, isConcluded, isSecond }: SigningFacts): InputProblem | null {
  if (isConcluded) return 'inspection_concluded'
  if (openPicks > 0) return 'results_missing'
  if (hasSigned) return 'signed_already'
  return isSecond ? null : 'not_second_signer'
}

/** True where the results follow: with the second signature. */
export function concludes(signatures: number): boolean {
  return signatures >= SIGNERS
}

/** The last day on which the unit answers: a working day, as in every other term. */
export function answerDueOn(concludedOn: Day, daysOff: readonly Day[]): Day {
  return termEnd(concludedOn, ANSWER_DAYS, daysOff)
}

type AnswerFacts = { answerDueOn: Day | null; isAnswered: boolean; today: Day }

/** Returns why the unit cannot answer; null if it can: once, from the conclusion until the last day. */
export function checkAnswer({ answerDueOn: dueOn, isAnswered, today }: AnswerFacts): InputProblem | null {
  if (dueOn === null) return 'inspection_open'
  if (isAnswered) return 'answered_already'
  return today > dueOn ? 'answer_late' : null
}

/**
 * Returns why "báo cáo không đúng thực tế" cannot be found; null if it can. Something must be found untrue, and the
 * unit must have answered or let its days pass. Plan IV.2.
 */
export function checkFinding({
  untrue,
  hasFinding,
  ...answer
}: AnswerFacts & { untrue: number; hasFinding: boolean }): InputProblem | null {
  if (answer.answerDueOn === null) return 'inspection_open'
  if (hasFinding) return 'found_already'
  if (untrue === 0) return 'nothing_untrue'
  return answer.isAnswered || answer.today > answer.answerDueOn ? null : 'answer_awaited'
}

/** Returns why an appeal cannot be raised; null if it can: against an 'untrue' of a concluded inspection, once. */
export function checkAppeal(facts: {
  isConcluded: boolean
  result: PickResult | null
  isAppealed: boolean
}): InputProblem | null {
  if (!facts.isConcluded) return 'inspection_open'
  if (facts.result !== 'untrue') return 'not_untrue'
  return facts.isAppealed ? 'appealed_already' : null
}
