import { PARTS, type PeopleFigures } from './figures.ts'
import { isExtractedPart } from './obligation.ts'
import type { Terms } from './terms.ts'
import type { ObligationPart } from './vocabulary.ts'

type Field = (typeof PARTS)[ObligationPart]['field']
/** Sums of people by obligation part, as tallies hold them. */
export type PartTallies = Pick<
  PeopleFigures,
  `${Field}${'Bearers' | 'Declared' | 'Confirmed' | 'Met'}` | Extract<keyof PeopleFigures, `${Field}Verified`>
>

/**
 * Of one part: who bears it, and of them who declared it at least, confirmed at least, meets it, and whom an extract
 * shows. Each includes the next but that a confirmed part need not be met. `verified` null: no extract can show it.
 */
export type PartSums = {
  part: ObligationPart
  bearers: number
  declared: number
  confirmed: number
  met: number
  verified: number | null
}

/** The sums by part that holds, declared, confirmed and verified apart (domain 4); boards and files show these. */
export function partSums(people: PartTallies, { parts }: Pick<Terms, 'parts'>): PartSums[] {
  return parts.map(part => {
    const { field } = PARTS[part]
    return {
      part,
      bearers: people[`${field}Bearers`],
      declared: people[`${field}Declared`],
      confirmed: people[`${field}Confirmed`],
      met: people[`${field}Met`],
      verified: isExtractedPart(part) ? people[`${PARTS[part].field}Verified`] : null,
    }
  })
}
