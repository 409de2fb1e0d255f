import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSharing, inProportion, remainderOf } from '#app/domain/target-sharing.ts'

describe('a total in proportion', () => {
  it.each([
    ['equal bases', 10, [1, 1, 1], [4, 3, 3]],
    ['one base', 943, [5], [943]],
    ['a base of zero gets nothing', 100, [0, 3, 1], [0, 75, 25]],
    ['the largest remainders get one more', 10, [14, 25, 61], [1, 3, 6]],
    ['no base at all', 10, [0, 0], [0, 0]],
    ['nothing to share', 0, [3, 4], [0, 0]],
  ] as const)('%s', (_, total, bases, shares) => expect(inProportion(total, bases)).toEqual(shares))

  it('adds up, stays within one of the exact part, and gives the larger base no less', () => {
    const bases = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000 }), bases, (total, given) => {
        const whole = given.reduce((sum, base) => sum + base, 0)
        fc.pre(whole > 0)
        const shares = inProportion(total, given)
        expect(remainderOf(total, shares)).toBe(0)
        shares.forEach((share, n) => {
          expect(Math.abs(share - (total * (given[n] ?? 0)) / whole)).toBeLessThan(1)
          shares.forEach((other, m) => {
            if ((given[n] ?? 0) > (given[m] ?? 0)) expect(share).toBeGreaterThanOrEqual(other)
          })
        })
      }),
    )
  })
})

describe('shares', () => {
  it.each([
    ['that add up are handed down', 10, [4, 6], null, null],
    ['that leave a rest are not', 10, [4, 5], null, 'sharing_does_not_add_up'],
    ['that are too much are not', 10, [4, 7], null, 'sharing_does_not_add_up'],
    ['of no total are not', null, [0, 0], null, 'sharing_without_total'],
    ['that stand already are not handed down again', 10, [4, 6], [4, 6], 'sharing_unchanged'],
    ['that move between units are', 10, [5, 5], [4, 6], null],
  ] as const)('%s', (_, total, shares, standing, problem) =>
    expect(checkSharing(total, shares, standing)).toBe(problem),
  )
})
