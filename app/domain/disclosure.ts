/**
 * Which figures from personal records are published (domain 11), so that nobody can compute a count below five.
 *
 * Published: for each locality the citizens who count, for each unit the same and its officials. They are published
 * once a day, as of one instant, each rounded to the nearest 5 from the true value. Never published: live figures,
 * shares computed from true values, or a block's total beside the units that make it up. The rules:
 *
 * 1. Minimum: a unit of fewer than 20 officials, a locality or unit of fewer than 20 counted citizens is withheld, and
 *    so is everything below what is withheld.
 * 2. Complement: what is withheld under one published parent (for units with what is recorded at the parent itself)
 *    must sum up to 20 or more and have two parts or more; else the smallest published siblings are withheld too. So no
 *    difference between a parent and its published children is one small part. Siblings withheld yesterday come first,
 *    so that a part does not become known when a neighbour is withheld instead.
 * 3. Armed forces: no headcount, and the headcounts of the units above them leave theirs out (domain 3).
 * 4. Audit: rounding leaves ±2. If many values are at the ends of that range, sums and daily growth could still reveal
 *    them (four times 23 in a sum of 92). Before a day is published, it is solved together with the days before, as an
 *    outsider would do. If a value or a day's growth below 5 comes out as one number, that parent publishes no part
 *    that day. If that does not help, nothing new is published until it does.
 */
export const DISCLOSURE = { minimum: 20, step: 5, hasComplement: true, hasAudit: true } as const
export type DisclosureRules = { minimum: number; step: number; hasComplement: boolean; hasAudit: boolean }

/** Counts below this are what the rules protect. */
const PROTECTED_BELOW = 5

/** A node of a tree with its true counts. */
export type TrueCell = {
  key: string
  parentKey: string | null
  /** citizens whose record counts */
  counted: number
  /** officials, for the minimum; null: a locality, which has none */
  staff: number | null
  /** officials without the armed forces'; null: not given away at all */
  officials: number | null
}

/** What is published of a node; a node that is withheld has none. `officials` null: not given away. */
type PublishedCell = { counted: number; officials: number | null }
type PublishedTree = Record<string, PublishedCell>

/** The trees of a day; `units` hangs below the same sum as `localities`. */
export type PublishedDay = { localities: PublishedTree; units: PublishedTree }

/** How a tree hangs together, which is public. `hasRest`: a parent has records and officials of its own. */
export type Shape = { parents: ReadonlyMap<string, string | null>; hasRest: boolean }
type Shapes = { localities: Shape; units: Shape }

/** To the nearest step: 22 → 20, 23 → 25. */
export function roundTo(value: number, step: number): number {
  return Math.round(value / step) * step
}

const childrenOf = (cells: readonly TrueCell[]) => {
  const below = new Map<string | null, TrueCell[]>()
  for (const cell of cells) below.set(cell.parentKey, [...(below.get(cell.parentKey) ?? []), cell])
  return below
}

/**
 * Returns the part of a tree that is published today, by rules 1 to 3. `before`: what was published last. `closed`:
 * parents with all parts withheld today.
 */
function discloseTree(
  cells: readonly TrueCell[],
  { before, hasRest, closed }: { before: PublishedTree; hasRest: boolean; closed: ReadonlySet<string> },
  rules: DisclosureRules = DISCLOSURE,
): PublishedTree {
  const below = childrenOf(cells)
  const published: PublishedTree = {}
  const isLargeEnough = ({ counted, staff, officials }: TrueCell) =>
    counted >= rules.minimum &&
    (staff ?? rules.minimum) >= rules.minimum &&
    (officials ?? rules.minimum) >= rules.minimum
  const publish = (cell: TrueCell) => {
    const { key, counted, officials } = cell
    published[key] = {
      counted: roundTo(counted, rules.step),
      officials: officials === null ? null : roundTo(officials, rules.step),
    }
    if (closed.has(key)) return
    const children = below.get(key) ?? []
    const hidden = new Set(children.filter(child => !isLargeEnough(child)))
    if (rules.hasComplement) withholdMore(cell, children, { hidden, hasRest, before, minimum: rules.minimum })
    for (const child of children) if (!hidden.has(child)) publish(child)
  }
  for (const root of below.get(null) ?? []) if (isLargeEnough(root)) publish(root)
  return published
}

