import type { Regulation } from '#app/domain/regulation.ts'
import type { HelpCounts } from '#app/domain/standing.ts'
import type { Judgement } from '#app/domain/verdict.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import {
  appliedExtracts,
  judgeRecords,
  RECORD_COLUMNS,
  type RecordRow,
  recordsOf,
  type StoredVerdict,
  VERDICT_COLUMNS,
  VERDICT_FIELDS,
} from './citizen-facts.server.ts'
import { localityCodes, PlaceReader } from './placement.server.ts'
import { refreshStandings, storedStandings, womenAmong } from './standing.server.ts'
import { addHelp, addStanding, moveTallies, type StoredStanding, Sums } from './tally.server.ts'

/**
 * What a write is about to change. `citizens`: hashes of the citizens whose records' facts change. `officials`: people
 * whose posting, memberships or number change, so that where they are summed up changes. `standings`: people of whom
 * only obligations, exemptions or targets change.
 */
export type Touched = { citizens?: readonly string[]; officials?: readonly number[]; standings?: readonly number[] }

/**
 * The one way in which a fact behind a verdict is written: looks at what the touched rows contribute, runs `mutate`,
 * judges the touched citizens' records anew, refreshes the officials' standings, and moves the tallies by the
 * difference. All in one transaction (the caller's, where there is one).
 */
export function change<T>(campaignId: number, touched: Touched, mutate: (tx: Tx) => T): T {
  return transact(tx => {
    const { regulation } = rulesOf(campaignId)
    const officials = [...new Set(touched.officials ?? [])]
    const citizens = new Set(touched.citizens ?? [])
    for (const hash of numbersOf(campaignId, officials)) citizens.add(hash)
    const sums = new Sums(campaignId)
    const before = new PlaceReader(officials)
    const records = recordsOf(campaignId, citizens)
    const contributed = [...records, ...otherRecordsOf(campaignId, officials, records)]
    addRecords(sums, contributed, before, -1)
    addStandings(sums, storedStandings(campaignId, officials), before, { regulation, sign: -1 })

    const result = mutate(tx)
    // where nobody's places were touched they are what they were
    const after = officials.length === 0 ? before : new PlaceReader(officials)

    for (const hash of numbersOf(campaignId, officials)) citizens.add(hash)
    const judged = judgeAndStore(campaignId, citizens, regulation)
    const contributing = [...judged, ...otherRecordsOf(campaignId, officials, judged)]
    addRecords(sums, contributing, after, 1)
    const moved = movedCounts(contributed, contributing)
    const owners = new Set([...(touched.standings ?? []), ...moved.keys(), ...officials])
    const refreshed = refreshStandings(campaignId, [...owners], regulation, {
      postingOf: (officialId, day) => after.postingOn(officialId, day),
      moved,
    })
    const stood = [...refreshed].flatMap(([officialId, { before: row }]) =>
      row && !officials.includes(officialId) ? [[officialId, row] as const] : [],
    )
    addStandings(sums, stood, after, { regulation, sign: -1 })
    const stand = [...refreshed].map(([officialId, { after: row }]) => [officialId, row] as const)
    addStandings(sums, stand, after, { regulation, sign: 1 })
    moveTallies(sums)
    return result
  })
}

/** By how much each official's counts move where these records were, and now are, as stored. */
function movedCounts(before: readonly RecordRow[], after: readonly RecordRow[]): Map<number, HelpCounts> {
  const moved = new Map<number, HelpCounts>()
  for (const [rows, sign] of [
    [before, -1],
    [after, 1],
  ] as const)
    for (const row of rows) {
      const counts = moved.get(row.officialId) ?? { reported: 0, counted: 0, verified: 0, countedAny: 0 }
      counts.reported += sign * row.isReported
      counts.counted += sign * Number(row.verdictKind === 'counts')
      counts.verified += sign * Number(row.verdictReason === 'verified')
      counts.countedAny += sign * row.countsAny
      moved.set(row.officialId, counts)
    }
  return moved
}

/** Hashes of the numbers of these officials: of citizens whose verdicts depend on somebody being staff. */
function numbersOf(campaignId: number, officials: readonly number[]): string[] {
  if (officials.length === 0) return []
  const rows = prepared(
    `select number_hash as hash from official_match
      where campaign_id = ? and official_id in (select value from json_each(?))`,
  ).all(campaignId, JSON.stringify(officials)) as { hash: string }[]
  return rows.map(row => row.hash)
}

