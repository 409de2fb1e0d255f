import { and, asc, eq, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { OPEN_STATES } from '#app/domain/assignment.ts'
import { foldName } from '#app/domain/name.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import type { MemberInput, TeamInput } from '#app/domain/team-input.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { official, team, teamMember, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { unitIdOn } from './official-posting.server.ts'

/** Returns the unit if the actor may edit its teams; undefined otherwise. */
function teamUnit(actor: Actor, unitId: number) {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  return row && can(actor, 'team.edit', { unitPath: row.path, guardPath: row.guardPath }) ? row : undefined
}

/** Lists the teams of a unit, open ones first, with the number of today's members; undefined if not visible. */
export function listTeams(actor: Actor, campaignId: number, unitId: number) {
  if (!teamUnit(actor, unitId)) return undefined
  const today = campaignToday()
  return prepared<TeamRow>(
    `select t.id, t.kind, t.name, t.hamlet, t.decision_number as decisionNumber, t.closed_at as closedAt,
            (select count(*) from team_member m where m.team_id = t.id and m.from_on <= @today
               and (m.to_on is null or m.to_on >= @today)) as members,
            (select count(*) from assignment a where a.team_id = t.id and a.state in (${OPEN})) as open
       from team t where t.campaign_id = @campaignId and t.unit_id = @unitId order by t.closed_at is not null, t.id`,
  ).all({ today, campaignId, unitId })
}
type TeamRow = Pick<typeof team.$inferSelect, 'id' | 'kind' | 'name' | 'hamlet' | 'decisionNumber' | 'closedAt'> & {
  members: number
  open: number
}

const OPEN = OPEN_STATES.map(state => `'${state}'`).join(', ')

/** Finds one team with all present and former members; undefined if not visible to the actor. */
export function findTeam(actor: Actor, campaignId: number, teamId: number) {
  const row = db
    .select()
    .from(team)
    .where(and(eq(team.id, teamId), eq(team.campaignId, campaignId)))
    .get()
  const at = row && teamUnit(actor, row.unitId)
  if (!row || !at) return undefined
  const members = db
    .select({
      officialId: teamMember.officialId,
      name: official.name,
      unitName: unit.name,
      isLeader: teamMember.isLeader,
      isPaid: teamMember.isPaid,
      fromOn: teamMember.fromOn,
      toOn: teamMember.toOn,
    })
    .from(teamMember)
    .innerJoin(official, eq(official.id, teamMember.officialId))
    .innerJoin(unit, eq(unit.id, unitIdOn(teamMember.officialId, campaignToday())))
    .where(eq(teamMember.teamId, teamId))
    .orderBy(asc(sql`${teamMember.toOn} is not null`), asc(official.sortName), asc(teamMember.fromOn))
    .all()
  const open = prepared<number>(`select count(*) from assignment where team_id = ? and state in (${OPEN})`)
    .pluck()
    .one(teamId)
  return { ...row, unitName: at.name, members, open }
}
type FoundTeam = NonNullable<ReturnType<typeof findTeam>>

function existing(actor: Actor, campaignId: number, teamId: number): FoundTeam {
  return found(findTeam(actor, campaignId, teamId))
}

/** Forms a team that a unit runs; returns its id. */
export function formTeam(
  actor: Actor,
  campaignId: number,
  { unitId, input }: { unitId: number; input: TeamInput },
): number {
  return transact(tx => {
    const at = found(tx.select().from(unit).where(eq(unit.id, unitId)).get())
    permit(actor, 'team.edit', { unitPath: at.path, guardPath: at.guardPath })
    const made = tx
      .insert(team)
      .values({ campaignId, unitId, ...input, createdAt: campaignNow() })
      .returning({ id: team.id })
      .get()
    logEvent(tx, actor, { verb: 'create', subject: 'team', subjectId: made.id, campaignId, data: { unitId } })
    return made.id
  })
}

/**
 * Finds officials of any unit, except the armed forces, by a part of their name or their staff code, as possible
 * members.
 */
export function searchMembers(
  actor: Actor,
  campaignId: number,
  { teamId, search }: { teamId: number; search: string },
) {
  const found = existing(actor, campaignId, teamId)
  const sought = foldName(search)
  if (sought.length < 2) return []
  const at = teamUnit(actor, found.unitId)
  return prepared<{ officialId: number; name: string; unitName: string; position: string }>(
    `select o.id as officialId, o.name, u.name as unitName, p.position
       from official o join posting p on p.official_id = o.id and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
       join unit u on u.id = p.unit_id
      where o.id not in (select m.official_id from team_member m where m.team_id = @teamId and m.to_on is null)
        and (instr(o.name_folded, @sought) > 0 or lower(o.staff_code) = @sought)
        and (u.guard_path is null or u.guard_path is @guard)
      order by substr(u.path, 1, length(@path)) = @path desc, o.sort_name, o.id limit 20`,
  ).all({ today: campaignToday(), teamId, sought, guard: at?.guardPath ?? null, path: at?.path ?? '' })
}

/**
 * Adds an official of any unit to a team, from–to; refused with a problem if they are already a member in those days.
 */
export function addMember(
  actor: Actor,
  campaignId: number,
  { teamId, input }: { teamId: number; input: MemberInput },
): Result {
  return transact(tx => {
    const known = existing(actor, campaignId, teamId)
    if (known.closedAt !== null) return refused('fromOn', 'unit_closed')
    const overlaps = known.members.some(
      row =>
        row.officialId === input.officialId &&
        (row.toOn === null || row.toOn >= input.fromOn) &&
        (input.toOn === null || row.fromOn <= input.toOn),
    )
    if (overlaps) return refused('fromOn', 'already_granted')
    found(
      prepared(
        `select 1 from posting p join unit u on u.id = p.unit_id where p.official_id = ? and u.guard_path is ?
        union select 1 from posting p join unit u on u.id = p.unit_id where p.official_id = ? and u.guard_path is null`,
      ).get(input.officialId, teamUnit(actor, known.unitId)?.guardPath ?? null, input.officialId),
    )
    tx.insert(teamMember)
      .values({ teamId, ...input })
      .run()
    logEvent(tx, actor, {
      verb: 'add',
      subject: 'team',
      subjectId: teamId,
      campaignId,
      data: { officialId: input.officialId, fromOn: input.fromOn },
    })
    return { ok: true }
  })
}

/** Ends a membership with yesterday, or on the day it began where it began today. */
export function endMember(
  actor: Actor,
  campaignId: number,
  { teamId, officialId, fromOn }: { teamId: number; officialId: number; fromOn: string },
) {
  transact(tx => {
    existing(actor, campaignId, teamId)
    const today = campaignToday()
    tx.update(teamMember)
      .set({ toOn: fromOn < today ? sql`date(${today}, '-1 day')` : fromOn })
      .where(
        and(
          eq(teamMember.teamId, teamId),
          eq(teamMember.officialId, officialId),
          eq(teamMember.fromOn, fromOn),
          sql`${teamMember.toOn} is null`,
        ),
      )
      .run()
    logEvent(tx, actor, {
      verb: 'end',
      subject: 'team',
      subjectId: teamId,
      campaignId,
      data: { officialId, on: today },
    })
  })
}

/** Closes a team, or opens it again. Open items of a closed team appear as left, to be shared out again. */
export function setTeamClosed(
  actor: Actor,
  campaignId: number,
  { teamId, isClosed }: { teamId: number; isClosed: boolean },
) {
  transact(tx => {
    const found = existing(actor, campaignId, teamId)
    if ((found.closedAt !== null) === isClosed) return
    tx.update(team)
      .set({ closedAt: isClosed ? campaignNow() : null })
      .where(eq(team.id, teamId))
      .run()
    logEvent(tx, actor, { verb: isClosed ? 'close' : 'reopen', subject: 'team', subjectId: teamId, campaignId })
  })
}
