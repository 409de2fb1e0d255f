import { countsOf, HELP_METRICS } from '#app/domain/figures.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import type { HelpCounts } from '#app/domain/standing.ts'
import type { Judgement } from '#app/domain/verdict.ts'
import { type FactTx, prepared, transact } from '#db/client.server.ts'
import {
  type AppliedExtract,
  appliedExtracts,
  judgeRecords,
  RECORD_COLUMNS,
  type RecordRow,
  recordsOf,
  type StoredVerdict,
  VERDICT_COLUMNS,
  VERDICT_FIELDS,
} from './facts.server.ts'
import { QueueMoves } from './help-queue.server.ts'
import type { ParentSums } from './parent-sums.server.ts'
import { PlaceReader } from './placement.server.ts'
import { campaignIds, rulesOf } from './rules.server.ts'
import { type ComputedStanding, planMovedStandings, refreshStandings, storeStandings } from './standing.server.ts'
import {
  addHelp,
  addPeople,
  addResult,
  helpMetrics,
  minus,
  moveTallies,
  type Placement,
  peopleMetrics,
  Sums,
} from './tally.server.ts'

/**
 * The scope of a write. `citizens`: hashes of the citizens whose records' facts change. `standings`: people of whom
 * only obligations, exemptions or targets change.
 */
type Touched = { citizens?: readonly string[]; standings?: readonly number[] }

/**
 * The only way to write a fact behind a verdict. Reads what the touched rows contribute and runs `mutate`. Then judges
 * the touched citizens' records again, refreshes the officials' standings, and moves the tallies by the difference.
 * All in one transaction (the caller's, if there is one).
 */
export const change: <T>(campaignId: number, touched: Touched, mutate: (tx: FactTx) => T) => T = changeIn

/**
 * The same for people whose posting, memberships, number or sex change, so that where they are summed up changes: in
 * every campaign, those made later and those long closed alike. No caller names campaigns.
 */
export function changePeople<T>(officialIds: readonly number[], mutate: (tx: FactTx) => T): T {
  const officials = [...new Set(officialIds)]
  const within = ([campaignId, ...rest]: readonly number[], tx: FactTx): T =>
    campaignId === undefined ? mutate(tx) : changeIn(campaignId, { officials }, inner => within(rest, inner))
  return writeUnjudged(tx => within(campaignIds(), tx))
}

/**
 * Writes to fact tables what no verdict, standing or sum reads, or does not read yet: drafts, notes, and what a bulk
 * load or the job `rejudge` sums up afterwards. `tests/fact-writes.test.ts` lists who may, and why.
 */
export function writeUnjudged<T>(mutate: (tx: FactTx) => T): T {
  return transact(tx => mutate(tx as FactTx))
}

/**
 * `officials`: people of whom anything changes. If `mutate` makes a number known as staff, its citizen's records are
 * included: their contributions are read before they are judged.
 */
function changeIn<T>(
  campaignId: number,
  touched: Touched & { officials?: readonly number[] },
  mutate: (tx: FactTx) => T,
): T {
  return writeUnjudged(tx => {
    const { regulation } = rulesOf(campaignId)
    const officials = touched.officials ?? []
    const citizens = new Set(touched.citizens ?? [])
    for (const hash of numbersOf(campaignId, officials)) citizens.add(hash)
    const sums = new Sums(campaignId)
    const before = new PlaceReader(officials)
    const known = contributing(campaignId, recordsOf(campaignId, citizens), officials)

    const result = mutate(tx)
    const late = numbersOf(campaignId, officials).filter(hash => !citizens.has(hash))
    const contributed = withRecordsOf(campaignId, known, late)
    for (const hash of late) citizens.add(hash)
    const contributes = contributing(campaignId, judgeAndStore(tx, campaignId, citizens, regulation), officials)
    // if no official's postings were touched, the places are the same as before
    const after = officials.length === 0 ? before : new PlaceReader(officials)
    const queue = moveRecords(sums, { rows: contributed, places: before }, { rows: contributes, places: after })

    const moved = movedCounts(contributed, contributes)
    const owners = [...new Set([...(touched.standings ?? []), ...moved.keys(), ...officials])]
    const postingsOf = (officialId: number) => after.postingsOf(officialId)
    const refreshed = refreshStandings(tx, campaignId, owners, regulation, { postingsOf, moved })
    const moving = new Set(officials)
    for (const [officialId, row] of refreshed) {
      const to = after.assessedPlacement(officialId, regulation)
      const from = moving.has(officialId) ? before.assessedPlacement(officialId, regulation) : to
      movePeople(sums, [row.before, from], [row.after, to])
    }
    moveTallies(tx, sums)
    queue.store(tx, campaignId)
    return result
  })
}

