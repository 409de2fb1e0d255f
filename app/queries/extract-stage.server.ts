import type { RowFacts, RowProblem } from '#app/domain/extract.ts'
import { prepared, transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'

/** A row as it stands in the file. */
export type StagedRow = { row: number; facts: RowFacts }
/** What became of rows: said before in other rows with the same words, or not taken. */
type Staged = { repeated: number; problems: RowProblem[] }

/** Makes room for the rows of an extract: what an earlier try left is gone. */
export function beginStaging(extractId: number) {
  prepared(
    `create temp table if not exists staged_row (key text primary key, facts text not null, row integer not null)
       without rowid`,
  ).run()
  prepared('delete from staged_row').run()
  prepared('delete from extract_fact where extract_id = ?').run(extractId)
}

/** Two rows of one key said different things: neither is taken. */
const CONFLICT = '?'

/**
 * Stores what rows of an extract show, as keyed hashes with outcome and day; call `beginStaging` first. Nothing follows
 * from it before the extract is applied. Of two rows of one thing that contradict each other neither is taken; a
 * person's several SIMs add up, the earlier day where both show.
 */
export function stageRows(extractId: number, campaignId: number, rows: readonly StagedRow[]): Staged {
  return transact(() => {
    const staged: Staged = { repeated: 0, problems: [] }
    for (const { row, facts } of rows) {
      const subjectHash = subjectOf(campaignId, facts)
      if (subjectHash === undefined) {
        staged.problems.push({ row, reason: 'code_unknown' })
        continue
      }
      const key = matchHash({ campaignId }, 'number', facts.key)
      const said = JSON.stringify(facts.shown)
      const before = prepared('select facts, row from staged_row where key = ?').get(key) as
        | { facts: string; row: number }
        | undefined
      if (!before) {
        prepared('insert into staged_row (key, facts, row) values (?, ?, ?)').run(key, said, row)
        for (const { outcome, on } of facts.shown) storeFact(extractId, subjectHash, outcome, on)
      } else if (before.facts === said) {
        staged.repeated += 1
      } else {
        staged.problems.push({ row, reason: 'conflicting', otherRow: before.row })
        if (before.facts === CONFLICT) continue
        staged.problems.push({ row: before.row, reason: 'conflicting', otherRow: row })
        prepared('update staged_row set facts = ? where key = ?').run(CONFLICT, key)
        prepared('delete from extract_fact where extract_id = ? and subject_hash = ?').run(extractId, subjectHash)
      }
    }
    return staged
  })
}

/** Under which hash a row's subject is matched; a record's code is that of its citizen. */
function subjectOf(campaignId: number, { subject }: RowFacts): string | undefined {
  if (subject.kind !== 'code') return matchHash({ campaignId }, subject.kind, subject.value)
  const row = prepared('select citizen_hash as hash from help where id = ? and campaign_id = ?').get(
    Number(subject.value),
    campaignId,
  ) as { hash: string } | undefined
  return row?.hash
}

function storeFact(extractId: number, subjectHash: string, outcome: string, on: string | null) {
  prepared(
    `insert into extract_fact (extract_id, subject_hash, outcome, happened_on) values (?, ?, ?, ?)
     on conflict (subject_hash, outcome, extract_id) do update set
       happened_on = min(coalesce(happened_on, excluded.happened_on), coalesce(excluded.happened_on, happened_on))`,
  ).run(extractId, subjectHash, outcome, on)
}
