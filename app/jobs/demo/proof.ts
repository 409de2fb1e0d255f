import type { Day } from '#app/domain/calendar.ts'
import { EXTRACTS, type ExtractPlan, isFullFor } from './coverage.ts'
import type { Dice } from './dice.ts'
import type { People } from './people.ts'
import { HOUR_MS, shift } from './rhythm.ts'
import type { Citizen, Visit } from './visit.ts'

/** One line of an extract. `byPhone`: the carrier knows the phone, the police the personal number. */
type ExtractFact = { citizen: Citizen; byPhone: boolean; happenedOn: Day | null }

/** Share of those outside full lists whose accounts the police's partial files show. */
const PARTIAL_SHARE = 0.32
const GRACE_DAYS = 10

/**
 * The facts of each extract, in the order of `EXTRACTS`: one line for each citizen, regardless of who recorded them.
 */
export function factsOf(visits: readonly Visit[], dice: Dice): ExtractFact[][] {
  const facts: ExtractFact[][] = EXTRACTS.map(() => [])
  for (const visit of visits) {
    if (visit.fate === 'duplicate_claim') continue
    const isKnown = dice.chance(PARTIAL_SHARE) || visit.fate === 'activated_before' || visit.fate === 'activated_after'
    let isShown = false
    EXTRACTS.forEach((extract, n) => {
      const happenedOn = extract.source === 'police' ? visit.activatedOn : simDay(visit)
      if (happenedOn === null || happenedOn > extract.asOfOn) return
      const isFull = isFullFor(extract, visit.citizen)
      const isFirst = extract.source === 'telecom' || !isShown
      if (isFull ? isListed(extract, visit, dice) : isKnown && isFirst && isOwnCustomer(extract, visit)) {
        isShown ||= extract.source === 'police'
        facts[n]?.push(factOf(extract, visit, happenedOn))
      }
    })
  }
  return facts.map(onePerSubject)
}

/** What a list gives of one visit; operators give phones and no days. */
function factOf({ source }: ExtractPlan, { citizen }: Visit, happenedOn: Day): ExtractFact {
  const isTelecom = source === 'telecom'
  return { citizen, byPhone: isTelecom && citizen.phone !== null, happenedOn: isTelecom ? null : happenedOn }
}

function isOwnCustomer({ source, carrier }: ExtractPlan, { citizen }: Visit): boolean {
  return source === 'police' || carrier === citizen.carrier
}

/** A full list holds every account; of those activated just before its date about a fifth. */
function isListed({ asOfOn, outcome }: ExtractPlan, visit: Visit, dice: Dice): boolean {
  if (visit.fate === 'activated_before') return true
  const fact = visit.outcomes.find(row => row.outcome === outcome)
  return shift(fact?.onDay ?? visit.helpedOn, GRACE_DAYS) <= asOfOn || dice.chance(0.2)
}

function simDay({ outcomes, helpedOn, hasSimRecord }: Visit): Day | null {
  const sim = outcomes.find(row => row.outcome === 'sim_signature')
  return hasSimRecord && sim && sim.value !== 'not_yet' ? (sim.onDay ?? helpedOn) : null
}

/** Families share phones: one line for each. */
function onePerSubject(facts: readonly ExtractFact[]): ExtractFact[] {
  const seen = new Map(facts.map(fact => [(fact.byPhone ? fact.citizen.phone : null) ?? fact.citizen.number, fact]))
  return [...seen.values()]
}

type Pin = { visit: Visit; citizen: Citizen; decidedAt: number; decidedBy: number }

/** A few disputes decided for the one who recorded later. */
export function pinsOf(people: People, visits: readonly Visit[]): Pin[] {
  const root = people.grants.find(({ role }) => role === 'head')
  return visits
    .filter(({ fate, confirmedAt }) => fate === 'duplicate_claim' && confirmedAt !== null)
    .slice(40, 45)
    .map(visit => ({
      visit,
      citizen: visit.citizen,
      decidedAt: visit.receivedAt + 6 * 24 * HOUR_MS,
      decidedBy: root?.accountId ?? 1,
    }))
}
