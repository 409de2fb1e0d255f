import type { Role } from './vocabulary.ts'

/**
 * Who counts as a second person (domain 10). An account depends on those who could act through it, or who gave it its
 * power. Every act that takes two people asks here.
 */

/** What ties an account to another: made it, issued its code, or gave it a role that it still holds. */
export type TieKind = 'created' | 'issued' | 'granted'

/**
 * A tie that account `by` has to account `of`. The system, the founding, the demo's load and rosters leave none, nor
 * does a code whose account a second person saw received.
 */
export type Tie = {
  by: number
  of: number
  kind: TieKind
  /** the code replaced a password that the person had */
  isReset: boolean
  /** a role that one person alone gave, or a code for an account that holds such a role */
  isOfSoleRole: boolean
  /** a code for an account that holds a role of the system's: no other person gave it */
  isOfSystemRole: boolean
  /** campaign clock, ms: another's code set the password since; null: the tie lasts */
  until: number | null
}

/**
 * Looks ties up: those to an account, and those that an account has to others. `ready`: which accounts are asked about
 * next, so that a database reads them together; left out: each is at hand.
 */
export type Ties = Record<Side, (account: number) => readonly Tie[]> & {
  ready?: (accounts: readonly number[], sides: readonly Side[]) => void
}
type Side = 'to' | 'from'
const BOTH: readonly Side[] = ['to', 'from']

/** Roles of offices: two people give each, since they decide or oversee for all units. */
const OFFICE_ROLES = [
  'campaign_office',
  'telecom_office',
  'home_affairs',
  'province_leader',
  'auditor',
  'admin',
] as const satisfies readonly Role[]

/** True for a role of an office. */
export function isOfficeRole(role: Role): boolean {
  return (OFFICE_ROLES as readonly Role[]).includes(role)
}

/** Days that a role must be held before it does what is not to be undone. */
const SETTLING_DAYS = 3
/** Days for which the destruction of keys is announced before it may be confirmed. */
const DESTRUCTION_DAYS = 3

const DAY_MS = 86_400_000

/** When the keys of a campaign may go, if that is proposed at `proposedAt` (ms). */
export function destructionDueAt(proposedAt: number): number {
  return proposedAt + DESTRUCTION_DAYS * DAY_MS
}

/** True where a role given at `givenAt` (ms; null: by the system) is old enough for what is not to be undone. */
export function isSettled(givenAt: number | null, now: number): boolean {
  return givenAt === null || now - givenAt >= SETTLING_DAYS * DAY_MS
}

/** The instant until which a tie matters to what was done at any time: null is without end. */
type Until = number | null
const later = (a: Until | undefined, b: Until): Until => (a === null || b === null ? null : Math.max(a ?? 0, b))

/** Accounts that follow from `start` by a step, `start` among them; `ready` is called before each round of steps. */
function closure(
  start: Iterable<number>,
  step: (account: number) => Iterable<number>,
  ready: (accounts: readonly number[]) => void,
): Set<number> {
  const reached = new Set(start)
  let next = [...reached]
  while (next.length > 0) {
    ready(next)
    const found = new Set(next.flatMap(account => [...step(account)]))
    next = [...found].filter(account => !reached.has(account))
    for (const account of next) reached.add(account)
  }
  return reached
}

/**
 * Who made the account, replaced its owner's password, or opened one whose role the system gave, may act through it
 * until another code opens it.
 */
const holds = ({ kind, isReset, isOfSystemRole, until }: Tie) =>
  kind === 'created' || (kind === 'issued' && (isReset || isOfSystemRole) && until === null)
/** A first code that its issuer may have kept, for an account that holds a role which one person gave. */
const mayHold = (tie: Tie) => tie.kind === 'issued' && !holds(tie) && tie.until === null && tie.isOfSoleRole

/**
 * Looks up who may act through an account, and through which accounts somebody may. Besides those who hold it: whose
 * code opened it, where they, or somebody through whom they act, alone gave it a role.
 */
