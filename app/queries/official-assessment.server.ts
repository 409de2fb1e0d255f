import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Actor, isAbove, type Person, scopeOf } from '#app/access/policy.ts'
import { inSubtree, subtreeEnd, within } from '#app/access/scope.server.ts'
import { assessOfficial, type OfficialFacts, underAnyReading } from '#app/domain/assessment.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { type Block, type Category, OFFICIAL_RESULTS, type OfficialResult } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { official, posting, standing, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { factsOfAllOn, factsOn, rulesOf } from './judging/index.server.ts'
import { searchIds } from './official.server.ts'
import { formerUnits } from './official-posting.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** Filter of the list of officials; `apart` keeps those for whom the two readings of the quota differ. */
type AssessmentFilter = {
  unitPath: string
  block?: Block
  category?: Category
  result?: OfficialResult
  search?: string
  isApart?: boolean
}

function conditionsOf(actor: Actor, campaignId: number, filter: AssessmentFilter): (SQL | undefined)[] {
  return [
    eq(standing.campaignId, campaignId),
    eq(standing.unitId, unit.id),
    inSubtree(unit.path, filter.unitPath),
    within(actor, 'assessment.view', {
      unitPath: unit.path,
      guardPath: unit.guardPath,
      officialId: standing.officialId,
    }),
    filter.block ? eq(unit.block, filter.block) : undefined,
    filter.category ? eq(standing.category, filter.category) : undefined,
    filter.result ? resultIs(filter.result, datedResults(campaignId, filter.unitPath)) : undefined,
    filter.isApart ? ne(standing.result, standing.resultAny) : undefined,
    filter.search ? inArray(standing.officialId, sql`(${searchIds(filter.search)})`) : undefined,
  ]
}

/**
 * Returns officials whose result as of today may differ from the stored one, with both results. A gate can only hold
 * back an eligible official. Due process changes no result before the head has decided on the explanation.
 */
export function datedResults(campaignId: number, unitPath: string) {
  const { regulation } = rulesOf(campaignId)
  const today = campaignToday()
  const rows = prepared<{
    officialId: number
    result: OfficialResult
    resultAny: OfficialResult
  }>(
    `select s.official_id as officialId, s.result, s.result_any as resultAny
       from (
        select g.official_id from gate g where g.campaign_id = @campaignId and g.withdrawn_at is null
           and g.official_id is not null and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
        union select c.official_id from review_case c join review_step t on t.case_id = c.id
         where c.campaign_id = @campaignId and c.withdrawn_at is null and c.official_id is not null
           and t.kind = 'explanation_decision') d
       cross join standing s on s.campaign_id = @campaignId and s.official_id = d.official_id
       cross join unit u on u.id = s.unit_id
      where u.path >= @from and u.path < @to`,
  ).all({ campaignId, today, from: unitPath, to: subtreeEnd(unitPath) })
  if (rows.length === 0) return []
  const factsOf = factsOfAllOn(
    campaignId,
    rows.map(row => row.officialId),
    regulation,
    today,
  )
  return rows.flatMap(stored => {
    const facts = factsOf.get(stored.officialId)
    if (!facts) return []
    return {
      officialId: stored.officialId,
      stored,
      result: assessOfficial(facts, regulation).result,
      resultAny: assessOfficial(underAnyReading(facts), regulation).result,
    }
  })
}

function resultIs(result: OfficialResult, dated: ReturnType<typeof datedResults>): SQL | undefined {
  const leaving = dated.filter(row => row.stored.result === result && row.result !== result)
  const entering = dated.filter(row => row.stored.result !== result && row.result === result)
  const among = (rows: typeof dated) =>
    sql`${standing.officialId} in (select value from json_each(${JSON.stringify(rows.map(row => row.officialId))}))`
  const staying = leaving.length === 0 ? undefined : sql`not (${among(leaving)})`
  // no "or" where nobody enters: an index holds each result's people
  const held = and(eq(standing.result, result), staying)
  return entering.length === 0 ? held : or(held, among(entering))
}

const LIST_COLUMNS = {
  officialId: official.id,
  name: official.name,
  sex: official.sex,
  unitId: unit.id,
  block: unit.block,
  category: standing.category,
  isLeader: standing.isLeader,
  position: sql<string>`coalesce((select ${posting.position} from ${posting} where ${posting.officialId} = ${official.id} and ${posting.unitId} = ${standing.unitId} order by ${posting.fromOn} desc limit 1), '')`,
}

