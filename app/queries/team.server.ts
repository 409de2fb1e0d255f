import { and, asc, eq, sql } from 'drizzle-orm'
import { type Actor, accountOf, can, permit, scopeOf } from '#app/access/policy.ts'
import { OPEN_STATES } from '#app/domain/assignment.ts'
import { startOf } from '#app/domain/calendar.ts'
import { foldName } from '#app/domain/name.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import { checkPlace, lastDayOf } from '#app/domain/team.ts'
import type { MemberInput, TeamInput } from '#app/domain/team-input.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { official, team, teamMember, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { insertOffer } from './join-offer.server.ts'
import { targetOf } from './official.server.ts'
import { unitIdOn } from './official-posting.server.ts'
import { titled } from './unit-title.server.ts'
import { readTerms } from './waiting-term.server.ts'

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
      unitId: unit.id,
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
  return { ...row, unitName: at.name, members: titled(members), open }
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

/** How many times a day an account may look for people outside its units by code, and invite them. */
const OUTSIDE_A_DAY = 20

/** Somebody who may become a member; `name` null: of another unit, to be invited without a name (domain 7). */
type MemberCandidate = { officialId: number; code: string; name: string | null; unitName: string; position: string }

/**
 * Finds possible members: of the actor's own units by a part of the name or the staff code; of other units, except the
 * armed forces, by the exact code alone, without a name, `OUTSIDE_A_DAY` times a day. `isSpent`: no more today.
 */
export function searchMembers(
  actor: Actor,
  campaignId: number,
  { teamId, search }: { teamId: number; search: string },
): { candidates: MemberCandidate[]; isSpent: boolean } {
  const team = existing(actor, campaignId, teamId)
  const sought = foldName(search)
  if (sought.length < 2) return { candidates: [], isSpent: false }
  const own = searchOwn(actor, team, sought)
  // a name has no digit in it; every code has one
  if (own.length > 0 || !/\d/.test(sought)) return { candidates: own, isSpent: false }
  if (!countSearch(actor)) return { candidates: [], isSpent: true }
  const candidates = prepared<MemberCandidate>(
    `select o.id as officialId, o.staff_code as code, null as name, '' as unitName, '' as position
       from official o join posting p on p.official_id = o.id and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
       join unit u on u.id = p.unit_id
      where ${HAS_CODE} and (u.guard_path is null or u.guard_path is @guard)
        and o.id not in (select m.official_id from team_member m where m.team_id = @teamId and m.to_on is null)`,
  ).all({ today: campaignToday(), teamId, sought, guard: teamUnit(actor, team.unitId)?.guardPath ?? null })
  return { candidates, isSpent: false }
}

/** True for an official whose staff code is `@sought`, or that of an entry merged into theirs. */
const HAS_CODE = `(lower(o.staff_code) = @sought or exists (select 1 from official former
  where former.merged_into_id = o.id and lower(former.staff_code) = @sought))`

function searchOwn(actor: Actor, team: FoundTeam, sought: string): MemberCandidate[] {
  const at = teamUnit(actor, team.unitId)
  const paths = scopeOf(actor, 'team.edit').paths
  const rows = prepared<Omit<MemberCandidate, 'unitName'> & { unitId: number; path: string; guardPath: string | null }>(
    `select o.id as officialId, o.staff_code as code, o.name, u.id as unitId, p.position, u.path,
            u.guard_path as guardPath
       from json_each(@paths) j join unit u on u.path >= j.value and u.path < substr(j.value, 1, length(j.value) - 1) || '0'
       join posting p on p.unit_id = u.id and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
       join official o on o.id = p.official_id
      where o.id not in (select m.official_id from team_member m where m.team_id = @teamId and m.to_on is null)
        and (instr(o.name_folded, @sought) > 0 or ${HAS_CODE})
        and (u.guard_path is null or u.guard_path is @guard)
      group by o.id order by substr(u.path, 1, length(@path)) = @path desc, o.sort_name, o.id limit 20`,
  )
    .all({
      paths: JSON.stringify(paths),
      today: campaignToday(),
      teamId: team.id,
      sought,
      guard: at?.guardPath ?? null,
      path: at?.path ?? '',
    })
    .filter(row => can(actor, 'team.edit', { unitPath: row.path, guardPath: row.guardPath }))
  return titled(rows).map(({ path: _, guardPath: __, unitId: ___, ...row }) => row)
}

