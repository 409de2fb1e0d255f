import { covers, type Day } from './calendar.ts'

/** In which capacity somebody signs papers of a unit: as its head, for the head (KT.), by order (TL.), authorised (TUQ.). */
export const SIGNING_CAPACITIES = ['head', 'deputy', 'by_order', 'authorised'] as const
export type SigningCapacity = (typeof SIGNING_CAPACITIES)[number]

/** Who signs papers of a unit from `fromOn` to `toOn`, both inclusive; null: until somebody else begins. */
export type Signer = { name: string; title: string; capacity: SigningCapacity; fromOn: Day; toOn: Day | null }

/**
 * Returns who signs on `day`: of those whose days contain it, the one who began last. So a deputy entered for some
 * days signs on them, and the head again after them. Undefined: nobody is entered.
 */
export function signerOn<Entry extends Signer>(signers: readonly Entry[], day: Day): Entry | undefined {
  return signers
    .filter(signer => covers(signer, day))
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : 0))
    .at(-1)
}
