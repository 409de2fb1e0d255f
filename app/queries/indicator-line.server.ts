import type { Day } from '#app/domain/calendar.ts'
import { campaignDay, type PaceStatus, paceOf, requiredBy } from '#app/domain/pace.ts'
import { INDICATORS, type Indicator } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'

/**
 * An annex indicator in a locality: its target as printed and the newest official figure. `total`, `daily`, `dueToday`
 * null: the annex gives this locality none; `value` null: no figure yet.
 */
export type LocalityIndicator = {
  indicator: Indicator
  total: number | null
  daily: number | null
  dueToday: number | null
  value: number | null
  asOfOn: Day | null
  status: PaceStatus | null
}

type Figure = { value: number; asOfOn: Day }

/** The indicators of each locality that has a target or a figure, by its code; the province's are its districts' sums. */
export function indicatorLines(campaignId: number, today: Day): Map<string, LocalityIndicator[]> {
  const { regulation } = rulesOf(campaignId)
  const targets = prepared(
    'select locality_code as code, indicator, total, daily from indicator_target where campaign_id = ?',
  ).all(campaignId) as { code: string; indicator: Indicator; total: number; daily: number }[]
  const figures = newestFigures(campaignId, today)
  const rows = prepared('select code, parent_code as parentCode from locality').all() as {
    code: string
    parentCode: string | null
  }[]
  const parentOf = new Map(rows.map(row => [row.code, row.parentCode]))
  return new Map(
    rows.map(({ code }) => [
      code,
      INDICATORS.flatMap((indicator): LocalityIndicator[] => {
        const ofIndicator = targets.filter(row => row.indicator === indicator)
        const own = ofIndicator.filter(row => row.code === code)
        const cells = own.length > 0 ? own : ofIndicator.filter(row => parentOf.get(row.code) === code)
        const figure =
          figures.get(`${code}/${indicator}`) ?? sumOf(cells.map(row => figures.get(`${row.code}/${indicator}`)))
        if (cells.length === 0 && figure === undefined) return []
        const target = {
          total: cells.reduce((sum, cell) => sum + cell.total, 0),
          daily: cells.reduce((sum, cell) => sum + cell.daily, 0),
        }
        const told = { indicator, value: figure?.value ?? null, asOfOn: figure?.asOfOn ?? null }
        if (cells.length === 0) return [{ ...told, total: null, daily: null, dueToday: null, status: null }]
        return [
          {
            ...told,
            ...target,
            dueToday: requiredBy(campaignDay(today, regulation), target),
            // a figure is measured at the end of its own day
            status:
              figure === undefined ? null : paceOf({ done: figure.value, ...target }, figure.asOfOn, regulation).status,
          },
        ]
      }),
    ]),
  )
}

/** The figure in force of the newest day, of each locality and indicator. */
function newestFigures(campaignId: number, today: Day): Map<string, Figure> {
  const rows = prepared(
    `select locality_code as code, indicator, as_of_on as asOfOn, value from indicator_figure f
      where campaign_id = @campaignId and as_of_on <= @today and value is not null
        and id = (select max(id) from indicator_figure v where v.campaign_id = f.campaign_id
          and v.locality_code = f.locality_code and v.indicator = f.indicator and v.as_of_on = f.as_of_on)
      order by as_of_on`,
  ).all({ campaignId, today }) as { code: string; indicator: Indicator; asOfOn: Day; value: number }[]
  return new Map(rows.map(({ code, indicator, asOfOn, value }) => [`${code}/${indicator}`, { value, asOfOn }]))
}

/** The sum of the parts' figures, as of the oldest of them; undefined where one has none. */
function sumOf(figures: readonly (Figure | undefined)[]): Figure | undefined {
  const known = figures.filter(figure => figure !== undefined)
  if (figures.length === 0 || known.length < figures.length) return undefined
  return {
    value: known.reduce((sum, figure) => sum + figure.value, 0),
    asOfOn: known.reduce((oldest, { asOfOn }) => (asOfOn < oldest ? asOfOn : oldest), known[0]?.asOfOn ?? ''),
  }
}
