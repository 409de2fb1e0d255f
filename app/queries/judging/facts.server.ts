import type { Day } from '#app/domain/calendar.ts'
import type { CountedRecord } from '#app/domain/figures.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { Claims } from '#app/domain/help.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  type ExtractEvidence,
  type HelpFacts,
  type Judgement,
  judgeCitizen,
  type OutcomeFact,
  type Outcomes,
} from '#app/domain/verdict.ts'
import type { Outcome, OutcomeValue } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { localityCodesReader } from '../locality.server.ts'

/** A list as a statement takes it. */
const json = (list: Iterable<string | number>) => JSON.stringify([...list])

/** The stored verdict of a record, as the table holds it. */
export type StoredVerdict = CountedRecord & { verdictOutcome: Outcome | null; holdsCredit: number }

/** SQL, of a row of `help`: what `countsOf` counts. */
export const IS_COUNTED = "verdict_kind = 'counts'"
export const IS_VERIFIED = "verdict_reason = 'verified'"

/** Maps the fields of a verdict to the columns of `help`. */
export const VERDICT_COLUMNS = {
  verdictKind: 'verdict_kind',
  verdictReason: 'verdict_reason',
  verdictOutcome: 'verdict_outcome',
  holdsCredit: 'holds_credit',
  isReported: 'is_reported',
  countsAny: 'counts_any',
  basis: 'basis',
  countedOutcomes: 'counted_outcomes',
} as const satisfies Record<keyof StoredVerdict, string>
export const VERDICT_FIELDS = Object.keys(VERDICT_COLUMNS) as (keyof StoredVerdict)[]

/** A record as it is stored: where it is summed up, what `judge` reads of its row, and its verdict. */
export type RecordRow = StoredVerdict & {
  id: number
  officialId: number
  /** the account that entered it in the official's name; null: the official did */
  recordedBy: number | null
  citizenHash: string
  helpedOn: Day
  localityCode: string
  receivedAt: number
  claimedAt: number | null
  withdrawnAt: number | null
  confirmedAt: number | null
  returnedAt: number | null
  carrier: string | null
  phoneHash: string | null
  staffKept: 'self' | 'staff' | null
  erasedAt: number | null
  citizenAt: number | null
}

/** The columns of a `RecordRow`, of `help h`. */
export const RECORD_COLUMNS = `h.id, h.official_id as officialId, h.recorded_by as recordedBy, h.citizen_hash as citizenHash, h.helped_on as helpedOn,
  h.locality_code as localityCode, h.received_at as receivedAt, h.claimed_at as claimedAt,
  h.withdrawn_at as withdrawnAt, h.confirmed_at as confirmedAt, h.returned_at as returnedAt, h.carrier,
  h.citizen_phone_hash as phoneHash, h.staff_kept as staffKept, h.erased_at as erasedAt, h.citizen_at as citizenAt,
  ${VERDICT_FIELDS.map(field => `h.${VERDICT_COLUMNS[field]} as ${field}`).join(', ')}`

/** Every record of these citizens in a campaign, each citizen's in the order of their ids. */
export function recordsOf(campaignId: number, citizenHashes: Iterable<string>): RecordRow[] {
  return prepared<RecordRow>(
    `select ${RECORD_COLUMNS} from json_each(?) j
       cross join help h on h.campaign_id = ? and h.citizen_hash = j.value order by h.id`,
  ).all(json(citizenHashes), campaignId)
}

/** An extract that speaks, of whom it speaks, and where it is a full list. */
export type AppliedExtract = {
  id: number
  /** applied: of everybody; applying: of citizens first recorded up to the cursor; undoing: of those after it */
  state: 'applied' | 'applying' | 'undoing'
  /** id of a record */
  cursor: number
  source: ExtractEvidence['source']
  asOfOn: Day
  /** null: not applied, only looked at as if it were */
  appliedAt: number | null
  outcomes: readonly Outcome[]
  /** empty where it is no full list */
  fullFor: readonly { code: string; carrier: string }[]
}

/** The extracts that speak in a campaign; read once for all citizens that are judged together. */
export function appliedExtracts(campaignId: number): AppliedExtract[] {
  return prepared<ExtractRow>(`${EXTRACT} where ${SPEAKS}`).all(campaignId).map(extractOf)
}

/** True where any extract speaks. Each record asks this first: without one it need not read other records. */
export const hasAppliedExtracts = (campaignId: number) =>
  prepared(`select 1 from extract where ${SPEAKS} limit 1`).get(campaignId) !== undefined

const SPEAKS = "campaign_id = ? and state in ('applied', 'applying', 'undoing')"

