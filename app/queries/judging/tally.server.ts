import { OUTCOME_MARKS, TALLIED_OUTCOMES } from '#app/domain/outcome-marks.ts'
import { isMetStanding } from '#app/domain/standing.ts'
import { BASES, type ObligationPart, type OfficialResult } from '#app/domain/vocabulary.ts'
import { type FactTx, prepared } from '#db/client.server.ts'

/** The obligation parts as columns: `field` in `standing`, `column` the prefix of the tally's metrics. */
export const PARTS = [
  { part: 'sim_signature', field: 'simSignature', column: 'sim_signature' },
  { part: 'phone_4g', field: 'phone4g', column: 'phone4g' },
  { part: 'portal_national', field: 'portalNational', column: 'portal_national' },
  { part: 'portal_provincial', field: 'portalProvincial', column: 'portal_provincial' },
] as const satisfies readonly { part: ObligationPart; field: string; column: string }[]

/** A row of `standing` as tallies and boards read it. */
export type StoredStanding = Record<(typeof PARTS)[number]['field'], string> & {
  unitId: number | null
  category: string | null
  target: number | null
  reported: number
  counted: number
  verified: number
  countedAny: number
  unmet: number
  result: OfficialResult
}

/**
 * Tallies are sums of stored verdicts and stored standings. One function says what a row contributes, to which keys;
 * a write moves the tables by the difference between before and after, and the check sums the same function over
 * everything. Nothing else writes these tables.
 */
export const HELP_METRICS = [
  'reported',
  'counted',
  'verified',
  'counted_any',
  'awaiting',
  ...BASES.map(basis => `by_${basis}` as const),
] as const

const OUTCOME_FIELDS = { eid_activated: 'eid_activated', sim_signature: 'sim_signature', phone_4g: 'phone4g' } as const

/** Of records of all days besides: counted, by each outcome achieved or had before. */
export const TOTAL_METRICS = [
  ...HELP_METRICS,
  ...TALLIED_OUTCOMES.flatMap(outcome => [
    `${OUTCOME_FIELDS[outcome]}_achieved` as const,
    `${OUTCOME_FIELDS[outcome]}_had` as const,
  ]),
] as const

export const PEOPLE_METRICS = [
  'officials',
  'women',
  'quota_bearers',
  'targets',
  'reached',
  'reached_any',
  'idle',
  'owed',
  'reported',
  'counted',
  'verified',
  'counted_any',
  'obligation_bearers',
  'all_met',
  ...PARTS.flatMap(part => ['bearers', 'declared', 'confirmed', 'met'].map(metric => `${part.column}_${metric}`)),
  'portal_login_bearers',
  'portal_login_met',
  'awaiting',
  'eligible',
  'completed',
  'sim_signature_verified',
  'phone4g_verified',
] as const

/** Primary-key order, chosen so that one write, for a unit and its categories, touches few pages. */
const TABLES = {
  help_tally: { keys: ['day', 'key', 'dimension'], metrics: HELP_METRICS },
  help_total: { keys: ['key', 'dimension'], metrics: TOTAL_METRICS },
  people_tally: { keys: ['key', 'dimension'], metrics: PEOPLE_METRICS },
} as const
type TallyTable = keyof typeof TABLES

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
  return `update ${table} set ${moved.map(metric => `${metric} = ${metric} + ?`).join(', ')} where ${where}`
}

