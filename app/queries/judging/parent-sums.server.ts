import type { Day } from '#app/domain/calendar.ts'
import { prepared } from '#db/client.server.ts'
import { parentReader } from '../locality.server.ts'
import { addInto, type Placement, type Sums, type TallyDifference } from './tally.server.ts'

const TABLES = ['help_total', 'people_tally'] as const
type Table = (typeof TABLES)[number]
/** The dimensions that are summed up along a tree; a category is a share of each unit. */
const DIMENSIONS: readonly string[] = ['unit', 'category', 'locality', 'chapter']
type Sum = number[]

/**
 * Sums up a campaign in a second way, which trusts no stored path. Every record and standing is added once, at its own
 * unit, chapters and locality, and the sums are carried up from child to parent. `check:tallies` compares both.
 */
export class ParentSums {
  private readonly leaves: Record<Table, Map<string, Sum>> = { help_total: new Map(), people_tally: new Map() }

  /** Adds one record: where its official was placed, and at the citizen's own locality. */
  addHelp(
    metrics: readonly number[],
    placement: Placement,
    { localityCode, helpedOn }: { localityCode: string; helpedOn: Day },
  ) {
    this.addPlaced('help_total', metrics, placement)
    add(this.leaves.help_total, `locality ${localityCode} ${helpedOn}`, metrics)
  }

  /** Adds one standing where its official is placed. */
  addPeople(metrics: readonly number[], placement: Placement) {
    this.addPlaced('people_tally', metrics, placement)
  }

  private addPlaced(table: Table, metrics: readonly number[], { unitId, category, ownChapterIds }: Placement) {
    if (unitId !== null) add(this.leaves[table], `unit ${unitId} ${category ?? ''}`, metrics)
    if (ownChapterIds.length > 0) add(this.leaves[table], `chapter ${ownChapterIds.join(',')}`, metrics)
  }

  /** Returns the differences between the sums by path and those by parents. */
  compare(byPath: Sums): TallyDifference[] {
    return TABLES.flatMap(table => {
      const carried = carriedUp(this.leaves[table])
      const keys = new Set([...carried.keys(), ...keysOf(byPath, table)])
      return [...keys].flatMap(key => {
        const [stored, recounted] = [byPath.get(table, key) ?? [], carried.get(key) ?? []]
        const isSame = [...stored, ...recounted].every((_, n) => (stored[n] ?? 0) === (recounted[n] ?? 0))
        if (isSame) return []
        const difference = { stored: total(stored), recounted: total(recounted) }
        return [{ table, key: key.replace('\u0000', ' '), metric: 'by parents', ...difference }]
      })
    })
  }
}

const total = (sum: readonly number[]) => sum.reduce((all, metric) => all + metric, 0)

function add(sums: Map<string, Sum>, key: string, metrics: readonly number[]) {
  const sum = sums.get(key)
  if (sum) addInto(sum, metrics)
  else sums.set(key, [...metrics])
}

/** The sums of every node of the trees, by node and dimension, from those of the leaves. */
function carriedUp(leaves: ReadonlyMap<string, Sum>): Map<string, Sum> {
  const parentOn = parentReader()
  const parents = { unit: parentsOf('unit'), chapter: parentsOf('chapter') }
  const sums = new Map<string, Sum>()
  for (const [leaf, metrics] of leaves) {
    const [tree = '', own = '', rest = ''] = leaf.split(' ')
    const parentOf = (key: string) =>
      tree === 'locality' ? parentOn(key, rest) : (parents[tree as keyof typeof parents].get(key) ?? null)
    for (const key of withThoseAbove(own.split(','), parentOf)) {
      add(sums, `${key}\u0000${tree}`, metrics)
      if (tree === 'unit' && rest !== '') add(sums, `${key}/${rest}\u0000category`, metrics)
    }
  }
  return sums
}

function parentsOf(table: 'unit' | 'chapter'): ReadonlyMap<string, string | null> {
  const rows = prepared<{ key: string; parent: string | null }>(
    `select cast(id as text) as key, cast(parent_id as text) as parent from ${table}`,
  ).all()
  return new Map(rows.map(row => [row.key, row.parent]))
}

/** These nodes and all above them, each once: a member of two chapters is one member of what holds both. */
function withThoseAbove(own: readonly string[], parentOf: (key: string) => string | null): Set<string> {
  const found = new Set<string>()
  for (const leaf of own) for (let key: string | null = leaf; key !== null; key = parentOf(key)) found.add(key)
  return found
}

function* keysOf(sums: Sums, table: Table): Generator<string> {
  for (const { key } of sums.entries(table)) if (DIMENSIONS.includes(key.at(-1) ?? '')) yield key.join('\u0000')
}
