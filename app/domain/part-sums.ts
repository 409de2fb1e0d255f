import { PARTS, type PeopleFigures } from './figures.ts'
import { canRestOn } from './standing.ts'
import type { Terms } from './terms.ts'
import type { ObligationPart, PartBasis } from './vocabulary.ts'

type Field = (typeof PARTS)[ObligationPart]['field']
/** Sums of people by obligation part, as tallies hold them. */
export type PartTallies = Pick<PeopleFigures, `${Field}${'Bearers' | 'Declared' | 'Confirmed' | 'Met' | 'Verified'}`> &
  Partial<Pick<PeopleFigures, 'simSignatureProven'>>

/**
 * Of one part: who bears it, and of them who declared it at least, confirmed at least, and meets it. Each includes the
 * next but that a confirmed part need not be met. `proof`, `extract` and `unit` say what it rests on for those who meet
 * it, and sum to them; null: this part rests on none of the kind.
 */
export type PartSums = {
  part: ObligationPart
  bearers: number
  declared: number
  confirmed: number
  met: number
} & Record<Exclude<PartBasis, 'unit'>, number | null> & { unit: number }

/** The sums by part that holds, with what those who meet it rest on (domain 4); boards and files show these. */
export function partSums(people: PartTallies, { parts }: Pick<Terms, 'parts'>): PartSums[] {
  return parts.map(part => {
    const { field } = PARTS[part]
    const [met, verified] = [people[`${field}Met`], people[`${field}Verified`]]
    const proven = provenAmong(people, part)
    return {
      part,
      bearers: people[`${field}Bearers`],
      declared: people[`${field}Declared`],
      confirmed: people[`${field}Confirmed`],
      met,
      proof: canRestOn(part, 'proof') ? proven : null,
      extract: canRestOn(part, 'extract') ? verified - proven : null,
      unit: met - verified,
    }
  })
}

/** Of those whose part is verified, how many proved it by their own act; figures from before signatures did have none. */
function provenAmong(people: PartTallies, part: ObligationPart): number {
  if (part === 'sim_signature') return people.simSignatureProven ?? 0
  return canRestOn(part, 'proof') ? people[`${PARTS[part].field}Verified`] : 0
}
