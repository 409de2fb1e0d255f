import { eq, inArray } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { activationOf } from '#app/domain/campaign-indicator.ts'
import { feasibilityOf, stillUnactivated } from '#app/domain/feasibility.ts'
import type { HelpFigures } from '#app/domain/figures.ts'
import { type Goal, goalOf, hasExceptions, isJudgedBy, type StatedGoal } from '#app/domain/goal.ts'
import { campaignDay, requiredBy } from '#app/domain/pace.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { db } from '#db/client.server.ts'
import { indicatorTarget, locality } from '#db/schema.ts'
import { helpFiguresOf, peopleFiguresOf, runningTotals } from './aggregate.server.ts'
import { listGoals, listIndicators } from './campaign-indicator.server.ts'
import { exceptionsOn, mayEnterExceptions } from './goal-exception.server.ts'
import { indicatorsOf } from './indicator.server.ts'
import {
  findLocality,
  governingUnit,
  governingUnits,
  type LocalityRow,
  listLocalitiesBelow,
  parentReader,
} from './locality.server.ts'

/** The annex's row of a locality for one indicator, and what is due by the end of today. */
type IndicatorRow = { indicator: string; total: number; daily: number; dueToday: number }
type Feasibility = { shortage: number; unactivated: number } & ReturnType<typeof feasibilityOf>
export type LocalityFigures = {
  code: string
  name: string
  level: LocalityRow['level']
  help: HelpFigures
  /** empty where the annex gives it no targets: communes */
  indicators: IndicatorRow[]
  /** that of `activationOf`; null where the annex gives it none */
  activation: IndicatorRow | null
  /** null where no unit governs it, or the annex gives no number of citizens to activate */
  feasibility: Feasibility | null
  /** citizens still unactivated are those of the official figure; else of counted records */
  hasOfficialFigure: boolean
}

const nameOf = ({ type, name }: Pick<LocalityRow, 'type' | 'name'>) => `${type} ${name}`

/** True where the actor may see the figures of a locality: they may at the unit that governs it, or what holds it. */
export function isLocalitySeen(actor: Actor, path: string): boolean {
  const codes = path.split('/').filter(code => code !== '')
  return codes.some(code => {
    const governing = governingUnit(code)
    return governing !== undefined && can(actor, 'locality.view', { unitPath: governing.path })
  })
}

/**
 * Returns a locality's board, by the citizens who live there. It has the annex's targets with today's due share, and
 * the help records' share. It also shows whether its officials' targets can be reached with distinct citizens, the
 * localities below, and the days of the campaign.
 * The province's target and daily share are the sums of its districts' (plan annex). Undefined if there is no such
 * locality, or it is not visible.
 */
export function findLocalityBoard(
  actor: Actor,
  campaign: { id: number },
  code: string,
  { regulation, today }: { regulation: Regulation; today: Day },
) {
  const own = findLocality(code, today)
  if (!own || !isLocalitySeen(actor, own.path)) return undefined
  const rows = [own, ...listLocalitiesBelow(code, today)]
  const governing = governingUnits(rows.map(row => row.code))
  const governed = rows.map(row => ({ ...row, unit: governing.get(row.code) }))
  const [figures, ...children] = localityFigures(campaign.id, governed, { regulation, today })
  if (!figures) return undefined
  const unit = governing.get(code)
  const stated = listGoals(campaign.id)
  return {
    ...figures,
    above: localitiesAbove(actor, own),
    children,
    goals: goalsBeside(stated, own, figures.indicators, {
      annexReading: regulation.annexReading,
      exceptedAt: exceptionsOn(campaign.id, today),
    }),
    mayExcept: own.parentCode === null && mayEnterExceptions(actor) && stated.some(hasExceptions),
    running: runningTotals(campaign.id, 'locality', code, { regulation, today }),
    unitId: unit?.id ?? null,
    allowed: {
      lowerTarget: unit !== undefined && can(actor, 'target.decide_area', { unitPath: unit.path }),
    },
  }
}

function localitiesAbove(actor: Actor, { path }: LocalityRow): { code: string; name: string }[] {
  const codes = path
    .split('/')
    .filter(code => code !== '')
    .slice(0, -1)
  if (codes.length === 0) return []
  const rows = db.select().from(locality).where(inArray(locality.code, codes)).all()
  return codes.flatMap(code => {
    const row = rows.find(candidate => candidate.code === code)
    return row && isLocalitySeen(actor, row.path) ? [{ code, name: nameOf(row) }] : []
  })
}

