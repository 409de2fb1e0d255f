import { setImmediate } from 'node:timers/promises'
import { type AnyColumn, and, asc, count, desc, eq, inArray, lte, ne, type SQL, sql } from 'drizzle-orm'
import { type Actor, can, permit } from '#app/access/policy.ts'
import { inSubtree, within } from '#app/access/scope.server.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import {
  assessFrozenCollective,
  assessFrozenOfficial,
  type ClosingProblem,
  checkClosing,
  type FrozenOfficial,
  isBarred,
  isProvisional,
  type StoredCollective,
} from '#app/domain/closing.ts'
import { notFound, type Result } from '#app/domain/refusal.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  type Block,
  type Category,
  type ClosingItem,
  type ClosingReason,
  type CollectiveResult,
  OFFICIAL_RESULTS,
  type OfficialResult,
  type UnitKind,
} from '#app/domain/vocabulary.ts'
import { db, prepared, type Tx, transact } from '#db/client.server.ts'
import { account, closing, collectiveAssessment, job, official, officialAssessment, posting, unit } from '#db/schema.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { compareInTree } from './collective-assessment.server.ts'
import { logEvent } from './event.server.ts'
import { isSettledIn } from './independence.server.ts'
import { startJob } from './job.server.ts'
import { regulationOf, rulesOf } from './judging/index.server.ts'
import { countLate } from './late-entry.server.ts'
import { searchIds } from './official.server.ts'
import { formerUnits } from './official-posting.server.ts'
import { rootUnit } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** How many moved from one result to another; null: not assessed then. */
export type Moved<Result> = { from: Result | null; to: Result; count: number }

/** The data of a closing besides its rows. */
export type ClosingSummary = {
  /** the campaign's day on which due process and gates were weighed */
  on: Day
  /** real clock: officials refreshed since are computed once more before they are frozen */
  since: number
  /** the last official that a computation under way has done; 0: none, or all */
  cursor: number
  /** units out of consideration, while officials are being computed with them */
  barred?: number[]
  officials?: Partial<Record<OfficialResult, number>>
  collectives?: Partial<Record<CollectiveResult, number>>
  /** of a later version: what it changed against the one before; of a rehearsal: against the newest frozen version */
  moved?: { officials: Moved<OfficialResult>[]; collectives: Moved<CollectiveResult>[] }
  /** counted entries after the last day of entry, as its computation began; missing: from before they were kept apart */
  late?: number
  /** of a rehearsal: the newest event as it began; missing: from before comparisons were made */
  event?: number
  /** of the close: what waited and was knowingly left */
  left?: { item: ClosingItem; count: number; reason: string }[]
}

/** One version of a campaign's assessments; 0 is the rehearsal, `frozenAt` null while it is being computed. */
export type Closing = Omit<typeof closing.$inferSelect, 'summary'> & {
  summary: ClosingSummary
  /** computed before the last day of the final reports was over: it decides nothing */
  isProvisional: boolean
}

function read(row: typeof closing.$inferSelect | undefined): Closing | undefined {
  if (!row) return undefined
  const summary = JSON.parse(row.summary) as ClosingSummary
  const { regulation } = regulationOf(row.regulationId)
  return { ...row, summary, isProvisional: isProvisional({ version: row.version, on: summary.on }, regulation) }
}

/**
 * Returns one closing of a campaign, frozen or not; undefined if there is none with that id. It holds no personal
 * data, so no permission is checked.
 */
export function findClosing(campaignId: number, closingId: number): Closing | undefined {
  return read(
    db
      .select()
      .from(closing)
      .where(and(eq(closing.id, closingId), eq(closing.campaignId, campaignId)))
      .get(),
  )
}

/** A closing for the job that computes it, whatever the campaign. */
export function closingForJob(closingId: number): Closing | undefined {
  return read(db.select().from(closing).where(eq(closing.id, closingId)).get())
}

/** The newest frozen version of a campaign's assessments, from 1 on; undefined before the close. */
export function currentClosing(campaignId: number): Closing | undefined {
  return listClosings(campaignId).find(row => row.version > 0 && row.frozenAt !== null)
}

