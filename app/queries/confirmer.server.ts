import { type AnyColumn, or, type SQL, sql } from 'drizzle-orm'
import { type Action, type Actor, can, isAbove, type Person, pathsAbove, type Target } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import { grouped } from '#app/domain/grouping.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { prepared } from '#db/client.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToday } from './clock.server.ts'
import { secondsOf } from './independence.server.ts'
import { IS_IN_REVIEW, rulesOf } from './judging/index.server.ts'
import { unitIdSql } from './official-posting.server.ts'
import { unitTitles } from './unit-title.server.ts'

/** Acts of a unit about its people's own work that take a person independent of them (domain 10). */
type Confirming = Extract<Action, 'help.confirm' | 'obligation.confirm'>

/** A person who may confirm, by the role that lets them. */
type Confirmer = { accountId: number; name: string; role: 'head' | 'coordinator'; unitId: number }
type Holder = Confirmer & { officialId: number | null; path: string }
type Owner = {
  officialId: number
  accountId: number | null
  unitId: number
  unitPath: string
  guardPath: string | null
}
type Seconds = ReturnType<typeof secondsOf>

/**
 * Heads and coordinators who can sign in today, the nearest to the ground first: those whose role is at one of these
 * paths, and those who are one of these officials.
 */
function holdersAt(paths: Iterable<string>, officialIds: readonly number[] = []): Holder[] {
  return prepared<Holder>(
    `select g.account_id as accountId, a.official_id as officialId, a.display_name as name, g.role, u.path,
            u.id as unitId
       from role_grant g join account a on a.id = g.account_id join unit u on u.id = g.unit_id
      where g.id in (
          select id from role_grant where unit_id in (select id from unit where path in (select value from json_each(@paths)))
          union select id from role_grant where account_id in (
            select id from account where official_id in (select value from json_each(@officialIds))))
        and ${IS_HOLDER}
      order by length(u.path) desc, g.role desc, g.id`,
  ).all({
    today: campaignToday(),
    paths: JSON.stringify([...new Set(paths)]),
    officialIds: JSON.stringify(officialIds),
  })
}

/**
 * Finds who may confirm what each of these officials did, the nearest level that has anyone; empty where the campaign
 * office does. Reads roles and ties once for all.
 */
function readConfirmers(owners: readonly Owner[], seconds = secondsOf()): (owner: Owner) => Confirmer[] {
  const all = holdersAt(
    owners.flatMap(({ unitPath }) => pathsAbove(unitPath)),
    owners.map(({ officialId }) => officialId),
  )
  const byPath = grouped(all, holder => holder.path)
  const headsOf = grouped(
    all.filter(({ role, officialId }) => role === 'head' && officialId !== null),
    holder => holder.officialId,
  )
  seconds.ready(all.map(({ accountId }) => accountId))
  return ({ officialId, accountId, unitPath, guardPath }) => {
    const target: Target = {
      unitPath,
      officialId,
      guardPath,
      headPaths: (headsOf.get(officialId) ?? []).map(({ path }) => path),
    }
    for (const path of pathsAbove(unitPath)) {
      const found = (byPath.get(path) ?? []).filter(
        holder =>
          holder.officialId !== officialId && isAbove(path, target) && seconds.isSecond(holder.accountId, accountId),
      )
      if (found.length > 0) return found.map(({ accountId, name, role, unitId }) => ({ accountId, name, role, unitId }))
    }
    return []
  }
}

const OWNERS = `
  select o.id as officialId, a.id as accountId, u.id as unitId, u.path as unitPath, u.guard_path as guardPath
    from official o left join account a on a.official_id = o.id
    join unit u on u.id = ${unitIdSql('o.id', '@today')}`

/** An official with what decides who confirms; undefined without a posting. */
function ownerOf(officialId: number): Owner | undefined {
  return prepared<Owner>(`${OWNERS} where o.id = @officialId`).get({ officialId, today: campaignToday() })
}

/** Of what waits, parts that hold in the campaign. */
const IS_HELD = 'part in (select value from json_each(@heldParts))'

/** What the statements about waiting work are asked with. */
const asked = (campaignId: number) => ({
  campaignId,
  today: campaignToday(),
  heldParts: JSON.stringify(rulesOf(campaignId).regulation.heldParts),
})

/** SQL: something of the official `o` waits. */
const IS_WAITING = `(exists (
    select 1 from help h where h.campaign_id = @campaignId and h.official_id = o.id
       and h.verdict_reason = 'awaiting_confirmation' and h.verdict_kind <> 'counts')
  or exists (select 1 from obligation where campaign_id = @campaignId and official_id = o.id
       and (state = 'declared' or ${IS_IN_REVIEW}) and ${IS_HELD}))`

