import { type Known, type Range, REST, solvable, type Tree } from './bounds.ts'
import { type Draw, ROOT_CELL, roundIn, stepsOf } from './steps.ts'
import { unsafeNumbers, type WorldCell } from './worlds.ts'

/**
 * Which figures from personal records are published (domain 11), so that nobody can compute a count below five.
 *
 * Published: for each locality the citizens who count, for each unit the same and its officials. They are published
 * once a day, as of one instant, each as a multiple of 5 that is at most 5 off. Never published: live figures, shares
 * computed from true values, or a block's total beside the units that make it up. The rules:
 *
 * 1. Minimum: a locality or unit is withheld below its own minimum of counted citizens, which lies between 20 and 29
 *    and is known to nobody (`steps.ts`); a unit also below 20 officials, one of the armed forces below its own
 *    minimum. So is everything below what is withheld.
 * 2. Complement: what is withheld under one published parent (for units with what is recorded at the parent itself)
 *    must sum up to 20 or more and have two parts or more; else the smallest published siblings are withheld too. So no
 *    difference between a parent and its published children is one small part. Siblings withheld yesterday come first,
 *    so that a part does not become known when a neighbour is withheld instead.
 * 3. Armed forces: no headcount, and the headcounts of the units above them leave theirs out (domain 3).
 * 4. Audit: sums and days can still reveal what a figure hides (four parts at the ends of their steps in one sum). Before
 *    a day is published, every withheld count and every growth below 5 must have another possible value, for an
 *    outsider and for somebody who knows all about one unit (`worlds.ts`). Else the parent publishes no part that day,
 *    then the parent above; if that does not help, nothing new is published.
 */
export const DISCLOSURE = { minimum: 20, spread: 10, step: 5, hasComplement: true, hasAudit: true } as const
export type DisclosureRules = {
  minimum: number
  spread: number
  step: number
  hasComplement: boolean
  hasAudit: boolean
}

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
export type PublishedDay = {
  localities: PublishedTree
  units: PublishedTree
  /** true: steps are drawn for each cell; false or missing: published as the nearest multiple, from 20 on */
  hasDrawnSteps?: boolean
}

/** The true counts of a day. */
export type Truth = { localities: readonly TrueCell[]; units: readonly TrueCell[] }

/** A day that was published; `truth` null: its true counts were not kept. */
export type PastDay = { published: PublishedDay; truth: Truth | null }

type Metric = 'counted' | 'officials'
const TREES = ['localities', 'units'] as const
type TreeName = (typeof TREES)[number]

/** Both trees' root, where they are solved as one. */
const PROVINCE = 'province'

/** Names a cell's steps; both trees' roots are the province. */
const stepName = (tree: TreeName, { key, parentKey }: TrueCell, metric: Metric) =>
  parentKey === null ? ROOT_CELL[metric] : `${tree} ${key} ${metric}`

const childrenOf = (cells: readonly TrueCell[]) => {
  const below = new Map<string | null, TrueCell[]>()
  for (const cell of cells) below.set(cell.parentKey, [...(below.get(cell.parentKey) ?? []), cell])
  return below
}

type Disclosing = {
  before: PublishedTree
  more: More
  draw: Draw
  rules: DisclosureRules
}