/** Every closing of a campaign with who started it, the newest version first, the rehearsal last. */
export function listClosings(campaignId: number): (Closing & { startedByName: string | null })[] {
  return db
    .select({ closing, startedByName: account.displayName })
    .from(closing)
    .leftJoin(account, eq(account.id, closing.startedBy))
    .where(eq(closing.campaignId, campaignId))
    .orderBy(desc(closing.version))
    .all()
    .map(row => ({ ...(read(row.closing) as Closing), startedByName: row.startedByName }))
}

/** The open job that computes a closing of the campaign; undefined where none runs or waits. */
export function closingJob(
  campaignId: number,
): { id: number; closingId: number; version: number; done: number; total: number } | undefined {
  return db
    .select({ id: job.id, input: job.input, done: job.done, total: job.total })
    .from(job)
    .where(and(eq(job.kind, 'closing'), inArray(job.state, ['queued', 'running'])))
    .all()
    .map(({ input, ...row }) => ({ ...row, ...(JSON.parse(input) as { campaignId: number; closingId: number }) }))
    .filter(row => row.campaignId === campaignId)
    .map(row => ({ ...row, version: closingForJob(row.closingId)?.version ?? 0 }))
    .sort((a, b) => b.version - a.version)[0]
}

/** When the newest comparison that the software began by itself ran (ms since 1970); undefined: none is on record. */
export function lastComparison(): { startedAt: number; finishedAt: number } | undefined {
  return prepared<{ startedAt: number; finishedAt: number }>(
    `select started_at as startedAt, finished_at as finishedAt from job
      where kind = 'closing' and created_by is null and finished_at is not null order by id desc limit 1`,
  ).get()
}

type Start = { reason: ClosingReason; note: string; withLate?: boolean }

/**
 * Starts the computation of a rehearsal, of a provisional version, or of a later version with its reason. Returns the
 * job; an interrupted computation continues after its last step. Plan V.4. Problem: see `checkClosing`.
 */
export function startClosing(
  actor: Actor,
  campaignId: number,
  start: Start,
): Result<{ jobId: number }, ClosingProblem> {
  permit(actor, 'closing.compute', { unitPath: rootUnit().path })
  return transact(tx => begin(tx, actor, campaignId, { ...start, left: null }))
}

/** Starts the close itself, to which two people agreed; `left`: what waits and was knowingly left. */
export function startAgreedClose(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  { withLate, left }: { withLate: boolean; left: NonNullable<ClosingSummary['left']> },
): Result<{ jobId: number }, ClosingProblem> {
  permit(actor, 'closing.confirm', { unitPath: rootUnit().path })
  return begin(tx, actor, campaignId, { reason: 'close', note: '', withLate, left })
}

/**
 * Why a closing cannot be begun now; null if it can. `isAgreed`: two people agreed to the close; one that broke off is
 * carried on without asking them again.
 */
export function closingProblem(
  campaignId: number,
  { reason, withLate = false, isAgreed }: Pick<Start, 'reason' | 'withLate'> & { isAgreed: boolean },
): ClosingProblem | null {
  const all = listClosings(campaignId)
  const last = all.find(row => row.version > 0 && row.frozenAt !== null)
  const isBroken = all.some(row => row.version > 0 && row.frozenAt === null)
  const { endsOn, finalReportOn } = rulesOf(campaignId).regulation
  const running = closingJob(campaignId)
  return checkClosing(reason, {
    today: campaignToday(),
    endsOn,
    finalReportOn,
    last: last ?? null,
    late: { now: countLate(campaignId), before: last?.summary.late ?? 0, isSeen: withLate || isBroken },
    // a rehearsal writes rows of its own, so nobody waits for it
    isComputing: running !== undefined && (running.version > 0 || reason === 'rehearsal'),
    isAgreed: isAgreed || isBroken,
  })
}