/** How much of one owner's (`w`) waits, for a statement. */
const WAITING_OF = `
            (select count(*) from help h where h.campaign_id = @campaignId and h.official_id = w.officialId
               and h.verdict_reason = 'awaiting_confirmation' and h.verdict_kind <> 'counts') as help,
            (select count(*) from obligation where campaign_id = @campaignId and official_id = w.officialId
               and (state = 'declared' or ${IS_IN_REVIEW}) and ${IS_HELD}) as obligations`

const isOffice = (actor: Actor) =>
  actor.kind === 'person' && actor.grants.some(({ role }) => role === 'campaign_office')

/** SQL: who holds the role `g` of a head or coordinator, by the account `a`, and can sign in today. */
const IS_HOLDER = `g.role in ('head', 'coordinator') and g.from_on <= @today and (g.to_on is null or g.to_on >= @today)
  and a.disabled_at is null and (a.password_hash is not null or a.provider_hash is not null) and ${isAwake('g')}`

/** Walks down from the top of each tree, and no further than to the first who may answer. */
const WALK = `
  with recursive place(id, path, isTop, holders) as (
    select u.id, u.path, 1, ${holdersOf('u')} from unit u where u.parent_id is null or u.path = u.guard_path
    union all
    select u.id, u.path, 0, ${holdersOf('u')} from place p join unit u on u.parent_id = p.id
     where p.holders = '[]' and u.path is not u.guard_path)
  select id, isTop, holders from place`

function holdersOf(unit: string) {
  return `(select json_group_array(json_object('accountId', a.id, 'role', g.role)) from role_grant g
    join account a on a.id = g.account_id where g.unit_id = ${unit}.id and ${IS_HOLDER})`
}

type Answering = Pick<Holder, 'accountId' | 'role'>

/**
 * Where officials may be whom no head and no coordinator may confirm: at units of `bare`, which have neither, nor has any
 * unit above them in their tree; or else only among the owners of `accounts`, on whom everybody depends who answers
 * highest above them.
 */
function placesLeft(seconds: Seconds, also: readonly number[]): { bare: number[]; accounts: number[] } {
  const places = prepared<{ id: number; isTop: number; holders: string }>(WALK)
    .all({ today: campaignToday() })
    .map(({ holders, ...row }) => ({ ...row, holders: JSON.parse(holders) as Answering[] }))
  seconds.ready([...also, ...places.flatMap(({ holders }) => holders.map(({ accountId }) => accountId))])
  return {
    bare: places.filter(({ holders }) => holders.length === 0).map(({ id }) => id),
    accounts: places.flatMap(({ holders, isTop }) => leftBelow(holders, isTop === 1, seconds)),
  }
}

/**
 * The accounts whose owners none of a unit's holders may confirm: those on whom all of them depend, and below the top its
 * own heads, who are confirmed from above.
 */
function leftBelow(holders: readonly Answering[], isTop: boolean, seconds: ReturnType<typeof secondsOf>): number[] {
  const [first = new Set<number>(), ...others] = holders.map(({ accountId }) => seconds.dependentOn(accountId))
  const heads = isTop ? [] : holders.filter(({ role }) => role === 'head')
  return [
    ...[...first].filter(accountId => others.every(other => other.has(accountId))),
    ...heads.map(({ accountId }) => accountId),
  ]
}

/**
 * Officials with something to confirm whom no head and no coordinator may confirm: the campaign office does. Empty for
 * everybody else. Looks only where there may be any, so that it does not grow with the records.
 */
function leftToOffice(
  actor: Actor,
  campaignId: number,
  { seconds, also = [] }: { seconds: Seconds; also?: readonly number[] } = { seconds: secondsOf() },
): (Owner & Waits)[] {
  if (actor.kind !== 'person' || !isOffice(actor)) return []
  const { bare, accounts } = placesLeft(seconds, also)
  const owners = prepared<Owner & Waits>(
    `select w.*, ${WAITING_OF} from (${OWNERS} where o.id in (
         select official_id from account where id in (select value from json_each(@accounts))
         union select official_id from posting where unit_id in (select value from json_each(@bare)))
       and ${IS_WAITING}) w order by w.officialId`,
  ).all({ ...asked(campaignId), accounts: JSON.stringify(accounts), bare: JSON.stringify(bare) })
  const paths = officePaths(actor)
  const reached = owners.filter(
    owner => paths.some(path => owner.unitPath.startsWith(path)) && owner.officialId !== actor.officialId,
  )
  const isBare = ({ unitId }: Owner) => bare.includes(unitId)
  const others = reached.filter(owner => !isBare(owner))
  if (others.length === 0) return reached
  const confirmersOf = readConfirmers(others, seconds)
  return reached.filter(owner => isBare(owner) || confirmersOf(owner).length === 0)
}

/** How much of officials whom no head and no coordinator may confirm waits for the actor as the campaign office. */
export const countLeftToOffice = (actor: Actor, campaignId: number, ties?: Parameters<typeof leftToOffice>[2]): Waits =>
  sumOf(leftToOffice(actor, campaignId, ties))

type Waits = { help: number; obligations: number }

