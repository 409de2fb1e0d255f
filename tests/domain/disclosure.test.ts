import { describe, expect, it } from 'vitest'
import {
  DISCLOSURE,
  type DisclosureRules,
  discloseDay,
  discloseNested,
  type PublishedDay,
  roundTo,
  type TrueCell,
} from '#app/domain/disclosure.ts'
import { attack, type Sheet } from '#tests/disclosure-attack.ts'

/** Draws from 0 to below n; the same for the same seed. */
function draws(seed: number) {
  let state = seed
  return (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

type Truth = { localities: TrueCell[]; units: TrueCell[] }
type Leaf = { key: string; parentKey: string; counted: number; staff: number; isArmed: boolean; pace: number }
type Draw = ReturnType<typeof draws>

const total = <T>(parts: readonly T[], of: (part: T) => number) => parts.reduce((sum, part) => sum + of(part), 0)

/**
 * A small province: three districts with their communes; agencies with rooms and people of their own, many of them near
 * the limits, the first of the armed forces. Every record that is added belongs to one commune and one room.
 */
function growProvince(seed: number, days: number): Truth[] {
  const draw = draws(seed)
  const communes = ['d0', 'd1', 'd2'].flatMap(parentKey =>
    Array.from({ length: 2 + draw(4) }, (_, n) => leaf(`${parentKey}c${n}`, parentKey, draw)),
  )
  const rooms = ['a0', 'a1', 'a2', 'a3'].flatMap(parentKey => [
    leaf(parentKey, parentKey, draw, 5),
    ...Array.from({ length: 1 + draw(4) }, (_, n) => leaf(`${parentKey}r${n}`, parentKey, draw)),
  ])
  const own: Leaf = { key: 'p', parentKey: 'p', counted: 0, staff: 9, isArmed: false, pace: 0 }
  const places = [own, ...rooms]
  for (const commune of communes) {
    const wanted = draw(10) < 3 ? draw(6) : 17 + draw(40)
    record(commune, wanted, () => rooms[draw(rooms.length)] ?? own)
  }
  return Array.from({ length: days }, (_, day) => {
    if (day > 0)
      for (const commune of communes) record(commune, draw(1 + commune.pace), () => places[draw(places.length)] ?? own)
    return { localities: localityCells(communes), units: unitCells(places) }
  })
}

function record(commune: Leaf, count: number, place: () => Leaf) {
  for (let n = 0; n < count; n++) {
    commune.counted += 1
    place().counted += 1
  }
}

const leaf = (key: string, parentKey: string, draw: Draw, most = 0): Leaf => ({
  key,
  parentKey,
  counted: 0,
  staff: most > 0 ? 1 + draw(most) : draw(10) < 3 ? 1 + draw(19) : 18 + draw(30),
  isArmed: parentKey === 'a0',
  pace: draw(4),
})

const within = (parts: readonly Leaf[], parentKey: string) => parts.filter(part => part.parentKey === parentKey)
const parentsOf = (parts: readonly Leaf[]) => [...new Set(parts.map(part => part.parentKey))]

function localityCells(communes: readonly Leaf[]): TrueCell[] {
  const cell = (key: string, parentKey: string | null, parts: readonly Leaf[]): TrueCell => ({
    key,
    parentKey,
    counted: total(parts, part => part.counted),
    staff: null,
    officials: null,
  })
  return [
    cell('p', null, communes),
    ...parentsOf(communes).map(key => cell(key, 'p', within(communes, key))),
    ...communes.map(part => cell(part.key, part.parentKey, [part])),
  ]
}

function unitCells(places: readonly Leaf[]): TrueCell[] {
  const cell = (key: string, parentKey: string | null, parts: readonly Leaf[]): TrueCell => ({
    key,
    parentKey,
    counted: total(parts, part => part.counted),
    staff: total(parts, part => part.staff),
    officials: parts.every(part => part.isArmed)
      ? null
      : total(
          parts.filter(part => !part.isArmed),
          part => part.staff,
        ),
  })
  const agencies = parentsOf(places).filter(key => key !== 'p')
  return [
    cell('p', null, places),
    ...agencies.map(key => cell(key, 'p', within(places, key))),
    ...places.filter(part => part.key !== part.parentKey).map(part => cell(part.key, part.parentKey, [part])),
  ]
}

/** Publishes day after day as the product does; a day on which nothing may be published is left out. */
function publish(truths: readonly Truth[], rules: DisclosureRules): PublishedDay[] {
  const history: PublishedDay[] = []
  for (const truth of truths) {
    const day = discloseDay(truth, history, rules)
    if (day) history.push(day)
  }
  return history
}

/** Lists what an outsider can find out from the published days, in all three published tables. */
function leaks(truths: readonly Truth[], rules: DisclosureRules): string[] {
  const days = publish(truths, rules)
  const [truth] = truths
  if (!truth) return []
  const sheet = (day: PublishedDay, tree: 'localities' | 'units', metric: 'counted' | 'officials'): Sheet => ({
    hasRest: tree === 'units',
    items: truth[tree]
      .filter(cell => metric === 'counted' || cell.officials !== null)
      .map(({ key, parentKey }) => ({ key, parentKey, value: day[tree][key]?.[metric] ?? null })),
  })
  const { minimum, step } = rules
  return [
    ...attack(
      days.map(day => [sheet(day, 'localities', 'counted'), sheet(day, 'units', 'counted')]),
      { minimum, step },
    ),
    ...attack(
      days.map(day => [sheet(day, 'units', 'officials')]),
      { minimum, step, isGrowing: false },
    ),
  ]
}

const SEEDS = Array.from({ length: 60 }, (_, n) => n + 1)
const DAYS = 14

describe('what is published over 14 days', () => {
  it.each(SEEDS)('tells no count below 5 (province %i)', seed => {
    expect(leaks(growProvince(seed, DAYS), DISCLOSURE)).toEqual([])
  })

  it('still tells something', () => {
    const published = SEEDS.map(seed => {
      const days = publish(growProvince(seed, DAYS), DISCLOSURE)
      return days.length === DAYS ? Object.keys(days.at(-1)?.localities ?? {}).length : 0
    })
    expect(published.filter(cells => cells >= 4).length).toBeGreaterThan(SEEDS.length / 2)
  })
})

describe('the attack finds a leak where a rule is switched off', () => {
  const cell = (key: string, parentKey: string | null, counted: number): TrueCell => ({
    key,
    parentKey,
    counted,
    staff: null,
    officials: null,
  })
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

  it.each<[string, number[][], DisclosureRules]>([
    [
      'the minimum: four small parts',
      [[2, 2, 2, 2]],
      { ...DISCLOSURE, minimum: 0, hasComplement: false, hasAudit: false },
    ],
    [
      'the complement: one part is what is left',
      [[23, 23, 23, 23, 0]],
      { ...DISCLOSURE, hasComplement: false, hasAudit: false },
    ],
    [
      'the audit: sums at the ends of their roundings, twice',
      [
        [23, 23, 23, 23],
        [23, 23, 23, 23],
      ],
      { ...DISCLOSURE, hasAudit: false },
    ],
    [
      'the rounding',
      [
        [40, 50],
        [41, 53],
      ],
      { ...DISCLOSURE, step: 1, hasAudit: false },
    ],
  ])('%s', (_, days, rules) => {
    expect(leaks(days.map(province), rules)).not.toEqual([])
    expect(leaks(days.map(province), DISCLOSURE)).toEqual([])
  })

  it('among the provinces drawn above, without the complement and the audit', () => {
    const rules = { ...DISCLOSURE, hasComplement: false, hasAudit: false }
    expect(SEEDS.some(seed => leaks(growProvince(seed, DAYS), rules).length > 0)).toBe(true)
  })
})

describe('rules', () => {
  it.each([
    [22, 20],
    [23, 25],
    [27, 25],
    [28, 30],
  ])('%i is published as %i', (value, published) => {
    expect(roundTo(value, 5)).toBe(published)
  })

  it.each<[string, number[], (number | null)[]]>([
    ['far apart', [212, 150, 101], [210, 150, 100]],
    ['the last too close', [212, 150, 140], [210, 150, null]],
    ['the last too small', [212, 150, 19], [210, 150, null]],
    ['the first too close', [212, 200, 101], [210, null, null]],
  ])('nested figures: %s', (_, values, published) => {
    expect(discloseNested(values)).toEqual(published)
  })

  it('withholds what lies below what is withheld, and one more beside a single small one', () => {
    const cells: TrueCell[] = [
      ['p', null, 200],
      ['a', 'p', 100],
      ['b', 'p', 60],
      ['c', 'p', 37],
      ['d', 'p', 3],
      ['cx', 'c', 37],
    ].map(([key, parentKey, counted]) => ({
      key: key as string,
      parentKey: parentKey as string | null,
      counted: counted as number,
      staff: null,
      officials: null,
    }))
    expect(Object.keys(discloseDay({ localities: cells, units: [] }, [])?.localities ?? {})).toEqual(['p', 'a', 'b'])
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
    const day = discloseDay({ localities: [], units }, [])
    expect(day?.units.army).toEqual({ counted: 300, officials: null })
    expect(day?.units.p?.officials).toBe(200)
  })
})