function insertInto(table: TallyTable): string {
  const columns = ['campaign_id', ...TABLES[table].keys, ...TABLES[table].metrics]
  return `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
}

/** A difference between a stored tally and the recount. */
export type TallyDifference = { table: string; key: string; metric: string; stored: number; recounted: number }

/** Compares the stored tallies of a campaign with its recounted sums. */
export function compareTallies(sums: Sums): TallyDifference[] {
  const differences: TallyDifference[] = []
  for (const table of Object.keys(TABLES) as TallyTable[]) {
    const { keys, metrics } = TABLES[table]
    const seen = new Set<string>()
    const stored = prepared(`select * from ${table} where campaign_id = ?`).all(sums.campaignId) as Record<
      string,
      string | number
    >[]
    for (const row of stored) {
      const key = keys.map(column => row[column]).join('\u0000')
      seen.add(key)
      const recounted = sums.get(table, key)
      metrics.forEach((metric, n) => {
        const there = row[metric] as number
        const ought = recounted?.[n] ?? 0
        if (there !== ought)
          differences.push({ table, key: key.replaceAll('\u0000', ' '), metric, stored: there, recounted: ought })
      })
    }
    for (const row of sums.entries(table)) {
      const key = row.key.join('\u0000')
      if (seen.has(key)) continue
      row.metrics.forEach((ought, n) => {
        if (ought !== 0)
          differences.push({
            table,
            key: row.key.join(' '),
            metric: String(metrics[n]),
            stored: 0,
            recounted: ought,
          })
      })
    }
  }
  return differences
}

/** By how much each stored row of a campaign's tallies must move to hold what `sums` says. */
export function differencesFrom(sums: Sums): TallyMove[] {
  const moves: TallyMove[] = []
  for (const table of Object.keys(TABLES) as TallyTable[]) {
    const { keys, metrics } = TABLES[table]
    const seen = new Set<string>()
    const stored = prepared(`select * from ${table} where campaign_id = ?`)
    for (const row of stored.iterate(sums.campaignId) as Iterable<Record<string, string | number>>) {
      const key = keys.map(column => String(row[column]))
      const name = key.join('\u0000')
      seen.add(name)
      const ought = sums.get(table, name)
      const by = metrics.map((metric, n) => (ought?.[n] ?? 0) - (row[metric] as number))
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
  category: string | null
  /** the chapters of which they are members; `chapterIds` has those above too */
  ownChapterIds: readonly number[]
  chapterIds: readonly string[]
  isWoman: boolean
}

/** The stored verdict of a help record, as far as tallies read it. */
type CountedRecord = {
  verdictKind: string
  verdictReason: string
  isReported: number
  countsAny: number
  basis: string | null
  helpedOn: string
  countedOutcomes: string | null
}

/** Returns the contribution of one help record, in the order of `TOTAL_METRICS`, which begins with `HELP_METRICS`. */
export function helpMetrics(row: CountedRecord): number[] {
  const counts = row.verdictKind === 'counts' ? 1 : 0
  return [
    row.isReported,
    counts,
    counts && row.verdictReason === 'verified' ? 1 : 0,
    row.countsAny,
    row.verdictReason === 'awaiting_confirmation' ? 1 : 0,
    ...BASES.map(basis => Number(row.basis === basis)),
    ...TALLIED_OUTCOMES.flatMap((_, n) => {
      const mark = row.countedOutcomes?.charAt(n)
      return [Number(mark === OUTCOME_MARKS.achieved), Number(mark === OUTCOME_MARKS.had)]
    }),
  ]
}

/** Adds metrics of help records of one day, place and official to all under which they are summed up. */
export function addHelp(
  sums: Sums,
  metrics: readonly number[],
  { helpedOn, placement, localities }: { helpedOn: string; placement: Placement; localities: readonly string[] },
) {
  if (metrics.every(metric => metric === 0)) return
  const { unitIds, chapterIds, block, category } = placement
  const ofDay = metrics.slice(0, HELP_METRICS.length)
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

/**
 * Returns the contribution of one official's standing, in the order of `PEOPLE_METRICS`. An official without a posting
 * at the cut-off, or without a standing, adds nothing.
 */
export function peopleMetrics(row: StoredStanding | undefined, isWoman: boolean): number[] {
  if (!row || row.unitId === null) return NOBODY
  const target = row.target
  const bears = target !== null ? 1 : 0
  const parts = PARTS.map(part => row[part.field])
  const isBorne = (state: string) => state !== 'not_borne' && state !== 'exempt'
  const portals = [row.portalNational, row.portalProvincial]
  return [
    1,
    isWoman ? 1 : 0,
    bears,
    target ?? 0,
    target !== null && row.counted >= target ? 1 : 0,
    target !== null && row.countedAny >= target ? 1 : 0,
    bears && row.reported === 0 ? 1 : 0,
    target !== null ? Math.max(0, target - row.counted) : 0,
    row.reported,
    row.counted,
    row.verified,
    row.countedAny,
    parts.some(isBorne) ? 1 : 0,
    parts.some(isBorne) && row.unmet === 0 ? 1 : 0,
    ...parts.flatMap(state => [
      isBorne(state) ? 1 : 0,
      ['declared', 'review', 'confirmed'].includes(state) || isMetStanding(state) ? 1 : 0,
      ['review', 'confirmed'].includes(state) || isMetStanding(state) ? 1 : 0,
      isMetStanding(state) ? 1 : 0,
    ]),
    portals.some(isBorne) ? 1 : 0,
    portals.some(isBorne) && portals.every(state => isMetStanding(state) || !isBorne(state)) ? 1 : 0,
    parts.filter(state => state === 'declared' || state === 'review').length,
    row.result === 'eligible' ? 1 : 0,
    row.result === 'completed' ? 1 : 0,
    ...[row.simSignature, row.phone4g].map(state => (state === 'verified' ? 1 : 0)),
  ]
}

const NOBODY = PEOPLE_METRICS.map(() => 0)

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

/** One row of metrics less another. */
export function minus(metrics: readonly number[], others: readonly number[]): number[] {
  return metrics.map((metric, n) => metric - (others[n] ?? 0))
}
