import { prepared } from '#db/client.server.ts'

/**
 * A second judge, written only from the text of docs/domain.md sections 5 and 6. It reads the tables and gives the
 * verdict of every record of a campaign. Extracts are taken as applied.
 */
type Rules = {
  startsOn: string
  endsOn: string
  requiredOutcomes: string[]
  mustAchieve: string
  graceDays: number
  refusesRosterMembers: boolean
  quotaReading?: 'all' | 'any'
}

type Row = Record<string, string | number | null> & { id: number; citizen_hash: string; helped_on: string }
type Fact = { value: string; on: string | null; at: number | null }
type Case = {
  row: Row
  outcomes: Map<string, Fact>
  known: Map<string, 'shown' | 'lacking'>
  /** of the must-achieve outcome by the police */
  activation: { on: string; exact: boolean } | null
  bar: string | null
}

const all = <T>(text: string, ...values: unknown[]) => prepared(text).all(...values) as T[]
const plusDays = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** What the second judge says of a record: the columns of `help` that hold a verdict, by the same names. */
export type Opinion = {
  verdict_reason: string
  holds_credit: number
  is_reported: number
  counts_any: number
  basis: string | null
  counted_outcomes: string | null
}

/** Judges each record of a campaign again. */
export function judgeAgain(campaignId: number): Map<number, Opinion> {
  const { parameters } = prepared(
    'select parameters from regulation where campaign_id = ? order by version desc limit 1',
  ).get(campaignId) as { parameters: string }
  const rules = JSON.parse(parameters) as Rules
  const groups = new Map<string, Row[]>()
  for (const row of all<Row>('select * from help where campaign_id = ? order by id', campaignId))
    groups.set(row.citizen_hash, [...(groups.get(row.citizen_hash) ?? []), row])
  const other: Rules = { ...rules, quotaReading: isAny(rules) ? 'all' : 'any' }
  const found = new Map<number, Opinion>()
  for (const [hash, rows] of groups) {
    const cases = rows.map(row => caseOf(campaignId, row, rules))
    const holder = holderOf(campaignId, hash, cases, rules)
    const otherHolder = holderOf(campaignId, hash, cases, other)
    for (const one of cases) {
      const reason = reasonOf(one, holder, rules)
      const isCounted = COUNTS.includes(reason)
      found.set(one.row.id, {
        verdict_reason: reason,
        holds_credit: Number(one.row.id === holder),
        is_reported: Number(one.bar !== 'withdrawn' && !isOutside(one, rules)),
        counts_any: Number(one.row.id === otherHolder && COUNTS.includes(reasonOf(one, otherHolder, other))),
        basis: isCounted ? basisOf(one, reason) : null,
        counted_outcomes: isCounted ? ['eid_activated', 'sim_signature', 'phone_4g'].map(markOf(one)).join('') : null,
      })
    }
  }
  return found
}

const COUNTS = ['verified', 'confirmed']

/** Inspection, extract, the citizen, or the unit alone: the strongest that the record has. */
function basisOf({ row }: Case, reason: string): string {
  if (inspectionOf(row.id) === 'passed') return 'inspection'
  if (reason === 'verified') return 'extract'
  return isAffirmed(row.id) ? 'citizen' : 'unit'
}

/** A yes that came on a device of the citizen's own. */
function isAffirmed(helpId: number): boolean {
  const row = prepared(
    'select answer, flag from citizen_answer where help_id = ? and set_aside_at is null order by id desc limit 1',
  ).get(helpId) as { answer: string; flag: string | null } | undefined
  return row?.answer === 'yes' && row.flag === null
}

const markOf = (one: Case) => (outcome: string) =>
  ({ achieved: 'a', already_had: 'h' })[one.outcomes.get(outcome)?.value ?? ''] ?? '-'

function answerOf(helpId: number): string | undefined {
  const row = prepared(
    'select answer from citizen_answer where help_id = ? and set_aside_at is null order by id desc limit 1',
  ).get(helpId) as { answer: string } | undefined
  return row?.answer
}