const EXTRACT =
  'select id, state, cursor, source, as_of_on as asOfOn, applied_at as appliedAt, outcomes, is_full_list as isFullList from extract'

type ExtractRow = Pick<AppliedExtract, 'id' | 'state' | 'cursor' | 'source' | 'asOfOn' | 'appliedAt'> & {
  outcomes: string
  isFullList: number
}

function extractOf({ outcomes, isFullList, ...row }: ExtractRow): AppliedExtract {
  return { ...row, outcomes: JSON.parse(outcomes) as Outcome[], fullFor: isFullList ? scopesOf(row.id) : [] }
}

/** A staged extract as if it were applied, for its preview. */
export function asIfApplied(extractId: number): AppliedExtract {
  return { ...extractOf(prepared<ExtractRow>(`${EXTRACT} where id = ?`).one(extractId)), state: 'applied' }
}

function scopesOf(extractId: number): AppliedExtract['fullFor'] {
  return prepared<AppliedExtract['fullFor'][number]>(
    'select locality_code as code, carrier from extract_scope where extract_id = ?',
  ).all(extractId)
}

/**
 * Judges all records of some citizens from the facts in the database; `records` are every record of theirs, `extracts`
 * from `appliedExtracts`. The facts of all are read together: a statement for each kind of fact.
 */
export function judgeRecords(
  campaignId: number,
  records: readonly RecordRow[],
  { regulation, extracts }: { regulation: Regulation; extracts: readonly AppliedExtract[] },
): Map<number, Judgement> {
  const judgements = new Map<number, Judgement>()
  if (records.length === 0) return judgements
  const read = readFacts(campaignId, records, extracts)
  for (const [hash, rows] of grouped(records, row => row.citizenHash)) {
    const facts = rows.map(row => factsOf(row, read, firstOf(rows), regulation))
    for (const [helpId, judgement] of judgeCitizen(facts, regulation, read.pins.get(hash) ?? null))
      judgements.set(helpId, judgement)
  }
  return judgements
}

/** The facts behind the verdicts of these records, every record of their citizens, as `judgeRecords` reads them. */
export function helpFactsOf(
  campaignId: number,
  records: readonly RecordRow[],
  { regulation, extracts }: { regulation: Regulation; extracts: readonly AppliedExtract[] },
): HelpFacts[] {
  if (records.length === 0) return []
  const read = readFacts(campaignId, records, extracts)
  return [...grouped(records, row => row.citizenHash).values()].flatMap(rows =>
    rows.map(row => factsOf(row, read, firstOf(rows), regulation)),
  )
}

const firstOf = (rows: readonly { id: number }[]) => rows[0]?.id ?? 0

/** The facts that tables besides `help` hold about some records and their citizens. */
type Read = ReturnType<typeof readFacts>

export function readFacts(campaignId: number, records: readonly RecordRow[], extracts: readonly AppliedExtract[]) {
  const ids = json(records.map(row => row.id))
  const hashes = json(new Set(records.map(row => row.citizenHash)))
  return {
    extracts,
    codesOn: localityCodesReader(),
    told: toldOutcomes(ids),
    answers: answersOf(ids),
    inspections: inspectionsOf(ids),
    staff: staffAmong(campaignId, hashes),
    pins: pinsOf(campaignId, hashes),
    shown: extracts.length === 0 ? new Map<string, Shown[]>() : shownOf(records),
    kept: extracts.length === 0 ? new Map<string, Kept[]>() : keptOf(campaignId, hashes),
  }
}

export function factsOf(row: RecordRow, read: Read, firstId: number, { mustAchieve }: Regulation): HelpFacts {
  const told = read.told.get(row.id)
  const answer = read.answers.get(row.id)
  const staffId = read.staff.get(row.citizenHash)
  return {
    helpId: row.id,
    officialId: row.officialId,
    helpedOn: row.helpedOn,
    citizenAt: row.citizenAt ?? row.receivedAt,
    claimedAt: told?.claims[mustAchieve] ?? row.claimedAt,
    receivedAt: row.receivedAt,
    isWithdrawn: row.withdrawnAt !== null,
    isSelf: row.staffKept === 'self' || staffId === row.officialId,
    isDenied: answer?.answer === 'no',
    // a yes from the official's own device, or from one device for several citizens, is no basis (domain 6.1)
    isAffirmed: answer?.answer === 'yes' && answer.flag === null,
    isReturned: row.returnedAt !== null,
    isConfirmed: row.confirmedAt !== null,
    isRosterMember: row.staffKept === 'staff' || (staffId !== undefined && isStaffOn(staffId, row.helpedOn)),
    inspection: read.inspections.get(row.id) ?? 'none',
    isErased: row.erasedAt !== null,
    outcomes: told?.outcomes ?? {},
    evidence: evidenceOf(row, read, firstId),
  }
}