/** Returns the part of a tree that is published today, by rules 1 to 3. `before`: what was published last. */
function discloseTree(tree: TreeName, cells: readonly TrueCell[], { before, more, draw, rules }: Disclosing) {
  const below = childrenOf(cells)
  const published: PublishedTree = {}
  const stepsFor = (cell: TrueCell, metric: Metric) => stepsOf(stepName(tree, cell, metric), draw, rules)
  const isLargeEnough = (cell: TrueCell) => {
    const { counted, staff, officials } = cell
    const fewest = officials === null ? stepsFor(cell, 'officials').minimum : rules.minimum
    return (
      counted >= stepsFor(cell, 'counted').minimum &&
      (staff ?? fewest) >= fewest &&
      (officials ?? rules.minimum) >= rules.minimum
    )
  }
  const figure = (cell: TrueCell, metric: Metric) => {
    const count = cell[metric]
    return count === null ? null : roundIn(count, stepsFor(cell, metric).phase, rules.step)
  }
  const publish = (cell: TrueCell) => {
    const { key } = cell
    published[key] = { counted: figure(cell, 'counted') ?? 0, officials: figure(cell, 'officials') }
    if (more.closed.has(`${tree} ${key}`)) return
    const children = below.get(key) ?? []
    const hidden = new Set(children.filter(child => more.withheld.has(`${tree} ${child.key}`) || !isLargeEnough(child)))
    if (rules.hasComplement)
      withholdMore(cell, children, { hidden, hasRest: tree === 'units', before, minimum: rules.minimum })
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
 * nothing new can be published today, or all figures are those of the last day.
 */
export function discloseDay(
  truth: Truth,
  history: readonly PastDay[],
  draw: Draw,
  rules: DisclosureRules = DISCLOSURE,
): PublishedDay | undefined {
  const before = history.at(-1)?.published ?? { localities: {}, units: {} }
  const more: More = { closed: new Set(), withheld: new Set() }
  for (;;) {
    const tree = (name: TreeName) => discloseTree(name, truth[name], { before: before[name], more, draw, rules })
    const published: PublishedDay = { localities: tree('localities'), units: tree('units'), hasDrawnSteps: true }
    if (!rules.hasAudit) return published
    if (isSame(published, history.at(-1)?.published)) return undefined
    const unsafe = unsafeCells([...history, { published, truth }], draw, rules)
    if (unsafe.length === 0) return published
    if (!withholdAround(unsafe, more, { published, truth })) return undefined
  }
}

/** Whether two days show the same figures: repeating them would only tell that nothing has grown by a step. */
function isSame(one: PublishedDay, other: PublishedDay | undefined): boolean {
  const textOf = (tree: PublishedTree) => JSON.stringify(Object.entries(tree).sort(([a], [b]) => (a < b ? -1 : 1)))
  return other !== undefined && TREES.every(tree => textOf(one[tree]) === textOf(other[tree]))
}

/** What is withheld beyond rules 1 to 3, by tree and key: all parts of a cell, or the cell itself. */
type More = { closed: Set<string>; withheld: Set<string> }

/**
 * Withholds more for each cell with an unsafe number: the cell itself; then what its parent publishes of its parts, then
 * the parent, and so on up. At the root what the other tree publishes follows. False: nothing is left to withhold.
 */
function withholdAround(unsafe: readonly string[], { closed, withheld }: More, day: Disclosed): boolean {
  const chosen = unsafe.map(name => nextStep(name, day))
  for (const step of chosen) if (step) (step.isWhole ? withheld : closed).add(step.name)
  return chosen.every(step => step !== undefined)
}

type Disclosed = { published: PublishedDay; truth: Truth }

function nextStep(name: string, { published, truth }: Disclosed): { name: string; isWhole: boolean } | undefined {
  const tree = TREES.find(tree => name.startsWith(`${tree} `)) ?? 'units'
  const parents = new Map(truth[tree].map(cell => [cell.key, cell.parentKey]))
  const hasParts = (of: TreeName, key: string) =>
    truth[of].some(cell => cell.parentKey === key && published[of][cell.key] !== undefined)
  const start = name.slice(tree.length + 1)
  let at: string | null = start.replace(REST, '')
  for (let isFirst = !start.endsWith(REST); at !== null; isFirst = false) {
    const above: string | null = parents.get(at) ?? null
    if (!isFirst && hasParts(tree, at)) return { name: `${tree} ${at}`, isWhole: false }
    if (above !== null && published[tree][at] !== undefined) return { name: `${tree} ${at}`, isWhole: true }
    at = above
  }
  for (const of of TREES)
    for (const { key, parentKey } of truth[of])
      if (parentKey === null && hasParts(of, key)) return { name: `${of} ${key}`, isWhole: false }
  return undefined
}

const rootOf = (truth: Truth, tree: TreeName) =>
  truth[tree].flatMap(({ key, parentKey }) => (parentKey === null ? [`${tree} ${key}`] : []))

/** Rule 4: the cells, by tree and key, with a number that somebody could find out from the days. */
function unsafeCells(days: readonly PastDay[], draw: Draw, rules: DisclosureRules): string[] {
  const kept = days.flatMap(({ published, truth }) => (truth ? [{ published, truth }] : []))
  const worlds = (trees: readonly TreeName[], metric: Metric) =>
    unsafeNumbers(
      kept.map(day => trees.flatMap(tree => worldCells(tree, day, metric, { draw, rules }))),
      { isGrowing: metric === 'counted', isLastOnly: metric === 'officials', below: PROTECTED_BELOW },
    ).map(({ name }) => name)
  const found = [...worlds(TREES, 'counted'), ...worlds(['units'], 'officials')]
  if (kept.length < days.length) found.push(...boundCells(days, draw, rules))
  return [...new Set(found)]
}

/** The cells of one tree on a day, with how far each count may move under its figure. */
function worldCells(
  tree: TreeName,
  { published, truth }: { published: PublishedDay; truth: Truth },
  metric: Metric,
  { draw, rules }: { draw: Draw; rules: DisclosureRules },
): WorldCell[] {
  const cells = truth[tree].filter(cell => cell[metric] !== null)
  const below = childrenOf(cells)
  const name = (key: string | null) => (key === null ? null : `${tree} ${key}`)
  return cells.flatMap((cell): WorldCell[] => {
    const value = cell[metric] ?? 0
    const children = below.get(cell.key) ?? []
    const { phase } = stepsOf(stepName(tree, cell, metric), draw, rules)
    const above = (value + phase) % rules.step
    const isShown = published[tree][cell.key] !== undefined
    const own: WorldCell = {
      name: `${tree} ${cell.key}`,
      parent: name(cell.parentKey),
      value,
      isSum: children.length > 0,
      slack: isShown ? { up: rules.step - 1 - above, down: Math.min(above, value - rules.minimum) } : null,
    }
    if (children.length === 0 || tree === 'localities') return [own]
    const rest = children.reduce((left, child) => left - (child[metric] ?? 0), value)
    return [own, { name: `${own.name}${REST}`, parent: own.name, value: rest, isSum: false, slack: null }]
  })
}

/**
 * Rule 4 over days whose true counts were not kept: what an outsider's sums narrow to one number below 5 by the last of
 * the days. What the days before tell by themselves cannot be taken back and is left out.
 */
function boundCells(days: readonly PastDay[], draw: Draw, rules: DisclosureRules): string[] {
  const truth = days.at(-1)?.truth
  if (!truth) return []
  const nameOf = (tree: TreeName, { key, parentKey }: Pick<TrueCell, 'key' | 'parentKey'>) =>
    parentKey === null ? PROVINCE : `${tree} ${key}`
  const treeOf = (tree: TreeName): Tree => {
    const cells = new Map(truth[tree].map(cell => [cell.key, cell]))
    const parentOf = ({ parentKey }: TrueCell) => cells.get(parentKey ?? '')
    return {
      hasRest: tree === 'units',
      parents: new Map(
        truth[tree].map(cell => {
          const parent = parentOf(cell)
          return [nameOf(tree, cell), parent ? nameOf(tree, parent) : null]
        }),
      ),
    }
  }
  const rangeOf = (tree: TreeName, cell: TrueCell, { published }: PastDay, metric: Metric): Range | undefined => {
    const value = published[tree][cell.key]?.[metric]
    if (value === undefined || value === null) return undefined
    const { phase } = stepsOf(stepName(tree, cell, metric), draw, rules)
    const lowest = value - (published.hasDrawnSteps ? phase : Math.floor(rules.step / 2))
    return { low: Math.max(rules.minimum, lowest), high: lowest + rules.step - 1 }
  }
  const known = (trees: readonly TreeName[], metric: Metric) =>
    days.map(
      day =>
        new Map(
          trees.flatMap(tree =>
            truth[tree].flatMap((cell): [string, Range][] => {
              const range = rangeOf(tree, cell, day, metric)
              return range ? [[nameOf(tree, cell), range]] : []
            }),
          ),
        ),
    )
  const fresh = (trees: readonly TreeName[], metric: Metric) => {
    const of = (days: readonly Known[]) => solvable(days, trees.map(treeOf), PROTECTED_BELOW, metric === 'counted')
    const all = known(trees, metric)
    const before = new Set(of(all.slice(0, -1)).map(found => JSON.stringify(found)))
    return of(all).filter(found => !before.has(JSON.stringify(found)))
  }
  return [...fresh(TREES, 'counted'), ...fresh(['units'], 'officials')].map(({ name }) =>
    name.startsWith(PROVINCE) ? (rootOf(truth, 'units')[0] ?? name) : name,
  )
}

/**
 * Rounds a whole and its nested parts (officials ⊇ bearers ⊇ those who met), each named for its steps. Each must reach
 * its minimum, and be that much below the one before. From the first that is not, every value is null.
 */
export function discloseNested(
  values: readonly (readonly [name: string, value: number])[],
  draw: Draw,
  rules: DisclosureRules = DISCLOSURE,
): (number | null)[] {
  const steps = values.map(([name]) => stepsOf(name, draw, rules))
  const firstUnsafe = values.findIndex(([, value], n) => {
    const fewest = steps[n]?.minimum ?? rules.minimum
    return value < fewest || (n > 0 && (values[n - 1]?.[1] ?? 0) - value < fewest)
  })
  return values.map(([, value], n) =>
    firstUnsafe >= 0 && n >= firstUnsafe ? null : roundIn(value, steps[n]?.phase ?? 0, rules.step),
  )
}
