import { indicatorNames } from '#app/queries/campaign-indicator.server.ts'
import type { Round } from '#app/queries/round.server.ts'
import type { ListedCandidate } from '#app/queries/round-list.server.ts'
import { termsIn } from '../terms.server.ts'
import { listedCollective, listedPerson } from './listed.ts'

/** What a list's words depend on: the kind of its round, and how the campaign calls what holds in it, and its indicators. */
export const listedIn = ({ kind, campaignId }: Pick<Round, 'kind' | 'campaignId'>) => ({
  kind,
  terms: termsIn(campaignId),
  nameOf: indicatorNames(campaignId),
})

/** A round's candidates as its papers print them. */
export function listsOf({
  round,
  persons,
  collectives,
}: {
  round: Round
  persons: readonly ListedCandidate[]
  collectives: readonly ListedCandidate[]
}) {
  const within = listedIn(round)
  return {
    kind: round.kind,
    persons: persons.map(row => listedPerson(within, row)),
    collectives: collectives.map(row => listedCollective(within, row)),
  }
}
