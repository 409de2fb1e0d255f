import type { Person } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import { requestDue } from '#app/domain/citizen-code.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  type AuditSums,
  type HomeAffairsStation,
  type HomeAffairsSums,
  type LeaderSums,
  type OfficeSums,
  type OperatingSums,
  offersEndBy,
  type SheetSum,
  type SourceSum,
  type TelecomSums,
} from '#app/domain/reminder.ts'
import type { CitizenRequestKind } from '#app/domain/vocabulary.ts'
import { readBackupState } from '#db/backup-state.server.ts'
import { chainCheckedAt, factsCheckedAt } from '#db/check-marks.server.ts'
import { prepared } from '#db/client.server.ts'
import { rootUnit } from './unit.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** What each office's lists hold, and how old what they are fed with is; counts only, no permission is asked. */

function rootOf() {
  const { id, name } = rootUnit()
  return { id, name }
}

/** SQL: concluded inspections with untrue records and no finding about the unit's report (plan IV.2). */
const UNCONCLUDED = `
  select count(*) from inspection i
   where i.campaign_id = @campaignId and i.concluded_at is not null
     and exists (select 1 from inspection_pick p
       where p.inspection_id = i.id and p.result = 'untrue' and p.overturned_at is null)
     and not exists (select 1 from untrue_report_finding f where f.inspection_id = i.id and f.withdrawn_at is null)`

/** SQL: difficulties that wait for an answer; of one office where `@route` is not null. */
const DIFFICULTIES = `
  select count(*) from difficulty d
   where d.campaign_id = @campaignId and d.answered_at is null and d.withdrawn_at is null
     and (@route is null or d.route = @route)`

/** SQL: the newest day of an applied extract of the police, null: none. */
const POLICE_DAY = `
  select max(as_of_on) from extract where campaign_id = @campaignId and source = 'police' and state = 'applied'`

type Request = { kind: CitizenRequestKind; askedAt: number; acknowledgedAt: number | null }

/** The next legal day of each open request of a citizen about their own data (domain 11). */
function requestDays(json: string): Day[] {
  return (JSON.parse(json) as Request[]).map(({ kind, askedAt, acknowledgedAt }) => {
    const { acknowledgeBy, meetBy } = requestDue(kind, dayOf(askedAt))
    return acknowledgedAt === null ? acknowledgeBy : meetBy
  })
}

/** What waits for the campaign office; `silent`: units below the root that sent no report, counted by the caller. */
export function officeSums(
  campaignId: number,
  silent: OfficeSums['silent'],
  { regulation, today }: { regulation: Regulation; today: Day },
): OfficeSums {
  const row = prepared<{
    difficulties: number
    unconcluded: number
    policeOn: Day | null
    requests: string
    isClosed: number
  }>(
    `select (${DIFFICULTIES}) as difficulties, (${UNCONCLUDED}) as unconcluded, (${POLICE_DAY}) as policeOn,
            (select json_group_array(json_object('kind', kind, 'askedAt', asked_at, 'acknowledgedAt', acknowledged_at))
               from citizen_request where campaign_id = @campaignId and closed_at is null) as requests,
            exists (select 1 from closing where campaign_id = @campaignId and version > 0 and frozen_at is not null)
              as isClosed`,
  ).one({ campaignId, route: 'campaign_office' })
  return {
    difficulties: row.difficulties,
    unconcluded: row.unconcluded,
    requests: requestDays(row.requests),
    extracts: [{ source: 'police', asOfOn: row.policeOn }],
    silent,
    root: rootOf(),
    isToClose: today >= regulation.endsOn && row.isClosed === 0,
  }
}

/** What waits for the telecom office: extracts by the carriers for which any ever came, else all together. */
export function telecomSums(campaignId: number, today: Day): TelecomSums {
  const row = prepared<{ difficulties: number; wishes: number; ending: string; carriers: string }>(
    `select (${DIFFICULTIES}) as difficulties,
            (select count(*) from offer_request where campaign_id = @campaignId and handed_at is null) as wishes,
            (select json_group_array(to_on) from offer
              where campaign_id = @campaignId and to_on between @today and @endBy) as ending,
            (select json_group_array(json_object('source', carrier, 'asOfOn', newest)) from (
              select s.carrier, max(e.as_of_on) as newest from extract e join extract_scope s on s.extract_id = e.id
               where e.campaign_id = @campaignId and e.source = 'telecom' and e.state = 'applied'
               group by s.carrier order by s.carrier)) as carriers`,
  ).one({ campaignId, route: 'telecom_office', today, endBy: offersEndBy(today) })
  const carriers = JSON.parse(row.carriers) as SourceSum[]
  return {
    difficulties: row.difficulties,
    wishes: row.wishes,
    offersEnding: JSON.parse(row.ending) as Day[],
    extracts: carriers.length > 0 ? carriers : [{ source: 'telecom', asOfOn: null }],
  }
}

