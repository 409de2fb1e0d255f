import { and, asc, desc, eq } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { inSubtree, subtreeEnd, within } from '#app/access/scope.server.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import {
  allPeriods,
  checkUndo,
  evidenceOfReports,
  isOpen,
  isUnsigned,
  owesReports,
  periodOf,
  periodSlug,
  type ReportContent,
  type ReportEvidence,
  type ReportFacts,
  type ReportPeriod,
  type ReportState,
  reportPeriods,
  reportState,
  unitPeriods,
} from '#app/domain/report.ts'
import type { UnitKind } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { report, unit } from '#db/schema.ts'
import { peopleFiguresOf } from './aggregate.server.ts'
import { campaignNow } from './clock.server.ts'
import { regulationOf, rulesOf } from './judging/index.server.ts'
import { findPlan } from './plan.server.ts'
import { indicatorsUpTo, liveFigures } from './report-figures.server.ts'
import { isOpenedAbove } from './report-opening.server.ts'
import { isOpenOn } from './unit.server.ts'

/** The stored state of one unit's report of one period; `regulationId`: in force when its first version was signed. */
type Signed = ReportFacts & { version: number; signedAt: number | null; regulationId: number | null }
const NO_REPORT: Signed = { firstSignedAt: null, hasDraft: false, version: 0, signedAt: null, regulationId: null }
const keyOf = (unitId: number, period: Pick<ReportPeriod, 'kind' | 'endsOn'>) => `${unitId}/${periodSlug(period)}`

/** Whose reports are read: of a subtree, or of some units, with those directly below them where asked for. */
type Whose = { path: string } | { unitIds: readonly number[]; withBelow: boolean }

/** SQL: the unit `u` is one of `@unitIds`, or directly below one where they are `@withBelow`. */
const IS_AMONG = `u.id in (
  select value from json_each(@unitIds)
  union select id from unit where @withBelow and parent_id in (select value from json_each(@unitIds)))`

type SignedRow = Omit<Signed, 'hasDraft'> & {
  unitId: number
  kind: ReportPeriod['kind']
  endsOn: string
  hasDraft: number
}

/** SQL: what units have drafted and signed of each period, to be grouped by these. */
const SIGNED = `
  select r.unit_id as unitId, r.kind, r.ends_on as endsOn, min(r.signed_at) as firstSignedAt,
         max(r.signed_at) as signedAt, max(r.signed_at is null) as hasDraft,
         max(case when r.signed_at is null then 0 else r.version end) as version,
         (select f.regulation_id from report f
           where f.campaign_id = r.campaign_id and f.unit_id = r.unit_id and f.kind = r.kind
             and f.ends_on = r.ends_on and f.signed_at is not null order by f.signed_at, f.id limit 1) as regulationId
    from report r`

const byPeriod = (rows: readonly SignedRow[]): Map<string, Signed> =>
  new Map(
    rows.map(({ unitId, kind, endsOn, hasDraft, ...row }) => [
      keyOf(unitId, { kind, endsOn }),
      { ...row, hasDraft: hasDraft === 1 },
    ]),
  )

/** Returns what each of these units has drafted and signed, by unit and period, in one statement. */
function signedIn(campaignId: number, whose: Whose): Map<string, Signed> {
  const isOfUnits = 'unitIds' in whose
  return byPeriod(
    prepared<SignedRow>(
      `${SIGNED} join unit u on u.id = r.unit_id
        where r.campaign_id = @campaignId and ${isOfUnits ? IS_AMONG : 'u.path >= @path and u.path < @end'}
        group by r.unit_id, r.kind, r.ends_on`,
    ).all(
      isOfUnits
        ? { campaignId, unitIds: JSON.stringify(whose.unitIds), withBelow: Number(whose.withBelow) }
        : { campaignId, path: whose.path, end: subtreeEnd(whose.path) },
    ),
  )
}

/** The periods of some units, and what each has signed and drafted of them. */
type Reporting = {
  periodsOf: (unitId: number) => readonly ReportPeriod[]
  factsOf: (unitId: number, period: Pick<ReportPeriod, 'kind' | 'endsOn'>) => Signed
}

/**
 * Returns the reports that these units must send. The regulation in force decides, but
 * a signed report keeps the period and deadline of the regulation at its signing (domain 8).
 */
const reportingIn = (campaignId: number, whose: Whose): Reporting =>
  reportingBy(campaignId, signedIn(campaignId, whose))

