import { and, eq, isNull } from 'drizzle-orm'
import { type Actor, can } from '#app/access/policy.ts'
import { inSubtree } from '#app/access/scope.server.ts'
import type { Day } from '#app/domain/calendar.ts'
import {
  askEach,
  dealSignals,
  findBursts,
  findDeadlineEntries,
  findLowered,
  findNearAnswers,
  findPerfect,
  findSequences,
  findSharedPhones,
  findStaff,
  findTargetStop,
  NEAR_MINUTES,
  type Signal,
  type SignalOf,
} from '#app/domain/signal.ts'
import type { Outcomes } from '#app/domain/verdict.ts'
import type { OutcomeValue, SignalKind } from '#app/domain/vocabulary.ts'
import { db, prepared } from '#db/client.server.ts'
import { unsealText } from '#db/keys.server.ts'
import { help, unit } from '#db/schema.ts'
import { campaignToday } from './clock.server.ts'
import { rulesOf } from './judging/index.server.ts'
import { targetOf, targetsOf } from './official.server.ts'
import { everPostedIn, unitIdOn } from './official-posting.server.ts'

type Own = { helpId: number; officialId: number }

/** The records of these officials that were not withdrawn. */
const OF_OFFICIALS = `from help h where h.campaign_id = ? and h.withdrawn_at is null
  and h.official_id in (select value from json_each(?))`

const officialsOf = (records: readonly Own[]) => [...new Set(records.map(record => record.officialId))]
const idsOf = (records: readonly Own[]) => JSON.stringify(records.map(record => record.helpId))

/** The densest burst of each of these officials who has one. */
export function burstsOf(campaignId: number, officialIds: readonly number[]): Map<number, SignalOf<'burst'>> {
  const received = prepared<Own & { receivedAt: number }>(
    `select h.id as helpId, h.official_id as officialId, h.received_at as receivedAt ${OF_OFFICIALS}`,
  ).all(campaignId, JSON.stringify(officialIds))
  const bursts = findBursts(received, rulesOf(campaignId).regulation)
  return new Map(bursts.map(burst => [burst.officialId ?? 0, burst]))
}

function sharedPhonesOf(campaignId: number, records: readonly Own[]) {
  const phones = prepared<{ phone: string }>(
    `select distinct citizen_phone_hash as phone from help
      where id in (select value from json_each(?)) and citizen_phone_hash is not null`,
  ).all(idsOf(records))
  // the index by name: while few records have a phone its statistics speak against it
  const users = prepared<Own & { citizen: string; phone: string }>(
    `select id as helpId, official_id as officialId, citizen_hash as citizen, citizen_phone_hash as phone
       from help indexed by help_phone
      where campaign_id = ? and withdrawn_at is null and citizen_phone_hash in (select value from json_each(?))`,
  ).all(campaignId, JSON.stringify(phones.map(row => row.phone)))
  return findSharedPhones(users, rulesOf(campaignId).regulation)
}

function staffOf(campaignId: number, records: readonly Own[]) {
  const staff = prepared<Own>(
    `select h.id as helpId, h.official_id as officialId from help h
       join official_match m on m.campaign_id = h.campaign_id and m.number_hash = h.citizen_hash
      where h.id in (select value from json_each(?)) and m.campaign_id = ?
        and exists (select 1 from posting p where p.official_id = m.official_id and p.category <> 'member'
                     and p.from_on <= h.helped_on and (p.to_on is null or p.to_on >= h.helped_on))`,
  ).all(idsOf(records), campaignId)
  return findStaff(staff.map(record => ({ ...record, isStaff: true })))
}

/** Those of these records that were edited after an extract contradicted them. */
export function editedAmong(helpIds: readonly number[]): number[] {
  return prepared<number>(
    `select j.value from json_each(?) j where exists (
       select 1 from help_change c where c.help_id = j.value and c.is_after_contradiction = 1)`,
  )
    .pluck()
    .all(JSON.stringify(helpIds))
}

function editedOf(records: readonly Own[]) {
  const edited = new Set(editedAmong(records.map(({ helpId }) => helpId)))
  return askEach(
    'edited_after_extract',
    records.filter(({ helpId }) => edited.has(helpId)),
  )
}

/**
 * Records of citizens of whom another record is denied by the citizen, or found untrue by an inspection, and nothing
 * overruled it.
 */
