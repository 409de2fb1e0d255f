import type { Day } from '#app/domain/calendar.ts'
import type { Carrier, ExtractSource, Outcome } from '#app/domain/vocabulary.ts'

/** One extract that the demo's offices applied. `fullFor`: district or commune codes of which it is the full list. */
export type ExtractPlan = {
  source: ExtractSource
  asOfOn: Day
  appliedOn: Day
  outcome: Outcome
  fullFor: readonly string[]
  /** the carrier of a telecom's list; '' for the police */
  carrier: '' | 'viettel' | 'vinaphone'
}

const police = (asOfOn: Day, appliedOn: Day, fullFor: readonly string[]): ExtractPlan => ({
  source: 'police',
  asOfOn,
  appliedOn,
  outcome: 'eid_activated',
  fullFor,
  carrier: '',
})

/** In the order of their dates: Đồng Xoài is listed in full each time, other districts once, the rest in part. */
export const EXTRACTS: readonly ExtractPlan[] = [
  police('2024-04-19', '2024-04-22', []),
  police('2024-04-30', '2024-05-03', ['689']),
  police('2024-05-20', '2024-05-22', ['689', '692']),
  police('2024-06-05', '2024-06-07', ['689', '697', '690', '25396', '25363']),
  {
    source: 'telecom',
    asOfOn: '2024-05-25',
    appliedOn: '2024-05-29',
    outcome: 'sim_signature',
    fullFor: [],
    carrier: 'vinaphone',
  },
  {
    source: 'telecom',
    asOfOn: '2024-05-31',
    appliedOn: '2024-06-04',
    outcome: 'sim_signature',
    fullFor: ['689'],
    carrier: 'viettel',
  },
]

/** A citizen's commune and carrier. */
export type Whereabouts = { commune: { code: string; districtCode: string }; carrier: Carrier | null }

/** Returns true if an extract is the full list for this citizen's locality (and carrier). */
export function isFullFor(extract: ExtractPlan, { commune, carrier }: Whereabouts): boolean {
  if (extract.carrier !== '' && extract.carrier !== carrier) return false
  return extract.fullFor.includes(commune.code) || extract.fullFor.includes(commune.districtCode)
}

/** Returns true if a full list of the police, of `from` or later, should contain this citizen's account. */
export function isAccountListed(where: Whereabouts, from: Day): boolean {
  return EXTRACTS.some(row => row.source === 'police' && row.asOfOn >= from && isFullFor(row, where))
}

/** The same of a carrier's list and the signature on the SIM. */
export function isSimListed(where: Whereabouts, from: Day): boolean {
  return EXTRACTS.some(row => row.source === 'telecom' && row.asOfOn >= from && isFullFor(row, where))
}
