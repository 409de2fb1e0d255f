import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { notFound } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'

/** A visit on which the official is said to have gone along; no citizen's data. */
type Visit = { helpId: number; helpedOn: Day; officialName: string; place: string }

/** SQL: visits that wait for the word of `@officialId` on having gone along. */
export const PENDING_VISITS = `from help_companion c join help h on h.id = c.help_id
  where c.official_id = @officialId and h.campaign_id = @campaignId and h.withdrawn_at is null
    and c.agreed_at is null and c.declined_at is null`

/** Lists those visits, the newest first; the official's own only. 404 for an account without an official. */
export function listCompanionVisits(actor: Person, campaignId: number): Visit[] {
  if (actor.officialId === null) throw notFound()
  return prepared<Visit>(
    `select h.id as helpId, h.helped_on as helpedOn, o.name as officialName, l.type || ' ' || l.name as place
       from help_companion c join help h on h.id = c.help_id join official o on o.id = h.official_id
       join locality l on l.code = h.locality_code
      where h.id in (select h.id ${PENDING_VISITS}) and c.official_id = @officialId
      order by h.helped_on desc, h.id desc limit 200`,
  ).all({ officialId: actor.officialId, campaignId })
}

/**
 * Keeps the companion's own word on the named visits: went along, or did not. Only what waits for this official is
 * answered; the rest is left as it is. Returns how many were. A timesheet counts who agreed (domain 7).
 */
export function answerCompanion(
  actor: Person,
  campaignId: number,
  { helpIds, hasGone }: { helpIds: readonly number[]; hasGone: boolean },
): number {
  const { officialId } = actor
  if (officialId === null) throw notFound()
  return transact(tx => {
    const open = new Set(prepared<number>(`select h.id ${PENDING_VISITS}`).pluck().all({ officialId, campaignId }))
    const answered = helpIds.filter(helpId => open.has(helpId))
    const update = prepared(
      `update help_companion set ${hasGone ? 'agreed_at' : 'declined_at'} = ? where help_id = ? and official_id = ?`,
    )
    for (const helpId of answered) {
      update.run(campaignNow(), helpId, officialId)
      logEvent(tx, actor, {
        verb: 'acknowledge',
        subject: 'help',
        subjectId: helpId,
        campaignId,
        data: { companion: officialId, hasGone },
      })
    }
    return answered.length
  })
}
