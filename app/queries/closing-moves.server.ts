import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Actor } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import { changesBetween, type FrozenOfficial } from '#app/domain/closing.ts'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { collectiveAssessment, official, officialAssessment, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { type Closing, listClosings, type Moved } from './closing.server.ts'
import { titled } from './unit-title.server.ts'

type Frozen = Record<'campaignId' | 'fromVersion' | 'toVersion' | 'result' | 'facts', SQLiteColumn>

/**
 * Matches the row that was valid until `row` replaced it. The rehearsal (version 0) is compared with the newest frozen
 * version, whose rows it leaves as they are.
 */
const precedes = ({ version }: Closing, before: Frozen, row: Frozen) =>
  and(
    eq(before.campaignId, row.campaignId),
    version === 0 ? and(gt(before.fromVersion, 0), isNull(before.toVersion)) : eq(before.toVersion, row.fromVersion),
  )

/** Matches what differs from the row before it: of a rehearsal every row is there, also the unchanged ones. */
const differs = (before: Frozen, row: Frozen) =>
  sql`(${before.facts} is not ${row.facts} or ${before.result} is not ${row.result})`

/** Matches the rows that are valid from this version on, not from an earlier one. */
const beginsWith = ({ campaignId, version }: Closing, row: Frozen) =>
  and(eq(row.campaignId, campaignId), eq(row.fromVersion, version))

/**
 * Lists the officials whom a later version of a campaign's assessments changed, with the facts that changed. Returns
 * one page in the order of ids, as far as the actor may see them; none of the first version. `from` is null for officials
 * not assessed before.
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
      to: sql<OfficialResult>`${officialAssessment.result}`,
      factsBefore: before.facts,
      facts: sql<string>`${officialAssessment.facts}`,
    })
    // the index has the rows that begin with a later version or a comparison, in the order of ids
    .from(sql`${officialAssessment} indexed by official_assessment_change`)
    .crossJoin(official)
    .innerJoin(unit, eq(unit.id, officialAssessment.unitId))
    .leftJoin(
      before,
      and(eq(before.officialId, officialAssessment.officialId), precedes(closing, before, officialAssessment)),
    )
    .where(
      and(
        beginsWith(closing, officialAssessment),
        ne(officialAssessment.fromVersion, sql`1`),
        differs(before, officialAssessment),
        eq(official.id, officialAssessment.officialId),
        gt(officialAssessment.officialId, after),
        within(actor, 'assessment.view', {
          unitPath: unit.path,
          guardPath: unit.guardPath,
          officialId: official.id,
        }),
      ),
    )
    .orderBy(asc(officialAssessment.officialId))
    .limit(limit + 1)
    .all()
  const page = titled(rows.slice(0, limit)).map(({ factsBefore, facts, ...row }) => ({
    ...row,
    changes:
      factsBefore === null
        ? []
        : changesBetween(JSON.parse(factsBefore) as FrozenOfficial, JSON.parse(facts) as FrozenOfficial),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.officialId ?? null) : null }
}

/** The collectives whose result or facts a version changed, in the order of ids; at most 500. */
export function listMovedCollectives(actor: Actor, closing: Closing) {
  const before = alias(collectiveAssessment, 'before')
  const rows = db
    .select({ unitId: unit.id, from: before.result, to: collectiveAssessment.result })
    .from(collectiveAssessment)
    .innerJoin(unit, eq(unit.id, collectiveAssessment.unitId))
    .leftJoin(
      before,
      and(eq(before.unitId, collectiveAssessment.unitId), precedes(closing, before, collectiveAssessment)),
    )
    .where(
      and(
        beginsWith(closing, collectiveAssessment),
        differs(before, collectiveAssessment),
        within(actor, 'assessment.view_units', { unitPath: unit.path }),
      ),
    )
    .orderBy(asc(unit.id))
    .limit(500)
    .all()
  return titled(rows).map(({ unitName, ...row }) => ({ ...row, name: unitName }))
}

type Table = 'official_assessment' | 'collective_assessment'

/**
 * Counts the officials and collectives that a version changed, by former and new result; null: not assessed before. A
 * rehearsal is compared with the newest frozen version.
 */
export function movedCounts({ campaignId, version }: Pick<Closing, 'campaignId' | 'version'>) {
  const count = <Result>(table: Table, id: 'official_id' | 'unit_id') =>
    prepared<Moved<Result>>(
      `select b.result as "from", n.result as "to", count(*) as count from ${table} n
         left join ${table} b on b.campaign_id = n.campaign_id and b.${id} = n.${id}
          and iif(n.from_version = 0, b.from_version > 0 and b.to_version is null, b.to_version = n.from_version)
        where n.campaign_id = ? and n.from_version = ? and (b.facts is not n.facts or b.result is not n.result)
        group by 1, 2 order by 3 desc, 1, 2`,
    ).all(campaignId, version)
  return {
    officials: count<OfficialResult>('official_assessment', 'official_id'),
    collectives: count<CollectiveResult>('collective_assessment', 'unit_id'),
  }
}

/** Subjects of events behind which no frozen figure lies, and verbs that only read. */
const APART = `subject in ('closing', 'job', 'account', 'session', 'clock', 'scenario', 'round', 'candidate')
  or verb in ('open', 'export', 'look_up', 'use', 'seal', 'store', 'remind')`

/**
 * What a recount would change: the newest frozen version compared with the present facts (plan IV.2, V.4). `compared`
 * null: they were not compared since that version. `isStale`: something was written since, or a day has passed.
 * Undefined before the first version.
 */
export function recountState(campaignId: number) {
  const all = listClosings(campaignId)
  const last = all.find(row => row.version > 0 && row.frozenAt !== null)
  if (!last) return undefined
  const rehearsal = all.find(
    row => row.version === 0 && row.frozenAt !== null && row.startedAt >= (last.frozenAt ?? 0) && row.summary.moved,
  )
  const moved = rehearsal?.summary.moved
  const isStale =
    !rehearsal ||
    rehearsal.summary.on !== campaignToday() ||
    prepared(
      `select 1 from event where id > ? and (campaign_id is null or campaign_id = ?) and not (${APART}) limit 1`,
    ).get(rehearsal.summary.event ?? 0, campaignId) !== undefined
  return {
    last,
    isStale,
    compared:
      rehearsal && moved
        ? {
            closing: rehearsal,
            at: rehearsal.startedAt,
            officials: total(moved.officials),
            collectives: total(moved.collectives),
          }
        : null,
  }
}

const total = (moves: readonly { count: number }[]) => moves.reduce((sum, { count }) => sum + count, 0)

/** How many officials and collectives a recount would change, as they were compared last; 0 where none were. */
export function countMoved(campaignId: number): number {
  const compared = recountState(campaignId)?.compared
  return compared ? compared.officials + compared.collectives : 0
}
