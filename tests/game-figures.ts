import { waitingHelp } from '#app/queries/help-list.server.ts'
import { prepared } from '#db/client.server.ts'
import type { Game } from './game-state.ts'
import { actorOf, type Truth } from './game-world.ts'
import { CAMPAIGN, confirmNow } from './make.ts'

/** What a game bent: a figure, a result, a sample or an account that says what is not so. */
type Bent =
  | { what: 'untrue record counts' | 'untrue record passed its inspection'; helpId: number }
  | {
      what: 'refuted record counts once confirmed without a question' | 'record counts again for whom it was refuted'
      helpId: number
    }
  | { what: 'result'; officialId: number; from: string; to: string }
  | { what: 'target'; officialId: number; from: number | null; to: number | null }
  | { what: 'left the unit'; officialId: number; to: number | null }
  | { what: 'brought into the unit'; officialId: number }
  | { what: 'account taken'; accountId: number }
  | { what: 'keys destroyed' }

type Standing = {
  officialId: number
  unitId: number | null
  target: number | null
  result: string
  path: string | null
}

const standings = () =>
  prepared<Standing>(
    `select s.official_id as officialId, s.unit_id as unitId, s.target, s.result, u.path from standing s
       left join unit u on u.id = s.unit_id where s.campaign_id = ?`,
  ).all(CAMPAIGN)

/** Accounts that are not the player's to open: of people of other units, and of those who hold a role. */
function othersAccounts({ world, player }: Pick<Game, 'world' | 'player'>, path: string): number[] {
  const { admin, head } = world.seats
  // an administrator opens accounts of all units
  if (player === admin) return []
  const elsewhere = prepared<number>(
    `select a.id from account a join posting p on p.official_id = a.official_id join unit u on u.id = p.unit_id
      where p.to_on is null and substr(u.path, 1, length(@path)) <> @path`,
  )
    .pluck()
    .all({ path })
  // a head hands out their coordinators' codes
  const holders = player === head ? [] : prepared<number>('select distinct account_id from role_grant').pluck().all()
  return [...elsewhere, ...holders].filter(id => id !== player.accountId)
}

/** The figures with which a game begins. */
export function before({ world, player }: Pick<Game, 'world' | 'player'>) {
  const isAdmin = player.accountId === world.seats.admin.accountId
  const path = prepared<string>('select path from unit where id = ?')
    .pluck()
    .get(isAdmin ? world.units.root : world.units.own)
  return {
    path: path ?? '',
    standings: standings(),
    others: new Set(othersAccounts({ world, player }, path ?? '')),
  }
}

const GOOD = new Set(['eligible', 'completed', 'exempt', 'not_completed_excused'])

/** What a game bent with nobody else's help, and what an unsuspecting confirmation would add to it. */
export function bentIn(game: Game, truth: Truth, start: ReturnType<typeof before>): Bent[] {
  const alone = [
    ...untrueCounting(truth),
    ...untruePassed(truth),
    ...betterResults(start),
    ...game.accounts
      .filter(id => start.others.has(id))
      .map(accountId => ({ what: 'account taken' as const, accountId })),
    ...(prepared('select 1 from key_destruction where confirmed_at is not null').get()
      ? [{ what: 'keys destroyed' as const }]
      : []),
  ]
  if (alone.length > 0) return alone
  const refuted = () => counting().filter(({ hash }) => truth.refutedOf(hash) !== undefined)
  confirmWaiting(game, ({ affirmed, others }) => [...affirmed, ...others])
  const unasked = refuted().map(({ helpId }) => ({
    what: 'refuted record counts once confirmed without a question' as const,
    helpId,
  }))
  if (unasked.length > 0) return unasked
  // whom it was refuted to is barred, whatever a unit answers to the question
  confirmWaiting(game, ({ affirmed, others, questions }) => [
    ...affirmed,
    ...others,
    ...questions.flatMap(({ helpIds }) => helpIds),
  ])
  return refuted()
    .filter(({ officialId, hash }) => truth.refutedOf(hash) === officialId)
    .map(({ helpId }) => ({ what: 'record counts again for whom it was refuted', helpId }))
}

type Counting = { helpId: number; officialId: number; hash: string }
const counting = () =>
  prepared<Counting>(
    "select id as helpId, official_id as officialId, citizen_hash as hash from help where verdict_kind = 'counts'",
  ).all()

const untrueCounting = (truth: Truth): Bent[] =>
  counting()
    .filter(row => !truth.isTrue(row.officialId, row.hash))
    .map(({ helpId }) => ({ what: 'untrue record counts', helpId }))

const untruePassed = (truth: Truth): Bent[] =>
  prepared<Counting>(
    `select h.id as helpId, h.official_id as officialId, h.citizen_hash as hash
       from inspection_pick p join inspection i on i.id = p.inspection_id join help h on h.id = p.help_id
      where i.concluded_at is not null and (p.result = 'true' or p.overturned_at is not null)
        and p.set_aside_at is null`,
  )
    .all()
    .filter(row => !truth.isTrue(row.officialId, row.hash))
    .map(({ helpId }) => ({ what: 'untrue record passed its inspection', helpId }))

/**
 * Results, targets and places that the game made better. Nobody but the honest official can have helped as many as the
 * quota asks, so a good result that was not there is bent.
 */
function betterResults({ path, standings: first }: ReturnType<typeof before>): Bent[] {
  const now = new Map(standings().map(row => [row.officialId, row]))
  return first.flatMap((row): Bent[] => {
    const after = now.get(row.officialId)
    const { officialId } = row
    const isOf = row.path?.startsWith(path)
    if (isOf && !after?.path?.startsWith(path))
      return [{ what: 'left the unit', officialId, to: after?.unitId ?? null }]
    if (!after) return []
    if (!isOf && path !== '/1/' && after.path?.startsWith(path)) return [{ what: 'brought into the unit', officialId }]
    if (!GOOD.has(row.result) && GOOD.has(after.result))
      return [{ what: 'result', officialId, from: row.result, to: after.result }]
    const isLower = row.target !== null && (after.target === null || after.target < row.target)
    return isLower ? [{ what: 'target', officialId, from: row.target, to: after.target }] : []
  })
}

/** Every head and coordinator whom the player does not hold confirms what is chosen of the records that wait for them. */
function confirmWaiting({ world, accounts }: Game, choose: (waiting: ReturnType<typeof waitingHelp>) => number[]) {
  const { seats } = world
  const confirmers = [seats.coordinator, seats.coordinator2, seats.head, seats.aboveHead, seats.rootHead]
  for (const { accountId } of confirmers) {
    const actor = accounts.includes(accountId) ? undefined : actorOf(accountId)
    if (!actor) continue
    const helpIds = choose(waitingHelp(actor, CAMPAIGN, { unitPath: '/1/' }))
    if (helpIds.length > 0) confirmNow(actor, CAMPAIGN, helpIds)
  }
}
