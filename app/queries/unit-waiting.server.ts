import { can, type Person } from '#app/access/policy.ts'
import { type Day, dayOf, startOf } from '#app/domain/calendar.ts'
import { answersSince, type UnitSums } from '#app/domain/reminder.ts'
import { prepared } from '#db/client.server.ts'
import { figuresOf, peopleFiguresOf } from './aggregate.server.ts'
import { readNotOwn } from './confirmer.server.ts'
import { openDisputes } from './dispute.server.ts'
import { countOwedScans, listExemptions } from './exemption.server.ts'
import type { OpenQueues } from './open-queues.server.ts'
import { receiptsDue } from './receipt.server.ts'
import { dueOf, silentBelow } from './report.server.ts'
import { reportReminders } from './report-reminder.server.ts'
import { transfersToAnswer } from './transfer-list.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** The last days of exemptions that this person is asked to decide on; `unitPath`: of one subtree. */
export function exemptionsDue(actor: Person, campaignId: number, unitPath?: string): Day[] {
  return listExemptions(actor, campaignId, { unitPath, state: 'asked', limit: 200 })
    .rows.filter(({ isTurn }) => isTurn)
    .map(({ dueOn }) => dueOn)
}

type Place = { id: number; name: string; path: string }

/** Units at which the actor is the head or a coordinator, each once, by its title. */
function unitsAnsweredFor(actor: Person): Place[] {
  const grants = actor.grants.filter(({ role }) => role === 'head' || role === 'coordinator')
  const paths = new Map(grants.map(({ unitId, unitPath }) => [unitId, unitPath]))
  const titleOf = unitTitles(paths.keys())
  return [...paths].sort(([a], [b]) => a - b).map(([id, path]) => ({ id, name: titleOf(id), path }))
}

/**
 * People who never signed in, of a unit and of those directly below it that send no report of their own: hamlet teams,
 * grassroots unions. Other units see to theirs themselves.
 */
const NOT_SIGNED_IN = `
  select count(distinct p.official_id) from unit u join posting p on p.unit_id = u.id
    left join account a on a.official_id = p.official_id
   where (u.id = @unitId or (u.parent_id = @unitId and u.kind in ('hamlet_team', 'grassroots')))
     and p.category <> 'member' and p.from_on <= @today and (p.to_on is null or p.to_on >= @today)
     and a.disabled_at is null and a.password_hash is null and a.provider_hash is null`

/** SQL: the last days on which a unit may answer its concluded inspections. */
const TO_ANSWER = `
  select json_group_array(i.answer_due_on) from inspection i
   where i.campaign_id = @campaignId and i.unit_id = @unitId and i.concluded_at is not null
     and i.unit_answered_at is null and i.answer_due_on >= @today`

/** SQL: difficulties that the unit raised, or the account for a unit below it, whose answer came or changed lately. */
const ANSWERED = `
  select json_group_array(d.id) from difficulty d join unit u on u.id = d.unit_id
   where d.campaign_id = @campaignId and d.withdrawn_at is null
     and coalesce(d.answer_edited_at, d.answered_at) >= @since
     and (d.unit_id = @unitId
       or d.raised_by = @accountId and u.path > @path and u.path < substr(@path, 1, length(@path) - 1) || '0')`

/** What waits at each unit that the actor answers for; what no queue holds is not looked through. */
export function unitSums(
  actor: Person,
  campaignId: number,
  { today, open }: { today: Day; open: OpenQueues },
): UnitSums[] {
  const units = unitsAnsweredFor(actor)
  if (units.length === 0) return []
  const figures = figuresOf(
    campaignId,
    'unit',
    units.map(({ id }) => String(id)),
  )
  const isAwaiting = figures.some(({ help, people }) => help.awaiting + people.awaiting > 0)
  const notOwn = isAwaiting ? readNotOwn(actor, campaignId) : () => ({ help: 0, obligations: 0 })
  const disputes = open.disputes ? openDisputes(actor, campaignId) : []
  const remindedOn = reportReminders(
    campaignId,
    units.map(({ id }) => id),
  )
  const transfers = open.transfers ? transfersToAnswer(actor) : []
  const since = startOf(answersSince(today))
  return units.map(({ id, name, path }, n) => {
    const at = figures[n]
    const others = notOwn(path)
    const own = prepared<{ notSignedIn: number; inspections: string; answered: string; hasBelow: number }>(
      `select (${NOT_SIGNED_IN}) as notSignedIn, (${TO_ANSWER}) as inspections, (${ANSWERED}) as answered, exists (
         select 1 from unit c where c.parent_id = @unitId and c.kind not in ('hamlet_team', 'grassroots')) as hasBelow`,
    ).one({ campaignId, unitId: id, path, accountId: actor.accountId, today, since })
    return {
      unit: { id, name },
      help: (at?.help.awaiting ?? 0) - others.help,
      obligations: (at?.people.awaiting ?? 0) - others.obligations,
      disputes: disputes.find(({ unitId }) => unitId === id)?.due ?? [],
      exemptions:
        open.exemptions && can(actor, 'exemption.decide', { unitPath: path })
          ? exemptionsDue(actor, campaignId, path)
          : [],
      owedScans: open.scans ? countOwedScans(campaignId, path) : 0,
      transfers: transfers.filter(row => row.path.startsWith(path)).map(({ dueOn }) => dueOn),
      receipts: open.receipts ? receiptsDue(actor, id) : [],
      inspections: can(actor, 'inspection.answer', { unitPath: path }) ? (JSON.parse(own.inspections) as Day[]) : [],
      reports: dueOf(campaignId, id).map(({ slug, period, state }) => ({
        at: slug,
        dueOn: dayOf(period.dueAt),
        isMissing: state === 'missing',
        isAsked: remindedOn(id, slug) !== null,
      })),
      silent: own.hasBelow === 1 ? silentBelow(campaignId, id) : { count: 0, dueOn: null },
      idle: at?.people.idle ?? 0,
      notSignedIn: own.notSignedIn,
      answered: JSON.parse(own.answered) as number[],
    }
  })
}

/** How many units a home page tells about in a line each. */
const LINES = 3

/** The figures of the units that the actor answers for, a line each, as their boards show them. */
export function unitLines(actor: Person, campaignId: number) {
  const units = unitsAnsweredFor(actor).slice(0, LINES)
  if (units.length === 0) return []
  const people = peopleFiguresOf(
    campaignId,
    'unit',
    units.map(({ id }) => String(id)),
  )
  return units.map(({ id, name }, n) => ({
    id,
    name,
    counted: people[n]?.counted ?? 0,
    targets: people[n]?.targets ?? 0,
    reached: people[n]?.reached ?? 0,
    bearers: people[n]?.quotaBearers ?? 0,
  }))
}
