import {
  type CountedRecord,
  DAY_METRICS,
  type DayMetric,
  HELP_METRICS,
  type HelpMetric,
  helpFigures,
  PEOPLE_METRICS,
  type PeopleMetric,
  peopleFigures,
  type StoredStanding,
} from '#app/domain/figures.ts'
import type { Category, OfficialResult } from '#app/domain/vocabulary.ts'
import { type FactTx, prepared } from '#db/client.server.ts'

/**
 * Tallies are sums of stored verdicts and stored standings (`domain/figures.ts`). A write moves the tables by the
 * difference between before and after, and the check sums the same functions over everything.
 */

/** Primary-key order, chosen so that one write, for a unit and its categories, touches few pages. */
const TABLES = {
  help_tally: { keys: ['day', 'key', 'dimension'], metrics: DAY_METRICS },
  help_total: { keys: ['key', 'dimension'], metrics: HELP_METRICS },
  people_tally: { keys: ['key', 'dimension'], metrics: PEOPLE_METRICS },
  result_tally: { keys: ['key', 'block', 'category', 'result', 'result_any'], metrics: ['officials'] },
} as const
type TallyTable = keyof typeof TABLES
type Metric = DayMetric | HelpMetric | PeopleMetric

/** The column of a metric: its name, but for `shortage`, whose column keeps its former name. */
export const columnOf = (metric: Metric) => (metric === 'shortage' ? 'owed' : metric)

/** Adds metrics to those of a sum. */
export function addInto(sum: number[], metrics: readonly number[]) {
  for (let n = 0; n < metrics.length; n++) {
    const metric = metrics[n]
    if (metric) sum[n] = (sum[n] ?? 0) + metric
  }
}

/** By how much one row of a tally moves. */
type TallyMove = { table: TallyTable; key: readonly string[]; metrics: number[] }

type SummedRow = { key: readonly string[]; metrics: number[] }

/** One campaign's sums in memory: table → key columns joined by \u0000 → metrics in the table's order. */
export class Sums {
  private readonly rows: Record<TallyTable, Map<string, SummedRow>> = {
    help_tally: new Map(),
    help_total: new Map(),
    people_tally: new Map(),
    result_tally: new Map(),
  }

  constructor(
    readonly campaignId: number,
    moves: readonly TallyMove[] = [],
  ) {
    for (const { table, key, metrics } of moves) this.add(table, key, metrics)
  }

  add(table: TallyTable, key: readonly string[], metrics: readonly number[]) {
    const name = key.join('\u0000')
    const row = this.rows[table].get(name)?.metrics
    if (!row) this.rows[table].set(name, { key, metrics: [...metrics] })
    else addInto(row, metrics)
  }

  /** The rows that are not zero throughout. */
  *entries(table: TallyTable): Generator<SummedRow> {
    for (const row of this.rows[table].values()) if (row.metrics.some(metric => metric !== 0)) yield row
  }

  get(table: TallyTable, key: string): number[] | undefined {
    return this.rows[table].get(key)?.metrics
  }
}

/**
 * Adds the sums to the stored tallies. Runs inside the transaction of the write that caused them. Most writes move few
 * of a row's many metrics: only those are written. Rows that move alike share a statement, found by a number whose bits
 * say which metrics move: putting its text together takes longer than to run it.
 */
export function moveTallies(tx: FactTx, sums: Sums) {
  for (const table of Object.keys(TABLES) as TallyTable[]) {
    const updates = new Map<number, ReturnType<typeof prepared>>()
    for (const { key, metrics: by } of sums.entries(table)) {
      const values: (number | string)[] = []
      let moved = 0
      by.forEach((value, n) => {
        if (value === 0) return
        moved += 2 ** n
        values.push(value)
      })
      let update = updates.get(moved)
      if (!update) {
        update = tx.write(updateOf(table, by))
        updates.set(moved, update)
      }
      values.push(sums.campaignId, ...key)
      if (update.run(values).changes === 0) tx.write(insertInto(table)).run(sums.campaignId, ...key, ...by)
    }
  }
}

/** Adds to those metrics of a row that `by` moves. */
function updateOf(table: TallyTable, by: readonly number[]): string {
  const { keys, metrics } = TABLES[table]
  const moved = metrics.filter((_, n) => by[n] !== 0)
  const where = ['campaign_id', ...keys].map(column => `${column} = ?`).join(' and ')
  return `update ${table} set ${moved.map(metric => `${columnOf(metric)} = ${columnOf(metric)} + ?`).join(', ')} where ${where}`
}

