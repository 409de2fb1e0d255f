import type { Actor } from '#app/access/policy.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
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

/** Lists the candidates of a round whose result changed, as far as the actor may see them. */
export function changedCandidates(actor: Actor, round: Round): ChangedCandidate[] {
  const changeOf = changesIn(round)
  return listCandidates(actor, round).flatMap(row => changeOf(row) ?? [])
}
