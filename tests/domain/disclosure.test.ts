import { describe, expect, it } from 'vitest'
import { solvable } from '#app/domain/disclosure/bounds.ts'
import {
  DISCLOSURE,
  type DisclosureRules,
  discloseDay,
  discloseNested,
  type PublishedDay,
  type TrueCell,
  type Truth,
} from '#app/domain/disclosure/rules.ts'
import { roundIn, stepsOf } from '#app/domain/disclosure/steps.ts'
import { findOut } from '#tests/disclosure-program.ts'
import { growProvince, type KnownDay, publish } from '#tests/disclosure-provinces.ts'
import { searchOut } from '#tests/disclosure-search.ts'

const UNAUDITED: DisclosureRules = { ...DISCLOSURE, hasAudit: false }
const SEEDS = Array.from({ length: 60 }, (_, n) => n + 1)
const DAYS = 10
const FALLING = { isTiny: true, falls: 20, quiet: 20 }

describe('what is published over ten days, with falls and days on which nothing happens', () => {
  it.each(SEEDS)('tells no withheld count and no small growth (province %i)', seed => {
    expect(searchOut(publish(growProvince(seed, DAYS, FALLING), seed), { insiders: 1, seed })).toEqual([])
  })

  it.each([1, 2, 3])('nor in a larger one (%i), to anybody inside a unit', seed => {
    expect(searchOut(publish(growProvince(seed, 6), seed), { insiders: 'all' })).toEqual([])
  })

  it('still tells nearly all that it would tell without an audit', () => {
    const cells = (days: readonly KnownDay[]) =>
      days.reduce((sum, { published }) => sum + Object.values(published).flatMap(tree => Object.keys(tree)).length, 0)
    const shares = SEEDS.slice(0, 8).map(seed => {
      const truths = growProvince(seed, 6)
      return [cells(publish(truths, seed)), cells(publish(truths, seed, UNAUDITED))] as const
    })
    const sum = (n: 0 | 1) => shares.reduce((total, share) => total + share[n], 0)
    expect(sum(0) / sum(1)).toBeGreaterThan(0.9)
  })
})

const cell = (key: string, parentKey: string | null, counted: number): TrueCell => ({
  key,
  parentKey,
  counted,
  staff: null,
  officials: null,
})

describe('the program finds out what it should where a rule is switched off', () => {
  const province = (parts: readonly number[]): Truth => ({
    localities: [
      cell(
        'p',
        null,
        parts.reduce((a, b) => a + b, 0),
      ),
      ...parts.map((n, m) => cell(`c${m}`, 'p', n)),
    ],
    units: [],
  })
  /** Publishes by the nearest multiple, as if every phase were known, and asks an attacker who knows it. */
  const nearest = (days: readonly (readonly number[])[], isShown: (n: number) => boolean) =>
    findOut(
      days.map(parts => [
        {
          hasRest: false,
          items: province(parts).localities.map(({ key, parentKey, counted }) => ({
            key,
            parentKey,
            value: isShown(counted) ? Math.round(counted / 5) * 5 : null,
          })),
        },
      ]),
      { step: 5, minimum: 20, below: 5, isGrowing: true, fallen: new Set(), phase: 2 },
    )

  it.each<[string, number[][], boolean]>([
    ['four parts at the ends of their roundings in one sum', [[23, 23, 23, 23, 0]], true],
    ['parts that are far from their ends', [[24, 26, 25, 27, 30, 1, 2]], false],
  ])('%s', (_, days, isFound) => {
    expect(nearest(days, n => n >= 20).length > 0).toBe(isFound)
  })

  it.each<[string, DisclosureRules]>([
    ['the rounding', { ...UNAUDITED, step: 1 }],
    ['the audit', UNAUDITED],
  ])('%s, among provinces drawn above', (_, rules) => {
    const isFoundIn = (seed: number) =>
      searchOut(publish(growProvince(seed, 30, FALLING), seed, rules), { insiders: 'all', rules }).length > 0
    expect([3, 8, 9].some(isFoundIn)).toBe(true)
  })
})

describe('steps', () => {
  const every = Array.from({ length: 10 }, (_, drawn) => stepsOf('a cell', () => drawn, DISCLOSURE))

  it('put a minimum between 20 and 29, at a whole step of the rounding', () => {
    expect(every.map(({ minimum }) => minimum)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29])
    expect(every.filter(({ minimum, phase }) => (minimum + phase) % 5 !== 0)).toEqual([])
  })

  it('keep a figure within 5 of the count, and never lower it for a larger count', () => {
    for (const { phase } of every)
      for (let count = 20; count < 200; count++) {
        expect(Math.abs(roundIn(count, phase, 5) - count)).toBeLessThanOrEqual(5)
        expect(roundIn(count + 1, phase, 5)).toBeGreaterThanOrEqual(roundIn(count, phase, 5))
      }
  })

  /** What somebody sees who adds known records one by one: the figure after each, null while there is none. */
  const seen = (others: number, { minimum, phase }: (typeof every)[number]) =>
    JSON.stringify(
      Array.from({ length: 80 }, (_, own) => (others + own >= minimum ? roundIn(others + own, phase, 5) : null)),
    )

  it('do not tell the count of others to somebody who adds known records', () => {
    const fitting = new Map<string, Set<number>>()
    for (const steps of every)
      for (let others = 0; others <= 40; others++) {
        const view = seen(others, steps)
        fitting.set(view, (fitting.get(view) ?? new Set()).add(others))
      }
    const fewest = (others: number) => Math.min(...every.map(steps => fitting.get(seen(others, steps))?.size ?? 0))
    // up to 5 values fit; fewer near 0, where a count cannot be lower
    expect([1, 2, 3, 4, 8, 15].map(fewest)).toEqual([2, 3, 4, 5, 5, 5])
  })
})