function begin(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  { reason, note, withLate, left }: Start & { left: NonNullable<ClosingSummary['left']> | null },
): Result<{ jobId: number }, ClosingProblem> {
  const at = campaignNow()
  const all = listClosings(campaignId)
  const broken = all.find(row => row.version > 0 && row.frozenAt === null)
  const problem = closingProblem(campaignId, { reason, withLate, isAgreed: left !== null })
  if (problem) return { ok: false, problem }
  if (reason === 'close' && isTooNew(actor)) return { ok: false, problem: 'role_too_new' }
  if (broken && reason !== 'rehearsal')
    return { ok: true, jobId: startJob(actor, 'closing', { campaignId, closingId: broken.id }) }
  const { id: regulationId } = rulesOf(campaignId)
  const version = reason === 'rehearsal' ? 0 : (all[0]?.version ?? 0) + 1
  const late = countLate(campaignId)
  const summary: ClosingSummary = {
    on: dayOf(at),
    since: Date.now(),
    cursor: 0,
    late,
    event: newestEvent(),
    ...(left && { left }),
  }
  const startedBy = actor.kind === 'person' ? actor.accountId : null
  const values = { reason, note, regulationId, startedAt: at, startedBy, summary: JSON.stringify(summary) }
  const { id } = tx
    .insert(closing)
    .values({ campaignId, version, ...values })
    .onConflictDoUpdate({
      target: [closing.campaignId, closing.version],
      set: { ...values, frozenAt: null, hash: null },
    })
    .returning({ id: closing.id })
    .get()
  logEvent(tx, actor, {
    verb: verbOf(reason),
    subject: 'closing',
    subjectId: id,
    campaignId,
    data: { version, reason, regulationId, late },
  })
  return { ok: true, jobId: startJob(actor, 'closing', { campaignId, closingId: id }) }
}

/** The newest event now; a comparison names it, to see later whether anything was written since. */
const newestEvent = (): number => prepared<number>('select coalesce(max(id), 0) from event').pluck().one()

/** What the log says of a computation begun. */
const verbOf = (reason: ClosingReason) =>
  reason === 'rehearsal' ? 'create' : reason === 'close' ? 'close' : 'add_version'

/** True where the actor's role is too young for the close, which freezes everybody's result (domain 10). */
const isTooNew = (actor: Actor) => !isSettledIn(actor, ['campaign_office', 'home_affairs'])

/** Filter of a frozen list of officials. */
type FrozenFilter = {
  unitPath: string
  block?: Block
  category?: Category
  result?: OfficialResult
  search?: string
  officialId?: number
}

/**
 * Returns the closing of a frozen list; throws 404 if it is missing or not frozen. Only those who prepare the close
 * may see a rehearsal.
 */
function frozenClosing(actor: Actor, closingId: number): Closing & { regulation: Regulation } {
  const found = closingForJob(closingId)
  const isSeen = found?.version !== 0 || can(actor, 'closing.view', { unitPath: rootUnit().path })
  if (!found || found.frozenAt === null || !isSeen) throw notFound()
  return { ...found, regulation: regulationOf(found.regulationId).regulation }
}

/** A row holds for `version` by its end; said without an `or`, which would cost the index. */
const isStill = (toVersion: AnyColumn, version: number) => sql`coalesce(${toVersion}, ${version} + 1) > ${version}`

function conditionsOf(actor: Actor, { campaignId, version }: Closing, filter: FrozenFilter): (SQL | undefined)[] {
  const t = officialAssessment
  return [
    eq(t.campaignId, campaignId),
    lte(t.fromVersion, version),
    isStill(t.toVersion, version),
    eq(unit.id, t.unitId),
    inSubtree(unit.path, filter.unitPath),
    within(actor, 'assessment.view', { unitPath: unit.path, guardPath: unit.guardPath, officialId: t.officialId }),
    filter.block ? eq(unit.block, filter.block) : undefined,
    filter.category ? sql`json_extract(${t.facts}, '$.category') = ${filter.category}` : undefined,
    filter.result ? eq(t.result, filter.result) : undefined,
    filter.officialId === undefined ? undefined : eq(t.officialId, filter.officialId),
    filter.search ? inArray(t.officialId, sql`(${searchIds(filter.search)})`) : undefined,
  ]
}

/**
 * Officials of a subtree with their frozen assessment, in the order of units and names, as far as the actor may see
 * them: one page, `after` naming the last official of the page before (keyset). The reasons are computed from the
 * frozen facts under the frozen regulation, beside them the result under the other reading of the quota.
 */
