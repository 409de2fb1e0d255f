import type { Person } from '#app/access/policy.ts'
import { prepared } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { officialFacts, rulesOf } from './judging/index.server.ts'
import { lastPostingOn } from './official-posting.server.ts'

/**
 * Returns the person's own progress, from the same facts as the board and the assessment; undefined without a posting.
 */
export function ownStanding(actor: Person, campaignId: number) {
  if (actor.officialId === null) return undefined
  const { regulation } = rulesOf(campaignId)
  const place = lastPostingOn(actor.officialId, campaignToday())
  if (!place) return undefined
  const unit = prepared<{ name: string; localityCode: string | null }>(
    'select name, locality_code as localityCode from unit where id = ?',
  ).one(place.unitId)
  const facts = officialFacts(campaignId, actor.officialId, regulation)
  return { ...facts, place: { ...place, unitName: unit.name, localityCode: unit.localityCode } }
}
