/** How a district's total is shared out to its communes and departments (plan V.6): what adds up to it, and nothing else. */

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
