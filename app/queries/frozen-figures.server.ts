import { and, asc, eq, or, sql } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { inSubtree, subtreeEnd } from '#app/access/scope.server.ts'
import type { ApiBasis } from '#app/domain/api.ts'
import {
  addMember,
  addSums,
  assessFrozenOfficial,
  type FrozenOfficial,
  type MemberSums,
  noMembers,
  type StoredCollective,
} from '#app/domain/closing.ts'
import { OFFICIAL_RESULTS, type OfficialResult, recordOf } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { unit } from '#db/schema.ts'
import { type Dimension, peopleFiguresOf } from './aggregate.server.ts'
import { findCampaign } from './campaign.server.ts'
import { type Closing, currentClosing } from './closing.server.ts'
import { validCollectives } from './closing-rows.server.ts'
import { regulationOf } from './judging/index.server.ts'
import { datedResults } from './official-assessment.server.ts'
import { rootUnit } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** What an answer of the interface or an export says of its figures: whose they are, and on what they rest. */
type ApiSource = {
  campaign: string
  basis: ApiBasis
  /** null: live */
  version: number | null
  isProvisional: boolean
}

/**
 * Chooses what an answer rests on. From the first version on that is the newest frozen one, and `live` must be asked
 * for; before it there is nothing frozen. Figures that no version freezes are live.
 */
export function sourceOf(
  campaignId: number,
  { basis, isFrozen = true }: { basis?: ApiBasis; isFrozen?: boolean },
): { source: ApiSource; closing: Closing | undefined } {
  const closing = basis === 'live' || !isFrozen ? undefined : currentClosing(campaignId)
  return {
    source: {
      campaign: findCampaign(campaignId)?.code ?? '',
      basis: closing ? 'frozen' : 'live',
      version: closing?.version ?? null,
      isProvisional: closing?.isProvisional ?? false,
    },
    closing,
  }
}

/** A frozen version of a campaign's close. */
type Version = Pick<Closing, 'version'>

/** Officials counted by their unit, category and result. */
type Place = { path: string; block: string; category: string }
type PlaceRow = Place & { id: number }
type ResultRow = Place & { result: OfficialResult; count: number }

/**
 * Counts a subtree's officials by unit, category and result: frozen in a version, or (undefined) as of today, gates and
 * due process included, as the lists of assessments have them.
 */
function resultRows(campaignId: number, closing: Version | undefined, path: string): ResultRow[] {
  const range = { campaignId, from: path, end: subtreeEnd(path) }
  if (closing)
    return prepared<ResultRow>(
      `select u.path, u.block, a.facts ->> '$.category' as category, a.result, count(*) as count
         from official_assessment a join unit u on u.id = a.unit_id
        where a.campaign_id = @campaignId and a.from_version <= @version
          and (a.to_version is null or a.to_version > @version) and u.path >= @from and u.path < @end
        group by u.id, category, a.result`,
    ).all({ ...range, version: closing.version })
  const stored = prepared<ResultRow>(
    `select u.path, u.block, s.category, s.result, count(*) as count from standing s join unit u on u.id = s.unit_id
      where s.campaign_id = @campaignId and u.path >= @from and u.path < @end group by u.id, s.category, s.result`,
  ).all(range)
  const dated = datedResults(campaignId, path).filter(row => row.result !== row.stored.result)
  const places = new Map(
    prepared<PlaceRow>(
      `select s.official_id as id, u.path, u.block, s.category from standing s join unit u on u.id = s.unit_id
        where s.campaign_id = ? and s.official_id in (select value from json_each(?))`,
    )
      .all(campaignId, JSON.stringify(dated.map(row => row.officialId)))
      .map(({ id, ...place }) => [id, place]),
  )
  const moved = dated.flatMap(({ officialId, stored: { result: from }, result: to }) => {
    const place = places.get(officialId)
    return place
      ? [
          { ...place, result: from, count: -1 },
          { ...place, result: to, count: 1 },
        ]
      : []
  })
  return [...stored, ...moved]
}

type Result = Pick<ResultRow, 'result' | 'count'>

/** The same as of today for one unit with all below it, by result alone: from the sums kept. */
function resultsBelow(campaignId: number, { id, path }: { id: number; path: string }): Result[] {
  const stored = prepared<Result>(
    `select result, sum(officials) as count from result_tally where campaign_id = ? and key = cast(? as text)
      group by result`,
  ).all(campaignId, String(id))
  const moved = datedResults(campaignId, path).flatMap(({ stored: { result: from }, result: to }) => [
    { result: from, count: -1 },
    { result: to, count: 1 },
  ])
  return [...stored, ...moved]
}

