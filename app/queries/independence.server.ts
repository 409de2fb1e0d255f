import type { Actor, Person } from '#app/access/policy.ts'
import {
  areTwoPeople,
  dependents,
  isOutside,
  isSettled,
  mayActThrough,
  readyDependents,
  type Tie,
  type TieKind,
  type Ties,
} from '#app/domain/independence.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'

type Flag = 'isReset' | 'isOfSoleRole' | 'isOfSystemRole'
type Row = Omit<Tie, Flag> & Record<Flag, number>

/**
 * Ties between accounts. A created account's tie ends once somebody vouched that its person received it. A code counts
 * while it can still be used, and once it set a password until another's did. A role counts until its last day; one
 * that a second person agreed to is not of one person. Of two entries made one, the account that goes on has made the
 * one that ended.
 */
const IS_IN_FORCE = '(g.to_on is null or (g.to_on >= @today and g.to_on >= g.from_on))'
const GRANT_HOLDS = `g.created_by is not null and ${IS_IN_FORCE}`
const TIES = `
  select a.created_by as "by", a.id as "of", 'created' as kind, 0 as isReset, 0 as isOfSoleRole,
         0 as isOfSystemRole, null as until
    from account a
   where a.created_by is not null and not exists (
     select 1 from activation_code r where r.account_id = a.id and r.received_at is not null)
  union all
  select c.created_by, c.account_id, 'issued', c.is_reset, exists (
      select 1 from role_grant g where g.account_id = c.account_id and g.confirmed_by is null and ${GRANT_HOLDS}),
      exists (select 1 from role_grant g where g.account_id = c.account_id and g.created_by is null and ${IS_IN_FORCE}), (
      select min(n.opened_at) from activation_code n
       where n.account_id = c.account_id and n.id > c.id and n.opened_at is not null)
    from activation_code c
   where c.created_by is not null and c.received_at is null
     and (c.opened_at is not null or (c.used_at is null and c.expires_at > @now))
  union all
  select g.created_by, g.account_id, 'granted', 0, g.confirmed_by is null, 0, null from role_grant g where ${GRANT_HOLDS}
  union all
  select k.id, e.id, 'created', 0, 0, 0, null from official o
    join account e on e.official_id = o.id join account k on k.official_id = o.merged_into_id
   where o.merged_into_id is not null
  union all
  select g.confirmed_by, g.account_id, 'granted', 0, 0, 0, null from role_grant g
   where g.confirmed_by is not null and ${IS_IN_FORCE}`

const SIDES = { to: 'of', from: 'by' } as const
type Side = keyof typeof SIDES

const between = (side: Side, accounts: string) => `
  select "by", "of", kind, isReset, isOfSoleRole, isOfSystemRole, until from (${TIES})
   where "${SIDES[side]}" in (${accounts}) and "by" <> "of"`

/** Ties of accounts on these sides, and those that their other ends have to others: what is mostly asked next. */
const select = (sides: readonly Side[]) => `
  with near as materialized (
    ${sides.map(side => between(side, `select value from json_each(@${side})`)).join(' union ')})
  select 1 as isNear, * from near
  union all select 0, * from (${between('from', 'select "by" from near union select "of" from near')})`

/** Looks ties up in the database, each account's once, and those of many accounts in one statement. */
function readTies(): Ties {
  const times = { now: Date.now(), today: campaignToday() }
  const known = { to: new Map<number, Tie[]>(), from: new Map<number, Tie[]>() }
  const ready = (accounts: readonly number[], sides: readonly Side[]) => {
    const wanted = sides.map(side => [side, accounts.filter(account => !known[side].has(account))] as const)
    const asked = wanted.filter(([, missing]) => missing.length > 0)
    if (asked.length === 0) return
    const rows = prepared<Row & { isNear: number }>(select(asked.map(([side]) => side)))
      .all({
        ...Object.fromEntries(asked.map(([side, missing]) => [side, JSON.stringify(missing)])),
        ...times,
      })
      .map(({ isNear, isReset, isOfSoleRole, isOfSystemRole, ...tie }) => ({
        isNear: isNear === 1,
        tie: { ...tie, isReset: isReset === 1, isOfSoleRole: isOfSoleRole === 1, isOfSystemRole: isOfSystemRole === 1 },
      }))
    const near = rows.filter(({ isNear }) => isNear).map(({ tie }) => tie)
    const beyond = rows.filter(({ isNear }) => !isNear).map(({ tie }) => tie)
    for (const [side, missing] of asked) note(side, missing, near)
    note(
      'from',
      near.flatMap(({ by, of }) => [by, of]),
      beyond,
    )
  }
  /** Keeps the ties of accounts on one side, all of which are among `ties`. */
  const note = (side: Side, accounts: readonly number[], ties: readonly Tie[]) => {
    const fresh = new Set(accounts.filter(account => !known[side].has(account)))
    for (const account of fresh) known[side].set(account, [])
    for (const tie of ties) if (fresh.has(tie[SIDES[side]])) known[side].get(tie[SIDES[side]])?.push(tie)
  }
  const lookUp = (side: Side) => (account: number) => {
    ready([account], [side])
    return known[side].get(account) ?? []
  }
  return { to: lookUp('to'), from: lookUp('from'), ready }
}

