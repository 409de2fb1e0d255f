import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import { subtreeEnd } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type ClosingLine, type ClosingTick, isTooOld, lineState } from '#app/domain/closing-check.ts'
import { caseState } from '#app/domain/due-process.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Result } from '#app/domain/refusal.ts'
import {
  CLOSING_ITEMS,
  type ClosingItem,
  EXTRACT_SOURCES,
  type ReviewDecision,
  type ReviewStep,
} from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { closingTick } from '#db/schema.ts'
import { figureOf } from './aggregate.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { IS_IN_FORCE } from './indicator.server.ts'
import { rulesOf, termsOf } from './judging/index.server.ts'
import { unsignedFinals } from './report.server.ts'
import { rootUnit } from './unit.server.ts'

/** One line of the list before the close, with its tick in force and who made it. */
export type CheckedLine = ClosingLine & {
  state: ReturnType<typeof lineState>
  tick: (ClosingTick & { createdAt: number; createdByName: string }) | null
}

const wholeTree = () => ({ unitPath: rootUnit().path })

const counted = (text: string, campaignId: number) => prepared<number>(text).pluck().one({ campaignId })

/** How much waits of each line that a count in the tables answers. */
const COUNTS = {
  exemptions: "select count(*) from exemption where campaign_id = @campaignId and state = 'asked'",
  inspections: 'select count(*) from inspection where campaign_id = @campaignId and concluded_at is null',
  appeals: `select count(*) from inspection_appeal a join inspection i on i.id = a.inspection_id
             where i.campaign_id = @campaignId and a.decision is null`,
  reconsiderations: 'select count(*) from reconsideration where campaign_id = @campaignId and decided_at is null',
  disputes: 'select count(*) from dispute where campaign_id = @campaignId and decided_at is null',
} satisfies Partial<Record<ClosingItem, string>>

/** The list before the close: how much waits of each line, and whether it is done, left with a reason, or open. */
export function listClosingLines(actor: Actor, campaignId: number): CheckedLine[] {
  permit(actor, 'closing.view', wholeTree())
  return closingLines(campaignId)
}

/** The same without a check of permission, for the close itself. */
export function closingLines(campaignId: number): CheckedLine[] {
  const ticks = ticksOf(campaignId)
  return CLOSING_ITEMS.map(item => {
    const line = { item, ...readLine(campaignId, item) }
    const tick = ticks.get(item) ?? null
    return { ...line, tick, state: lineState(line, tick) }
  })
}

function readLine(campaignId: number, item: ClosingItem): Omit<ClosingLine, 'item'> {
  switch (item) {
    case 'records':
      return { count: figureOf(campaignId, 'unit', rootUnit().id).help.awaiting }
    case 'obligations':
      return { count: figureOf(campaignId, 'unit', rootUnit().id).people.awaiting }
    case 'extracts':
      return oldExtracts(campaignId)
    case 'figures':
      return oldFigures(campaignId)
    case 'final_reports':
      return { count: unsignedFinals(campaignId).length }
    case 'notices':
      return { count: openCases(campaignId).filter(({ isUnanswered }) => isUnanswered).length }
    default:
      return { count: counted(COUNTS[item], campaignId) }
  }
}

/** Sources whose newest applied extract lies too far before the last day; the older of their days. */
function oldExtracts(campaignId: number): Omit<ClosingLine, 'item'> {
  const { regulation } = rulesOf(campaignId)
  const newest = EXTRACT_SOURCES.map(source =>
    prepared<Day | null>("select max(as_of_on) from extract where campaign_id = ? and source = ? and state = 'applied'")
      .pluck()
      .one(campaignId, source),
  )
  const old = newest.filter(day => isTooOld(day, campaignToday(), regulation))
  return { count: old.length, asOfOn: oldest(old) }
}

/** Figures of the annex, one for each locality and indicator with a target, that are not of the last day or near it. */
function oldFigures(campaignId: number): Omit<ClosingLine, 'item'> {
  const { regulation } = rulesOf(campaignId)
  const rows = prepared<{ code: string; indicator: string; day: Day }>(
    `select locality_code as code, indicator, max(as_of_on) as day from indicator_figure f
      where campaign_id = ? and ${IS_IN_FORCE}
      group by locality_code, indicator`,
  ).all(campaignId)
  const days = new Map(rows.map(({ code, indicator, day }) => [`${code} ${indicator}`, day]))
  const annex = prepared<{ code: string; indicator: string }>(
    'select locality_code as code, indicator from indicator_target where campaign_id = ?',
  ).all(campaignId)
  const old = annex
    .map(({ code, indicator }) => days.get(`${code} ${indicator}`) ?? null)
    .filter(day => isTooOld(day, campaignToday(), regulation))
  return { count: old.length, asOfOn: oldest(old) }
}

