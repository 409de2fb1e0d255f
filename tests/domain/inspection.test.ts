import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  allot,
  answerDueOn,
  checkAnswer,
  checkAppeal,
  checkFinding,
  checkSigning,
  checkTeam,
  clopperPearson,
  compareOnRoad,
  concludes,
  type Drawable,
  drawablesOf,
  drawOrder,
  drawSample,
  estimateOf,
  type Inspector,
  nextOnRoad,
  type PickFacts,
  planDraw,
  proposedWay,
  redraw,
  sampleSize,
} from '#app/domain/inspection.ts'

const WANTED = { untrueShare: 0.05, certainty: 0.95 }

describe('sampleSize', () => {
  test.each([
    { label: 'published: 400 records, 5 %, 95 %', population: 400, wanted: WANTED, size: 55 },
    { label: 'ten records, one untrue: all but none may be left out', population: 10, wanted: WANTED, size: 10 },
    { label: 'one record', population: 1, wanted: WANTED, size: 1 },
    { label: 'nothing to draw from', population: 0, wanted: WANTED, size: 0 },
    { label: 'a province approaches the endless population', population: 45_000, wanted: WANTED, size: 59 },
    { label: 'half are untrue', population: 100, wanted: { untrueShare: 0.5, certainty: 0.95 }, size: 5 },
    {
      label: '7 % of 100 are seven, not eight',
      population: 100,
      wanted: { untrueShare: 0.07, certainty: 0.95 },
      size: 34,
    },
  ])('$label', ({ population, wanted, size }) => {
    expect(sampleSize(population, wanted)).toBe(size)
  })

  it('is the smallest that reaches the certainty, counted out over all samples', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    for (let population = 2; population <= 40; population++) {
      const untrue = Math.ceil(population * 0.05 - 1e-9)
      const seen = (n: number) =>
        1 - (n > population - untrue ? 0 : choose(population - untrue, n) / choose(population, n))
      const size = sampleSize(population, WANTED)
      expect(seen(size)).toBeGreaterThanOrEqual(0.95 - 1e-9)
      expect(seen(size - 1)).toBeLessThan(0.95)
    }
  })
})

describe('clopperPearson at 95 %, against published values', () => {
  test.each([
    { untrue: 0, reached: 20, low: 0, high: 0.1684 },
    { untrue: 2, reached: 50, low: 0.0049, high: 0.1371 },
    { untrue: 5, reached: 10, low: 0.1871, high: 0.8129 },
    { untrue: 20, reached: 20, low: 0.8316, high: 1 },
    { untrue: 0, reached: 0, low: 0, high: 1 },
    { untrue: 40, reached: 2000, low: 0.0143, high: 0.0271 },
  ])('$untrue of $reached', ({ untrue, reached, low, high }) => {
    const interval = clopperPearson(untrue, reached, 0.95)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })
})

const populationOf = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 100_000 }), stratum: fc.constantFrom('2/a', '2/b', '3/a') }), {
    selector: row => row.id,
    minLength: 1,
    maxLength: 60,
  })
  .map(rows => rows as Drawable[])