function reportingBy(campaignId: number, signed: ReadonlyMap<string, Signed>): Reporting {
  const { code } = findPlan(campaignId)
  const { id: currentId, regulation } = rulesOf(campaignId)
  const current = reportPeriods(regulation, code)
  const under = new Map<number, ReportPeriod[]>()
  const periodsUnder = (regulationId: number) => {
    const periods = under.get(regulationId) ?? reportPeriods(regulationOf(regulationId).regulation, code)
    under.set(regulationId, periods)
    return periods
  }
  const earlier = new Map<number, ReportPeriod[]>()
  for (const [key, { regulationId }] of signed) {
    if (regulationId === null || regulationId === currentId) continue
    const [unitId = '', slug = ''] = key.split('/')
    const period = periodOf(periodsUnder(regulationId), slug)
    if (period) earlier.set(Number(unitId), [...(earlier.get(Number(unitId)) ?? []), period])
  }
  return {
    periodsOf: unitId => unitPeriods(current, earlier.get(unitId) ?? []),
    factsOf: (unitId, period) => signed.get(keyOf(unitId, period)) ?? NO_REPORT,
  }
}

/** One cell of the matrix: `version` and `signedAt` (ms) of the newest signed version; 0 and null where none is. */
type ReportCell = { state: ReportState; version: number; signedAt: number | null }

/**
 * Lists the visible units of a subtree that must report, in the order of the tree. Each has a cell for every period
 * that any of them has, in the order of `periods`. Contains no person's name.
 */
export function reportStates(actor: Actor, campaignId: number, unitPath: string) {
  const at = campaignNow()
  const { endsOn } = rulesOf(campaignId).regulation
  const rows = db
    .select({ unitId: unit.id, parentId: unit.parentId, name: unit.name, path: unit.path, kind: unit.kind })
    .from(unit)
    .where(and(inSubtree(unit.path, unitPath), within(actor, 'report.view', { unitPath: unit.path }), isOpenOn(endsOn)))
    .orderBy(asc(unit.id))
    .all()
  const people = peopleFiguresOf(
    campaignId,
    'unit',
    rows.map(row => String(row.unitId)),
  )
  const { periodsOf, factsOf } = reportingIn(campaignId, { path: unitPath })
  const owing = rows
    .filter((row, n) => owesReports({ kind: row.kind, officials: people[n]?.officials ?? 0 }))
    .map(row => ({ row, own: periodsOf(row.unitId) }))
  const periods = allPeriods(owing.length === 0 ? [periodsOf(-1)] : owing.map(({ own }) => own))
  const units = owing.map(({ row, own }) => {
    const bySlug = new Map(own.map(period => [periodSlug(period), period]))
    const cells = periods.map((column): ReportCell => {
      const period = bySlug.get(periodSlug(column))
      if (!period) return { state: 'not_owed', version: 0, signedAt: null }
      const facts = factsOf(row.unitId, period)
      return { state: reportState(period, facts, at), version: facts.version, signedAt: facts.signedAt }
    })
    return { ...row, cells }
  })
  return { periods, units }
}

/**
 * Returns the report facts for each unit's assessment (plan IV.2, V.1). These are whether the final one is missing
 * after its deadline, and how many of those due under a numbered document came in time. For units that need not report
 * both counts are 0.
 */
export function reportEvidence(campaignId: number, unitPath: string): (unitId: number) => ReportEvidence {
  const at = campaignNow()
  const { periodsOf, factsOf } = reportingIn(campaignId, { path: unitPath })
  const owing = new Set(owingUnits(campaignId, unitPath))
  return unitId =>
    owing.has(unitId)
      ? evidenceOfReports(periodsOf(unitId), period => factsOf(unitId, period), at)
      : { isFinalReportMissing: false, inTime: 0, due: 0 }
}

/** The units that owe a final report and have not signed it, by today: due, or missing (plan V.1). */
export function unsignedFinals(campaignId: number): number[] {
  const { periodsOf, factsOf } = reportingIn(campaignId, { path: '/' })
  return owingUnits(campaignId, '/').filter(unitId =>
    periodsOf(unitId).some(period => period.kind === 'final' && factsOf(unitId, period).firstSignedAt === null),
  )
}

/** The units of a subtree that owe reports: open at the cut-off, with people. */
function owingUnits(campaignId: number, unitPath: string): number[] {
  const rows = db
    .select({ id: unit.id, kind: unit.kind })
    .from(unit)
    .where(and(inSubtree(unit.path, unitPath), isOpenOn(rulesOf(campaignId).regulation.endsOn)))
    .all()
  const people = peopleFiguresOf(
    campaignId,
    'unit',
    rows.map(row => String(row.id)),
  )
  return rows.flatMap(({ id, kind }, n) => (owesReports({ kind, officials: people[n]?.officials ?? 0 }) ? [id] : []))
}

/** Returns true if a unit's final report is missing after its deadline (plan IV.2). */
export function isFinalReportMissing(campaignId: number, unitId: number): boolean {
  const row = db.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
  return row !== undefined && reportEvidence(campaignId, row.path)(unitId).isFinalReportMissing
}