export function listFrozenOfficials(
  actor: Actor,
  closingId: number,
  { after, limit, ...filter }: FrozenFilter & { after?: number; limit: number },
) {
  const at = frozenClosing(actor, closingId)
  const units = db
    .select({
      officialId: official.id,
      name: official.name,
      sex: official.sex,
      birthYear: official.birthYear,
      unitId: unit.id,
      block: unit.block,
      position: sql<string>`coalesce((select ${posting.position} from ${posting} where ${posting.officialId} = ${official.id} and ${posting.unitId} = ${officialAssessment.unitId} order by ${posting.fromOn} desc limit 1), '')`,
      // as SQL: Drizzle takes no columns of a table that is named with its index
      result: sql<OfficialResult>`${officialAssessment.result}`,
      facts: sql<string>`${officialAssessment.facts}`,
    })
    .from(unit)
  // unit by unit in the order of the list, so that a page does not sort the whole province; a name is found first
  const joined = filter.search
    ? units.innerJoin(officialAssessment, sql`1`).innerJoin(official, sql`1`)
    : units.crossJoin(sql`${officialAssessment} indexed by official_assessment_unit`).crossJoin(official)
  const rows = joined
    .where(
      and(
        ...conditionsOf(actor, at, filter),
        eq(official.id, officialAssessment.officialId),
        after === undefined ? undefined : behind(at, after),
      ),
    )
    .orderBy(asc(unit.path), asc(official.sortName), asc(official.id))
    .limit(limit + 1)
    .all()
  const shown = rows.slice(0, limit)
  const former = formerUnits(
    shown.map(row => row.officialId),
    at.regulation,
  )
  const titleOf = unitTitles(shown.map(row => row.unitId))
  const page = shown.map(row => ({
    ...row,
    unitName: titleOf(row.unitId),
    formerUnit: former.get(row.officialId) ?? null,
    ...explain(at, row),
  }))
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.officialId ?? null) : null }
}
type FrozenOfficialRow = ReturnType<typeof listFrozenOfficials>['rows'][number]

const PAGE = 100

/** Every frozen row of a filter for an export, at most `limit`, with room for other requests between two pages. */
export async function collectFrozenOfficials(
  actor: Actor,
  closingId: number,
  filter: FrozenFilter & { limit: number },
): Promise<FrozenOfficialRow[]> {
  const rows: FrozenOfficialRow[] = []
  let after: number | undefined
  while (rows.length < filter.limit) {
    const limit = Math.min(PAGE, filter.limit - rows.length)
    const page = listFrozenOfficials(actor, closingId, { ...filter, after, limit })
    rows.push(...page.rows)
    if (page.next === null) break
    after = page.next
    await setImmediate()
  }
  return rows
}

function behind({ campaignId, version }: Closing, officialId: number): SQL | undefined {
  const last = prepared<{ path: string; sortName: string }>(
    `select u.path, o.sort_name as sortName from official_assessment a join unit u on u.id = a.unit_id
       join official o on o.id = a.official_id
      where a.campaign_id = ? and a.official_id = ? and a.from_version <= ? and (a.to_version is null or a.to_version > ?)`,
  ).get(campaignId, officialId, version, version)
  if (!last) return undefined
  return sql`(${unit.path}, ${official.sortName}, ${official.id}) > (${last.path}, ${last.sortName}, ${officialId})`
}

/** Adds the reasons and figures of a frozen row. */
function explain(at: Closing & { regulation: Regulation }, row: { unitId: number; facts: string }) {
  const { regulation } = at
  const facts = JSON.parse(row.facts) as FrozenOfficial
  const barred = regulation.collectiveBarsMembers && isUnitBarred(at, row.unitId)
  const { standing, result, reasons, articles } = assessFrozenOfficial(facts, { regulation, countsAny: false }, barred)
  return {
    facts,
    category: facts.category,
    isLeader: facts.isLeader,
    target: standing.target,
    counts: standing.counts,
    parts: standing.parts,
    obligations: standing.obligations,
    result,
    reasons,
    articles,
    resultAny: assessFrozenOfficial(facts, { regulation, countsAny: true }, barred).result,
  }
}