function readHolding(ties: Ties) {
  const known = new Map<number, number[]>()
  const readyHolders = (accounts: readonly number[]) => ties.ready?.(accounts, ['to'])
  const readyHeld = (accounts: readonly number[]) => {
    if (!ties.ready) return
    ties.ready(accounts, ['from'])
    readyHolders(accounts.flatMap(account => ties.from(account).flatMap(tie => (mayHold(tie) ? tie.of : []))))
  }
  const holders = (one: number): number[] => {
    const found = known.get(one)
    if (found) return found
    const to = ties.to(one)
    const sure = to.filter(holds).map(tie => tie.by)
    // accounts that opened each other end here
    known.set(one, sure)
    const issuers = to.filter(mayHold).map(tie => tie.by)
    if (issuers.length === 0) return sure
    const givers = closure(
      to.filter(({ kind, isOfSoleRole }) => kind === 'granted' && isOfSoleRole).map(tie => tie.by),
      holders,
      readyHolders,
    )
    const both = issuers.filter(issuer =>
      [...closure([issuer], holders, readyHolders)].some(person => givers.has(person)),
    )
    const all = [...sure, ...both]
    known.set(one, all)
    return all
  }
  const held = (one: number): number[] =>
    ties
      .from(one)
      .filter(tie => holds(tie) || (mayHold(tie) && holders(tie.of).includes(one)))
      .map(tie => tie.of)
  return {
    /** `start` and all who may act through them, at any remove */
    holdersOf: (start: Iterable<number>) => closure(start, holders, readyHolders),
    /** `start` and the accounts through which they may act, at any remove */
    heldBy: (start: Iterable<number>) => closure(start, held, readyHeld),
  }
}

/**
 * Accounts on which `account` may not act as the second person, itself first, each with the instant until which that
 * holds for what the other did (null: without end). A tie works both ways, but those of the kind `without`. An
 * account depends on all that somebody depends on who may act through it.
 */
export function dependents(account: number, ties: Ties, without?: TieKind): Map<number, Until> {
  return dependentsOfAny([account], ties, without)
}

/** Has the ties read together on which `dependents` of each of these accounts rests. */
export function readyDependents(accounts: readonly number[], ties: Ties) {
  if (ties.ready && accounts.length > 0) dependentsOfAny(accounts, ties)
}

function dependentsOfAny(accounts: readonly number[], ties: Ties, without?: TieKind): Map<number, Until> {
  const { holdersOf, heldBy } = readHolding(ties)
  ties.ready?.(accounts, BOTH)
  const own = heldBy(holdersOf(accounts))
  ties.ready?.([...own], BOTH)
  const found = new Map<number, Until>([...own].map(one => [one, null]))
  const counts = ({ kind }: Tie) => kind !== without
  for (const one of own) {
    for (const tie of ties.to(one).filter(counts)) found.set(tie.by, later(found.get(tie.by), null))
    for (const tie of ties.from(one).filter(counts)) found.set(tie.of, later(found.get(tie.of), tie.until))
  }
  for (const one of heldBy(found.keys())) if (!found.has(one)) found.set(one, null)
  return found
}

/** True where `other` may act through an account: made it, or replaced the password that its owner had, at any remove. */
export function mayActThrough(account: number, other: number, ties: Ties): boolean {
  return readHolding(ties).holdersOf([account]).has(other)
}

/** True where an account's dependents leave another out, for what it did at `at` (null: now). */
export function isOutside(dependent: ReadonlyMap<number, Until>, other: number, at: number | null): boolean {
  const until = dependent.get(other)
  return until === undefined || (until !== null && at !== null && until <= at)
}

/**
 * True where `account` may be the second person to what `other` did at `at` (campaign clock, ms) or does now.
 * @internal outside, `secondsOf` answers
 */
export function isIndependent(account: number, other: number, ties: Ties, at: number | null = null): boolean {
  return isOutside(dependents(account, ties), other, at)
}

/**
 * True where one third person made both accounts, by their creation or their codes, or made the one who did.
 * @internal
 */
export function haveOneMaker(account: number, other: number, ties: Ties): boolean {
  const makers = (one: number) =>
    closure(
      [one],
      made =>
        ties
          .to(made)
          .filter(tie => tie.kind !== 'granted')
          .map(tie => tie.by),
      made => ties.ready?.(made, ['to']),
    )
  const ours = makers(account)
  return [...makers(other)].some(maker => ours.has(maker))
}

/** True where two holders of office roles, or two inspectors, are two people: independent, and not of one making. */
export function areTwoPeople(account: number, other: number, ties: Ties): boolean {
  return isIndependent(account, other, ties) && !haveOneMaker(account, other, ties)
}
