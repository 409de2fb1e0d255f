import { type Actor, can, type Person, permit, type Target } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { notFound } from '#app/domain/refusal.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { accountTarget, accountTargets, personOf } from './account.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { secondsOf } from './independence.server.ts'
import { withinReach } from './reach.server.ts'
import { findUnit, rootUnit } from './unit.server.ts'
import { titled } from './unit-title.server.ts'
import { overdueBefore, readTerms } from './waiting-term.server.ts'

/** A code that opened an account and for which nobody has vouched yet. */
type Open = {
  accountId: number
  officialId: number | null
  name: string
  login: string
  /** where they work; null: an office’s account */
  unitId: number | null
  issuerId: number
  issuerName: string
  /** campaign clock */
  openedAt: number
  /** 1: the issuer holds a unit's role at the top of the tree, or of an armed-forces one */
  isTop: number
  /** 1: a role of the account sleeps until somebody vouches */
  isAsleep: number
}

const ASLEEP = `g.from_on <= @today and (g.to_on is null or g.to_on >= @today) and not ${isAwake('g')}`

const OPEN = `
  select a.id as accountId, a.official_id as officialId, a.display_name as name, a.login, i.id as issuerId,
         i.display_name as issuerName, c.opened_at as openedAt, u.id as unitId,
         exists (select 1 from role_grant g join unit t on t.id = g.unit_id
           where g.account_id = i.id and g.role in ('head', 'coordinator') and g.from_on <= @today
             and (g.to_on is null or g.to_on >= @today) and (t.parent_id is null or t.path = t.guard_path)) as isTop,
         exists (select 1 from role_grant g where g.account_id = a.id and ${ASLEEP}) as isAsleep
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
 * True where the actor answers for an account: its person's unit, or for an office's account the administration. For a
 * role that sleeps the administration and the campaign office answer too. Above codes issued at the top of the tree, or
 * of an armed-forces one, nobody else is left: the campaign office answers.
 */
function isAnswerable(actor: Actor, { officialId, isTop, isAsleep }: Open, target: Target): boolean {
  if ((isTop === 1 || isAsleep === 1) && can(actor, 'inspection.form', target)) return true
  if (officialId !== null && can(actor, 'activation.issue', target)) return true
  return (officialId === null || isAsleep === 1) && can(actor, 'account.manage', target)
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
  const offices = isOffice && at.id === rootUnit().id ? 'or a.official_id is null' : ''
  const rows = prepared<Open>(
    `${OPEN} and ((u.path >= @path and u.path < @end) ${offices}) order by a.display_name, a.id`,
  ).all({
    today: campaignToday(),
    path: at.path,
    end: `${at.path.slice(0, -1)}0`,
  })
  return { unit: { id: at.id, name: at.name, above: at.above }, ...listed(actor, rows) }
}

/**
 * For a reminder, up to 200: the last day of each receipt for which the actor may vouch, of people of a unit, and of
 * units directly below that have no second role holder or whose term has passed.
 */
export function receiptsDue(actor: Actor, unitId: number): Day[] {
  const rows = prepared<Open>(
    `${OPEN} and (u.id = @unitId or (u.parent_id = @unitId and (c.opened_at < @overdueBefore or not exists (
       select 1 from role_grant g join account h on h.id = g.account_id
        where g.unit_id = u.id and g.role in ('head', 'coordinator') and g.account_id not in (i.id, a.id)
          and g.from_on <= @today and (g.to_on is null or g.to_on >= @today) and h.disabled_at is null
          and (h.password_hash is not null or h.provider_hash is not null))))) limit 200`,
  ).all({ today: campaignToday(), unitId, overdueBefore: overdueBefore() })
  return judged(actor, rows).open.map(({ dueOn }) => dueOn)
}

/** The same of accounts with a role that sleeps; for administrators and the campaign office. */
export function asleepDue(actor: Actor): Day[] {
  const rows = prepared<Open>(
    `${OPEN} and a.id in (select g.account_id from role_grant g where ${ASLEEP}) order by a.id`,
  ).all({ today: campaignToday() })
  return judged(actor, rows).open.map(({ dueOn }) => dueOn)
}

/** Who may vouch for an account whose role sleeps, the nearest first, three at most; null: none of its roles does. */
export function findVouchers(accountId: number): string[] | null {
  const row = prepared<Open>(`${OPEN} and a.id = @accountId and isAsleep = 1`).get({
    today: campaignToday(),
    accountId,
  })
  return row ? vouchersOf(row) : null
}

function vouchersOf(row: Open): string[] {
  const target = accountTarget(row.accountId)
  return prepared<number>(
    `select g.account_id from role_grant g join unit u on u.id = g.unit_id join account h on h.id = g.account_id
      where g.role in ('head', 'coordinator', 'admin', 'campaign_office') and h.disabled_at is null
        and (h.password_hash is not null or h.provider_hash is not null)
        and substr(@path, 1, length(u.path)) = u.path
      group by g.account_id
      order by min(g.role in ('admin', 'campaign_office')), max(length(u.path)) desc, min(g.role), g.account_id`,
  )
    .pluck()
    .all({ path: target.unitPath })
    .flatMap(id => personOf(id, campaignToday()) ?? [])
    .filter(person => readRefusals(person)(row) === null && isAnswerable(person, row, target))
    .slice(0, 3)
    .map(({ displayName }) => displayName)
}

/** The roles of an account that sleep today. */
export function listAsleep({ accountId }: Pick<Person, 'accountId'>): { role: Role; unitName: string }[] {
  const rows = prepared<{ role: Role; unitId: number }>(
    `select g.role, g.unit_id as unitId from role_grant g where g.account_id = @accountId and ${ASLEEP} order by g.id`,
  ).all({ accountId, today: campaignToday() })
  return titled(rows).map(({ role, unitName }) => ({ role, unitName }))
}

/** Lists offices' accounts and those whose role sleeps likewise, for administrators. */
export function listOfficeReceipts(actor: Actor) {
  permit(actor, 'account.manage', { unitPath: rootUnit().path })
  return listed(
    actor,
    prepared<Open>(`${OPEN} and (a.official_id is null or isAsleep = 1) order by a.display_name, a.id`).all({
      today: campaignToday(),
    }),
  )
}

/** How many of those that wait for somebody else are named with whom they wait for. */
const NAMED = 20

/**
 * For a page: what the actor may vouch for (`open`), how many wait for somebody else (`own`), and the first of these
 * with the names of who may vouch (`held`). Names cost several look-ups for each.
 */
function listed(actor: Actor, rows: readonly Open[]) {
  const { open, own } = judged(actor, rows)
  return {
    open: titled(open),
    own: own.length,
    held: titled(own.slice(0, NAMED)).map(row => ({ ...row, vouchers: vouchersOf(row) })),
  }
}

/** `open`: the actor may vouch, up to 200; `own`: not they, since they opened the account. Each with its last day. */
function judged(actor: Actor, rows: readonly Open[]) {
  const refusalOf = readRefusals(actor)
  const termOf = readTerms()
  const targetOf = accountTargets(rows.map(({ accountId }) => accountId))
  const reached = rows
    .filter(row => isAnswerable(actor, row, targetOf(row.accountId)))
    .map(row => ({ row: { ...row, ...termOf(row.openedAt) }, refusal: refusalOf(row) }))
  const refusedBy = (reason: 'own_code' | null) =>
    reached.filter(({ refusal }) => refusal === reason).map(({ row }) => row)
  return { open: refusedBy(null).slice(0, 200), own: refusedBy('own_code') }
}

/**
 * Vouches that the people of these accounts received them themselves, so that the issuer of their codes is independent
 * of them again. Leaves what is not the actor's to vouch for; returns how many it noted. Throws 404 if none is.
 */
export function vouchForReceipt(actor: Actor, accountIds: readonly number[]): { noted: number; left: number[] } {
  return transact(tx => {
    const { rows, left } = withinReach(accountIds, accountId => {
      const row = prepared<Open>(`${OPEN} and a.id = @accountId`).get({ today: campaignToday(), accountId })
      if (!row || !isAnswerable(actor, row, accountTarget(accountId))) throw notFound()
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