describe('days whose true counts were not kept', () => {
  const around = (value: number) => ({ low: Math.max(20, value - 2), high: value + 2 })
  const days = (...given: Record<string, number>[]) =>
    given.map(day => new Map(Object.entries(day).map(([name, value]) => [name, around(value)])))
  const tree = (parents: Record<string, string | null>, hasRest = false) => ({
    parents: new Map(Object.entries(parents)),
    hasRest,
  })
  const names = (found: ReturnType<typeof solvable>) => found.map(({ name, isGrowth }) => `${name} ${isGrowth}`)

  it('are solved with both trees as one', () => {
    const localities = tree({ p: null, c0: 'p', c1: 'p', c2: 'p', c3: 'p' })
    const units = tree({ p: null, u: 'p' }, true)
    // the communes are 4 × 22 at most, so the province is 88, and so is its only unit
    const known = days({ p: 90, c0: 20, c1: 20, c2: 20, c3: 20, u: 90 })
    expect(names(solvable(known, [localities, units], 5, true))).toEqual(['p/rest false'])
    for (const one of [localities, units]) expect(solvable(known, [one], 5, true)).toEqual([])
  })

  it('give up that counts only grow where one fell, and nowhere else', () => {
    const cells = tree({ p: null, d: 'p', e: 'p', d0: 'd', e0: 'e', e1: 'e', e2: 'e', e3: 'e' })
    // e is 108 at least, its four communes 27 at most: none of them grew
    const quiet = { e: 110, e0: 25, e1: 25, e2: 25, e3: 25 }
    const found = ['e true', 'e0 true', 'e1 true', 'e2 true', 'e3 true']
    expect(names(solvable(days({ ...quiet, d0: 60 }, { ...quiet, d0: 60 }), [cells], 5, true))).toEqual(found)
    expect(names(solvable(days({ ...quiet, d0: 60 }, { ...quiet, d0: 40 }), [cells], 5, true))).toEqual(found)
  })

  it('hold a day back that would complete a sum, and none for what they tell alone', () => {
    const truth: Truth = {
      localities: [cell('p', null, 94), ...[0, 1, 2, 3].map(n => cell(`c${n}`, 'p', 23)), cell('x', 'p', 2)],
      units: [],
    }
    const shown = (published: PublishedDay) =>
      Object.keys(discloseDay(truth, [{ published, truth: null }], () => 0)?.localities ?? {})
    const old = (tree: Record<string, number>): PublishedDay => ({
      localities: Object.fromEntries(Object.entries(tree).map(([key, counted]) => [key, { counted, officials: null }])),
      units: {},
    })
    expect(shown(old({ p: 90, c0: 25, c1: 25, c2: 25, c3: 25 }))).toContain('p')
  })
})

describe('rules', () => {
  const even = () => 0

  it.each<[string, number[], (number | null)[]]>([
    ['far apart', [212, 150, 101], [215, 155, 105]],
    ['the last too close', [212, 150, 140], [215, 155, null]],
    ['the last too small', [212, 150, 19], [215, 155, null]],
    ['the first too close', [212, 200, 101], [215, null, null]],
  ])('nested figures: %s', (_, values, published) => {
    expect(
      discloseNested(
        values.map(value => ['', value]),
        even,
      ),
    ).toEqual(published)
  })

  it('withholds what lies below what is withheld, and one more beside a single small one', () => {
    const cells = [
      cell('p', null, 200),
      cell('a', 'p', 100),
      cell('b', 'p', 60),
      cell('c', 'p', 37),
      cell('d', 'p', 3),
      cell('cx', 'c', 37),
    ]
    const day = discloseDay({ localities: cells, units: [] }, [], even)
    expect(Object.keys(day?.localities ?? {})).toEqual(['p', 'a', 'b'])
  })

  it('withholds a place below its own minimum, whatever that is', () => {
    const cells = [cell('p', null, 300), cell('a', 'p', 100), cell('b', 'p', 176), cell('c', 'p', 24)]
    const keys = (drawn: number) =>
      Object.keys(discloseDay({ localities: cells, units: [] }, [], () => drawn, UNAUDITED)?.localities ?? {})
    expect(keys(4)).toEqual(['p', 'a', 'b', 'c'])
    expect(keys(5)).not.toContain('c')
  })

  it('gives away no headcount of the armed forces', () => {
    const unit = (key: string, parentKey: string | null, staff: number, officials: number | null): TrueCell => ({
      key,
      parentKey,
      counted: staff * 3,
      staff,
      officials,
    })
    const units = [
      unit('p', null, 300, 200),
      unit('army', 'p', 100, null),
      unit('a', 'p', 110, 110),
      unit('b', 'p', 60, 60),
    ]
    const day = discloseDay({ localities: [], units }, [], even)
    expect(day?.units.army).toEqual({ counted: 305, officials: null })
    expect(day?.units.p?.officials).toBe(205)
  })
})
