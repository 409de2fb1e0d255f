import type { Person } from '#app/access/policy.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { personOf } from '#app/queries/account.server.ts'
import { addRegulation } from '#app/queries/campaign.server.ts'
import { answerByCode } from '#app/queries/citizen-answer.server.ts'
import { findCitizenLink, issueCitizenLink } from '#app/queries/citizen-code.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { startApplying } from '#app/queries/extract.server.ts'
import { walkExtract } from '#app/queries/extract-apply.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findInspection } from '#app/queries/inspection.server.ts'
import { signInspection } from '#app/queries/inspection-check.server.ts'
import { drawInspection } from '#app/queries/inspection-draw.server.ts'
import { rejudgeCampaign, rulesOf, writeUnjudged } from '#app/queries/judging/index.server.ts'
import { settleAllObligations } from '#app/queries/obligation-evidence.server.ts'
import { decideAreaTarget } from '#app/queries/target.server.ts'
import { db, prepared } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { extract, extractFact, extractScope } from '#db/schema.ts'
import {
  CAMPAIGN,
  checkNow,
  citizenNumber,
  confirmNow,
  done,
  dropProvince,
  grantTo,
  helpForm,
  keepProvince,
  makeOfficial,
  makeProvince,
  meetObligations,
  NOW,
  system,
  unitNamed,
} from './make.ts'

/**
 * The small province of the test of games: a unit with its people, one next to it, those above both, the offices, and
 * records of which the truth is known. Made once; each game is played on a copy of its file.
 */

/** Citizens of each person, by what is known of them when a game begins. */
export const LOT = {
  /** helped, inspected and found true */
  seen: 0,
  /** helped, confirmed by the unit */
  counted: 1,
  /** helped, waits for confirmation */
  pending: 2,
  /** not helped, recorded all the same; the citizen said no */
  denied: 3,
  /** not helped; an inspection found it out */
  untrue: 4,
  /** not helped; a full list contradicts it */
  contradicted: 5,
  /** recorded, waits for confirmation; whether helped is drawn */
  fresh: 6,
  /** not recorded yet; whether helped is drawn */
  free: 7,
  other: 8,
} as const
const LOTS = 9
/** Citizens whose truth is drawn for each game; of the others it is known. */
export const DRAWN_LOTS: readonly number[] = [LOT.fresh, LOT.free, LOT.other]
const TRUE_LOTS: readonly number[] = [LOT.seen, LOT.counted, LOT.pending]
const REFUTED_LOTS: readonly number[] = [LOT.denied, LOT.untrue, LOT.contradicted]

/** A commune whose district the applied full list covers, and one of another district. */
export const LISTED_COMMUNE = '25195'
export const OTHER_COMMUNE = '25270'

/** More than anybody but the honest official can have truly helped. */
const QUOTA = 8

export type Seat = { officialId: number; accountId: number }
export type World = Awaited<ReturnType<typeof foundWorld>>

const citizenOf = (person: number, lot: number) => 1000 + 97 * (LOTS * person + lot)
export const hashOf = (citizen: number) => matchHash({ campaignId: CAMPAIGN }, 'number', citizenNumber(citizen))

let first: { file: string; world: World } | undefined

/** Opens a fresh copy of the world. Closed by `dropProvince`. */
export async function openWorld(): Promise<World> {
  if (!first) {
    makeProvince()
    const world = await foundWorld()
    first = { world, file: keepProvince('games') }
    dropProvince()
  }
  makeProvince(NOW, first.file)
  // a game is never read again after a power cut
  db.$client.pragma('synchronous = off')
  return first.world
}

/** The person behind an account with the roles that it holds today, as each request looks them up. */
export const actorOf = (accountId: number): Person | undefined => personOf(accountId, campaignToday())

const GIVEN = ['An', 'Bình', 'Cúc', 'Dung', 'Giang', 'Hoa', 'Khang', 'Lan', 'Minh', 'Nga']
let people = 0
/** A name as a roster may have it: the generated names of other tests hold a digit, which a list is asked about. */
function nextName() {
  people += 1
  return `Nguyễn ${['Văn', 'Đức', 'Hữu', 'Thế'][Math.floor(people / GIVEN.length) % 4]} ${GIVEN[people % GIVEN.length]}`
}

function seat(unitId: number, roles: readonly Role[] = [], over = unitId): Seat {
  const { officialId, accountId, actor } = makeOfficial(unitId, { name: nextName() })
  for (const role of roles) grantTo(actor, role, over)
  prepared("update account set password_hash = 'set' where id = ?").run(accountId)
  return { officialId, accountId }
}