function contestedOf(campaignId: number, records: readonly Own[]) {
  return askEach(
    'citizen_contested',
    prepared<Own>(
      `select h.id as helpId, h.official_id as officialId from help h
        where h.id in (select value from json_each(?)) and h.campaign_id = ?
          and exists (
            select 1 from help o where o.campaign_id = h.campaign_id and o.citizen_hash = h.citizen_hash and o.id <> h.id
              and (exists (select 1 from citizen_answer a where a.help_id = o.id and a.answer = 'no' and a.set_aside_at is null)
                or exists (select 1 from inspection_pick p join inspection i on i.id = p.inspection_id
                            where p.help_id = o.id and p.result = 'untrue' and p.overturned_at is null
                              and i.concluded_at is not null)))`,
    ).all(idsOf(records), campaignId),
  )
}

/** Of these records, those whose citizen said yes near the official, together with as many others within the hour. */
function nearAnswersOf(campaignId: number, records: readonly Own[]) {
  const answers = prepared<Own & { answeredAt: number }>(
    `select h.id as helpId, h.official_id as officialId, a.answered_at as answeredAt
       from help h join citizen_answer a on a.help_id = h.id join citizen_code c on c.id = a.code_id
      where h.campaign_id = ? and h.official_id in (select value from json_each(?)) and a.answer = 'yes'
        and a.set_aside_at is null and a.network_hash is not null and a.network_hash = c.network_hash
        and a.answered_at - c.handed_at <= ?`,
  ).all(campaignId, JSON.stringify(officialsOf(records)), NEAR_MINUTES * 60_000)
  return findNearAnswers(answers)
}

/** Records restored after a draw that they missed, and not drawn since. */
function missedDrawsOf(records: readonly Own[]) {
  return askEach(
    'missed_draw',
    prepared<Own>(
      `select h.id as helpId, h.official_id as officialId from help h
        where h.id in (select value from json_each(?)) and h.missed_draw_at is not null
          and not exists (select 1 from inspection_pick p join inspection i on i.id = p.inspection_id
                           where p.help_id = h.id and i.drawn_at >= h.missed_draw_at)`,
    ).all(idsOf(records)),
  )
}

/**
 * Opens the numbers of records that wait for confirmation, in memory and for this comparison only: they are neither
 * returned nor kept nor logged. Who has too few such records for a sequence is left closed.
 */
function sequencesOf(campaignId: number, records: readonly Own[]) {
  const { regulation } = rulesOf(campaignId)
  const sealed = prepared<Own & { cipher: Buffer }>(
    `select h.id as helpId, h.official_id as officialId, h.citizen_number_cipher as cipher from help h
      where h.id in (select value from json_each(?)) and h.verdict_reason = 'awaiting_confirmation'
        and h.campaign_id = ?`,
  ).all(idsOf(records), campaignId)
  const counts = new Map<number, number>()
  for (const { officialId } of sealed) counts.set(officialId, (counts.get(officialId) ?? 0) + 1)
  const numbers = sealed
    .filter(({ officialId }) => (counts.get(officialId) ?? 0) >= regulation.sequence)
    .map(({ cipher, ...own }) => ({
      ...own,
      number: unsealText({ table: 'help', column: 'citizenNumber', rowId: own.helpId }, cipher) ?? '',
    }))
  return findSequences(numbers, regulation)
}

/**
 * Returns the questions about these records, the most telling first; each record appears in one question only. `each`:
 * those of them of which it is asked too what each is by itself.
 */
export function signalsAmong(campaignId: number, records: readonly Own[], each: readonly Own[] = records): Signal[] {
  return dealSignals(
    [
      ...editedOf(each),
      ...contestedOf(campaignId, each),
      ...nearAnswersOf(campaignId, records),
      ...missedDrawsOf(each),
      ...burstsOf(campaignId, officialsOf(records)).values(),
      ...sharedPhonesOf(campaignId, each),
      ...staffOf(campaignId, each),
      ...sequencesOf(campaignId, records),
    ],
    records.map(record => record.helpId),
  )
}

/** Returns the questions about each of these officials as a whole. */
function signalsOfPeople(campaignId: number, officialIds: readonly number[]): Signal[] {
  const { regulation } = rulesOf(campaignId)
  const records = prepared<Own & { helpedOn: Day; receivedAt: number }>(
    `select h.id as helpId, h.official_id as officialId, h.helped_on as helpedOn, h.received_at as receivedAt
       ${OF_OFFICIALS}`,
  ).all(campaignId, JSON.stringify(officialIds))
  return [
    ...findDeadlineEntries(records, regulation),
    ...findPerfect(withOutcomes(records, regulation.perfect), regulation),
  ]
}

