import type { Person } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import type { HelpInput } from '#app/domain/help.ts'
import { activate } from '#app/queries/account.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { startApplying } from '#app/queries/extract.server.ts'
import { walkExtract } from '#app/queries/extract-apply.server.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { prepared } from '#db/client.server.ts'
import { extract, extractFact, extractScope } from '#db/schema.ts'
import { CITIZENS, citizenAt, hashOf, LISTED_COMMUNE, OTHER_COMMUNE, type Seat, type World } from './game-world.ts'
import { CAMPAIGN, helpForm } from './make.ts'

/** A game under way. `accounts`: those that the player can sign in to, their own first. */
export type Game = { world: World; player: Seat; accounts: number[]; made: { accounts: Seat[] } }

/** What chance decides about an act; each act reads the parts that it needs. */
export type Chance = {
  /** which of the player's accounts */
  by: number
  /** which person the act is about */
  whom: number
  /** which record, inspection, request, the newest first */
  nth: number
  /** which citizen, as they are numbered through; from `CITIZENS` on one of the player's own nine */
  lot: number
  /** which of the ways to use the right */
  way: number
  on: Day
  isYes: boolean
  unit: number
}
export const pickOf = <Row>(rows: readonly Row[], nth: number): Row | undefined => rows[nth % Math.max(1, rows.length)]
export const idsFrom = (text: string, ...values: number[]) =>
  prepared<number>(text)
    .pluck()
    .all(...values)

/** Everybody whom an act can be about: the player first, then colleagues, then those elsewhere. */
export function whomAll({ world, player, made }: Game): Seat[] {
  const { seats, unopened } = world
  const others = [...Object.values(seats), ...Object.values(unopened), ...made.accounts]
  return [player, seats.laggard, ...others]
}
export const whomOf = (game: Game, { whom }: Chance): Seat => pickOf(whomAll(game), whom) ?? game.player

/** Records that an act can be about: the player's, the newest first, then all others. */
function recordsOf({ accounts }: Game): number[] {
  const own = prepared<number>(
    `select h.id from help h join account a on a.official_id = h.official_id
      where a.id in (select value from json_each(?)) order by h.id desc`,
  )
    .pluck()
    .all(JSON.stringify(accounts))
  return [...own, ...own, ...idsFrom('select id from help order by id desc')]
}
export const recordOf = (game: Game, { nth }: Chance): number => pickOf(recordsOf(game), nth) ?? 0

/** Where the player's record of this citizen comes among those that an act can be about. */
export const recordNth = (game: Game, lot: number): number => recordsOf(game).findIndex(helpId => lotOf(helpId) === lot)

export const unitOf = ({ world }: Game, { unit }: Chance): number => pickOf(Object.values(world.units), unit) ?? 0

export function formOf({ lot, on, isYes, unit }: Chance): HelpInput {
  const localityCode = isYes ? OTHER_COMMUNE : LISTED_COMMUNE
  const carrier = unit % 2 === 0 ? null : ('viettel' as const)
  return helpForm(citizenAt(lot), { helpedOn: on, citizen: { localityCode, carrier } })
}

export async function open(game: Game, seat: Seat, code: string) {
  const opened = await activate({ kind: 'anonymous' }, code, 'mật khẩu đủ dài')
  if (opened.ok && !game.accounts.includes(seat.accountId)) game.accounts.push(seat.accountId)
  return opened.ok
}

export const newest = (table: string) => prepared<number>(`select max(id) from ${table}`).pluck().get() ?? 0
/** The number of a record's citizen, so that a form names the same citizen again. */
export function lotOf(helpId: number): number {
  const hash = prepared<string>('select citizen_hash from help where id = ?').pluck().get(helpId)
  return Array.from({ length: CITIZENS }, (_, lot) => lot).find(lot => hashOf(citizenAt(lot)) === hash) ?? 0
}

export function codeFor(actor: Person, helpId: number): string | null {
  issueCitizenLink(actor, CAMPAIGN, helpId)
  return findCitizenLink(actor, CAMPAIGN, { id: helpId, officialId: actor.officialId ?? 0 }).code
}

/** A list in which everybody is found, whatever is so: what an office could write alone. */
export async function applying(actor: Person) {
  const extractId = writeUnjudged(tx => {
    const { id } = tx
      .insert(extract)
      .values({
        campaignId: CAMPAIGN,
        source: 'police',
        asOfOn: campaignToday(),
        outcomes: JSON.stringify(['eid_activated']),
        isFullList: false,
        state: 'read',
        summary: JSON.stringify({ counts: { rows: 60, valid: 60, repeated: 0, problems: 0, subjects: 60 } }),
      })
      .returning()
      .get()
    tx.insert(extractScope).values({ extractId: id, localityCode: '689', carrier: '' }).run()
    for (const hash of prepared<string>('select distinct citizen_hash from help').pluck().all())
      tx.insert(extractFact)
        .values({ extractId: id, subjectHash: hash, outcome: 'eid_activated', happenedOn: '2024-04-04' })
        .run()
    return id
  })
  if (startApplying(actor, CAMPAIGN, extractId) === undefined) return false
  await walkExtract(extractId, () => undefined)
  return true
}
