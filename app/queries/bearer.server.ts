import { and, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { OPEN_STATES } from '#app/domain/assignment.ts'
import { found } from '#app/domain/refusal.ts'
import { db, prepared } from '#db/client.server.ts'
import { official, posting, standing, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { listUnit } from './worklist.server.ts'

/**
 * A person or team that may receive citizens of a unit's list: its people and its open teams. `shortage` is the shortage
 * to their target (a team: of its members together), null if there is none. `open` and `done` count the citizens that
 * they received here.
 */
export type ListBearer = {
  key: string
  name: string
  detail: string
  hamlets: string[]
  shortage: number | null
  members: number
  open: number
  done: number
}

const OPEN = OPEN_STATES.map(state => `'${state}'`).join(', ')

type Load = { key: string; name: string; open: number; done: number }

function loadsOf(campaignId: number, unitId: number): Map<string, Load> {
  const rows = prepared<Load>(
    `select coalesce('o' || a.official_id, 't' || a.team_id) as key, coalesce(o.name, t.name) as name,
            sum(a.state in (${OPEN})) as open, sum(a.state = 'done') as done
       from assignment a left join official o on o.id = a.official_id left join team t on t.id = a.team_id
      where a.campaign_id = ? and a.unit_id = ? and (a.official_id is not null or a.team_id is not null)
      group by 1, 2`,
  ).all(campaignId, unitId)
  return new Map(rows.map(row => [row.key, row]))
}

/**
 * Lists the bearers of a unit's own list, teams first, then people by name. Also lists those with open citizens who
 * have left the unit, or whose team is closed: their citizens must be shared out again. Throws 404 if the list is not
 * visible, 403 if it may not be shared out.
 */
export function listBearers(actor: Actor, campaignId: number, unitId: number) {
  const at = found(listUnit(actor, unitId))
  permit(actor, 'worklist.share', { unitPath: at.path, guardPath: at.guardPath })
  const loads = loadsOf(campaignId, unitId)
  const people = peopleOf(actor, campaignId, at.path)
  const teams = teamsOf(campaignId, unitId)
  const bearers = [...teams, ...people].map((row): ListBearer => {
    const { open = 0, done = 0 } = loads.get(row.key) ?? {}
    return { ...row, open, done }
  })
  const present = new Set(bearers.map(({ key }) => key))
  return {
    bearers,
    leavers: [...loads.values()]
      .filter(({ key, open }) => open > 0 && !present.has(key))
      .map(({ key, name, open }) => ({ key, name, open })),
  }
}

function peopleOf(actor: Actor, campaignId: number, unitPath: string) {
  const today = campaignToday()
  return db
    .select({
      id: official.id,
      name: official.name,
      position: posting.position,
      hamlet: official.hamlet,
      target: standing.target,
      shortage: standing.shortage,
    })
    .from(posting)
    .innerJoin(official, eq(official.id, posting.officialId))
    .innerJoin(unit, eq(unit.id, posting.unitId))
    .leftJoin(standing, and(eq(standing.officialId, official.id), eq(standing.campaignId, campaignId)))
    .where(
      and(
        inSubtree(unit.path, unitPath),
        within(actor, 'worklist.share', { unitPath: unit.path, guardPath: unit.guardPath }),
        lte(posting.fromOn, today),
        or(isNull(posting.toOn), gte(posting.toOn, today)),
      ),
    )
    .orderBy(official.sortName, official.id)
    .all()
    .map(({ id, name, position, hamlet, target, shortage }) => ({
      key: `o${id}`,
      name,
      detail: position,
      hamlets: hamlet ? [hamlet] : [],
      shortage: target === null ? null : shortage,
      members: 1,
    }))
}

function teamsOf(campaignId: number, unitId: number) {
  const today = campaignToday()
  const rows = prepared<{ id: number; name: string; hamlet: string; members: number; shortage: number | null }>(
    `select t.id, t.name, t.hamlet, count(m.official_id) as members,
            coalesce(sum(s.shortage), 0) as shortage
       from team t
       left join team_member m on m.team_id = t.id and m.from_on <= @today and (m.to_on is null or m.to_on >= @today)
       left join standing s on s.official_id = m.official_id and s.campaign_id = t.campaign_id
      where t.campaign_id = @campaignId and t.unit_id = @unitId and t.closed_at is null group by t.id order by t.id`,
  ).all({ today, campaignId, unitId })
  return rows.map(({ id, name, hamlet, members, shortage }) => ({
    key: `t${id}`,
    name,
    detail: `${members} thành viên`,
    hamlets: hamlet === '' ? [] : [hamlet],
    shortage,
    members,
  }))
}
