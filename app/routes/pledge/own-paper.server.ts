import { redirect } from '@remix-run/node'
import type { PledgePaper } from '#app/documents/pledge-paper.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { PLEDGE_DAYS } from '#app/domain/pledge.ts'
import { citedPlan } from '#app/jobs/papers/issuing.server.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { unitForPaper } from '#app/queries/unit.server.ts'
import { promisedHelp } from '#app/text/terms.ts'
import { found, notFound, type Visit } from '../_web/visit.server.ts'

/** One's own pledge in force as papers write it, with its id; redirects to the page that signs one where none is. */
export function ownPledgePaper(visit: Visit): { pledgeId: number; paper: PledgePaper } {
  const { actor, campaign } = visit
  const { names } = visit.terms
  if (actor.officialId === null) throw notFound()
  const { versions, terms } = found(findPledges(actor, campaign.id, actor.officialId))
  const pledge = versions[0]
  if (!pledge) throw redirect('/cam-ket')
  const { place } = found(ownStanding(actor, campaign.id))
  return {
    pledgeId: pledge.id,
    paper: {
      plan: citedPlan(campaign.id),
      place: currentProvince(dayOf(pledge.signedAt)).place,
      name: actor.displayName,
      position: place.position,
      unitName: place.unitName,
      headTitle: unitForPaper(place.unitId).headTitle,
      citizens: terms.target === null ? null : pledge.citizens,
      help: promisedHelp(visit.regulation, visit.terms),
      obligations: terms.obligations.map(obligation => ({
        name: names.obligation[obligation],
        by: pledge[PLEDGE_DAYS[obligation]],
      })),
      signedAt: pledge.listFileId === null ? pledge.signedAt : null,
      signedOn: dayOf(pledge.signedAt),
    },
  }
}
