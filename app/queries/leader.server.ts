import type { Day } from '#app/domain/calendar.ts'
import { dailyGrowth, indicatorState } from '#app/domain/indicator.ts'
import { heldBack, type PlaceGaps, saidOf, weekRate } from '#app/domain/leader.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import { prepared } from '#db/client.server.ts'
import { helpFiguresOf } from './aggregate.server.ts'
import { listIndicators } from './campaign-indicator.server.ts'
import { figuresInForce, indicatorTargets, seriesWithBasis } from './indicator.server.ts'
import { columnOf } from './judging/index.server.ts'
import { belowReader, findLocality } from './locality.server.ts'
import { rootUnit } from './unit.server.ts'

const PLACES = 3
const AGENCIES = 5

/**
 * What the leaders of the province see first: the indicators by the official figures, then the places and agencies that
 * hold most back. The records of officials come last. Undefined where the province has no locality yet. Checks no
 * permission.
 */
export function readLeaderBoard(campaignId: number, { regulation, today }: { regulation: Regulation; today: Day }) {
  const root = rootUnit()
  const province = root.localityCode === null ? undefined : findLocality(root.localityCode, today)
  if (!province) return undefined
  const below = belowReader(today)
  const places = below(province.code)
  const parts = new Map(places.map(({ code }) => [code, below(code).map(row => row.code)]))
  const codes = places.map(({ code }) => code)
  const figures = figuresInForce(campaignId, [province.code, ...codes, ...[...parts.values()].flat()], today)
  const targets = indicatorTargets(campaignId)
  const known = listIndicators(campaignId)
  const stateOf = (code: string, parts: readonly string[], indicator: string) => {
    const target = targets.get(`${code} ${indicator}`) ?? null
    const { series } = seriesWithBasis(figures, { code, below: parts, indicator })
    const state = indicatorState(series, target, today, regulation)
    const newest = series.at(-1)
    return {
      indicator,
      value: newest?.value ?? null,
      total: target?.total ?? null,
      asOfOn: newest?.on ?? null,
      neededPerDay: state.neededPerDay,
      said: saidOf(state, newest?.on ?? null, { endsOn: regulation.endsOn, today }),
      series,
    }
  }
  const indicators = known.map(({ code: indicator }) => {
    const { series, ...row } = stateOf(province.code, codes, indicator)
    const trend = dailyGrowth(series, regulation)
    return { ...row, perDay: weekRate(trend), trend }
  })
  const gaps = places.map(
    ({ code, type, name }): PlaceGaps => ({
      code,
      name: `${type} ${name}`,
      gaps: known.map(({ code: indicator }) => {
        const { value, total, said } = stateOf(code, parts.get(code) ?? [], indicator)
        return { indicator, said, missing: Math.max(0, (total ?? 0) - (value ?? 0)) }
      }),
    }),
  )
  const days = indicators.flatMap(({ asOfOn }) => asOfOn ?? []).sort()
  return {
    code: province.code,
    unitId: root.id,
    indicators,
    places: heldBack(gaps, PLACES),
    agencies: agenciesHoldingBack(campaignId, root.id),
    /** the oldest of the indicators' newest days; null: no figure is reported */
    oldestOn: days[0] ?? null,
    help: helpFiguresOf(campaignId, 'unit', [String(root.id)])[0] ?? null,
  }
}

/** Agencies directly below the province by the citizens that their people still lack to their targets. */
function agenciesHoldingBack(campaignId: number, rootId: number) {
  const owed = columnOf('shortage')
  return prepared<{ id: number; name: string; shortage: number; counted: number; targets: number }>(
    `select u.id, u.name, t.${owed} as shortage, t.counted, t.targets from unit u
       join people_tally t on t.campaign_id = ? and t.dimension = 'unit' and t.key = cast(u.id as text)
      where u.parent_id = ? and u.kind = 'provincial_agency' and u.closed_on is null and t.${owed} > 0
      order by t.${owed} desc, u.id limit ${AGENCIES}`,
  ).all(campaignId, rootId)
}