/** Each citizen's newest answer that nothing has set aside, by record. */
function answersOf(ids: string): Map<number, { answer: string; flag: string | null }> {
  const rows = prepared<{ helpId: number; answer: string; flag: string | null }>(
    `select help_id as helpId, answer, flag from citizen_answer
      where help_id in (select value from json_each(?)) and set_aside_at is null order by id`,
  ).all(ids)
  return new Map(rows.map(row => [row.helpId, row]))
}

/** Officials who are among these citizens, by the hash of their number. */
function staffAmong(campaignId: number, hashes: string): Map<string, number> {
  const rows = prepared<{ hash: string; officialId: number }>(
    `select number_hash as hash, official_id as officialId from official_match
      where campaign_id = ? and number_hash in (select value from json_each(?))`,
  ).all(campaignId, hashes)
  return new Map(rows.map(row => [row.hash, row.officialId]))
}

function pinsOf(campaignId: number, hashes: string): Map<string, number> {
  const rows = prepared<{ hash: string; helpId: number }>(
    `select citizen_hash as hash, help_id as helpId from credit_pin
      where campaign_id = ? and citizen_hash in (select value from json_each(?))`,
  ).all(campaignId, hashes)
  return new Map(rows.map(row => [row.hash, row.helpId]))
}

function isStaffOn(officialId: number, day: Day): boolean {
  return (
    prepared(
      `select 1 from posting where official_id = ? and category <> 'member' and from_on <= ?
         and (to_on is null or to_on >= ?)`,
    ).get(officialId, day, day) !== undefined
  )
}

/**
 * Returns the inspection findings about these records (a JSON list of ids), by record. The latest concluded inspection
 * with a result counts, for the verdict and for the assessment (domain 6.4). Records without a result are left out.
 */
export function inspectionsOf(ids: string): Map<number, HelpFacts['inspection']> {
  const rows = prepared<{ helpId: number; result: string; overturnedAt: number | null }>(
    `select p.help_id as helpId, p.result, p.overturned_at as overturnedAt
       from json_each(?) j cross join inspection_pick p on p.help_id = j.value join inspection i on i.id = p.inspection_id
      where i.concluded_at is not null
        and (p.result = 'untrue' or (p.result = 'true' and p.set_aside_at is null))
      order by i.concluded_at, i.id`,
  ).all(ids)
  return new Map(
    rows.map(({ helpId, result, overturnedAt }) => [
      helpId,
      result === 'true' ? 'passed' : overturnedAt === null ? 'failed' : 'none',
    ]),
  )
}

/** The outcomes of one record. */
export function outcomesOf(helpId: number): Outcomes {
  return toldOf(helpId).outcomes
}

/** The outcomes of some records, by record. */
export function outcomesAmong(helpIds: readonly number[]): (helpId: number) => Outcomes {
  const told = toldOutcomes(json(helpIds))
  return helpId => told.get(helpId)?.outcomes ?? {}
}

/** The outcomes that a record claims, and since when (`claimsAfter`) it claims the achieved ones. */
export type Told = { outcomes: Outcomes; claims: Claims }

/** The same of one record. */
export function toldOf(helpId: number): Told {
  return toldOutcomes(json([helpId])).get(helpId) ?? { outcomes: {}, claims: {} }
}

/**
 * The same before a change. A record that an older version of the software wrote says since when it claims the
 * must-achieve outcome; what else it calls achieved is claimed from its receipt on.
 */
export function claimedBefore(
  row: { id: number; claimedAt: number | null; receivedAt: number },
  { mustAchieve }: Regulation,
): Told {
  const { outcomes, claims } = toldOf(row.id)
  const known: Claims = {}
  for (const [outcome, fact] of Object.entries(outcomes) as [Outcome, OutcomeFact][])
    if (fact.value === 'achieved')
      known[outcome] = claims[outcome] ?? (outcome === mustAchieve ? row.claimedAt : null) ?? row.receivedAt
  return { outcomes, claims: known }
}

type ToldRow = { helpId: number; outcome: Outcome; value: OutcomeValue; onDay: Day | null; claimedAt: number | null }

