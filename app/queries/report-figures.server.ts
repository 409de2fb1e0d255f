import { subtreeEnd } from '#app/access/scope.server.ts'
import { addDays, type Day, daysFrom, startOf } from '#app/domain/calendar.ts'
import { camel, DAY_METRICS, obligationSums } from '#app/domain/figures.ts'
import type { ReportFigures, ReportIndicator } from '#app/domain/report.ts'
import { recordOf } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { dayFigures, figureOf } from './aggregate.server.ts'
import { indicatorsOf } from './indicator.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { findLocality } from './locality.server.ts'

type Reported = { campaignId: number; unitId: number; unitPath: string; endsOn: Day }
type WorkRow = Pick<
  ReportFigures,
  | 'outreach_sessions'
  | 'outreach_people'
  | 'collection_points'
  | 'collection_invited'
  | 'collection_received'
  | 'collection_sent_on'
  | 'collection_approved'
  | 'difficulties_raised'
  | 'difficulties_answered'
>

/**
 * Returns the present figures of a unit with everything below it. Help records, outreach, collection and difficulties
 * (raised and answered) are those of the days up to `endsOn`, with their present verdicts. People, quota and
 * obligations are as of now, for the posting at the cut-off (domain 3). Reads the same sums as every board. Checks no
 * permission; the caller must.
 */
export function liveFigures({ campaignId, unitId, unitPath, endsOn }: Reported): ReportFigures {
  const { people } = figureOf(campaignId, 'unit', unitId)
  const sums = obligationSums(people)
  const { counted_any: _, ...help } = helpUpTo({ campaignId, unitId, endsOn })
  return {
    ...help,
    officials: people.officials,
    quota_bearers: people.quotaBearers,
    targets: people.targets,
    quota_reached: people.reached,
    obligation_bearers: people.obligationBearers,
    obligations_met: people.allMet,
    sim_signature_bearers: sums.sim_signature.bearers,
    sim_signature_met: sums.sim_signature.met,
    phone_4g_bearers: sums.phone_4g.bearers,
    phone_4g_met: sums.phone_4g.met,
    portal_login_bearers: sums.portal_login.bearers,
    portal_login_met: sums.portal_login.met,
    ...workUpTo({ campaignId, unitPath, endsOn }),
  }
}

/** The annex's indicators of a unit's locality by the end of a day; empty where none is assigned to it. */
export function indicatorsUpTo(
  campaignId: number,
  { localityCode, endsOn }: { localityCode: string | null; endsOn: Day },
): ReportIndicator[] {
  const locality = localityCode === null ? undefined : findLocality(localityCode, endsOn)
  if (!locality) return []
  const { regulation } = rulesOf(campaignId)
  const [row] = indicatorsOf(campaignId, [locality], { regulation, today: endsOn })
  return (row?.indicators ?? []).flatMap(({ indicator, total, value, asOfOn }) =>
    total === null ? [] : [{ indicator, target: total, done: value, asOfOn }],
  )
}

function helpUpTo({ campaignId, unitId, endsOn }: Omit<Reported, 'unitPath'>) {
  const { startsOn } = rulesOf(campaignId).regulation
  const rows = dayFigures(campaignId, 'unit', unitId, daysFrom(startsOn, endsOn))
  return recordOf(DAY_METRICS, metric => rows.reduce((total, row) => total + row[camel(metric)], 0))
}

/** Sums up what a subtree logged besides help records, up to the end of a day. */
function workUpTo({ campaignId, unitPath, endsOn }: Omit<Reported, 'unitId'>): WorkRow {
  const below = 'select id from unit where path >= @path and path < @after'
  return prepared<WorkRow>(
    `select
      (select count(*) from outreach where campaign_id = @campaignId and unit_id in (${below})
         and held_on <= @endsOn and withdrawn_at is null) as outreach_sessions,
      (select coalesce(sum(people), 0) from outreach where campaign_id = @campaignId and unit_id in (${below})
         and held_on <= @endsOn and withdrawn_at is null) as outreach_people,
      (select count(*) from collection_point where campaign_id = @campaignId and unit_id in (${below})
         and from_on <= @endsOn and cancelled_at is null) as collection_points,
      (select count(*) from difficulty where campaign_id = @campaignId and unit_id in (${below})
         and raised_at < @end) as difficulties_raised,
      (select count(*) from difficulty where campaign_id = @campaignId and unit_id in (${below})
         and raised_at < @end and answered_at < @end) as difficulties_answered,
      coalesce(sum(d.invited), 0) as collection_invited, coalesce(sum(d.received), 0) as collection_received,
      coalesce(sum(d.sent_on), 0) as collection_sent_on, coalesce(sum(d.approved), 0) as collection_approved
      from collection_day d join collection_point p on p.id = d.point_id
     where p.campaign_id = @campaignId and p.unit_id in (${below}) and d.day <= @endsOn`,
  ).one({
    campaignId,
    path: unitPath,
    after: subtreeEnd(unitPath),
    endsOn,
    end: startOf(addDays(endsOn, 1)),
  })
}
