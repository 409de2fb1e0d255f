import { REST } from './bounds.ts'

/**
 * Rule 4 of the public figures (domain 11): every withheld count and every small growth has another possible value.
 *
 * The published days are held against the true counts of the same days. For each protected number the audit looks for
 * another world: counts that differ in this number and would have been published as the same figures, with the same sums
 * and nothing falling that did not fall. What has another world cannot be found by any calculation. What has none is
 * reported, even if no outsider could prove it. A world is made by moving one citizen into or out of a place for some
 * days, while another place, or the whole province in every tree, makes up for it.
 */
export type WorldCell = {
  /** the tree, a space, the key; `/rest` behind it: what is recorded at a parent itself */
  name: string
  /** cell above; null: root */
  parent: string | null
  value: number
  /** true: the sum of the cells below, with nothing of its own */
  isSum: boolean
  /** by how much the count may go up and down under the same figure; null: withheld */
  slack: { up: number; down: number } | null
}
export type WorldDay = readonly WorldCell[]

/** A number without another world: the name of its cell. */
type Finding = { name: string; day: number }

type Options = {
  /** growth is protected, and outsiders know that counts do not fall, but for those that did */
  isGrowing: boolean
  /** growth below this is protected; withheld counts are whatever they are */
  below: number
  /** asks about the last day only */
  isLastOnly: boolean
}

/** Cells that a moved citizen changes by one; those in `down` the other way. */
type Effect = { up: Int32Array; down: Int32Array }
const NO_EFFECT: Effect = { up: new Int32Array(0), down: new Int32Array(0) }

/** A helper that makes up for a place; their effect depends on the shape of the day. */
type Move = { place: number; helper: number; sign: 1 | -1 }

/** Whether a move changes what is asked; the places it moves. `others` may take over, `beside` holds where it does not. */
type Changes = (move: Move, others: readonly number[], beside?: Move) => number[] | undefined

/** Nobody inside: an outsider. */
const OUTSIDER = -1

/** How many places of a cell, and how many of their neighbours as helpers that take over from each other, are tried. */
const MOST_PLACES = 30
const MOST_NEAR = 8
/** How many days with growth before and after a day, and how many places that grew then, help to begin and end. */
const NEAR_DAYS = 3
const MOST_LIVELY = 3
/** How many places of the other tree are tried together with a place. */
const MOST_PARTNERS = 40

const treeOf = (name: string) => name.slice(0, name.indexOf(' '))

/** Returns the withheld counts, and the growths from 0 to below `below`, that have no other world. */
export function unsafeNumbers(days: readonly WorldDay[], options: Options): Finding[] {
  return days.length === 0 ? [] : new Worlds(days, options).findings()
}

class Worlds {
  private readonly names: string[]
  private readonly ids: ReadonlyMap<string, number>
  private readonly last: number
  /** by day and cell: the count, -1 where the cell is not there */
  private readonly values: Int32Array[]
  /** by day and cell: 1 where one more, or one fewer, would be published as the same figure */
  private readonly canRise: Uint8Array[]
  private readonly canFall: Uint8Array[]
  private readonly withheld: Uint8Array[]
  /** the shape of each day; by shape and place: the cells from the place up to its root */
  private readonly shapes: number[]
  private readonly paths: (Int32Array | undefined)[][] = []
  /** cells that are no sums, by tree */
  private readonly places = new Map<string, number[]>()
  /** by cell: the places in it, by the last day that knows them */
  private readonly within = new Map<number, number[]>()
  private readonly effects = new Map<number, Effect>()
  /** helpers of a place on a shape, and of a tree in the others, in the order in which they are tried */
  private readonly near = new Map<number, number[]>()
  private readonly partners = new Map<string, number[]>()
  private readonly livelyOn = new Map<number, number[]>()
  private readonly changes: Int8Array

  constructor(
    days: readonly WorldDay[],
    private readonly options: Options,
  ) {
    this.names = [...new Set(days.flatMap(day => day.map(cell => cell.name)))]
    this.ids = new Map(this.names.map((name, id) => [name, id]))
    this.last = days.length - 1
    const count = this.names.length
    const table = () => days.map(() => new Uint8Array(count))
    this.values = days.map(() => new Int32Array(count).fill(-1))
    this.canRise = table()
    this.canFall = table()
    this.withheld = table()
    this.changes = new Int8Array(count)
    const sums = new Set<string>()
    for (const [n, day] of days.entries())
      for (const cell of day) {
        this.keep(n, cell)
        if (cell.isSum) sums.add(cell.name)
      }
    for (const [id, name] of this.names.entries())
      if (!sums.has(name)) this.places.set(treeOf(name), [...(this.places.get(treeOf(name)) ?? []), id])
    this.shapes = this.readShapes(days)
    for (const place of [...this.places.values()].flat())
      for (const id of this.paths.findLast(shape => shape[place] !== undefined)?.[place] ?? [])
        this.within.set(id, [...(this.within.get(id) ?? []), place])
  }

