import { type Actor, accountOf, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type ClosingLine, type ClosingTick, isTooOld, lineState } from '#app/domain/closing-check.ts'
import { caseState } from '#app/domain/due-process.ts'
import { grouped } from '#app/domain/grouping.ts'
import {
  CLOSING_ITEMS,
  type ClosingItem,
  EXTRACT_SOURCES,
  type ReviewDecision,
  type ReviewStep,
} from '#app/domain/vocabulary.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { closingTick } from '#db/schema.ts'
import { figureOf, figuresOf } from './aggregate.server.ts'
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

/**
 * Takes the reasons of several lines in one act, each its own: null takes a tick back. What no longer waits needs none
 * and is passed over. Returns how many lines are left with their reason, and how many reasons were taken back.
 */
export function leaveLines(
  actor: Actor,
  campaignId: number,
  reasons: ReadonlyMap<ClosingItem, string | null>,
): { left: number; dropped: number } {
  permit(actor, 'closing.compute', wholeTree())
  return transact(tx => {
    const ticks = ticksOf(campaignId)
    let [left, dropped] = [0, 0]
    for (const [item, reason] of reasons) {
      const { count, reason: before } = ticks.get(item) ?? { count: 0, reason: null }
      if (reason === null) {
        if (before === null) continue
        withdraw(campaignId, item)
        logEvent(tx, actor, { verb: 'withdraw', subject: 'closing', subjectId: campaignId, campaignId, data: { item } })
        dropped += 1
        continue
      }
      const isSame = reason === before && readLine(campaignId, item).count <= count
      if (isSame || tick(tx, actor, campaignId, { item, reason })) left += 1
    }
    return { left, dropped }
  })
}

/** Leaves what waits of a line as it is, in place of the tick before; false where nothing waits. */
function tick(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  { item, reason }: { item: ClosingItem; reason: string },
): boolean {
  const { count } = readLine(campaignId, item)
  if (count === 0) return false
  withdraw(campaignId, item)
  const { id } = tx
    .insert(closingTick)
    .values({ campaignId, item, count, reason, createdAt: campaignNow(), createdBy: accountOf(actor) })
    .returning({ id: closingTick.id })
    .get()
  logEvent(tx, actor, { verb: 'confirm', subject: 'closing', subjectId: id, campaignId, data: { item, count } })
  return true
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
  const disputed = prepared<number>('select unit_id from dispute where campaign_id = ? and decided_at is null')
    .pluck()
    .all(campaignId)
  const disputes = countedAt(disputed)
  const reports = countedAt(unsignedFinals(campaignId))
  const units = prepared<{ id: number; name: string }>('select id, name from unit where parent_id = ? order by id').all(
    rootUnit().id,
  )
  const figures = figuresOf(
    campaignId,
    'unit',
    units.map(({ id }) => String(id)),
  )
  return units
    .map(({ id, name }, n) => ({
      id,
      name,
      records: figures[n]?.help.awaiting ?? 0,
      obligations: figures[n]?.people.awaiting ?? 0,
      disputes: disputes.get(id) ?? 0,
      reports: reports.get(id) ?? 0,
    }))
    .filter(({ records, obligations, disputes, reports }) => records + obligations + disputes + reports > 0)
    .toSorted((a, b) => b.records + b.obligations - a.records - a.obligations || a.id - b.id)
}

/** Counts a list of units, which may name one several times, by the unit below the province that each belongs to. */
function countedAt(unitIds: readonly number[]): Map<number, number> {
  const rows = prepared<{ id: number; count: number }>(
    `select top.id, count(*) as count from json_each(?) listed join unit u on u.id = listed.value
       join unit top on top.parent_id = ? and substr(u.path, 1, length(top.path)) = top.path group by top.id`,
  ).all(JSON.stringify(unitIds), rootUnit().id)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