function toldOutcomes(ids: string): Map<number, Told> {
  const rows = prepared<ToldRow>(
    `select help_id as helpId, outcome, value, on_day as onDay, claimed_at as claimedAt from help_outcome
      where help_id in (select value from json_each(?))`,
  ).all(ids)
  const found = new Map<number, Told>()
  for (const { helpId, outcome, value, onDay, claimedAt } of rows) {
    const told = found.get(helpId) ?? { outcomes: {}, claims: {} }
    told.outcomes[outcome] = { value, on: onDay }
    if (claimedAt !== null) told.claims[outcome] = claimedAt
    found.set(helpId, told)
  }
  return found
}

type Shown = { hash: string; extractId: number; outcome: Outcome; happenedOn: Day | null }

/** Returns what extracts show about these citizens and their phones, by hash. */
function shownOf(records: readonly RecordRow[]): Map<string, Shown[]> {
  const hashes = records.flatMap(row => (row.phoneHash === null ? [row.citizenHash] : [row.citizenHash, row.phoneHash]))
  const rows = prepared<Shown>(
    `select f.subject_hash as hash, f.extract_id as extractId, f.outcome, f.happened_on as happenedOn
       from json_each(?) j cross join extract_fact f on f.subject_hash = j.value`,
  ).all(json(new Set(hashes)))
  return grouped(rows, row => row.hash)
}

type Kept = { hash: string; helpId: number; extractId: number; outcome: Outcome; keptAt: number }

/** Contradictions kept with these citizens' numbers that no inspection cleared, by hash. */
function keptOf(campaignId: number, hashes: string): Map<string, Kept[]> {
  const rows = prepared<Kept>(
    `select c.citizen_hash as hash, c.help_id as helpId, c.extract_id as extractId, c.outcome, c.kept_at as keptAt
       from json_each(?) j cross join contradiction c on c.campaign_id = ? and c.citizen_hash = j.value
      where c.cleared_at is null`,
  ).all(hashes, campaignId)
  return grouped(rows, row => row.hash)
}

/**
 * True where a contradiction kept with the citizen's number concerns a record: the one that was contradicted, or one
 * that was given this number later.
 */
const isBound = ({ helpId, keptAt }: Kept, row: RecordRow) =>
  helpId === row.id || (row.citizenAt ?? row.receivedAt) >= keptAt

/**
 * Returns the evidence for one record: outcomes that an extract shows, outcomes that a full list for the citizen's
 * locality lacks, and contradictions kept with the citizen's number.
 */
function evidenceOf(row: RecordRow, { extracts, shown, kept, codesOn }: Read, firstId: number): ExtractEvidence[] {
  if (extracts.length === 0) return []
  const bound = (kept.get(row.citizenHash) ?? []).filter(one => isBound(one, row))
  const ofCitizen = shown.get(row.citizenHash) ?? []
  const ofPhone = row.phoneHash === null ? [] : (shown.get(row.phoneHash) ?? [])
  return extracts.flatMap(extract => {
    if (!speaksOf(extract, firstId)) return []
    const { id, source, asOfOn, outcomes } = extract
    const facts = [...ofCitizen, ...ofPhone].filter(fact => fact.extractId === id)
    const evidence: ExtractEvidence[] = facts.map(fact => ({
      source,
      asOfOn,
      outcome: fact.outcome,
      shows: true,
      happenedOn: fact.happenedOn,
    }))
    if (isFullFor(extract, row, codesOn))
      for (const outcome of outcomes)
        if (!facts.some(fact => fact.outcome === outcome))
          evidence.push({ source, asOfOn, outcome, shows: false, happenedOn: null, extractId: id })
    for (const { extractId, outcome } of bound)
      if (extractId === id) evidence.push({ source, asOfOn, outcome, shows: false, happenedOn: null, isKept: true })
    return evidence
  })
}

/**
 * Returns true if an extract that is being applied, or undone, counts for the citizen whose first record is `firstId`.
 * Extracts are applied in the order in which citizens were first recorded.
 */
function speaksOf({ state, cursor }: AppliedExtract, firstId: number): boolean {
  return state === 'applied' || (state === 'applying' ? firstId <= cursor : firstId > cursor)
}

/** A carrier's list applied after the citizen's phone was erased cannot show whether it contains that phone. */
function isFullFor(
  { source, fullFor, asOfOn, appliedAt }: AppliedExtract,
  { localityCode, carrier, erasedAt }: RecordRow,
  codesOn: Read['codesOn'],
): boolean {
  if (fullFor.length === 0) return false
  const codes = codesOn(localityCode, asOfOn)
  const knowsPhone = erasedAt === null || (appliedAt !== null && appliedAt <= erasedAt)
  return fullFor.some(
    scope =>
      codes.includes(scope.code) &&
      (source === 'police' || (carrier !== null && scope.carrier === carrier && knowsPhone)),
  )
}
