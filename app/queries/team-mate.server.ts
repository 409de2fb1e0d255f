import type { Day } from '#app/domain/calendar.ts'
import { prepared } from '#db/client.server.ts'

/** An official who may go along, or went. */
type Mate = { officialId: number; name: string }

/** The others of an official's open teams on `day`: who may have come along on a visit (domain 7). */
export function matesOf(campaignId: number, officialId: number, day: Day): Mate[] {
  return prepared(
    `select distinct o.id as officialId, o.name, o.sort_name from team_member own
       join team t on t.id = own.team_id and t.campaign_id = @campaignId and t.closed_at is null
       join team_member m on m.team_id = t.id and m.official_id <> @officialId
         and m.from_on <= @day and (m.to_on is null or m.to_on >= @day)
       join official o on o.id = m.official_id
      where own.official_id = @officialId and own.from_on <= @day and (own.to_on is null or own.to_on >= @day)
      order by o.sort_name, o.id`,
  )
    .all({ campaignId, officialId, day })
    .map(row => {
      const { officialId: id, name } = row as Mate
      return { officialId: id, name }
    })
}

/** Notes who of `mates` came along. */
export function writeCompanions(helpId: number, officialIds: readonly number[], mates: readonly Mate[]) {
  for (const { officialId } of mates)
    if (officialIds.includes(officialId))
      prepared('insert into help_companion (help_id, official_id) values (?, ?)').run(helpId, officialId)
}

/** Returns the names of the companions on the visit of a record; the credit belongs to the official who recorded it. */
export function companionsOf(helpId: number): string[] {
  return prepared<string>(
    `select o.name from help_companion c join official o on o.id = c.official_id where c.help_id = ? order by o.sort_name`,
  )
    .pluck()
    .all(helpId)
}
