import { OBLIGATION_PARTS, type ObligationPart } from './vocabulary.ts'

type PartField = 'simSignature' | 'phone4g' | 'portalNational' | 'portalProvincial'

/** Sums of people by obligation part, as tallies hold them. */
export type PartTallies = Record<`${PartField}${'Bearers' | 'Declared' | 'Confirmed' | 'Met'}`, number> &
  Record<'simSignatureVerified' | 'phone4gVerified', number>

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

/** The sums by part, declared, confirmed and verified apart (domain 4); boards on screens and in files show these. */
export function partSums(people: PartTallies): PartSums[] {
  const sums: Record<ObligationPart, { field: PartField; verified: number | null }> = {
    sim_signature: { field: 'simSignature', verified: people.simSignatureVerified },
    phone_4g: { field: 'phone4g', verified: people.phone4gVerified },
    portal_national: { field: 'portalNational', verified: null },
    portal_provincial: { field: 'portalProvincial', verified: null },
  }
  return OBLIGATION_PARTS.map(part => {
    const { field, verified } = sums[part]
    return {
      part,
      bearers: people[`${field}Bearers`],
      declared: people[`${field}Declared`],
      confirmed: people[`${field}Confirmed`],
      met: people[`${field}Met`],
      verified,
    }
  })
}
