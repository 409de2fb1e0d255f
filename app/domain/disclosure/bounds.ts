/**
 * Rule 4 of the public figures (domain 11) where true counts were not kept: narrows every count as an outsider would, and
 * reports what comes out as one number. Trees whose roots have one name are one system.
 */
export type Range = { low: number; high: number }
/** What the figures of one day say of the cells, by name; what is withheld is missing. */
export type Known = ReadonlyMap<string, Range>
/** The parent of each cell, by name. `hasRest`: a parent has something of its own. */
export type Tree = { parents: ReadonlyMap<string, string | null>; hasRest: boolean }

/** Behind a parent's name: what is recorded at the parent itself. */
export const REST = '/rest'

type Sum = { whole: string; parts: readonly string[] }
type Days = readonly Map<string, Range>[]
/** Days, and cells that may have fallen since the day before. */
type Fallen = Map<number, Set<string>>
/** A day and a cell whose ranges contradict each other. */
type Clash = { day: number; name: string }

/** A number that came out: the name of its cell, and the day. */
type Solved = { name: string; day: number; isGrowth: boolean }

/**
 * Returns the counts, and where counts grow the growths of a day, that come out as one number below `below`. Counts only
 * grow, but for the cells and days that contradict it.
 */
export function solvable(known: readonly Known[], trees: readonly Tree[], below: number, isGrowing: boolean): Solved[] {
  const sums = trees.flatMap(sumsOf)
  const names = [...new Set(trees.flatMap(tree => [...tree.parents.keys()]).concat(sums.flatMap(sum => sum.parts)))]
  const family = familyOf(sums)
  const fallen: Fallen = new Map()
  for (;;) {
    const days = known.map(
      day => new Map(names.map(name => [name, { ...(day.get(name) ?? { low: 0, high: Number.POSITIVE_INFINITY }) }])),
    )
    const clash = narrow(days, sums, isGrowing ? fallen : undefined)
    const growth = isGrowing && !clash ? growthOf(days, names, fallen) : []
    if (growth.length > 0) narrow(growth, sums, undefined)
    if (!clash)
      return [
        ...days.flatMap((day, n) => pinned(day, below).map(name => ({ name, day: n, isGrowth: false }))),
        ...growth.flatMap((day, n) => pinned(day, below).map(name => ({ name, day: n + 1, isGrowth: true }))),
      ]
    if (!drop(fallen, clash, family)) return []
  }
}

const pinned = (day: ReadonlyMap<string, Range>, below: number) =>
  [...day].filter(([, { low, high }]) => low === high && high < below).map(([name]) => name)

/**
 * Gives up "counts only grow" around a contradiction: for the cell with all above and all below it, from the day before
 * and to the day after. False: that was given up already.
 */
function drop(fallen: Fallen, { day, name }: Clash, family: (name: string) => string[]): boolean {
  const size = () => [...fallen.values()].reduce((sum, cells) => sum + cells.size, 0)
  const before = size()
  for (const n of [day, day + 1]) fallen.set(n, new Set([...(fallen.get(n) ?? []), ...family(name)]))
  return size() > before
}

/** Returns a cell with all above and all below it. */
function familyOf(sums: readonly Sum[]) {
  const parts = new Map<string, string[]>()
  const above = new Map<string, string>()
  for (const sum of sums) {
    parts.set(sum.whole, [...(parts.get(sum.whole) ?? []), ...sum.parts])
    for (const part of sum.parts) above.set(part, sum.whole)
  }
  const down = (name: string): string[] => [name, ...(parts.get(name) ?? []).flatMap(down)]
  const up = (name: string): string[] => {
    const parent = above.get(name)
    return parent === undefined ? [] : [parent, ...up(parent)]
  }
  return (name: string) => [...down(name), ...up(name)]
}

/** Each parent is the sum of its parts, with what is recorded at itself. */
function sumsOf({ parents, hasRest }: Tree): Sum[] {
  const below = new Map<string, string[]>()
  for (const [name, parent] of parents) if (parent !== null) below.set(parent, [...(below.get(parent) ?? []), name])
  return [...below].map(([whole, parts]) => ({ whole, parts: hasRest ? [...parts, `${whole}${REST}`] : parts }))
}

/** Narrows the ranges of all days until nothing moves; returns where they contradict each other. */
function narrow(days: Days, sums: readonly Sum[], fallen: Fallen | undefined): Clash | undefined {
  let hasMoved = true
  const to = (range: Range, low: number, high: number) => {
    if (low <= range.low && high >= range.high) return
    range.low = Math.max(range.low, low)
    range.high = Math.min(range.high, high)
    hasMoved = true
  }
  while (hasMoved) {
    hasMoved = false
    for (const [n, day] of days.entries()) {
      for (const { whole, parts } of sums) narrowSum(day, whole, parts, to)
      const next = fallen && days[n + 1]
      for (const [name, range] of day) {
        if (range.low > range.high) return { day: n, name }
        const later = next?.get(name)
        if (!later || fallen?.get(n + 1)?.has(name)) continue
        to(later, range.low, Number.POSITIVE_INFINITY)
        to(range, 0, later.high)
      }
    }
  }
  return undefined
}

function narrowSum(
  day: Map<string, Range>,
  whole: string,
  parts: readonly string[],
  to: (range: Range, low: number, high: number) => void,
) {
  const sum = day.get(whole)
  const ranges = parts.flatMap(name => day.get(name) ?? [])
  if (!sum || ranges.length !== parts.length) return
  const low = ranges.reduce((total, range) => total + range.low, 0)
  const open = ranges.filter(range => range.high === Number.POSITIVE_INFINITY).length
  const high = ranges.reduce((total, range) => total + (Number.isFinite(range.high) ? range.high : 0), 0)
  to(sum, low, open > 0 ? Number.POSITIVE_INFINITY : high)
  for (const range of ranges) {
    const isOpen = range.high === Number.POSITIVE_INFINITY
    const others = open - (isOpen ? 1 : 0)
    to(range, others > 0 ? 0 : sum.low - (high - (isOpen ? 0 : range.high)), sum.high - (low - range.low))
  }
}

/** By how much each count can have grown from each day to the next. */
function growthOf(days: Days, names: readonly string[], fallen: Fallen): Map<string, Range>[] {
  return days.slice(1).map((day, n) => {
    const before = days[n] as Map<string, Range>
    return new Map(
      names.map(name => {
        const now = day.get(name) as Range
        const then = before.get(name) as Range
        const least = fallen.get(n + 1)?.has(name) ? Number.NEGATIVE_INFINITY : 0
        return [name, { low: Math.max(least, now.low - then.high), high: now.high - then.low }]
      }),
    )
  })
}
