import { can, type Person } from '#app/access/policy.ts'
import { type Day, dayOf, startOf } from '#app/domain/calendar.ts'
import { answersSince, type UnitSums } from '#app/domain/reminder.ts'
import { unitTitle } from '#app/domain/unit-title.ts'
import { prepared } from '#db/client.server.ts'
import { type Figures, figuresOf } from './aggregate.server.ts'
import { readNotOwn } from './confirmer.server.ts'
import { openDisputes } from './dispute.server.ts'
import { exemptionsDue, OWES_SCAN } from './exemption.server.ts'
import { decidables, deciderAccounts } from './exemption-decider.server.ts'
import { secondsOf } from './independence.server.ts'
import { unitIdSql } from './official-posting.server.ts'
import type { OpenQueues } from './open-queues.server.ts'
import { receiptsDue } from './receipt.server.ts'
import { owedReports } from './report.server.ts'
import { remindedSql } from './report-reminder.server.ts'
import { answererAccounts, transfersToAnswer, waitingTransfers } from './transfer-list.server.ts'
import { NAMES_ABOVE } from './unit-title.server.ts'

/**
 * People who never signed in, of a unit and of those directly below it that send no report of their own: hamlet teams,
 * grassroots unions. Other units see to theirs themselves.
 */
const NOT_SIGNED_IN = `
  select count(distinct p.official_id) from unit x join posting p on p.unit_id = x.id
    left join account a on a.official_id = p.official_id
   where (x.id = u.id or (x.parent_id = u.id and x.kind in ('hamlet_team', 'grassroots')))
     and p.category <> 'member' and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
     and a.disabled_at is null and a.password_hash is null and a.provider_hash is null`

/** SQL: the last days on which a unit may answer its concluded inspections. */
const TO_ANSWER = `
  select json_group_array(i.answer_due_on) from inspection i
   where i.campaign_id = @campaignId and i.unit_id = u.id and i.concluded_at is not null
     and i.unit_answered_at is null and i.answer_due_on >= @today`

/** SQL: difficulties that the unit raised, or the account for a unit below it, whose answer came or changed lately. */
const ANSWERED = `
  select json_group_array(d.id) from difficulty d join unit w on w.id = d.unit_id
   where d.campaign_id = @campaignId and d.withdrawn_at is null
     and coalesce(d.answer_edited_at, d.answered_at) >= @since
     and (d.unit_id = u.id
       or d.raised_by = @accountId and w.path > u.path and w.path < substr(u.path, 1, length(u.path) - 1) || '0')`

/** SQL: documents of exemptions of a unit's people and of those below that are still to be scanned. */
const TO_SCAN = `
  select count(distinct e.official_id || '/' || e.document_number) from exemption e
    join unit b on b.id = ${unitIdSql('e.official_id', '@today')}
   where e.campaign_id = @campaignId and ${OWES_SCAN('e')}
     and b.path >= u.path and b.path < substr(u.path, 1, length(u.path) - 1) || '0'`

type OwnFacts = { notSignedIn: number; inspections: string; reminded: string; toScan: number; answered: string }

/** A unit that somebody answers for, by its title, with its figures and what only it can see to. */
type AnsweredUnit = { id: number; name: string; path: string } & OwnFacts & Figures

/** Units at which the actor is the head or a coordinator, each once, in the order of their ids. */
export function unitsAnsweredFor(
  actor: Person,
  campaignId: number,
  { today, open }: { today: Day; open: OpenQueues },
): AnsweredUnit[] {
  const grants = actor.grants.filter(({ role }) => role === 'head' || role === 'coordinator')
  if (grants.length === 0) return []
  const rows = prepared<OwnFacts & { id: number; path: string; name: string; above: string }>(
    `select u.id, u.path, u.name, ${NAMES_ABOVE} as above, (${NOT_SIGNED_IN}) as notSignedIn,
            (${TO_ANSWER}) as inspections, ${remindedSql('u.id')} as reminded, iif(@hasScans, (${TO_SCAN}), 0) as toScan,
            (${ANSWERED}) as answered
       from unit u where u.id in (select value from json_each(@unitIds)) order by u.id`,
  ).all({
    campaignId,
    today,
    accountId: actor.accountId,
    since: startOf(answersSince(today)),
    hasScans: Number(open.scans),
    unitIds: JSON.stringify(grants.map(({ unitId }) => unitId)),
  })
  const figures = figuresOf(
    campaignId,
    'unit',
    rows.map(({ id }) => String(id)),
  )
  return rows.flatMap(({ name, above, ...row }, n) =>
    figures[n] ? [{ ...row, name: unitTitle(name, JSON.parse(above) as string[]), ...figures[n] }] : [],
  )
}

/** What waits at each of the units that the actor answers for; what no queue holds is not looked through. */
export function unitSums(
  actor: Person,
  campaignId: number,
  { units, open }: { units: readonly AnsweredUnit[]; open: OpenQueues },
): UnitSums[] {
  if (units.length === 0) return []
  const ids = units.map(({ id }) => id)
  const isAwaiting = units.some(({ help, people }) => help.awaiting + people.awaiting > 0)
  const moving = open.transfers ? waitingTransfers() : []
  const asked = new Map(
    units
      .filter(({ path }) => open.exemptions && can(actor, 'exemption.decide', { unitPath: path }))
      .map(({ id, path }) => [id, decidables(campaignId, { askedBelow: path })]),
  )
  const seconds = secondsOf()
  seconds.ready([actor.accountId, ...answererAccounts(moving), ...deciderAccounts([...asked.values()].flat())])
  const notOwn = isAwaiting ? readNotOwn(actor, campaignId, seconds) : () => ({ help: 0, obligations: 0 })
  const disputes = open.disputes ? openDisputes(actor, campaignId) : []
  const reports = owedReports(campaignId, ids, { withBelow: true })
  const transfers = transfersToAnswer(actor, { seconds, rows: moving })
  return units.map(({ id, name, path, help, people, notSignedIn, inspections, reminded, toScan, answered }) => {
    const others = notOwn(path)
    const remindedOf = JSON.parse(reminded) as Record<string, Day>
    return {
      unit: { id, name },
      help: help.awaiting - others.help,
      obligations: people.awaiting - others.obligations,
      disputes: disputes.find(({ unitId }) => unitId === id)?.due ?? [],
      exemptions: exemptionsDue(actor, campaignId, { seconds, rows: asked.get(id) ?? [] }),
      owedScans: toScan,
      transfers: transfers.filter(row => row.path.startsWith(path)).map(({ dueOn }) => dueOn),
      receipts: open.receipts ? receiptsDue(actor, id) : [],
      inspections: can(actor, 'inspection.answer', { unitPath: path }) ? (JSON.parse(inspections) as Day[]) : [],
      reports: reports.dueOf(id).map(({ slug, period, state }) => ({
        at: slug,
        dueOn: dayOf(period.dueAt),
        isMissing: state === 'missing',
        isAsked: slug in remindedOf,
      })),
      silent: reports.silentBelow(id),
      idle: people.idle,
      notSignedIn,
      answered: JSON.parse(answered) as number[],
    }
  })
}

/** How many units a home page tells about in a line each. */
const LINES = 3

/** The figures of the first units that somebody answers for, a line each, as their boards show them. */
export function unitLines(units: readonly AnsweredUnit[]) {
  return units.slice(0, LINES).map(({ id, name, people }) => ({
    id,
    name,
    counted: people.counted,
    targets: people.targets,
    reached: people.reached,
    bearers: people.quotaBearers,
  }))
}
