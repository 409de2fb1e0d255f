import { type Actor, can, type Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { Category, Role, TransferState } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToday } from './clock.server.ts'
import { secondsOf } from './independence.server.ts'
import { idsOfPath, unitTitles } from './unit-title.server.ts'

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
  /** JSON: role holders at the receiving unit and above it, the nearest first; of an answered one none */
  holders: string
}

const SELECT = `
  select t.id, t.official_id as officialId, o.name as officialName, t.from_unit_id as fromUnitId,
         f.path as fromPath, f.guard_path as fromGuard, t.unit_id as unitId, u.path, t.position,
         t.category, t.is_leader as isLeader, t.from_on as fromOn, t.state, t.asked_at as askedAt,
         t.asked_by as askedBy, a.display_name as askedByName, t.due_on as dueOn, t.answered_at as answeredAt,
         b.display_name as answeredByName, t.answer_reason as answerReason,
         iif(t.state = 'asked', (
           select json_group_array(json_object('accountId', h.id, 'officialId', h.official_id, 'role', g.role,
                                               'unitId', p.id, 'unitPath', p.path) order by length(p.path) desc, g.id)
             from role_grant g join account h on h.id = g.account_id join unit p on p.id = g.unit_id
            where g.unit_id in (${idsOfPath('u.path')}) and g.role in ('head', 'coordinator', 'campaign_office')
              and h.disabled_at is null and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
              and ${isAwake('g')}), '[]') as holders
    from transfer t join official o on o.id = t.official_id join unit f on f.id = t.from_unit_id
    join unit u on u.id = t.unit_id join account a on a.id = t.asked_by left join account b on b.id = t.answered_by`

/** Who may answer: a role at a unit of the receiving side, above both units, or of the campaign office. */
type Answerer = { accountId: number; role: Role; unitId: number; unitPath: string }
type Holder = Answerer & { officialId: number | null }
type Seconds = ReturnType<typeof secondsOf>

/**
 * Tells for each of these waiting transfers whose turn it is to answer (domain 3). Until its last day the receiving
 * unit's role holders do; where it has none, and after that day, those above both units as well; where they have none,
 * the campaign office. Never who asked, and never the official concerned. Reads the ties once for all.
 */
function readAnswerers(rows: readonly TransferRow[], today: Day, seconds: Seconds): (row: TransferRow) => Answerer[] {
  const known = new Map(rows.map(row => [row.id, JSON.parse(row.holders) as Holder[]]))
  seconds.ready([...known.values()].flat().map(({ accountId }) => accountId))
  return row => {
    const holders = (known.get(row.id) ?? []).filter(
      ({ accountId, officialId }) => officialId !== row.officialId && seconds.isSecond(accountId, row.askedBy),
    )
    const isAbove = ({ unitPath }: Answerer) => row.fromPath.startsWith(unitPath)
    const ofUnits = holders.filter(({ role }) => role !== 'campaign_office')
    const receiving = ofUnits.filter(holder => !isAbove(holder))
    const above = ofUnits.filter(isAbove)
    const beyond = above.length > 0 ? above : holders.filter(({ role }) => role === 'campaign_office')
    if (receiving.length === 0) return beyond
    return today <= row.dueOn ? receiving : [...receiving, ...beyond]
  }
}

const isWaiting = ({ state }: TransferRow) => state === 'asked'

const reaches = (actor: Actor, { path, officialId }: TransferRow) =>
  can(actor, 'transfer.answer', { unitPath: path, officialId })

/** Transfers as this actor sees them; those out of their sight are left out. */
function shownOf(actor: Actor, rows: readonly TransferRow[], today: Day) {
  const answerersOf = readAnswerers(rows.filter(isWaiting), today, secondsOf())
  const own = actor.kind === 'person' ? actor : undefined
  const seen = rows.flatMap(row => {
    const answerers = isWaiting(row) ? answerersOf(row) : []
    const target = { unitPath: row.fromPath, guardPath: row.fromGuard, officialId: row.officialId }
    const mayAnswer = reaches(actor, row) && answerers.some(({ accountId }) => accountId === own?.accountId)
    const isAsker = own?.accountId === row.askedBy
    // the campaign office's charge is everywhere: it sees what is its turn, or what it sees of the official anyway
    const isReceiver = reaches(actor, row) && own !== undefined && isHolder(own, row.path)
    if (!(mayAnswer || isAsker || isReceiver || can(actor, 'official.view', target))) return []
    const nearest = answerers.find(({ role }) => role !== 'campaign_office')
    const mayWithdraw = isWaiting(row) && (isAsker || can(actor, 'official.transfer', target))
    return [{ row, nearest, mayAnswer, mayWithdraw }]
  })
  const titleOf = unitTitles(
    seen.flatMap(({ row, nearest }) => [row.unitId, row.fromUnitId, nearest?.unitId ?? []].flat()),
  )
  return seen.map(({ row, nearest, mayAnswer, mayWithdraw }) => {
    const { fromPath: _, fromGuard: __, holders: ___, isLeader, ...rest } = row
    return {
      ...rest,
      unitName: titleOf(row.unitId),
      fromUnitName: titleOf(row.fromUnitId),
      isLeader: isLeader === 1,
      /** the unit whose turn it is, the nearest; null: answered, or the campaign office's */
      waitsFor: nearest ? titleOf(nearest.unitId) : null,
      isOverdue: isWaiting(row) && today > row.dueOn,
      mayAnswer,
      mayWithdraw,
    }
  })
}

