import type { UnitKind } from './vocabulary.ts'

/** How a total of the annex is shared out to the units below (plan V.6): what adds up to it, and nothing else. */

/** Kinds of unit that share their total out, and to which: where districts lie below the province, and where none do. */
const WITH_DISTRICTS: Partial<Record<UnitKind, readonly UnitKind[]>> = { district: ['commune', 'department'] }
const WITHOUT_DISTRICTS: Partial<Record<UnitKind, readonly UnitKind[]>> = {
  province: ['commune'],
  commune: ['department', 'hamlet_team'],
}

/**
 * Returns the kinds of unit to which one hands its targets down; none: it keeps them. Without districts a commune does
 * what a district does, and the province hands to its communes.
 */
export function receiverKinds(kind: UnitKind, hasDistricts: boolean): readonly UnitKind[] {
  return (hasDistricts ? WITH_DISTRICTS : WITHOUT_DISTRICTS)[kind] ?? []
}

/** Returns true for a unit of a kind that may be given a share. */
export function mayReceive(kind: UnitKind, hasDistricts: boolean): boolean {
  return Object.values(hasDistricts ? WITH_DISTRICTS : WITHOUT_DISTRICTS).some(kinds => kinds.includes(kind))
}

/**
 * Shares `total` in proportion to `bases` (none negative), in whole numbers that add up to it. Every part is rounded
 * down, then the largest remainders get one more; among equals the first does. All zeros if every base is zero.
 */
export function inProportion(total: number, bases: readonly number[]): number[] {
  const whole = bases.reduce((sum, base) => sum + base, 0)
  if (whole === 0) return bases.map(() => 0)
  const exact = bases.map(base => (total * base) / whole)
  const shares = exact.map(Math.floor)
  const missing = total - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = exact
    .map((part, n) => ({ n, remainder: part - Math.floor(part) }))
    .sort((a, b) => b.remainder - a.remainder || a.n - b.n)
  for (const { n } of byRemainder.slice(0, missing)) shares[n] = (shares[n] ?? 0) + 1
  return shares
}

/** Returns what is left of the total once these shares are given: 0 if they add up, negative if they are too much. */
export function remainderOf(total: number, shares: readonly number[]): number {
  return total - shares.reduce((sum, share) => sum + share, 0)
}

/** Why shares cannot be handed down. */
export type SharingProblem = 'sharing_does_not_add_up' | 'sharing_without_total' | 'sharing_unchanged'

/**
 * Returns what keeps shares from being handed down; null: nothing. `standing`: those in force, null if there are none.
 */
export function checkSharing(
  total: number | null,
  shares: readonly number[],
  standing: readonly number[] | null,
): SharingProblem | null {
  if (total === null) return 'sharing_without_total'
  if (remainderOf(total, shares) !== 0) return 'sharing_does_not_add_up'
  const isSame = standing !== null && shares.every((share, n) => share === (standing[n] ?? 0))
  return isSame ? 'sharing_unchanged' : null
}