function localityFigures(
  campaignId: number,
  localities: readonly (LocalityRow & { unit: ReturnType<typeof governingUnit> })[],
  { regulation, today }: { regulation: Regulation; today: Day },
): LocalityFigures[] {
  const help = helpFiguresOf(
    campaignId,
    'locality',
    localities.map(row => row.code),
  )
  const people = peopleFiguresOf(
    campaignId,
    'unit',
    localities.map(row => String(row.unit?.id ?? '')),
  )
  const annex = annexRows(campaignId, regulation)
  const known = listIndicators(campaignId)
  const activationCode = activationOf(known)?.code
  const dayNumber = campaignDay(today, regulation)
  const told = officialActivations(campaignId, localities, { activationCode, regulation, today })
  return localities.map((row, n) => {
    const counts = help[n] as HelpFigures
    const indicators = known.flatMap(({ code: indicator }) => {
      const ofIndicator = annex.filter(cell => cell.indicator === indicator)
      const own = ofIndicator.filter(cell => cell.code === row.code)
      const cells = own.length > 0 ? own : ofIndicator.filter(cell => cell.parentCode === row.code)
      if (cells.length === 0) return []
      const total = cells.reduce((sum, cell) => sum + cell.total, 0)
      const daily = cells.reduce((sum, cell) => sum + cell.daily, 0)
      return [{ indicator, total, daily, dueToday: requiredBy(dayNumber, { total, daily }) }]
    })
    const activation = indicators.find(({ indicator }) => indicator === activationCode)
    const shortage = row.unit && people[n]?.shortage
    const official = told.get(row.code) ?? null
    const unactivated = stillUnactivated(activation?.total ?? 0, { helped: counts.eidActivatedAchieved, official })
    return {
      code: row.code,
      name: nameOf(row),
      level: row.level,
      help: counts,
      indicators,
      activation: activation ?? null,
      feasibility:
        activation === undefined || shortage === undefined
          ? null
          : { shortage, unactivated, ...feasibilityOf({ shortage, unactivated }) },
      hasOfficialFigure: official !== null,
    }
  })
}

/**
 * Returns the newest official figure of activated accounts for each locality that has one: its own, or the sum of
 * those below.
 */
function officialActivations(
  campaignId: number,
  localities: readonly LocalityRow[],
  { activationCode, ...on }: { activationCode: string | undefined; regulation: Regulation; today: Day },
): Map<string, { value: number; isWhole: boolean }> {
  const found = new Map<string, { value: number; isWhole: boolean }>()
  for (const { code, indicators } of indicatorsOf(campaignId, localities, on)) {
    const row = indicators.find(({ indicator }) => indicator === activationCode)
    if (row?.value == null || row.basis === null) continue
    found.set(code, { value: row.value, isWhole: row.basis.kind === 'own' || row.basis.have === row.basis.of })
  }
  return found
}

/** The annex by locality; a sum over those below goes by where they belonged when the campaign began. */
function annexRows(campaignId: number, { startsOn }: Regulation) {
  const rows = db
    .select({
      indicator: indicatorTarget.indicator,
      total: indicatorTarget.total,
      daily: indicatorTarget.daily,
      code: indicatorTarget.localityCode,
    })
    .from(indicatorTarget)
    .where(eq(indicatorTarget.campaignId, campaignId))
    .all()
  const parentOn = parentReader()
  return rows.map(row => ({ ...row, parentCode: parentOn(row.code, startsOn) }))
}

/** The goals of a plan beside the annex's totals: of the whole province all, of a locality those that it is judged by. */
function goalsBeside(
  goals: readonly StatedGoal[],
  { code, parentCode }: LocalityRow,
  rows: readonly IndicatorRow[],
  { annexReading, exceptedAt }: Pick<Regulation, 'annexReading'> & { exceptedAt: ReturnType<typeof exceptionsOn> },
): Goal[] {
  return goals
    .filter(goal => parentCode === null || isJudgedBy(goal, annexReading))
    .flatMap(stated => {
      const total = rows.find(({ indicator }) => indicator === stated.indicator)?.total
      if (total === undefined && parentCode !== null) return []
      return [goalOf(stated, total ?? 0, exceptedAt(code, stated.indicator) ?? null)]
    })
}