/** The signed content of a report row: what was frozen, and its hash. */
function contentOf(row: { figures: string | null }): ReportContent | null {
  return row.figures === null ? null : (JSON.parse(row.figures) as ReportContent)
}

/** Returns the figures of the newest signed report of the periods before this one; null if there is none. */
function figuresBefore(campaignId: number, unitId: number, period: ReportPeriod, periods: readonly ReportPeriod[]) {
  const earlier = periods.slice(0, periods.indexOf(period)).toReversed()
  for (const { kind, endsOn } of earlier) {
    const row = db
      .select({ id: report.id, figures: report.figures })
      .from(report)
      .where(
        and(
          eq(report.campaignId, campaignId),
          eq(report.unitId, unitId),
          eq(report.kind, kind),
          eq(report.endsOn, endsOn),
        ),
      )
      .orderBy(desc(report.version))
      .all()
      .find(({ figures }) => figures !== null)
    const content = row && contentOf(row)
    if (row && content) return { id: row.id, kind, endsOn, figures: content.figures }
  }
  return null
}

/** Whether the newest signature can be taken back, and whose it is; undefined where nothing is signed. */
function undoOf(actor: Actor, versions: readonly (typeof report.$inferSelect)[], at: number) {
  const row = versions.find(({ hash }) => hash !== null)
  if (!row) return undefined
  const undo = { signedAt: row.signedAt ?? 0, isOpenedAbove: isOpenedAbove(row), isNewest: row === versions[0] }
  return { problem: checkUndo(undo, at), isOwn: actor.kind === 'person' && row.signedBy === actor.accountId }
}

/**
 * Returns a unit's report of the period in an address: its versions, newest first, each with what was signed, and any
 * draft. Also returns the present figures, and those of the report before. `mayDraft`, `maySign`, `mayFile`, `mayUndo`:
 * what the actor may do now; `undo.problem`: why nobody may take the newest signature back (null: it can be).
 * Undefined if not visible, if the unit need not report, or if there is no such period.
 */
export function findReport(actor: Actor, campaignId: number, { unitId, slug }: { unitId: number; slug: string }) {
  const row = db.select().from(unit).where(eq(unit.id, unitId)).get()
  if (!row || !can(actor, 'report.view', { unitPath: row.path })) return undefined
  const periods = reportingIn(campaignId, { unitIds: [unitId], withBelow: false }).periodsOf(unitId)
  const period = periodOf(periods, slug)
  const [people] = peopleFiguresOf(campaignId, 'unit', [String(unitId)])
  if (!period || !owesReports({ kind: row.kind, officials: people?.officials ?? 0 })) return undefined
  const versions = db
    .select()
    .from(report)
    .where(
      and(
        eq(report.campaignId, campaignId),
        eq(report.unitId, unitId),
        eq(report.kind, period.kind),
        eq(report.endsOn, period.endsOn),
      ),
    )
    .orderBy(desc(report.version))
    .all()
  const at = campaignNow()
  const signed = versions.flatMap(({ id, version, signedFileId, hash, ...rest }) => {
    const content = contentOf(rest)
    return content && hash !== null ? [{ id, version, signedFileId, hash, content }] : []
  })
  const undo = undoOf(actor, versions, at)
  const draft = versions.find(({ signedAt }) => signedAt === null) ?? null
  const firstSignedAt = signed.at(-1)?.content.signedAt ?? null
  const isOpenNow = isOpen(period, at)
  const mayDraft = can(actor, 'report.draft', { unitPath: row.path })
  return {
    period,
    slug,
    at,
    unit: { id: row.id, name: row.name, path: row.path, headTitle: row.headTitle, parentId: row.parentId },
    state: reportState(period, { firstSignedAt, hasDraft: draft !== null }, at),
    isOpen: isOpenNow,
    signed,
    draft: draft && {
      id: draft.id,
      version: draft.version,
      reason: draft.reason,
      difficulties: draft.difficulties,
      proposals: draft.proposals,
      preparedAt: draft.preparedAt,
    },
    live: liveFigures({ campaignId, unitId, unitPath: row.path, endsOn: period.endsOn }),
    liveIndicators: indicatorsUpTo(campaignId, { localityCode: row.localityCode, endsOn: period.endsOn }),
    before: figuresBefore(campaignId, unitId, period, periods),
    mayDraft: mayDraft && isOpenNow,
    maySign: isHeadOf(actor, unitId) && isOpenNow,
    mayFile: mayDraft && isOpenNow,
    undo,
    mayUndo: undo?.problem === null && mayDraft && (undo.isOwn || isHeadOf(actor, unitId)),
  }
}