describe('drawSample', () => {
  it('can be replayed by a stranger: SHA-256 of seed:id, sorted', () => {
    const population = [11, 7, 42, 3, 28].map(id => ({ id, stratum: 'a' }))
    const keyed = population.map(({ id }) => ({ id, key: createHash('sha256').update(`hạt:${id}`).digest('hex') }))
    const byHand = keyed.sort((a, b) => a.key.localeCompare(b.key, 'en')).map(({ id }) => id)
    expect(drawSample(population, 3, 'hạt').map(({ id }) => id)).toEqual(byHand.slice(0, 3))
  })

  it('stays the same for ever: a known seed draws these', () => {
    const population = Array.from({ length: 20 }, (_, n) => ({ id: n + 1, stratum: n < 5 ? 'b' : 'a' }))
    expect(drawSample(population, 4, '128').map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        13,
        4,
        8,
        19,
      ]
    `)
  })

  it('gives the same sample in whatever order the ids come', () => {
    fc.assert(
      fc.property(populationOf, fc.integer({ min: 0, max: 70 }), fc.string(), (population, size, seed) => {
        const reversed = population.toReversed()
        expect(drawSample(reversed, size, seed)).toEqual(drawSample(population, size, seed))
      }),
    )
  })

  it('takes as many as wanted, nobody twice, from each stratum what it is allotted', () => {
    fc.assert(
      fc.property(populationOf, fc.integer({ min: 0, max: 70 }), (population, size) => {
        const sample = drawSample(population, size, 'hạt')
        expect(sample).toHaveLength(Math.min(size, population.length))
        expect(new Set(sample.map(({ id }) => id)).size).toBe(sample.length)
        const sizes = new Map<string, number>()
        for (const { stratum } of population) sizes.set(stratum, (sizes.get(stratum) ?? 0) + 1)
        for (const [stratum, count] of allot(sizes, size)) {
          const share = (Math.min(size, population.length) * (sizes.get(stratum) ?? 0)) / population.length
          expect(Math.abs(count - share)).toBeLessThan(1)
          expect(sample.filter(row => row.stratum === stratum)).toHaveLength(count)
        }
      }),
    )
  })

  it('draws others with another seed', () => {
    const population = Array.from({ length: 200 }, (_, n) => ({ id: n + 1, stratum: 'a' }))
    expect(drawSample(population, 20, 'một')).not.toEqual(drawSample(population, 20, 'hai'))
  })
})

describe('the road', () => {
  const stop = (helpId: number, hamlet: string, commune = 'xã Tân Thành') => ({
    helpId,
    place: helpId,
    commune,
    hamlet,
  })

  it('goes by commune, by hamlet as people count them, by place; without a hamlet at the end', () => {
    const stops = [
      stop(1, ''),
      stop(2, 'Ấp 10'),
      stop(3, 'ấp 2'),
      stop(4, 'Ấp 2'),
      stop(5, 'Ấp 1', 'xã Đồng Tiến'),
      stop(6, 'Ấp 1'),
    ]
    expect(stops.sort(compareOnRoad).map(({ helpId }) => helpId)).toEqual([5, 6, 3, 4, 2, 1])
  })

  it('goes on to the next open sheet, round to those before, and ends where none is open', () => {
    const row = (helpId: number, result: 'true' | null = null) => ({ helpId, result })
    expect(nextOnRoad([row(1), row(2, 'true'), row(3, 'true'), row(4)], 2)?.helpId).toBe(4)
    expect(nextOnRoad([row(1), row(2, 'true'), row(3, 'true')], 2)?.helpId).toBe(1)
    expect(nextOnRoad([row(1, 'true'), row(2)], 2)).toBeNull()
  })
})

describe('allot: largest remainders', () => {
  test.each([
    { label: 'in proportion', sizes: { a: 60, b: 40 }, size: 10, shares: { a: 6, b: 4 } },
    {
      label: 'what is left goes to the largest remainder',
      sizes: { a: 50, b: 30, c: 20 },
      size: 4,
      shares: { a: 2, b: 1, c: 1 },
    },
    { label: 'of equal remainders to the first by name', sizes: { b: 10, a: 10 }, size: 1, shares: { b: 0, a: 1 } },
    { label: 'never more than there are', sizes: { a: 2, b: 1 }, size: 9, shares: { a: 2, b: 1 } },
  ])('$label', ({ sizes, size, shares }) => {
    expect(Object.fromEntries(allot(new Map(Object.entries(sizes)), size))).toEqual(shares)
  })
})

describe('redraw', () => {
  const population = Array.from({ length: 12 }, (_, n) => ({ id: n + 1, stratum: n < 8 ? 'a' : 'b' }))
  const order = drawOrder(population, 'hạt').filter(({ stratum }) => stratum === 'a')
  const picked = (count: number) => new Set(order.slice(0, count).map(({ id }) => id))

  it('is the next of the same stratum in the same order', () => {
    expect(redraw(population, { seed: 'hạt', stratum: 'a', picked: picked(3) })).toEqual(order[3])
  })

  it('is nobody once the stratum has no more', () => {
    expect(redraw(population, { seed: 'hạt', stratum: 'a', picked: picked(8) })).toBeUndefined()
  })
})

describe('estimateOf', () => {
  const pick = (result: PickFacts['result'], changes: Partial<PickFacts> = {}): PickFacts => ({
    origin: 'lot',
    result,
    isOverturned: false,
    ...changes,
  })
  test.each([
    {
      label: 'untrue among the reached',
      picks: [pick('true'), pick('true'), pick('true'), pick('untrue')],
      reached: 4,
      untrue: 1,
    },
    { label: 'not reached says nothing', picks: [pick('true'), pick('not_reached')], reached: 1, untrue: 0 },
    {
      label: 'the one drawn instead counts',
      picks: [pick('not_reached'), pick('untrue', { origin: 'redraw' })],
      reached: 1,
      untrue: 1,
    },
    {
      label: 'what was chosen for its risk does not',
      picks: [pick('true'), pick('untrue', { origin: 'risk' })],
      reached: 1,
      untrue: 0,
    },
    { label: 'an appeal upheld', picks: [pick('untrue', { isOverturned: true })], reached: 1, untrue: 0 },
    { label: 'nothing checked yet', picks: [pick(null)], reached: 0, untrue: 0 },
  ])('$label', ({ picks, reached, untrue }) => {
    expect(estimateOf(picks, 0.95)).toMatchObject({ reached, untrue, ...clopperPearson(untrue, reached, 0.95) })
  })
})

describe('checkTeam', () => {
  const member = (changes: Partial<Inspector> = {}): Inspector => ({
    isInspector: true,
    isOfUnit: false,
    holdsOtherGrant: false,
    ...changes,
  })
  test.each([
    { label: 'two inspectors from elsewhere', team: [member(), member()], problem: null },
    { label: 'one alone', team: [member()], problem: 'team_too_small' },
    { label: 'one without the role', team: [member(), member({ isInspector: false })], problem: 'not_inspector' },
    { label: 'one of the unit itself', team: [member(), member({ isOfUnit: true })], problem: 'inspector_of_unit' },
    {
      label: 'one who also heads above it',
      team: [member({ holdsOtherGrant: true }), member()],
      problem: 'inspector_holds_grant',
    },
  ])('$label', ({ team, problem }) => {
    expect(checkTeam(team)).toBe(problem)
  })
})

test.each([
  { purpose: 'meet', way: 'met' },
  { purpose: 'call', way: 'called' },
  { purpose: 'compare', way: 'papers' },
] as const)('who opens a sheet to $purpose is proposed the way $way', ({ purpose, way }) => {
  expect(proposedWay(purpose)).toBe(way)
})

describe('signing', () => {
  test.each([
    { label: 'all have a result', facts: { openPicks: 0, hasSigned: false, isConcluded: false }, problem: null },
    { label: 'one is open', facts: { openPicks: 1, hasSigned: false, isConcluded: false }, problem: 'results_missing' },
    {
      label: 'the same person again',
      facts: { openPicks: 0, hasSigned: true, isConcluded: false },
      problem: 'signed_already',
    },
    {
      label: 'after the conclusion',
      facts: { openPicks: 0, hasSigned: false, isConcluded: true },
      problem: 'inspection_concluded',
    },
  ])('$label', ({ facts, problem }) => {
    expect(checkSigning({ ...facts, isSecond: true })).toBe(problem)
  })

  it('takes two people, not two accounts of one making', () => {
    const facts = { openPicks: 0, hasSigned: false, isConcluded: false, isSecond: false }
    expect(checkSigning(facts)).toBe('not_second_signer')
  })

  it('concludes with the second', () => {
    expect([0, 1, 2, 3].map(concludes)).toEqual([false, false, true, true])
  })
})

describe('answer, finding, appeal', () => {
  const answer = { answerDueOn: '2024-06-17', isAnswered: false, today: '2024-06-17' }
  test.each([
    { label: 'on the last day', facts: answer, problem: null },
    { label: 'a day late', facts: { ...answer, today: '2024-06-18' }, problem: 'answer_late' },
    { label: 'a second time', facts: { ...answer, isAnswered: true }, problem: 'answered_already' },
    { label: 'before the conclusion', facts: { ...answer, answerDueOn: null }, problem: 'inspection_open' },
  ])('the unit answers $label', ({ facts, problem }) => {
    expect(checkAnswer(facts)).toBe(problem)
  })

  const finding = { ...answer, untrue: 2, hasFinding: false }
  test.each([
    { label: 'while the unit may still answer', facts: finding, problem: 'answer_awaited' },
    { label: 'once it has', facts: { ...finding, isAnswered: true }, problem: null },
    { label: 'once its days have passed', facts: { ...finding, today: '2024-06-18' }, problem: null },
    { label: 'with nothing untrue', facts: { ...finding, isAnswered: true, untrue: 0 }, problem: 'nothing_untrue' },
    { label: 'twice', facts: { ...finding, isAnswered: true, hasFinding: true }, problem: 'found_already' },
    { label: 'before the conclusion', facts: { ...finding, answerDueOn: null }, problem: 'inspection_open' },
  ])('untrue reporting is found $label', ({ facts, problem }) => {
    expect(checkFinding(facts)).toBe(problem)
  })

  const appeal = { isConcluded: true, result: 'untrue', isAppealed: false } as const
  test.each([
    { label: 'against an untrue', facts: appeal, problem: null },
    { label: 'against a true', facts: { ...appeal, result: 'true' as const }, problem: 'not_untrue' },
    { label: 'before the conclusion', facts: { ...appeal, isConcluded: false }, problem: 'inspection_open' },
    { label: 'a second time', facts: { ...appeal, isAppealed: true }, problem: 'appealed_already' },
  ])('an appeal $label', ({ facts, problem }) => {
    expect(checkAppeal(facts)).toBe(problem)
  })
})

describe('planDraw', () => {
  const candidates = Array.from({ length: 90 }, (_, n) => ({
    id: n + 1,
    unitId: n < 60 ? 2 : 3,
    isMarked: n % 9 === 0,
  }))
  const draw = planDraw(candidates.toReversed(), { ...WANTED, riskPicks: 3 }, 'hạt')

  it('lists the population in ascending order, each in its stratum', () => {
    expect(draw.population).toEqual(candidates.map(({ id }) => id))
    expect(draw.design.strata.map(({ stratum, size }) => [stratum, size])).toEqual([
      ['2', 53],
      ['2/signal', 7],
      ['3', 27],
      ['3/signal', 3],
    ])
    expect(
      drawablesOf(draw)
        .filter(({ stratum }) => stratum === '3/signal')
        .map(({ id }) => id),
    ).toEqual([64, 73, 82])
  })

  it('draws by lot as many as the certainty asks for, and the risk picks apart, nobody twice', () => {
    const lot = draw.picks.filter(({ origin }) => origin === 'lot')
    const risk = draw.picks.filter(({ origin }) => origin === 'risk')
    expect(lot).toHaveLength(sampleSize(90, WANTED))
    expect(draw.design.strata.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(lot.length)
    expect(risk.every(({ stratum }) => stratum.endsWith('/signal'))).toBe(true)
    expect(new Set(draw.picks.map(({ helpId }) => helpId)).size).toBe(draw.picks.length)
    expect(draw.picks.map(({ place }) => place)).toEqual(draw.picks.map((_, n) => n + 1))
  })

  it('is found again by whoever has seed, ids and strata', () => {
    const replayed = drawSample(drawablesOf(draw), draw.design.size, 'hạt')
    expect(replayed.map(({ id }) => id)).toEqual(
      draw.picks.filter(({ origin }) => origin === 'lot').map(({ helpId }) => helpId),
    )
  })
})

describe('the five days in which a unit answers', () => {
  test.each([
    ['end on the fifth day', '2024-06-12', [], '2024-06-17'],
    ['end on Monday where the fifth day is a Saturday', '2024-06-10', [], '2024-06-17'],
    ['end after a day off', '2024-06-12', ['2024-06-17'], '2024-06-18'],
  ] as const)('%s', (_, concludedOn, daysOff, lastDay) => {
    expect(answerDueOn(concludedOn, daysOff)).toBe(lastDay)
  })
})
