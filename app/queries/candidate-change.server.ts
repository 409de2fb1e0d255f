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
 * Lists the candidates of a round, as far as the actor may see them, whose result changed after they were proposed:
 * frozen otherwise in a newer version, or by the newest comparison with the present facts (domain 9).
 */
export const changedCandidates = (actor: Actor, round: Round): ChangedCandidate[] =>
  changedOf(round, listCandidates(actor, round))

/** `changedCandidates` for candidates who were read already; those dropped or revoked are past it. */
export function changedOf(round: Round, rows: readonly Candidate[]): ChangedCandidate[] {
  const recount = recountState(round.campaignId)
  if (!recount) return []
  const newest = recount.last.version
  // a comparison tells more than the newest version; without one that version is the newest word
  const compared = recount.compared ? 0 : newest
  return rows.flatMap((row): ChangedCandidate[] => {
    const { id, name, kind, unitName, stage, ended } = row
    if (ended !== null && ended !== 'decide') return []
    const subject = subjectOf(row)
    const from = resultIn(round.campaignId, round.closingVersion, subject)
    const frozen = resultIn(round.campaignId, newest, subject)
    const to = frozen === from ? resultIn(round.campaignId, compared, subject) : frozen
    if (from === null || to === from) return []
    return [{ id, name, kind, unitName, stage, isDecided: ended === 'decide', from, to, isFrozen: frozen !== from }]
  })
}