type Contribution = { rows: readonly RecordRow[]; places: PlaceReader }

/**
 * Moves the sums from the former contributions of records to the present ones: by the difference if their places are
 * unchanged. Returns which of them begin and cease to wait.
 */
function moveRecords(sums: Sums, before: Contribution, after: Contribution): QueueMoves {
  const queue = new QueueMoves()
  before.places.readAhead(before.rows.map(row => row.officialId))
  after.places.readAhead(after.rows.map(row => row.officialId))
  const left = new Map(before.rows.map(row => [row.id, row]))
  /** those that are summed up elsewhere now */
  const moving = new Set<RecordRow>()
  const none = HELP_METRICS.map(() => 0)
  for (const row of after.rows) {
    const old = left.get(row.id)
    queue.note(old, before.places, row, after.places)
    const lies =
      old &&
      before.places === after.places &&
      old.officialId === row.officialId &&
      old.helpedOn === row.helpedOn &&
      old.localityCode === row.localityCode
    if (lies) left.delete(row.id)
    else if (old) moving.add(old)
    const moved = minus(helpMetrics(row), lies ? helpMetrics(old) : none)
    if (moved.some(metric => metric !== 0)) addHelp(sums, moved, whereOf(row, after.places))
  }
  for (const row of left.values()) {
    if (!moving.has(row)) queue.note(row, before.places, undefined, after.places)
    addHelp(sums, minus(none, helpMetrics(row)), whereOf(row, before.places))
  }
  return queue
}

const whereOf = (row: RecordRow, places: PlaceReader) => ({
  helpedOn: row.helpedOn,
  placement: places.placementOn(row.officialId, row.helpedOn),
  localities: places.localityCodes(row.localityCode, row.helpedOn),
})

type Stood = readonly [row: ComputedStanding | undefined, placement: Placement]

/** The same for one official's standing. */
function movePeople(sums: Sums, [before, from]: Stood, [after, to]: Stood) {
  const isAlike =
    from === to && before && after && before.result === after.result && before.resultAny === after.resultAny
  if (!isAlike) {
    if (before) addResult(sums, before, from, -1)
    if (after) addResult(sums, after, to, 1)
  }
  const old = peopleMetrics(before, from.isWoman)
  if (from === to) return addPeople(sums, minus(peopleMetrics(after, to.isWoman), old), to)
  addPeople(sums, minus(peopleMetrics(undefined, false), old), from)
  addPeople(sums, peopleMetrics(after, to.isWoman), to)
}

/** By how much each official's counts move where these records were, and now are, as stored. */
function movedCounts(before: readonly RecordRow[], after: readonly RecordRow[]): Map<number, HelpCounts> {
  const moved = new Map<number, HelpCounts>()
  for (const [rows, sign] of [
    [before, -1],
    [after, 1],
  ] as const)
    for (const row of rows) {
      const sum = moved.get(row.officialId) ?? { reported: 0, counted: 0, verified: 0, countedAny: 0 }
      const counts = countsOf(row)
      sum.reported += sign * counts.reported
      sum.counted += sign * counts.counted
      sum.verified += sign * counts.verified
      sum.countedAny += sign * counts.countedAny
      moved.set(row.officialId, sum)
    }
  return moved
}