type Withholding = { hidden: Set<TrueCell>; hasRest: boolean; before: PublishedTree; minimum: number }

/** Rule 2 for the children of one published parent: adds to `hidden` until what is hidden is safe. */
function withholdMore(
  parent: TrueCell,
  children: readonly TrueCell[],
  { hidden, hasRest, before, minimum }: Withholding,
) {
  const isSafe = (of: (cell: TrueCell) => number | null) => {
    const parts = [...hidden].flatMap(child => of(child) ?? [])
    const rest = children.reduce((left, child) => left - (of(child) ?? 0), of(parent) ?? 0)
    if (hasRest && children.length > 0) parts.push(rest)
    return parts.length === 0 || (parts.length > 1 && parts.reduce((sum, part) => sum + part, 0) >= minimum)
  }
  const inTurn = children
    .filter(child => !hidden.has(child))
    .sort(
      (a, b) =>
        Number(a.key in before) - Number(b.key in before) || a.counted - b.counted || a.key.localeCompare(b.key),
    )
  for (const child of inTurn) {
    const isCountSafe = isSafe(cell => cell.counted)
    if (isCountSafe && isSafe(cell => cell.officials)) return
    if (!isCountSafe || child.officials !== null) hidden.add(child)
  }
}

/**
 * Decides what is published for a day, after `history` (the days before, the oldest first): rules 1 to 4. Undefined:
 * nothing new can be published today.
 */
export function discloseDay(
  truth: { localities: readonly TrueCell[]; units: readonly TrueCell[] },
  history: readonly PublishedDay[],
  rules: DisclosureRules = DISCLOSURE,
): PublishedDay | undefined {
  const shapes: Shapes = {
    localities: shapeOf(truth.localities, false),
    units: shapeOf(truth.units, true),
  }
  const last = history.at(-1) ?? { localities: {}, units: {} }
  const closed = new Set<string>()
  for (;;) {
    const day: PublishedDay = {
      localities: discloseTree(truth.localities, { before: last.localities, hasRest: false, closed }, rules),
      units: discloseTree(truth.units, { before: last.units, hasRest: true, closed }, rules),
    }
    if (!rules.hasAudit) return day
    const parents = leakingParents([...history, day], shapes, rules)
    const fresh = parents.filter(key => !closed.has(key))
    if (parents.length === 0) return day
    if (fresh.length === 0) return undefined
    for (const key of fresh) closed.add(key)
  }
}

const shapeOf = (cells: readonly TrueCell[], hasRest: boolean): Shape => ({
  parents: new Map(cells.map(cell => [cell.key, cell.parentKey])),
  hasRest,
})

/** Returns the parents with a part (or a figure of their own) that an outsider could find to be one number below 5. */
function leakingParents(days: readonly PublishedDay[], shapes: Shapes, rules: DisclosureRules): string[] {
  const found = [
    ...leaksOf(
      days.map(day => countsOf(day.localities, 'counted')),
      shapes.localities,
      rules,
      true,
    ),
    ...leaksOf(
      days.map(day => countsOf(day.units, 'counted')),
      shapes.units,
      rules,
      true,
    ),
    ...leaksOf(
      days.map(day => countsOf(day.units, 'officials')),
      shapes.units,
      rules,
      false,
    ),
  ]
  return [...new Set(found)]
}

const countsOf = (tree: PublishedTree, metric: keyof PublishedCell) =>
  new Map(Object.entries(tree).flatMap(([key, cell]) => (cell[metric] === null ? [] : [[key, cell[metric]] as const])))

type Range = { low: number; high: number }

/** Applies rule 4 to one count over its days: the parents whose sums reveal a value or a day's growth. */
function leaksOf(
  days: readonly ReadonlyMap<string, number>[],
  { parents, hasRest }: Shape,
  rules: DisclosureRules,
  isGrowing: boolean,
): string[] {
  const half = Math.floor(rules.step / 2)
  const sums = sumsOf(parents, hasRest)
  const keys = [...parents.keys(), ...sums.flatMap(({ rest }) => rest ?? [])]
  const ranges = days.map(
    day =>
      new Map<string, Range>(
        keys.map(key => {
          const value = day.get(key)
          return [
            key,
            value === undefined
              ? { low: 0, high: Number.POSITIVE_INFINITY }
              : { low: Math.max(rules.minimum, value - half), high: value + half },
          ]
        }),
      ),
  )
  const isSound = solve(ranges, sums, isGrowing)
  if (!isSound) return isGrowing ? leaksOf(days, { parents, hasRest }, rules, false) : []
  const growth = isGrowing ? growthOf(ranges, keys) : []
  if (isGrowing) solve(growth, sums, false)
  const told = [...ranges, ...growth].flatMap(day =>
    [...day].filter(([, { low, high }]) => low === high && high < PROTECTED_BELOW).map(([key]) => key),
  )
  return told.map(key => parents.get(key.replace(REST, '')) ?? key.replace(REST, ''))
}

