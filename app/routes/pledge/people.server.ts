import { findUnitHeading } from '#app/queries/board.server.ts'
import { listOfficials } from '#app/queries/official.server.ts'
import { pledgesOf } from '#app/queries/pledge-list.server.ts'
import { found, idOf, notFound, type Visit } from '../_web/visit.server.ts'
import { pledgeList } from './params.ts'

/**
 * Reads one page of the people of a unit whose pledges its lists hold, each with the pledge in force (null: none), at most
 * `limit`. Throws 404 for all but those who keep the unit's lists.
 */
export function peopleToPledge(
  { actor, campaign, regulation, today }: Visit,
  { unitId, url, limit }: { unitId: string | undefined; url: URL; limit: number },
) {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(unitId)))
  if (!heading.allowed.pledge) throw notFound()
  const { search, after } = pledgeList.read(url)
  const { rows, next } = listOfficials(actor, campaign.id, {
    unitPath: heading.path,
    search: search || undefined,
    sort: 'name',
    after: after === undefined ? undefined : { id: after },
    limit,
  })
  const pledges = pledgesOf(
    campaign.id,
    rows.map(row => row.officialId),
  )
  return {
    heading,
    people: {
      search,
      next,
      startsOn: regulation.startsOn,
      endsOn: regulation.endsOn,
      isOver: today > regulation.endsOn,
      rows: rows.map(({ officialId, name, position, unitId: id, unitName }) => ({
        ...{ officialId, name },
        position: position || undefined,
        unitName: id === heading.id ? undefined : unitName,
        pledge: pledges.get(officialId) ?? null,
      })),
    },
  }
}
