import { type FactTx, prepared } from '#db/client.server.ts'
import { unitIdSql } from '../official-posting.server.ts'
import type { RecordRow } from './facts.server.ts'
import type { PlaceReader } from './placement.server.ts'

/*
 * The records that wait for their unit's confirmation are kept beside the sums, each by the unit of its official on the
 * day helped: a queue reads its first page from there, however many records there are.
 */

type Place = { unitId: number; helpId: number; officialId: number; recordedBy: number | null }

/** Where a record waits; undefined: it does not, or its official was never posted anywhere. */
function placeOf(row: RecordRow, places: PlaceReader): Place | undefined {
  if (row.verdictReason !== 'awaiting_confirmation') return undefined
  const unitId = places.lastUnitOn(row.officialId, row.helpedOn)
  return unitId === null
    ? undefined
    : { unitId, helpId: row.id, officialId: row.officialId, recordedBy: row.recordedBy }
}

/** Collects which records begin and cease to wait, and where, for one write. */
export class QueueMoves {
  private readonly moves: [from: Place | undefined, to: Place | undefined][] = []

  /** Notes where a record waited before and where it waits now; undefined: there is no such record. */
  note(before: RecordRow | undefined, from: PlaceReader, after: RecordRow | undefined, to: PlaceReader) {
    const [left, entered] = [before && placeOf(before, from), after && placeOf(after, to)]
    const isSame =
      left?.unitId === entered?.unitId &&
      left?.officialId === entered?.officialId &&
      left?.recordedBy === entered?.recordedBy
    if (!isSame) this.moves.push([left, entered])
  }

  /** Stores them, in the transaction of the write that caused them. */
  store(tx: FactTx, campaignId: number) {
    for (const [from] of this.moves) if (from) tx.write(LEAVE).run(campaignId, from.unitId, from.helpId)
    for (const [, to] of this.moves)
      if (to) tx.write(ENTER).run(campaignId, to.unitId, to.helpId, to.officialId, to.recordedBy)
  }
}

const LEAVE = 'delete from help_queue where campaign_id = ? and unit_id = ? and help_id = ?'
const ENTER =
  'insert or replace into help_queue (campaign_id, unit_id, help_id, official_id, recorded_by) values (?, ?, ?, ?, ?)'

/** SQL: what ought to wait in the campaign `@campaignId`, worked out from the records and postings alone. */
const OUGHT = `
  select unit_id, help_id, official_id, recorded_by from (
    select ${unitIdSql('h.official_id', 'h.helped_on')} as unit_id, h.id as help_id, h.official_id, h.recorded_by
      from help h
     where h.campaign_id = @campaignId and h.verdict_kind <> 'counts' and h.verdict_reason = 'awaiting_confirmation')
   where unit_id is not null`

const STORED = 'select unit_id, help_id, official_id, recorded_by from help_queue where campaign_id = @campaignId'

/** A record whose place in the queues is another than its facts say; null: none. */
type QueueDifference = {
  table: 'help_queue'
  key: string
  metric: 'unit'
  stored: number | null
  recounted: number | null
}

/** Compares the stored queues of a campaign with what waits by its records and postings. */
export function compareQueues(campaignId: number): QueueDifference[] {
  return prepared<{ helpId: number; stored: number | null; recounted: number | null }>(
    `with stored as materialized (${STORED}), ought as materialized (${OUGHT}),
          apart as (select help_id, unit_id as stored, null as recounted from (select * from stored except select * from ought)
          union all select help_id, null, unit_id from (select * from ought except select * from stored))
     select help_id as helpId, max(stored) as stored, max(recounted) as recounted from apart group by help_id`,
  )
    .all({ campaignId })
    .map(({ helpId, ...row }) => ({ table: 'help_queue', key: String(helpId), metric: 'unit', ...row }))
}

/** Fills the queues of a campaign again, after a load in bulk, in the transaction that rebuilds its sums. */
export function rebuildQueues(tx: FactTx, campaignId: number) {
  tx.write('delete from help_queue where campaign_id = ?').run(campaignId)
  tx.write(
    `insert into help_queue (campaign_id, unit_id, help_id, official_id, recorded_by) select @campaignId, * from (${OUGHT})`,
  ).run({ campaignId })
}