const REST = '/rest'
type Sum = { whole: string; parts: string[]; rest?: string }

/** Each parent is the sum of its parts, with what is recorded at itself. */
function sumsOf(parents: ReadonlyMap<string, string | null>, hasRest: boolean): Sum[] {
  const parts = new Map<string, string[]>()
  for (const [key, parent] of parents) if (parent !== null) parts.set(parent, [...(parts.get(parent) ?? []), key])
  return [...parts].map(([whole, below]) =>
    hasRest ? { whole, parts: [...below, `${whole}${REST}`], rest: `${whole}${REST}` } : { whole, parts: below },
  )
}

/** Narrows the ranges of all days until nothing moves; false where they contradict each other. */
function solve(days: readonly Map<string, Range>[], sums: readonly Sum[], isGrowing: boolean): boolean {
  let hasMoved = true
  const narrow = (range: Range, low: number, high: number) => {
    if (low > range.low) {
      range.low = low
      hasMoved = true
    }
    if (high < range.high) {
      range.high = high
      hasMoved = true
    }
  }
  while (hasMoved) {
    hasMoved = false
    for (const [n, day] of days.entries()) {
      for (const { whole, parts } of sums) narrowSum(day, whole, parts, narrow)
      const next = isGrowing ? days[n + 1] : undefined
      for (const [key, range] of day) {
        if (range.low > range.high) return false
        const later = next?.get(key)
        if (!later) continue
        narrow(later, range.low, Number.POSITIVE_INFINITY)
        narrow(range, 0, later.high)
      }
    }
  }
  return true
}

function narrowSum(
  day: Map<string, Range>,
  whole: string,
  parts: readonly string[],
  narrow: (range: Range, low: number, high: number) => void,
) {
  const sum = day.get(whole)
  const ranges = parts.flatMap(key => day.get(key) ?? [])
  if (!sum || ranges.length !== parts.length) return
  const low = ranges.reduce((total, range) => total + range.low, 0)
  const open = ranges.filter(range => range.high === Number.POSITIVE_INFINITY).length
  const high = ranges.reduce((total, range) => total + (Number.isFinite(range.high) ? range.high : 0), 0)
  narrow(sum, low, open > 0 ? Number.POSITIVE_INFINITY : high)
  for (const range of ranges) {
    const isOpen = range.high === Number.POSITIVE_INFINITY
    const others = open - (isOpen ? 1 : 0)
    narrow(range, others > 0 ? 0 : sum.low - (high - (isOpen ? 0 : range.high)), sum.high - (low - range.low))
  }
}

/** By how much each count can have grown from each day to the next. */
function growthOf(days: readonly Map<string, Range>[], keys: readonly string[]): Map<string, Range>[] {
  return days.slice(1).map((day, n) => {
    const before = days[n] as Map<string, Range>
    return new Map(
      keys.map(key => {
        const now = day.get(key) as Range
        const then = before.get(key) as Range
        return [key, { low: Math.max(0, now.low - then.high), high: now.high - then.low }]
      }),
    )
  })
}

/**
 * Rounds a whole and its nested parts (officials ⊇ bearers ⊇ those who met). Each must be 20 or more, and 20 or more
 * below the one before. From the first that is not, every value is null.
 */
export function discloseNested(values: readonly number[], rules: DisclosureRules = DISCLOSURE): (number | null)[] {
  const firstUnsafe = values.findIndex(
    (value, n) => value < rules.minimum || (n > 0 && (values[n - 1] ?? 0) - value < rules.minimum),
  )
  return values.map((value, n) => (firstUnsafe >= 0 && n >= firstUnsafe ? null : roundTo(value, rules.step)))
}
