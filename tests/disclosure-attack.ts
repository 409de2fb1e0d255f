/**
 * Plays an outsider who knows only what was published, the tree of localities and units, and the rules. Every true
 * count is a variable with an interval. It is narrowed by rounding, the minimum, the sums over parents, siblings and
 * rests, and by growth (who counts today counted no less yesterday). This repeats to a fixpoint over all days together.
 * Independent of the product's own audit on purpose.
 */
export type Item = { key: string; parentKey: string | null; value: number | null }
/** One count over a tree on one day, as published; `hasRest`: a parent has a part that belongs to no child. */
export type Sheet = { items: readonly Item[]; hasRest: boolean }

type Interval = [low: number, high: number]
const INFINITE = Number.POSITIVE_INFINITY

/** A linear equation: the first variable is the sum of the others. */
type Equation = readonly string[]

/**
 * The counts, and the daily growths, that come out as one number below `below`. The sheets of one day are different
 * splits of one whole: their roots are the same number. Throws on a contradiction.
 */
export function attack(
  days: readonly (readonly Sheet[])[],
  {
    step = 5,
    minimum = 20,
    below = 5,
    isGrowing = true,
  }: { step?: number; minimum?: number; below?: number; isGrowing?: boolean } = {},
): string[] {
  const known = new Map<string, Interval>()
  const equations: Equation[] = []
  addSums(days, { step, minimum }, known, equations)
  if (isGrowing) for (let n = 1; n < days.length; n++) addGrowth(n, known, equations)
  narrowAll(known, equations)
  return [...known].filter(([, [low, high]]) => low === high && high < below).map(([name, [low]]) => `${name} = ${low}`)
}

/** Adds the published counts with their sums: over the parts of each parent, and over the splits of one day. */
function addSums(
  days: readonly (readonly Sheet[])[],
  { step, minimum }: { step: number; minimum: number },
  known: Map<string, Interval>,
  equations: Equation[],
) {
  const half = Math.floor(step / 2)
  for (const [n, sheets] of days.entries()) {
    for (const [m, { items, hasRest }] of sheets.entries()) {
      const name = (key: string) => `x ${n} ${m}:${key}`
      for (const { key, value } of items)
        known.set(name(key), value === null ? [0, INFINITE] : [Math.max(minimum, value - half, 0), value + half])
      const sums = [...new Set(items.flatMap(item => item.parentKey ?? []))].map(parent => {
        const parts = items.filter(item => item.parentKey === parent).map(item => name(item.key))
        return { whole: name(parent), parts, rest: hasRest ? [name(`${parent}/rest`)] : [] }
      })
      for (const rest of sums.flatMap(sum => sum.rest)) known.set(rest, [0, INFINITE])
      equations.push(...sums.map(({ whole, parts, rest }) => [whole, ...parts, ...rest]))
    }
    const roots = sheets.flatMap(({ items }, m) =>
      items.filter(item => item.parentKey === null).map(item => `x ${n} ${m}:${item.key}`),
    )
    for (const root of roots.slice(1)) equations.push([roots[0] ?? '', root])
  }
}

/** Adds how much each count grew from the day before to day `n`, with the sums of these growths. */
function addGrowth(n: number, known: Map<string, Interval>, equations: Equation[]) {
  const names = [...known.keys()].filter(name => name.startsWith(`x ${n} `)).map(name => name.slice(`x ${n} `.length))
  for (const name of names.filter(name => known.has(`x ${n - 1} ${name}`))) {
    known.set(`g ${n} ${name}`, [0, INFINITE])
    equations.push([`x ${n} ${name}`, `x ${n - 1} ${name}`, `g ${n} ${name}`])
  }
  for (const [whole = '', ...parts] of equations.filter(equation => equation[0]?.startsWith(`x ${n} `))) {
    const grown = [whole, ...parts].map(name => `g ${n} ${name.slice(`x ${n} `.length)}`)
    if (parts.every(part => part.startsWith(`x ${n} `)) && grown.every(name => known.has(name))) equations.push(grown)
  }
}

function narrowAll(known: Map<string, Interval>, equations: readonly Equation[]) {
  const where = new Map<string, number[]>()
  for (const [n, equation] of equations.entries())
    for (const name of equation) where.set(name, [...(where.get(name) ?? []), n])
  const waiting = new Set(equations.keys())
  for (const n of waiting) {
    waiting.delete(n)
    for (const name of narrow(known, equations[n] ?? [])) for (const m of where.get(name) ?? []) waiting.add(m)
  }
}

/** Narrows the variables of one equation by each other; the names of those that moved. */
function narrow(known: Map<string, Interval>, [whole = '', ...parts]: Equation): string[] {
  const moved: string[] = []
  const of = (name: string) => known.get(name) as Interval
  const set = (name: string, low: number, high: number) => {
    const [l, h] = of(name)
    if (low <= l && high >= h) return
    const next: Interval = [Math.max(l, low), Math.min(h, high)]
    if (next[0] > next[1]) throw new Error(`contradiction at ${name}`)
    known.set(name, next)
    moved.push(name)
  }
  const sum = (names: readonly string[], end: 0 | 1) => names.reduce((total, name) => total + of(name)[end], 0)
  set(whole, sum(parts, 0), sum(parts, 1))
  for (const part of parts) {
    const others = parts.filter(name => name !== part)
    set(part, of(whole)[0] - sum(others, 1), of(whole)[1] - sum(others, 0))
  }
  return moved
}