async function foundWorld() {
  const [root, above, own, next, away] = [
    'Tỉnh Bình Phước',
    'Thành phố Đồng Xoài',
    'UBND phường Tân Phú',
    'UBND xã Tân Thành',
    'Sở Y tế',
  ].map(name => unitNamed(name).id) as [number, number, number, number, number]
  const units = { root, above, own, next, away }
  const seats = {
    official: seat(own),
    coordinator: seat(own, ['coordinator']),
    head: seat(own, ['head']),
    admin: seat(own, ['admin'], root),
    laggard: seat(own),
    honest: seat(own),
    coordinator2: seat(own, ['coordinator']),
    nextHead: seat(next, ['head']),
    nextCoordinator: seat(next, ['coordinator']),
    aboveHead: seat(above, ['head']),
    aboveCoordinator: seat(above, ['coordinator']),
    rootHead: seat(root, ['head']),
    rootHead2: seat(root, ['head']),
    office: seat(root, ['campaign_office'], root),
    office2: seat(root, ['campaign_office'], root),
    homeAffairs: seat(root, ['home_affairs'], root),
    admin2: seat(root, ['admin'], root),
    inspector: seat(unitNamed('Thanh tra tỉnh').id, ['inspector'], root),
    inspector2: seat(unitNamed('Thanh tra tỉnh').id, ['inspector'], root),
    awayHead: seat(away, ['head']),
  }
  // people whose account was never opened: two of the unit, an association's member and a soldier of elsewhere
  const [colleague, colleague2] = [makeOfficial(own, { name: nextName() }), makeOfficial(own, { name: nextName() })]
  const member = makeOfficial(away, { category: 'member', name: 'Đỗ Văn Quân' })
  const soldier = makeOfficial(unitNamed('Bộ Chỉ huy Quân sự tỉnh').id, { name: 'Lê Văn Lính' })
  // role holders of the system's who have never signed in either
  const sleeper = (place: number, role: Role) => {
    const { actor, officialId, accountId } = makeOfficial(place, { name: nextName() })
    grantTo(actor, role, place)
    return { officialId, accountId }
  }
  const unopened = {
    deputy: sleeper(own, 'coordinator'),
    rootDeputy: sleeper(root, 'head'),
    colleague: { officialId: colleague.officialId, accountId: colleague.accountId },
    colleague2: { officialId: colleague2.officialId, accountId: colleague2.accountId },
    member: { officialId: member.officialId, accountId: member.accountId },
    soldier: { officialId: soldier.officialId, accountId: soldier.accountId },
  }
  const world = { units, seats, unopened, members: [seats.official, seats.coordinator, seats.head, seats.admin] }
  await setRules(world)
  for (const person of Object.values(seats)) meetObligations(person.officialId)
  await recordFirst(world)
  return world
}

/** Whose citizens are set up: the four players' first, then a laggard's and an honest official's. */
const peopleOf = ({ members, seats }: Pick<World, 'members' | 'seats'>): Seat[] => [
  ...members,
  seats.laggard,
  seats.honest,
]

const as = ({ accountId }: Seat): Person => {
  const person = actorOf(accountId)
  if (!person) throw new Error(`no account ${accountId}`)
  return person
}

async function setRules({ seats, units }: Pick<World, 'seats' | 'units'>) {
  const { version, regulation } = rulesOf(CAMPAIGN)
  const parameters = { ...PLAN_128, ...regulation, quota: QUOTA, burst: { records: 1000, minutes: 1 } }
  done(
    addRegulation(as(seats.office), CAMPAIGN, {
      parameters,
      basedOn: version,
      documentNumber: '1',
      decidedOn: '2024-04-05',
      note: '',
    }),
  )
  done(
    decideAreaTarget(as(seats.office), CAMPAIGN, {
      unitId: units.next,
      input: { target: 1, documentNumber: '2/QĐ', reason: null },
    }),
  )
  await rejudgeCampaign(system, CAMPAIGN, () => undefined)
  prepared("update job set state = 'done'").run()
}

async function recordFirst(world: Pick<World, 'members' | 'seats' | 'units'>) {
  const { seats } = world
  const people = peopleOf(world)
  const players = people.slice(0, world.members.length)
  const confirm = (ids: number[]) => confirmNow(as(seats.aboveHead), CAMPAIGN, ids)
  const record = (person: Seat, lot: number, commune = OTHER_COMMUNE) =>
    done(
      recordHelp(as(person), CAMPAIGN, {
        officialId: person.officialId,
        input: helpForm(citizenOf(people.indexOf(person), lot), { citizen: { localityCode: commune } }),
      }),
    ).helpId

  const untrue = players.map(person => record(person, LOT.untrue))
  confirm([...untrue, ...[...players, seats.laggard].map(person => record(person, LOT.seen))])
  inspect(world, untrue)
  const denied = players.map(person => ({ person, helpId: record(person, LOT.denied) }))
  const contradicted = players.map(person => record(person, LOT.contradicted, LISTED_COMMUNE))
  confirm([...denied.map(({ helpId }) => helpId), ...contradicted])
  confirm([...players, seats.laggard].map(person => record(person, LOT.counted)))
  confirm(Array.from({ length: LOTS }, (_, lot) => record(seats.honest, lot)))
  for (const { person, helpId } of denied) denies(as(person), helpId)
  await applyList(as(seats.office))
  for (const person of players) for (const lot of [LOT.pending, LOT.fresh]) record(person, lot)
}