function sumOf(rows: readonly Waits[]): Waits {
  const sum = (key: keyof Waits) => rows.reduce((total, row) => total + row[key], 0)
  return { help: sum('help'), obligations: sum('obligations') }
}

/**
 * Returns a function that counts what waits in a subtree and is not this head's or coordinator's to confirm: their own,
 * and that of people to whom they are no second person. It is looked up once, for several units.
 */
export function readNotOwn(actor: Person, campaignId: number, seconds = secondsOf()): (unitPath: string) => Waits {
  const waits = prepared<Waits & { unitPath: string }>(
    `select w.unitPath, ${WAITING_OF} from (${OWNERS} where o.id = @officialId or o.id in (
       select official_id from account where id in (select value from json_each(@accounts)))) w`,
  ).all({
    ...asked(campaignId),
    officialId: actor.officialId,
    accounts: JSON.stringify(seconds.lastingDependents(actor)),
  })
  return path => sumOf(waits.filter(({ unitPath }) => unitPath.startsWith(path)))
}

const officePaths = (actor: Extract<Actor, { kind: 'person' }>) =>
  actor.grants.filter(({ role }) => role === 'campaign_office').map(({ unitPath }) => unitPath)

/** True where the actor may confirm for an official: by the matrix, or as the office to which nobody else is left. */
export function mayConfirm(actor: Actor, action: Confirming, target: Target): boolean {
  if (can(actor, action, target)) return true
  if (actor.kind !== 'person' || !isOffice(actor) || !target.officialId) return false
  if (target.officialId === actor.officialId) return false
  const owner = ownerOf(target.officialId)
  if (!owner || !officePaths(actor).some(path => owner.unitPath.startsWith(path))) return false
  return readConfirmers([owner])(owner).length === 0
}

/** Passes where `mayConfirm`, or throws 403. */
export function permitConfirming(actor: Actor, action: Confirming, target: Target) {
  if (!mayConfirm(actor, action, target)) throw forbidden(action)
}

type Columns = { unitPath: AnyColumn; guardPath: AnyColumn; officialId: AnyColumn }

/** The officials whose work the actor confirms as the office to which nobody else is left; none for everybody else. */
export const leftOfficials = (actor: Actor, campaignId: number, seconds: Seconds): number[] =>
  leftToOffice(actor, campaignId, { seconds }).map(({ officialId }) => officialId)

/** `mayConfirm` as a SQL condition; independence is asked besides, by `independentOwner`. */
export function withinConfirming(
  actor: Actor,
  campaignId: number,
  action: Confirming,
  columns: Columns,
  seconds: Seconds = secondsOf(),
): SQL {
  const granted = within(actor, action, columns)
  const left = leftOfficials(actor, campaignId, seconds)
  if (left.length === 0) return granted
  return sql`${or(granted, sql`${columns.officialId} in (select value from json_each(${JSON.stringify(left)}))`)}`
}

/** One official whose work waits for somebody else than the reader, who is not independent. */
type HeldElsewhere = {
  officialId: number
  name: string
  help: number
  obligations: number
  /** who may confirm; empty: the campaign office */
  confirmers: (Confirmer & { unitName: string })[]
}

/** So many officials whose work waits for somebody else are named with whom it waits for. */
const NAMED = 20

/**
 * Lists officials of a subtree whose work waits, that the reader could confirm were they independent: how much waits,
 * and for whom. The first 20; `total` counts them all.
 */
export function listHeldElsewhere(
  actor: Actor,
  campaignId: number,
  unitPath: string,
  seconds: Seconds = secondsOf(),
): { total: number; rows: HeldElsewhere[] } {
  const dependent = seconds.dependentOfficials(actor)
  if (actor.kind !== 'person' || dependent.size === 0) return { total: 0, rows: [] }
  const owners = prepared<Owner & { name: string; help: number; obligations: number }>(
    `select w.*, (select name from official where id = w.officialId) as name,
            ${WAITING_OF}
       from (${OWNERS} where o.id in (select value from json_each(@dependent))) w
      where help + obligations > 0
      order by w.officialId`,
  )
    .all({ ...asked(campaignId), dependent: JSON.stringify([...dependent.keys()]) })
    .filter(owner => owner.unitPath.startsWith(unitPath) && owner.officialId !== actor.officialId)
    .filter(owner => can(actor, 'help.confirm', { ...owner, headPaths: [] }))
  const named = owners.slice(0, NAMED)
  const confirmersOf = readConfirmers(named, seconds)
  const titleOf = unitTitles(named.flatMap(owner => confirmersOf(owner).map(({ unitId }) => unitId)))
  return {
    total: owners.length,
    rows: named.map(owner => ({
      officialId: owner.officialId,
      name: owner.name,
      help: owner.help,
      obligations: owner.obligations,
      confirmers: confirmersOf(owner)
        .slice(0, 3)
        .map(row => ({ ...row, unitName: titleOf(row.unitId) })),
    })),
  }
}
