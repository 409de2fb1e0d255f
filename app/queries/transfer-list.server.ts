import { type Actor, can, type Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { Category, Role, TransferState } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToday } from './clock.server.ts'
import { secondsOf } from './independence.server.ts'
import { unitTitles } from './unit-title.server.ts'

type TransferRow = {
  id: number
  officialId: number
  officialName: string
  fromUnitId: number
  fromPath: string
  fromGuard: string | null
  unitId: number
  path: string
  position: string
  category: Category
  isLeader: number
  fromOn: Day
  state: TransferState
  askedAt: number
  askedBy: number
  askedByName: string
  dueOn: Day
  answeredAt: number | null
  answeredByName: string | null
  answerReason: string | null
}

const SELECT = `
  select t.id, t.official_id as officialId, o.name as officialName, t.from_unit_id as fromUnitId,
         f.path as fromPath, f.guard_path as fromGuard, t.unit_id as unitId, u.path, t.position,
         t.category, t.is_leader as isLeader, t.from_on as fromOn, t.state, t.asked_at as askedAt,
         t.asked_by as askedBy, a.display_name as askedByName, t.due_on as dueOn, t.answered_at as answeredAt,
         b.display_name as answeredByName, t.answer_reason as answerReason
    from transfer t join official o on o.id = t.official_id join unit f on f.id = t.from_unit_id
    join unit u on u.id = t.unit_id join account a on a.id = t.asked_by left join account b on b.id = t.answered_by`

/** Who may answer: a role at a unit of the receiving side, above both units, or of the campaign office. */
type Answerer = { accountId: number; role: Role; unitId: number; unitPath: string }

/**
 * Those whose turn it is to answer a waiting transfer (domain 3). Until its last day the receiving unit's role holders
 * do; where it has none, and after that day, those above both units as well; where they have none, the campaign office.
 * Never who asked, and never the official concerned.
 */
function answerersOf(row: TransferRow, today: Day): Answerer[] {
  const { isSecond } = secondsOf()
  const holders = prepared<Answerer & { officialId: number | null }>(
    `select g.account_id as accountId, a.official_id as officialId, g.role, u.id as unitId, u.path as unitPath
       from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
      where g.role in ('head', 'coordinator', 'campaign_office') and a.disabled_at is null
        and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
        and substr(@path, 1, length(u.path)) = u.path
        and ${isAwake('g')}
      order by length(u.path) desc, g.id`,
  )
    .all({ today, path: row.path })
    .filter(({ accountId, officialId }) => isSecond(accountId, row.askedBy) && officialId !== row.officialId)
  const isAbove = ({ unitPath }: Answerer) => row.fromPath.startsWith(unitPath)
  const ofUnits = holders.filter(({ role }) => role !== 'campaign_office')
  const receiving = ofUnits.filter(holder => !isAbove(holder))
  const above = ofUnits.filter(isAbove)
  const beyond = above.length > 0 ? above : holders.filter(({ role }) => role === 'campaign_office')
  if (receiving.length === 0) return beyond
  return today <= row.dueOn ? receiving : [...receiving, ...beyond]
}

/** A transfer as this actor sees it; undefined where it is out of their sight. */
function shown(actor: Actor, row: TransferRow, today: Day) {
  const isWaiting = row.state === 'asked'
  const answerers = isWaiting ? answerersOf(row, today) : []
  const target = { unitPath: row.fromPath, guardPath: row.fromGuard, officialId: row.officialId }
  const own = actor.kind === 'person' ? actor : undefined
  const reaches = can(actor, 'transfer.answer', { unitPath: row.path, officialId: row.officialId })
  const mayAnswer = reaches && answerers.some(({ accountId }) => accountId === own?.accountId)
  const isAsker = own?.accountId === row.askedBy
  // the campaign office's charge is everywhere: it sees what is its turn, or what it sees of the official anyway
  const isReceiver = reaches && own !== undefined && isHolder(own, row.path)
  if (!(mayAnswer || isAsker || isReceiver || can(actor, 'official.view', target))) return undefined
  const { fromPath: _, fromGuard: __, isLeader, ...rest } = row
  const nearest = answerers.find(({ role }) => role !== 'campaign_office')
  const titleOf = unitTitles([row.unitId, row.fromUnitId, ...(nearest ? [nearest.unitId] : [])])
  return {
    ...rest,
    unitName: titleOf(row.unitId),
    fromUnitName: titleOf(row.fromUnitId),
    isLeader: isLeader === 1,
    /** the unit whose turn it is, the nearest; null: answered, or the campaign office's */
    waitsFor: nearest ? titleOf(nearest.unitId) : null,
    isOverdue: isWaiting && today > row.dueOn,
    mayAnswer,
    mayWithdraw: isWaiting && (isAsker || can(actor, 'official.transfer', target)),
  }
}

/** True where the person is head or coordinator of a unit or of one above it. */
const isHolder = ({ grants }: Person, path: string) =>
  grants.some(({ role, unitPath }) => (role === 'head' || role === 'coordinator') && path.startsWith(unitPath))

export type ShownTransfer = NonNullable<ReturnType<typeof shown>>

/** The transfer; 404 where it is out of the actor's sight. */
export function existingTransfer(actor: Actor, transferId: number): ShownTransfer {
  const row = prepared<TransferRow>(`${SELECT} where t.id = ?`).get(transferId)
  const transfer = row && shown(actor, row, campaignToday())
  if (!transfer) throw notFound()
  return transfer
}

/**
 * Transfers into and out of a subtree that the actor may see: those that wait, and the latest 50 others, newest first.
 */
export function listTransfers(actor: Actor, unitPath: string): ShownTransfer[] {
  const today = campaignToday()
  const rows = prepared<TransferRow>(
    `${SELECT} where (substr(u.path, 1, length(@path)) = @path or substr(f.path, 1, length(@path)) = @path)
        and (t.state = 'asked' or t.id in (select id from transfer order by id desc limit 1000))
      order by t.state = 'asked' desc, t.id desc`,
  ).all({ path: unitPath })
  const others = rows.filter(({ state }) => state !== 'asked').slice(0, 50)
  return [...rows.filter(({ state }) => state === 'asked'), ...others].flatMap(row => shown(actor, row, today) ?? [])
}

/** The transfer that waits for an official, as the actor sees it; undefined: none. */
export function waitingTransfer(actor: Actor, officialId: number): ShownTransfer | undefined {
  const row = prepared<TransferRow>(`${SELECT} where t.official_id = ? and t.state = 'asked'`).get(officialId)
  return row && shown(actor, row, campaignToday())
}

/** The unit for whose answer a transfer of an official waits; null: none waits. */
export function movingTo(officialId: number): number | null {
  return (
    prepared<number>("select unit_id from transfer where official_id = ? and state = 'asked'")
      .pluck()
      .get(officialId) ?? null
  )
}

/** Waiting transfers that are this person's turn, the nearest last day first. */
export function transfersToAnswer(actor: Person): ShownTransfer[] {
  const today = campaignToday()
  return prepared<TransferRow>(`${SELECT} where t.state = 'asked' order by t.due_on, t.id`)
    .all()
    .flatMap(row => shown(actor, row, today) ?? [])
    .filter(({ mayAnswer }) => mayAnswer)
}
