import type { Day } from '#app/domain/calendar.ts'
import type { Regulation } from '#app/domain/regulation.ts'
import {
  type ExtractEvidence,
  type HelpFacts,
  type Judgement,
  judgeCitizen,
  type Outcomes,
} from '#app/domain/verdict.ts'
import type { Outcome, OutcomeValue } from '#app/domain/vocabulary.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { rulesOf } from './campaign-rules.server.ts'
import { localityCodes, placementReader } from './placement.server.ts'
import { addStandingOf, refreshStanding } from './standing.server.ts'
import { addHelp, moveTallies, Sums } from './tally.server.ts'

/**
 * What a write is about to change. `citizens`: hashes of the citizens whose records' facts change. `officials`: people
 * whose posting, memberships or number change, so that where they are summed up changes. `standings`: people of whom
 * only obligations, exemptions or targets change.
 */
export type Touched = { citizens?: readonly string[]; officials?: readonly number[]; standings?: readonly number[] }

/**
 * The one way in which a fact behind a verdict is written: looks at what the touched rows contribute, runs `mutate`,
 * judges the touched citizens' records anew, refreshes the officials' standings, and moves the tallies by the
 * difference. All in one transaction (the caller's, where there is one). `mutate` may return further citizens' hashes
 * to judge through `alsoCitizens`.
 */
export function change<T>(campaignId: number, touched: Touched, mutate: (tx: Tx) => T): T {
  return transact(tx => {
    const { regulation } = rulesOf(campaignId)
    const officials = [...new Set(touched.officials ?? [])]
    const citizens = new Set(touched.citizens ?? [])
    for (const officialId of officials) for (const hash of citizensAround(campaignId, officialId)) citizens.add(hash)
    const sums = new Sums()
    const before = placementReader()
    for (const row of storedRows(campaignId, citizens, officials)) addStored(sums, campaignId, row, before, -1)
    for (const officialId of officials) addStandingOf(sums, campaignId, officialId, regulation, before, -1)

    const result = mutate(tx)
    // where nobody's places were touched they are what they were
    const after = officials.length === 0 ? before : placementReader()

    for (const officialId of officials) for (const hash of citizensAround(campaignId, officialId)) citizens.add(hash)
    const extracts = appliedExtracts(campaignId)
    for (const hash of citizens) storeVerdicts(campaignId, hash, regulation, extracts)
    const owners = new Set(touched.standings ?? [])
    for (const row of storedRows(campaignId, citizens, officials)) {
      addStored(sums, campaignId, row, after, 1)
      owners.add(row.officialId)
    }
    for (const officialId of owners) {
      if (officials.includes(officialId)) continue
      addStandingOf(sums, campaignId, officialId, regulation, after, -1)
      refreshStanding(campaignId, officialId, regulation)
      addStandingOf(sums, campaignId, officialId, regulation, after, 1)
    }
    for (const officialId of officials) {
      refreshStanding(campaignId, officialId, regulation)
      addStandingOf(sums, campaignId, officialId, regulation, after, 1)
    }
    moveTallies(sums)
    return result
  })
}

/** Citizens whose verdicts depend on this official being staff: their own number, claimed by somebody. */
function citizensAround(campaignId: number, officialId: number): string[] {
  const row = prepared('select number_hash as hash from official_match where campaign_id = ? and official_id = ?').get(
    campaignId,
    officialId,
  ) as { hash: string } | undefined
  return row ? [row.hash] : []
}

type StoredRow = {
  id: number
  officialId: number
  helpedOn: Day
  localityCode: string
  verdictKind: string
  verdictReason: string
  isReported: number
  countsAny: number
  basis: string | null
}

const STORED = `id, official_id as officialId, helped_on as helpedOn, locality_code as localityCode,
  verdict_kind as verdictKind, verdict_reason as verdictReason, is_reported as isReported, counts_any as countsAny, basis`

function storedRows(campaignId: number, citizens: Iterable<string>, officials: readonly number[]): StoredRow[] {
  const rows = new Map<number, StoredRow>()
  for (const hash of citizens)
    for (const row of prepared(`select ${STORED} from help where campaign_id = ? and citizen_hash = ?`).all(
      campaignId,
      hash,
    ) as StoredRow[])
      rows.set(row.id, row)
  for (const officialId of officials)
    for (const row of prepared(`select ${STORED} from help where campaign_id = ? and official_id = ?`).all(
      campaignId,
      officialId,
    ) as StoredRow[])
      rows.set(row.id, row)
  return [...rows.values()]
}

function addStored(
  sums: Sums,
  campaignId: number,
  row: StoredRow,
  placementOf: ReturnType<typeof placementReader>,
  sign: 1 | -1,
) {
  const placement = placementOf(row.officialId, row.helpedOn)
  addHelp(sums, campaignId, { ...row, localityCodes: localityCodes(row.localityCode) }, placement, sign)
}