/** The records of these officials that are not among `known`. */
function otherRecordsOf(campaignId: number, officials: readonly number[], known: readonly RecordRow[]): RecordRow[] {
  if (officials.length === 0) return []
  const ids = new Set(known.map(row => row.id))
  const rows = prepared(
    `select ${RECORD_COLUMNS} from help h where h.campaign_id = ? and h.official_id in (select value from json_each(?))`,
  ).all(campaignId, JSON.stringify(officials)) as RecordRow[]
  return rows.filter(row => !ids.has(row.id))
}

function addRecords(sums: Sums, rows: readonly RecordRow[], places: PlaceReader, sign: 1 | -1) {
  places.readAhead(rows.map(row => row.officialId))
  for (const row of rows)
    addHelp(
      sums,
      row,
      { placement: places.placementOn(row.officialId, row.helpedOn), localities: localityCodes(row.localityCode) },
      sign,
    )
}

/** Adds what standings contribute, under the postings and memberships at the cut-off. */
export function addStandings(
  sums: Sums,
  standings: Iterable<readonly [officialId: number, row: StoredStanding]>,
  places: PlaceReader,
  { regulation, sign }: { regulation: Regulation; sign: 1 | -1 },
) {
  const rows = [...standings]
  if (rows.length === 0) return
  const officialIds = rows.map(([officialId]) => officialId)
  places.readAhead(officialIds)
  const women = womenAmong(officialIds)
  for (const [officialId, row] of rows)
    addStanding(sums, row, places.placementOn(officialId, regulation.endsOn), women.has(officialId), sign)
}

/** Adds every record of the campaign as it is stored; the recount of `check:tallies` and the rebuild. */
export function addAllHelp(sums: Sums, campaignId: number) {
  const page = prepared(
    `select ${RECORD_COLUMNS} from help h not indexed where h.campaign_id = ? and h.id > ? order by h.id limit ${PAGE}`,
  )
  const places = new PlaceReader()
  for (let last = 0; ; ) {
    const rows = page.all(campaignId, last) as RecordRow[]
    addRecords(sums, rows, places, 1)
    if (rows.length < PAGE) return
    last = rows.at(-1)?.id ?? 0
  }
}

/** Records that a pass over all of them holds at once. */
const PAGE = 10_000

/**
 * Judges every citizen's records of a campaign from the facts and stores the verdicts, without moving tallies: for a
 * load in bulk, after which the caller rebuilds them. `progress` is told how many citizens are done, of all, between
 * transactions.
 */
export function storeAllVerdicts(campaignId: number, progress: (done: number, total: number) => void) {
  const { regulation } = rulesOf(campaignId)
  const hashes = citizensOf(campaignId)
  for (let start = 0; start < hashes.length; start += CHUNK) {
    const chunk = hashes.slice(start, start + CHUNK)
    transact(() => judgeAndStore(campaignId, chunk, regulation))
    progress(start + chunk.length, hashes.length)
  }
}

/** Hashes of all citizens of a campaign, in the order in which they were first recorded: neighbours share pages. */
export function citizensOf(campaignId: number): string[] {
  const rows = prepared(
    'select citizen_hash as hash from help where campaign_id = ? group by citizen_hash order by min(id)',
  ).all(campaignId)
  return (rows as { hash: string }[]).map(row => row.hash)
}

/** Citizens whose verdicts one transaction of a bulk load stores. */
const CHUNK = 1000

/** Judges these citizens' records, stores the verdicts that are others than before, and returns all with their verdicts. */
function judgeAndStore(campaignId: number, citizens: Iterable<string>, regulation: Regulation): RecordRow[] {
  const records = recordsOf(campaignId, citizens)
  const extracts = records.length === 0 ? [] : appliedExtracts(campaignId)
  const judgements = judgeRecords(campaignId, records, { regulation, extracts })
  return records.map(row => {
    const judgement = judgements.get(row.id)
    if (!judgement) throw new Error(`record ${row.id} was not judged`)
    const verdict = verdictColumns(judgement)
    const changed = VERDICT_FIELDS.filter(field => row[field] !== verdict[field])
    if (changed.length > 0) prepared(updateOf(changed)).run({ id: row.id, ...verdict })
    return { ...row, ...verdict }
  })
}

/** Writes what changed only: an index of what did not is left alone. */
function updateOf(changed: readonly (keyof StoredVerdict)[]): string {
  return `update help set ${changed.map(field => `${VERDICT_COLUMNS[field]} = @${field}`).join(', ')} where id = @id`
}

/** A judgement as `help` holds it. */
export function verdictColumns({ verdict, holdsCredit, isReported, countsAny, basis }: Judgement) {
  return {
    verdictKind: verdict.kind,
    verdictReason: verdict.reason,
    verdictOutcome: verdict.outcome,
    holdsCredit: Number(holdsCredit),
    isReported: Number(isReported),
    countsAny: Number(countsAny),
    basis,
  } satisfies StoredVerdict
}
