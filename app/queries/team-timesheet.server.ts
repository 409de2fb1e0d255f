import type { Actor } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { type WorkTrace, workDaysOf } from '#app/domain/timesheet.ts'
import { prepared, transact } from '#db/client.server.ts'
import { logEvent } from './event.server.ts'
import { liesIn } from './locality.server.ts'
import { findTeam } from './team.server.ts'

/**
 * Exports the timesheet of a team for members not paid from the budget already: each member's days, with places. The
 * days come from their records, the visits in the team's locality where they went along, and the team's citizens whom
 * they contacted last. Logged; undefined if not visible.
 */
export function exportTimesheet(
  actor: Actor,
  campaignId: number,
  { teamId, fromOn, toOn }: { teamId: number; fromOn: Day; toOn: Day },
) {
  const found = findTeam(actor, campaignId, teamId)
  if (!found) return undefined
  const unpaid = found.members.filter(row => !row.isPaid)
  const days = workDaysOf(unpaid, tracesOf(campaignId, teamId, found.unitId), { fromOn, toOn })
  const people = [...new Map(unpaid.map(row => [row.officialId, row])).values()]
  transact(tx =>
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'team',
      subjectId: teamId,
      campaignId,
      data: { fromOn, toOn, count: people.length },
    }),
  )
  return {
    team: {
      id: found.id,
      name: found.name,
      kind: found.kind,
      unitName: found.unitName,
      decisionNumber: found.decisionNumber,
    },
    members: people.map(({ officialId, name, unitName, isLeader }) => ({
      name,
      unitName,
      isLeader,
      days: days.get(officialId) ?? [],
    })),
    paid: new Set(found.members.filter(row => row.isPaid).map(row => row.officialId)).size,
  }
}

function tracesOf(campaignId: number, teamId: number, unitId: number): WorkTrace[] {
  // a unit without a locality: wherever its team was
  const code = prepared<string | null>('select locality_code from unit where id = ?').pluck().one(unitId)
  const inside = code === null ? '1' : liesIn('h.locality_code', '@code', 'h.helped_on')
  const bounds = { campaignId, teamId, ...(code === null ? {} : { code }) }
  const place = `case h.hamlet when '' then l.type || ' ' || l.name else h.hamlet || ', ' || l.type || ' ' || l.name end`
  const visits = prepared<WorkTrace>(
    `select h.official_id as officialId, h.helped_on as "on", ${place} as place, 'record' as kind
       from help h join locality l on l.code = h.locality_code
      where h.campaign_id = @campaignId and h.withdrawn_at is null and ${inside}
        and h.official_id in (select official_id from team_member where team_id = @teamId)
      union all
     select c.official_id, h.helped_on, ${place}, 'companion'
       from help_companion c join help h on h.id = c.help_id join locality l on l.code = h.locality_code
      where h.campaign_id = @campaignId and h.withdrawn_at is null and ${inside}
        and c.official_id in (select official_id from team_member where team_id = @teamId)`,
  ).all(bounds)
  const contacts = prepared<{ officialId: number; at: number; place: string }>(
    `select u.official_id as officialId, a.changed_at as at, a.hamlet || ', ' || l.type || ' ' || l.name as place
       from assignment a join account u on u.id = a.changed_by join locality l on l.code = a.locality_code
      where a.campaign_id = @campaignId and a.team_id = @teamId and u.official_id is not null and a.changed_at is not null`,
  ).all({ campaignId, teamId })
  return [
    ...visits,
    ...contacts.map(({ officialId, at, place: where }) => ({
      officialId,
      on: dayOf(at),
      place: where,
      kind: 'contact' as const,
    })),
  ]
}
