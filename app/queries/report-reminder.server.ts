import { type Actor, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { found, notFound } from '#app/domain/refusal.ts'
import { isUnsigned, periodSlug } from '#app/domain/report.ts'
import { prepared, transact } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { listReports } from './report.server.ts'

/** SQL: the last day on which somebody above reminded a unit of each period's report, as JSON by the period's word. */
export const remindedSql = (unit: string) => `(
  select json_group_object(period, day) from (
    select json_extract(e.data, '$.period') as period, max(json_extract(e.data, '$.on')) as day from event e
     where e.subject = 'unit' and e.subject_id = cast(${unit} as text) and e.verb = 'remind'
       and e.campaign_id = @campaignId group by 1))`

/**
 * Returns the last day on which somebody above reminded each unit of a period's report, by unit and the period's word
 * in addresses: `remindedOn(12, 'tong-ket')`. Null: nobody did.
 */
export function reportReminders(campaignId: number, unitIds: readonly number[]) {
  const rows = prepared<{ unitId: number; reminded: string }>(
    `select j.value as unitId, ${remindedSql('j.value')} as reminded from json_each(@unitIds) j`,
  ).all({ unitIds: JSON.stringify(unitIds), campaignId })
  const days = new Map(rows.map(({ unitId, reminded }) => [unitId, JSON.parse(reminded) as Record<string, Day>]))
  return (unitId: number, period: string): Day | null => days.get(unitId)?.[period] ?? null
}

/**
 * Reminds the units directly below one of a period's report that they have not signed: all of them, or `only` one.
 * Their heads and coordinators see it on their list of tasks and in the day's mail until the report is signed. A unit is
 * reminded at most once a day. Returns how many were (plan IV.2).
 */
export function remindOfReports(
  actor: Actor,
  campaignId: number,
  { unitId, slug, only }: { unitId: number; slug: string; only: number | null },
): number {
  return transact(tx => {
    const { periods, below, path } = found(listReports(actor, campaignId, unitId))
    permit(actor, 'report.remind', { unitPath: path })
    const at = periods.findIndex(period => periodSlug(period) === slug)
    if (at < 0) throw notFound()
    const asked = below.filter(row => {
      const cell = row.cells[at]
      return (only === null || row.unitId === only) && cell !== undefined && isUnsigned(cell.state)
    })
    const on = campaignToday()
    const remindedOn = reportReminders(
      campaignId,
      asked.map(row => row.unitId),
    )
    const reminded = asked.filter(row => remindedOn(row.unitId, slug) !== on)
    for (const row of reminded)
      logEvent(tx, actor, {
        verb: 'remind',
        subject: 'unit',
        subjectId: row.unitId,
        campaignId,
        data: { period: slug, on },
      })
    return reminded.length
  })
}
