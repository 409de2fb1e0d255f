/** Small provinces near every limit of the public figures, drawn by a seed, and what is published of them day by day. */
import {
  DISCLOSURE,
  type DisclosureRules,
  discloseDay,
  type PublishedDay,
  type TrueCell,
  type Truth,
} from '#app/domain/disclosure/rules.ts'

/** Draws from 0 to below n; the same for the same seed. */
export function draws(seed: number) {
  let state = seed
  return (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

/** Where a cell's steps lie in tests: a hash of its name that needs no key. */
export const drawOf =
  (seed: number) =>
  (cell: string): number => {
    let hash = seed ^ 0x811c9dc5
    for (const letter of cell) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
    return ((hash ^ (hash >>> 15)) >>> 0) % 1000
  }

type Leaf = { key: string; parentKey: string; counted: number; staff: number; isArmed: boolean; pace: number }
type Draw = ReturnType<typeof draws>

const total = <T>(parts: readonly T[], of: (part: T) => number) => parts.reduce((sum, part) => sum + of(part), 0)

export type Kind = {
  /** two districts and two agencies with one to three parts, in place of three and four with up to five */
  isTiny?: boolean
  /** on how many days of a hundred some records of one commune and one room cease to count */
  falls?: number
  /** on how many days of a hundred nothing is recorded */
  quiet?: number
}

/**
 * A small province: districts with their communes; agencies with rooms and people of their own, many of them near the
 * limits, the first of the armed forces. Every record belongs to one commune and one room.
 */
export function growProvince(seed: number, days: number, { isTiny = false, falls = 0, quiet = 0 }: Kind = {}): Truth[] {
  const draw = draws(seed)
  const communes = ['d0', 'd1', ...(isTiny ? [] : ['d2'])].flatMap(parentKey =>
    Array.from({ length: isTiny ? 1 + draw(3) : 2 + draw(4) }, (_, n) => leaf(`${parentKey}c${n}`, parentKey, draw)),
  )
  const rooms = ['a0', 'a1', ...(isTiny ? [] : ['a2', 'a3'])].flatMap(parentKey => [
    leaf(parentKey, parentKey, draw, 5),
    ...Array.from({ length: 1 + draw(isTiny ? 2 : 4) }, (_, n) => leaf(`${parentKey}r${n}`, parentKey, draw)),
  ])
  const own: Leaf = { key: 'p', parentKey: 'p', counted: 0, staff: 9, isArmed: false, pace: 0 }
  const places = [own, ...rooms]
  for (const commune of communes) {
    const wanted = draw(10) < 3 ? draw(6) : 17 + draw(40)
    record(commune, wanted, () => rooms[draw(rooms.length)] ?? own)
  }
  return Array.from({ length: days }, (_, day) => {
    if (day > 0 && draw(100) >= quiet)
      for (const commune of communes) record(commune, draw(1 + commune.pace), () => places[draw(places.length)] ?? own)
    if (day > 0 && draw(100) < falls) withdraw(communes[draw(communes.length)], places[draw(places.length)], draw)
    return { localities: localityCells(communes), units: unitCells(places) }
  })
}

function record(commune: Leaf, count: number, place: () => Leaf) {
  for (let n = 0; n < count; n++) {
    commune.counted += 1
    place().counted += 1
  }
}

/** Some records of one commune, all made by one room, count no longer: one to five, or all an extract contradicts. */
function withdraw(commune: Leaf | undefined, room: Leaf | undefined, draw: Draw) {
  if (!commune || !room) return
  const wanted = draw(2) === 0 ? 1 + draw(5) : 15
  const count = Math.min(commune.counted, room.counted, wanted)
  commune.counted -= count
  room.counted -= count
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

/** A published day with its true counts. */
export type KnownDay = { published: PublishedDay; truth: Truth }

/** Publishes day after day as the product does; a day on which nothing may be published is left out. */
export function publish(truths: readonly Truth[], seed: number, rules: DisclosureRules = DISCLOSURE): KnownDay[] {
  const history: KnownDay[] = []
  for (const truth of truths) {
    const published = discloseDay(truth, history, drawOf(seed), rules)
    if (published) history.push({ published, truth })
  }
  return history
}
