import { can, type Person } from '#app/access/policy.ts'
import { type Day, dayOf } from '#app/domain/calendar.ts'
import type { UnitSums } from '#app/domain/reminder.ts'
import { prepared } from '#db/client.server.ts'
import { type Figures, figuresOf } from './aggregate.server.ts'
import { readNotOwn } from './confirmer.server.ts'
import { openDisputes } from './dispute.server.ts'
import { countOwedScans, exemptionsDue } from './exemption.server.ts'
import { secondsOf } from './independence.server.ts'
import type { OpenQueues } from './open-queues.server.ts'
import { receiptsDue } from './receipt.server.ts'
import { owedReports } from './report.server.ts'
import { reportReminders } from './report-reminder.server.ts'
import { transfersToAnswer } from './transfer-list.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** A unit that somebody answers for, by its title, with its figures. */
type AnsweredUnit = { id: number; name: string; path: string } & Figures

/** Units at which the actor is the head or a coordinator, each once, in the order of their ids. */
export function unitsAnsweredFor(actor: Person, campaignId: number): AnsweredUnit[] {
  const grants = actor.grants.filter(({ role }) => role === 'head' || role === 'coordinator')
  const paths = [...new Map(grants.map(({ unitId, unitPath }) => [unitId, unitPath]))].sort(([a], [b]) => a - b)
  if (paths.length === 0) return []
  const ids = paths.map(([id]) => id)
  const titleOf = unitTitles(ids)
  const figures = figuresOf(campaignId, 'unit', ids.map(String))
  return paths.flatMap(([id, path], n) => (figures[n] ? [{ id, name: titleOf(id), path, ...figures[n] }] : []))
}

/**
 * People who never signed in, of a unit and of those directly below it that send no report of their own: hamlet teams,
 * grassroots unions. Other units see to theirs themselves.
 */
const NOT_SIGNED_IN = `
  select count(distinct p.official_id) from unit u join posting p on p.unit_id = u.id
    left join account a on a.official_id = p.official_id
   where (u.id = j.value or (u.parent_id = j.value and u.kind in ('hamlet_team', 'grassroots')))
     and p.category <> 'member' and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
     and a.disabled_at is null and a.password_hash is null and a.provider_hash is null`

/** SQL: the last days on which a unit may answer its concluded inspections. */
const TO_ANSWER = `
  select json_group_array(i.answer_due_on) from inspection i
   where i.campaign_id = @campaignId and i.unit_id = j.value and i.concluded_at is not null
     and i.unit_answered_at is null and i.answer_due_on >= @today`

/** What waits at each of the units that the actor answers for; what no queue holds is not looked through. */
export function unitSums(
  actor: Person,
  campaignId: number,
  { units, today, open }: { units: readonly AnsweredUnit[]; today: Day; open: OpenQueues },
): UnitSums[] {
  if (units.length === 0) return []
  const ids = units.map(({ id }) => id)
  const isAwaiting = units.some(({ help, people }) => help.awaiting + people.awaiting > 0)
  const seconds = secondsOf()
  const notOwn = isAwaiting ? readNotOwn(actor, campaignId, seconds) : () => ({ help: 0, obligations: 0 })
  const disputes = open.disputes ? openDisputes(actor, campaignId) : []
  const remindedOn = reportReminders(campaignId, ids)
  const reports = owedReports(campaignId, ids, { withBelow: true })
  const transfers = open.transfers ? transfersToAnswer(actor, seconds) : []
  const own = new Map(
    prepared<{ id: number; notSignedIn: number; inspections: string }>(
      `select j.value as id, (${NOT_SIGNED_IN}) as notSignedIn, (${TO_ANSWER}) as inspections
         from json_each(@unitIds) j`,
    )
      .all({ campaignId, unitIds: JSON.stringify(ids), today })
      .map(row => [row.id, row]),
  )
  return units.map(({ id, name, path, help, people }) => {
    const others = notOwn(path)
    return {
      unit: { id, name },
      help: help.awaiting - others.help,
      obligations: people.awaiting - others.obligations,
      disputes: disputes.find(({ unitId }) => unitId === id)?.due ?? [],
      exemptions:
        open.exemptions && can(actor, 'exemption.decide', { unitPath: path })
          ? exemptionsDue(actor, campaignId, { unitPath: path, seconds })
          : [],
      owedScans: open.scans ? countOwedScans(campaignId, path) : 0,
      transfers: transfers.filter(row => row.path.startsWith(path)).map(({ dueOn }) => dueOn),
      receipts: open.receipts ? receiptsDue(actor, id) : [],
      inspections: can(actor, 'inspection.answer', { unitPath: path })
        ? (JSON.parse(own.get(id)?.inspections ?? '[]') as Day[])
        : [],
      reports: reports.dueOf(id).map(({ slug, period, state }) => ({
        at: slug,
        dueOn: dayOf(period.dueAt),
        isMissing: state === 'missing',
        isAsked: remindedOn(id, slug) !== null,
      })),
      silent: reports.silentBelow(id),
      idle: people.idle,
      notSignedIn: own.get(id)?.notSignedIn ?? 0,
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