/** True where the person is head or coordinator of a unit or of one above it. */
const isHolder = ({ grants }: Person, path: string) =>
  grants.some(({ role, unitPath }) => (role === 'head' || role === 'coordinator') && path.startsWith(unitPath))

type ShownTransfer = ReturnType<typeof shownOf>[number]

/** The transfer; 404 where it is out of the actor's sight. */
export function existingTransfer(actor: Actor, transferId: number): ShownTransfer {
  const rows = prepared<TransferRow>(`${SELECT} where t.id = @transferId`).all({
    transferId,
    today: campaignToday(),
  })
  const [transfer] = shownOf(actor, rows, campaignToday())
  if (!transfer) throw notFound()
  return transfer
}

/**
 * Transfers into and out of a subtree that the actor may see: those that wait, and the latest 50 others, newest first.
 */
export function listTransfers(actor: Actor, unitPath: string): ShownTransfer[] {
  const rows = prepared<TransferRow>(
    `${SELECT} where (substr(u.path, 1, length(@path)) = @path or substr(f.path, 1, length(@path)) = @path)
        and (t.state = 'asked' or t.id in (select id from transfer order by id desc limit 1000))
      order by t.state = 'asked' desc, t.id desc`,
  ).all({ path: unitPath, today: campaignToday() })
  const others = rows.filter(row => !isWaiting(row)).slice(0, 50)
  return shownOf(actor, [...rows.filter(isWaiting), ...others], campaignToday())
}

/** The transfer that waits for an official, as the actor sees it; undefined: none. */
export function waitingTransfer(actor: Actor, officialId: number): ShownTransfer | undefined {
  const rows = prepared<TransferRow>(`${SELECT} where t.official_id = @officialId and t.state = 'asked'`).all({
    officialId,
    today: campaignToday(),
  })
  return shownOf(actor, rows, campaignToday())[0]
}

/** The unit for whose answer a transfer of an official waits; null: none waits. */
export function movingTo(officialId: number): number | null {
  return (
    prepared<number>("select unit_id from transfer where official_id = ? and state = 'asked'")
      .pluck()
      .get(officialId) ?? null
  )
}

/**
 * Waiting transfers (`rows`) that are this person's turn, the nearest last day first. A role holder of the receiving side
 * always has a turn; only for others it is worked out who is left.
 */
export function transfersToAnswer(
  actor: Person,
  { seconds, rows }: { seconds: Seconds; rows: readonly TransferRow[] },
): { path: string; dueOn: Day }[] {
  const reached = rows.filter(
    row => reaches(actor, row) && row.officialId !== actor.officialId && seconds.isSecond(actor.accountId, row.askedBy),
  )
  const answerersOf = readAnswerers(
    reached.filter(row => !isReceiving(actor, row)),
    campaignToday(),
    seconds,
  )
  return reached.filter(
    row => isReceiving(actor, row) || answerersOf(row).some(({ accountId }) => accountId === actor.accountId),
  )
}

/** Transfers that wait, the nearest last day first. Checks no permission. */
export const waitingTransfers = (): TransferRow[] =>
  prepared<TransferRow>(`${SELECT} where t.state = 'asked' order by t.due_on, t.id`).all({ today: campaignToday() })

/** Accounts on whose ties it rests who answers these transfers. */
export const answererAccounts = (rows: readonly TransferRow[]): number[] =>
  rows.flatMap(({ holders }) => (JSON.parse(holders) as Holder[]).map(({ accountId }) => accountId))

/** True for a head or coordinator at or above the receiving unit, and not above the one that is left. */
const isReceiving = ({ grants }: Person, { path, fromPath }: TransferRow) =>
  grants.some(
    ({ role, unitPath }) =>
      (role === 'head' || role === 'coordinator') && path.startsWith(unitPath) && !fromPath.startsWith(unitPath),
  )
