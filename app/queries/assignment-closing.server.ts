import { reopenedState } from '#app/domain/assignment.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { AssignmentState } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'

type Listed = {
  id: number
  state: AssignmentState
  officialId: number | null
  appointmentOn: Day | null
  helpId: number | null
  closedOn: Day | null
}

/**
 * Brings worklists in line with the records of these citizens. A citizen with a record that is not withdrawn, by any
 * official, is done; a citizen without one is open again. Called in the transaction of every write that makes, moves,
 * withdraws or restores a record (domain 7).
 */
export function settleAssignments(campaignId: number, citizenHashes: readonly string[]) {
  for (const hash of new Set(citizenHashes)) {
    const listed = prepared<Listed>(
      `select id, state, official_id as officialId, appointment_on as appointmentOn, help_id as helpId,
              closed_on as closedOn from assignment where campaign_id = ? and citizen_hash = ?`,
    ).get(campaignId, hash)
    if (listed) settle(listed, recordOf(campaignId, hash, listed))
  }
}

/** The record that speaks for a listed citizen: the one that closed the item, else the bearer's own, else the first. */
function recordOf(campaignId: number, hash: string, { helpId, officialId }: Listed) {
  return prepared<{ id: number; helpedOn: Day }>(
    `select id, helped_on as helpedOn from help where campaign_id = ? and citizen_hash = ? and withdrawn_at is null
      order by id is ? desc, official_id is ? desc, id limit 1`,
  ).get(campaignId, hash, helpId, officialId)
}

function settle(listed: Listed, record: { id: number; helpedOn: Day } | undefined) {
  const isRight =
    record === undefined
      ? listed.state !== 'done'
      : listed.state === 'done' && listed.helpId === record.id && listed.closedOn === record.helpedOn
  if (isRight) return
  const state = record ? 'done' : reopenedState(listed.appointmentOn, campaignToday())
  prepared(
    `update assignment set state = ?, help_id = ?, closed_on = ?, changed_at = ?, changed_by = null,
            revision = revision + 1 where id = ?`,
  ).run(state, record?.id ?? null, record?.helpedOn ?? null, campaignNow(), listed.id)
}
