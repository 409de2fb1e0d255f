import type { Day } from '#app/domain/calendar.ts'
import { prepared } from '#db/client.server.ts'
import { parentOn } from '../locality.server.ts'
import type { Placement, Sums, TallyDifference } from './tally.server.ts'

type Tree = 'unit' | 'locality'
type Sum = number[]

/**
 * Sums up a campaign in a second way, which trusts no stored path. Every record and standing is added once, at its own
 * unit, and the sums are carried up from child to parent. `check:tallies` compares both.
 */
export class ParentSums {
  private readonly leaves = { help: new Map<string, Sum>(), people: new Map<string, Sum>() }

  /** Adds one record: at the unit of its posting, and at the citizen's own locality. */
  addHelp(
    metrics: readonly number[],
    placement: Placement,
    { localityCode, helpedOn }: { localityCode: string; helpedOn: Day },
  ) {
    if (placement.unitId !== null) add(this.leaves.help, `unit ${placement.unitId}`, metrics)
    add(this.leaves.help, `locality ${localityCode}`, metrics)
    const parent = parentOn(localityCode, helpedOn)
    // carried up from where it belonged on that day
    if (parent !== null) add(this.leaves.help, `locality+ ${parent} ${helpedOn}`, metrics)
  }

  /** Adds one standing at the unit of its posting. */
  addPeople(metrics: readonly number[], placement: Placement) {
    if (placement.unitId !== null) add(this.leaves.people, `unit ${placement.unitId}`, metrics)
  }

  /** Returns the differences between the sums by path and those by parents. */
  compare(byPath: Sums): TallyDifference[] {
    return [
      ...this.compareTable(byPath, 'help_total', 'unit', this.leaves.help),
      ...this.compareTable(byPath, 'help_total', 'locality', this.leaves.help),
      ...this.compareTable(byPath, 'people_tally', 'unit', this.leaves.people),
    ]
  }

  private compareTable(
    byPath: Sums,
    table: 'help_total' | 'people_tally',
    tree: Tree,
    leaves: ReadonlyMap<string, Sum>,
  ): TallyDifference[] {
    const carried = carriedUp(tree, leaves)
    const keys = new Set([...carried.keys(), ...keysOf(byPath, table, tree)])
    return [...keys].flatMap(key => {
      const one = byPath.get(table, `${key}\u0000${tree}`) ?? []
      const other = carried.get(key) ?? []
      const isSame = Array.from({ length: Math.max(one.length, other.length) }, (_, n) => n).every(
        n => (one[n] ?? 0) === (other[n] ?? 0),
      )
      const total = (sum: readonly number[]) => sum.reduce((all, metric) => all + metric, 0)
      return isSame
        ? []
        : [{ table, key: `${key} ${tree}`, metric: 'by parents', stored: total(one), recounted: total(other) }]
    })
  }
}

function add(sums: Map<string, Sum>, key: string, metrics: readonly number[]) {
  const sum = sums.get(key)
  if (!sum) sums.set(key, [...metrics])
  else
    metrics.forEach((metric, n) => {
      if (metric !== 0) sum[n] = (sum[n] ?? 0) + metric
    })
}

/** The sums of every node of a tree, from those of the leaves; a locality belongs where it does on a record's day. */
function carriedUp(tree: Tree, leaves: ReadonlyMap<string, Sum>): Map<string, Sum> {
  const rows = prepared<{ key: string; parent: string | null }>(
    'select cast(id as text) as key, cast(parent_id as text) as parent from unit',
  ).all()
  const units = new Map(rows.map(row => [row.key, row.parent]))
  const sums = new Map<string, Sum>()
  for (const [name, metrics] of leaves) {
    const [of, leaf = '', day = ''] = name.split(' ')
    if (of === 'unit' && tree === 'unit')
      for (let key: string | null = leaf; key !== null; key = units.get(key) ?? null) add(sums, key, metrics)
    if (of === 'locality' && tree === 'locality') add(sums, leaf, metrics)
    if (of === 'locality+' && tree === 'locality')
      for (let key: string | null = leaf; key !== null; key = parentOn(key, day)) add(sums, key, metrics)
  }
  return sums
}

function* keysOf(sums: Sums, table: 'help_total' | 'people_tally', tree: Tree): Generator<string> {
  for (const {
    key: [key = '', dimension],
  } of sums.entries(table))
    if (dimension === tree) yield key
}