/** Returns hashes of the numbers of these officials: as citizens, their verdicts depend on whether they are staff. */
function numbersOf(campaignId: number, officials: readonly number[]): string[] {
  if (officials.length === 0) return []
  const rows = prepared<{ hash: string }>(
    `select number_hash as hash from official_match
      where campaign_id = ? and official_id in (select value from json_each(?))`,
  ).all(campaignId, JSON.stringify(officials))
  return rows.map(row => row.hash)
}

/** These records, and all others of these officials. */
function contributing(
  campaignId: number,
  rows: readonly RecordRow[],
  officials: readonly number[],
): readonly RecordRow[] {
  if (officials.length === 0) return rows
  const ids = new Set(rows.map(row => row.id))
  const others = prepared<RecordRow>(
    `select ${RECORD_COLUMNS} from help h where h.campaign_id = ? and h.official_id in (select value from json_each(?))`,
  ).all(campaignId, JSON.stringify(officials))
  return [...rows, ...others.filter(row => !ids.has(row.id))]
}

/** These records and, as they are stored, all others of these citizens. */
function withRecordsOf(
  campaignId: number,
  rows: readonly RecordRow[],
  citizens: readonly string[],
): readonly RecordRow[] {
  if (citizens.length === 0) return rows
  const ids = new Set(rows.map(row => row.id))
  return [...rows, ...recordsOf(campaignId, citizens).filter(row => !ids.has(row.id))]
}

/** Adds what standings contribute, under the postings of the assessment and the memberships at the cut-off. */
export function addStandings(
  sums: Sums,
  standings: ReadonlyMap<number, ComputedStanding>,
  places: PlaceReader,
  regulation: Regulation,
  byParents?: ParentSums,
) {
  places.readAhead(standings.keys())
  for (const [officialId, row] of standings) {
    const placement = places.assessedPlacement(officialId, regulation)
    const metrics = peopleMetrics(row, placement.isWoman)
    addPeople(sums, metrics, placement)
    addResult(sums, row, placement, 1)
    byParents?.addPeople(metrics, placement)
  }
}

/** Adds every record of the campaign as it is stored; the recount of `check:tallies` and the rebuild. */
export function addAllHelp(sums: Sums, campaignId: number, byParents?: ParentSums) {
  const page = prepared<RecordRow>(
    `select ${RECORD_COLUMNS} from help h not indexed where h.campaign_id = ? and h.id > ? order by h.id limit ${PAGE}`,
  )
  const places = new PlaceReader()
  for (let last = 0; ; ) {
    const rows = page.all(campaignId, last)
    places.readAhead(rows.map(row => row.officialId))
    for (const row of rows) {
      const metrics = helpMetrics(row)
      const where = whereOf(row, places)
      addHelp(sums, metrics, where)
      byParents?.addHelp(metrics, where.placement, row)
    }
    if (rows.length < PAGE) return
    last = rows.at(-1)?.id ?? 0
  }
}

/** Records that a pass over all of them holds at once. */
const PAGE = 10_000

/**
 * Judges every citizen's records of a campaign from the facts and stores the verdicts, without moving tallies. For a
 * load in bulk, after which the caller rebuilds them. `progress` receives the number of citizens done and the total,
 * between transactions.
 */
export function storeAllVerdicts(campaignId: number, progress: (done: number, total: number) => void) {
  const { regulation } = rulesOf(campaignId)
  const hashes = citizensOf(campaignId)
  for (let start = 0; start < hashes.length; start += CHUNK) {
    const chunk = hashes.slice(start, start + CHUNK)
    writeUnjudged(tx => judgeAndStore(tx, campaignId, chunk, regulation))
    progress(start + chunk.length, hashes.length)
  }
}

/** Hashes of all citizens of a campaign, in the order in which they were first recorded: neighbours share pages. */
export function citizensOf(campaignId: number): string[] {
  return prepared<string>('select citizen_hash from help where campaign_id = ? group by citizen_hash order by min(id)')
    .pluck()
    .all(campaignId)
}

/** Citizens whose verdicts one transaction of a bulk load stores. */
const CHUNK = 1000