  private keep(n: number, { name, value, slack }: WorldCell) {
    const id = this.ids.get(name) as number
    const set = (table: readonly (Int32Array | Uint8Array)[], to: number) => {
      const day = table[n]
      if (day) day[id] = to
    }
    set(this.values, value)
    set(this.canRise, slack === null || slack.up > 0 ? 1 : 0)
    set(this.canFall, value > 0 && (slack === null || slack.down > 0) ? 1 : 0)
    set(this.withheld, slack === null ? 1 : 0)
  }

  private readShapes(days: readonly WorldDay[]): number[] {
    const known = new Map<string, number>()
    return days.map(day => {
      const text = JSON.stringify(day.map(cell => [cell.name, cell.parent]))
      const shape = known.get(text) ?? this.paths.length
      if (!known.has(text)) this.paths.push(this.pathsOf(day))
      known.set(text, shape)
      return shape
    })
  }

  private pathsOf(day: WorldDay): (Int32Array | undefined)[] {
    const parents = new Map(day.map(cell => [cell.name, cell.parent]))
    const paths = new Array<Int32Array | undefined>(this.names.length)
    for (const { name } of day) {
      const path: number[] = []
      for (let at: string | null = name; at !== null; at = parents.get(at) ?? null)
        path.push(this.ids.get(at) as number)
      paths[this.ids.get(name) as number] = Int32Array.from(path)
    }
    return paths
  }

  findings(): Finding[] {
    const { isGrowing, isLastOnly, below } = this.options
    const found: Finding[] = []
    for (let n = isLastOnly ? this.last : 0; n <= this.last; n++)
      for (const [id, name] of this.names.entries()) {
        const value = this.valueOf(n, id)
        const growth = this.growthOf(n, id)
        const isValueAsked = value >= 0 && this.withheld[n]?.[id] === 1
        const isGrowthAsked = isGrowing && growth !== undefined && growth >= 0 && growth < below
        const isSafe =
          !(isValueAsked && !this.isSafe(n, id, (move, others) => this.changesValue(n, move, others))) &&
          !(isGrowthAsked && !this.isSafe(n, id, (...asked) => this.changesGrowth(n, ...asked)))
        if (!isSafe) found.push({ name, day: n })
      }
    return found
  }

  private valueOf = (n: number, id: number) => this.values[n]?.[id] ?? -1

  /** From the day before; undefined where the cell is missing on one of them. */
  private growthOf(n: number, id: number): number | undefined {
    const [now, before] = [this.valueOf(n, id), this.valueOf(n - 1, id)]
    return now < 0 || before < 0 ? undefined : now - before
  }

  private pathOn = (n: number, place: number) => this.paths[this.shapes[n] as number]?.[place]

  /**
   * Returns whether a number of a cell is open to an outsider, and to everybody who knows all about one unit that the
   * cell does not lie in.
   */
  private isSafe(n: number, id: number, changes: Changes) {
    const around = new Set(this.pathOn(n, id))
    let left: Set<number> | undefined
    for (let insider = OUTSIDER; ; ) {
      const touched = this.search(n, id, insider, changes)
      if (!touched) return false
      const known = new Set(
        touched.flatMap(place => [...(this.pathOn(n, place) ?? [])].slice(0, -1)).filter(cell => this.isUnit(cell)),
      )
      left = new Set([...(left ?? known)].filter(cell => (left ? known.has(cell) : !around.has(cell))))
      const next = left.values().next()
      if (next.done) return true
      insider = next.value
      left.delete(insider)
    }
  }

  private isUnit(id: number): boolean {
    const name = this.names[id] ?? ''
    return name.startsWith('units ') && !name.endsWith(REST)
  }

  /** Returns the places that another world for the number moves, none of them an insider's; undefined: none found. */
  private search(n: number, id: number, insider: number, changes: Changes): number[] | undefined {
    const inside = this.within.get(id) ?? []
    const isOpen = (place: number) => !(this.pathOn(n, place)?.includes(insider) ?? true)
    const isHelper = (place: number) => !inside.includes(place) && isOpen(place)
    const partners = this.partnersOf(id).filter(isOpen)
    for (const place of inside.filter(isOpen).slice(0, MOST_PLACES)) {
      const near = this.nearest(n, place)
      const alone = this.places.size === 1 ? [place] : []
      const touched = firstOf([...near, ...partners.slice(0, MOST_PARTNERS), ...alone], move =>
        move.helper === place || isHelper(move.helper) ? changes({ place, ...move }, []) : undefined,
      )
      if (touched) return touched
      const lively = this.lively(n).filter(other => other !== place && (partners.includes(other) || isHelper(other)))
      const inTurn = [...new Set([...near.filter(isHelper).slice(0, MOST_NEAR), ...lively])]
      const shifted =
        firstOf(inTurn, move => changes({ place, ...move }, inTurn)) ??
        firstOf(inTurn, move =>
          this.besideWhole(
            inTurn.filter(other => partners.includes(other)),
            move,
            beside => changes({ place, ...move }, inTurn, beside),
          ),
        )
      if (shifted) return shifted
    }
    return undefined
  }

