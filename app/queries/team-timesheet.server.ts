import { and, desc, eq } from 'drizzle-orm'
import { type Actor, accountOf } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { type WorkDay, type WorkTrace, workDaysOf } from '#app/domain/timesheet.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { account, timesheetExport } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { liesIn } from './locality.server.ts'
import { findTeam } from './team.server.ts'

/** One member of an exported timesheet, as its row was handed out. */
type KeptRow = { officialId: number; unitName: string; isLeader: boolean; days: WorkDay[] }
type Kept = { members: KeptRow[]; paid: number }
type Team = NonNullable<ReturnType<typeof findTeam>>

const headOf = ({ id, name, kind, unitName, decisionNumber }: Team) => ({ id, name, kind, unitName, decisionNumber })

/** The rows with their members' present names. */
function named(rows: readonly KeptRow[]) {
  const nameOf = prepared<string>('select name from official where id = ?').pluck()
  return rows.map(({ officialId, ...row }) => ({ name: nameOf.one(officialId), ...row }))
}

/**
 * Exports the timesheet of a team for members not paid from the budget already: each member's days, with places. The
 * days come from their records that count, visits in the team's locality on which they agree to have gone along, and
 * the team's citizens whom they contacted last. The rows are kept as they were handed out. Undefined if not visible.
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
  const kept: Kept = {
    members: people.map(({ officialId, unitName, isLeader }) => ({
      officialId,
      unitName,
      isLeader,
      days: days.get(officialId) ?? [],
    })),
    paid: new Set(found.members.filter(row => row.isPaid).map(row => row.officialId)).size,
  }
  transact(tx => {
    const { id } = tx
      .insert(timesheetExport)
      .values({
        campaignId,
        teamId,
        fromOn,
        toOn,
        exportedAt: campaignNow(),
        exportedBy: accountOf(actor),
        rows: JSON.stringify(kept),
      })
      .returning({ id: timesheetExport.id })
      .get()
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'team',
      subjectId: teamId,
      campaignId,
      data: { fromOn, toOn, count: people.length, exportId: id },
    })
  })
  return { team: headOf(found), members: named(kept.members), paid: kept.paid }
}

/** Lists the exports of a team's timesheet, the newest first; empty if the team is not visible. */
export function listTimesheets(actor: Actor, campaignId: number, teamId: number) {
  if (!findTeam(actor, campaignId, teamId)) return []
  return db
    .select({
      id: timesheetExport.id,
      fromOn: timesheetExport.fromOn,
      toOn: timesheetExport.toOn,
      exportedAt: timesheetExport.exportedAt,
      exportedBy: account.displayName,
    })
    .from(timesheetExport)
    .innerJoin(account, eq(account.id, timesheetExport.exportedBy))
    .where(eq(timesheetExport.teamId, teamId))
    .orderBy(desc(timesheetExport.id))
    .limit(24)
    .all()
}

/** Returns an exported timesheet with the rows that it had; logged. Undefined if not visible. */
export function reopenTimesheet(
  actor: Actor,
  campaignId: number,
  { teamId, exportId }: { teamId: number; exportId: number },
) {
  const found = findTeam(actor, campaignId, teamId)
  const row = db
    .select()
    .from(timesheetExport)
    .where(and(eq(timesheetExport.id, exportId), eq(timesheetExport.teamId, teamId)))
    .get()
  if (!found || !row) return undefined
  const { fromOn, toOn } = row
  transact(tx =>
    logEvent(tx, actor, {
      verb: 'export',
      subject: 'team',
      subjectId: teamId,
      campaignId,
      data: { fromOn, toOn, exportId, isAgain: true },
    }),
  )
  const kept = JSON.parse(row.rows) as Kept
  return { team: headOf(found), fromOn, toOn, members: named(kept.members), paid: kept.paid }
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
      where h.campaign_id = @campaignId and h.verdict_kind = 'counts' and ${inside}
        and h.official_id in (select official_id from team_member where team_id = @teamId)
      union all
     select c.official_id, h.helped_on, ${place}, 'companion'
       from help_companion c join help h on h.id = c.help_id join locality l on l.code = h.locality_code
      where h.campaign_id = @campaignId and h.verdict_kind = 'counts' and c.agreed_at is not null and ${inside}
        and c.official_id in (select official_id from team_member where team_id = @teamId)`,
  ).all(bounds)
  const contacts = prepared<{ officialId: number; at: number; place: string }>(
    `select coalesce(o.merged_into_id, o.id) as officialId, a.changed_at as at,
            a.hamlet || ', ' || l.type || ' ' || l.name as place
       from assignment a join account u on u.id = a.changed_by join official o on o.id = u.official_id
       join locality l on l.code = a.locality_code
      where a.campaign_id = @campaignId and a.team_id = @teamId and a.changed_at is not null`,
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
