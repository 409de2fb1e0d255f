import { type Actor, canSomewhere, type Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { prepared } from '#db/client.server.ts'
import { findInspection } from './inspection.server.ts'
import { findAppeal } from './inspection-outcome.server.ts'
import { readTerms } from './waiting-term.server.ts'

/**
 * The last days of inspections that wait for a second signature: for a member of the team who may give it, and once the
 * day has passed for the campaign office, which formed the team (domain 6.4).
 */
export function signaturesDue(actor: Actor, campaignId: number): Day[] {
  if (!canSomewhere(actor, 'inspection.check') && !canSomewhere(actor, 'inspection.form')) return []
  return prepared<number>(
    `select i.id from inspection i where i.campaign_id = ? and i.concluded_at is null and exists (
       select 1 from inspection_member m where m.inspection_id = i.id and m.signed_at is not null) order by i.id`,
  )
    .pluck()
    .all(campaignId)
    .flatMap(id => findInspection(actor, campaignId, id) ?? [])
    .filter(({ signing, secondSignature, mayDecide }) => signing === null || (mayDecide && secondSignature?.isOverdue))
    .flatMap(({ secondSignature }) => secondSignature?.dueOn ?? [])
}

/** The last days of appeals against an inspection's results that wait for this actor's decision. */
export function appealsDue(actor: Person, campaignId: number): Day[] {
  if (!canSomewhere(actor, 'inspection.decide')) return []
  const termOf = readTerms()
  return prepared<{ inspectionId: number; helpId: number; raisedAt: number }>(
    `select a.inspection_id as inspectionId, a.help_id as helpId, a.raised_at as raisedAt
       from inspection_appeal a join inspection i on i.id = a.inspection_id
      where i.campaign_id = ? and a.decision is null order by a.id`,
  )
    .all(campaignId)
    .filter(place => findAppeal(actor, campaignId, place)?.mayDecide)
    .map(({ raisedAt }) => termOf(raisedAt).dueOn)
}