/** Counts one look outside; false where today's are spent. */
function countSearch(actor: Actor): boolean {
  const accountId = accountOf(actor)
  const { changes } = transact(() =>
    prepared(
      `insert into outside_search (account_id, on_day, searches) values (@accountId, @today, 1)
         on conflict (account_id, on_day) do update set searches = searches + 1 where searches < @most`,
    ).run({ accountId, today: campaignToday(), most: OUTSIDE_A_DAY }),
  )
  return changes > 0
}

/** The offers of a team that wait for an answer, by code: names show once they are accepted. */
export function listTeamOffers(actor: Actor, campaignId: number, teamId: number) {
  existing(actor, campaignId, teamId)
  const termOf = readTerms()
  return prepared<{ id: number; code: string; fromOn: string; offeredAt: number }>(
    `select j.id, o.staff_code as code, j.from_on as fromOn, j.offered_at as offeredAt
       from join_offer j join official o on o.id = j.official_id
      where j.team_id = ? and j.state = 'offered' order by j.id`,
  )
    .all(teamId)
    .map(row => ({ ...row, ...termOf(row.offeredAt) }))
}

/**
 * Adds an official of one's own units to a team, from–to, or invites one of another unit, who is a member once they or
 * their unit accept (`isOffered`). Refused if they are a member in those days or invited already, or for a second leader.
 */
export function addMember(
  actor: Actor,
  campaignId: number,
  { teamId, input }: { teamId: number; input: MemberInput },
): Result<{ isOffered: boolean }> {
  return transact(tx => {
    const known = existing(actor, campaignId, teamId)
    if (known.closedAt !== null) return refused('fromOn', 'unit_closed')
    const problem = checkPlace(known.members, input)
    if (problem !== null) return refused('fromOn', problem)
    found(
      prepared(
        `select 1 from posting p join unit u on u.id = p.unit_id where p.official_id = ? and u.guard_path is ?
        union select 1 from posting p join unit u on u.id = p.unit_id where p.official_id = ? and u.guard_path is null`,
      ).get(input.officialId, teamUnit(actor, known.unitId)?.guardPath ?? null, input.officialId),
    )
    if (!can(actor, 'team.edit', targetOf(input.officialId, campaignToday()))) {
      const offered = prepared<{ ofTeam: number; today: number }>(
        `select coalesce(sum(team_id = @teamId and official_id = @officialId and state = 'offered'), 0) as ofTeam,
                coalesce(sum(offered_by = @accountId and offered_at >= @since), 0) as today
           from join_offer where team_id is not null`,
      ).one({
        teamId,
        officialId: input.officialId,
        accountId: accountOf(actor),
        since: startOf(campaignToday()),
      })
      if (offered.ofTeam > 0) return refused('fromOn', 'already_granted')
      if (offered.today >= OUTSIDE_A_DAY) return refused('fromOn', 'invited_enough')
      insertOffer(tx, actor, { ...input, teamId, chapterId: null, unitId: known.unitId })
      return { ok: true, isOffered: true }
    }
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
    return { ok: true, isOffered: false }
  })
}

/** Ends a membership with today: what they did today is still the team's. */
export function endMember(
  actor: Actor,
  campaignId: number,
  { teamId, officialId, fromOn }: { teamId: number; officialId: number; fromOn: string },
) {
  transact(tx => {
    existing(actor, campaignId, teamId)
    const today = campaignToday()
    tx.update(teamMember)
      .set({ toOn: lastDayOf({ fromOn }, today) })
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
