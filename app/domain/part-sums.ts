import { PARTS, type PeopleFigures } from './figures.ts'
import { VERIFIED_BY } from './standing.ts'
import type { Terms } from './terms.ts'
import type { ObligationPart, PartBasis } from './vocabulary.ts'

type Field = (typeof PARTS)[ObligationPart]['field']
/** Sums of people by obligation part, as tallies hold them. */
export type PartTallies = Pick<PeopleFigures, `${Field}${'Bearers' | 'Declared' | 'Confirmed' | 'Met' | 'Verified'}`>

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
    const by = VERIFIED_BY[part]
    return {
      part,
      bearers: people[`${field}Bearers`],
      declared: people[`${field}Declared`],
      confirmed: people[`${field}Confirmed`],
      met,
      proof: by === 'proof' ? verified : null,
      extract: by === 'extract' ? verified : null,
      unit: met - verified,
    }
  })
}
