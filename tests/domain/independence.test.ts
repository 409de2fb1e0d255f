import { describe, expect, it } from 'vitest'
import {
  areTwoPeople,
  haveOneMaker,
  isIndependent,
  isSettled,
  type Tie,
  type TieKind,
  type Ties,
} from '#app/domain/independence.ts'

const tiesOf = (list: readonly Tie[]): Ties => ({
  to: account => list.filter(tie => tie.of === account),
  from: account => list.filter(tie => tie.by === account),
})
const tie = (by: number, of: number, kind: TieKind, more: Partial<Tie> = {}): Tie => ({
  by,
  of,
  kind,
  isReset: false,
  isOfSoleRole: false,
  isOfSystemRole: false,
  until: null,
  ...more,
})
const reset = (by: number, of: number) => tie(by, of, 'issued', { isReset: true })
const independent = (a: number, b: number, ...list: Tie[]) => isIndependent(a, b, tiesOf(list))

describe('a second person', () => {
  it('is never the account itself, and else anyone without a tie', () => {
    expect(independent(1, 1)).toBe(false)
    expect(independent(1, 2)).toBe(true)
    expect(independent(1, 2, tie(3, 1, 'issued'), tie(3, 2, 'issued'))).toBe(true)
  })

  it.each(['created', 'issued', 'granted'] as const)('is not tied by %s, whichever way', kind => {
    expect(independent(1, 2, tie(1, 2, kind))).toBe(false)
    expect(independent(2, 1, tie(1, 2, kind))).toBe(false)
  })

  it('is who issued a former code only for what was done since another set the password', () => {
    const ties = tiesOf([tie(1, 2, 'issued', { until: 500 })])
    expect(isIndependent(1, 2, ties, 400)).toBe(false)
    expect(isIndependent(1, 2, ties, 500)).toBe(true)
    expect(isIndependent(1, 2, ties)).toBe(false)
  })

  it('is not an account whose password the same person replaced, nor one that acted through it', () => {
    expect(independent(2, 3, reset(1, 2), reset(1, 3))).toBe(false)
    expect(independent(1, 3, reset(1, 2), tie(2, 3, 'issued'))).toBe(false)
    expect(independent(1, 4, reset(1, 2), reset(2, 4))).toBe(false)
    expect(independent(2, 5, reset(1, 2), tie(5, 1, 'granted'))).toBe(false)
    expect(independent(2, 6, reset(1, 2), reset(1, 3), reset(3, 6))).toBe(false)
  })

  it('is not an account that the same person opened and alone gave a role, in whichever hands they did so', () => {
    const opens = (by: number, of: number) => tie(by, of, 'issued', { isOfSoleRole: true })
    const gives = (by: number, of: number) => tie(by, of, 'granted', { isOfSoleRole: true })
    const slip = tie(1, 3, 'issued')
    expect(independent(2, 3, opens(1, 2), gives(1, 2), slip)).toBe(false)
    expect(independent(3, 2, opens(1, 2), gives(1, 2), slip)).toBe(false)
    // somebody else gave the role, or a second person agreed to it
    expect(independent(2, 3, opens(1, 2), gives(4, 2), slip)).toBe(true)
    expect(independent(2, 3, tie(1, 2, 'issued'), tie(1, 2, 'granted'), tie(4, 2, 'granted'), slip)).toBe(true)
    // another's code opened it since, or the receipt was noted
    expect(independent(2, 3, { ...opens(1, 2), until: 500 }, gives(1, 2), slip)).toBe(true)
    expect(independent(2, 3, gives(1, 2), slip)).toBe(true)
    // the giver acts for the opener: 1 replaced the password of 4
    expect(independent(2, 3, opens(1, 2), gives(4, 2), reset(1, 4), slip)).toBe(false)
    // two who opened each other's accounts
    expect(independent(1, 2, opens(1, 2), gives(1, 2), opens(2, 1), gives(2, 1))).toBe(false)
  })

  it('is not an account with a role of the system’s that the same person opened', () => {
    const opens = tie(1, 2, 'issued', { isOfSystemRole: true })
    const slip = tie(1, 3, 'issued')
    expect(independent(2, 3, opens, slip)).toBe(false)
    expect(independent(3, 2, opens, slip)).toBe(false)
    expect(independent(2, 4, opens, slip)).toBe(true)
    expect(independent(2, 3, { ...opens, until: 500 }, slip)).toBe(true)
  })

  it('may have had a first code from the one who gave the other theirs', () => {
    expect(independent(2, 3, tie(1, 2, 'issued'), tie(1, 3, 'issued'))).toBe(true)
    expect(independent(1, 3, tie(1, 2, 'issued'), tie(2, 3, 'issued'))).toBe(true)
  })
})

describe('two people of offices, or two inspectors', () => {
  it('were not both made by one third person, at any remove', () => {
    const made = [tie(1, 2, 'created'), tie(1, 3, 'issued'), tie(3, 4, 'created')]
    const ties = tiesOf([...made, tie(1, 6, 'granted'), tie(1, 7, 'granted')])
    expect(haveOneMaker(2, 3, ties)).toBe(true)
    expect(haveOneMaker(2, 4, ties)).toBe(true)
    expect(areTwoPeople(2, 4, ties)).toBe(false)
    expect(areTwoPeople(2, 5, ties)).toBe(true)
    // roles are given by two people: they make nobody
    expect(areTwoPeople(6, 7, ties)).toBe(true)
    // but whom the maker of an account gave a role, the account gave it too
    expect(areTwoPeople(2, 6, ties)).toBe(false)
  })
})

it('a role settles three days after it was given; one of the system at once', () => {
  const day = 86_400_000
  expect(isSettled(0, 3 * day - 1)).toBe(false)
  expect(isSettled(0, 3 * day)).toBe(true)
  expect(isSettled(null, 0)).toBe(true)
})
