import type { Actor } from '#app/access/policy.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { type Candidate, listCandidates, resultIn, subjectOf } from './candidate.server.ts'
import { recountState } from './closing-moves.server.ts'
import type { Round } from './round.server.ts'

type AnyResult = OfficialResult | CollectiveResult

/** A candidate whose result is no longer the one of the round's version; `to` null: not assessed any more. */
export type ChangedCandidate = Pick<Candidate, 'id' | 'name' | 'kind' | 'unitName' | 'stage'> & {
  isDecided: boolean
  from: AnyResult
  to: AnyResult | null
  /** frozen in a newer version; otherwise by the present facts, which a recount would freeze */
  isFrozen: boolean
}

/**
 * Reads how a candidate's result changed after the proposal: frozen otherwise in a newer version, or by the newest
 * comparison with the present facts (domain 9). Null: it did not, or the candidate was dropped.
 */
export function changesIn(round: Round): (row: Candidate) => ChangedCandidate | null {
  const recount = recountState(round.campaignId)
  if (!recount) return () => null
  const newest = recount.last.version
  // a comparison tells more than the newest version; without one that version is the newest word
  const compared = recount.compared ? 0 : newest
  return row => {
    const isDecided = row.ended === 'decide'
    if (row.ended !== null && !isDecided) return null
    const subject = subjectOf(row)
    const from = resultIn(round.campaignId, round.closingVersion, subject)
    const frozen = resultIn(round.campaignId, newest, subject)
    const to = frozen === from ? resultIn(round.campaignId, compared, subject) : frozen
    if (from === null || to === from) return null
    const { id, name, kind, unitName, stage } = row
    return { id, name, kind, unitName, stage, isDecided, from, to, isFrozen: frozen !== from }
  }
}

/** SQL: a candidate's result in the version `v`. */
const resultAt = (v: string) => `coalesce(
  (select a.result from official_assessment a where a.campaign_id = r.campaign_id and a.official_id = c.official_id
      and c.kind = 'official' and a.from_version <= ${v} and (a.to_version is null or a.to_version > ${v})),
  (select a.result from collective_assessment a where a.campaign_id = r.campaign_id and a.unit_id = c.unit_id
      and c.kind = 'collective' and a.from_version <= ${v} and (a.to_version is null or a.to_version > ${v})))`

/** Counts the same over all rounds of a campaign, and names the only round that has any; no permission is asked. */
export function countChanged(campaignId: number): { count: number; at?: string } {
  const recount = recountState(campaignId)
  if (!recount) return { count: 0 }
  const newest = recount.last.version
  const rows = prepared<{ roundId: number; count: number }>(
    `select roundId, count(*) as count from (
       select r.id as roundId, ${resultAt('k.version')} as was, ${resultAt('@newest')} as frozen,
              ${resultAt('@compared')} as compared
         from round r join closing k on k.id = r.closing_id join candidate c on c.round_id = r.id
        where r.campaign_id = @campaignId and (c.ended is null or c.ended = 'decide'))
      where was is not null and was is not (case when frozen is was then compared else frozen end)
      group by roundId order by roundId`,
  ).all({ campaignId, newest, compared: recount.compared ? 0 : newest })
  const only = rows.length === 1 ? rows[0] : undefined
  return { count: rows.reduce((sum, { count }) => sum + count, 0), at: only && String(only.roundId) }
}

/** Lists the candidates of a round whose result changed, as far as the actor may see them. */
export function changedCandidates(actor: Actor, round: Round): ChangedCandidate[] {
  const changeOf = changesIn(round)
  return listCandidates(actor, round).flatMap(row => changeOf(row) ?? [])
}
