import { type Indicator, indicatorNamer } from '#app/domain/campaign-indicator.ts'
import type { StatedGoal } from '#app/domain/goal.ts'
import { prepared, type Tx } from '#db/client.server.ts'
import { campaignGoal, campaignIndicator } from '#db/schema.ts'
import { untilWritten } from '#db/until-written.server.ts'

/** The indicators of a campaign in its order: boards, forms, files, papers and the interface take them from here. */
export const listIndicators = untilWritten((campaignId: number): Indicator[] =>
  prepared<Indicator>(
    `select code, name, short_name as shortName, iif(printed_name = '', name, printed_name) as printedName,
            iif(public_name = '', name, public_name) as publicName, unit, source, outcome
       from campaign_indicator where campaign_id = ? order by position, code`,
  ).all(campaignId),
)

/** The names of a campaign's indicators by their codes (`indicatorNamer`), read once. */
export const indicatorNames = (campaignId: number): ((code: string) => string) =>
  indicatorNamer(listIndicators(campaignId))

/** What the text of a campaign's plan wants beside its annex, in the order of the indicators. */
export function listGoals(campaignId: number): StatedGoal[] {
  return prepared<StatedGoal>(
    `select g.indicator, g.share, g.basis, g.adults, g.at_start as atStart, g.exceptions
       from campaign_goal g join campaign_indicator i on i.campaign_id = g.campaign_id and i.code = g.indicator
      where g.campaign_id = ? order by i.position, i.code`,
  ).all(campaignId)
}

/** Gives a new campaign its indicators, in their order, and the goals of its plan. Checks no permission. */
export function insertIndicators(
  tx: Tx,
  campaignId: number,
  { indicators, goals }: { indicators: readonly Indicator[]; goals: readonly StatedGoal[] },
) {
  for (const [n, indicator] of indicators.entries())
    tx.insert(campaignIndicator)
      .values({ campaignId, position: n + 1, ...indicator })
      .run()
  for (const goal of goals)
    tx.insert(campaignGoal)
      .values({ campaignId, ...goal })
      .run()
}

/** Another campaign's indicators for a new one to look at; what its plan printed is not taken over. */
export const copiedIndicators = (campaignId: number): Indicator[] =>
  listIndicators(campaignId).map(row => ({ ...row, printedName: '' }))
