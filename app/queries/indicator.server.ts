import { and, desc, eq } from 'drizzle-orm'
import type { Day } from '#app/domain/calendar.ts'
import {
  type DayFigure,
  type IndicatorState,
  type IndicatorTarget,
  indicatorState,
  sumFigures,
} from '#app/domain/indicator.ts'
import { type IndicatorWord, indicatorWord } from '#app/domain/indicator-word.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { db, prepared } from '#db/client.server.ts'
import { account, indicatorFigure, indicatorTarget } from '#db/schema.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { type LocalityRow, listLocalitiesBelow, parentReader } from './locality.server.ts'

/** A figure in force: the newest version of its day. */
type Stored = DayFigure & { source: string }

/**
 * Source of a shown figure: reported for the locality itself, or the sum of some of the localities below (`have` of
 * `of`).
 */
type FigureBasis = { kind: 'own'; source: string } | { kind: 'sum'; have: number; of: number }

/** One indicator of one locality on a day. */
export type IndicatorRow = IndicatorState & {
  indicator: string
  total: number | null
  daily: number | null
  value: number | null
  /** the day of the newest figure; null without one */
  asOfOn: Day | null
  basis: FigureBasis | null
  /** what pages say: reached, or whether it will be in time */
  word: IndicatorWord
}

export type LocalityIndicators = { code: string; name: string; level: LocalityRow['level']; indicators: IndicatorRow[] }

/** SQL, of a row `f` of `indicator_figure`: a figure that no later entry for its day corrects or withdraws. */
export const IS_IN_FORCE = `f.value is not null and not exists (
  select 1 from indicator_figure n where n.campaign_id = f.campaign_id and n.locality_code = f.locality_code
     and n.indicator = f.indicator and n.as_of_on = f.as_of_on and n.id > f.id)`

/** Every figure in force of these localities, by locality and indicator, in the order of the days. */
export function figuresInForce(campaignId: number, codes: readonly string[], until: Day): Map<string, Stored[]> {
  const rows = prepared<Stored & { code: string; indicator: string }>(
    `select locality_code as code, indicator, as_of_on as "on", value, source from indicator_figure f
      where campaign_id = ? and locality_code in (select value from json_each(?)) and as_of_on <= ? and ${IS_IN_FORCE}
      order by as_of_on`,
  ).all(campaignId, JSON.stringify(codes), until)
  const found = new Map<string, Stored[]>()
  for (const { code, indicator, ...row } of rows) {
    const key = `${code} ${indicator}`
    const known = found.get(key)
    if (known) known.push(row)
    else found.set(key, [row])
  }
  return found
}

/**
 * The targets of each locality and indicator: the annex's, for the province the sum of its rows (the daily share Σ of
 * theirs, as the annex prints it), for a commune of a district what that handed down last (plan V.6).
 */
export function indicatorTargets(campaignId: number): Map<string, IndicatorTarget> {
  const targets = new Map<string, IndicatorTarget>()
  const add = (code: string | null, indicator: string, { total, daily }: IndicatorTarget) => {
    if (code === null) return
    const key = `${code} ${indicator}`
    const known = targets.get(key)
    targets.set(key, { total: (known?.total ?? 0) + total, daily: (known?.daily ?? 0) + daily })
  }
  const annex = db
    .select({
      code: indicatorTarget.localityCode,
      indicator: indicatorTarget.indicator,
      total: indicatorTarget.total,
      daily: indicatorTarget.daily,
    })
    .from(indicatorTarget)
    .where(eq(indicatorTarget.campaignId, campaignId))
    .all()
  const { startsOn } = rulesOf(campaignId).regulation
  const parentOn = parentReader()
  for (const { code, indicator, ...target } of annex) {
    add(code, indicator, target)
    add(parentOn(code, startsOn), indicator, target)
  }
  const handedDown = prepared<{ code: string | null; indicator: string } & IndicatorTarget>(
    `select u.locality_code as code, s.indicator, t.total, t.daily
       from target_sharing s join target_share t on t.sharing_id = s.id join unit u on u.id = t.unit_id
       join unit sharer on sharer.id = s.unit_id and sharer.kind = 'district'
      where s.campaign_id = ? and u.kind = 'commune' and not exists (select 1 from target_sharing n
        where n.campaign_id = s.campaign_id and n.unit_id = s.unit_id and n.indicator = s.indicator and n.id > s.id)`,
  ).all(campaignId)
  for (const { code, indicator, ...target } of handedDown) add(code, indicator, target)
  return targets
}