/** What waits for home affairs; `changed`: candidates whose result changed, counted by the caller. */
export function homeAffairsSums(campaignId: number, changed: HomeAffairsSums['changed'], today: Day): HomeAffairsSums {
  const rounds = prepared<{
    roundId: number
    about: string
    station: HomeAffairsStation
    count: number
    dueOn: Day | null
  }>(
    `select r.id as roundId, r.name as about, c.stage as station, count(*) as count,
            case when c.stage = 'home_affairs' then r.proposals_due_on end as dueOn
       from round r join candidate c on c.round_id = r.id
      where r.campaign_id = ? and r.decided_at is null and c.ended is null
        and c.stage in ('home_affairs', 'council', 'decision')
      group by r.id, c.stage order by r.id, c.stage`,
  ).all(campaignId)
  const openGates = prepared<number>(
    `select count(*) from gate
      where campaign_id = ? and withdrawn_at is null and to_on is null and from_on <= ?`,
  )
    .pluck()
    .one(campaignId, today)
  return { rounds, changed, openGates }
}

/** What the leaders of the province decide or ask about. */
export function leaderSums(campaignId: number, silentTwice: number): LeaderSums {
  const row = prepared<{ difficulties: number; unconcluded: number }>(
    `select (${DIFFICULTIES}) as difficulties, (${UNCONCLUDED}) as unconcluded`,
  ).one({ campaignId, route: null })
  return { ...row, silentTwice, root: rootOf() }
}

/** Inspections of the actor's teams that are not concluded, with what is left of each sample (domain 6.4). */
export function sheetSums({ accountId }: Person, campaignId: number): SheetSum[] {
  const rows = prepared<Omit<SheetSum, 'about'> & { unitId: number }>(
    `select i.id as inspectionId, i.unit_id as unitId, sum(p.result is null) as left, count(*) as "of"
       from inspection i join inspection_member m on m.inspection_id = i.id and m.account_id = ?
       join inspection_pick p on p.inspection_id = i.id
      where i.campaign_id = ? and i.concluded_at is null group by i.id order by i.id`,
  ).all(accountId, campaignId)
  const titleOf = unitTitles(rows.map(({ unitId }) => unitId))
  return rows.map(({ unitId, ...sum }) => ({ ...sum, about: titleOf(unitId) }))
}

/** How far back failed jobs count (ms). */
const JOBS_MS = 7 * 86_400_000

/** What an administrator sees to; `goLive`: read by the caller. */
export function operatingSums(goLive: OperatingSums['goLive'], database: string, now: number): OperatingSums {
  const failedJobs = prepared<number>("select count(*) from job where state = 'failed' and finished_at > ?")
    .pluck()
    .one(now - JOBS_MS)
  const { lastFailure, lastGoodAt } = readBackupState(database)
  const hasFailed = lastFailure !== null && lastFailure.at > (lastGoodAt ?? 0)
  return { goLive, failedJobs, failedBackupOn: hasFailed ? dayOf(lastFailure.at) : null }
}

/** When the nightly checks passed last, by the marks beside the database. */
export function auditSums(database: string): AuditSums {
  const dayAt = (at: number | undefined) => (at === undefined ? null : dayOf(at))
  return { chainOn: dayAt(chainCheckedAt(database)), factsOn: dayAt(factsCheckedAt(database)) }
}

/** Accounts that opened or exported most citizens' data since an instant (ms): numbers only, for the auditor. */
export function mostAccesses(since: number, limit: number): { name: string; opened: number; exported: number }[] {
  return prepared<{ name: string; opened: number; exported: number }>(
    `select a.display_name as name, sum(iif(l.what glob '*_export', 0, l.count)) as opened,
            sum(iif(l.what glob '*_export', l.count, 0)) as exported
       from access_log l join account a on a.id = l.account_id where l.at > ?
      group by l.account_id order by sum(l.count) desc, a.id limit ?`,
  ).all(since, limit)
}