/**
 * Lists the officials of a subtree with their present assessment, in the order of units and names, as far as the actor
 * may see them. Returns one page; `after` names the last official of the page before (keyset). The stored result
 * narrows the list. The reasons are computed from the facts, for the rows of the page only.
 */
export function listAssessments(
  actor: Actor,
  campaignId: number,
  { after, limit, ...filter }: AssessmentFilter & { after?: number; limit: number },
) {
  // unit by unit, as a cross join names them: an index holds each one's people in this order, with what narrows them
  const keys = db
    .select({ officialId: standing.officialId })
    .from(unit)
    .crossJoin(standing)
    .where(and(...conditionsOf(actor, campaignId, filter), after === undefined ? undefined : behind(campaignId, after)))
    .orderBy(asc(unit.path), asc(standing.sortName), asc(standing.officialId))
    .limit(limit + 1)
    .all()
    .map(row => row.officialId)
  const shown = keys.slice(0, limit)
  const byId = new Map(
    db
      .select(LIST_COLUMNS)
      .from(standing)
      .innerJoin(unit, eq(unit.id, standing.unitId))
      .innerJoin(official, eq(official.id, standing.officialId))
      .where(and(eq(standing.campaignId, campaignId), inArray(standing.officialId, shown)))
      .all()
      .map(row => [row.officialId, row]),
  )
  const { regulation } = rulesOf(campaignId)
  const factsOf = factsOfAllOn(campaignId, shown, regulation, campaignToday())
  const former = formerUnits(shown, regulation)
  const titleOf = unitTitles([...byId.values()].map(row => row.unitId))
  const rows = shown.flatMap(id => {
    const [row, facts] = [byId.get(id), factsOf.get(id)]
    return row && facts
      ? { ...row, unitName: titleOf(row.unitId), formerUnit: former.get(id) ?? null, ...assess(facts, regulation) }
      : []
  })
  return { rows, next: keys.length > limit ? (shown.at(-1) ?? null) : null }
}

export type AssessedOfficial = ReturnType<typeof listAssessments>['rows'][number]

function behind(campaignId: number, officialId: number): SQL | undefined {
  const last = db
    .select({ path: unit.path, sortName: standing.sortName })
    .from(standing)
    .innerJoin(unit, eq(unit.id, standing.unitId))
    .where(and(eq(standing.campaignId, campaignId), eq(standing.officialId, officialId)))
    .get()
  if (!last) return undefined
  const { path, sortName } = last
  return sql`${unit.path} >= ${path}
    and (${unit.path} > ${path} or (${standing.sortName}, ${standing.officialId}) > (${sortName}, ${officialId}))`
}

/** One official's assessment from the facts, and its result under the other reading of the quota. */
function assess(facts: OfficialFacts, regulation: Regulation) {
  const { standing: own } = facts
  return {
    target: own.target,
    counts: own.counts,
    parts: own.parts,
    ...assessOfficial(facts, regulation),
    resultAny: assessOfficial(underAnyReading(facts), regulation).result,
  }
}

const PAGE = 100

/**
 * Every row of a filter for an export, at most `limit`, page by page with room for other requests between two pages;
 * each row is whole in itself, what changes meanwhile shows in the rows still to come.
 */
export async function collectAssessments(
  actor: Actor,
  campaignId: number,
  filter: AssessmentFilter & { limit: number },
) {
  const rows: AssessedOfficial[] = []
  let after: number | undefined
  while (rows.length < filter.limit) {
    const page = listAssessments(actor, campaignId, {
      ...filter,
      after,
      limit: Math.min(PAGE, filter.limit - rows.length),
    })
    rows.push(...page.rows)
    if (page.next === null) break
    after = page.next
    await setImmediate()
  }
  return rows
}

type Counted = { result: OfficialResult; resultAny: OfficialResult; count: number }

/** The stored counts of units with all below them, of which some are taken out again: `by` -1. */
const TALLIED = `
  select t.result, t.result_any as resultAny, sum(p.value ->> '$.by' * t.officials) as count
    from json_each(@parts) p
    cross join unit u on u.path = p.value ->> '$.path'
    cross join result_tally t on t.campaign_id = @campaignId and t.key = cast(u.id as text)
   where (@block is null or t.block = @block) and (@category is null or t.category = @category)
   group by 1, 2`

/** The armed-forces trees at or below a path, and the one in which it lies. */
const GUARDS = `
  select path from unit where path = guard_path and path >= @from and path < @to
   union select guard_path from unit where path = @from and guard_path is not null`