/** Figures, their basis and target of localities; shared by the boards, the public page and the interface. */
export function indicatorsOf(
  campaignId: number,
  localities: readonly LocalityRow[],
  { regulation, today }: { regulation: Regulation; today: Day },
): LocalityIndicators[] {
  const below = new Map(localities.map(({ code }) => [code, listLocalitiesBelow(code, today).map(row => row.code)]))
  const figures = figuresInForce(campaignId, [...new Set([...below].flat(2))], today)
  const targets = indicatorTargets(campaignId)
  const indicators = listIndicators(campaignId)
  return localities.map(({ code, type, name, level }) => ({
    code,
    name: `${type} ${name}`,
    level,
    indicators: indicators.map(({ code: indicator }) => {
      const target = targets.get(`${code} ${indicator}`) ?? null
      const { series, basis } = seriesWithBasis(figures, { code, below: below.get(code) ?? [], indicator })
      const newest = series.at(-1)
      const state = indicatorState(series, target, today, regulation)
      const asOfOn = newest?.on ?? null
      return {
        indicator,
        total: target?.total ?? null,
        daily: target?.daily ?? null,
        value: newest?.value ?? null,
        asOfOn,
        basis,
        ...state,
        word: indicatorWord({ ...state, asOfOn }, today, regulation.endsOn),
      }
    }),
  }))
}

/** A locality's own figures, or where it has none those of the localities below, summed up. */
export function seriesWithBasis(
  figures: ReadonlyMap<string, Stored[]>,
  { code, below, indicator }: { code: string; below: readonly string[]; indicator: string },
): { series: readonly DayFigure[]; basis: FigureBasis | null } {
  const own = figures.get(`${code} ${indicator}`)
  if (own) return { series: own, basis: { kind: 'own', source: own.at(-1)?.source ?? '' } }
  const parts = below.flatMap(part => {
    const found = figures.get(`${part} ${indicator}`)
    return found ? [found] : []
  })
  if (parts.length === 0) return { series: [], basis: null }
  return { series: sumFigures(parts), basis: { kind: 'sum', have: parts.length, of: below.length } }
}

/**
 * Returns the figures of one indicator in a locality for each day, for a chart. Days without a figure repeat the one
 * before, days before the first are zero. `null` after the newest figure, and everywhere if there is none.
 */
function carried(series: readonly DayFigure[], days: readonly Day[]): (number | null)[] {
  const newest = series.at(-1)?.on ?? ''
  return days.map(day => (day > newest ? null : (series.findLast(({ on }) => on <= day)?.value ?? 0)))
}

/** One indicator day by day in a locality and in each of those below it. */
export function indicatorLines(
  campaignId: number,
  { code, indicator }: { code: string; indicator: string },
  { days, today }: { days: readonly Day[]; today: Day },
): { own: (number | null)[]; below: { code: string; name: string; values: (number | null)[] }[] } {
  const children = listLocalitiesBelow(code, today)
  const grandchildren = new Map(
    children.map(child => [child.code, listLocalitiesBelow(child.code, today).map(row => row.code)]),
  )
  const below = children.map(row => row.code)
  const figures = figuresInForce(campaignId, [code, ...below, ...[...grandchildren.values()].flat()], today)
  const line = (of: string, parts: readonly string[]) =>
    carried(seriesWithBasis(figures, { code: of, below: parts, indicator }).series, days)
  return {
    own: line(code, below),
    below: children.map(child => ({
      code: child.code,
      name: `${child.type} ${child.name}`,
      values: line(child.code, grandchildren.get(child.code) ?? []),
    })),
  }
}

/** Every version of the figures of one locality and indicator, newest first, at most `limit`. */
export function listFigureVersions(campaignId: number, code: string, limit = 100) {
  return db
    .select({
      id: indicatorFigure.id,
      indicator: indicatorFigure.indicator,
      asOfOn: indicatorFigure.asOfOn,
      value: indicatorFigure.value,
      origin: indicatorFigure.origin,
      source: indicatorFigure.source,
      reason: indicatorFigure.reason,
      enteredAt: indicatorFigure.enteredAt,
      enteredBy: account.displayName,
    })
    .from(indicatorFigure)
    .leftJoin(account, eq(account.id, indicatorFigure.enteredBy))
    .where(and(eq(indicatorFigure.campaignId, campaignId), eq(indicatorFigure.localityCode, code)))
    .orderBy(desc(indicatorFigure.id))
    .limit(limit)
    .all()
}
