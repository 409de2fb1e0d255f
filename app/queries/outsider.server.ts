import { type Actor, can } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import {
  type Likeness,
  likenessOf,
  type Outsider,
  type OutsiderBar,
  outsideCollectiveBar,
  outsiderBar,
} from '#app/domain/outsider.ts'
import type { CandidateKind } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { targetOf } from './official.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

/** Somebody proposed from outside the rosters; `id` 0: not entered yet. */
export type OutsideRow = {
  id: number
  kind: CandidateKind
  unitId: number
  unitPath: string
  name: string
  birthYear: number | null
  outsideNumberHash: string | null
}

type Official = Outsider & { id: number; lastDay: Day }

const asOutsider = (row: OutsideRow): Outsider => ({
  name: row.name,
  birthYear: row.birthYear,
  numberKey: row.outsideNumberHash,
})

/** Officials of this name or number who were posted on any day of the campaign; the last such day is theirs. */
function officialsNamed(campaignId: number, proposed: Outsider): Official[] {
  const { startsOn, endsOn } = rulesOf(campaignId).regulation
  return prepared<Official>(
    `select o.id, o.name, o.birth_year as birthYear, o.number_hash as numberKey,
            min(@endsOn, max(coalesce(p.to_on, @endsOn))) as lastDay
       from official o join posting p on p.official_id = o.id
      where (o.number_hash = @numberKey or o.name_folded = @folded)
        and p.from_on <= @endsOn and coalesce(p.to_on, @endsOn) >= @startsOn
      group by o.id order by o.id`,
  ).all({ startsOn, endsOn, numberKey: proposed.numberKey, folded: foldName(proposed.name) })
}

/** Others proposed from outside in the campaign, under way or decided, in any round for commendation. */
function proposalsBeside(campaignId: number, row: OutsideRow) {
  return prepared<Outsider & { unitId: number }>(
    `select json_extract(c.outside, '$.name') as name, json_extract(c.outside, '$.birthYear') as birthYear,
            c.outside_number_hash as numberKey, c.unit_id as unitId
       from candidate c join round r on r.id = c.round_id
      where r.campaign_id = @campaignId and c.kind = @kind and c.id <> @id
        and (c.ended = 'decide' or (c.ended is null and (@id = 0 or c.id < @id)))`,
  ).all({ campaignId, kind: row.kind, id: row.id })
}

/** Names of the units of the same district or agency. */
function unitsNear({ unitPath }: OutsideRow): string[] {
  const ids = unitPath.split('/').filter(id => id !== '')
  return prepared<string>('select name from unit where path like ?')
    .pluck()
    .all(`/${ids.slice(0, 2).join('/')}/%`)
}

/**
 * Returns what bars somebody who is proposed from outside the rosters, by how they compare with the rosters and with
 * earlier proposals; null: nothing, or they are no outsider. Checks no permission.
 */
export function outsiderBarOf(campaignId: number, row: OutsideRow): OutsiderBar | null {
  if (row.kind === 'outside_collective') {
    const proposals = proposalsBeside(campaignId, row).filter(({ unitId }) => unitId === row.unitId)
    return outsideCollectiveBar(row.name, { units: unitsNear(row), proposals: proposals.map(({ name }) => name) })
  }
  if (row.kind !== 'outside_person') return null
  const proposed = asOutsider(row)
  return outsiderBar(proposed, {
    officials: officialsNamed(campaignId, proposed),
    proposals: proposalsBeside(campaignId, row),
  })
}

/** An official like a person from outside; `isSeen`: their page is open to the reader. */
export type AlikeOfficial = {
  officialId: number
  name: string
  unitName: string
  isSeen: boolean
  likeness: NonNullable<Likeness>
}

/**
 * Lists the officials like a person from outside, for those who enter or decide about the proposal. Leaves out people of
 * a guarded tree whom the reader may not see (domain 3).
 */
export function officialsLike(actor: Actor, campaignId: number, row: OutsideRow): AlikeOfficial[] {
  if (row.kind !== 'outside_person') return []
  const proposed = asOutsider(row)
  return officialsNamed(campaignId, proposed).flatMap((official): AlikeOfficial[] => {
    const likeness = likenessOf(proposed, official)
    if (likeness === null) return []
    const place = targetOf(official.id, official.lastDay)
    const isSeen = can(actor, 'official.view', place)
    if (place.guardPath !== null && !isSeen) return []
    const unitName = titleOfUnit(place.unitId)
    return [{ officialId: official.id, name: official.name, unitName, isSeen, likeness }]
  })
}