function caseOf(campaignId: number, row: Row, rules: Rules): Case {
  const outcomes = new Map(
    all<Fact & { outcome: string }>(
      'select outcome, value, on_day as "on", claimed_at as at from help_outcome where help_id = ?',
      row.id,
    ).map(({ outcome, ...fact }) => [outcome, fact]),
  )
  const known = new Map<string, 'shown' | 'lacking'>()
  for (const outcome of new Set([...rules.requiredOutcomes, rules.mustAchieve])) {
    const says = extractsOn(campaignId, row, outcome, outcomes.get(outcome)?.on ?? row.helped_on, rules)
    if (says) known.set(outcome, says)
  }
  const one: Case = { row, outcomes, known, activation: null, bar: null }
  if (known.get(rules.mustAchieve) === 'shown') one.activation = activationOf(campaignId, row, rules.mustAchieve)
  one.bar = barOf(campaignId, one, rules)
  return one
}

const SHOWN = `select e.as_of_on as asOf, f.happened_on as happened from extract e join extract_fact f on f.extract_id = e.id
  where e.campaign_id = ? and e.state = 'applied' and f.outcome = ? and f.subject_hash in (?, coalesce(?, ''))`

/** The latest as-of date that shows or covers-and-lacks decides; on the same date showing wins. */
function extractsOn(campaignId: number, row: Row, outcome: string, claimed: string, { graceDays }: Rules) {
  const shown = all<{ asOf: string }>(SHOWN, campaignId, outcome, row.citizen_hash, row.citizen_phone_hash)
  const shownOn =
    shown
      .map(({ asOf }) => asOf)
      .sort()
      .at(-1) ?? ''
  const kept = all<{ asOf: string }>(
    `select e.as_of_on as asOf from contradiction c join extract e on e.id = c.extract_id
      where c.campaign_id = ? and c.citizen_hash = ? and c.outcome = ? and c.cleared_at is null and e.state = 'applied'
        and (c.help_id = ? or ? >= c.kept_at)`,
    campaignId,
    row.citizen_hash,
    outcome,
    row.id,
    sinceOf(row),
  )
  const lackingOn =
    all<{ id: number; asOf: string; outcomes: string; source: string; at: number | null }>(
      `select id, as_of_on as asOf, outcomes, source, applied_at as at from extract where campaign_id = ? and state = 'applied' and is_full_list = 1`,
      campaignId,
    )
      .filter(
        ({ asOf, outcomes }) =>
          (JSON.parse(outcomes) as string[]).includes(outcome) && asOf >= plusDays(claimed, graceDays),
      )
      .filter(extract => isCovered(extract, row))
      .map(({ asOf }) => asOf)
      .concat(kept.map(({ asOf }) => asOf))
      .sort()
      .at(-1) ?? ''
  if (shownOn === '' && lackingOn === '') return null
  return shownOn >= lackingOn ? ('shown' as const) : ('lacking' as const)
}

/** When a record was given its present citizen. */
const sinceOf = (row: Row) => Number(row.citizen_at ?? row.received_at)

/** An extract covers where the citizen's locality belongs on the extract's own day. */
function isCovered(
  { id, source, asOf, at }: { id: number; source: string; asOf: string; at: number | null },
  row: Row,
): boolean {
  // a carrier's list that came after the phone was erased says nothing
  if (source !== 'police' && row.erased_at !== null && (at === null || at > Number(row.erased_at))) return false
  const scopes = all<{ code: string; carrier: string }>(
    'select locality_code as code, carrier from extract_scope where extract_id = ?',
    id,
  )
  const above: string[] = []
  for (let code = row.locality_code as string | null; code !== null; code = parentOf(code, asOf)) above.push(code)
  return scopes.some(
    scope =>
      above.includes(scope.code) && (source === 'police' || (row.carrier !== null && scope.carrier === row.carrier)),
  )
}

function parentOf(code: string, day: string): string | null {
  const moved = all<{ parent: string }>(
    'select parent_code as parent from locality_belonging where locality_code = ? and from_on <= ? order by from_on desc',
    code,
    day,
  )
  if (moved[0]) return moved[0].parent
  return (
    all<{ parent: string | null }>('select parent_code as parent from locality where code = ?', code)[0]?.parent ?? null
  )
}

