import type { Membership } from '#app/domain/roster/membership.ts'
import { prepared } from '#db/client.server.ts'

/** Memberships that were offered to an official and wait for an answer. */
export function offeredMemberships(officialId: number): Membership[] {
  return prepared<Membership>(
    `select c.association, c.name as chapter from join_offer j join chapter c on c.id = j.chapter_id
      where j.official_id = ? and j.state = 'offered' order by j.id`,
  ).all(officialId)
}
