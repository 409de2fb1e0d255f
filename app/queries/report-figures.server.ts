import { subtreeEnd } from '#app/access/scope.server.ts'
import { addDays, type Day, daysFrom, startOf } from '#app/domain/calendar.ts'
import type { ReportFigures } from '#app/domain/report.ts'
import { prepared } from '#db/client.server.ts'
import { type DayFigures, dayFigures, peopleFiguresOf } from './aggregate.server.ts'
import { rulesOf } from './judging/index.server.ts'

type Reported = { campaignId: number; unitId: number; unitPath: string; endsOn: Day }
type HelpRow = Pick<
  ReportFigures,
  'reported' | 'counted' | 'verified' | 'by_inspection' | 'by_extract' | 'by_citizen' | 'by_unit' | 'awaiting'
>
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
 * are those of the days up to `endsOn`, with their present verdicts. People, quota and obligations are as of now, for
 * the posting at the cut-off (domain 3). Reads the same sums as every board. Checks no permission; the caller must.
 */
export function liveFigures({ campaignId, unitId, unitPath, endsOn }: Reported): ReportFigures {
  const [people] = peopleFiguresOf(campaignId, 'unit', [String(unitId)])
  return {
    ...helpUpTo({ campaignId, unitId, endsOn }),
    officials: people?.officials ?? 0,
    quota_bearers: people?.quotaBearers ?? 0,
    targets: people?.targets ?? 0,
    quota_reached: people?.reached ?? 0,
    obligation_bearers: people?.obligationBearers ?? 0,
    obligations_met: people?.allMet ?? 0,
    sim_signature_bearers: people?.simSignatureBearers ?? 0,
    sim_signature_met: people?.simSignatureMet ?? 0,
    phone_4g_bearers: people?.phone4gBearers ?? 0,
    phone_4g_met: people?.phone4gMet ?? 0,
    portal_login_bearers: people?.portalLoginBearers ?? 0,
    portal_login_met: people?.portalLoginMet ?? 0,
    ...workUpTo({ campaignId, unitPath, endsOn }),
  }
}

function helpUpTo({ campaignId, unitId, endsOn }: Omit<Reported, 'unitPath'>): HelpRow {
  const { startsOn } = rulesOf(campaignId).regulation
  const rows = dayFigures(campaignId, 'unit', unitId, daysFrom(startsOn, endsOn))
  const sum = (metric: Exclude<keyof DayFigures, 'day'>) => rows.reduce((total, row) => total + row[metric], 0)
  return {
    reported: sum('reported'),
    counted: sum('counted'),
    verified: sum('verified'),
    by_inspection: sum('byInspection'),
    by_extract: sum('byExtract'),
    by_citizen: sum('byCitizen'),
    by_unit: sum('byUnit'),
    awaiting: sum('awaiting'),
  }
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
         and raised_at < @end and answered_at is not null) as difficulties_answered,
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
