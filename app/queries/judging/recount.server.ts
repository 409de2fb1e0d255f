import type { Actor } from '#app/access/policy.ts'
import { prepared, snapshot, stateMark, transact } from '#db/client.server.ts'
import { logEvent } from '../event.server.ts'
import { inTurn } from '../retry.server.ts'
import { inSteps, nowAndThen, Pace, rowsInSteps } from '../steps.server.ts'
import {
  addAllHelp,
  addStandings,
  change,
  citizensOf,
  planRejudging,
  verdictColumns,
  writeUnjudged,
} from './change.server.ts'
import { appliedExtracts, judgeRecords, recordsOf } from './facts.server.ts'
import { compareQueues, rebuildQueues } from './help-queue.server.ts'
import { ParentSums } from './parent-sums.server.ts'
import { PlaceReader } from './placement.server.ts'
import { rulesOf } from './rules.server.ts'
import { computeStandings, refreshStandings, storedStandings } from './standing.server.ts'
import {
  clearTallies,
  compareTallies,
  differencesFrom,
  moveTallies,
  Sums,
  type TallyDifference,
} from './tally.server.ts'

/** A difference between the stored values and those computed from the facts. */
type Difference =
  | TallyDifference
  | { table: 'help' | 'standing' | 'help_queue'; key: string; metric: string; stored: unknown; recounted: unknown }

/**
 * Recomputes every verdict and standing of a campaign from the facts, with the functions that the writes use. Sums up
 * the tallies twice, by the stored paths and from child to parent. Returns all differences from the stored values.
 * Writes nothing.
 */
export function recount(campaignId: number): Difference[] {
  const { regulation } = rulesOf(campaignId)
  const extracts = appliedExtracts(campaignId)
  const differences: Difference[] = []
  for (const hashes of chunksOf(citizensOf(campaignId))) {
    const records = recordsOf(campaignId, hashes)
    const judgements = judgeRecords(campaignId, records, { regulation, extracts })
    for (const row of records) {
      const judgement = judgements.get(row.id)
      if (judgement) differences.push(...unequal('help', row.id, row, verdictColumns(judgement)))
    }
  }
  const sums = new Sums(campaignId)
  const byParents = new ParentSums()
  addAllHelp(sums, campaignId, byParents)
  const places = new PlaceReader()
  for (const officialIds of chunksOf(officialsOf(campaignId))) {
    const stored = storedStandings(campaignId, officialIds)
    for (const [officialId, ought] of computeStandings(campaignId, officialIds, regulation))
      differences.push(...unequal('standing', officialId, stored.get(officialId) ?? {}, ought))
    addStandings(sums, stored, places, regulation, byParents)
  }
  return [...differences, ...compareTallies(sums), ...byParents.compare(sums), ...compareQueues(campaignId)]
}

function unequal<Row extends object>(
  table: 'help' | 'standing',
  key: number,
  held: { [Metric in keyof Row]?: unknown },
  ought: Row,
): Difference[] {
  const differences: Difference[] = []
  for (const metric in ought)
    if (held[metric] !== ought[metric])
      differences.push({ table, key: String(key), metric, stored: held[metric], recounted: ought[metric] })
  return differences
}

function officialsOf(campaignId: number): number[] {
  const { regulation } = rulesOf(campaignId)
  return prepared<number>(
    `select id from official where id in (select official_id from posting where from_on <= ?)
     union select official_id from standing where campaign_id = ?`,
  )
    .pluck()
    .all(regulation.endsOn, campaignId)
}

/**
 * CHUNK: how many citizens or officials are read together, also in the first step of a rejudging; MOST: in any step.
 */
const CHUNK = 100
const MOST = 1000

function* chunksOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK)
}

/**
 * Judges a whole campaign again after its regulation or the tree of units changed. The citizens' records come first,
 * then the standings, in steps, so that pages stay usable; tallies come last.
 * Until then tallies may be wrong, because the facts no longer show where a person was counted before. So everything
 * is summed up from one state of the database, and the difference from the stored sums is added. Other writes may go
 * on meanwhile, because they add differences too.
 * `progress` receives the number of citizens and officials done, and the total.
 */
export async function rejudgeCampaign(
  actor: Actor,
  campaignId: number,
  progress: (done: number, total: number) => void,
) {
  const { regulation } = rulesOf(campaignId)
  const citizens = citizensOf(campaignId)
  const officials = officialsOf(campaignId)
  const total = citizens.length + officials.length
  const tell = nowAndThen(progress)
  let done = 0
  await inSteps(new Pace(CHUNK, MOST), {
    take: most => {
      const chunk = citizens.slice(done, done + most)
      const mark = stateMark()
      return chunk.length === 0
        ? undefined
        : { chunk, mark, store: planRejudging(campaignId, chunk, appliedExtracts(campaignId)) }
    },
    write: ({ chunk, mark, store }) => {
      transact(() => {
        if (store && mark === stateMark()) store()
        else change(campaignId, { citizens: chunk }, () => undefined)
      })
      return chunk.length
    },
    told: rows => {
      done += rows
      return tell(done, total)
    },
  })
  await rowsInSteps(
    officials,
    new Pace(CHUNK, MOST),
    chunk => writeUnjudged(tx => refreshStandings(tx, campaignId, chunk, regulation)),
    count => tell(citizens.length + count, total),
  )
  const differences = snapshot(() => differencesFrom(sumsOf(campaignId)))
  await rowsInSteps(differences, new Pace(CHUNK, MOST), chunk =>
    writeUnjudged(tx => moveTallies(tx, new Sums(campaignId, chunk))),
  )
  await inTurn(() =>
    transact(tx => logEvent(tx, actor, { verb: 'rejudge', subject: 'campaign', subjectId: campaignId, campaignId })),
  )
}

/** Refreshes every standing and recomputes all tallies of a campaign, in the caller's transaction or its own. */
export function rebuildTallies(campaignId: number) {
  writeUnjudged(tx => {
    const { regulation } = rulesOf(campaignId)
    for (const chunk of chunksOf(officialsOf(campaignId))) refreshStandings(tx, campaignId, chunk, regulation)
    const sums = sumsOf(campaignId)
    clearTallies(tx, campaignId)
    moveTallies(tx, sums)
    rebuildQueues(tx, campaignId)
  })
}

/** The sums of a campaign's stored verdicts and standings. */
function sumsOf(campaignId: number): Sums {
  const { regulation } = rulesOf(campaignId)
  const sums = new Sums(campaignId)
  const places = new PlaceReader()
  const rows = prepared<{ id: number }>('select official_id as id from standing where campaign_id = ?').all(campaignId)
  for (const chunk of chunksOf(rows)) {
    const officialIds = chunk.map(row => row.id)
    addStandings(sums, storedStandings(campaignId, officialIds), places, regulation)
  }
  addAllHelp(sums, campaignId)
  return sums
}