/** Returns true if the actor holds the head's grant of this very unit: no head signs for another unit (domain 8). */
export function isHeadOf(actor: Actor, unitId: number): boolean {
  return actor.kind === 'person' && actor.grants.some(grant => grant.role === 'head' && grant.unitId === unitId)
}

/** Lists a unit's own reports, one line for each period; undefined if it need not report or is not visible. */
export function listReports(actor: Actor, campaignId: number, unitId: number) {
  const row = db.select({ path: unit.path }).from(unit).where(eq(unit.id, unitId)).get()
  if (!row || !can(actor, 'report.view', { unitPath: row.path })) return undefined
  const { periods, units } = reportStates(actor, campaignId, row.path)
  const own = units.find(one => one.unitId === unitId)
  return {
    path: row.path,
    periods,
    own: own?.cells ?? null,
    below: units.filter(one => one.parentId === unitId),
  }
}

/** A report that a unit must send by `period.dueAt`, or should have signed by then. */
type DueReport = { unitId: number; slug: string; period: ReportPeriod; state: ReportState }

type Silent = { count: number; dueOn: Day | null }

/** What some units still owe of their reports, and those below them. */
type OwedReports = {
  /** the reports that a unit must still sign: open ones and missing ones, the latest first */
  dueOf: (unitId: number) => DueReport[]
  /**
   * The units directly below one that signed none of the `periods` newest reports due by now (plan IV.2). `dueOn`: when
   * the newest of them was due; null: no unit is silent.
   */
  silentBelow: (unitId: number, periods?: number) => Silent
}

type UnitOwing = {
  id: number
  parentId: number | null
  kind: UnitKind
  closedOn: Day | null
  officials: number
  /** JSON: what it drafted and signed */
  reports: string
}

/** Reads what these units owe of their reports, for all at once; `withBelow`: and the units directly below. Checks no permission. */
export function owedReports(
  campaignId: number,
  unitIds: readonly number[],
  { withBelow }: { withBelow: boolean },
): OwedReports {
  const at = campaignNow()
  const { endsOn } = rulesOf(campaignId).regulation
  const units = prepared<UnitOwing>(
    `select u.id, u.parent_id as parentId, u.kind, u.closed_on as closedOn, coalesce(t.officials, 0) as officials, (
              select json_group_array(json_object('unitId', unitId, 'kind', kind, 'endsOn', endsOn, 'version', version,
                'firstSignedAt', firstSignedAt, 'signedAt', signedAt, 'hasDraft', hasDraft, 'regulationId', regulationId))
                from (${SIGNED} where r.campaign_id = @campaignId and r.unit_id = u.id group by r.kind, r.ends_on)) as reports
       from unit u left join people_tally t
         on t.campaign_id = @campaignId and t.dimension = 'unit' and t.key = cast(u.id as text)
      where ${IS_AMONG}`,
  ).all({ campaignId, unitIds: JSON.stringify(unitIds), withBelow: Number(withBelow) })
  const signed = byPeriod(units.flatMap(({ reports }) => JSON.parse(reports) as SignedRow[]))
  const { periodsOf, factsOf } = reportingBy(campaignId, signed)
  return {
    dueOf: unitId => {
      const own = units.find(({ id }) => id === unitId)
      if (!own || !owesReports(own)) return []
      return periodsOf(unitId)
        .flatMap((period): DueReport[] => {
          const state = reportState(period, factsOf(unitId, period), at)
          return isUnsigned(state) ? [{ unitId, slug: periodSlug(period), period, state }] : []
        })
        .toReversed()
    },
    silentBelow: (unitId, periods = 1) => {
      const below = units.filter(
        ({ parentId, closedOn }) => parentId === unitId && (closedOn === null || closedOn > endsOn),
      )
      const silent = below.filter(owesReports).flatMap(({ id }) => {
        const due = periodsOf(id).filter(({ dueAt }) => dueAt < at)
        const newest = due.slice(-periods)
        const isSilent = newest.length === periods && newest.every(period => factsOf(id, period).firstSignedAt === null)
        return isSilent ? [newest.at(-1)?.dueAt ?? 0] : []
      })
      return { count: silent.length, dueOn: silent.length === 0 ? null : dayOf(Math.max(...silent)) }
    },
  }
}

/** The reports that one unit must still sign (`owedReports`). */
export const dueOf = (campaignId: number, unitId: number): DueReport[] =>
  owedReports(campaignId, [unitId], { withBelow: false }).dueOf(unitId)

/** The units directly below one that signed none of the newest reports (`owedReports`). */
export const silentBelow = (campaignId: number, unitId: number, periods = 1): Silent =>
  owedReports(campaignId, [unitId], { withBelow: true }).silentBelow(unitId, periods)
