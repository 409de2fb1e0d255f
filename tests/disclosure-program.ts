/**
 * Plays an outsider, or somebody who knows all about one unit, with a linear program over everything published: each
 * true count and each cell's unknown phase is a variable. Exact for real numbers, so it finds what narrowing ranges
 * misses. Independent of the product's own audit on purpose.
 */
import loadHighs from 'highs'

/** A count over a tree on one day; `value` null: withheld. */
export type ProgramItem = { key: string; parentKey: string | null; value: number | null }
/** `hasRest`: a parent has a part that belongs to no child. */
export type ProgramSheet = { items: readonly ProgramItem[]; hasRest: boolean }
/** The sheets of one day are splits of one whole: their roots are the same number. */
export type ProgramDay = readonly ProgramSheet[]

export type Knowledge = {
  step: number
  minimum: number
  /** withheld counts are asked for whatever they are; growth below this */
  below: number
  isGrowing: boolean
  /** cells that fell since the day before, which everybody may know: `day sheet:key` */
  fallen: ReadonlySet<string>
  /** every cell's phase, where that is known */
  phase?: number
  /** what somebody inside knows: the counts of cells that have nothing below, by `day sheet:key` */
  inside?: ReadonlyMap<string, number>
}

const highs = await loadHighs()
const { infinity } = highs
const CLOSE = 1e-6
/** More than any count: what has no upper end still ends, so that every aim is reached. */
const MOST = 10_000

type Terms = Map<number, number>
type Question = { name: string; terms: Terms; isGrowth: boolean }

/** Columns and rows of a program while it is put together. */
class Program {
  readonly lower: number[] = []
  readonly upper: number[] = []
  readonly rows: { terms: Terms; lower: number; upper: number }[] = []
  readonly columns = new Map<string, number>()

  column(name: string, lower: number, upper: number): number {
    const known = this.columns.get(name)
    if (known !== undefined) return known
    this.columns.set(name, this.lower.length)
    this.lower.push(lower)
    this.upper.push(upper)
    return this.lower.length - 1
  }

  row(terms: Terms, lower: number, upper: number) {
    this.rows.push({ terms, lower, upper })
  }

  model() {
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (const { terms } of this.rows) {
      for (const [column, value] of terms) {
        indices.push(column)
        values.push(value)
      }
      starts.push(indices.length)
    }
    const numCols = this.lower.length
    const numRows = this.rows.length
    return highs.createModel({
      numCols,
      numRows,
      colCost: new Float64Array(numCols),
      colLower: this.lower,
      colUpper: this.upper,
      rowLower: this.rows.map(row => row.lower),
      rowUpper: this.rows.map(row => row.upper),
      matrix: { format: 'csr', numRows, numCols, starts, indices, values },
    })
  }
}

const plus = (terms: Terms, more: Terms, factor: number): Terms => {
  const sum = new Map(terms)
  for (const [column, value] of more) sum.set(column, (sum.get(column) ?? 0) + factor * value)
  return new Map([...sum].filter(([, value]) => value !== 0))
}

/** Sums of columns by `sheet:key`, for one day. */
type Sums = Map<string, Terms>

/** Puts the days together: the program, and what is asked, each as a sum of columns. */
class Reading {
  readonly program = new Program()
  readonly questions: Question[] = []

  constructor(private readonly knowledge: Knowledge) {}

  /** Takes the sheets of day `n`; returns its sums. `before`: those of the day before. */
  take(n: number, sheets: ProgramDay, before: Sums): Sums {
    const now: Sums = new Map()
    const roots = sheets.flatMap((sheet, m) => this.takeSheet({ n, m, sheet, now }))
    const [first, ...others] = roots
    for (const root of others) if (first) this.program.row(plus(first, root, -1), 0, 0)
    if (this.knowledge.isGrowing) this.takeGrowth(n, now, before)
    return now
  }

  private takeSheet({ n, m, sheet, now }: { n: number; m: number; sheet: ProgramSheet; now: Sums }): Terms[] {
    const below = new Map<string | null, ProgramItem[]>()
    for (const item of sheet.items) below.set(item.parentKey, [...(below.get(item.parentKey) ?? []), item])
    const ask = (key: string, terms: Terms) => this.questions.push({ name: `${n} ${m}:${key}`, terms, isGrowth: false })
    const sumOf = (item: ProgramItem): Terms => {
      const children = below.get(item.key) ?? []
      let terms: Terms = children.length === 0 ? this.leaf(`${n} ${m}:${item.key}`) : new Map()
      for (const child of children) terms = plus(terms, sumOf(child), 1)
      if (sheet.hasRest && children.length > 0) {
        const rest = this.leaf(`${n} ${m}:${item.key}/rest`)
        now.set(`${m}:${item.key}/rest`, rest)
        ask(`${item.key}/rest`, rest)
        terms = plus(terms, rest, 1)
      }
      now.set(`${m}:${item.key}`, terms)
      if (item.value === null) ask(item.key, terms)
      else this.takeFigure(item.parentKey === null ? 'phase of all' : `phase ${m}:${item.key}`, terms, item.value)
      return terms
    }
    return (below.get(null) ?? []).map(sumOf)
  }