/** Draws every record of the unit; those named are found untrue. */
function inspect({ seats, units }: Pick<World, 'seats' | 'units'>, untrue: readonly number[]) {
  const memberIds = [seats.inspector.accountId, seats.inspector2.accountId]
  const wanted = { certainty: 0.99, untrueShare: 0.01, riskPicks: 0, memberIds }
  const { inspectionId } = done(drawInspection(as(seats.office), CAMPAIGN, { unitId: units.own, input: wanted }))
  for (const { helpId } of findInspection(as(seats.inspector), CAMPAIGN, inspectionId)?.picks ?? [])
    checkNow(as(seats.inspector), { inspectionId, helpId, result: untrue.includes(helpId) ? 'untrue' : 'true' })
  for (const member of [seats.inspector, seats.inspector2]) done(signInspection(as(member), CAMPAIGN, inspectionId))
}

function denies(owner: Person, helpId: number) {
  done(issueCitizenLink(owner, CAMPAIGN, helpId))
  const { code } = findCitizenLink(owner, CAMPAIGN, { id: helpId, officialId: owner.officialId ?? 0 })
  answerByCode(code ?? '', { answer: 'no', outcomes: [], consentVersion: '1', deviceHash: `citizen of ${helpId}` })
}

/** The police's full list of one district, in which no citizen recorded there is found. */
async function applyList(office: Person) {
  const extractId = writeUnjudged(tx => {
    const { id } = tx
      .insert(extract)
      .values({
        campaignId: CAMPAIGN,
        source: 'police',
        asOfOn: '2024-06-10',
        outcomes: JSON.stringify(['eid_activated']),
        isFullList: true,
        state: 'read',
        summary: JSON.stringify({ counts: { rows: 1, valid: 1, repeated: 0, problems: 0, subjects: 1 } }),
      })
      .returning()
      .get()
    tx.insert(extractScope).values({ extractId: id, localityCode: '689', carrier: '' }).run()
    tx.insert(extractFact)
      .values({ extractId: id, subjectHash: hashOf(1), outcome: 'eid_activated', happenedOn: null })
      .run()
    return id
  })
  if (startApplying(office, CAMPAIGN, extractId) === undefined) throw new Error('list not applied')
  await walkExtract(extractId, () => undefined)
  await settleAllObligations(extractId, () => undefined)
  prepared("update job set state = 'done'").run()
}

/** What is so: whom each official helped. */
export type Truth = {
  isTrue: (officialId: number, citizenHash: string) => boolean
  /** whose record of the citizen somebody independent refuted; undefined: no record was */
  refutedOf: (citizenHash: string) => number | undefined
}

/**
 * The truth of a game. Others record honestly what nobody refuted; of the player's own records that nobody looked at yet,
 * `drawn` tells which are true, in the order of `DRAWN_LOTS`.
 */
export function truthOf(world: World, player: Seat, drawn: readonly boolean[]): Truth {
  const pairs = new Set<string>()
  const refuted = new Map<string, number>()
  const key = (officialId: number, hash: string) => `${officialId} ${hash}`
  peopleOf(world).forEach((person, n) => {
    for (let lot = 0; lot < LOTS; lot += 1) {
      const hash = hashOf(citizenOf(n, lot))
      const isRefuted = world.members.includes(person) && REFUTED_LOTS.includes(lot)
      const isTrue = person !== player || TRUE_LOTS.includes(lot) || drawn[DRAWN_LOTS.indexOf(lot)] === true
      if (isRefuted) refuted.set(hash, person.officialId)
      else if (isTrue) pairs.add(key(person.officialId, hash))
    }
  })
  return {
    isTrue: (officialId, hash) => pairs.has(key(officialId, hash)),
    refutedOf: hash => refuted.get(hash),
  }
}

/** All citizens are numbered through, nine of each person; players come first, as in `members`. */
export const CITIZENS = LOTS * 6
export const citizenLot = (person: number, lot: number) => LOTS * person + lot
export const citizenAt = (lot: number) => citizenOf(Math.floor(lot / LOTS), lot % LOTS)
