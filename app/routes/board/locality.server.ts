import { leadingIndicator } from '#app/domain/campaign-indicator.ts'
import { campaignDay, requiredBy } from '#app/domain/pace.ts'
import { receiverKinds } from '#app/domain/target-sharing.ts'
import { tileCells } from '#app/domain/tile-map.ts'
import { outcomeSums, type runningTotals } from '#app/queries/aggregate.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import {
  type IndicatorRow,
  indicatorLines,
  indicatorsOf,
  type LocalityIndicators,
} from '#app/queries/indicator.server.ts'
import { recordableIndicators } from '#app/queries/indicator-figure.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import { findLocality, hasDistricts, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { findLocalityBoard } from '#app/queries/locality-board.server.ts'
import { tileLayout } from '#app/queries/tile-map.server.ts'
import { capitalize, explainFeasibility } from '#app/text/board.ts'
import { formatAsOf, formatNumber, formatShortDay } from '#app/text/format.ts'
import { bareName } from '#app/text/level.ts'
import type { Tile } from '#app/ui/tile-map.tsx'
import type { ReadArgs, Visit } from '../_web/visit.server.ts'
import { found } from '../_web/visit.server.ts'
import { localityBoard } from './params.ts'

/** A locality's board: what was done there, and its official indicators beside those below it. */
export function readLocality({ actor, campaign, regulation, today, at }: Visit, { params, url }: ReadArgs) {
  const { children, ...board } = found(findLocalityBoard(actor, campaign, params.code ?? '', { regulation, today }))
  const { activation } = board
  const indicators = listIndicators(campaign.id)
  const asked = localityBoard.read(url)
  const indicator =
    (indicators.find(({ code }) => code === asked.indicator) ?? leadingIndicator(indicators))?.code ?? ''
  const order = indicators.find(({ code }) => code === asked.order)?.code ?? indicator
  const { days } = board.running
  const localities = [found(findLocality(board.code, today)), ...listLocalitiesBelow(board.code, today)]
  const [own, ...below] = indicatorsOf(campaign.id, localities, { regulation, today })
  const official = found(own)
  const chosen = official.indicators.find(row => row.indicator === indicator)
  return {
    ...board,
    name: capitalize(board.name),
    asOf: formatAsOf(at),
    motion: figuresInMotion(campaign.id),
    endsOn: regulation.endsOn,
    today,
    indicator,
    order,
    /** the localities below as a table of all indicators, instead of a map and a line for each */
    isTable: asked.order !== undefined,
    official: {
      ...official,
      indicators: official.indicators.map(row => ({ ...row, sumBelow: differingSum(row, below) })),
    },
    outcomes: outcomeSums(board.help, indicators),
    below: below.toSorted((a, b) => missingOf(b, order) - missingOf(a, order)),
    lines: indicatorLines(campaign.id, { code: board.code, indicator }, { days, today }),
    officialPace:
      chosen?.total == null ? [] : days.map(day => requiredBy(campaignDay(day, regulation), targetOf(chosen))),
    mayRecord: recordableIndicators(actor, campaign.id, found(localities[0])).length > 0,
    paceLine: activation ? board.running.days.map(day => requiredBy(campaignDay(day, regulation), activation)) : [],
    weeks: activation ? [] : weeksOf(board.running),
    cells:
      board.level === 'province' && asked.order === undefined
        ? tileCells(
            below.map(row => tileOf(row, indicator)),
            tileLayout(),
          )
        : [],
    handsDown:
      board.unitId !== null && board.level !== 'hamlet' && receiverKinds(board.level, hasDistricts(today)).length > 0,
    strained: children
      .filter(child => child.feasibility?.isFeasible === false)
      .map(({ code, name, feasibility, hasOfficialFigure }) => ({
        code,
        name: capitalize(name),
        sentence: feasibility && explainFeasibility({ ...feasibility, hasOfficialFigure }),
      })),
    children: children.map(child => ({
      key: child.code,
      label: capitalize(child.name),
      to: `/dia-ban/${child.code}`,
      reported: child.help.reported,
      counted: child.help.counted,
      verified: child.help.verified,
      target: child.activation?.total,
    })),
  }
}

/** What a locality lacks to its target of an indicator; 0 where it has none. */
function missingOf({ indicators }: LocalityIndicators, indicator: string): number {
  const row = indicators.find(one => one.indicator === indicator)
  return row?.total == null ? 0 : Math.max(0, row.total - (row.value ?? 0))
}

/**
 * What the localities below add up to, where that is another figure than the locality's own; null: it is the same, is
 * itself their sum, or not each of them has a figure.
 */
function differingSum({ indicator, value, basis }: IndicatorRow, below: readonly LocalityIndicators[]): number | null {
  const parts = below.map(row => row.indicators.find(one => one.indicator === indicator)?.value ?? null)
  if (value === null || basis?.kind !== 'own' || parts.length === 0 || parts.some(part => part === null)) return null
  const sum = parts.reduce<number>((total, part) => total + (part ?? 0), 0)
  return sum === value ? null : sum
}

const WEEK = 7

/** The past days of the campaign seven by seven; for a locality without a target to draw a line against. */
function weeksOf({ days, reported, counted, verified }: ReturnType<typeof runningTotals>) {
  const past = reported.filter(value => value !== null).length
  const starts = Array.from({ length: Math.ceil(past / WEEK) }, (_, n) => n * WEEK)
  return starts.map(start => {
    const end = Math.min(start + WEEK, past) - 1
    const grown = (values: readonly (number | null)[]) => (values[end] ?? 0) - (values[start - 1] ?? 0)
    return {
      key: String(start),
      label: `${formatShortDay(days[start] ?? '')} – ${formatShortDay(days[end] ?? '')}`,
      value: grown(counted),
      text: [reported, counted, verified].map(values => formatNumber(grown(values))).join(' · '),
    }
  })
}

function tileOf({ code, name, indicators }: LocalityIndicators, indicator: string): Tile {
  const row = indicators.find(one => one.indicator === indicator)
  return {
    code,
    name: bareName(name),
    value: row?.value ?? null,
    total: row?.total ?? 0,
    to: localityBoard.to(`/dia-ban/${code}`, { indicator }),
    word: row?.word ?? 'no_figures',
  }
}

const targetOf = ({ total, daily }: { total: number | null; daily: number | null }) => ({
  total: total ?? 0,
  daily: daily ?? 0,
})