  private leaf(name: string): Terms {
    const count = this.knowledge.inside?.get(name)
    return new Map([[this.program.column(name, count ?? 0, count ?? MOST), 1]])
  }

  /** A published figure: the count and the cell's phase reach it, and the count is not below the minimum. */
  private takeFigure(phaseName: string, terms: Terms, value: number) {
    const { step, minimum, phase: known } = this.knowledge
    const phase = this.program.column(phaseName, known ?? 1, known ?? step)
    this.program.row(plus(terms, new Map([[phase, 1]]), 1), value, value + step - 1)
    this.program.row(terms, minimum, infinity)
  }

  private takeGrowth(n: number, now: Sums, before: Sums) {
    for (const [name, terms] of now) {
      const then = before.get(name)
      if (!then || this.knowledge.fallen.has(`${n} ${name}`)) continue
      const growth = plus(terms, then, -1)
      this.program.row(growth, 0, infinity)
      this.questions.push({ name: `growth ${n} ${name}`, terms: growth, isGrowth: true })
    }
  }
}

function read(days: readonly ProgramDay[], knowledge: Knowledge): Reading {
  const reading = new Reading(knowledge)
  let sums: Sums = new Map()
  for (const [n, sheets] of days.entries()) sums = reading.take(n, sheets, sums)
  return reading
}

/** A weight between 1 and 2 that has nothing to do with the numbers asked. */
const weight = (n: number) => 1 + ((Math.imul(n + 1, 2_654_435_761) >>> 0) % 1_000_003) / 1_000_003

const numberIn = ({ terms }: Question, point: Float64Array) =>
  [...terms].reduce((sum, [column, value]) => sum + value * (point[column] ?? 0), 0)

/**
 * Returns what comes out as one number: withheld counts, and growths below `below`, as `name = number`. Two points far
 * apart tell which numbers are open; once no objective moves what is left, it is found out. Throws on a contradiction.
 */
export function findOut(days: readonly ProgramDay[], knowledge: Knowledge): string[] {
  const { program, questions } = read(days, knowledge)
  const columnsKnown = new Set([...program.columns].flatMap(([name, n]) => (knowledge.inside?.has(name) ? [n] : [])))
  let left = questions.filter(({ terms }) => [...terms.keys()].some(column => !columnsKnown.has(column)))
  const model = program.model()
  try {
    // the point reached stays possible when what is aimed at changes, so the primal method goes on from it
    model.options.set({ output_flag: false, presolve: 'off', simplex_strategy: 4 })
    const columns = program.lower.map((_, n) => n)
    for (let round = 0; ; round++) {
      const cost = new Float64Array(columns.length)
      for (const [n, { terms }] of left.entries()) {
        const sign = weight(n * 31 + round) > 1.5 ? 1 : -1
        for (const [column, value] of terms)
          cost[column] = (cost[column] ?? 0) + sign * weight(n + 7919 * round) * value
      }
      const points = ([1, -1] as const).map(sense => {
        model.changeColsCost(
          { kind: 'range', from: 0, to: columns.length - 1 },
          cost.map(value => sense * value),
        )
        model.run()
        return model.getSolution().colValue
      })
      const status = model.getModelStatus()
      if (status !== highs.constants.modelStatus.optimal) throw new Error(`the program stopped with status ${status}`)
      const [one, other] = points as [Float64Array, Float64Array]
      const apart = left.filter(question => Math.abs(numberIn(question, one) - numberIn(question, other)) > CLOSE)
      if (apart.length === 0)
        return left
          .map(question => ({ ...question, number: Math.round(numberIn(question, one)) }))
          .filter(({ isGrowth, number }) => !isGrowth || number < knowledge.below)
          .map(({ name, number }) => `${name} = ${number}`)
      const open = new Set(apart)
      left = left.filter(question => !open.has(question))
    }
  } finally {
    model.dispose()
  }
}