/**
 * The same counts from the sums kept by unit, where the actor sees whole units under one role, as nearly everybody does;
 * undefined: the rows themselves must be looked at.
 */
function talliedCounts(
  actor: Actor,
  campaignId: number,
  { unitPath, block, category, search }: AssessmentFilter,
): Counted[] | undefined {
  const { everywhere, paths, ownOfficialId } = scopeOf(actor, 'assessment.view')
  const reaching = [...new Set(paths)].filter(path => path.startsWith(unitPath) || unitPath.startsWith(path))
  const [granted] = reaching
  if (search || everywhere || reaching.length > 1) return undefined
  const parts: { path: string; by: number }[] = []
  const isSeen = (path: string, guardPath: string | null) =>
    granted !== undefined && isAbove(granted, { unitPath: path, guardPath, officialId: null })
  if (granted !== undefined) {
    const top = granted.startsWith(unitPath) ? granted : unitPath
    const guards = prepared<string>(GUARDS)
      .pluck()
      .all({ from: top, to: subtreeEnd(top) })
    const hidden = guards.filter(path => !isSeen(path, path))
    if (!hidden.some(path => top.startsWith(path)))
      parts.push({ path: top, by: 1 }, ...hidden.map(path => ({ path, by: -1 })))
  }
  const asked = { campaignId, block: block ?? null, category: category ?? null }
  const counts = prepared<Counted>(TALLIED).all({ ...asked, parts: JSON.stringify(parts) })
  // oneself is seen in a tree whose people are not
  const own = prepared<Omit<Counted, 'count'> & { path: string; guardPath: string | null }>(
    `select s.result, s.result_any as resultAny, u.path, u.guard_path as guardPath
       from standing s join unit u on u.id = s.unit_id
      where s.campaign_id = @campaignId and s.official_id = @ownOfficialId
        and (@block is null or u.block = @block) and (@category is null or s.category = @category)`,
  ).get({ ...asked, ownOfficialId })
  if (own?.path.startsWith(unitPath) && !isSeen(own.path, own.guardPath)) counts.push({ ...own, count: 1 })
  return counts
}

/**
 * Counts the officials of a filter (without its `result` and `isApart`) by result, under both readings of the quota.
 */
export function countAssessments(actor: Actor, campaignId: number, filter: AssessmentFilter) {
  const conditions = conditionsOf(actor, campaignId, { ...filter, result: undefined, isApart: false })
  const rows: Counted[] =
    talliedCounts(actor, campaignId, filter) ??
    db
      .select({ result: standing.result, resultAny: standing.resultAny, count: sql<number>`count(*)` })
      .from(unit)
      .crossJoin(standing)
      .where(and(...conditions))
      .groupBy(standing.result, standing.resultAny)
      .all()
  const dated = datedResults(campaignId, filter.unitPath)
  const listed =
    dated.length === 0
      ? []
      : db
          .select({ officialId: standing.officialId })
          .from(standing)
          .innerJoin(unit, eq(unit.id, standing.unitId))
          .where(
            and(
              ...conditions,
              inArray(
                standing.officialId,
                dated.map(row => row.officialId),
              ),
            ),
          )
          .all()
  for (const { officialId } of listed)
    for (const { stored, result, resultAny } of dated.filter(row => row.officialId === officialId))
      rows.push({ ...stored, count: -1 }, { result, resultAny, count: 1 })
  const sum = (keep: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(keep).reduce((total, row) => total + row.count, 0)
  return {
    total: sum(() => true),
    results: OFFICIAL_RESULTS.map(result => ({
      result,
      count: sum(row => row.result === result),
      countAny: sum(row => row.resultAny === result),
    })),
    /** how many would enter the list of the eligible, and how many would leave it, under the other reading */
    entering: sum(row => row.result !== 'eligible' && row.resultAny === 'eligible'),
    leaving: sum(row => row.result === 'eligible' && row.resultAny !== 'eligible'),
    apart: sum(row => row.result !== row.resultAny),
  }
}

/** Returns the assessment that an official may see of themself; undefined for an account without an official. */
export function ownAssessment(actor: Person, campaignId: number) {
  if (actor.officialId === null) return undefined
  const { regulation } = rulesOf(campaignId)
  return {
    formerUnit: formerUnits([actor.officialId], regulation).get(actor.officialId) ?? null,
    ...assess(factsOn(campaignId, actor.officialId, regulation, campaignToday()), regulation),
  }
}