/** The oldest of some days; null where one of them is unknown, or there is none. */
function oldest(days: readonly (Day | null)[]): Day | null {
  const known = days.filter(day => day !== null)
  return known.length < days.length ? null : (known.toSorted()[0] ?? null)
}

/** Cases of due process that are not closed; `isUnanswered`: the notice waits for its explanation. */
export function openCases(campaignId: number): { id: number; isUnanswered: boolean }[] {
  const rows = prepared<{ id: number; kind: ReviewStep; decision: ReviewDecision | null; on: Day }>(
    `select c.id, s.kind, s.decision, s.taken_on as "on" from review_case c join review_step s on s.case_id = c.id
      where c.campaign_id = ? and c.withdrawn_at is null order by s.id`,
  ).all(campaignId)
  const today = campaignToday()
  const { regulation } = rulesOf(campaignId)
  return [...grouped(rows, ({ id }) => id)].flatMap(([id, steps]) => {
    const { open, isClosed } = caseState(steps, today, termsOf(id, regulation))
    return isClosed ? [] : [{ id, isUnanswered: open.some(({ kind }) => kind === 'explanation') }]
  })
}

/** What an appeal or a dispute still asks about; the worklists stay as long. */
export function countOpenAppeals(campaignId: number): number {
  const of = (item: 'appeals' | 'reconsiderations' | 'disputes') => counted(COUNTS[item], campaignId)
  return of('appeals') + of('reconsiderations') + of('disputes') + openCases(campaignId).length
}

function ticksOf(campaignId: number) {
  const rows = prepared<ClosingTick & { item: ClosingItem; createdAt: number; createdByName: string }>(
    `select t.item, t.count, t.reason, t.created_at as createdAt, a.display_name as createdByName
       from closing_tick t join account a on a.id = t.created_by where t.campaign_id = ? and t.withdrawn_at is null`,
  ).all(campaignId)
  return new Map(rows.map(({ item, ...row }) => [item, row]))
}

/** Leaves what waits of a line as it is, with the reason; a new tick takes the place of the one before. */
export function tickLine(
  actor: Actor,
  campaignId: number,
  { item, reason }: { item: ClosingItem; reason: string },
): Result<object, 'nothing_missing'> {
  permit(actor, 'closing.compute', wholeTree())
  return transact(tx => {
    const { count } = readLine(campaignId, item)
    if (count === 0) return { ok: false, problem: 'nothing_missing' }
    withdraw(campaignId, item)
    const { id } = tx
      .insert(closingTick)
      .values({ campaignId, item, count, reason, createdAt: campaignNow(), createdBy: accountOf(actor) })
      .returning({ id: closingTick.id })
      .get()
    logEvent(tx, actor, { verb: 'confirm', subject: 'closing', subjectId: id, campaignId, data: { item, count } })
    return { ok: true }
  })
}

/** Takes a tick back: the line is open again where something waits. */
export function untickLine(actor: Actor, campaignId: number, item: ClosingItem) {
  permit(actor, 'closing.compute', wholeTree())
  transact(tx => {
    withdraw(campaignId, item)
    logEvent(tx, actor, { verb: 'withdraw', subject: 'closing', subjectId: campaignId, campaignId, data: { item } })
  })
}

function withdraw(campaignId: number, item: ClosingItem) {
  prepared('update closing_tick set withdrawn_at = ? where campaign_id = ? and item = ? and withdrawn_at is null').run(
    campaignNow(),
    campaignId,
    item,
  )
}

/** What waits of each unit directly below the province with all below it; units where nothing does are left out. */
export function listWaitingUnits(actor: Actor, campaignId: number) {
  permit(actor, 'closing.view', wholeTree())
  const owed = new Set(unsignedFinals(campaignId))
  const disputed = prepared<number>('select unit_id from dispute where campaign_id = ? and decided_at is null')
    .pluck()
    .all(campaignId)
  return prepared<{ id: number; name: string; path: string }>(
    'select id, name, path from unit where parent_id = ? order by id',
  )
    .all(rootUnit().id)
    .map(({ id, name, path }) => {
      const { help, people } = figureOf(campaignId, 'unit', id)
      const below = prepared<number>('select id from unit where path >= ? and path < ?')
        .pluck()
        .all(path, subtreeEnd(path))
      return {
        id,
        name,
        records: help.awaiting,
        obligations: people.awaiting,
        disputes: disputed.filter(unitId => below.includes(unitId)).length,
        reports: below.filter(unitId => owed.has(unitId)).length,
      }
    })
    .filter(({ records, obligations, disputes, reports }) => records + obligations + disputes + reports > 0)
    .toSorted((a, b) => b.records + b.obligations - a.records - a.obligations || a.id - b.id)
}