  /** The places of each tree that grew most, in all and on the days nearest to one on which anything grew. */
  private lively(n: number): number[] {
    const known = this.livelyOn.get(n)
    if (known) return known
    const edges = Array.from({ length: this.last }, (_, edge) => edge + 1).filter(edge =>
      [...this.places.values()].every(places => places.some(place => (this.growthOf(edge, place) ?? 0) > 0)),
    )
    const near = [
      ...edges.filter(edge => edge <= n).slice(-NEAR_DAYS),
      ...edges.filter(edge => edge > n).slice(0, NEAR_DAYS),
    ]
    const found = [...this.places.values()].flatMap(places => [
      ...this.busiest(places).slice(0, MOST_LIVELY),
      ...near.flatMap(edge =>
        [...places].sort((a, b) => (this.growthOf(edge, b) ?? 0) - (this.growthOf(edge, a) ?? 0)).slice(0, MOST_LIVELY),
      ),
    ])
    const lively = [...new Set(found)]
    this.livelyOn.set(n, lively)
    return lively
  }

  /** The places of other trees than a cell's, those that grew most first. */
  private partnersOf(id: number): number[] {
    const tree = treeOf(this.names[id] as string)
    const known = this.partners.get(tree)
    if (known) return known
    const partners = this.busiest([...this.places].flatMap(([name, places]) => (name === tree ? [] : places)))
    this.partners.set(tree, partners)
    return partners
  }

  /** Tries to let a helper move alone, with its whole tree and a place of the other, on the far side of a turn. */
  private besideWhole<T>(
    partners: readonly number[],
    { helper, sign }: Pick<Move, 'helper' | 'sign'>,
    find: (beside: Move) => T | undefined,
  ): T | undefined {
    const wholes = this.places.size === 1 ? [helper] : partners
    return firstOf(wholes, whole =>
      whole.sign === sign ? undefined : find({ place: helper, helper: whole.helper, sign: whole.sign }),
    )
  }

  /** The other places of a place's tree: those of the same parent first, then those that grew most. */
  private nearest(n: number, place: number): number[] {
    const shape = this.shapes[n] as number
    const key = shape * this.names.length + place
    const known = this.near.get(key)
    if (known) return known
    const path = this.pathOn(n, place) ?? new Int32Array(0)
    const shared = (other: number) => {
      const theirs = this.pathOn(n, other) ?? new Int32Array(0)
      let same = 0
      while (same < path.length && path.at(-1 - same) === theirs.at(-1 - same)) same++
      return same
    }
    const others = (this.places.get(treeOf(this.names[place] as string)) ?? []).filter(other => other !== place)
    const sorted = this.busiest(others)
      .map(other => [other, shared(other)] as const)
      .sort(([, a], [, b]) => b - a)
      .map(([other]) => other)
    this.near.set(key, sorted)
    return sorted
  }

  private busiest(places: readonly number[]): number[] {
    const grown = (place: number) => this.valueOf(this.last, place) - Math.max(0, this.valueOf(0, place))
    return [...places].sort((a, b) => grown(b) - grown(a))
  }

  /** Whether a move around day `n` holds until it may begin and end; the places it moves. */
  private changesValue(n: number, move: Move, others: readonly number[]): number[] | undefined {
    return this.holdsOn(n, move) ? both(this.forward(n, move, others), this.backward(n, move, others)) : undefined
  }

  /**
   * Whether a move holds that begins on day `n`, or ends the day before; the places it moves. `beside`: what holds on
   * the other side of that night.
   */
  private changesGrowth(n: number, move: Move, others: readonly number[], beside?: Move): number[] | undefined {
    if (this.holdsOn(n, move) && this.holdsOn(n - 1, beside) && this.mayTurn(n, beside, move)) {
      const touched = both(this.forward(n, move, others), beside ? this.backward(n - 1, beside, others) : [])
      if (touched) return touched
    }
    if (this.holdsOn(n - 1, move) && this.holdsOn(n, beside) && this.mayTurn(n, move, beside))
      return both(this.backward(n - 1, move, others), beside ? this.forward(n, beside, others) : [])
    return undefined
  }