function isUnitBarred({ campaignId, version }: Closing, unitId: number): boolean {
  const row = prepared<{ facts: string }>(
    `select facts from collective_assessment
      where campaign_id = ? and unit_id = ? and from_version <= ? and (to_version is null or to_version > ?)`,
  ).get(campaignId, unitId, version, version)
  return row !== undefined && isBarred(JSON.parse(row.facts) as StoredCollective)
}

/** Returns one official's frozen assessment; undefined if there is none or the actor may not see it. */
export function frozenOfficial(actor: Actor, closingId: number, officialId: number): FrozenOfficialRow | undefined {
  const place = prepared<{ path: string }>(
    `select u.path from official_assessment a join unit u on u.id = a.unit_id join closing c on c.campaign_id = a.campaign_id
      where c.id = ? and a.official_id = ? and a.from_version <= c.version and coalesce(a.to_version, c.version + 1) > c.version`,
  ).get(closingId, officialId)
  return place && listFrozenOfficials(actor, closingId, { unitPath: place.path, officialId, limit: 1 }).rows[0]
}

/** Counts the officials of a filter (without its `result`) by their frozen result. */
export function countFrozenOfficials(actor: Actor, closingId: number, filter: FrozenFilter) {
  const at = frozenClosing(actor, closingId)
  const rows = db
    .select({ result: officialAssessment.result, count: count() })
    .from(officialAssessment)
    .innerJoin(unit, eq(unit.id, officialAssessment.unitId))
    .where(and(...conditionsOf(actor, at, { ...filter, result: undefined })))
    .groupBy(officialAssessment.result)
    .all()
  return {
    total: rows.reduce((total, row) => total + row.count, 0),
    results: OFFICIAL_RESULTS.map(result => ({ result, count: rows.find(row => row.result === result)?.count ?? 0 })),
  }
}

/** Filter of a frozen list of collectives. */
type FrozenCollectiveFilter = {
  unitPath: string
  block?: Block
  kind?: UnitKind
  result?: CollectiveResult
  unitId?: number
}

/** The collectives of a subtree with their frozen assessment, in the order of the tree. */
export function listFrozenCollectives(actor: Actor, closingId: number, filter: FrozenCollectiveFilter) {
  const at = frozenClosing(actor, closingId)
  const t = collectiveAssessment
  const rows = db
    .select({
      unitId: unit.id,
      code: unit.code,
      path: unit.path,
      kind: unit.kind,
      block: unit.block,
      result: t.result,
      facts: t.facts,
    })
    .from(t)
    .innerJoin(unit, eq(unit.id, t.unitId))
    .where(
      and(
        eq(t.campaignId, at.campaignId),
        lte(t.fromVersion, at.version),
        isStill(t.toVersion, at.version),
        inSubtree(unit.path, filter.unitPath),
        ne(unit.kind, 'province'),
        within(actor, 'assessment.view_units', { unitPath: unit.path }),
        filter.block ? eq(unit.block, filter.block) : undefined,
        filter.kind ? eq(unit.kind, filter.kind) : undefined,
        filter.result ? eq(t.result, filter.result) : undefined,
        filter.unitId === undefined ? undefined : eq(unit.id, filter.unitId),
      ),
    )
    .all()
  const titleOf = unitTitles(rows.map(row => row.unitId))
  return rows
    .map(({ path, ...row }) => ({ ...row, name: titleOf(row.unitId), ids: path.split('/').map(Number) }))
    .sort((a, b) => compareInTree(a.ids, b.ids))
    .map(({ ids: _ids, ...row }) => {
      const { sums, ...own } = JSON.parse(row.facts) as StoredCollective
      return { ...row, ...assessFrozenCollective(own, sums, { regulation: at.regulation }), facts: own, sums }
    })
}
type FrozenCollectiveRow = ReturnType<typeof listFrozenCollectives>[number]

/** Returns one collective's frozen assessment; undefined if there is none or the actor may not see it. */
export function frozenCollective(actor: Actor, closingId: number, unitId: number): FrozenCollectiveRow | undefined {
  return listFrozenCollectives(actor, closingId, { unitPath: '/', unitId })[0]
}
