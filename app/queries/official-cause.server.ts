import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Actor } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { PARTS } from '#app/domain/figures.ts'
import { awaitedOf, type Cause, causesOf } from '#app/domain/official-cause.ts'
import { OBLIGATION_PARTS, type PartStanding, recordOf } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { official, standing, unit } from '#db/schema.ts'
import { rulesOf } from './judging/index.server.ts'

/** What the causes need of a stored standing. */
export type StandingForCause = {
  officialId: number
  target: number | null
  reported: number
  shortage: number
} & Record<(typeof PARTS)[keyof typeof PARTS]['field'], PartStanding>

/** Why an official still lacks something, the first that blocks first, with what its sentence says. */
export type Caused = { causes: Cause[]; awaited: number; lastRecordOn: Day | null }

/** Facts beside the standings: the account, what waits, the newest record. Each is one step into an index. */
const BESIDE = `
  select p.value as officialId,
         exists (select 1 from account a where a.official_id = p.value
           and (a.password_hash is not null or a.provider_hash is not null)) as isActivated,
         (select count(*) from help h where h.campaign_id = @campaignId and h.verdict_kind <> 'counts'
            and h.verdict_reason = 'awaiting_confirmation' and h.official_id = p.value) as awaiting,
         (select h.received_at from help h where h.campaign_id = @campaignId and h.official_id = p.value
           order by h.id desc limit 1) as lastAt
    from json_each(@ids) p`

/** Adds to each official why they still lack something on `today`. Checks no permission; the caller must. */
export function withCauses<Row extends StandingForCause>(
  campaignId: number,
  rows: readonly Row[],
  today: Day,
): (Row & Caused)[] {
  const { regulation } = rulesOf(campaignId)
  const beside = new Map(
    prepared<{ officialId: number; isActivated: number; awaiting: number; lastAt: number | null }>(BESIDE)
      .all({ campaignId, ids: JSON.stringify(rows.map(row => row.officialId)) })
      .map(row => [row.officialId, row]),
  )
  return rows.map(row => {
    const { isActivated = 0, awaiting = 0, lastAt = null } = beside.get(row.officialId) ?? {}
    const { target, reported, shortage } = row
    const facts = {
      ...{ target, reported, shortage, awaiting },
      isActivated: isActivated === 1,
      parts: recordOf(OBLIGATION_PARTS, part => row[PARTS[part].field]),
      lastRecordOn: lastAt === null ? null : dayOf(lastAt),
    }
    return {
      ...row,
      causes: causesOf(facts, today, regulation),
      awaited: awaitedOf(facts),
      lastRecordOn: facts.lastRecordOn,
    }
  })
}

const COLUMNS = {
  officialId: standing.officialId,
  name: official.name,
  unitId: unit.id,
  target: standing.target,
  reported: standing.reported,
  counted: standing.counted,
  shortage: standing.shortage,
  simSignature: standing.simSignature,
  phone4g: standing.phone4g,
  portalNational: standing.portalNational,
  portalProvincial: standing.portalProvincial,
}

/** So many people below a unit are read one by one; above a larger one its own people alone. */
const MOST_BELOW = 300

/**
 * Lists those of a unit who still lack something, by name, with the causes, as far as the actor may see them. `isWhole`:
 * with the people of all units below; a unit with more than 300 people shows those alone who work at the unit itself.
 */
export function listCaused(
  actor: Actor,
  campaignId: number,
  { id, path, officials }: { id: number; path: string; officials: number },
  today: Day,
) {
  const isWhole = officials <= MOST_BELOW
  const rows = db
    .select(COLUMNS)
    .from(unit)
    .crossJoin(standing)
    .innerJoin(official, eq(official.id, standing.officialId))
    .where(
      and(
        eq(standing.campaignId, campaignId),
        eq(standing.unitId, unit.id),
        isWhole ? inSubtree(unit.path, path) : eq(unit.id, id),
        within(actor, 'official.view', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: standing.officialId,
        }),
        or(gt(standing.shortage, 0), gt(standing.unmet, 0)),
      ),
    )
    .orderBy(asc(standing.sortName), asc(standing.officialId))
    .all()
  return { isWhole, rows: withCauses(campaignId, rows, today).filter(({ causes }) => causes.length > 0) }
}