/**
 * Answers who may be the second person to whom, for many questions with the ties read once; `without`: a kind of tie
 * that makes nobody dependent by itself.
 */
export function secondsOf({ without }: { without?: TieKind } = {}) {
  const ties = readTies()
  const known = new Map<number, Map<number, number | null>>()
  const dependentsOf = (accountId: number) => {
    const found = known.get(accountId) ?? dependents(accountId, ties, without)
    known.set(accountId, found)
    return found
  }
  const isSecond = (accountId: number, otherId: number | null, at: number | null = null) => {
    if (otherId === null) return true
    return isOutside(dependentsOf(accountId), otherId, at)
  }
  const officials = new Map<number, Map<number, number | null>>()
  const officialsDependentOn = (accountId: number) => {
    const found = officials.get(accountId) ?? officialsOf(dependentsOf(accountId))
    officials.set(accountId, found)
    return found
  }
  return {
    /** reads the ties of many accounts together that are asked about next */
    ready: (accounts: readonly number[]) => readyDependents(accounts, ties),
    /** whether an account may be the second person to what another did at `at` (campaign clock, ms; null: now) */
    isSecond,
    /** the same of an actor and an official; the system may, and nobody did it (null): everybody may */
    mayConfirm(actor: Actor, officialId: number | null, at: number | null = null): boolean {
      if (actor.kind !== 'person' || officialId === null) return true
      return officialId !== actor.officialId && isOutside(officialsDependentOn(actor.accountId), officialId, at)
    },
    /** officials to whom the actor is no second person, each with the instant until which (null: without end) */
    dependentOfficials: (actor: Actor): ReadonlyMap<number, number | null> =>
      actor.kind === 'person' ? officialsDependentOn(actor.accountId) : new Map(),
    /** accounts on which the actor is never the second person */
    lastingDependents: (actor: Person): number[] =>
      [...dependentsOf(actor.accountId)].flatMap(([accountId, until]) => (until === null ? [accountId] : [])),
    /** accounts to which this one is no second person to anything they do now, itself among them */
    dependentOn: (accountId: number): ReadonlySet<number> => new Set(dependentsOf(accountId).keys()),
    /** whether another account may act through this one */
    isHeldBy: (accountId: number, otherId: number): boolean => mayActThrough(accountId, otherId, ties),
    /** accounts to which the actor is no second person to anything they do now */
    dependentAccounts: (actor: Actor): number[] =>
      actor.kind === 'person' ? [...dependentsOf(actor.accountId).keys()] : [],
  }
}

/** What is known of accounts, by the officials whose they are. */
function officialsOf(accounts: ReadonlyMap<number, number | null>): Map<number, number | null> {
  const rows = prepared<{ id: number; officialId: number }>(
    `select id, official_id as officialId from account
      where official_id is not null and id in (select value from json_each(?))`,
  ).all(JSON.stringify([...accounts.keys()]))
  return new Map(rows.map(({ id, officialId }) => [officialId, accounts.get(id) ?? null]))
}

/**
 * True where the actor may be the second person to what an account did (`at`: campaign clock, ms), or does now. The
 * system may; nobody did it (null): everybody may.
 */
export function isSecondTo(actor: Actor, accountId: number | null, at: number | null = null): boolean {
  return actor.kind !== 'person' || secondsOf().isSecond(actor.accountId, accountId, at)
}

/** True where two accounts with office roles, or two inspectors, are two people. */
export const isTwoPeople = (accountId: number, otherId: number): boolean => readTwoPeople()(accountId, otherId)

/** Answers the same for many questions, with the ties read once. */
export function readTwoPeople(): (accountId: number, otherId: number) => boolean {
  const ties = readTies()
  return (accountId, otherId) => areTwoPeople(accountId, otherId, ties)
}

/** True where the actor holds one of these roles for long enough to do what is not to be undone; jobs always do. */
export function isSettledIn(actor: Actor, roles: readonly Role[]): boolean {
  if (actor.kind !== 'person') return actor.kind === 'system'
  const held = prepared<{ role: Role; givenAt: number | null }>(
    `select g.role, iif(g.created_by is null, null, g.created_at) as givenAt from role_grant g
      where g.account_id = ? and g.from_on <= ? and (g.to_on is null or g.to_on >= ?) and ${isAwake('g')}`,
  ).all(actor.accountId, actor.on, actor.on)
  return held.some(({ role, givenAt }) => roles.includes(role) && isSettled(givenAt, campaignNow()))
}
