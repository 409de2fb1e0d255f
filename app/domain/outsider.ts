import { foldName, foldWords } from './name.ts'
import { agree } from './roster/identity.ts'

/**
 * What tells a person who is proposed from outside the rosters from others. `numberKey`: the keyed hash of the personal
 * number; null: not given. `birthYear` null: not known.
 */
export type Outsider = { name: string; birthYear: number | null; numberKey: string | null }

/**
 * How a person from outside compares with another one. `same`: one number. `unclear`: one name and birth year, and no
 * number given that could tell them apart. `namesake`: as alike, but with a number of their own. Null: somebody else.
 */
export type Likeness = 'same' | 'unclear' | 'namesake' | null

/**
 * Compares a proposed person with an official or with another proposed person (domain 9). Marks and case of a name are
 * ignored; a birth year that is not known agrees with any.
 */
export function likenessOf(proposed: Outsider, other: Outsider): Likeness {
  if (proposed.numberKey !== null && proposed.numberKey === other.numberKey) return 'same'
  if (foldName(proposed.name) !== foldName(other.name) || !agree(proposed.birthYear, other.birthYear)) return null
  return proposed.numberKey === null ? 'unclear' : 'namesake'
}

/** Why somebody is not proposed as a person or collective from outside the rosters. */
export type OutsiderBar = 'outsider_is_official' | 'outsider_number_needed' | 'outsider_is_unit' | 'proposed_already'

/**
 * Returns what bars a person from outside, who is compared with officials of the campaign and with the other people
 * proposed from outside; null if nothing does. An official goes through their own dossier, gates and due process.
 */
export function outsiderBar(
  proposed: Outsider,
  { officials, proposals }: { officials: readonly Outsider[]; proposals: readonly Outsider[] },
): OutsiderBar | null {
  const likenesses = officials.map(official => likenessOf(proposed, official))
  if (likenesses.includes('same')) return 'outsider_is_official'
  if (proposals.some(other => isOnceOnly(likenessOf(proposed, other), other))) return 'proposed_already'
  return likenesses.includes('unclear') ? 'outsider_number_needed' : null
}

/** A namesake who gave no number may be the same person; two numbers tell two people apart. */
const isOnceOnly = (likeness: Likeness, other: Outsider) =>
  likeness === 'same' || likeness === 'unclear' || (likeness === 'namesake' && other.numberKey === null)

/** The same for a collective: it is barred if it bears the name of a unit, or of another collective of its unit. */
export function outsideCollectiveBar(
  name: string,
  { units, proposals }: { units: readonly string[]; proposals: readonly string[] },
): OutsiderBar | null {
  const folded = foldWords(name)
  if (units.some(unit => foldWords(unit) === folded)) return 'outsider_is_unit'
  return proposals.some(other => foldWords(other) === folded) ? 'proposed_already' : null
}

/** Ages, in years reached in the campaign's last year, between which a person from outside may be proposed. */
const AGES = { least: 14, most: 100 }

/** True if somebody born in `birthYear` may have helped in a campaign that ends in `year`. */
export function isPlausibleBirthYear(birthYear: number, year: number): boolean {
  return year - birthYear >= AGES.least && year - birthYear <= AGES.most
}