/** How many officials of each unit, with everything below it, have each result: in a frozen version, or now. */
export function resultsByUnit(campaignId: number, closing: Version | undefined) {
  const units = db
    .select({ id: unit.id, parentId: unit.parentId })
    .from(unit)
    .all()
    .map(row => ({ ...row, officials: 0, results: recordOf(OFFICIAL_RESULTS, () => 0) }))
  const byId = new Map(units.map(row => [String(row.id), row]))
  for (const { path, result, count } of resultRows(campaignId, closing, rootUnit().path))
    for (const id of path.split('/')) {
      const above = byId.get(id)
      if (!above) continue
      above.officials += count
      above.results[result] += count
    }
  return units
}

export type UnitResults = ReturnType<typeof resultsByUnit>[number]

/**
 * The frozen sums of each collective's people in a version, and of the province: it is no collective, so its sums are
 * those of the units below it and of its own people.
 */
export function frozenSums(closing: Closing): Map<number, MemberSums> {
  const { campaignId, version } = closing
  const sums = new Map(
    validCollectives(campaignId, version).map(({ unitId, facts }) => [
      unitId,
      (JSON.parse(facts) as StoredCollective).sums,
    ]),
  )
  const root = rootUnit().id
  const { regulation } = regulationOf(closing.regulationId)
  const whole = noMembers()
  const below = prepared<number>('select id from unit where parent_id = ?').pluck().all(root)
  for (const unitId of below) addSums(whole, sums.get(unitId) ?? noMembers())
  const own = prepared<string>(
    `select facts from official_assessment where campaign_id = ? and unit_id = ? and from_version <= ?
        and (to_version is null or to_version > ?)`,
  )
    .pluck()
    .all(campaignId, root, version, version)
  for (const facts of own) {
    const frozen = JSON.parse(facts) as FrozenOfficial
    addMember(whole, frozen, assessFrozenOfficial(frozen, { regulation, countsAny: false }, false).standing, 1)
  }
  return sums.set(root, whole)
}

/**
 * Returns the armed-forces units of a subtree whose people the actor may not see, with their sums, frozen in a version
 * or now. These are the topmost ones, or the subtree's own unit if it is within one (domain 3). What a list of persons
 * leaves out is counted here: both together are the subtree's figures everywhere else.
 */
export function guardedUnits(
  actor: Actor,
  campaignId: number,
  { unitPath, closing }: { unitPath: string; closing?: Version },
): GuardedUnit[] {
  const rows = db
    .select({ id: unit.id, path: unit.path, guardPath: unit.guardPath })
    .from(unit)
    .where(
      and(
        inSubtree(unit.path, unitPath),
        or(eq(unit.path, unit.guardPath), and(eq(unit.path, unitPath), sql`${unit.guardPath} is not null`)),
      ),
    )
    .orderBy(asc(unit.path))
    .all()
    .filter(row => !can(actor, 'assessment.view', { unitPath: row.path, guardPath: row.guardPath }))
  const titleOf = unitTitles(rows.map(({ id }) => id))
  const ids = rows.map(({ id }) => String(id))
  const quota = closing ? [] : peopleFiguresOf(campaignId, 'unit', ids)
  return rows.flatMap(({ id, path }, n) => {
    const results = closing ? resultRows(campaignId, closing, path) : resultsBelow(campaignId, { id, path })
    const count = (keep: (row: Result) => boolean) => results.filter(keep).reduce((total, row) => total + row.count, 0)
    const people = {
      officials: count(() => true),
      eligible: count(({ result }) => result === 'eligible'),
      completed: count(({ result }) => result === 'completed'),
      quota: quota[n] ?? null,
    }
    return people.officials > 0 ? [{ id, name: titleOf(id), people }] : []
  })
}

/** An armed-forces unit as a reader outside it sees it; `quota` null: no version freezes it. */
export type GuardedUnit = {
  id: number
  name: string
  people: ResultCounts & { officials: number; quota: { reached: number; quotaBearers: number } | null }
}

/** Officials who are eligible, and who completed. */
export type ResultCounts = { eligible: number; completed: number }

/**
 * Counts results of a unit's people by one split of its board, frozen in a version or now: `of` a row's key, and
 * `whole`. Undefined by a split that holds no results.
 */
export function resultCounts(
  campaignId: number,
  closing: Closing | undefined,
  { path, dimension }: { path: string; dimension: Dimension },
): { whole: ResultCounts; of: (key: string) => ResultCounts } | undefined {
  if (dimension === 'chapter' || dimension === 'locality') return undefined
  const rows = resultRows(campaignId, closing, path)
  const count = (keep: (row: ResultRow) => boolean): ResultCounts => {
    const sum = (result: OfficialResult) =>
      rows.filter(row => row.result === result && keep(row)).reduce((total, row) => total + row.count, 0)
    return { eligible: sum('eligible'), completed: sum('completed') }
  }
  return {
    whole: count(() => true),
    of: key => count(row => (dimension === 'unit' ? row.path.includes(`/${key}/`) : row[dimension] === key)),
  }
}
