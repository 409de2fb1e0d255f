import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Actor } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import { changesBetween, type FrozenOfficial } from '#app/domain/closing.ts'
import { db, prepared } from '#db/client.server.ts'
import { collectiveAssessment, official, officialAssessment, unit } from '#db/schema.ts'
import type { Closing } from './closing.server.ts'
import { namesWithParent } from './unit.server.ts'

type Frozen = Record<'campaignId' | 'fromVersion' | 'toVersion', SQLiteColumn>

/** Matches the row that was valid until `row` replaced it. */
const precedes = (before: Frozen, row: Frozen) =>
  and(eq(before.campaignId, row.campaignId), eq(before.toVersion, row.fromVersion))

/** Matches the rows that are valid from this version on, not from an earlier one. */
const beginsWith = ({ campaignId, version }: Closing, row: Frozen) =>
  and(eq(row.campaignId, campaignId), eq(row.fromVersion, version))

/**
 * Lists the officials whom a later version of a campaign's assessments changed, with the facts that changed. Returns
 * one page in the order of ids, as far as the actor may see them. `from` is null for officials not assessed before.
 */
export function listMovedOfficials(
  actor: Actor,
  closing: Closing,
  { after = 0, limit }: { after?: number; limit: number },
) {
  const before = alias(officialAssessment, 'before')
  const rows = db
    .select({
      officialId: official.id,
      name: official.name,
      unitId: unit.id,
      from: before.result,
      to: officialAssessment.result,
      factsBefore: before.facts,
      facts: officialAssessment.facts,
    })
    .from(officialAssessment)
    .innerJoin(official, eq(official.id, officialAssessment.officialId))
    .innerJoin(unit, eq(unit.id, officialAssessment.unitId))
    .leftJoin(before, and(eq(before.officialId, officialAssessment.officialId), precedes(before, officialAssessment)))
    .where(
      and(
        beginsWith(closing, officialAssessment),
        sql`${officialAssessment.fromVersion} > 1`,
        gt(official.id, after),
        within(actor, 'assessment.view', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: official.id,
        }),
      ),
    )
    .orderBy(asc(official.id))
    .limit(limit + 1)
    .all()
  const shown = rows.slice(0, limit)
  const names = namesWithParent(shown.map(({ unitId }) => unitId))
  const page = shown.map(({ factsBefore, facts, unitId, ...row }) => ({
    ...row,
    unitName: names.get(unitId) ?? '',
    changes:
      factsBefore === null
        ? []
        : changesBetween(JSON.parse(factsBefore) as FrozenOfficial, JSON.parse(facts) as FrozenOfficial),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.officialId ?? null) : null }
}

/** The collectives whose result a later version changed, in the order of ids. */
export function listMovedCollectives(actor: Actor, closing: Closing) {
  const before = alias(collectiveAssessment, 'before')
  const rows = db
    .select({ unitId: unit.id, from: before.result, to: collectiveAssessment.result })
    .from(collectiveAssessment)
    .innerJoin(unit, eq(unit.id, collectiveAssessment.unitId))
    .leftJoin(before, and(eq(before.unitId, collectiveAssessment.unitId), precedes(before, collectiveAssessment)))
    .where(
      and(
        beginsWith(closing, collectiveAssessment),
        sql`${before.result} is not ${collectiveAssessment.result}`,
        within(actor, 'assessment.view_units', { unitPath: unit.path }),
      ),
    )
    .orderBy(asc(unit.id))
    .limit(500)
    .all()
  const names = namesWithParent(rows.map(({ unitId }) => unitId))
  return rows.map(row => ({ ...row, name: names.get(row.unitId) ?? '' }))
}

/**
 * Counts the facts recorded since a version was frozen that may make a later one necessary, by kind. `moves`: officials
 * whose assessment is at another unit by now, because a later posting made one around the cut-off a short one.
 */
export function factsSince(campaignId: number, { frozenAt }: Pick<Closing, 'frozenAt'>) {
  const at = frozenAt ?? 0
  const count = (text: string, ...values: unknown[]) => prepared<{ count: number }>(text).one(...values).count
  return {
    extracts: count(
      'select count(*) as count from extract where campaign_id = ? and (applied_at > ? or undone_at > ?)',
      campaignId,
      at,
      at,
    ),
    appeals: count(
      `select count(*) as count from inspection_appeal a join inspection i on i.id = a.inspection_id
        where i.campaign_id = ? and a.decision = 'upheld' and a.decided_at > ?`,
      campaignId,
      at,
    ),
    steps: count(
      'select count(*) as count from review_step s join review_case c on c.id = s.case_id where c.campaign_id = ? and s.taken_at > ?',
      campaignId,
      at,
    ),
    moves: count(
      `select count(*) as count from official_assessment a
         join standing s on s.campaign_id = a.campaign_id and s.official_id = a.official_id
        where a.campaign_id = ? and a.from_version > 0 and a.to_version is null and a.unit_id is not s.unit_id`,
      campaignId,
    ),
    gates: count(
      'select count(*) as count from gate where campaign_id = ? and (created_at > ? or withdrawn_at > ?)',
      campaignId,
      at,
      at,
    ),
  }
}
