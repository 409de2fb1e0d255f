import { and, eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import {
  type Indicator,
  type IndicatorField,
  indicatorChanges,
  indicatorNamed,
  MOST_INDICATORS,
} from '#app/domain/campaign-indicator.ts'
import type { IndicatorInput } from '#app/domain/campaign-indicator-input.ts'
import type { StatedGoal } from '#app/domain/goal.ts'
import { found, type Result, refused } from '#app/domain/refusal.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { campaignGoal, campaignIndicator } from '#db/schema.ts'
import { listGoals, listIndicators } from './campaign-indicator.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

type Goal = Omit<StatedGoal, 'indicator'> | null
export type EditedIndicator = Indicator & { goal: Goal }

/** Whether a campaign has figures: from then on only the wording of its indicators changes. */
const hasFigures = (campaignId: number) =>
  prepared('select 1 from indicator_figure where campaign_id = ? limit 1').get(campaignId) !== undefined

/** Whether an indicator is in use: figures, a number above 0 in the annex, or a decision that shares it out. */
const isInUse = (campaignId: number, code: string) =>
  prepared(
    `select 1 from indicator_figure where campaign_id = @campaignId and indicator = @code
      union all select 1 from indicator_target where campaign_id = @campaignId and indicator = @code and total > 0
      union all select 1 from target_sharing where campaign_id = @campaignId and indicator = @code limit 1`,
  ).get({ campaignId, code }) !== undefined

function editable(campaignId: number): EditedIndicator[] {
  const goals = new Map(listGoals(campaignId).map(({ indicator, ...goal }) => [indicator, goal]))
  return listIndicators(campaignId).map(row => ({ ...row, goal: goals.get(row.code) ?? null }))
}

/** Passes where the actor may edit campaigns, and there is this one. */
function permitEditing(actor: Actor, campaignId: number) {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  found(prepared('select 1 from campaign where id = ?').get(campaignId))
}

/** The indicators of a campaign with their goals, for its office; `isOpen`: no figure exists yet. */
export function findIndicatorPlan(actor: Actor, campaignId: number) {
  permitEditing(actor, campaignId)
  const isOpen = !hasFigures(campaignId)
  const rows = editable(campaignId)
  return {
    isOpen,
    mayAdd: isOpen && rows.length < MOST_INDICATORS,
    rows: rows.map(row => ({ ...row, isInUse: isInUse(campaignId, row.code) })),
  }
}

/** Adds an indicator behind the others. Refused once figures exist, and beyond the most that a campaign has. */
export function addIndicator(actor: Actor, campaignId: number, { indicator, goal }: IndicatorInput): Result {
  return transact(tx => {
    permitEditing(actor, campaignId)
    const rows = listIndicators(campaignId)
    if (hasFigures(campaignId)) return refused('', 'indicators_have_figures')
    if (rows.length >= MOST_INDICATORS) return refused('', 'indicators_full')
    if (indicatorNamed(rows, indicator.code)) return refused('code', 'indicator_code_taken')
    const position =
      (prepared<number | null>('select max(position) from campaign_indicator where campaign_id = ?')
        .pluck()
        .get(campaignId) ?? 0) + 1
    tx.insert(campaignIndicator)
      .values({ campaignId, position, ...indicator })
      .run()
    writeGoal(tx, campaignId, indicator.code, goal)
    log(tx, actor, campaignId, { verb: 'add', code: indicator.code, name: indicator.name })
    return { ok: true }
  })
}

/** Changes an indicator: its wording at any time, what decides until figures exist. Its code stays. */
export function editIndicator(
  actor: Actor,
  campaignId: number,
  code: string,
  { indicator, goal }: IndicatorInput,
): Result {
  return transact(tx => {
    permitEditing(actor, campaignId)
    const before = found(indicatorNamed(editable(campaignId), code))
    const { name } = indicator
    const after = {
      ...indicator,
      code,
      printedName: indicator.printedName || name,
      publicName: indicator.publicName || name,
      goal,
    }
    const { words, deciding } = indicatorChanges(before, after)
    if (deciding.length > 0 && hasFigures(campaignId)) return refused(fieldOf(deciding), 'indicators_have_figures')
    if (words.length + deciding.length === 0) return { ok: true }
    const { code: _, ...columns } = indicator
    tx.update(campaignIndicator).set(columns).where(at(campaignId, code)).run()
    writeGoal(tx, campaignId, code, goal)
    log(tx, actor, campaignId, { verb: 'edit', code, name, changed: [...words, ...deciding] })
    return { ok: true }
  })
}

/** Moves an indicator one place up or down; the first and the last stay. Refused once figures exist. */
export function moveIndicator(actor: Actor, campaignId: number, code: string, by: 'up' | 'down'): Result {
  return transact(tx => {
    permitEditing(actor, campaignId)
    const rows = listIndicators(campaignId)
    const from = rows.findIndex(row => row.code === code)
    const moved = found(rows[from])
    if (hasFigures(campaignId)) return refused('', 'indicators_have_figures')
    const to = from + (by === 'up' ? -1 : 1)
    const other = rows[to]
    if (!other) return { ok: true }
    const ordered = rows.with(from, other).with(to, moved)
    for (const [n, row] of ordered.entries())
      tx.update(campaignIndicator)
        .set({ position: n + 1 })
        .where(at(campaignId, row.code))
        .run()
    log(tx, actor, campaignId, { verb: 'move', code, name: moved.name })
    return { ok: true }
  })
}

/** Removes an indicator with its goal. Refused once figures exist, and while the annex or a decision uses it. */
export function removeIndicator(actor: Actor, campaignId: number, code: string): Result {
  return transact(tx => {
    permitEditing(actor, campaignId)
    const { name } = found(indicatorNamed(listIndicators(campaignId), code))
    if (hasFigures(campaignId)) return refused('', 'indicators_have_figures')
    if (isInUse(campaignId, code)) return refused('', 'indicator_in_annex')
    prepared('delete from goal_exception where campaign_id = ? and indicator = ?').run(campaignId, code)
    prepared('delete from campaign_goal where campaign_id = ? and indicator = ?').run(campaignId, code)
    prepared('delete from indicator_target where campaign_id = ? and indicator = ?').run(campaignId, code)
    tx.delete(campaignIndicator).where(at(campaignId, code)).run()
    log(tx, actor, campaignId, { verb: 'remove', code, name })
    return { ok: true }
  })
}

const at = (campaignId: number, code: string) =>
  and(eq(campaignIndicator.campaignId, campaignId), eq(campaignIndicator.code, code))

/** Where the form says what may not change any more. */
const fieldOf = ([first]: readonly IndicatorField[]) => (first === 'goal' ? 'basis' : (first ?? ''))

/** Puts the goal of an indicator in place of the one before; null: the plan states none. */
function writeGoal(tx: Tx, campaignId: number, indicator: string, goal: Goal) {
  if (goal?.basis !== 'annex')
    prepared('delete from goal_exception where campaign_id = ? and indicator = ?').run(campaignId, indicator)
  if (goal === null) {
    prepared('delete from campaign_goal where campaign_id = ? and indicator = ?').run(campaignId, indicator)
    return
  }
  tx.insert(campaignGoal)
    .values({ campaignId, indicator, ...goal })
    .onConflictDoUpdate({ target: [campaignGoal.campaignId, campaignGoal.indicator], set: goal })
    .run()
}

function log(
  tx: Tx,
  actor: Actor,
  campaignId: number,
  {
    verb,
    code,
    name,
    changed,
  }: { verb: 'add' | 'edit' | 'move' | 'remove'; code: string; name: string; changed?: readonly IndicatorField[] },
) {
  logEvent(tx, actor, {
    verb,
    subject: 'campaign_indicator',
    subjectId: code,
    campaignId,
    data: { name, ...(changed && { changed }) },
  })
}