function activationOf(campaignId: number, row: Row, outcome: string) {
  const shown = all<{ asOf: string; happened: string | null }>(
    `${SHOWN} and e.source = 'police'`,
    campaignId,
    outcome,
    row.citizen_hash,
    row.citizen_phone_hash,
  )
  const dated = shown.filter(({ happened }) => happened !== null)
  const latest = dated
    .map(({ asOf }) => asOf)
    .sort()
    .at(-1)
  const exact = dated
    .filter(({ asOf }) => asOf === latest)
    .map(({ happened }) => happened as string)
    .sort()[0]
  if (exact !== undefined) return { on: exact, exact: true }
  const first = shown.map(({ asOf }) => asOf).sort()[0]
  return first === undefined ? null : { on: first, exact: false }
}

const isWithin = (day: string, { startsOn, endsOn }: Rules) => startsOn <= day && day <= endsOn
const achieved = ({ outcomes }: Case, outcome: string) => outcomes.get(outcome)?.value === 'achieved'
const claimedOn = ({ outcomes, row }: Case, outcome: string) => outcomes.get(outcome)?.on ?? row.helped_on

/** Helped outside the campaign, or the must-achieve outcome achieved outside it. */
const isOutside = (one: Case, rules: Rules) =>
  !isWithin(one.row.helped_on, rules) ||
  (achieved(one, rules.mustAchieve) && !isWithin(claimedOn(one, rules.mustAchieve), rules))

/** Reasons 1 to 7. */
function barOf(campaignId: number, one: Case, rules: Rules): string | null {
  const { row } = one
  if (row.withdrawn_at !== null) return 'withdrawn'
  if (isOutside(one, rules)) return 'outside_period'
  const staff = prepared('select official_id as id from official_match where campaign_id = ? and number_hash = ?').get(
    campaignId,
    row.citizen_hash,
  ) as { id: number } | undefined
  if (staff?.id === row.official_id) return 'self_claim'
  const earlier = earlierBySame(campaignId, row)
  if (answerOf(row.id) === 'no' || earlier.some(id => answerOf(id) === 'no')) return 'citizen_denied'
  if (inspectionOf(row.id) === 'failed' || earlier.some(id => inspectionOf(id) === 'failed')) return 'inspection_failed'
  if (row.returned_at !== null) return 'returned'
  const isStaff =
    staff &&
    prepared(
      `select 1 from posting where official_id = ? and category <> 'member' and from_on <= ? and coalesce(to_on, '9999') >= ?`,
    ).get(staff.id, row.helped_on, row.helped_on)
  return isStaff && rules.refusesRosterMembers ? 'roster_member' : null
}

/** Earlier records of the same citizen by the same official; a record that an inspection found true looks at none. */
function earlierBySame(campaignId: number, row: Row): number[] {
  if (inspectionOf(row.id) === 'passed') return []
  return all<Row>(
    'select * from help where campaign_id = ? and citizen_hash = ? and official_id = ?',
    campaignId,
    row.citizen_hash,
    row.official_id,
  )
    .filter(other => sinceOf(other) < sinceOf(row) || (sinceOf(other) === sinceOf(row) && other.id < row.id))
    .map(({ id }) => id)
}

/** The latest concluded inspection of a record speaks. */
function inspectionOf(helpId: number): 'passed' | 'failed' | null {
  const last = prepared(
    `select p.result, p.overturned_at as overturned from inspection_pick p join inspection i on i.id = p.inspection_id
      where p.help_id = ? and i.concluded_at is not null
        and (p.result = 'untrue' or (p.result = 'true' and p.set_aside_at is null))
      order by i.concluded_at desc, i.id desc limit 1`,
  ).get(helpId) as { result: string; overturned: number | null } | undefined
  if (!last) return null
  return last.result === 'true' ? 'passed' : last.overturned === null ? 'failed' : null
}

const isAny = ({ quotaReading }: Rules) => quotaReading === 'any'
const isBefore = (one: Case, rules: Rules) =>
  one.activation !== null &&
  (one.activation.on < rules.startsOn ||
    plusDays(one.activation.on, rules.graceDays) < claimedOn(one, rules.mustAchieve))
const isAfter = (one: Case, rules: Rules) =>
  one.activation?.exact === true && one.activation.on > plusDays(claimedOn(one, rules.mustAchieve), rules.graceDays)

function isSound(one: Case, outcome: string, rules: Rules): boolean {
  if (!achieved(one, outcome) || !isWithin(claimedOn(one, outcome), rules)) return false
  if (outcome === rules.mustAchieve && (isBefore(one, rules) || isAfter(one, rules))) return false
  return one.known.get(outcome) !== 'lacking'
}

