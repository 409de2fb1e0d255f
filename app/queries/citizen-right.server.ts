import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { prepared } from '#db/client.server.ts'

/**
 * Citizens who asked that their data be restricted (domain 11). The restriction binds the citizen, so it holds for every
 * record and list row of theirs, whenever it was made. The count's own proof goes on: verdicts, confirmations, citizens'
 * answers, extracts and inspections.
 */
export const isUnrestricted = (campaignId: SQLWrapper, citizenHash: SQLWrapper): SQL =>
  sql`not exists (select 1 from citizen_restriction cr
        where cr.campaign_id = ${campaignId} and cr.citizen_hash = ${citizenHash})`

/** True where the citizen's data may be used for the count's own proof alone. */
export function isRestricted({ campaignId, citizenHash }: { campaignId: number; citizenHash: string }): boolean {
  return (
    prepared('select 1 from citizen_restriction where campaign_id = ? and citizen_hash = ?').get(
      campaignId,
      citizenHash,
    ) !== undefined
  )
}

/**
 * What a citizen asked for and got about one record, for its official to read: corrections, restrictions and their ends, the
 * latest first.
 */
export function toldOfRecord(helpId: number) {
  return prepared<{ id: number; kind: 'correct' | 'restrict' | 'lift'; closedAt: number; answer: string | null }>(
    `select id, kind, closed_at as closedAt, answer from citizen_request
      where help_id = ? and kind in ('correct', 'restrict', 'lift') and is_met = 1 order by id desc limit 5`,
  ).all(helpId)
}

/** Records of an official of which a citizen's data was corrected, restricted or released since `from` (ms), for the home page. */
export function toldOfOfficial(campaignId: number, officialId: number, from: number) {
  return prepared<{ helpId: number; kind: 'correct' | 'restrict' | 'lift'; closedAt: number }>(
    `select r.help_id as helpId, r.kind, r.closed_at as closedAt from citizen_request r join help h on h.id = r.help_id
      where r.campaign_id = ? and h.official_id = ? and r.kind in ('correct', 'restrict', 'lift') and r.is_met = 1
        and r.closed_at >= ? order by r.id desc limit 5`,
  ).all(campaignId, officialId, from)
}
