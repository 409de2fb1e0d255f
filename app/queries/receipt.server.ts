import { type Actor, can, permit } from '#app/access/policy.ts'
import { notFound } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { accountTarget } from './account.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { secondsOf } from './independence.server.ts'
import { targetOf } from './official.server.ts'
import { withinReach } from './reach.server.ts'
import { findUnit, rootUnit } from './unit.server.ts'

/** A code that opened an account and for which nobody has vouched yet. */
type Open = {
  accountId: number
  officialId: number | null
  name: string
  login: string
  unitName: string | null
  issuerId: number
  issuerName: string
  /** campaign clock */
  openedAt: number
  /** 1: the issuer holds a unit's role at the top of the tree, or of an armed-forces one */
  isTop: number
}

const OPEN = `
  select a.id as accountId, a.official_id as officialId, a.display_name as name, a.login, i.id as issuerId,
         i.display_name as issuerName, c.opened_at as openedAt, u.name as unitName,
         exists (select 1 from role_grant g join unit t on t.id = g.unit_id
           where g.account_id = i.id and g.role in ('head', 'coordinator') and g.from_on <= @today
             and (g.to_on is null or g.to_on >= @today) and (t.parent_id is null or t.path = t.guard_path)) as isTop
    from activation_code c join account a on a.id = c.account_id join account i on i.id = c.created_by
    left join unit u on u.id = (
      select p.unit_id from posting p where p.official_id = a.official_id and p.from_on <= @today
       order by p.from_on desc limit 1)
   where c.opened_at is not null and c.received_at is null and a.disabled_at is null
     and not exists (select 1 from activation_code n where n.account_id = a.id and n.id > c.id and n.opened_at is not null)`

/** Tells what the actor may not vouch for, with the reason; null: they may. Ties are read once, for many accounts. */
function readRefusals(actor: Actor): (row: Open) => 'own_account' | 'own_code' | null {
  // a role that one gave the other opens no account
  const seconds = secondsOf({ without: 'granted' })
  return row => {
    if (actor.kind !== 'person' || row.accountId === actor.accountId) return 'own_account'
    return seconds.isSecond(actor.accountId, row.issuerId) ? null : 'own_code'
  }
}

/**
 * True where the actor answers for an account: its person's unit, or for an office's account the administration. Above
 * codes issued at the top of the tree, or of an armed-forces one, nobody else is left: the campaign office answers.
 */
function isAnswerable(actor: Actor, { accountId, officialId, isTop }: Open): boolean {
  if (officialId === null) return can(actor, 'account.manage', accountTarget(accountId))
  const target = targetOf(officialId, campaignToday())
  return can(actor, 'activation.issue', target) || (isTop === 1 && can(actor, 'inspection.form', target))
}

/**
 * Lists accounts of a unit's subtree, opened by codes of other people, for whose receipt the actor may vouch (domain
 * 10). The first 200 by name. Undefined where the unit is out of the actor's sight; 403 without the right.
 */
export function listReceipts(actor: Actor, unitId: number) {
  const at = findUnit(actor, unitId)
  if (!at) return undefined
  const isOffice = can(actor, 'inspection.form', { unitPath: at.path })
  if (!isOffice) permit(actor, 'activation.issue', { unitPath: at.path, guardPath: at.guardPath })
  const rows = prepared<Open>(`${OPEN} and u.path >= @path and u.path < @end order by a.display_name, a.id`).all({
    today: campaignToday(),
    path: at.path,
    end: `${at.path.slice(0, -1)}0`,
  })
  return { unit: { id: at.id, name: at.name, above: at.above }, ...forActor(actor, rows) }
}

/**
 * Counts for a reminder, up to 200: people of a unit, and of those directly below that have no second role holder, for
 * whose receipt the actor may vouch.
 */
export function countReceipts(actor: Actor, unitId: number): number {
  const rows = prepared<Open>(
    `${OPEN} and (u.id = @unitId or (u.parent_id = @unitId and not exists (
       select 1 from role_grant g join account h on h.id = g.account_id
        where g.unit_id = u.id and g.role in ('head', 'coordinator') and g.account_id not in (i.id, a.id)
          and g.from_on <= @today and (g.to_on is null or g.to_on >= @today) and h.disabled_at is null
          and (h.password_hash is not null or h.provider_hash is not null)))) limit 200`,
  ).all({ today: campaignToday(), unitId })
  return forActor(actor, rows).open.length
}

/** Lists offices' accounts likewise, for administrators. */
export function listOfficeReceipts(actor: Actor) {
  permit(actor, 'account.manage', { unitPath: rootUnit().path })
  return forActor(
    actor,
    prepared<Open>(`${OPEN} and a.official_id is null order by a.display_name, a.id`).all({ today: campaignToday() }),
  )
}

/** `open`: the actor may vouch; `own`: how many wait for somebody else, since the actor opened them. */
function forActor(actor: Actor, rows: readonly Open[]) {
  const reached = rows.filter(row => isAnswerable(actor, row))
  const refusalOf = readRefusals(actor)
  const judged = reached.map(row => ({ row, refusal: refusalOf(row) }))
  return {
    open: judged
      .filter(({ refusal }) => refusal === null)
      .map(({ row }) => row)
      .slice(0, 200),
    own: judged.filter(({ refusal }) => refusal === 'own_code').length,
  }
}

/**
 * Vouches that the people of these accounts received them themselves, so that the issuer of their codes is independent
 * of them again. Leaves what is not the actor's to vouch for; returns how many it noted. Throws 404 if none is.
 */
export function vouchForReceipt(actor: Actor, accountIds: readonly number[]): { noted: number; left: number[] } {
  return transact(tx => {
    const { rows, left } = withinReach(accountIds, accountId => {
      const row = prepared<Open>(`${OPEN} and a.id = @accountId`).get({ today: campaignToday(), accountId })
      if (!row || !isAnswerable(actor, row)) throw notFound()
      return row
    })
    const refusalOf = readRefusals(actor)
    const open = rows.filter(row => {
      const isOpen = refusalOf(row) === null
      if (!isOpen) left.push(row.accountId)
      return isOpen
    })
    const receivedBy = actor.kind === 'person' ? actor.accountId : null
    for (const { accountId, issuerId } of open) {
      prepared(
        `update activation_code set received_at = ?, received_by = ?
          where account_id = ? and opened_at is not null and received_at is null`,
      ).run(campaignNow(), receivedBy, accountId)
      logEvent(tx, actor, { verb: 'acknowledge', subject: 'account', subjectId: accountId, data: { issuerId } })
    }
    return { noted: open.length, left }
  })
}