/** Judges these citizens' records, stores the verdicts that changed, and returns all records with their verdicts. */
function judgeAndStore(
  tx: FactTx,
  campaignId: number,
  citizens: Iterable<string>,
  regulation: Regulation,
): RecordRow[] {
  const records = recordsOf(campaignId, citizens)
  const extracts = records.length === 0 ? [] : appliedExtracts(campaignId)
  const judged = judgeAnew(campaignId, records, { regulation, extracts })
  storeVerdicts(tx, records, judged)
  return judged
}

/** These records, all of their citizens, with the verdicts that the facts give them; reads only. */
function judgeAnew(
  campaignId: number,
  records: readonly RecordRow[],
  reading: { regulation: Regulation; extracts: readonly AppliedExtract[] },
): RecordRow[] {
  const judgements = judgeRecords(campaignId, records, reading)
  return records.map(row => {
    const judgement = judgements.get(row.id)
    if (!judgement) throw new Error(`record ${row.id} was not judged`)
    return { ...row, ...verdictColumns(judgement) }
  })
}

/** Stores verdicts where they are others than before; `judged` are `records` in the same order. */
function storeVerdicts(tx: FactTx, records: readonly RecordRow[], judged: readonly RecordRow[]) {
  for (const [n, row] of records.entries()) {
    const verdict = judged[n]
    if (!verdict) continue
    const changed = VERDICT_FIELDS.filter(field => row[field] !== verdict[field])
    if (changed.length > 0)
      tx.write(updateOf(changed)).run({
        id: row.id,
        ...Object.fromEntries(changed.map(field => [field, verdict[field]])),
      })
  }
}

/**
 * Prepares the writes of judging these citizens again, if no fact changes except which `extracts` are applied.
 * Computes without a lock; returns a function that stores the result, and what `mutate` writes. Run it only in a
 * transaction with no other write since the reading (`stateMark`). Undefined if an official has no standing yet: `change` makes one.
 */
export function planRejudging(
  campaignId: number,
  citizens: Iterable<string>,
  extracts: readonly AppliedExtract[],
): ((mutate?: (tx: FactTx) => void) => void) | undefined {
  const { regulation } = rulesOf(campaignId)
  const records = recordsOf(campaignId, citizens)
  const judged = judgeAnew(campaignId, records, { regulation, extracts })
  const sums = new Sums(campaignId)
  const places = new PlaceReader()
  const queue = moveRecords(sums, { rows: records, places }, { rows: judged, places })
  const moved = new Map(
    [...movedCounts(records, judged)].filter(([, counts]) => Object.values(counts).some(count => count !== 0)),
  )
  const postingsOf = (officialId: number) => places.postingsOf(officialId)
  const standings = planMovedStandings(campaignId, moved, regulation, postingsOf)
  for (const [officialId, { before, after }] of standings) {
    if (!before) return undefined
    const place = places.assessedPlacement(officialId, regulation)
    movePeople(sums, [before, place], [after, place])
  }
  return mutate =>
    writeUnjudged(tx => {
      storeVerdicts(tx, records, judged)
      storeStandings(tx, campaignId, standings)
      moveTallies(tx, sums)
      queue.store(tx, campaignId)
      mutate?.(tx)
    })
}

/** Writes what changed only: an index of what did not is left alone. */
function updateOf(changed: readonly (keyof StoredVerdict)[]): string {
  return `update help set ${changed.map(field => `${VERDICT_COLUMNS[field]} = @${field}`).join(', ')} where id = @id`
}

/** A judgement as `help` holds it. */
export function verdictColumns({ verdict, holdsCredit, isReported, countsAny, basis, countedOutcomes }: Judgement) {
  return {
    verdictKind: verdict.kind,
    verdictReason: verdict.reason,
    verdictOutcome: verdict.outcome,
    holdsCredit: Number(holdsCredit),
    isReported: Number(isReported),
    countsAny: Number(countsAny),
    basis,
    countedOutcomes,
  } satisfies StoredVerdict
}