/** Records with their outcomes, of those officials who have at least `least`: the others' are not read. */
function withOutcomes<Row extends Own>(records: readonly Row[], least: number): (Row & { outcomes: Outcomes })[] {
  const counts = new Map<number, number>()
  for (const { officialId } of records) counts.set(officialId, (counts.get(officialId) ?? 0) + 1)
  const asked = records.filter(record => (counts.get(record.officialId) ?? 0) >= least)
  const rows = prepared<{ helpId: number; outcome: keyof Outcomes; value: OutcomeValue; onDay: Day | null }>(
    `select help_id as helpId, outcome, value, on_day as onDay from help_outcome
      where help_id in (select value from json_each(?))`,
  ).all(idsOf(asked))
  const byRecord = new Map<number, Outcomes>(asked.map(record => [record.helpId, {}]))
  for (const { helpId, outcome, value, onDay } of rows) {
    const outcomes = byRecord.get(helpId)
    if (outcomes) outcomes[outcome] = { value, on: onDay }
  }
  return asked.map(record => ({ ...record, outcomes: byRecord.get(record.helpId) ?? {} }))
}

/**
 * Returns the questions about the people posted at a unit at the cut-off, but not below it. They ask whether the unit
 * stops at its targets, and about each person as a whole. Empty for actors who head neither the unit nor one above it.
 */
export function findUnitSignals(
  actor: Actor,
  campaignId: number,
  of: { id: number; path: string; guardPath: string | null },
): (Signal & { name: string | null })[] {
  if (!can(actor, 'signal.view', { unitPath: of.path, guardPath: of.guardPath })) return []
  const people = prepared<{ officialId: number; name: string; counted: number; target: number | null }>(
    `select s.official_id as officialId, o.name, s.counted, s.target from standing s
       join official o on o.id = s.official_id where s.campaign_id = ? and s.unit_id = ?`,
  ).all(campaignId, of.id)
  const { regulation } = rulesOf(campaignId)
  const ofUnit = [findTargetStop(people, regulation), findLowered(people, regulation)].flatMap(signal => signal ?? [])
  const signals = signalsOfPeople(
    campaignId,
    people.map(person => person.officialId),
  )
  const target = targetsOf(
    signals.flatMap(({ officialId }) => officialId ?? []),
    campaignToday(),
  )
  const asked = signals.filter(({ officialId }) => officialId !== null && can(actor, 'signal.view', target(officialId)))
  const names = new Map(people.map(({ officialId, name }) => [officialId, name]))
  return [...ofUnit, ...asked].map(signal => ({
    ...signal,
    name: names.get(signal.officialId ?? 0) ?? null,
  }))
}

/**
 * Returns the questions for an official: about waiting records, and about all their records. Empty for actors who do
 * not head them.
 */
export function findOfficialSignals(actor: Actor, campaignId: number, officialId: number): Signal[] {
  if (!can(actor, 'signal.view', targetOf(officialId, campaignToday()))) return []
  const waiting = prepared<Own>(
    `select id as helpId, official_id as officialId from help
      where campaign_id = ? and official_id = ? and verdict_reason = 'awaiting_confirmation'`,
  ).all(campaignId, officialId)
  return [...signalsAmong(campaignId, waiting), ...signalsOfPeople(campaignId, [officialId])]
}

/**
 * Returns the most telling signal of each record of a unit and everything below it, for strata and picks of an
 * inspection's draw. Records without a signal are left out. A record belongs to the unit of its official on the day
 * helped. Numbers are compared among records that wait for confirmation.
 */
export function signalsOfUnit(campaignId: number, unitPath: string): Map<number, SignalKind> {
  const records = db
    .select({ helpId: help.id, officialId: help.officialId })
    .from(help)
    .innerJoin(unit, eq(unit.id, unitIdOn(help.officialId, help.helpedOn)))
    .where(
      and(
        eq(help.campaignId, campaignId),
        isNull(help.withdrawnAt),
        everPostedIn(help.officialId, unitPath),
        inSubtree(unit.path, unitPath),
      ),
    )
    .all()
  const signals = dealSignals(
    [...signalsAmong(campaignId, records), ...signalsOfPeople(campaignId, officialsOf(records))],
    records.map(record => record.helpId),
  )
  return new Map(signals.flatMap(({ kind, helpIds }) => helpIds.map(helpId => [helpId, kind] as const)))
}
