import { subtreeEnd } from '#app/access/scope.server.ts'
import type { CollectiveFacts } from '#app/domain/assessment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { judgedTarget } from '#app/domain/goal.ts'
import { prepared } from '#db/client.server.ts'
import { listGoals, listIndicators } from './campaign-indicator.server.ts'
import { exceptionsOn } from './goal-exception.server.ts'
import { IS_IN_FORCE, indicatorTargets } from './indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { listLocalitiesBelow } from './locality.server.ts'

type Evidence = CollectiveFacts['indicators']

/**
 * What the annex's indicators say of the units that govern a district or commune (plan V.6): the newest figure until
 * `until` beside the target. A locality without a figure of its own has the sum of those below it on that day; an indicator of which
 * nothing was told at all is no evidence, for or against. The regulation's `annexReading` decides what the target is.
 */
export function indicatorEvidence(campaignId: number, unitPath: string, until: Day): (unitId: number) => Evidence {
  const places = prepared<{ id: number; code: string }>(
    `select id, locality_code as code from unit where path >= ? and path < ? and locality_code is not null
        and kind in ('district', 'commune')`,
  ).all(unitPath, subtreeEnd(unitPath))
  if (places.length === 0) return () => []
  const indicators = listIndicators(campaignId)
  const targets = indicatorTargets(campaignId)
  const goals = new Map(listGoals(campaignId).map(goal => [goal.indicator, goal]))
  const { annexReading } = rulesOf(campaignId).regulation
  const exceptedAt = exceptionsOn(campaignId, until)
  const newest = newestFigures(campaignId, until)
  const doneAt = (code: string, indicator: string): number | undefined => {
    const own = newest.get(`${code} ${indicator}`)
    if (own !== undefined) return own
    const parts = listLocalitiesBelow(code, until).flatMap(part => newest.get(`${part.code} ${indicator}`) ?? [])
    return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0)
  }
  const codes = new Map(places.map(({ id, code }) => [id, code]))
  return unitId => {
    const code = codes.get(unitId)
    if (code === undefined) return []
    return indicators.flatMap(({ code: indicator }) => {
      const total = targets.get(`${code} ${indicator}`)?.total
      const done = doneAt(code, indicator)
      if (total === undefined || done === undefined) return []
      const excepted = exceptedAt(code, indicator) ?? 0
      return [{ indicator, done, target: judgedTarget(total, goals.get(indicator), { annexReading, excepted }) }]
    })
  }
}

/** The day of the newest figure that collectives are judged by, within the campaign; null: none is entered. */
export function newestFigureOn(campaignId: number): Day | null {
  return prepared<Day | null>(
    `select max(as_of_on) from indicator_figure f where campaign_id = ? and as_of_on <= ? and ${IS_IN_FORCE}`,
  )
    .pluck()
    .one(campaignId, rulesOf(campaignId).regulation.endsOn)
}

/** The newest figure in force of each locality and indicator until a day. */
function newestFigures(campaignId: number, until: Day): Map<string, number> {
  const rows = prepared<{ code: string; indicator: string; value: number }>(
    `select locality_code as code, indicator, value from (
       select f.locality_code, f.indicator, f.value,
              row_number() over (partition by f.locality_code, f.indicator order by f.as_of_on desc) as place
         from indicator_figure f
        where f.campaign_id = ? and f.as_of_on <= ? and ${IS_IN_FORCE})
      where place = 1`,
  ).all(campaignId, until)
  return new Map(rows.map(({ code, indicator, value }) => [`${code} ${indicator}`, value]))
}