/** Adds every record of the campaign as it is stored; the recount of `check:tallies` and the rebuild. */
export function addAllHelp(sums: Sums, campaignId: number) {
  const page = prepared(
    `select ${STORED} from help not indexed where campaign_id = ? and id > ? order by id limit ${PAGE}`,
  )
  const placementOf = placementReader()
  const codes = new Map<string, string[]>()
  for (let last = 0; ; ) {
    const rows = page.all(campaignId, last) as StoredRow[]
    for (const row of rows) {
      const inLocalities = codes.get(row.localityCode) ?? localityCodes(row.localityCode)
      codes.set(row.localityCode, inLocalities)
      addHelp(sums, campaignId, { ...row, localityCodes: inLocalities }, placementOf(row.officialId, row.helpedOn), 1)
    }
    if (rows.length < PAGE) return
    last = rows[rows.length - 1]?.id ?? 0
  }
}

/** Records that a pass over all of them holds at once. */
const PAGE = 10_000

type FactRow = {
  id: number
  officialId: number
  helpedOn: Day
  receivedAt: number
  claimedAt: number | null
  withdrawnAt: number | null
  confirmedAt: number | null
  returnedAt: number | null
  localityCode: string
  carrier: string | null
  phoneHash: string | null
  staffKept: 'self' | 'staff' | null
  erasedAt: number | null
}

/** Gathers the facts of every record of one citizen in one campaign. */
function factsOfCitizen(campaignId: number, citizenHash: string, extracts: readonly AppliedExtract[]): HelpFacts[] {
  const rows = prepared(
    `select id, official_id as officialId, helped_on as helpedOn, received_at as receivedAt, claimed_at as claimedAt,
            withdrawn_at as withdrawnAt, confirmed_at as confirmedAt, returned_at as returnedAt,
            locality_code as localityCode, carrier, citizen_phone_hash as phoneHash, staff_kept as staffKept,
            erased_at as erasedAt
       from help where campaign_id = ? and citizen_hash = ? order by id`,
  ).all(campaignId, citizenHash) as FactRow[]
  if (rows.length === 0) return []
  const staff = prepared(
    'select official_id as officialId from official_match where campaign_id = ? and number_hash = ?',
  ).get(campaignId, citizenHash) as { officialId: number } | undefined
  return rows.map(row => {
    const answer = standingAnswer(row.id)
    return {
      helpId: row.id,
      helpedOn: row.helpedOn,
      claimedAt: row.claimedAt,
      receivedAt: row.receivedAt,
      isWithdrawn: row.withdrawnAt !== null,
      isSelf: row.staffKept === 'self' || staff?.officialId === row.officialId,
      isDenied: answer === 'no',
      isAffirmed: answer === 'yes',
      isReturned: row.returnedAt !== null,
      isConfirmed: row.confirmedAt !== null,
      isRosterMember: row.staffKept === 'staff' || (staff !== undefined && isStaffOn(staff.officialId, row.helpedOn)),
      inspection: inspectionOf(row.id),
      outcomes: outcomesOf(row.id),
      evidence: evidenceOf(citizenHash, row, extracts),
    }
  })
}

/** The citizen's newest answer that nothing has set aside. */
function standingAnswer(helpId: number): string | undefined {
  const row = prepared(
    'select answer from citizen_answer where help_id = ? and set_aside_at is null order by id desc limit 1',
  ).get(helpId) as { answer: string } | undefined
  return row?.answer
}

function isStaffOn(officialId: number, day: Day): boolean {
  return (
    prepared(
      `select 1 from posting where official_id = ? and category <> 'member' and from_on <= ?
         and (to_on is null or to_on >= ?)`,
    ).get(officialId, day, day) !== undefined
  )
}

function inspectionOf(helpId: number): HelpFacts['inspection'] {
  const row = prepared(
    `select p.result, p.overturned_at as overturnedAt from inspection_pick p
       join inspection i on i.id = p.inspection_id
      where p.help_id = ? and i.concluded_at is not null
        and (p.result = 'untrue' or (p.result = 'true' and p.set_aside_at is null))
      order by i.concluded_at desc, i.id desc limit 1`,
  ).get(helpId) as { result: string; overturnedAt: number | null } | undefined
  if (!row) return 'none'
  if (row.result === 'true') return 'passed'
  return row.overturnedAt === null ? 'failed' : 'none'
}

/** The outcomes of one record. */
export function outcomesOf(helpId: number): Outcomes {
  const rows = prepared('select outcome, value, on_day as onDay from help_outcome where help_id = ?').all(helpId) as {
    outcome: Outcome
    value: OutcomeValue
    onDay: Day | null
  }[]
  return Object.fromEntries(rows.map(row => [row.outcome, { value: row.value, on: row.onDay }]))
}

/** An extract that speaks, of whom it speaks, and where it is a full list. */
export type AppliedExtract = {
  id: number
  /** applied: of everybody; applying: of citizens whose hash is at most the cursor; undoing: of those above it */
  state: 'applied' | 'applying' | 'undoing'
  cursor: string
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
  const rows = prepared(`${EXTRACT} where campaign_id = ? and state in ('applied', 'applying', 'undoing')`).all(
    campaignId,
  ) as ExtractRow[]
  return rows.map(extractOf)
}

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
  return { ...extractOf(prepared(`${EXTRACT} where id = ?`).get(extractId) as ExtractRow), state: 'applied' }
}