const contradicted = (one: Case, rules: Rules) =>
  rules.requiredOutcomes.some(
    outcome =>
      ['achieved', 'already_had'].includes(one.outcomes.get(outcome)?.value ?? '') &&
      one.known.get(outcome) === 'lacking',
  )

function holderOf(campaignId: number, hash: string, cases: readonly Case[], rules: Rules): number | null {
  const eligible = cases.filter(one => {
    if (one.bar !== null || isErasedBare(one, rules)) return false
    if (isAny(rules)) return rules.requiredOutcomes.some(outcome => isSound(one, outcome, rules))
    return achieved(one, rules.mustAchieve) && !isBefore(one, rules) && !contradicted(one, rules)
  })
  const pin = prepared('select help_id as id from credit_pin where campaign_id = ? and citizen_hash = ?').get(
    campaignId,
    hash,
  ) as { id: number } | undefined
  if (eligible.some(({ row }) => row.id === pin?.id)) return pin?.id ?? null
  const at = ({ row, outcomes }: Case) =>
    Number(isAny(rules) ? row.received_at : (outcomes.get(rules.mustAchieve)?.at ?? row.received_at))
  return [...eligible].sort((a, b) => at(a) - at(b) || a.row.id - b.row.id)[0]?.row.id ?? null
}

function reasonOf(one: Case, holder: number | null, rules: Rules): string {
  const own = ownReason(one, rules)
  const isOthers = holder !== null && holder !== one.row.id
  const rejected = one.bar !== null || own === 'withdrawn' || own === 'activated_before' || own === 'not_in_extract'
  const isTold = COUNTS.includes(own) || (achieved(one, rules.mustAchieve) && one.row.confirmed_at !== null)
  return isOthers && !rejected && isTold ? 'duplicate_claim' : own
}

/** The citizen's data is erased, and neither the citizen, an extract nor an inspection supports the record. */
function isErasedBare(one: Case, rules: Rules): boolean {
  return one.row.erased_at !== null && !isAffirmed(one.row.id) && !isSupported(one, rules)
}

function isSupported(one: Case, rules: Rules): boolean {
  const bearing = isAny(rules)
    ? rules.requiredOutcomes.filter(outcome => isSound(one, outcome, rules))
    : [rules.mustAchieve]
  return bearing.some(outcome => one.known.get(outcome) === 'shown') || inspectionOf(one.row.id) === 'passed'
}

/** Every reason but the eighth. */
function ownReason(one: Case, rules: Rules): string {
  const lack = one.bar ?? lackOf(one, rules)
  if (lack !== null) return lack
  if (isErasedBare(one, rules)) return 'withdrawn'
  if (one.row.confirmed_at === null) return 'awaiting_confirmation'
  return isSupported(one, rules) ? 'verified' : 'confirmed'
}

/** What its outcomes lack, by the reading in force; null: nothing. */
function lackOf(one: Case, rules: Rules): string | null {
  const must = rules.mustAchieve
  if (isAny(rules)) {
    const had = rules.requiredOutcomes.filter(outcome => achieved(one, outcome))
    if (had.some(outcome => isSound(one, outcome, rules))) return null
    if (had.includes(must) && isBefore(one, rules)) return 'activated_before'
    if (had.includes(must) && isAfter(one, rules)) return 'activated_after'
    return had.some(outcome => one.known.get(outcome) === 'lacking') ? 'not_in_extract' : 'outcome_missing'
  }
  const isThere = (outcome: string) => ['achieved', 'already_had'].includes(one.outcomes.get(outcome)?.value ?? '')
  if (!rules.requiredOutcomes.every(isThere) || !achieved(one, must)) return 'outcome_missing'
  if (isBefore(one, rules)) return 'activated_before'
  if (isAfter(one, rules)) return 'activated_after'
  return contradicted(one, rules) ? 'not_in_extract' : null
}

/** Returns the records whose stored reason is not the second judge's: none. */
export function judgedOtherwise(campaignId: number): { id: number; reason: string }[] {
  const judged = judgeAgain(campaignId)
  return prepared<{ id: number; reason: string }>('select id, verdict_reason as reason from help')
    .all()
    .filter(({ id, reason }) => judged.get(id)?.verdict_reason !== reason)
}