  /** Follows a move from day `n` on until it may end; `others` may take over from its helper. */
  private forward(n: number, move: Move, others: readonly number[]): number[] | undefined {
    let helpers = [move.helper]
    const touched = new Set([move.place, move.helper])
    for (let day = n; ; day++) {
      const ends = helpers.some(helper => this.mayTurn(day + 1, { ...move, helper }, undefined))
      if (day === this.last || ends) return [...touched]
      const from = helpers
      helpers = [...new Set([...from, ...others])].filter(next => {
        const after = { ...move, helper: next }
        return (
          this.holdsOn(day + 1, after) &&
          from.some(helper => helper === next || this.mayTurn(day + 1, { ...move, helper }, after))
        )
      })
      for (const helper of helpers) touched.add(helper)
      if (helpers.length === 0) return undefined
    }
  }

  /** Follows a move from day `n` back until it may begin. */
  private backward(n: number, move: Move, others: readonly number[]): number[] | undefined {
    let helpers = [move.helper]
    const touched = new Set([move.place, move.helper])
    for (let day = n; ; day--) {
      const begins = helpers.some(helper => this.mayTurn(day, undefined, { ...move, helper }))
      if (day === 0 || begins) return [...touched]
      const from = helpers
      helpers = [...new Set([...from, ...others])].filter(next => {
        const before = { ...move, helper: next }
        return (
          this.holdsOn(day - 1, before) &&
          from.some(helper => helper === next || this.mayTurn(day, before, { ...move, helper }))
        )
      })
      for (const helper of helpers) touched.add(helper)
      if (helpers.length === 0) return undefined
    }
  }

  /** Whether a day would be published the same with the move. */
  private holdsOn(n: number, move: Move | undefined): boolean {
    if (!move) return true
    const { place, helper, sign } = move
    const effect = this.effectOn(n, place, helper)
    if (!effect) return false
    const [rising, falling] = sign === 1 ? [effect.up, effect.down] : [effect.down, effect.up]
    return rising.every(id => this.canRise[n]?.[id] === 1) && falling.every(id => this.canFall[n]?.[id] === 1)
  }

  /** Whether nothing falls from the day before `n` to it where one move ends and another begins. */
  private mayTurn(n: number, before: Move | undefined, after: Move | undefined): boolean {
    if (n > this.last || n < 1 || !this.options.isGrowing) return true
    const ended = before ? this.effectOn(n - 1, before.place, before.helper) : NO_EFFECT
    const begun = after ? this.effectOn(n, after.place, after.helper) : NO_EFFECT
    if (!ended || !begun) return false
    const add = (cells: Int32Array, change: number) => {
      for (const id of cells) this.changes[id] = (this.changes[id] ?? 0) + change
    }
    const [was, is] = [before?.sign ?? 1, after?.sign ?? 1]
    add(ended.up, -was)
    add(ended.down, was)
    add(begun.up, is)
    add(begun.down, -is)
    const touched = [ended.up, ended.down, begun.up, begun.down]
    const isRight = touched.every(cells => cells.every(id => this.mayChange(n, id)))
    for (const cells of touched) for (const id of cells) this.changes[id] = 0
    return isRight
  }

  /** Whether a cell that did not fall would still not fall with the changes of the moment. */
  private mayChange(n: number, id: number): boolean {
    const growth = this.growthOf(n, id) ?? 0
    return growth < 0 || growth + (this.changes[id] ?? 0) >= 0
  }

  /**
   * The cells that change where a citizen is moved into `place`. A helper of the same tree loses one, up to where both
   * meet; one of another tree gains one too, and so does everything up to both roots. A helper that is the place
   * itself: nothing makes up for it.
   */
  private effectOn(n: number, place: number, helper: number): Effect | undefined {
    const shape = this.shapes[n] as number
    const size = this.names.length
    const key = (shape * size + place) * size + helper
    const known = this.effects.get(key)
    if (known) return known
    const [path, theirs] = [this.paths[shape]?.[place], this.paths[shape]?.[helper]]
    if (!path || !theirs) return undefined
    const effect = effectOf(path, theirs)
    this.effects.set(key, effect)
    return effect
  }
}

function effectOf(path: Int32Array, theirs: Int32Array): Effect {
  if (path[0] === theirs[0]) return { up: path, down: NO_EFFECT.down }
  if (path.at(-1) !== theirs.at(-1)) return { up: Int32Array.from([...path, ...theirs]), down: NO_EFFECT.down }
  return { up: path.filter(id => !theirs.includes(id)), down: theirs.filter(id => !path.includes(id)) }
}

const both = (one: number[] | undefined, other: number[] | undefined) => one && other && [...one, ...other]

/** What is found for the first helper that one is found for, in either direction. */
function firstOf<T>(
  helpers: readonly number[],
  find: (move: { helper: number; sign: 1 | -1 }) => T | undefined,
): T | undefined {
  for (const sign of [1, -1] as const)
    for (const helper of helpers) {
      const found = find({ helper, sign })
      if (found !== undefined) return found
    }
  return undefined
}
