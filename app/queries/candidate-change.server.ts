import type { Actor } from '#app/access/policy.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { type Candidate, listCandidates, subjectOf } from './candidate.server.ts'
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
 * Lists the candidates of a round, as far as the actor may see them, whose result changed after they were proposed:
 * frozen otherwise in a newer version, or by the newest comparison with the present facts (domain 9).
 */
export function changedCandidates(actor: Actor, round: Round): ChangedCandidate[] {
  const recount = recountState(round.campaignId)
  if (!recount) return []
  const newest = recount.last.version
  // a comparison tells more than the newest version; without one that version is the newest word
  const compared = recount.compared ? 0 : newest
  return listCandidates(actor, round).flatMap((row): ChangedCandidate[] => {
    const subject = subjectOf(row)
    if (subject === null) return []
    const [table, column, id] =
      'officialId' in subject
        ? (['official_assessment', 'official_id', subject.officialId] as const)
        : (['collective_assessment', 'unit_id', subject.unitId] as const)
    const resultIn = (version: number) =>
      prepared<AnyResult>(
        `select result from ${table} where campaign_id = ? and ${column} = ? and from_version <= ?
            and (to_version is null or to_version > ?)`,
      )
        .pluck()
        .get(round.campaignId, id, version, version) ?? null
    const from = resultIn(round.closingVersion)
    const frozen = resultIn(newest)
    const to = frozen === from ? resultIn(compared) : frozen
    if (from === null || to === from) return []
    const { name, kind, unitName, stage } = row
    return [
      {
        id: row.id,
        name,
        kind,
        unitName,
        stage,
        isDecided: row.ended === 'decide',
        from,
        to,
        isFrozen: frozen !== from,
      },
    ]
  })
}