function insertInto(table: TallyTable): string {
  const columns = ['campaign_id', ...TABLES[table].keys, ...TABLES[table].metrics.map(columnOf)]
  return `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
}

/** A difference between a stored tally and the recount. */
export type TallyDifference = { table: string; key: string; metric: string; stored: number; recounted: number }

/** Compares the stored tallies of a campaign with its recounted sums. */
export function compareTallies(sums: Sums): TallyDifference[] {
  return differencesFrom(sums).flatMap(({ table, key, metrics }) => {
    const recounted = sums.get(table, key.join('\u0000'))
    return TABLES[table].metrics.flatMap((metric, n) => {
      const by = metrics[n] ?? 0
      const ought = recounted?.[n] ?? 0
      return by === 0 ? [] : [{ table, key: key.join(' '), metric, stored: ought - by, recounted: ought }]
    })
  })
}

/** By how much each stored row of a campaign's tallies must move to hold what `sums` says. */
export function differencesFrom(sums: Sums): TallyMove[] {
  const moves: TallyMove[] = []
  for (const table of Object.keys(TABLES) as TallyTable[]) {
    const { keys, metrics } = TABLES[table]
    const seen = new Set<string>()
    const stored = prepared<Record<string, string | number>>(`select * from ${table} where campaign_id = ?`)
    for (const row of stored.iterate(sums.campaignId)) {
      const key = keys.map(column => String(row[column]))
      const name = key.join('\u0000')
      seen.add(name)
      const ought = sums.get(table, name)
      const by = metrics.map((metric, n) => (ought?.[n] ?? 0) - (row[columnOf(metric)] as number))
      if (by.some(value => value !== 0)) moves.push({ table, key, metrics: by })
    }
    for (const row of sums.entries(table)) if (!seen.has(row.key.join('\u0000'))) moves.push({ table, ...row })
  }
  return moves
}

/** Empties a campaign's tallies; only a rebuild does that, in the transaction that fills them again. */
export function clearTallies(tx: FactTx, campaignId: number) {
  for (const table of Object.keys(TABLES)) tx.write(`delete from ${table} where campaign_id = ?`).run(campaignId)
}

/** Where and as whom an official is counted: the posting and memberships of a day (domain 3). */
export type Placement = {
  /** the unit of the posting itself; null: posted nowhere */
  unitId: number | null
  unitIds: readonly string[]
  block: string | null
  category: Category | null
  /** the chapters of which they are members; `chapterIds` has those above too */
  ownChapterIds: readonly number[]
  chapterIds: readonly string[]
  isWoman: boolean
}

const listed = <Name extends Metric>(metrics: readonly Name[], figures: Record<Name, number>) =>
  metrics.map(metric => figures[metric])

/** `helpFigures` in the order of `HELP_METRICS`, which begins with `DAY_METRICS`. */
export const helpMetrics = (row: CountedRecord) => listed(HELP_METRICS, helpFigures(row))

/** `peopleFigures` in the order of `PEOPLE_METRICS`. */
export const peopleMetrics = (row: StoredStanding | undefined, isWoman: boolean) =>
  listed(PEOPLE_METRICS, peopleFigures(row, isWoman))

/** Adds metrics of help records of one day, place and official to all under which they are summed up. */
export function addHelp(
  sums: Sums,
  metrics: readonly number[],
  { helpedOn, placement, localities }: { helpedOn: string; placement: Placement; localities: readonly string[] },
) {
  if (metrics.every(metric => metric === 0)) return
  const { unitIds, chapterIds, block, category } = placement
  const ofDay = metrics.slice(0, DAY_METRICS.length)
  for (const id of unitIds) {
    sums.add('help_tally', [helpedOn, id, 'unit'], ofDay)
    sums.add('help_total', [id, 'unit'], metrics)
    if (category) sums.add('help_total', [`${id}/${category}`, 'category'], metrics)
  }
  for (const code of localities) {
    sums.add('help_tally', [helpedOn, code, 'locality'], ofDay)
    sums.add('help_total', [code, 'locality'], metrics)
  }
  for (const id of chapterIds) {
    sums.add('help_tally', [helpedOn, id, 'chapter'], ofDay)
    sums.add('help_total', [id, 'chapter'], metrics)
  }
  if (block) sums.add('help_total', [block, 'block'], metrics)
}

/** Adds metrics of one official to all under which they are summed up. */
export function addPeople(sums: Sums, metrics: readonly number[], { unitIds, category, block, chapterIds }: Placement) {
  if (metrics.every(metric => metric === 0)) return
  for (const id of unitIds) {
    sums.add('people_tally', [id, 'unit'], metrics)
    if (category) sums.add('people_tally', [`${id}/${category}`, 'category'], metrics)
  }
  if (block) sums.add('people_tally', [block, 'block'], metrics)
  for (const id of chapterIds) sums.add('people_tally', [id, 'chapter'], metrics)
}

/**
 * Counts one official by result, under both readings of the quota, at the unit of the assessment and each unit above it;
 * `by` -1 takes them out again. Who is posted nowhere is counted nowhere.
 */
export function addResult(
  sums: Sums,
  row: Pick<StoredStanding, 'unitId' | 'result'> & { resultAny: OfficialResult },
  { unitIds, block, category }: Placement,
  by: 1 | -1,
) {
  if (row.unitId === null) return
  for (const id of unitIds) sums.add('result_tally', [id, block ?? '', category ?? '', row.result, row.resultAny], [by])
}

/** One row of metrics less another. */
export function minus(metrics: readonly number[], others: readonly number[]): number[] {
  return metrics.map((metric, n) => metric - (others[n] ?? 0))
}
