import { type Day, startOf } from '#app/domain/calendar.ts'
import type { PickResult } from '#app/domain/vocabulary.ts'
import { EXTRACTS, type ExtractPlan, isFullFor } from './coverage.ts'
import type { Dice } from './dice.ts'
import type { People } from './people.ts'
import { HOUR_MS, shift } from './rhythm.ts'
import type { Tree, Unit } from './tree.server.ts'
import type { Citizen, Visit } from './visit.ts'

/** One line of an extract. `byPhone`: the carrier knows the phone, the police the personal number. */
export type ExtractFact = { citizen: Citizen; byPhone: boolean; happenedOn: Day | null }

/** Share of those outside full lists whose accounts the police's partial files show. */
const PARTIAL_SHARE = 0.32
const GRACE_DAYS = 10

/** The facts of each extract, in the order of `EXTRACTS`: one line per citizen, whoever recorded them. */
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
        facts[n]?.push({
          citizen: visit.citizen,
          byPhone: extract.source === 'telecom' && visit.citizen.phone !== null,
          happenedOn: extract.source === 'telecom' ? null : happenedOn,
        })
      }
    })
  }
  return facts.map(onePerSubject)
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

export type Inspection = {
  unit: Unit
  seed: string
  drawnAt: number
  drawnBy: number
  concludedAt: number | null
  picks: { visit: Visit; result: PickResult | null; overturnedAt: number | null }[]
}

const DRAWS: readonly { unit: RegExp; on: Day; size: number; untrue: number; isOpen?: true }[] = [
  { unit: /^UBND thị trấn Lộc Ninh$/, on: '2024-05-16', size: 24, untrue: 1 },
  { unit: /^UBND xã Lộc Thiện$/, on: '2024-05-17', size: 24, untrue: 5 },
  { unit: /^UBND xã Lộc Tấn$/, on: '2024-06-04', size: 30, untrue: 0 },
  { unit: /^UBND xã Bom Bo$/, on: '2024-05-21', size: 28, untrue: 2 },
  { unit: /^UBND phường An Lộc$/, on: '2024-05-23', size: 28, untrue: 0 },
  { unit: /^UBND xã Long Hà$/, on: '2024-05-28', size: 30, untrue: 3 },
  { unit: /^Sở Xây dựng$/, on: '2024-05-30', size: 26, untrue: 1 },
  { unit: /^UBND xã Tân Khai|^UBND thị trấn Tân Khai$/, on: '2024-05-31', size: 26, untrue: 2 },
  { unit: /^UBND xã Lộc Hưng$/, on: '2024-06-11', size: 30, untrue: 0, isOpen: true },
]

/** Samples drawn in the field; the inspector's in the district of their grant, the others by the campaign office. */
export function inspectionsOf(tree: Tree, people: People, visits: readonly Visit[], dice: Dice): Inspection[] {
  const inspector = people.grants.find(({ role }) => role === 'inspector')
  const office = people.grants.find(({ role }) => role === 'campaign_office')
  const inspected = tree.units.find(({ id }) => id === inspector?.unitId)
  return DRAWS.flatMap(({ unit: pattern, on, size, untrue, isOpen }) => {
    const unit = tree.units.find(({ name }) => pattern.test(name))
    if (!unit || !inspector || !office) return []
    const drawable = visits.filter(
      visit =>
        visit.unit.id === unit.id && visit.helpedOn < on && visit.fate === 'counts' && visit.confirmedAt !== null,
    )
    const drawnBy = inspected && unit.path.startsWith(inspected.path) ? inspector.accountId : office.accountId
    const picks = dice
      .shuffled(drawable)
      .slice(0, size)
      .map((visit, n) => ({
        visit,
        result: isOpen
          ? null
          : n < untrue
            ? ('untrue' as const)
            : dice.chance(0.9)
              ? ('true' as const)
              : ('not_reached' as const),
        overturnedAt: null as number | null,
      }))
    const drawnAt = startOf(on) + 8 * HOUR_MS
    const appealed = picks[4]
    if (appealed?.result === 'untrue') appealed.overturnedAt = drawnAt + 9 * 24 * HOUR_MS
    return [
      {
        unit,
        seed: `128-${unit.id}-${on}`,
        drawnAt,
        drawnBy,
        concludedAt: isOpen ? null : drawnAt + 5 * 24 * HOUR_MS,
        picks,
      },
    ]
  })
}

export type Pin = { visit: Visit; citizen: Citizen; decidedAt: number; decidedBy: number }

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
