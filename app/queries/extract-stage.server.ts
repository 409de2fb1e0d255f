import type { RowFacts, RowProblem } from '#app/domain/extract.ts'
import { db, prepared, snapshot } from '#db/client.server.ts'
import { matching } from '#db/keys.server.ts'
import { writeUnjudged } from './judging/index.server.ts'
import { inSteps, Pace, untilNone } from './steps.server.ts'

/** A row as the file has it. */
export type StagedRow = { row: number; facts: RowFacts }
/** Rows that gave no fact: repeated in other rows with the same words, or refused. */
type Staged = { repeated: number; problems: RowProblem[] }

/** Facts that the first transaction deletes, or stores. */
const FIRST_FACTS = 500

/** Memory for the tables aside (KB): rows come in the order of a file, their hashes in none. */
const ASIDE_CACHE_KB = 65_536

const ASIDE = `
  create temp table if not exists staged_row (key text primary key, facts text not null, row integer not null)
    without rowid;
  create temp table if not exists staged_fact (subject_hash text, outcome text, happened_on text,
    primary key (subject_hash, outcome)) without rowid;
  delete from staged_row;
  delete from staged_fact;`

/**
 * Makes room for the rows of an extract, in tables that only this connection sees; what an earlier try stored is gone.
 * Rows are gathered aside, for hashes that come in no order would touch a page of the database each.
 */
export async function beginStaging(extractId: number) {
  db.$client.pragma(`temp.cache_size = -${ASIDE_CACHE_KB}`)
  db.$client.exec(ASIDE)
  await untilNone(new Pace(FIRST_FACTS), most =>
    writeUnjudged(
      tx =>
        tx
          .write(`delete from extract_fact where (subject_hash, outcome, extract_id) in (
             select subject_hash, outcome, extract_id from extract_fact where extract_id = ? limit ?)`)
          .run(extractId, most).changes,
    ),
  )
}

/**
 * Stores the staged facts in the order of their hashes, because neighbours share pages. `told` receives the number of
 * facts after each step.
 */
export async function storeStaged(extractId: number, told: (facts: number) => Promise<void>) {
  let facts = 0
  let after = { hash: '', outcome: '' }
  await inSteps(new Pace(FIRST_FACTS), {
    take: most => {
      const last = prepared<typeof after>(
        `select subject_hash as hash, outcome from (
           select subject_hash, outcome from staged_fact where (subject_hash, outcome) > (@hash, @outcome)
            order by subject_hash, outcome limit @most) order by subject_hash desc, outcome desc limit 1`,
      ).get({ ...after, most })
      return last && { after, last }
    },
    write: step => {
      const { changes } = writeUnjudged(tx =>
        tx
          .write(`insert into extract_fact (extract_id, subject_hash, outcome, happened_on)
           select ?, subject_hash, outcome, happened_on from staged_fact
            where (subject_hash, outcome) > (?, ?) and (subject_hash, outcome) <= (?, ?)
            order by subject_hash, outcome`)
          .run(extractId, step.after.hash, step.after.outcome, step.last.hash, step.last.outcome),
      )
      return changes
    },
    passed: ({ last }) => {
      after = last
    },
    told: count => {
      facts += count
      return told(facts)
    },
  })
  db.$client.exec('delete from staged_row; delete from staged_fact')
}

/** Two rows of one key said different things: neither is taken. */
const CONFLICT = '?'

/**
 * Gathers the facts of an extract's rows, as keyed hashes with outcome and day, without blocking other writes. Call
 * `beginStaging` first and `storeStaged` after the last. Nothing changes before the extract is applied.
 * Contradicting rows are dropped; several SIMs of one person are merged, and the earliest day wins.
 */
export function stageRows(campaignId: number, rows: readonly StagedRow[]): Staged {
  return snapshot(() => {
    const staged: Staged = { repeated: 0, problems: [] }
    const hashOf = matching({ campaignId })
    for (const { row, facts } of rows) {
      const subjectHash = subjectOf(campaignId, facts, hashOf)
      if (subjectHash === undefined) {
        staged.problems.push({ row, reason: 'code_unknown' })
        continue
      }
      const { subject } = facts
      const isOwnKey = subject.kind === 'number' && subject.value === facts.key
      const key = isOwnKey ? subjectHash : hashOf('number', facts.key)
      stageRow(staged, { key, subjectHash, row, shown: facts.shown })
    }
    return staged
  })
}

/** Stages one row; counts it as repeated, or drops it with the row that contradicts it. */
function stageRow(
  staged: Staged,
  { key, subjectHash, row, shown }: { key: string; subjectHash: string; row: number; shown: RowFacts['shown'] },
) {
  const said = JSON.stringify(shown)
  const before = prepared<{ facts: string; row: number }>('select facts, row from staged_row where key = ?').get(key)
  if (!before) {
    prepared('insert into staged_row (key, facts, row) values (?, ?, ?)').run(key, said, row)
    for (const { outcome, on } of shown) stageFact(subjectHash, outcome, on)
  } else if (before.facts === said) {
    staged.repeated += 1
  } else {
    staged.problems.push({ row, reason: 'conflicting', otherRow: before.row })
    if (before.facts === CONFLICT) return
    staged.problems.push({ row: before.row, reason: 'conflicting', otherRow: row })
    prepared('update staged_row set facts = ? where key = ?').run(CONFLICT, key)
    prepared('delete from staged_fact where subject_hash = ?').run(subjectHash)
  }
}

/** Under which hash a row's subject is matched; a record's code is that of its citizen. */
function subjectOf(campaignId: number, { subject }: RowFacts, hashOf: ReturnType<typeof matching>): string | undefined {
  if (subject.kind !== 'code') return hashOf(subject.kind, subject.value)
  const row = prepared<{ hash: string }>('select citizen_hash as hash from help where id = ? and campaign_id = ?').get(
    Number(subject.value),
    campaignId,
  )
  return row?.hash
}

function stageFact(subjectHash: string, outcome: string, on: string | null) {
  prepared(
    `insert into staged_fact (subject_hash, outcome, happened_on) values (?, ?, ?)
     on conflict (subject_hash, outcome) do update set
       happened_on = min(coalesce(happened_on, excluded.happened_on), coalesce(excluded.happened_on, happened_on))`,
  ).run(subjectHash, outcome, on)
}