/** Whether an extract that is being applied, or undone, has come to this citizen: it goes in the order of hashes. */
function speaksOf({ state, cursor }: AppliedExtract, citizenHash: string): boolean {
  return state === 'applied' || (state === 'applying' ? citizenHash <= cursor : citizenHash > cursor)
}

function scopesOf(extractId: number): AppliedExtract['fullFor'] {
  return prepared('select locality_code as code, carrier from extract_scope where extract_id = ?').all(
    extractId,
  ) as AppliedExtract['fullFor'][number][]
}

/** What extracts show of this citizen, or, being full lists of where they live, lack. */
function evidenceOf(citizenHash: string, row: FactRow, extracts: readonly AppliedExtract[]): ExtractEvidence[] {
  if (extracts.length === 0) return []
  const shown = prepared(
    'select extract_id as extractId, outcome, happened_on as happenedOn from extract_fact where subject_hash in (?, ?)',
  ).all(citizenHash, row.phoneHash ?? citizenHash) as {
    extractId: number
    outcome: Outcome
    happenedOn: Day | null
  }[]
  const codes = localityCodes(row.localityCode)
  return extracts.flatMap(extract => {
    if (!speaksOf(extract, citizenHash)) return []
    const { id, source, asOfOn, outcomes } = extract
    const facts = shown.filter(fact => fact.extractId === id)
    const evidence: ExtractEvidence[] = facts.map(fact => ({
      source,
      asOfOn,
      outcome: fact.outcome,
      shows: true,
      happenedOn: fact.happenedOn,
    }))
    if (isFullFor(extract, codes, row))
      for (const outcome of outcomes)
        if (!facts.some(fact => fact.outcome === outcome))
          evidence.push({ source, asOfOn, outcome, shows: false, happenedOn: null })
    return evidence
  })
}

/** A carrier's list that was applied after the citizen's phone was erased cannot tell whether it holds that phone. */
function isFullFor(
  { source, fullFor, appliedAt }: AppliedExtract,
  codes: readonly string[],
  { carrier, erasedAt }: FactRow,
): boolean {
  const knowsPhone = erasedAt === null || (appliedAt !== null && appliedAt <= erasedAt)
  return fullFor.some(
    scope =>
      codes.includes(scope.code) &&
      (source === 'police' || (carrier !== null && scope.carrier === carrier && knowsPhone)),
  )
}

/** Judges one citizen's records from the facts in the database; `extracts` from `appliedExtracts`. */
export function judgeStored(
  campaignId: number,
  citizenHash: string,
  regulation: Regulation,
  extracts: readonly AppliedExtract[],
): Map<number, Judgement> {
  const facts = factsOfCitizen(campaignId, citizenHash, extracts)
  if (facts.length === 0) return new Map()
  const pin = prepared('select help_id as helpId from credit_pin where campaign_id = ? and citizen_hash = ?').get(
    campaignId,
    citizenHash,
  ) as { helpId: number } | undefined
  return judgeCitizen(facts, regulation, pin?.helpId ?? null)
}

/**
 * Judges every citizen's records of a campaign from the facts and stores the verdicts, without moving tallies: for a
 * load in bulk, after which the caller rebuilds them. `progress` is told how many citizens are done, of all, between
 * transactions.
 */
export function storeAllVerdicts(campaignId: number, progress: (done: number, total: number) => void) {
  const { regulation } = rulesOf(campaignId)
  const extracts = appliedExtracts(campaignId)
  const hashes = citizensOf(campaignId)
  for (let start = 0; start < hashes.length; start += CHUNK) {
    const chunk = hashes.slice(start, start + CHUNK)
    transact(() => {
      for (const hash of chunk) storeVerdicts(campaignId, hash, regulation, extracts)
    })
    progress(start + chunk.length, hashes.length)
  }
}

/** Hashes of all citizens of a campaign, in the order in which they were first recorded: neighbours share pages. */
export function citizensOf(campaignId: number): string[] {
  const rows = prepared(
    'select citizen_hash as hash from help where campaign_id = ? group by citizen_hash order by min(id)',
  ).all(campaignId)
  return (rows as { hash: string }[]).map(row => row.hash)
}

/** Citizens whose verdicts one transaction of a bulk load stores. */
const CHUNK = 1000

function storeVerdicts(
  campaignId: number,
  citizenHash: string,
  regulation: Regulation,
  extracts: readonly AppliedExtract[],
) {
  const judgements = judgeStored(campaignId, citizenHash, regulation, extracts)
  for (const [helpId, { verdict, holdsCredit, isReported, countsAny, basis }] of judgements)
    prepared(
      `update help set verdict_kind = ?, verdict_reason = ?, verdict_outcome = ?, holds_credit = ?, is_reported = ?,
              counts_any = ?, basis = ? where id = ?`,
    ).run(
      verdict.kind,
      verdict.reason,
      verdict.outcome,
      Number(holdsCredit),
      Number(isReported),
      Number(countsAny),
      basis,
      helpId,
    )
}
